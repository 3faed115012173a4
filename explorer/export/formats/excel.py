"""Excel: numbers as numbers, text as text whatever it looks like, and a sheet that says what they are."""

from __future__ import annotations

import io
import math
from typing import Final

from explorer.core.formatting import LEAST_P
from explorer.core.words import N_, Refusal
from explorer.export.formats import TableFormat, Written
from models.results import Table

ROWS, COLUMNS, LETTERS = 1_048_576, 16_384, 32_767
"""What a sheet holds, and a cell."""


def _write(written: Written) -> bytes:
    import xlsxwriter

    table = written.table
    _check_fits(table)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(written.name[:31])
        bold = book.add_format({"bold": True})
        # A p-value that is next to nothing is shown as less than 0.0001, as the reader writes it.
        least = written.formats.below(LEAST_P, 4)
        small = book.add_format({"num_format": f'[<{LEAST_P:f}]"{least}";0.0000'})
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
        notes = (*written.header, written.note) if written.note else written.header
        if notes:
            about = book.add_worksheet("note")
            for number, line in enumerate(line for part in notes for line in part.splitlines()):
                about.write_string(number, 0, line)
    return buffer.getvalue()


def _check_fits(table: Table) -> None:
    """Refuse what a sheet of Excel cannot hold, which the library would leave out without a word."""
    longest = max((len(cell) for row in table.rows for cell in row if isinstance(cell, str)), default=0)
    if len(table.rows) >= ROWS or len(table.columns) > COLUMNS or longest > LETTERS:
        raise Refusal(
            N_(
                "A sheet of Excel holds {rows} rows, and {letters} letters a cell; write this table as CSV or Parquet."
            ),
            rows=ROWS,
            letters=LETTERS,
        )


FORMAT: Final = TableFormat(
    suffix=".xlsx", name=N_("Excel (*.xlsx)"), write=_write, holds_note=True, place=10
)
