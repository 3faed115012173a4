"""The one way a state changes: reduce(state, event) -> state. Pure."""

from __future__ import annotations

from dataclasses import replace

from explorer.core import events
from explorer.core.narrowing import narrowed
from explorer.core.state import AppState, Panel
from models.selection import Between, Everyone, IsIn, Not, Or, Predicate, columns_of, conjunction, conjuncts


def reduce(state: AppState, event: events.Event) -> AppState:
    """Return the state after `event`. Pure; an event that changes nothing gives an equal state."""
    match event:
        case (
            events.ToggleLevel()
            | events.OnlyLevel()
            | events.ChooseRange()
            | events.ClearColumn()
            | events.DropCondition()
            | events.ClearSelection()
            | events.JoinSelection()
        ):
            return replace(state, selection=_selection(state.selection, event))
        case events.CompareBy(by=by):
            return replace(state, compare=by)
        case events.ChooseMeasure(panel=panel, view=view):
            return _with_panel(state, panel, replace(state.panels[panel], view=view))
        case events.ShowInterval(panel=panel, on=on):
            return _with_panel(state, panel, replace(state.panels[panel], interval=on))
        case events.ShowPublished(panel=panel, on=on):
            return _with_panel(state, panel, replace(state.panels[panel], published=on))
        case events.FocusPanel(panel=panel):
            return replace(state, focused=panel)
        case events.SetOption(panel=panel, name=name, value=value):
            asked = replace(state.panel(panel).asked(), **{name: value})
            return _with_panel(state, panel, state.panels[panel].asking(asked))
        case events.LockPanel(panel=panel, on=on):
            return _with_panel(state, panel, _locked(state, panel, on=on))
        case events.TurnTo() | events.PutBeside() | events.Float():
            return _laid_out(state, event)
        case events.KeepAs(name=name):
            kept = {**dict(state.kept), name: state.selection}
            return replace(state, kept=tuple(sorted(kept.items())))
        case events.CompareKept(on=on):
            return replace(state, versus=on and len(state.kept) == 2)
        case events.Restore(state=whole):
            return whole


def _laid_out(state: AppState, event: events.TurnTo | events.PutBeside | events.Float) -> AppState:
    """Return the state with other panels shown; the focused panel is always one of those."""
    match event:
        case events.TurnTo(page=page):
            out = replace(state, page=page, beside=())
            first = [at for at, panel in enumerate(state.panels) if panel.topic == page]
            return replace(out, focused=first[0]) if first else out
        case events.PutBeside(panel=panel, on=on):
            others = tuple(at for at in state.beside if at != panel)
            out = replace(state, beside=(*others, panel) if on else others)
        case events.Float(panel=panel, on=on):
            others = tuple(at for at in state.floating if at != panel)
            out = replace(state, floating=(*others, panel) if on else others)
    return out if out.focused in out.visible else replace(out, focused=(*out.visible, 0)[0])


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


def _selection(selection: Predicate, event: events.Event) -> Predicate:
    if isinstance(event, events.JoinSelection):
        return _joined(selection, event)
    match event:
        case events.ToggleLevel(column=column, level=level, levels=levels):
            chosen = set(chosen_levels(selection, column)) ^ {level}
            ordered = tuple(name for name in levels if name in chosen)
            # All levels chosen is the same as none: no condition.
            part = IsIn(column, ordered) if ordered and len(ordered) < len(levels) else None
            return _replaced(selection, column, part)
        case events.OnlyLevel(column=column, level=level):
            return _replaced(selection, column, IsIn(column, (level,)))
        case events.ChooseRange(column=column, low=low, high=high, whole=whole):
            part_ = Between(column, low, high) if (low, high) != whole else None
            return _replaced(selection, column, part_)
        case events.ClearColumn(column=column):
            return without(selection, column)
        case events.DropCondition(part=dropped):
            return conjunction(tuple(part for part in conjuncts(selection) if part != dropped))
        case _:
            return Everyone()


def _joined(selection: Predicate, event: events.JoinSelection) -> Predicate:
    """Join what was brushed; by itself it chooses those it was drawn of, no more and no fewer."""
    part = event.part
    match event.how:
        case "and":
            return narrowed(selection, part)
        case "not":
            return conjunction((*conjuncts(selection), Not(part)))
        case "or":
            return part if isinstance(selection, Everyone) else Or((selection, part))
    return narrowed(selection if event.whom is None else event.whom, part)


def _replaced(selection: Predicate, column: str, part: Predicate | None) -> Predicate:
    """Put `part` in the place of the condition on `column`, so that chips keep their order."""
    parts = conjuncts(selection)
    if not any(columns_of(old) == {column} for old in parts):
        return conjunction((*parts, part)) if part is not None else selection
    kept = tuple(part if columns_of(old) == {column} else old for old in parts)
    return conjunction(tuple(item for item in kept if item is not None))


def _locked(state: AppState, index: int, *, on: bool) -> Panel:
    """Return the panel with the people it shows now as its own, which one that is locked has, or without."""
    panel = state.panels[index]
    if not on:
        return replace(panel, lock=None, lock_kept=())
    if panel.lock is not None:
        return panel
    return replace(panel, lock=state.selection, lock_kept=state.both(index))


def _with_panel(state: AppState, index: int, panel: Panel) -> AppState:
    panels = (*state.panels[:index], panel, *state.panels[index + 1 :])
    return replace(state, panels=panels)
