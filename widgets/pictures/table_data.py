"""Numbers in rows and columns: raw for sorting, and as they are written. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = float | str | None
CellText: TypeAlias = Callable[[int, int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column; numeric columns are aligned to the right. `tooltip` explains the measure.

    `letters`: a column takes room for no more of them.
    """

    key: str
    label: str
    numeric: bool
    tooltip: str = ""
    letters: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """The numbers of a figure.

    Attributes
    ----------
    columns, rows
        Raw values, for sorting; None is a value that is missing or hidden, and sorts last.
    text
        How a value is written, given its place in `rows`: row, column.
    plain
        How a value is copied, when that differs (no thousands separators); None: as it is written.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    text: CellText
    plain: CellText | None = None


EMPTY = TableData(columns=(), rows=(), text=lambda row, column: "")
