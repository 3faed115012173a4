"""The state of an analysis, and the one way it changes: reduce(state, event) -> state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from explorer.core.spec import Spec
from explorer.core.views import Topic, all_views
from explorer.core.words import N_, Message
from models.selection import (
    EVERYONE,
    Between,
    Everyone,
    IsIn,
    Predicate,
    columns_of,
    conjunction,
    conjuncts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One figure: its topic, the view it shows, interval and published points."""

    topic: Topic
    view: str
    interval: bool = True
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppState:
    """Everything that undo brings back.

    `compare` is None while each view has its own comparison; a comparison that the reader chose holds for
    all panels.
    """

    selection: Predicate = EVERYONE
    compare: tuple[str, ...] | None = None
    panels: tuple[Panel, ...] = (
        Panel(topic="departure", view="departure"),
        Panel(topic="work", view="employment"),
    )
    focused: int = 0

    def by(self, index: int, known: frozenset[str]) -> tuple[str, ...]:
        """Return the columns panel `index` is compared by; the default where the reader chose none."""
        if self.compare is not None:
            return self.compare
        return tuple(name for name in all_views()[self.panels[index].view].by if name in known)

    def spec(self, index: int, known: frozenset[str]) -> Spec:
        """Return what panel `index` asks; `known` are the grouping columns of the dataset."""
        view = all_views()[self.panels[index].view]
        return Spec(
            view=view.name, selection=self.selection, by=self.by(index, known), options=view.options()
        )


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
)


def reduce(state: AppState, event: Event) -> AppState:
    """Return the state after `event`. Pure; an event that changes nothing gives an equal state."""
    match event:
        case ToggleLevel() | OnlyLevel() | ChooseRange() | ClearColumn() | DropCondition() | ClearSelection():
            return replace(state, selection=_selection(state.selection, event))
        case CompareBy(by=by):
            return replace(state, compare=by)
        case ChooseMeasure(panel=panel, view=view):
            return _with_panel(state, panel, replace(state.panels[panel], view=view))
        case ShowInterval(panel=panel, on=on):
            return _with_panel(state, panel, replace(state.panels[panel], interval=on))
        case ShowPublished(panel=panel, on=on):
            return _with_panel(state, panel, replace(state.panels[panel], published=on))
        case FocusPanel(panel=panel):
            return replace(state, focused=panel)


def undo_words(event: Event) -> Message | None:
    """Return what undo calls this event; None for an event that undo does not stop at."""
    match event:
        case ToggleLevel() | OnlyLevel() | ChooseRange() | ClearColumn() | DropCondition():
            return Message(N_("filter"))
        case ClearSelection():
            return Message(N_("clear selection"))
        case CompareBy():
            return Message(N_("compare by"))
        case ChooseMeasure():
            return Message(N_("choose measure"))
        case ShowInterval():
            return Message(N_("interval"))
        case ShowPublished():
            return Message(N_("published points"))
        case FocusPanel():
            return None


def chosen_levels(selection: Predicate, column: str) -> tuple[str, ...]:
    """Return the levels that the selection's own condition on `column` allows; nothing without one."""
    for part in conjuncts(selection):
        if isinstance(part, IsIn) and part.column == column:
            return part.values
    return ()


def chosen_range(selection: Predicate, column: str) -> tuple[float, float] | None:
    """Return the range that the selection's own condition on `column` allows; None without one."""
    for part in conjuncts(selection):
        if isinstance(part, Between) and part.column == column:
            return part.low, part.high
    return None


def without(selection: Predicate, column: str) -> Predicate:
    """Return the selection without its conditions that look at `column` alone."""
    return conjunction(tuple(part for part in conjuncts(selection) if columns_of(part) != {column}))


def _selection(selection: Predicate, event: Event) -> Predicate:
    match event:
        case ToggleLevel(column=column, level=level, levels=levels):
            chosen = set(chosen_levels(selection, column)) ^ {level}
            ordered = tuple(name for name in levels if name in chosen)
            # All levels chosen is the same as none: no condition.
            part = IsIn(column, ordered) if ordered and len(ordered) < len(levels) else None
            return _replaced(selection, column, part)
        case OnlyLevel(column=column, level=level):
            return _replaced(selection, column, IsIn(column, (level,)))
        case ChooseRange(column=column, low=low, high=high, whole=whole):
            part_ = Between(column, low, high) if (low, high) != whole else None
            return _replaced(selection, column, part_)
        case ClearColumn(column=column):
            return without(selection, column)
        case DropCondition(part=dropped):
            return conjunction(tuple(part for part in conjuncts(selection) if part != dropped))
        case _:
            return Everyone()


def _replaced(selection: Predicate, column: str, part: Predicate | None) -> Predicate:
    """Put `part` in the place of the condition on `column`, so that chips keep their order."""
    parts = conjuncts(selection)
    if not any(columns_of(old) == {column} for old in parts):
        return conjunction((*parts, part)) if part is not None else selection
    kept = tuple(part if columns_of(old) == {column} else old for old in parts)
    return conjunction(tuple(item for item in kept if item is not None))


def _with_panel(state: AppState, index: int, panel: Panel) -> AppState:
    panels = (*state.panels[:index], panel, *state.panels[index + 1 :])
    return replace(state, panels=panels)
