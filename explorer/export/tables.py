"""Writing a table: CSV, Excel or Parquet.

Each is made in memory first: what then goes wrong is of the place alone, and told in one way (`core/placing.py`).
"""

from __future__ import annotations

import csv
import io
import math
import os
from pathlib import Path
from typing import Final

from explorer.core.formatting import LEAST_P, Formats
from explorer.core.placing import put_together
from explorer.core.words import N_, Refusal
from models.results import Cell, Table

SUFFIXES = (".csv", ".xlsx", ".parquet")
EXCEL_ROWS, EXCEL_COLUMNS, EXCEL_LETTERS = 1_048_576, 16_384, 32_767
LONGEST_NAME: Final = 255
"""Bytes in the name of a file, on the usual file systems."""


def to_csv(table: Table, header: tuple[str, ...] = ()) -> str:
    """Return `table` as CSV: floats by repr, hidden and undefined values empty; `header` as comment lines before it."""
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in header)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(["" if cell is None else _text(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def write_table(
    table: Table,
    path: Path,
    *,
    sheet: str = "table",
    note: str = "",
    header: tuple[str, ...] = (),
    language: str = "en",
) -> None:
    """Write `table` to `path` by its suffix; `header` stands before a CSV and on the note sheet of an Excel file.

    What the numbers are (`note`) stands on a sheet of an Excel file, and beside a CSV, which has no place for it, in a
    text of the same name. Numbers are whole in every format. An Excel file shows a p-value that is next to nothing as
    less than 0.0001, as a reader of `language` writes it.

    Raises
    ------
    Refusal
        For another suffix, a missing folder, or a place that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refusal(
            N_("“{file}” has no known ending; choose one of {known}."),
            file=path.name,
            known=", ".join(SUFFIXES),
        )
    if suffix == ".csv":
        content = to_csv(table, header).encode()
    elif suffix == ".xlsx":
        content = _excel(table, sheet, (*header, note) if note else header, Formats(language))
    else:
        content = _parquet(table)
    # What is wanted comes last: it is never there without what belongs to it.
    about = {about_of(path): f"{note}\n".encode()} if note and suffix == ".csv" else {}
    put_together({**about, path: content})


def about_of(path: Path) -> Path:
    """Return the file that says what the numbers in the CSV at `path` are."""
    tail = ".about.txt"
    stem = os.fsencode(path.stem)[: LONGEST_NAME - len(tail)]
    return path.with_name(os.fsdecode(stem) + tail)


def _text(cell: Cell) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def _excel(table: Table, sheet: str, notes: tuple[str, ...], formats: Formats) -> bytes:
    import xlsxwriter

    _fits_excel(table)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True})
        small = book.add_format({"num_format": f'[<{LEAST_P:f}]"{formats.below(LEAST_P, 4)}";0.0000'})
        shown = [small if column.name == "p_value" else None for column in table.columns]
        # By kind and never by look: text that begins with "=" or "http" would become a formula or a link.
        for place, column in enumerate(table.columns):
            page.write_string(0, place, column.name, bold)
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, place, cell)
                elif cell is not None and math.isfinite(cell):
                    page.write_number(number, place, cell, shown[place])
        page.freeze_panes(1, 0)
        page.autofit()
        if notes:
            about = book.add_worksheet("note")
            lines = [line for part in notes for line in part.splitlines()]
            for number, line in enumerate(lines):
                about.write_string(number, 0, line)
    return buffer.getvalue()


def _fits_excel(table: Table) -> None:
    """Refuse what a sheet of Excel cannot hold, which the library would leave out without a word."""
    longest = max((len(cell) for row in table.rows for cell in row if isinstance(cell, str)), default=0)
    if len(table.rows) >= EXCEL_ROWS or len(table.columns) > EXCEL_COLUMNS or longest > EXCEL_LETTERS:
        raise Refusal(
            N_(
                "A sheet of Excel holds {rows} rows, and {letters} letters a cell; write this table as CSV or Parquet."
            ),
            rows=EXCEL_ROWS,
            letters=EXCEL_LETTERS,
        )


def _parquet(table: Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "count": pa.int64(), "number": pa.float64()}
    columns = {
        column.name: pa.array([row[place] for row in table.rows], type=types[column.kind])
        for place, column in enumerate(table.columns)
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()
