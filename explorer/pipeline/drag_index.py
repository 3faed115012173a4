"""What the counting thread keeps while a range is dragged: the tallies along the cells of its number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np

from explorer.pipeline.bars import numbers_in_bars
from models.results import BoolArray, IntArray
from models.rules import Rules
from models.selection import Between, Predicate, conjunction, conjuncts
from models.tally.choosing import Chosen, choose
from models.tally.codes import Codes, Grouping
from models.tally.index import (
    Cells,
    SplitSelection,
    cells_of,
    has_range,
    range_of,
    split_selection,
    within,
    without_range,
)

MOST: Final = 16
"""Selections kept at once: one a panel, and some of before."""
MOST_TABLES: Final = 600
"""Tables kept at once, of some ten thousand numbers at most: one a filter, and some of before."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class DragIndex:
    """Chooses the persons of a selection, by an index along the number whose range is dragged.

    Used on the counting thread alone, for one dataset and under the same rules. `column` is the number under the hand,
    "" while nothing is dragged: then everybody is chosen plainly.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules, self.column = rules, ""
        self._cells: dict[str, Cells] = {}
        self._wholes: OrderedDict[tuple[Predicate, tuple[str, ...], str], SplitSelection | None] = (
            OrderedDict()
        )
        self._tables: OrderedDict[tuple[Predicate, str, str], IntArray] = OrderedDict()

    def choose(self, codes: Codes, selection: Predicate, by: tuple[str, ...]) -> Chosen:
        """Return the persons of `selection` grouped by the columns `by`."""
        if not self.column or not has_range(selection, self.column):
            return choose(codes, selection, by)
        whole = self._whole(codes, selection, by)
        found = None if whole is None else within(whole, selection)
        return choose(codes, selection, by) if found is None else found

    def count(
        self,
        codes: Codes,
        selection: Predicate,
        grouping: Grouping,
        rows: Callable[[Predicate], BoolArray],
    ) -> IntArray:
        """Return the persons of `selection` by level of `grouping`; `rows` says who is in a selection."""
        cells = self._cut(codes) if self.column else None
        ends = None if cells is None else cells.between(*range_of(selection, self.column))
        if cells is None or ends is None:
            return np.bincount(grouping.codes[rows(selection)], minlength=len(grouping.levels))
        key = (without_range(selection, self.column), grouping.name, self.column)
        if key not in self._tables:
            _keep(self._tables, key, _along(cells, grouping, rows(key[0])), MOST_TABLES)
        self._tables.move_to_end(key)
        table = self._tables[key]
        return np.asarray(table[ends[1]] - table[ends[0]] if has_range(selection, self.column) else table[-1])

    def widest(self, selection: Predicate, column: str) -> Predicate:
        """Return `selection` with a condition on `column` that everybody with a number fulfils."""
        everybody = Between(column, -np.inf, np.inf)
        return conjunction((*conjuncts(without_range(selection, column)), everybody))

    def _whole(self, codes: Codes, selection: Predicate, by: tuple[str, ...]) -> SplitSelection | None:
        key = (without_range(selection, self.column), by, self.column)
        if key not in self._wholes:
            cells = self._cut(codes)
            whole = None if cells is None else split_selection(codes, selection, by, self.column, cells)
            _keep(self._wholes, key, whole, MOST)
        self._wholes.move_to_end(key)
        return self._wholes[key]

    def _cut(self, codes: Codes) -> Cells | None:
        """Return the cells of the number under the hand; None where nobody has one."""
        if self.column not in self._cells:
            number = numbers_in_bars(codes, self.rules).get(self.column)
            if number is None:
                return None
            self._cells[self.column] = cells_of(codes.numbers[self.column], number.bars.edges)
        return self._cells[self.column]


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def _along(cells: Cells, grouping: Grouping, mask: BoolArray) -> IntArray:
    """Return how many of `mask` of each level lie in the cells before the c-th; in the last row all, known or not."""
    count, levels = len(cells.least), len(grouping.levels)
    place = (
        np.where(cells.place < 0, count, cells.place).astype(np.int64)[mask] * levels + grouping.codes[mask]
    )
    table = np.bincount(place, minlength=(count + 1) * levels).reshape(count + 1, levels)
    return np.concatenate([np.zeros((1, levels), dtype=np.int64), np.cumsum(table, axis=0)])
