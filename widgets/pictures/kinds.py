"""The other kinds of picture: stacked states, flows, a surface, a forest, a table. No Qt, no matplotlib.

Each is a value like `Chart`: words are in the reader's language, numbers that are read are already text. A picture of
several groups has a pane for each, drawn side by side on the same axes; `group` of a pane says of whom it is, columns
and their levels, and comes back with what is brushed in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from widgets.pictures.chart import Axis, Ink, Picture
from widgets.pictures.table_data import EMPTY, TableData

if TYPE_CHECKING:
    from widgets.pictures.chart import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One state of a stack: its share at every x (0 to 1, NaN where there is none) and the text of each."""

    key: str
    label: str
    ink: Ink
    shares: FloatArray
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One pane: layers from the bottom up, at the same x."""

    title: str
    x: FloatArray
    layers: tuple[Layer, ...]
    group: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackChart(Picture):
    """Shares of a whole over months, stacked. A click on a layer at a month brushes its state there.

    `lack` says why nothing is read at a month without any layer.
    """

    kind: ClassVar[str] = "stack"
    x: Axis
    y: Axis
    crosshair: Callable[[float], str]
    lack: Callable[[float], str] = lambda x: ""
    panes: tuple[Stack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A state at one of the chosen months; `low` and `high` are its place between 0 and 1, from the bottom."""

    key: str
    label: str
    ink: Ink
    column: int
    low: float
    high: float
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """People who move from a node of one column to a node of the next.

    `start` and `end` are (low, high) on the side of either node. `key` names the flow when it is brushed.
    """

    key: str
    ink: Ink
    column: int
    start: tuple[float, float]
    end: tuple[float, float]
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One pane of an alluvial picture."""

    title: str
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    group: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChart(Picture):
    """Who moves from which state to which between chosen months.

    `columns` are the names of the months, `shorts` what they are called where those do not fit; `span` says which
    months are there when they are not all that were asked for.
    """

    kind: ClassVar[str] = "flow"
    columns: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    span: str = ""
    panes: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One pane: values of shape (rows, columns), NaN where there is none; of those `masked` where people may be."""

    title: str
    values: FloatArray
    masked: BoolArray
    group: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagonal:
    """A cohort on a Lexis surface: it begins at column `column` (a fraction) in row 0 and rises one row a column.

    A cohort that settled before the first column begins left of it, at a negative one.
    """

    label: str
    column: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceChart(Picture):
    """A value by calendar month (columns, left to right) and month of stay (rows, from the bottom).

    Attributes
    ----------
    x, y
        Axes in cells: column c is drawn from c to c + 1, row r from r to r + 1.
    reading
        Text of the cell (pane, row, column).
    scale
        Least and greatest value of the colours, with `scale_label` and the text of a value.
    masked_label
        What a masked cell means, for the legend.
    """

    kind: ClassVar[str] = "surface"
    x: Axis
    y: Axis
    reading: Callable[[int, int, int], str]
    scale: tuple[float, float] = (0.0, 1.0)
    scale_label: str = ""
    scale_text: Callable[[float], str] = str
    masked_label: str = ""
    diagonals: tuple[Diagonal, ...] = ()
    panes: tuple[Surface, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A point with its interval; NaN limits: no interval is drawn. `series` is a place in `ForestChart.series`."""

    series: int
    value: float
    low: float
    high: float
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One row: a heading (a column of persons), a reference level, a term with estimates, or what was left out."""

    key: str
    label: str
    kind: Literal["heading", "reference", "term", "left out"]
    estimates: tuple[Estimate, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestChart(Picture):
    """Estimates with intervals, one row each, around a line of no difference.

    `x` is on the scale of the drawing; its text writes what readers see (a ratio where the scale is a log).
    """

    kind: ClassVar[str] = "forest"
    x: Axis
    zero: float = 0.0
    series: tuple[tuple[str, Ink], ...] = ()
    rows: tuple[ForestRow, ...] = ()
    reading_heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChart(Picture):
    """Numbers that are read as numbers. `caption` stands above them: how many rows there are, how they are sorted."""

    kind: ClassVar[str] = "table"
    data: TableData = EMPTY
    caption: str = ""
