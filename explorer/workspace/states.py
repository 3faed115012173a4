"""The state of an analysis as JSON, and back; what this program no longer has is left out and told."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from explorer.core.options import Choice, Number, form_of, restored, stored
from explorer.core.state import AppState, Panel
from explorer.core.views import PAGES, all_views
from explorer.core.words import N_, Message
from explorer.workspace.selections import Damaged, Known, LeftOut, from_json, left_of, to_json
from models.selection import Predicate

T = TypeVar("T")


def state_to_json(state: AppState) -> dict[str, Any]:
    """Return `state` as a JSON object with an entry for each of its fields."""
    return {
        "selection": to_json(state.selection),
        "compare": None if state.compare is None else list(state.compare),
        "panels": [_panel_to_json(panel) for panel in state.panels],
        "focused": state.focused,
        "page": state.page,
        "beside": list(state.beside),
        "floating": list(state.floating),
        "kept": _kept_to_json(state.kept),
        "versus": state.versus,
    }


def _panel_to_json(panel: Panel) -> dict[str, Any]:
    return {
        "topic": panel.topic,
        "view": panel.view,
        "interval": panel.interval,
        "published": panel.published,
        "options": [
            {"view": name, "asked": stored(options)}
            for options in panel.options
            if (name := _view_with(options)) is not None
        ],
        "lock": None if panel.lock is None else to_json(panel.lock),
        "lock_kept": _kept_to_json(panel.lock_kept),
    }


def _kept_to_json(kept: tuple[tuple[str, Predicate], ...]) -> list[dict[str, Any]]:
    return [{"name": name, "selection": to_json(part)} for name, part in kept]


def _view_with(options: Any) -> str | None:
    """Return the first view that has options of this class: views have names for ever, classes have not."""
    found = (name for name, view in all_views().items() if type(view.options()) is type(options))
    return next(found, None)


class Entries:
    """The entries of a JSON object, each of the kind it should be; an entry that is not there has its default."""

    def __init__(self, found: Any, place: str) -> None:
        if not isinstance(found, dict):
            raise Damaged(place)
        self._found, self.place = found, place

    def at(self, name: str) -> str:
        """Return the place of an entry in the file."""
        return f"{self.place}.{name}" if self.place else name

    def get(self, name: str, kind: type[T], default: T) -> T:
        """Return an entry of `kind`."""
        value = self._found.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Damaged(self.at(name))
        return value

    def optional(self, name: str, kind: type[T]) -> T | None:
        """Return an entry of `kind`, None where it is null or not there."""
        return None if self._found.get(name) is None else self.get(name, kind, self._found[name])

    def several(self, name: str, make: Callable[[Any, str], T]) -> tuple[T, ...]:
        """Return the items of a list, each made by `make` from what is there and its place."""
        items = self.get(name, list, [])
        return tuple(make(item, f"{self.at(name)}.{number}") for number, item in enumerate(items))

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        return text(self._found.get(name), self.at(name))


def text(value: Any, place: str) -> str:
    """Return a text, or say that the file is damaged."""
    if not isinstance(value, str):
        raise Damaged(place)
    return value


def state_from_json(found: Any, place: str, notes: list[Message]) -> AppState:
    """Return the state that was stored; what is left out is added to `notes`.

    Raises
    ------
    explorer.workspace.selections.Damaged
        When an entry is of another kind than a workspace writes.
    """
    entries = Entries(found, place)
    panels, moved = _panels(entries, notes)

    def place_of(value: Any, at: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Damaged(at)
        return moved.get(value, -1)

    def shown(name: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(at for at in entries.several(name, place_of) if at >= 0))

    listed = entries.optional("compare", list)
    kept = _both(entries, "kept")
    page = entries.get("page", str, "overview")
    return _sound(
        AppState(
            selection=from_json(entries.get("selection", dict, {}), entries.at("selection")),
            compare=None if listed is None else entries.several("compare", text),
            panels=panels,
            focused=moved.get(entries.get("focused", int, 0), 0),
            page=page if page in PAGES else "overview",
            beside=shown("beside"),
            floating=shown("floating"),
            kept=kept,
            versus=entries.get("versus", bool, False) and len(kept) == 2,
        )
    )


def _sound(state: AppState) -> AppState:
    """Return the state with its focus on a panel that is shown."""
    return state if state.focused in state.visible else replace(state, focused=(*state.visible, 0)[0])


def _both(entries: Entries, name: str) -> tuple[tuple[str, Predicate], ...]:
    return tuple(sorted(dict(entries.several(name, _kept)).items()))


def _kept(found: Any, place: str) -> tuple[str, Predicate]:
    entries = Entries(found, place)
    part = from_json(entries.get("selection", dict, {}), entries.at("selection"))
    return entries.text("name"), part


def _panels(entries: Entries, notes: list[Message]) -> tuple[tuple[Panel, ...], dict[int, int]]:
    """Return the panels, and where each of the stored ones now stands.

    A topic that this program does not know is left out; one that the file does not know is added behind.
    """
    usual = {panel.topic: panel for panel in AppState().panels}
    panels: list[Panel] = []
    moved: dict[int, int] = {}
    for number, panel in enumerate(
        entries.several("panels", lambda item, at: _panel(item, at, usual, notes))
    ):
        if panel is not None:
            moved[number] = len(panels)
            panels.append(panel)
    there = {panel.topic for panel in panels}
    panels += [panel for topic, panel in usual.items() if topic not in there]
    return tuple(panels), moved


def _panel(found: Any, place: str, usual: dict[Any, Panel], notes: list[Message]) -> Panel | None:
    entries = Entries(found, place)
    topic, view = entries.text("topic"), entries.get("view", str, "")
    if topic not in usual:
        notes.append(Message(NO_TOPIC, {"topic": topic}))
        return None
    known = all_views().get(view)
    if view != usual[topic].view and (known is None or known.topic != topic):
        notes.append(Message(NO_VIEW, {"view": view}))
        view = usual[topic].view
    lock, kept = entries.optional("lock", dict), _both(entries, "lock_kept")
    panel = Panel(
        topic=usual[topic].topic,
        view=view,
        interval=entries.get("interval", bool, True),
        published=entries.get("published", bool, True),
        lock=None if lock is None else from_json(lock, entries.at("lock")),
        # Fewer than two are not drawn beside each other.
        lock_kept=kept if lock is not None and len(kept) == 2 else (),
    )
    for options in entries.several("options", lambda item, at: _options(item, at, notes)):
        panel = panel if options is None else panel.asking(options)
    return panel


def _options(found: Any, place: str, notes: list[Message]) -> Any:
    """Return the options of a view as they were asked; None for a view that no longer exists."""
    entries = Entries(found, place)
    name, asked = entries.text("view"), entries.get("asked", dict, {})
    view = all_views().get(name)
    if view is None:
        notes.append(Message(NO_VIEW_OPTIONS, {"view": name}))
        return None
    options = view.options()
    names = {one.name for one in fields(options)}
    for option, value in asked.items():
        filled = _filled(options, option, value) if option in names else None
        if filled is None:
            notes.append(Message(NO_OPTION, {"view": name, "option": option}))
        else:
            options = filled
    return options


def _filled(options: Any, name: str, value: Any) -> Any:
    """Return the options with one of them set; None where it cannot be that."""
    out = restored(lambda: options, {name: value})
    # What was understood is written again as it was read, unless it is the default, which is not written.
    said = stored(out).get(name, _default(out, name))
    same = said == value and isinstance(said, bool) == isinstance(value, bool)
    return out if same and _fits(out, name) else None


def _default(options: Any, name: str) -> Any:
    """Return the default of an option in the form in which options are stored."""
    default = getattr(type(options)(), name)
    if isinstance(default, tuple):
        return list(default)
    return default.isoformat() if hasattr(default, "isoformat") else default


def _fits(options: Any, name: str) -> bool:
    """Whether the value of an option is one that its control can show."""
    value = getattr(options, name)
    kind = str(next(one.type for one in fields(options) if one.name == name))
    if isinstance(value, tuple) and "..." not in kind and len(value) != kind.count(",") + 1:
        return False
    if kind.startswith("Literal[") and value not in literal_eval(f"({kind[8:-1]},)"):
        return False
    control = next((shown.control for shown in form_of(options) if shown.name == name), None)
    match control:
        case Choice(values=values):
            return any(value == known for known, _ in values)
        case Number(low=low, high=high) if isinstance(value, int | float):
            return low <= value <= high
    return True


def state_left(state: AppState, known: Known, out: LeftOut) -> AppState:
    """Return the state without columns and levels that the data do not have; what is left out is told."""

    def left(part: Predicate) -> Predicate:
        return left_of(part, known, out)

    def left_all(kept: tuple[tuple[str, Predicate], ...]) -> tuple[tuple[str, Predicate], ...]:
        return tuple((name, left(part)) for name, part in kept)

    compare = state.compare
    if compare:
        gone = [name for name in compare if name not in known.levels]
        out.notes.extend(Message(NO_COMPARISON, {"column": name}) for name in gone)
        # Where nothing of it is left, each figure has its own comparison again.
        compare = tuple(name for name in compare if name in known.levels) or None
    return replace(
        state,
        selection=left(state.selection),
        compare=compare,
        panels=tuple(
            panel
            if panel.lock is None
            else replace(panel, lock=left(panel.lock), lock_kept=left_all(panel.lock_kept))
            for panel in state.panels
        ),
        kept=left_all(state.kept),
    )


NO_TOPIC: Final = N_("There is no panel “{topic}” in this version; it is left out.")
NO_VIEW: Final = N_("There is no figure “{view}” in this version; its panel shows its usual one.")
NO_VIEW_OPTIONS: Final = N_("There is no figure “{view}” in this version; what was asked of it is left out.")
NO_OPTION: Final = N_("The figure “{view}” cannot be asked “{option}” as the workspace does; it is left out.")
NO_COMPARISON: Final = N_("The column “{column}” is no longer in the data; the comparison by it is left out.")
