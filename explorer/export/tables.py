"""Writing a table: CSV, Excel or Parquet, whole or not at all."""

from __future__ import annotations

import csv
import io
import math
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from explorer.core.formatting import LEAST_P, Formats
from explorer.core.tables import Cell, Table
from explorer.core.words import N_, Refusal

SUFFIXES = (".csv", ".xlsx", ".parquet")
EXCEL_ROWS, EXCEL_COLUMNS, EXCEL_LETTERS = 1_048_576, 16_384, 32_767


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
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda to: _write_text(to_csv(table, header), to),
        ".xlsx": lambda to: _write_excel(
            table, to, sheet, (*header, note) if note else header, Formats(language)
        ),
        ".parquet": lambda to: _write_parquet(table, to),
    }
    files: dict[Path, Callable[[Path], None]] = {}
    if note and suffix == ".csv":
        files[about_of(path)] = lambda to: _write_text(f"{note}\n", to)
    # What is wanted comes last: it is never there without what belongs to it.
    write_together({**files, path: writers[suffix]})


def about_of(path: Path) -> Path:
    """Return the file that says what the numbers in the CSV at `path` are."""
    return path.with_name(f"{path.stem}.about.txt")


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place at once.

    Raises
    ------
    Refusal
        When the folder is missing or the file cannot be written; nothing is left half-written.
    """
    write_together({path: write})


def write_together(files: Mapping[Path, Callable[[Path], None]]) -> None:
    """Write several files that belong together: only when all of them are there is each put in its place.

    Raises
    ------
    Refusal
        As `write_whole`, by the name of the file that cannot be written.
    """
    ready: dict[Path, Path] = {}
    path = Path()
    try:
        for path, write in files.items():
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
            os.close(handle)
            ready[path] = Path(name)
            write(ready[path])
            ready[path].chmod(0o644)
        for path, temporary in ready.items():
            temporary.replace(path)
    except OSError as error:
        raise Refusal(
            N_("“{file}” cannot be written: {reason}. Choose another folder or free some space."),
            file=str(path),
            reason=error.strerror or str(error),
        ) from None
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _text(cell: Cell) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def _write_text(text: str, to: Path) -> None:
    to.write_text(text, encoding="utf-8", newline="")


def _write_excel(table: Table, to: Path, sheet: str, notes: tuple[str, ...], formats: Formats) -> None:
    import xlsxwriter

    _fits_excel(table)
    # Written in memory: a full disk then shows as an OSError of ours, not as a warning from a destructor.
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
    to.write_bytes(buffer.getvalue())


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


def _write_parquet(table: Table, to: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "count": pa.int64(), "number": pa.float64()}
    columns = {
        column.name: pa.array([row[place] for row in table.rows], type=types[column.kind])
        for place, column in enumerate(table.columns)
    }
    pq.write_table(pa.table(columns), to)
