"""The tally with the control under the hand as an extra axis, so that dragging it counts nobody anew.

While a range of a number is dragged only its ends move, from one plain number to the next. Every tally is counted once
for each cell between those and summed up along the cells; that of any range is then the difference of two sums (the
trick of Falcon, Moritz, Howe and Heer, CHI 2019). Functions that count are marked with `indexed` and need to know
nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.results import BoolArray, FloatArray, IntArray
from models.selection import Between, Predicate, conjunction, conjuncts
from models.tally.choosing import Chosen, choose
from models.tally.codes import Codes

MOST_NUMBERS: Final = 60_000_000
"""A tally of more numbers along the cells is not summed up: it is counted anew each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The values of a number, cut where its range may end.

    Attributes
    ----------
    least, most
        Of the values in each cell, ascending.
    place
        The cell of every person; -1 for who has no number.
    """

    least: FloatArray
    most: FloatArray
    place: NDArray[np.int16]

    def between(self, low: float, high: float) -> tuple[int, int] | None:
        """Return the first cell of a range and the one after its last; None where its ends cut cells."""
        first = int(np.searchsorted(self.most, low, side="left"))
        last = max(int(np.searchsorted(self.least, high, side="right")), first)
        whole = first == last or (self.least[first] >= low and self.most[last - 1] <= high)
        return (first, last) if whole else None

    def of(self, mask: BoolArray) -> Cells:
        """Return the cells that hold anybody of `mask`, and the place of those."""
        known = mask & (self.place >= 0)
        used = np.flatnonzero(np.bincount(self.place[known], minlength=len(self.least)))
        position = np.zeros(len(self.least), dtype=np.int16)
        position[used] = np.arange(len(used))
        place = np.where(known, position[self.place], -1).astype(np.int16)
        return Cells(least=self.least[used], most=self.most[used], place=place)


def cells_of(number: FloatArray, edges: Sequence[float]) -> Cells:
    """Cut a number at `edges`, ascending; what lies on an edge is a cell by itself, for a range may end with it."""
    place = np.searchsorted(edges, number, side="left") + np.searchsorted(edges, number, side="right")
    place = np.where(np.isnan(number), -1, place).astype(np.int16)
    known = place >= 0
    least, most = np.full(2 * len(edges) + 1, np.inf), np.full(2 * len(edges) + 1, -np.inf)
    np.minimum.at(least, place[known], number[known])
    np.maximum.at(most, place[known], number[known])
    return Cells(least=least, most=most, place=place).of(known)


@dataclass(slots=True, kw_only=True, eq=False)
class SplitSelection:
    """A selection without the condition under the hand, split by the cells of its number.

    Attributes
    ----------
    chosen
        Everyone of it; group c × groups + g is cell c of group g.
    groups, keys, by
        The groups themselves.
    cells
        Those that hold anybody of it.
    persons
        Persons of each group in a cell before the c-th, shape (cells + 1, groups).
    sums
        What was summed up already, by the function that counts. Filled as views ask.
    """

    codes: Codes
    column: str
    base: Predicate
    chosen: Chosen
    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    cells: Cells
    persons: IntArray
    sums: dict[Callable[..., Any], Any]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of cells and of groups."""
        return len(self.cells.least), len(self.keys)


def split_selection(
    codes: Codes, selection: Predicate, by: tuple[str, ...], column: str, cells: Cells
) -> SplitSelection | None:
    """Split `selection`, without its condition on the number `column`, by the cells of that number; None for nobody."""
    base = without_range(selection, column)
    chosen = choose(codes, base, by)
    cells = cells.of(chosen.group >= 0)
    count, groups = len(cells.least), chosen.groups
    if not count:
        return None
    known = cells.place >= 0
    group = np.where(known, cells.place.astype(np.int64) * groups + chosen.group, -1)
    persons = np.bincount(group[known], minlength=count * groups).reshape(count, groups)
    keys = tuple((str(cell), *key) for cell in range(count) for key in chosen.keys)
    return SplitSelection(
        codes=codes,
        column=column,
        base=base,
        chosen=Chosen(by=(column, *by), keys=keys, group=group, start_month=chosen.start_month),
        by=by,
        keys=chosen.keys,
        cells=cells,
        persons=np.concatenate([np.zeros((1, groups), dtype=np.int64), np.cumsum(persons, axis=0)]),
        sums={},
    )


class InRange(Chosen):
    """Those of a `SplitSelection` in a range of its number: a `Chosen` that counts nobody until asked who it is."""

    __slots__ = ("_group", "first", "kept", "last", "whole")

    whole: SplitSelection
    first: int
    last: int
    kept: IntArray
    _group: IntArray | None

    def __init__(self, whole: SplitSelection, first: int, last: int) -> None:
        kept = np.flatnonzero(whole.persons[last] - whole.persons[first])
        for name, value in (
            ("by", whole.by),
            ("keys", tuple(whole.keys[place] for place in kept)),
            ("start_month", whole.chosen.start_month),
            ("whole", whole),
            ("first", first),
            ("last", last),
            ("kept", kept),
            ("_group", None),
        ):
            object.__setattr__(self, name, value)

    @property
    def persons(self) -> IntArray:
        """Persons of each group, shape (groups,)."""
        between = self.whole.persons[self.last] - self.whole.persons[self.first]
        return np.asarray(between[self.kept])

    @property
    def group(self) -> IntArray:
        """Group of every person, -1 for who is not in; made when it is first asked for."""
        if self._group is None:
            object.__setattr__(self, "_group", self._made())
        return np.asarray(self._group)

    def plain(self) -> Chosen:
        """Return the same persons without the index."""
        return Chosen(by=self.by, keys=self.keys, group=self.group, start_month=self.start_month)

    def _made(self) -> IntArray:
        groups = len(self.whole.keys)
        position = np.full(groups, -1, dtype=np.int64)
        position[self.kept] = np.arange(len(self.kept))
        group = self.whole.chosen.group
        inside = (group >= self.first * groups) & (group < self.last * groups)
        return np.where(inside, position[group % groups], -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """A tally along the cells: its arrays summed up, and the last month of each cell and group."""

    tally: Any
    arrays: dict[str, IntArray]
    last_month: IntArray


Count = TypeVar("Count", bound=Callable[..., Any])


def indexed(count: Count) -> Count:
    """Let a function `count(codes, chosen)` answer for a range from the sums along the cells.

    What it returns has arrays with groups first that add up over them, named in ADDITIVE, and a `last_month` by group;
    where it cannot be summed up (it says so by a property `indexable` that is False, or is too large) those in the
    range are counted.
    """

    @wraps(count)
    def counted(codes: Codes, chosen: Chosen) -> Any:
        if not isinstance(chosen, InRange):
            return count(codes, chosen)
        whole = chosen.whole
        if count not in whole.sums:
            whole.sums[count] = _summed(count(codes, whole.chosen), whole)
        sums = whole.sums[count]
        return count(codes, chosen.plain()) if sums is None else _between(sums, chosen)

    return counted  # type: ignore[return-value]


def _summed(tally: Any, whole: SplitSelection) -> _Sums | None:
    size = sum(getattr(tally, name).size for name in tally.ADDITIVE)
    if size > MOST_NUMBERS or not getattr(tally, "indexable", True):
        return None
    arrays = {}
    for name in tally.ADDITIVE:
        values = getattr(tally, name)
        split = values.reshape(*whole.shape, *values.shape[1:])
        sums = np.zeros((len(split) + 1, *split.shape[1:]), dtype=_narrow(values))
        np.cumsum(split, axis=0, out=sums[1:])
        arrays[name] = sums
    return _Sums(tally=tally, arrays=arrays, last_month=tally.last_month.reshape(whole.shape))


def _narrow(values: IntArray) -> type:
    """Half the memory where no sum can be too large for it."""
    return np.int32 if float(np.abs(values).sum(dtype=np.float64)) < 2**31 else np.int64


def _between(sums: _Sums, chosen: InRange) -> Any:
    arrays = {
        name: np.asarray((along[chosen.last] - along[chosen.first])[chosen.kept], dtype=np.int64)
        for name, along in sums.arrays.items()
    }
    last = sums.last_month[chosen.first : chosen.last, chosen.kept]
    last_month = last.max(axis=0) if len(last) else np.full(len(chosen.kept), -1)
    return replace(
        sums.tally,
        by=chosen.by,
        keys=chosen.keys,
        last_month=np.asarray(last_month, dtype=np.int64),
        **arrays,
    )


def within(whole: SplitSelection, selection: Predicate) -> InRange | None:
    """Return those of `whole` who fulfil the condition of `selection` on its number; None where that cuts cells."""
    ends = whole.cells.between(*range_of(selection, whole.column))
    return None if ends is None else InRange(whole, *ends)


def range_of(selection: Predicate, column: str) -> tuple[float, float]:
    """Return the range in which `selection` holds the number `column`, as dragging makes it; open without one."""
    found = [part for part in conjuncts(selection) if isinstance(part, Between) and part.column == column]
    low, high = (
        max((part.low for part in found), default=-np.inf),
        min((part.high for part in found), default=np.inf),
    )
    return low, high


def without_range(selection: Predicate, column: str) -> Predicate:
    """Return `selection` without its conditions on the number `column` alone."""
    return conjunction(tuple(part for part in conjuncts(selection) if not _is_on(part, column)))


def has_range(selection: Predicate, column: str) -> bool:
    """Whether `selection` has a condition on the number `column` alone, as dragging makes it."""
    return any(_is_on(part, column) for part in conjuncts(selection))


def _is_on(part: Predicate, column: str) -> bool:
    return isinstance(part, Between) and part.column == column
