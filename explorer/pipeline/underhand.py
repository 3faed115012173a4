"""What the counting thread keeps while a range is dragged: the tallies along the values of its number."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import numpy as np

from models.selection import Between, Predicate, conjunction, conjuncts
from models.tally.choosing import Chosen, choose
from models.tally.codes import Codes
from models.tally.index import Whole, has_range, whole_of, within

MOST: Final = 16
"""Selections kept at once: one a panel and one a filter, and some of before."""


class UnderHand:
    """Chooses the persons of a selection, by an index along the number whose range is dragged.

    Used on the counting thread alone. `column` is the number under the hand, "" while nothing is dragged: then
    everybody is chosen plainly.
    """

    def __init__(self) -> None:
        self.column = ""
        self._wholes: OrderedDict[tuple[str, tuple[str, ...], str], Whole | None] = OrderedDict()

    def choose(self, codes: Codes, selection: Predicate, by: tuple[str, ...]) -> Chosen:
        """Return the persons of `selection` grouped by the columns `by`."""
        if not self.column or not has_range(selection, self.column):
            return choose(codes, selection, by)
        whole = self._whole(codes, selection, by)
        return choose(codes, selection, by) if whole is None else within(whole, selection)

    def widest(self, codes: Codes, selection: Predicate, column: str) -> Predicate:
        """Return `selection` with a condition on `column` that everybody with a number fulfils."""
        number = codes.numbers[column]
        rest = [part for part in conjuncts(selection) if not has_range(part, column)]
        return conjunction((*rest, Between(column, float(np.nanmin(number)), float(np.nanmax(number)))))

    def forget(self) -> None:
        """Let go of everything, for another dataset."""
        self._wholes.clear()

    def _whole(self, codes: Codes, selection: Predicate, by: tuple[str, ...]) -> Whole | None:
        rest = [
            part
            for part in conjuncts(selection)
            if not (isinstance(part, Between) and part.column == self.column)
        ]
        key = (repr(rest), by, self.column)
        if key not in self._wholes:
            self._wholes[key] = whole_of(codes, selection, by, self.column)
            while len(self._wholes) > MOST:
                self._wholes.popitem(last=False)
        self._wholes.move_to_end(key)
        return self._wholes[key]
