"""From a file of a component to its fields: the columns that are needed, as text, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers import sql
from explorer.registers.code_lists import SHIPPED
from explorer.registers.failing import quoted
from explorer.registers.file_kinds import as_kept, reader_of
from explorer.registers.layout import NEEDED, Layout, Origin
from explorer.registers.opened_files import TableFile, opened_path
from explorer.registers.recognising import Delivered
from explorer.registers.text_files import TextForm, examined

KEYS: Final = ("person_id", "employer_id", "household_id", "job_id")
"""Fields whose values are meant as they are written, nines too."""
NINES: Final = r"9{4,}([.,]0*)?"
"""Runs of nines stand for a missing value; of hours and euros four may be meant."""
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
NO_LETTERS: Final = N_("{file} is not an SPSS, Stata or SAS file that can be read; export it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of a file in the engine: a view with a column of text a field, and ``kept``.

    `columns` says from which column of the file each field is read; `rows` how many the file itself has.
    """

    view: str
    delivered: Delivered
    columns: Mapping[str, tuple[str, ...]]
    rows: int


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
    """Make the view of a file's fields.

    Raises
    ------
    Refusal
        When a needed column is not there, or the file cannot be read.
    """
    delivered, file = opened.delivered, opened.file
    names, rows = _headings(con, opened)
    component = delivered.component
    found = {
        field: tuple(_columns(file.path, component.name, field, origin, names) for origin in origins)
        for field, origins in component.origins.items()
    }
    for field in NEEDED[component.table]:
        if not any(found[field]):
            pattern = component.origins[field][0].columns[0]
            raise Refusal(NO_COLUMN, file=file.name, pattern=pattern, field=field, component=component.name)
    kept = {
        column: values for pattern, values in component.keep.items() for column in matching(pattern, names)
    }
    used = {name for origins in found.values() for columns in origins for name in columns} | set(kept)
    others = [name for name in names if name not in used] if component.others else []
    source = _source(con, opened, tuple(name for name in names if name in used or name in others), place)
    fields = {
        field: _first(
            [
                _value(con, origin, columns, layout, source.columns, field=field)
                for origin, columns in zip(component.origins[field], found[field], strict=True)
                if columns
            ]
        )
        for field in found
        if any(found[field])
    }
    fields |= {name: sql.text(source.columns[name]) for name in others}
    keep = " and ".join(
        f"upper(trim(cast({sql.name(source.columns[name])} as varchar))) in ({', '.join(map(sql.literal, values))})"
        for name, values in kept.items()
    )
    listed = ", ".join(f"{value} as {sql.name(field)}" for field, value in fields.items())
    view = f"part_{place}"
    con.execute(f"create view {view} as select {listed}, {keep or 'true'} as kept from {source.relation}")
    said = {field: tuple(name for columns in found[field] for name in columns) for field in found}
    return Part(
        view=view, delivered=delivered, columns={**said, **{name: (name,) for name in others}}, rows=rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    relation: str
    columns: Mapping[str, str]


def _headings(con: Any, opened: _Opened) -> tuple[tuple[str, ...], int]:
    """Return the columns of a file, and how many rows it says that it has."""
    file = opened.file
    if opened.text is not None:
        return opened.text.headings, opened.text.rows
    if file.is_parquet:
        source = f"read_parquet('{quoted(file.source)}', hive_partitioning = false)"
        found = con.execute(f"describe select * from {source}").fetchall()
        [rows] = con.execute(f"select count(*) from {source}").fetchone()
        return tuple(row[0] for row in found), int(rows)
    meta = _head(file)
    return tuple(meta.column_names), int(meta.number_rows or 0)


def _source(con: Any, opened: _Opened, names: tuple[str, ...], place: int) -> _Source:
    file, text = opened.file, opened.text
    if text is not None:
        listed = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(text.headings)))
        relation = (
            f"read_csv('{quoted(text.source)}', delim='{text.separator}', header=true, columns={{{listed}}}, "
            "quote='\"', escape='\"', nullstr='', encoding='utf-8', null_padding=false, auto_detect=false, "
            f"parallel=true, compression='{'gzip' if text.zipped else 'none'}', hive_partitioning=false)"
        )
        return _Source(relation=relation, columns={name: f"c{at}" for at, name in enumerate(text.headings)})
    if file.is_parquet:
        relation = f"read_parquet('{quoted(file.source)}', hive_partitioning = false)"
        return _Source(relation=relation, columns={name: name for name in names})
    _read_chunks(con, file, names, f"rows_{place}")
    return _Source(relation=f"rows_{place}", columns={name: name for name in names})


def _head(file: TableFile) -> Any:
    try:
        return reader_of(file.path)(str(file.path), metadataonly=True)[1]
    except Exception:
        raise Refusal(NO_LETTERS, file=file.name) from None


def _read_chunks(con: Any, file: TableFile, names: tuple[str, ...], table: str) -> None:
    """Fill a table with the columns of an SPSS or Stata file, some rows at a time: codes and not their labels."""
    import pyarrow as pa
    import pyreadstat

    from explorer.registers.statistical import as_meant

    kept, read = as_kept(file.path), reader_of(file.path)
    chunks = pyreadstat.read_file_in_chunks(
        read, str(file.path), chunksize=CHUNK, usecols=list(names), **kept
    )
    made = False
    try:
        for frame, meta in chunks:
            columns = {
                name: as_meant(frame[name], _form(meta, name) if kept else "").cast(pa.string())
                for name in names
            }
            con.register("chunk", pa.table(columns))
            con.execute(
                f"insert into {table} select * from chunk" if made else f"create table {table} as from chunk"
            )
            con.unregister("chunk")
            made = True
    except pyreadstat.ReadstatError:
        raise Refusal(NO_LETTERS, file=file.name) from None
    if not made:
        listed = ", ".join(f"{sql.name(name)} varchar" for name in names)
        con.execute(f"create table {table} ({listed})")


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
    nines = f"9{NINES}" if field in MEASURED else NINES
    for at, name in enumerate(columns):
        value = f"trim(cast({sql.name(known[name])} as varchar))"
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
