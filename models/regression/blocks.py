"""Does a difference hold at every length of stay? Log hazard ratios by blocks of months."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from models.fit import NoFit
from models.regression.formula import Formula
from models.regression.hazard import Hazard, fit_hazard
from models.results import IntArray
from models.tally.person_time import PersonTime

FEWEST_EVENTS: Final = 10
"""Events of every level that a block holds at least, as far as months allow."""


def fit_in_blocks(
    tally: PersonTime, formula: Formula, column: str, model: str = "departure", *, shortest: int = 1
) -> Hazard | NoFit:
    """Fit `column` with a coefficient for each block of months, the other terms as they are.

    A curve of residuals shows noise as if it were change; a ratio by block has an interval of its own. `shortest` is
    the least number of months of a block. Its terms are called ``column[level]:month[first-last]``.
    """
    if not tally.events.any():
        # Without events there are no blocks; the fit says what is lacking.
        return fit_hazard(tally, formula, model, tests=False)
    terms = tuple(term for term in formula.terms if term != (column,))
    asked = replace(formula, terms=terms, by_month=(column,), blocks=block_ends(tally, column, shortest))
    return fit_hazard(tally, asked, model, tests=False)


def block_ends(tally: PersonTime, column: str, shortest: int = 1) -> tuple[int, ...]:
    """Return the last months of the shortest blocks in which every level still followed has at least ten events.

    No block but the last is shorter than `shortest` months.
    A level whose last month lies in a block need not have ten in it; what remains at the end joins the last block.
    """
    place = [covariate.name for covariate in tally.columns].index(column)
    levels = [
        level
        for level in np.unique(tally.table[:, place])
        if tally.events[tally.table[:, place] == level].any()
    ]
    events = np.stack([tally.events[tally.table[:, place] == level].sum(axis=0) for level in levels])
    days = np.stack([tally.person_days[tally.table[:, place] == level].sum(axis=0) for level in levels])
    last = np.asarray([int(np.flatnonzero(row)[-1]) for row in days])
    ends: list[int] = []
    begin = 0
    for month in range(events.shape[1]):
        if month + 1 - begin >= shortest and _enough(events[:, begin : month + 1].sum(axis=1), last, month):
            ends.append(month + 1)
            begin = month + 1
    final = int(tally.months[-1])
    if not ends:
        return (final,)
    return (*ends[:-1], final)


def _enough(events: IntArray, last: IntArray, month: int) -> bool:
    followed = last >= month
    return bool((events[followed] >= FEWEST_EVENTS).all())
