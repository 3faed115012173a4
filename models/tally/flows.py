"""The tally of states: in which state everyone is on each month day, and who goes from which to which."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from models.clocks import day_number
from models.results import FEWEST, BoolArray, Counts, IntArray, Reason
from models.selection import WORK_STATES
from models.tally.choosing import ByMonth, Chosen, Grouped
from models.tally.codes import Codes, unpack
from models.tally.exits import last_months
from models.tally.index import indexed
from models.tally.spans import MOST_KEPT

STATES: Final = (*WORK_STATES, "departed")
DEPARTED: Final = STATES.index("departed")
UNSEEN: Final = len(STATES)
"""Code of a month day that lies beyond the end of observation, or before observation began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows(ByMonth):
    """Persons aged 18 to 64 at settling, the same at every month, by state on the month day.

    `persons` are those observable at the month by state, shape (groups, months, states); `moves` those observable at
    this month and the one before by state then and now, shape (groups, months, states, states): the first month has
    none.
    """

    persons: Counts
    moves: IntArray
    ADDITIVE: ClassVar = ("persons", "moves")

    @property
    def seen(self) -> Counts:
        """Persons observable at each month, shape (groups, months); of rounded counts those told."""
        return np.asarray(np.nansum(self.persons, axis=2))

    @property
    def told(self) -> BoolArray:
        """States that are told of each group, shape (groups, states): not one whose persons never were."""
        return np.asarray(~np.isnan(self.persons).all(axis=1))

    @property
    def lack(self) -> Reason | None:
        """Why nothing can be estimated, if so."""
        if not self.keys or not self.persons.any():
            return Reason.NOBODY
        return None if self.told.any() else Reason.ALL_HIDDEN


_KEPT: dict[int, tuple[weakref.ref[Codes], dict[int, NDArray[np.uint8]]]] = {}


def states_at(codes: Codes, month: int) -> NDArray[np.uint8]:
    """Return the state of every person on a month day, as `_states_at` finds it, kept while the codes live.

    It is asked for at every turn and depends on the codes alone; of very many persons it is found anew each time.
    """
    if codes.persons > MOST_KEPT:
        return _states_at(codes, month)
    number = id(codes)
    held = _KEPT.get(number)
    if held is None or held[0]() is not codes:
        held = (weakref.ref(codes, lambda _: _KEPT.pop(number, None)), {})
        _KEPT[number] = held
    if month not in held[1]:
        held[1][month] = _states_at(codes, month)
    return held[1][month]


def _states_at(codes: Codes, month: int) -> NDArray[np.uint8]:
    """Return the state of every person on a month day, UNSEEN where it was not observed; shape (persons,).

    The contract is that of the main job; a contract that is not known counts as ``other``. Who is observable and not
    present has departed; who returns is present again. With delayed entry nobody is seen before it.
    """
    day = int(codes.month_days[month])
    state = np.full(codes.persons, STATES.index("not working"), dtype=np.uint8)
    state[unpack(codes.working[month], codes.persons)] = STATES.index("other")
    for contract, bits in codes.contract.items():
        if contract in STATES:
            state[unpack(bits[month], codes.persons)] = STATES.index(contract)
    state[~unpack(codes.present[month], codes.persons)] = DEPARTED
    until = day_number(codes.info.observed_until)
    state[(codes.settled.astype(np.int64) + day > until) | (codes.entry > day)] = UNSEEN
    return state


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsBetween(Grouped):
    """Persons aged 18 to 64 at settling who are observable at all of some months, by their states at those.

    Attributes
    ----------
    months
        Months of each group: those asked for that its earliest settler was followed to. In an extract the early ones
        are left out while fewer than ten persons are observable at all of the rest.
    persons
        Number of persons of each group, shape (groups,).
    moves
        For each group the flows between every month and the next, shape (months - 1, states, states).
    """

    months: tuple[tuple[int, ...], ...]
    persons: Counts
    moves: tuple[Counts, ...]


def count_flows_between(codes: Codes, chosen: Chosen, months: tuple[int, ...]) -> FlowsBetween:
    """Count the moves between chosen months, among persons observable at all of them.

    With a condition on a month the first of the months is that one, and earlier ones are left out.
    """
    start = chosen.start_month
    later = (
        *((start,) if start else ()),
        *(month for month in sorted(set(months)) if month > start or not start),
    )
    seen = {month: states_at(codes, month) for month in later if month < codes.months}
    age = codes.numbers["age"]
    adult = (age >= 18) & (age < 65)
    last = last_months(codes, chosen)
    own, persons, moves = [], [], []
    for group in range(chosen.groups):
        reached = [month for month in seen if month <= last[group]]
        months_kept, inside = _longest(reached, adult & (chosen.group == group), seen)
        own.append(months_kept)
        persons.append(int(inside.sum()))
        moves.append(_moves([seen[month][inside].astype(np.int64) for month in months_kept]))
    return FlowsBetween(
        by=chosen.by,
        keys=chosen.keys,
        months=tuple(own),
        persons=np.asarray(persons, dtype=np.int64),
        moves=tuple(moves),
        start_month=start,
    )


def _longest(
    months: list[int], inside: BoolArray, seen: Mapping[int, NDArray[np.uint8]]
) -> tuple[tuple[int, ...], BoolArray]:
    """Return the months, and who is observable at all of them, without the early ones that leave fewer than ten.

    Only in an extract, where people are first seen on its day, are there more without an early month than with it.
    """
    kept, everyone = tuple(months), inside
    for place in range(max(len(months) - 1, 1)):
        rest = months[place:]
        observable = inside & np.logical_and.reduce([seen[month] != UNSEEN for month in rest])
        if not place or observable.sum() > everyone.sum():
            kept, everyone = tuple(rest), np.asarray(observable)
        if everyone.sum() >= FEWEST:
            break
    return kept, everyone


def _moves(states: list[IntArray]) -> IntArray:
    """Flows between each of `states` and the next, shape (months - 1, states, states)."""
    size = len(STATES)
    counts = [
        np.bincount(before * size + after, minlength=size * size).reshape(size, size)
        for before, after in pairwise(states)
    ]
    return np.asarray(counts, dtype=np.int64).reshape(-1, size, size)


@indexed
def count_flows(codes: Codes, chosen: Chosen) -> Flows:
    """Count states and moves between them for each group of `chosen`."""
    age = codes.numbers["age"]
    inside = np.flatnonzero((chosen.group >= 0) & (age >= 18) & (age < 65))
    group = chosen.group[inside]
    months = np.arange(chosen.start_month, codes.months)
    seen, size = len(STATES), len(STATES) + 1
    persons = np.zeros((chosen.groups, len(months), seen), dtype=np.int64)
    moves = np.zeros((chosen.groups, len(months), seen, seen), dtype=np.int64)
    before = np.full(len(inside), UNSEEN, dtype=np.int64)
    base = group * (size * size)
    for place, month in enumerate(months):
        now = states_at(codes, int(month))[inside].astype(np.int64)
        cell = base + before * size + now
        counts = np.bincount(cell, minlength=chosen.groups * size * size).reshape(-1, size, size)
        persons[:, place] = counts[:, :, :seen].sum(axis=1)
        moves[:, place] = counts[:, :seen, :seen]
        before = now
    return Flows(
        by=chosen.by,
        keys=chosen.keys,
        months=months,
        last_month=last_months(codes, chosen),
        persons=persons,
        moves=moves,
        start_month=chosen.start_month,
    )
