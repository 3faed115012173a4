"""Selections as JSON, and what is left of one where the data no longer have what it names.

A selection is stored as the tree it is, so that it comes back equal: text would join nested alternatives and round
numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from explorer.core.where import LEVELS, STATES, unparse
from explorer.core.words import N_, Message
from models.clocks import LAST_MONTH
from models.selection import (
    EVERYONE,
    FOLLOWED,
    OF_AGE,
    And,
    AtMonth,
    Between,
    Everyone,
    IsIn,
    Not,
    Or,
    Predicate,
)

DEEPEST: Final = 200
"""Selections nested deeper than a person would ask are damage; every joined “or” nests one deeper."""
_EXACT: Final = 1e15


def to_json(predicate: Predicate) -> dict[str, Any]:
    """Return `predicate` as a JSON object; `from_json` gives the same predicate back."""
    match predicate:
        case Everyone():
            return {}
        case IsIn(column=column, values=values):
            return {"column": column, "in": list(values)}
        case Between(column=column, low=low, high=high):
            return {"column": column, "between": [_number(low), _number(high)]}
        case AtMonth(state=state, values=values, month=month):
            return {"state": state, "in": list(values), "at": month}
        case Not(part=part):
            return {"not": to_json(part)}
        case And(parts=parts):
            return {"and": [to_json(part) for part in parts]}
        case Or(parts=parts):
            return {"or": [to_json(part) for part in parts]}


def _number(value: float) -> float | int | str:
    """Whole numbers without a point, however they were typed; an open end as text, for JSON has no infinity."""
    if math.isinf(value):
        return str(value)
    return int(value) if float(value).is_integer() and abs(value) < _EXACT else float(value)


def from_json(stored: Any, depth: int = 0) -> Predicate:
    """Return the predicate that `stored` states, whether or not any data have what it names.

    Raises
    ------
    ValueError
        When it is not the JSON form of a predicate.
    """
    if not isinstance(stored, dict) or depth > DEEPEST:
        raise ValueError(stored)
    match stored:
        case {"not": part, **rest} if not rest:
            return Not(from_json(part, depth + 1))
        case {"and": [_, *_] as parts, **rest} if not rest:
            return And(tuple(from_json(part, depth + 1) for part in parts))
        case {"or": [_, *_] as parts, **rest} if not rest:
            return Or(tuple(from_json(part, depth + 1) for part in parts))
        case {"column": str(column), "in": list(values), **rest} if not rest:
            return IsIn(column, _texts(values))
        case {"column": str(column), "between": [low, high], **rest} if not rest:
            return Between(column, _end(low), _end(high))
        case {"state": str(state), "in": list(values), "at": int(month), **rest} if not rest:
            if not isinstance(month, bool) and 0 <= month <= LAST_MONTH:
                return AtMonth(state, _texts(values), month)
    if stored:
        raise ValueError(stored)
    return EVERYONE


def _end(value: Any) -> float:
    if value not in ("inf", "-inf") and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError(value)
    return float(value)


def _texts(values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError(values)
    return tuple(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the open dataset has: levels by category column, and the columns with numbers."""

    levels: Mapping[str, tuple[str, ...]]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What the data do not have: in sentences, and the conditions without which a selection is of other people.

    A condition of which a level is left chooses whom it chose before, for nobody has the levels that are gone.
    """

    notes: list[Message] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def left_of(predicate: Predicate, known: Known, out: LeftOut) -> Predicate:
    """Return what is left of `predicate` on the data there are; what was left out is added to `out`.

    A level that is gone leaves its condition; a condition that is gone leaves its combination.
    """
    left = _left(predicate, known, out)
    return EVERYONE if left is None else left


def _left(predicate: Predicate, known: Known, out: LeftOut) -> Predicate | None:
    kept = _condition(predicate, known, out.notes)
    if kept is None and isinstance(predicate, IsIn | Between | AtMonth):
        out.lost.append(unparse(predicate))
    if not isinstance(predicate, Not | And | Or):
        return kept
    if isinstance(predicate, Not):
        inner = _left(predicate.part, known, out)
        return None if inner is None else Not(inner)
    parts = tuple(one for part in predicate.parts if (one := _left(part, known, out)) is not None)
    if parts == predicate.parts:
        return predicate
    if len(parts) < 2:
        return parts[0] if parts else None
    return replace(predicate, parts=parts)


def _condition(predicate: Predicate, known: Known, notes: list[Message]) -> Predicate | None:
    """Return what is left of a condition; what is made of conditions comes back as it is."""
    match predicate:
        case IsIn(column=column):
            if column in known.levels:
                return _with_levels(predicate, column, known.levels[column], notes)
            notes.append(Message(NO_COLUMN, {"column": column}))
            return None
        case Between(column=column):
            if column in known.numbers:
                return predicate
            notes.append(Message(NO_COLUMN, {"column": column}))
            return None
        case AtMonth(state=state, values=values):
            if state in LEVELS:
                return _with_levels(predicate, state, LEVELS[state], notes)
            if state in STATES and _goes_with(state, values):
                return predicate
            notes.append(Message(NO_STATE, {"state": state}))
            return None
        case _:
            return predicate


def _goes_with(state: str, values: tuple[str, ...]) -> bool:
    """Whether a state can have these values: none, a range of wages, or any sector."""
    if state in ("present", "working", OF_AGE, FOLLOWED):
        return not values
    if state != "wage":
        return True
    try:
        low, high = (float(value) for value in values)
    except ValueError:
        return False
    return -math.inf < low <= high < math.inf


def _with_levels(
    part: IsIn | AtMonth, column: str, levels: tuple[str, ...], notes: list[Message]
) -> Predicate | None:
    kept = tuple(value for value in part.values if value in levels)
    notes.extend(
        Message(NO_LEVEL, {"column": column, "level": value}) for value in part.values if value not in levels
    )
    # A condition that named nothing from the start selects nobody, and still does.
    return replace(part, values=kept) if kept or not part.values else None


NO_COLUMN: Final = N_("The column “{column}” is no longer in the data; its condition is left out.")
NO_LEVEL: Final = N_(
    "The column “{column}” no longer has the level “{level}”; it is left out of its condition."
)
NO_STATE: Final = N_("“{state}” is no state that can be chosen; its condition is left out.")
