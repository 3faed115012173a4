"""What can happen to the state of an analysis: one frozen value an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from explorer.core.state import AppState
from models.selection import Predicate


@dataclass(frozen=True, slots=True)
class ToggleLevel:
    """Choose or unchoose one level of a category column; `levels` are all of them, in order."""

    column: str
    level: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnlyLevel:
    """Choose one level of a category column and no other."""

    column: str
    level: str


@dataclass(frozen=True, slots=True)
class ChooseRange:
    """Choose a range of a number column; the whole range means no condition."""

    column: str
    low: float
    high: float
    whole: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ClearColumn:
    """Drop every condition on a column."""

    column: str


@dataclass(frozen=True, slots=True)
class DropCondition:
    """Drop one condition of the selection."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class ClearSelection:
    """Select everyone."""


@dataclass(frozen=True, slots=True)
class CompareBy:
    """Compare all figures by these columns; None is each figure's own default."""

    by: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ChooseMeasure:
    """Show another view in a panel."""

    panel: int
    view: str


@dataclass(frozen=True, slots=True)
class ShowInterval:
    """Draw the interval of a panel or not."""

    panel: int
    on: bool


@dataclass(frozen=True, slots=True)
class ShowPublished:
    """Draw the published points of a panel or not."""

    panel: int
    on: bool


@dataclass(frozen=True, slots=True)
class FocusPanel:
    """Show the numbers of this panel in the table."""

    panel: int


@dataclass(frozen=True, slots=True)
class SetOption:
    """Ask something of the view a panel shows: one field of its options."""

    panel: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class JoinSelection:
    """Join a brushed condition to the selection: only those of `whom` it was brushed among, and, or, or and not.

    `whom` are the people of the figure, None those of the window; a locked figure has its own.
    """

    part: Predicate
    how: Literal["replace", "and", "or", "not"] = "replace"
    whom: Predicate | None = None


@dataclass(frozen=True, slots=True)
class LockPanel:
    """Keep the selection of a panel as it is now, or let it follow the window's again."""

    panel: int
    on: bool


@dataclass(frozen=True, slots=True)
class TurnTo:
    """Turn to a page."""

    page: str


@dataclass(frozen=True, slots=True)
class PutBeside:
    """Show a panel beside that of the page, or no longer."""

    panel: int
    on: bool


@dataclass(frozen=True, slots=True)
class Float:
    """Show a panel in a window of its own, or dock it again."""

    panel: int
    on: bool


@dataclass(frozen=True, slots=True)
class KeepAs:
    """Keep the selection under a name, A or B."""

    name: Literal["A", "B"]


@dataclass(frozen=True, slots=True)
class CompareKept:
    """Draw the kept selections together in every panel, or no longer."""

    on: bool


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring back a whole state: a snapshot, called `name`."""

    state: AppState
    name: str


Event: TypeAlias = (
    ToggleLevel
    | OnlyLevel
    | ChooseRange
    | ClearColumn
    | DropCondition
    | ClearSelection
    | CompareBy
    | ChooseMeasure
    | ShowInterval
    | ShowPublished
    | FocusPanel
    | SetOption
    | JoinSelection
    | LockPanel
    | TurnTo
    | PutBeside
    | Float
    | KeepAs
    | CompareKept
    | Restore
)
