"""The first rows of a file, to look at before it is read: its columns and what stands in them."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.core.words import Refusal
from explorer.registers.components import OTHERWISE, matching
from explorer.registers.file_kinds import PARQUET, ZIPPED, as_kept, ending_of, is_statistical, reader_of
from explorer.registers.layout import Component
from explorer.registers.opened_files import CLOSED
from explorer.registers.reading import NO_PARQUET
from explorer.registers.recognising import Delivered
from explorer.registers.statistical import NOT_STATISTICAL

ROWS: Final = 5
HEAD: Final = 1 << 16
"""Bytes of a text in which the first rows are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The columns of a file in their order, and the first values of each, as text."""

    values: Mapping[str, tuple[str, ...]]

    def of(self, component: Component, field: str) -> tuple[str, ...]:
        """Return the columns from which a component reads a field here: of its origins the first that is there."""
        names = tuple(self.values)
        for origin in component.origins.get(field, ()):
            found = [name for pattern in origin.columns for name in matching(pattern, names)]
            if len(found) >= len(origin.columns):
                return tuple(found)
        return ()


def preview(one: Delivered) -> Preview:
    """Return the first rows of a delivered file.

    Raises
    ------
    Refusal
        When it cannot be read at all.
    """
    path = one.path
    look, lack = (
        (_statistical, NOT_STATISTICAL)
        if is_statistical(path)
        else (_parquet, NO_PARQUET)
        if ending_of(path) == PARQUET
        else (_text, CLOSED)
    )
    try:
        return look(path)
    except Exception:
        raise Refusal(lack, file=path.name) from None


def _statistical(path: Path) -> Preview:
    frame, _ = reader_of(path)(str(path), row_limit=ROWS, **_codes(path))
    return Preview(values={name: tuple(map(_shown, frame[name].tolist())) for name in frame.columns})


def _codes(path: Path) -> dict[str, bool]:
    return {name: value for name, value in as_kept(path).items() if name == "apply_value_formats"}


def _parquet(path: Path) -> Preview:
    import pyarrow.parquet as pq

    batch = next(pq.ParquetFile(path).iter_batches(batch_size=ROWS), None)
    names = pq.read_schema(path).names
    return Preview(
        values={name: tuple(map(_shown, batch.column(name).to_pylist())) if batch else () for name in names}
    )


def _text(path: Path) -> Preview:
    with gzip.open(path) if ending_of(path) == ZIPPED else path.open("rb") as file:
        head = file.read(HEAD)
    coding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = head.decode(coding, errors="strict" if len(head) < HEAD else "ignore")
    except UnicodeDecodeError:
        text = head.decode(OTHERWISE, errors="replace")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[: ROWS + 1]
    names, values = rows[0], rows[1:]
    return Preview(
        values={
            name.strip(): tuple(row[place] for row in values if place < len(row))
            for place, name in enumerate(names)
        }
    )


def _shown(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - a missing number is not itself
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
