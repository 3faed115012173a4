"""From a file of a component to its fields: the columns that are needed, as text, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers import sql
from explorer.registers.code_lists import SHIPPED
from explorer.registers.file_kinds import as_kept, reader_of
from explorer.registers.layout import NEEDED, Layout, Origin
from explorer.registers.opened_files import TableFile, opened_path
from explorer.registers.reading import (
    TextRows,
    check_all_read,
    parquet_rows,
    stated_rows,
    text_rows,
    told_of_rows,
)
from explorer.registers.recognising import Delivered
from explorer.registers.statistical import NOT_STATISTICAL, as_meant
from explorer.registers.text_files import TextForm, examined

KEYS: Final = ("person_id", "employer_id", "household_id", "job_id")
"""Fields whose values are meant as they are written, nines too."""
NINES: Final = r"9{4,}([.,]0*)?"
MORE_NINES: Final = r"9{7,}([.,]0*)?"
"""Runs of nines stand for a missing value; of hours and euros fewer than seven may be meant."""
MEASURED: Final = ("hours", "wage", "hourly_wage")
CHUNK: Final = 200_000
"""Rows of an SPSS or Stata file that are in memory at one time."""
OTHERWISE: Final = "cp1252"
MOST_CASES: Final = 20
"""Codes of a list that are told apart in the query itself."""

NO_COLUMN: Final = N_(
    "{file} has no column like “{pattern}” for {field} of {component}; name another in a layout of your own."
)
TWO_COLUMNS: Final = N_(
    "{file} has more than one column like “{pattern}” for {field} of {component} ({found}); name one of them in a "
    "layout of your own."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of a file in the engine: a view with a column of text a field, and ``kept``.

    `columns` says from which columns of the file each field is read; `rows` how many were read, as many as the file
    has, and `kept` how many of them are of the registers that are wanted.
    """

    view: str
    delivered: Delivered
    columns: Mapping[str, tuple[str, ...]]
    rows: int
    kept: int

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are read from some column."""
        return frozenset(name for name, columns in self.columns.items() if columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    delivered: Delivered
    file: TableFile
    text: TextForm | None


@contextmanager
def opened_parts(files: tuple[Delivered, ...]) -> Iterator[tuple[_Opened, ...]]:
    """Open the files of components, each as what it is."""
    with ExitStack() as held:
        out = []
        for one in files:
            file = held.enter_context(opened_path(one.path, one.component.name))
            plain = not (file.is_parquet or file.is_statistical)
            text = held.enter_context(examined(file, OTHERWISE)) if plain else None
            out.append(_Opened(delivered=one, file=file, text=text))
        yield tuple(out)


def sources_of(opened: tuple[_Opened, ...]) -> list[str]:
    """Return the names under which the engine opens them."""
    return [one.text.source if one.text is not None else one.file.source for one in opened]


def read_part(con: Any, opened: _Opened, layout: Layout, place: int) -> Part:
    """Make the view of a file's fields, and read all of its rows once.

    Raises
    ------
    Refusal
        When a needed column is not there, or the file cannot be read whole.
    """
    delivered, file = opened.delivered, opened.file
    component, rows = delivered.component, _rows(con, opened)
    # A text may have a column twice.
    names = tuple(rows.columns) if opened.text is None else opened.text.headings
    found = _found(opened, names)
    kept = {
        column: values for pattern, values in component.keep.items() for column in matching(pattern, names)
    }
    used = {name for origins in found.values() for columns in origins for name in columns} | set(kept)
    others = [name for name in names if name not in used] if component.others else []
    if file.is_statistical:
        rows = _read_chunks(
            con, file, [name for name in names if name in used or name in others], place, rows
        )
    fields = {
        field: _first(
            [
                _value(con, origin, columns, layout, rows.columns, field=field)
                for origin, columns in zip(component.origins[field], found[field], strict=True)
                if columns
            ]
        )
        for field in found
        if any(found[field])
    }
    for name in others:
        value = _written(rows.columns[name])
        fields[name] = f"case when not {sql.is_missing(value)} then {value} end"
    keep = " and ".join(
        f"upper({_written(rows.columns[name])}) in ({', '.join(map(sql.literal, values))})"
        for name, values in kept.items()
    )
    listed = ", ".join(f"{value} as {sql.name(field)}" for field, value in fields.items())
    view = f"part_{place}"
    con.execute(f"create view {view} as select {listed}, {keep or 'true'} as kept from {rows.source}")
    with told_of_rows(file):
        read, wanted = con.execute(f"select count(*), count(*) filter (kept) from {view}").fetchone()
    check_all_read(file, rows.there, read)
    said = {field: tuple(name for columns in found[field] for name in columns) for field in found}
    columns = {**said, **{name: (name,) for name in others}}
    return Part(view=view, delivered=delivered, columns=columns, rows=read, kept=wanted)


def _rows(con: Any, opened: _Opened) -> TextRows:
    """Return where the rows of a file are found; those of a statistical program are yet to be read."""
    file = opened.file
    if opened.text is not None:
        return text_rows(opened.text)
    if file.is_parquet:
        return parquet_rows(con, file)
    try:
        _, meta = reader_of(file.path)(str(file.path), metadataonly=True)
    except Exception:
        raise Refusal(NOT_STATISTICAL, file=file.name) from None
    return TextRows(
        source="", columns={name: sql.name(name) for name in meta.column_names}, there=stated_rows(file)
    )


def _found(opened: _Opened, names: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return for each field the columns of each of its origins, or refuse where a needed field has none."""
    component = opened.delivered.component
    found = {
        field: tuple(_columns(opened.file.path, component.name, field, origin, names) for origin in origins)
        for field, origins in component.origins.items()
    }
    for field in NEEDED[component.table]:
        if not any(found.get(field, ())):
            pattern = component.origins[field][0].columns[0] if field in component.origins else field
            raise Refusal(
                NO_COLUMN, file=opened.file.name, pattern=pattern, field=field, component=component.name
            )
    return found


def _read_chunks(con: Any, file: TableFile, names: list[str], place: int, rows: TextRows) -> TextRows:
    """Fill a table with columns of a file of a statistical program, some rows at a time: codes, not their labels."""
    import pyarrow as pa

    table = f"rows_{place}"
    listed = ", ".join(f"{sql.name(name)} varchar" for name in names)
    con.execute(f"create table {table} ({listed})")
    for frame, meta in _chunks(file, names):
        columns = {
            name: as_meant(frame[name], _form(meta, name) if as_kept(file.path) else "").cast(pa.string())
            for name in names
        }
        con.register("chunk", pa.table(columns))
        con.execute(f"insert into {table} select * from chunk")
        con.unregister("chunk")
    return replace(rows, source=table)


def _chunks(file: TableFile, names: list[str]) -> Iterator[tuple[Any, Any]]:
    """Yield the rows of such a file, or refuse it where it is damaged: the library raises what it likes."""
    import pyreadstat

    chunks = pyreadstat.read_file_in_chunks(
        reader_of(file.path), str(file.path), chunksize=CHUNK, usecols=names, **as_kept(file.path)
    )
    while True:
        try:
            found = next(chunks)
        except StopIteration:
            return
        except MemoryError:
            raise
        except Exception:
            raise Refusal(NOT_STATISTICAL, file=file.name) from None
        yield found


def _form(meta: Any, name: str) -> str:
    return str(meta.original_variable_types.get(name, ""))


def matching(pattern: str, names: tuple[str, ...]) -> list[str]:
    """Return the columns like a pattern; the name may have ``VRL`` before it."""
    return [name for name in names if re.fullmatch(f"(VRL)?({pattern})", name.strip(), re.IGNORECASE)]


def _columns(
    path: Path, component: str, field: str, origin: Origin, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the columns of an origin, none where one of them is not there."""
    out = []
    for pattern in origin.columns:
        found = matching(pattern, names)
        if len(found) > 1:
            raise Refusal(
                TWO_COLUMNS,
                file=path.name,
                pattern=pattern,
                field=field,
                component=component,
                found=", ".join(found),
            )
        out += found
    return tuple(out) if len(out) == len(origin.columns) else ()


def _written(column: str) -> str:
    """Return the text of a column of the source, without spaces around it."""
    return f"trim(cast({column} as varchar))"


def _first(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"


def _value(
    con: Any,
    origin: Origin,
    columns: tuple[str, ...],
    layout: Layout,
    known: Mapping[str, str],
    *,
    field: str,
) -> str:
    """Return the text of a field in SQL, null where it is missing."""
    key, parts = field in KEYS, []
    nines = MORE_NINES if field in MEASURED else NINES
    for at, name in enumerate(columns):
        value = _written(known[name])
        if key or origin.codes:
            # A code or a key that was kept as a number.
            value = f"regexp_replace({value}, '[.]0+$', '')"
        if origin.pad:
            # More letters than that are not cut: such a key is none, and finds nobody.
            size = origin.pad[at]
            value = f"case when length({value}) < {size} then lpad({value}, {size}, '0') else {value} end"
        test = sql.is_missing(value)
        lacks = test if key else f"{test} or regexp_full_match({value}, '{nines}')"
        parts.append(f"case when not ({lacks}) then {value} end")
    value = parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"
    if origin.letters:
        value = f"({value})[1:{origin.letters}]"
    return _coded(con, value, origin.codes, layout) if origin.codes else value


def _coded(con: Any, value: str, codes: str, layout: Layout) -> str:
    """Return what a code means; one that the list does not have stays as it is written, but in a closed list."""
    name, _, scheme = codes.partition(":")
    known = layout.codes[codes] if codes in layout.codes else SHIPPED.names(name, scheme)
    listed = [(code, level) for code, level in known.items() if level]
    other = value if name in ("country", "nationality", "sector") else "null"
    if len(listed) <= MOST_CASES:
        cases = " ".join(f"when {sql.literal(code)} then {sql.literal(level)}" for code, level in listed)
        return f"case lower({value}) {cases} else {other} end" if cases else other
    # A long list is looked up in a table: as cases it would be planned anew, at length, in every query.
    table = sql.name(f"codes {codes}")
    con.execute(f"create table if not exists {table} (code varchar, level varchar)")
    con.execute(f"delete from {table}")
    rows = ", ".join(f"({sql.literal(code)}, {sql.literal(level)})" for code, level in listed)
    con.execute(f"insert into {table} values {rows}")
    return f"coalesce((select any_value(level) from {table} where code = lower({value})), {other})"
