"""Who is counted and in which group: a selection and a grouping applied to the codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.clocks import LAST_MONTH, MONTH_DAYS, day_number
from models.results import BoolArray, IntArray
from models.selection import (
    FOLLOWED,
    OF_AGE,
    WORK_STATES,
    And,
    AtMonth,
    Between,
    Everyone,
    IsIn,
    Not,
    Or,
    Predicate,
    start_month,
)
from models.tally.codes import Bits, Codes, pack, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What was counted by group: names of the grouping columns, levels of each group, first month of the curves."""

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    start_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMonth(Grouped):
    """What was counted by group at `months`; `last_month` is the last observable for each group's earliest settler."""

    months: IntArray
    last_month: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The persons of a selection and the group of each.

    Attributes
    ----------
    by, keys
        Grouping columns, and the levels of each group in order.
    group
        Group of every person in the codes; -1 for those not selected.
    start_month
        Month from which curves run (delayed entry), 0 without a condition on the future.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    group: NDArray[np.int64]
    start_month: int = 0

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.keys)

    @property
    def start_day(self) -> int:
        """Day d(m) of the month from which curves run."""
        return MONTH_DAYS[min(self.start_month, LAST_MONTH)]

    def within(self, mask: BoolArray) -> Chosen:
        """Return those of `mask` alone, grouped the same way; groups without anybody go."""
        kept = mask & (self.group >= 0)
        present = np.flatnonzero(np.bincount(self.group[kept], minlength=self.groups))
        position = np.full(self.groups + 1, -1, dtype=np.int64)
        position[present] = np.arange(len(present))
        return Chosen(
            by=self.by,
            keys=tuple(self.keys[place] for place in present.tolist()),
            group=np.where(kept, position[self.group], -1),
            start_month=self.start_month,
        )

    def as_one(self) -> Chosen:
        """Return all of them as one group."""
        return Chosen(by=(), keys=((),), group=np.where(self.group >= 0, 0, -1), start_month=self.start_month)

    def only(self, mask: BoolArray, start_month: int | None = None) -> Chosen:
        """Return those of `mask`, in the same groups, also those that become empty; from another month where given."""
        start = self.start_month if start_month is None else start_month
        return Chosen(by=self.by, keys=self.keys, group=np.where(mask, self.group, -1), start_month=start)

    def bits(self) -> Bits:
        """Return one bit map a group, shape (groups, words)."""
        masks = self.group[None, :] == np.arange(self.groups)[:, None]
        return pack(masks)


def rows(predicate: Predicate, codes: Codes) -> BoolArray:
    """Return which persons `predicate` selects.

    Raises
    ------
    KeyError
        When a column is not in the codes; the caller checks names beforehand.
    """
    match predicate:
        case Everyone():
            return np.ones(codes.persons, dtype=np.bool_)
        case IsIn(column=column, values=values):
            grouping = codes.groupings[column]
            wanted = np.asarray([level in values for level in grouping.levels], dtype=np.bool_)
            return np.asarray(wanted[grouping.codes])
        case Between(column=column, low=low, high=high):
            number = codes.numbers[column]
            return np.asarray((number >= low) & (number <= high))
        case AtMonth(state=state, values=values, month=month):
            return unpack(_state(codes, state, values, month), codes.persons)
        case Not(part=part):
            return ~rows(part, codes)
        case And(parts=parts):
            return np.asarray(np.logical_and.reduce([rows(part, codes) for part in parts]))
        case Or(parts=parts):
            return np.asarray(np.logical_or.reduce([rows(part, codes) for part in parts]))


def choose(codes: Codes, predicate: Predicate, by: tuple[str, ...] = ()) -> Chosen:
    """Return the persons of `predicate`, grouped by the columns `by`.

    Groups are the combinations of levels that occur among the chosen, in the order of the levels.
    """
    mask = rows(predicate, codes)
    start = start_month(predicate)
    if start:
        # Curves start at that month among persons present then: "not agency at 6" is said of those present too.
        mask &= unpack(_state(codes, "present", (), start), codes.persons)
    return _grouped(codes, mask, by, start)


def regrouped(codes: Codes, chosen: Chosen, by: tuple[str, ...]) -> Chosen:
    """Return the same persons, from the same month, grouped by other columns."""
    return _grouped(codes, chosen.group >= 0, by, chosen.start_month)


def _grouped(codes: Codes, mask: BoolArray, by: tuple[str, ...], start: int) -> Chosen:
    if not by:
        keys: tuple[tuple[str, ...], ...] = ((),) if mask.any() else ()
        return Chosen(by=by, keys=keys, group=mask.astype(np.int64) - 1, start_month=start)
    combined = np.zeros(codes.persons, dtype=np.int64)
    for name in by:
        grouping = codes.groupings[name]
        combined = combined * len(grouping.levels) + grouping.codes
    sizes = [len(codes.groupings[name].levels) for name in by]
    present = np.flatnonzero(np.bincount(combined[mask], minlength=1))
    position = np.full(int(np.prod(sizes)), -1, dtype=np.int64)
    position[present] = np.arange(len(present))
    keys = tuple(_key(int(code), by, sizes, codes) for code in present)
    return Chosen(by=by, keys=keys, group=np.where(mask, position[combined], -1), start_month=start)


def _key(code: int, by: tuple[str, ...], sizes: list[int], codes: Codes) -> tuple[str, ...]:
    levels: list[str] = []
    for name, size in zip(reversed(by), reversed(sizes), strict=True):
        code, index = divmod(code, size)
        levels.append(codes.groupings[name].levels[index])
    return tuple(reversed(levels))


def _state(codes: Codes, state: str, values: tuple[str, ...], month: int) -> Bits:
    none: Bits = np.zeros_like(codes.present[0])
    if month >= codes.months:
        return none
    if state == FOLLOWED:
        return _followed(codes, month)
    if state == OF_AGE:
        return np.asarray(codes.of_age[month] & codes.present[month])
    if state == "present":
        return np.asarray(codes.present[month])
    if state == "working":
        return np.asarray(codes.working[month])
    if state == "wage":
        return _paid(codes, float(values[0]), float(values[1]), month)
    if state == "state":
        chosen = [_work_state(codes, value, month) for value in values]
    else:
        maps = {"contract": codes.contract, "sector": codes.sector}[state]
        chosen = [maps[value][month] for value in values if value in maps]
    return np.asarray(np.bitwise_or.reduce(chosen)) if chosen else none


def _work_state(codes: Codes, value: str, month: int) -> Bits:
    """Persons aged 18 to 64 at settling in one of WORK_STATES on a month day: those a stack or a flow shows there."""
    age = codes.numbers["age"]
    adult = pack((age >= 18) & (age < 65))
    working = codes.working[month]
    if value == "not working":
        return np.asarray(codes.present[month] & ~working & adult)
    if value != "other":
        known = codes.contract.get(value)
        return np.zeros_like(working) if known is None else np.asarray(known[month] & adult)
    # Whose contract is unknown, or another one, is in the state "other".
    for name in set(WORK_STATES) & set(codes.contract) - {"other"}:
        working = working & ~codes.contract[name][month]
    return np.asarray(working & adult)


def _followed(codes: Codes, month: int) -> Bits:
    """Persons observed on a month day, present or not."""
    day, until = int(codes.month_days[month]), day_number(codes.info.observed_until)
    return pack((codes.settled.astype(np.int64) + day <= until) & (codes.entry <= day))


def _paid(codes: Codes, low: float, high: float, month: int) -> Bits:
    """Persons who work for an hourly wage from `low` to `high` EUR on a month day; wages are whole cents."""
    wages = codes.wages
    part = slice(int(wages.starts[month]), int(wages.starts[month + 1]))
    cents = wages.cents[part]
    mask = np.zeros(codes.persons, dtype=np.bool_)
    mask[wages.person[part][(cents >= round(low * 100)) & (cents <= round(high * 100))]] = True
    return pack(mask)
