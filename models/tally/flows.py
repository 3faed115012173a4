"""The tally of states: in which state everyone is on each month day, and who goes from which to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.clocks import day_number
from models.results import IntArray
from models.tally.choosing import Chosen
from models.tally.codes import Codes, unpack
from models.tally.exits import last_months

STATES: Final = ("not working", "agency", "on-call", "fixed-term", "permanent", "other", "departed")
DEPARTED: Final = STATES.index("departed")
UNSEEN: Final = len(STATES)
"""Code of a month day that lies beyond the end of observation, or before observation began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Persons aged 18 to 64 at settling, the same at every month, by state on the month day.

    Attributes
    ----------
    months, last_month
        Months counted, and the last one observable for the earliest settler of each group.
    persons
        Those observable at the month by state, shape (groups, months, states).
    moves
        Those observable at this month and the one before by state then and now, shape
        (groups, months, states, states); the first month has none.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    months: IntArray
    last_month: IntArray
    persons: IntArray
    moves: IntArray
    start_month: int


def states_at(codes: Codes, month: int) -> NDArray[np.uint8]:
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
    for place, month in enumerate(months):
        now = states_at(codes, int(month))[inside].astype(np.int64)
        cell = (group * size + before) * size + now
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
