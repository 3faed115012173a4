"""From a file to raw rows in the engine: every row numbered, nothing judged yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from explorer.core.person_numbers import NUMBERS
from explorer.core.words import N_, Refusal
from explorer.registers import sql
from explorer.registers.failing import DAMAGED, quoted
from explorer.registers.file_kinds import reader_of
from explorer.registers.opened_files import TableFile
from explorer.registers.statistical import read_statistical
from explorer.registers.text_files import TextForm

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
    | {"present", "month", "date", "status", "cohort", "quarter", "month_settled", "nationality_group"}
    | {*NUMBERS, "age_band", "at_risk", "observable", "share", "persons", "file_row_number"}
)
"""Names that tables and tallies use for something else: as an extra column of persons they would be mistaken."""
BIRTH: Final = ("birth_date", "birth_year")
MOST_COLUMNS: Final = 500
"""Each takes memory of its own in every table, and a place among the filters."""
LONGEST_NAME: Final = 200
"""Letters of a column's name; what is longer is no name."""

UNREADABLE: Final = N_(
    "{file} cannot be read as CSV: a row does not have the columns of the header, or quotes stay open; "
    "export it again."
)
NOT_ALL: Final = N_(
    "{file} holds {there} rows, of which {read} can be read; it is damaged or cut off, export it again."
)
TWICE: Final = N_("{file} has the column “{column}” twice; keep one.")
NO_PARQUET: Final = N_("{file} is not a Parquet file that can be read; export it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRows:
    """Where the engine finds the rows of a table: `columns` by their names in the file and in `source`.

    `there`: how many rows the file itself says that it has, None when it does not say.
    """

    source: str
    columns: Mapping[str, str]
    there: int | None


def read_raw(con: Any, file: TableFile, text: TextForm | None) -> int | None:
    """Fill ``raw_<table>`` with the rows of the table's file and a row number `n` from 1.

    Returns
    -------
    int or None
        How many rows the file itself says that it has, counted or stated outside the engine.

    Raises
    ------
    Refusal
        When the file is unreadable, loses rows, or lacks a column.
    """
    if text is not None:
        _check_headings(file, text.headings)
    rows = text_rows(text) if text is not None else _rows(con, file)
    names = _used(file, tuple(rows.columns))
    listed = ", ".join(f"{rows.columns[name]} as {sql.name(name)}" for name in names)
    con.execute(f"drop view if exists raw_{file.table}")
    con.execute(f"drop table if exists raw_{file.table}")
    if file.is_parquet:
        # Parquet numbers its own rows and is read column by column: no copy is made.
        con.execute(
            f"create view raw_{file.table} as select file_row_number + 1 as n, {listed} "
            f"from {_parquet_source(file, numbered=True)}"
        )
        return rows.there
    if text is not None:
        _fill(con, file, rows)
    con.execute(f"create table raw_{file.table} as select row_number() over () as n, {listed} from text_rows")
    con.execute("drop table text_rows")
    [read] = con.execute(f"select count(*) from raw_{file.table}").fetchone()
    check_all_read(file, rows.there, read)
    return rows.there


def check_all_read(file: TableFile, there: int | None, read: int) -> None:
    """Refuse a file of which other rows were read than it has."""
    if there is not None and there != read:
        raise file.refuse(NOT_ALL, there=there, read=read)


def _rows(con: Any, file: TableFile) -> TextRows:
    if file.is_parquet:
        return parquet_rows(con, file)
    source = read_statistical(con, file.path)
    found = [row[0] for row in con.execute(f"describe {source}").fetchall()]
    return TextRows(source=source, columns={name: sql.name(name) for name in found}, there=stated_rows(file))


def _used(file: TableFile, found: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are read: all of persons, of the other tables those that the program knows."""
    _check_columns(file, found)
    if file.table != "persons":
        return REQUIRED[file.table]
    if len(found) > MOST_COLUMNS:
        raise file.refuse(
            N_(
                "{file} has {count} columns, and at most {most} can be read; leave out those that you do not need."
            ),
            count=len(found),
            most=MOST_COLUMNS,
        )
    for column in found:
        if column.lower() in RESERVED:
            raise file.refuse(
                N_("{file}: the program itself uses the name “{column}”; give this column another name."),
                column=column,
            )
    return tuple(found)


def _parquet_source(file: TableFile, *, numbered: bool = False) -> str:
    number = str(numbered).lower()
    return f"read_parquet('{quoted(file.source)}', hive_partitioning = false, file_row_number = {number})"


def parquet_rows(con: Any, file: TableFile) -> TextRows:
    """Return where the rows of a Parquet file are found, or refuse what is none."""
    import duckdb

    try:
        found = con.execute(f"describe select * from {_parquet_source(file)}").fetchall()
        [there] = con.execute(
            f"select num_rows from parquet_file_metadata('{quoted(file.source)}')"
        ).fetchone()
    except (duckdb.InterruptException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error:
        raise file.refuse(NO_PARQUET) from None
    columns = {row[0]: sql.name(row[0]) for row in found}
    return TextRows(source=_parquet_source(file), columns=columns, there=there)


def text_rows(text: TextForm) -> TextRows:
    """Return where the rows of a text are found."""
    # The engine knows the columns by their place: a name may hold anything.
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(text.headings)))
    source = (
        f"read_csv('{quoted(text.source)}', delim='{text.separator}', header=true, columns={{{columns}}}, "
        "quote='\"', escape='\"', nullstr='', encoding='utf-8', null_padding=false, auto_detect=false, parallel=true, "
        f"compression='{'gzip' if text.zipped else 'none'}', hive_partitioning=false)"
    )
    return TextRows(
        source=source,
        columns={name: f"c{place}" for place, name in enumerate(text.headings)},
        there=text.rows,
    )


def _fill(con: Any, file: TableFile, rows: TextRows) -> None:
    with told_of_rows(file):
        con.execute(f"create or replace temp table text_rows as select * from {rows.source}")


@contextmanager
def told_of_rows(file: TableFile) -> Iterator[None]:
    """Refuse in words a text whose rows the engine cannot read."""
    import duckdb

    try:
        yield
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        raise file.refuse(UNREADABLE) from None
    except duckdb.IOException as error:
        # Of this file, not of what the engine sets aside. What follows the end of a zipped one has no name.
        if file.source not in str(error) and not (file.is_zipped and "GZIP" in str(error)):
            raise
        raise file.refuse(DAMAGED) from None


def stated_rows(file: TableFile) -> int | None:
    """Return how many rows an SPSS or Stata file states in its head, where it does."""
    _, head = reader_of(file.path)(str(file.path), metadataonly=True)
    return None if head.number_rows is None else int(head.number_rows)


def _check_headings(file: TableFile, headings: Sequence[str]) -> None:
    """Refuse headings that are none; only what is known to be a heading is named, for it may be a person's line."""
    # Names are told apart without case, as the engine does.
    double = {name for name, times in Counter(map(str.lower, headings)).items() if name and times > 1}
    own = sorted(double & {*REQUIRED[file.table], *BIRTH})
    if own:
        raise file.refuse(TWICE, column=own[0])
    _check_columns(file, headings)
    if double:
        raise file.refuse(TWICE, column=sorted(double)[0])
    for place, name in enumerate(headings, start=1):
        if len(name) > LONGEST_NAME:
            raise file.refuse(N_("{file}: the name of column {place} is too long; shorten it."), place=place)
        if not name and file.table == "persons":
            raise file.refuse(
                N_("{file}: column {place} has no name; give it one, or leave it out."), place=place
            )


def _check_columns(file: TableFile, columns: Sequence[str]) -> None:
    """Refuse a table that lacks columns. What it has instead is not said: without headings those are a person's."""
    wanted = REQUIRED[file.table]
    if file.table == "persons" and not any(name in columns for name in BIRTH):
        wanted = (*wanted, "birth_date")
    lacking = [name for name in wanted if name not in columns]
    if not lacking:
        return
    known = {column.lower(): column for column in columns}
    if lacking[0] in known:
        raise file.refuse(
            N_("{file} has no column “{column}”, but “{other}”; write its name in small letters."),
            column=lacking[0],
            other=known[lacking[0]],
        )
    raise file.refuse(
        N_(
            "{file} lacks the columns {columns}; its first line must name them, or rename those that hold them."
        )
        if len(lacking) > 1
        else N_(
            "{file} has no column “{columns}”; its first line must name it, or rename the one that holds it."
        ),
        columns=", ".join(lacking),
    )


def _refuse(path: Path, text: str) -> None:
    raise Refusal(text, file=path.name) from None
