"""Files of numbers: each format is one module here that holds a FORMAT, and is listed nowhere else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from explorer.core.formatting import Formats
from models.results import Cell, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A table and what is written with it.

    Attributes
    ----------
    name
        What the table is of; a sheet is called so.
    header
        Lines that belong to the numbers themselves: a model, how many were fitted.
    note
        What the numbers are, in words, or "".
    formats
        How the reader writes numbers.
    """

    table: Table
    name: str = "table"
    header: tuple[str, ...] = ()
    note: str = ""
    formats: Formats = field(default_factory=lambda: Formats("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A format of files: its ending, what it is called where a file is saved, and how a table is written.

    `holds_note`: whether the note stands in the file; otherwise it is written beside it. `place`: its order.
    """

    suffix: str
    name: str
    write: Callable[[Written], bytes]
    holds_note: bool = False
    place: int = 50


@cache
def table_formats() -> Mapping[str, TableFormat]:
    """Return every format by its ending, those most people want first."""
    found = [
        importlib.import_module(module.name).FORMAT
        for module in pkgutil.iter_modules(__path__, f"{__name__}.")
    ]
    return {one.suffix: one for one in sorted(found, key=lambda one: (one.place, one.suffix))}


def as_text(cell: Cell) -> str:
    """Return a cell as text that gives the same number again; what is hidden or undefined is empty."""
    return "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)
