"""Values of frozen dataclasses as JSON and back, by what the classes declare; nothing is taken for another kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_origin

if TYPE_CHECKING:
    from cattrs import Converter


def strict(*, omit_if_default: bool = False) -> Converter:
    """Return a converter for classes of text, numbers, booleans, days, tuples, mappings and other such classes.

    Entries that are not there have their defaults; those that no field has are passed over.
    """
    from cattrs import Converter

    made = Converter(unstruct_collection_overrides={tuple: list}, omit_if_default=omit_if_default)
    for kind in (str, int, bool, float):
        made.register_structure_hook(kind, _exactly)
    made.register_structure_hook(date, lambda found, _: date.fromisoformat(found))
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook_func(_is_tuple, lambda found, kind: _tuple(made, found, kind))
    made.register_structure_hook_factory(is_dataclass, lambda kind: of_object(made, kind))
    return made


def of_object(converter: Converter, kind: type, **overrides: Any) -> Callable[[Any, Any], Any]:
    """Return what makes a `kind` of a JSON object; `overrides` as those of cattrs, by field."""
    from cattrs.gen import make_dict_structure_fn

    make: Callable[[Any, Any], Any] = make_dict_structure_fn(kind, converter, **overrides)

    def made(found: Any, _: Any) -> Any:
        if not isinstance(found, dict):
            raise TypeError(kind)
        return make(found, kind)

    return made


def place_of(error: BaseException, place: str = "") -> str:
    """Return where in a JSON object the first thing is that could not be read, as ``state.panels.0.view``."""
    from cattrs import AttributeValidationNote, IterableValidationNote

    for inner in getattr(error, "exceptions", ()):
        for note in getattr(inner, "__notes__", ()):
            if isinstance(note, AttributeValidationNote | IterableValidationNote):
                part = note.name if isinstance(note, AttributeValidationNote) else note.index
                return place_of(inner, f"{place}.{part}".lstrip("."))
    return place


def _exactly(found: Any, kind: type) -> Any:
    if isinstance(found, bool) is not (kind is bool):
        raise TypeError(kind)
    if not isinstance(found, int | float if kind is float else kind):
        raise TypeError(kind)
    return kind(found)


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _tuple(converter: Converter, found: Any, kind: Any) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise TypeError(kind)
    parts = get_args(kind)
    if parts[-1] is Ellipsis:
        return tuple(converter.structure(found, list[parts[0]]))  # type: ignore[valid-type]
    return tuple(converter.structure(part, one) for part, one in zip(found, parts, strict=True))
