"""Pieces of SQL that read a raw column as what it should be, whatever its type in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from explorer.core.words import N_, Refusal

TOO_MUCH: Final = "1e12"
"""No hours, wage or number of a person is as much; sums of such numbers would not be exact."""
ISO: Final = r"^\d{4}-\d{2}-\d{2}([ T]00:00(:00(\.0+)?)?)?$"
_WHOLE: Final = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)


def name(column: str) -> str:
    """Return a column's name in quotes."""
    return '"' + column.replace('"', '""') + '"'


def is_number(kind: str) -> bool:
    """Return whether a column of this type holds numbers."""
    return kind in _WHOLE or kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL")


def text(column: str) -> str:
    """Return the trimmed text of a column, null when empty."""
    return f"nullif(trim(cast({name(column)} as varchar)), '')"


def key(column: str, kinds: Mapping[str, str], file: str) -> str:
    """Return an identifier as text; numbers are refused, since their leading zeros are gone."""
    if kinds[column] != "VARCHAR":
        raise Refusal(
            N_("{file}: column “{column}” holds numbers, so leading zeros are lost; write it as text."),
            file=file,
            column=column,
        )
    return f"nullif({name(column)}, '')"


def day(column: str, kinds: Mapping[str, str], file: str) -> str:
    """Return a column as a date, null where it cannot be read."""
    kind = kinds[column]
    if kind == "DATE":
        return name(column)
    if kind.startswith("TIMESTAMP"):
        return f"cast({name(column)} as date)"
    if kind == "VARCHAR":
        written = text(column)
        return f"case when regexp_matches({written}, '{ISO}') then try_cast(({written})[1:10] as date) end"
    raise Refusal(
        N_("{file}: column “{column}” holds numbers, not dates; write them as 2022-03-01."),
        file=file,
        column=column,
    )


def number(column: str, kinds: Mapping[str, str]) -> str:
    """Return a column as a number, null where unreadable or beyond reason; a decimal comma is read in text."""
    if is_number(kinds[column]):
        value = f"cast({name(column)} as double)"
    else:
        written = text(column)
        value = (
            f"try_cast(case when contains({written}, ',') and not contains({written}, '.') "
            f"then replace({written}, ',', '.') else {written} end as double)"
        )
    return f"case when isfinite({value}) and abs({value}) < {TOO_MUCH} then {value} end"


def among(value: str, allowed: tuple[str, ...]) -> str:
    """Return the test that a value is one of these."""
    return f"{value} in ({', '.join(repr(item) for item in allowed)})"
