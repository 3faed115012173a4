"""The state of an analysis as JSON, and back; what this program no longer has is left out and told."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args, get_type_hints

from explorer.core.options import Choice, Number, Written
from explorer.core.schema import of_object, strict
from explorer.core.state import USUAL, AppState, Panel
from explorer.core.views import PAGES, all_views
from explorer.core.words import N_, Message
from explorer.workspace.selections import Known, LeftOut, from_json, left_of, to_json
from models.selection import Predicate

if TYPE_CHECKING:
    from cattrs import Converter

Kept: TypeAlias = tuple[str, Predicate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of a view, as it is stored: the options that are not as they are at first."""

    view: str
    asked: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    name: str
    selection: Predicate


@cache
def converter() -> Converter:
    """Return what makes JSON of a workspace and its parts, and these of JSON: options come back as `Asked`."""
    from cattrs import override
    from cattrs.gen import make_dict_unstructure_fn

    made = strict()
    made.register_structure_hook(Predicate, lambda found, _: from_json(found))
    made.register_structure_hook(
        Predicate | None, lambda found, _: None if found is None else from_json(found)
    )
    for kind in get_args(Predicate):
        made.register_unstructure_hook(kind, to_json)

    def kept(found: Any, _: Any) -> Kept:
        named = made.structure(found, _Named)
        return named.name, named.selection

    made.register_structure_hook_func(lambda kind: kind == Kept, kept)
    made.register_unstructure_hook_func(
        lambda kind: kind == Kept, lambda one: {"name": one[0], "selection": to_json(one[1])}
    )
    # A topic of another version is a text too.
    topic = override(struct_hook=lambda found, _: made.structure(found, str))
    asked = override(
        struct_hook=lambda found, _: made.structure(found, tuple[Asked, ...]),
        unstruct_hook=lambda options: [made.unstructure(one) for one in _asked(options)],
    )
    made.register_structure_hook(Panel, of_object(made, Panel, topic=topic, options=asked))
    made.register_unstructure_hook(Panel, make_dict_unstructure_fn(Panel, made, options=asked))
    return made


@cache
def _of_options() -> Converter:
    return strict(omit_if_default=True)


def _asked(several: tuple[Any, ...]) -> list[Asked]:
    """Return options by the first view that has them: views have names for ever, classes have not."""
    views: dict[type, str] = {}
    for name, view in all_views().items():
        views.setdefault(type(view.options()), name)
    return [
        Asked(view=views[type(one)], asked=_of_options().unstructure(one))
        for one in several
        if type(one) in views
    ]


def state_known(stored: AppState, notes: list[Message]) -> AppState:
    """Return a state as this program can show it; what it does not have is added to `notes`.

    A topic that this program does not know is left out; one that the file does not know is added behind.
    """
    usual = {panel.topic: panel for panel in USUAL}
    there = [number for number, panel in enumerate(stored.panels) if panel.topic in usual]
    notes.extend(
        Message(NO_TOPIC, {"topic": panel.topic}) for panel in stored.panels if panel.topic not in usual
    )
    panels = [_panel(stored.panels[number], usual[stored.panels[number].topic], notes) for number in there]
    topics = {panel.topic for panel in panels}
    moved = {number: place for place, number in enumerate(there)}
    kept = _both(stored.kept)
    state = replace(
        stored,
        panels=(*panels, *(panel for panel in USUAL if panel.topic not in topics)),
        focused=moved.get(stored.focused, 0),
        page=stored.page if stored.page in PAGES else AppState().page,
        beside=_moved(stored.beside, moved),
        floating=_moved(stored.floating, moved),
        kept=kept,
        versus=stored.versus and len(kept) == 2,
    )
    return state if state.focused in state.visible else replace(state, focused=(*state.visible, 0)[0])


def _moved(places: tuple[int, ...], moved: dict[int, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(moved[place] for place in places if place in moved))


def _both(kept: tuple[Kept, ...]) -> tuple[Kept, ...]:
    return tuple(sorted(dict(kept).items()))


def _panel(stored: Panel, usual: Panel, notes: list[Message]) -> Panel:
    view, known = stored.view, all_views().get(stored.view)
    if view != usual.view and (known is None or known.topic != usual.topic):
        notes.append(Message(NO_VIEW, {"view": view}))
        view = usual.view
    kept = _both(stored.lock_kept)
    # Fewer than two are not drawn beside each other.
    both = kept if stored.lock is not None and len(kept) == 2 else ()
    panel = replace(stored, view=view, options=(), lock_kept=both)
    for asked in stored.options:
        options = _options(asked, notes)
        panel = panel if options is None else panel.asking(options)
    return panel


def _options(stored: Asked, notes: list[Message]) -> Any:
    """Return the options of a view as they were asked; None for a view that no longer exists."""
    view = all_views().get(stored.view)
    if view is None:
        notes.append(Message(NO_VIEW_OPTIONS, {"view": stored.view}))
        return None
    options = view.options()
    kinds = get_type_hints(type(options))
    for name, value in stored.asked.items():
        try:
            options = _filled(options, name, _of_options().structure(value, kinds[name]))
        except Exception:  # whatever the library makes of what is no such value
            notes.append(Message(NO_OPTION, {"view": stored.view, "option": name}))
    return options


def _filled(options: Any, name: str, value: Any) -> Any:
    """Return the options with one of them set; refuse a value that its control cannot show, or nobody could write."""
    one = next(one for one in fields(options) if one.name == name)
    match one.metadata["control"] or one.metadata["written"]:
        case Choice(values=values) if value not in [known for known, _ in values]:
            raise ValueError(name)
        case Number(low=low, high=high) if not low <= value <= high:
            raise ValueError(name)
        case Written(low=float() | int() as low, high=float() | int() as high) if not low <= value <= high:
            raise ValueError(name)
    return replace(options, **{name: value})


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
