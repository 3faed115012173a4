"""From a file to raw rows in the engine: every row numbered, nothing judged yet."""

from __future__ import annotations

import codecs
import csv
import gzip
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers import sql
from explorer.registers.fingerprint import table_files
from explorer.registers.statistical import SUFFIXES as STATISTICAL
from explorer.registers.statistical import read_statistical

REQUIRED: Final = {
    "persons": ("person_id", "sex", "nationality"),
    "stays": ("person_id", "settled", "departed", "destination"),
    "jobs": ("person_id", "employer_id", "start", "end", "contract", "sector", "hours", "wage"),
}
RESERVED: Final = frozenset(
    {
        "n",
        "born",
        "problem",
        "row",
        "id",
        "settled",
        "departed",
        "destination",
        "contract",
        "sector",
        "working",
    }
    | {"present", "month", "date", "status", "cohort", "quarter", "month_settled", "nationality_group", "age"}
    | {"age_band", "at_risk", "observable", "share", "persons", "file_row_number"}
)
"""Names that tables and tallies use for something else: as an extra column of persons they would be mistaken."""
BIRTH: Final = ("birth_date", "birth_year")
CHECKED: Final = 4_000_000


def read_raw(con: Any, folder: Path, table: str) -> tuple[str, ...]:
    """Fill ``raw_<table>`` with the rows of the table's file and a row number `n` from 1; return its columns.

    Raises
    ------
    Refusal
        When the file is missing, double, empty, unreadable, or lacks a column.
    """
    path = _the_file(folder, table)
    if path.stat().st_size == 0:
        raise Refusal(N_("{file} has no content at all (0 bytes); export it again."), file=path.name)
    parquet = path.suffix.lower() == ".parquet"
    source = _parquet(con, path) if parquet else _reader(path)(con, path)
    found = tuple(row[0] for row in con.execute(f"describe select * from {source}").fetchall())
    _check_columns(path, table, found)
    columns = _used(path, table, found)
    listed = ", ".join(sql.name(column) for column in columns)
    con.execute(f"drop view if exists raw_{table}")
    con.execute(f"drop table if exists raw_{table}")
    if parquet:
        # Parquet numbers its own rows and is read column by column: no copy is made.
        con.execute(f"create view raw_{table} as select file_row_number + 1 as n, {listed} from {source}")
    else:
        con.execute(f"create table raw_{table} as select row_number() over () as n, {listed} from {source}")
        con.execute("drop table text_rows")
    return columns


def _used(path: Path, table: str, found: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are read: all of persons, of the other tables those that the program knows."""
    if table != "persons":
        return REQUIRED[table]
    columns = tuple(column for column in found if column != "file_row_number")
    for column in columns:
        if column.lower() in RESERVED:
            raise Refusal(
                N_("{file}: the program itself uses the name “{column}”; give this column another name."),
                file=path.name,
                column=column,
            )
    return columns


def _the_file(folder: Path, table: str) -> Path:
    found = table_files(folder, table)
    if not found:
        raise Refusal(
            N_("“{folder}” has no table {table}; add {table}.parquet, .csv, .csv.gz, .sav or .dta."),
            folder=folder.name,
            table=table,
        )
    if len(found) > 1:
        raise Refusal(
            N_("The table {table} is there more than once ({files}); keep one of them."),
            table=table,
            files=", ".join(path.name for path in found),
        )
    return found[0]


def _reader(path: Path) -> Callable[[Any, Path], str]:
    return read_statistical if path.suffix.lower() in STATISTICAL else _text


def _parquet(con: Any, path: Path) -> str:
    source = f"read_parquet('{_quoted(path)}', file_row_number=true)"
    try:
        con.execute(f"describe select * from {source}")
    except Exception as error:
        if "onnection" in type(error).__name__ or "Interrupt" in type(error).__name__:
            raise
        raise Refusal(
            N_("{file} is not a Parquet file that can be read; export it again."), file=path.name
        ) from None
    return source


def _text(con: Any, path: Path) -> str:
    encoding, separator, heads = _text_form(path)
    if len(set(heads)) < len(heads):
        double = next(name for name in heads if heads.count(name) > 1)
        raise Refusal(N_("{file} has the column “{column}” twice; keep one."), file=path.name, column=double)
    columns = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in heads)
    source = (
        f"read_csv('{_quoted(path)}', delim='{separator}', header=true, columns={{{columns}}}, quote='\"', "
        f"escape='\"', nullstr='', encoding='{encoding}', null_padding=false, auto_detect=false, parallel=true)"
    )
    try:
        con.execute(f"create or replace temp table text_rows as select * from {source}")
    except Exception as error:
        if "Interrupt" in type(error).__name__:
            raise
        _refuse(
            path,
            N_(
                "{file} cannot be read as CSV: a row does not have the columns of the header, or quotes stay open; "
                "export it again."
            ),
        )
    return "text_rows"


def _text_form(path: Path) -> tuple[str, str, list[str]]:
    """Return encoding, separator and column names of a text file."""
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opened(path, "rb") as file:
            start = file.read(CHECKED)
    except (OSError, EOFError):
        raise Refusal(
            N_("{file} cannot be read; check its permissions, or export it again."), file=path.name
        ) from None
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in start and not marked:
        _refuse(path, N_("{file} is not text but a binary file; export it as CSV in UTF-8."))
    # A cut at the end of what was read may fall inside a letter.
    whole = start if marked or len(start) < CHECKED else start[: start.rfind(b"\n") + 1]
    try:
        text = whole.decode("utf-16" if marked else "utf-8-sig", errors="ignore" if marked else "strict")
    except UnicodeDecodeError:
        _refuse(path, N_("{file} is not in UTF-8 (perhaps in Windows-1252); save it as UTF-8."))
    head = text.split("\n", 1)[0].rstrip("\r")
    separator = ";" if head.count(";") > head.count(",") else ","
    names = next(csv.reader([head], delimiter=separator), [])
    return "utf-16" if marked else "utf-8", separator, [name.strip() for name in names]


def _check_columns(path: Path, table: str, columns: Sequence[str]) -> None:
    for name in REQUIRED[table]:
        _require(path, name, columns)
    if table == "persons" and not any(name in columns for name in BIRTH):
        _require(path, "birth_date", columns)


def _require(path: Path, name: str, columns: Sequence[str]) -> None:
    if name in columns:
        return
    other = next((column for column in columns if column.lower() == name), None)
    if other is not None:
        raise Refusal(
            N_("{file} has no column “{column}”, but “{other}”; write its name in small letters."),
            file=path.name,
            column=name,
            other=other,
        )
    raise Refusal(
        N_("{file} has no column “{column}”; it has {known}."),
        file=path.name,
        column=name,
        known=", ".join(columns),
    )


def _refuse(path: Path, text: str) -> None:
    raise Refusal(text, file=path.name) from None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
