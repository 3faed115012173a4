"""What undo calls each event."""

from __future__ import annotations

from typing import Final

from explorer.core import events
from explorer.core.names import ColumnOf
from explorer.core.options import label_of
from explorer.core.state import AppState
from explorer.core.views import PAGES, all_views
from explorer.core.words import N_, Message
from models.register import PersonColumn

_CALLED: Final = {
    events.DropCondition: N_("remove a condition"),
    events.JoinSelection: N_("choose people in a figure"),
    events.ClearSelection: N_("clear selection"),
    events.ShowInterval: N_("interval"),
    events.ShowPublished: N_("published points"),
    events.PutBeside: N_("figures side by side"),
    events.Float: N_("a window for a figure"),
    events.CompareKept: N_("compare A with B"),
}
"""What those are called that are called alike whatever they hold."""


def stops_undo(event: events.Event) -> bool:
    """Whether undo stops at `event`: not where only the table turned to another figure."""
    return not isinstance(event, events.FocusPanel)


def undo_words(event: events.Event, state: AppState, own: tuple[PersonColumn, ...] = ()) -> Message | None:
    """Return what undo calls `event` in `state`; None where undo does not stop. `own` are a dataset's extra columns."""
    match event:
        case (
            events.ToggleLevel(column=column)
            | events.OnlyLevel(column=column)
            | events.ChooseRange(column=column)
            | events.ClearColumn(column=column)
        ):
            return Message(N_("filter on {column}"), {"column": ColumnOf(column, own, lower=True)})
        case events.CompareBy(by=by):
            return _compare_words(by, own)
        case events.ChooseMeasure(view=view):
            return Message(N_("show “{view}”"), {"view": Message(all_views()[view].title)})
        case events.SetOption(panel=panel, name=name):
            return label_of(state.panel(panel).asked(), name)
        case events.LockPanel(on=on):
            return Message(N_("lock a figure")) if on else Message(N_("unlock a figure"))
        case events.TurnTo(page=page):
            return Message(N_("turn to “{page}”"), {"page": Message(PAGES[page])})
        case events.KeepAs(name=name):
            return Message(N_("keep selection {name}"), {"name": name})
        case events.Restore(name=name):
            return Message(N_("snapshot “{name}”"), {"name": name})
        case events.FocusPanel():
            return None
        case _:
            return Message(_CALLED[type(event)])


def _compare_words(by: tuple[str, ...] | None, own: tuple[PersonColumn, ...]) -> Message:
    if by is None:
        return Message(N_("compare as in the CBS figures"))
    if not by:
        return Message(N_("compare by nothing"))
    return Message(N_("compare by {column}"), {"column": ColumnOf(by[0], own, lower=True)})
