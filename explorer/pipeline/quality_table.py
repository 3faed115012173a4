"""The quality report as a table: for every table of the register what was read, and for every reason its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.words import N_, Words
from explorer.registers.wording import TABLES, TREATMENTS, found_text, problem_text
from models.register import Finding, QualityReport, RowCount
from models.results import Cell, Column, Kind, Table
from widgets.pictures.table_data import TableColumn, TableData

LABELS: Final = {
    "table": N_("Table"),
    "reason": N_("Reason"),
    "rows": N_("Rows"),
    "share": N_("Share"),
    "done": N_("What was done"),
    "found": N_("What was found"),
    "examples": N_("Data rows"),
}
NUMERIC: Final[Mapping[str, Kind]] = {"rows": "count", "share": "number"}
DONE: Final = {**TREATMENTS, "recoded": N_("read as unknown")}
LEAST: Final = 0.001
"""Less than this share is written as less: there is no row of which nothing was done."""
SHORT: Final = {"found": 18, "examples": 15}
"""Letters of columns that leave their room to the reason; the row in hand is told in full."""
EXAMPLES: Final = "examples"
"""Row numbers lead to persons: they are read in the window and never written to a file."""


def quality_data(quality: QualityReport, words: Words) -> TableData:
    """Return the report as it is read in the window."""
    formats = Formats(words.language)
    columns = tuple(
        TableColumn(key=key, label=words(label), numeric=key in NUMERIC, letters=SHORT.get(key, 40))
        for key, label in LABELS.items()
    )
    rows = tuple(_rows(quality, words))

    def text(row: int, column: int) -> str:
        cell = rows[row][column]
        if isinstance(cell, str) or cell is None:
            return cell or ""
        return _percent(cell, formats) if columns[column].key == "share" else formats.count(cell)

    return TableData(columns=columns, rows=rows, text=text)


def _percent(share: float, formats: Formats) -> str:
    return f"< {formats.percent(LEAST)}" if 0 < share < LEAST else formats.percent(share)


def quality_table(quality: QualityReport, words: Words) -> Table:
    """Return the report as it is saved: without the numbers of rows."""
    place = list(LABELS).index(EXAMPLES)
    columns = tuple(Column(name=key, kind=NUMERIC.get(key, "text")) for key in LABELS if key != EXAMPLES)
    return Table(
        columns=columns, rows=tuple((*row[:place], *row[place + 1 :]) for row in _rows(quality, words))
    )


def _rows(quality: QualityReport, words: Words) -> Iterator[tuple[Cell, ...]]:
    formats = Formats(words.language)
    for count in quality.counts:
        table = words(TABLES[count.table])
        for reason, rows in ((N_("all rows that were read"), count.rows_in), (N_("in order"), count.used)):
            yield table, words(reason), rows, _share(rows, count), "", "", ""
        for finding in quality.findings:
            if finding.table == count.table:
                yield (
                    table,
                    problem_text(finding, words),
                    finding.rows,
                    _share(finding.rows, count),
                    words(DONE[finding.treatment]),
                    found_text(finding, formats.count),
                    _numbers(finding),
                )


def _share(rows: int, count: RowCount) -> float | None:
    return rows / count.rows_in if count.rows_in else None


def _numbers(finding: Finding) -> str:
    more = ", …" if finding.rows > len(finding.examples) > 0 else ""
    return ", ".join(map(str, finding.examples)) + more
