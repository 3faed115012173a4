"""What a file says of its columns beside their values: types, time zones, and the order of levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers import sql
from explorer.registers.failing import DAMAGED
from explorer.registers.file_kinds import is_statistical
from explorer.registers.statistical import Labels, labels_of

PARQUET: Final = ".parquet"


def kinds_of(con: Any, path: Path, table: str) -> dict[str, str]:
    """Return the type of each column of ``raw_<table>``, as DuckDB names it.

    Moments carry the time zone of the file, which DuckDB does not keep, and what is empty throughout is EMPTY,
    whatever type the file gives it.
    """
    kinds = {row[0]: row[1] for row in con.execute(f"describe raw_{table}").fetchall() if row[0] != "n"}
    empty = _empty(con, table, kinds)
    zones = _zones(con, path) if path.suffix.lower() == PARQUET else {}
    return {
        name: sql.EMPTY if name in empty else sql.in_zone(kind, zones[name]) if name in zones else kind
        for name, kind in kinds.items()
    }


def orders_of(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the levels of columns that have an order in the file: that of value labels, or of ordered categories."""
    if is_statistical(path):
        return {name: tuple(dict.fromkeys(labels.values())) for name, labels in labels_of(path).items()}
    return _dictionaries(path) if path.suffix.lower() == PARQUET else {}


def value_labels(path: Path) -> Labels:
    """Return the value labels of a file, none where its format has none."""
    return labels_of(path) if is_statistical(path) else {}


def _empty(con: Any, table: str, kinds: Mapping[str, str]) -> frozenset[str]:
    """Return the columns that hold numbers, or nothing by their type, and are empty throughout."""
    asked = [name for name, kind in kinds.items() if kind == sql.EMPTY or sql.is_number(kind)]
    if not asked:
        return frozenset()
    counts = ", ".join(f"count({sql.name(name)})" for name in asked)
    found = con.execute(f"select {counts} from raw_{table}").fetchone()
    return frozenset(name for name, count in zip(asked, found, strict=True) if not count)


def _zones(con: Any, path: Path) -> dict[str, str]:
    """Return the time zones of a Parquet file's moments."""
    import pyarrow as pa

    with _parquet(path) as file:
        zones = {
            field.name: field.type.tz
            for field in file.schema_arrow
            if pa.types.is_timestamp(field.type) and field.type.tz
        }
    if not zones:
        return {}
    known = {row[0].lower() for row in con.execute("select name from pg_timezone_names()").fetchall()}
    for name, zone in zones.items():
        if not sql.is_offset(zone) and zone.lower() not in known:
            raise Refusal(
                N_(
                    "{file}: column “{column}” is in a time zone that is not known; write its dates as 2022-03-01."
                ),
                file=path.name,
                column=name,
            )
    return zones


@contextmanager
def _parquet(path: Path) -> Iterator[Any]:
    """Give a Parquet file, opened here: the library takes a path as an address, and not every name of a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as opened, pq.ParquetFile(opened) as file:
            yield file
    except (pa.ArrowException, OSError):
        raise Refusal(DAMAGED, file=path.name) from None


def _dictionaries(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the categories of a Parquet file's ordered columns of text."""
    import pyarrow as pa

    with _parquet(path) as file:
        ordered = [
            field.name
            for field in file.schema_arrow
            if pa.types.is_dictionary(field.type) and field.type.ordered and _is_text(field.type.value_type)
        ]
        columns = {name: file.read(columns=[name]).column(name).unify_dictionaries() for name in ordered}
    return {
        name: tuple(column.chunk(0).dictionary.to_pylist())
        for name, column in columns.items()
        if column.num_chunks
    }


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
