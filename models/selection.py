"""Who is in: predicates over columns, never lists of row numbers.

A predicate survives reloading, serialises, and prints as a sentence. A predicate on anything that happens after
settling stands inside `AtMonth`: it selects persons present at that month in that state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

WORK_STATES: Final = ("not working", "agency", "on-call", "fixed-term", "permanent", "other")
"""States in which a person who is present can be on a month day: not working, or the contract of the main job."""

OF_AGE: Final = "of_age"
"""The state of those who are present and aged 18 to 64 on a month day: those of whom the work figures are."""
FOLLOWED: Final = "followed"
"""The state of those whom observation reached on a month day, wherever they were."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """No restriction."""


@dataclass(frozen=True, slots=True)
class IsIn:
    """The level of a category column is one of `values`."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A number lies between `low` and `high`, both included. Persons without the number are out."""

    column: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AtMonth:
    """Present at `month` after settling and in a state that day.

    Attributes
    ----------
    state
        ``present`` (a residence of at least that long, or returned by then); ``working``; ``contract`` or ``sector`` of
        the main job; ``state``, one of WORK_STATES among persons aged 18 to 64 at settling; ``wage``, working with a
        known hourly wage; or ``of_age``, aged 18 to 64 that day. ``followed`` says nothing of presence: observation
        reached the month day, which holds from settling on.
    values
        Levels, of which one must hold; empty for ``present``, ``working``, ``of_age`` and ``followed``. For ``wage``
        the least and the greatest wage in EUR an hour as text, both included.
    """

    state: str
    values: tuple[str, ...]
    month: int


@dataclass(frozen=True, slots=True)
class Not:
    """Everyone who is not in `part`."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class And:
    """Everyone who is in all parts."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Everyone who is in at least one part."""

    parts: tuple[Predicate, ...]


EVERYONE: Final = Everyone()

Predicate: TypeAlias = Everyone | IsIn | Between | AtMonth | Not | And | Or


def conjuncts(predicate: Predicate) -> tuple[Predicate, ...]:
    """Return the parts that must all hold; nothing for everyone."""
    if isinstance(predicate, Everyone):
        return ()
    if isinstance(predicate, And):
        return tuple(part for inner in predicate.parts for part in conjuncts(inner))
    return (predicate,)


def conjunction(parts: tuple[Predicate, ...]) -> Predicate:
    """Return one predicate in which all `parts` hold."""
    if not parts:
        return Everyone()
    return parts[0] if len(parts) == 1 else And(parts)


def columns_of(predicate: Predicate) -> frozenset[str]:
    """Return the names of the columns and states that `predicate` looks at."""
    match predicate:
        case Everyone():
            return frozenset()
        case IsIn(column=column) | Between(column=column) | AtMonth(state=column):
            return frozenset({column})
        case Not(part=part):
            return columns_of(part)
        case And(parts=parts) | Or(parts=parts):
            return frozenset().union(*(columns_of(part) for part in parts))


def start_month(predicate: Predicate) -> int:
    """Return the month from which curves of `predicate` run: the latest month it looks at.

    Whoever is selected by a state at month m was present then, so the curve starts there with delayed entry;
    otherwise survivors would be compared with leavers.
    """
    match predicate:
        case AtMonth(state=state, month=month):
            # How long somebody is followed is known from the day of settling: nobody is a survivor by it.
            return 0 if state == FOLLOWED else month
        case Not(part=part):
            return start_month(part)
        case And(parts=parts) | Or(parts=parts):
            return max((start_month(part) for part in parts), default=0)
        case _:
            return 0
