"""Pieces of SQL that read a raw column as what it should be, whatever its type in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from explorer.core.words import N_, Refusal

TOO_MUCH: Final = "1e12"
"""No hours, wage or number of a person is as much; sums of such numbers would not be exact."""
ISO: Final = (
    r"^\d{4}-\d{2}-\d{2}"
    r"([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?(Z|UTC|[+-][01]\d(:?[0-5]\d)?))?)?$"
)
"""A day, perhaps with a time and the offset of its clock: the day is the one that is written."""
MIDNIGHT: Final = r"^.{10}([ T]00:00(:00([.,]0+)?)?( ?(Z|UTC|[+-][01]\d(:?[0-5]\d)?))?)?$"
_BLANK: Final = "[\\s\u00a0]*"
MISSING: Final = (
    rf"(?i){_BLANK}("
    r"|n/?a|n\.a\.|#n/a|<na>|null|\(null\)|#null!|\\n|nat|nan|none"
    r"|[-–—]{1,4}|\.{1,3}|\.[a-z_]"
    rf"){_BLANK}"
)
"""What programs write for an empty value; ``.a`` to ``.z`` are Stata's and SAS's."""
ANSWER: Final = "none"
"""A word of MISSING that is an answer in a column of categories: no education, no children."""
EMPTY: Final = '"NULL"'
"""The type of a column that is empty throughout, as DuckDB names it."""
_LONGEST, _FIRST = 8, "nN#<(\\-–—. \t\r\n\f\v\u00a0"
"""Letters of the longest word of MISSING, with some blanks, and how one begins: others need no second look."""
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


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def is_number(kind: str) -> bool:
    """Return whether a column of this type holds numbers."""
    return kind in _WHOLE or kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL")


def written(column: str) -> str:
    """Return the text of a column as it is written, without spaces around it."""
    return f"trim(cast({name(column)} as varchar))"


def is_missing(value: str, kept: tuple[str, ...] = ()) -> str:
    """Return the test that a text is empty, or what a program writes for an empty value; `kept` are values here."""
    marked = (
        f"case when length({value}) > {_LONGEST} or not contains({literal(_FIRST)}, {value}[1]) then false "
        f"else regexp_full_match({value}, {literal(MISSING)}) end"
    )
    return f"({marked} and {value} not in ({', '.join(map(literal, kept))}))" if kept else f"({marked})"


def is_mark(value: str) -> bool:
    """Return whether a program writes this text for an empty value."""
    return re.fullmatch(MISSING, value) is not None


def text(column: str, kept: tuple[str, ...] = ()) -> str:
    """Return the text of a column, null when it is missing; `kept` are values, not words for a missing one."""
    value = written(column)
    return f"case when not {is_missing(value, kept)} then {value} end"


def level(column: str, kind: str, kept: tuple[str, ...] = ()) -> str:
    """Return a column as levels of a category, null when missing; a whole number has no decimals."""
    if kind in ("DOUBLE", "FLOAT"):
        value = name(column)
        whole = f"{value} = trunc({value}) and abs({value}) < {TOO_MUCH}"
        return (
            f"case when {whole} then cast(cast({value} as bigint) as varchar) else {text(column, kept)} end"
        )
    value = written(column)
    return f"case when lower({value}) = '{ANSWER}' then {value} else {text(column, kept)} end"


def key(column: str, kinds: Mapping[str, str], file: str) -> str:
    """Return an identifier as text, as it is written; numbers are refused, since their leading zeros are gone."""
    if kinds[column] == EMPTY:
        return "cast(null as varchar)"
    if kinds[column] != "VARCHAR":
        raise Refusal(
            N_("{file}: column “{column}” holds numbers, so leading zeros are lost; write it as text."),
            file=file,
            column=column,
        )
    return f"case when {is_missing(written(column))} then null else {name(column)} end"


def day(column: str, kinds: Mapping[str, str], file: str) -> str:
    """Return a column as a day from the year 1 to 9999, null where it cannot be read.

    A moment is the day on which it falls in the column's own time zone; a text the day that it says.
    """
    kind = kinds[column]
    if kind == EMPTY:
        return "cast(null as date)"
    if kind == "DATE":
        value = name(column)
    elif kind.startswith("TIMESTAMP"):
        # Of a damaged file a moment may lie beyond every calendar.
        value = f"try(cast({_clock(column, kind)} as date))"
    elif kind == "VARCHAR":
        said = written(column)
        value = f"case when regexp_matches({said}, '{ISO}') then try_cast({said}[1:10] as date) end"
    else:
        raise Refusal(
            N_("{file}: column “{column}” holds numbers, not dates; write them as 2022-03-01."),
            file=file,
            column=column,
        )
    return f"case when {value} between date '0001-01-01' and date '9999-12-31' then {value} end"


def is_timed(column: str, kind: str) -> str | None:
    """Return the test that a day is written with a time other than midnight; None where the type has no time."""
    if kind.startswith("TIMESTAMP"):
        return f"try(cast({_clock(column, kind)} as time)) <> time '00:00:00'"
    if kind == "VARCHAR":
        value = written(column)
        return f"(regexp_matches({value}, '{ISO}') and not regexp_matches({value}, '{MIDNIGHT}'))"
    return None


def in_zone(kind: str, zone: str) -> str:
    """Return the type of a column of moments that are shown in `zone`."""
    return f"{kind} IN {zone}"


def is_offset(zone: str) -> bool:
    """Return whether a time zone is a plain offset, as ``+02:00``."""
    return re.fullmatch(r"[+-]\d\d:?\d\d", zone) is not None


def _clock(column: str, kind: str) -> str:
    """Return a moment as the clock of the column's own time zone shows it."""
    _, zoned, zone = kind.partition(" IN ")
    if not zoned:
        return name(column)
    moment = f"cast({name(column)} as timestamptz)"
    if is_offset(zone):
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return f"(timezone('UTC', {moment}) {zone[0]} interval {minutes} minute)"
    return f"timezone({literal(zone)}, {moment})"


def decimal(column: str) -> str:
    """Return the number that a text says, null where it says none; a decimal comma is read."""
    value = written(column)
    comma = f"contains({value}, ',') and not contains({value}, '.')"
    return f"try_cast(case when {comma} then replace({value}, ',', '.') else {value} end as double)"


def number(column: str, kinds: Mapping[str, str]) -> str:
    """Return a column as a number, null where unreadable or beyond reason."""
    value = f"cast({name(column)} as double)" if is_number(kinds[column]) else decimal(column)
    return f"case when isfinite({value}) and abs({value}) < {TOO_MUCH} then {value} end"


def whole(column: str, kinds: Mapping[str, str]) -> str:
    """Return a column as a whole number, null where it is none."""
    value = number(column, kinds)
    return f"try_cast(case when {value} = trunc({value}) then {value} end as integer)"


def among(value: str, allowed: tuple[str, ...]) -> str:
    """Return the test that a value is one of these."""
    return f"{value} in ({', '.join(repr(item) for item in allowed)})"
