"""Wages as they are told: numbers of persons rounded once, quantiles as the mean of eleven wages around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.disclosure.rounding import round_counts, rounded
from models.pay import QUANTILES, ByCents, ByRows, MinimumOn
from models.results import BoolArray, FloatArray, IntArray
from models.rules import Rules
from models.tally.pay import MinimumCounts

EITHER_SIDE: Final = 5
"""Wages on either side of a quantile that are averaged with the one at it."""
STEP: Final = 0.05
"""EUR an hour: wages are told to the nearest of so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundedWages:
    """Wages of which each number is rounded when it is asked for; the wages themselves are not told."""

    wages: ByCents | ByRows
    rules: Rules

    @property
    def by(self) -> tuple[str, ...]:
        """Grouping columns."""
        return self.wages.by

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Levels of each group."""
        return self.wages.keys

    @property
    def start_month(self) -> int:
        """First month."""
        return self.wages.start_month

    @property
    def months(self) -> IntArray:
        """Months counted."""
        return self.wages.months

    @property
    def observed(self) -> BoolArray:
        """Months seen for the earliest settler of each group."""
        return self.wages.observed

    @property
    def workers(self) -> FloatArray:
        """Persons with a wage."""
        return rounded(self.wages.workers, self.rules)

    def reach(self, threshold: float) -> FloatArray:
        """Persons with a wage at or above `threshold` EUR."""
        return rounded(self.wages.reach(threshold), self.rules)

    def quantiles(self) -> FloatArray:
        """Means of eleven wages around each quantile, where as many persons as the threshold earn less and more."""
        last = self.wages.workers.astype(np.int64) - 1
        probability = np.asarray([share for _, share in QUANTILES])[:, None, None]
        middle = np.rint(np.maximum(last, 0) * probability).astype(np.int64)
        around = np.arange(-EITHER_SIDE, EITHER_SIDE + 1)[:, None, None, None]
        found = self.wages.ranked(middle + around).mean(axis=0)
        enough = np.minimum(middle, last - middle) >= max(self.rules.threshold, EITHER_SIDE)
        return np.where(enough, _to_step(found), np.nan)

    def minimum(self, minimum_on: MinimumOn) -> FloatArray:
        """Mean statutory minimum of those with a wage, each on the own month day."""
        return np.where(np.isnan(self.workers), np.nan, _to_step(self.wages.minimum(minimum_on)))


@round_counts.register(ByCents)
@round_counts.register(ByRows)
def round_wages(wages: ByCents | ByRows, rules: Rules) -> RoundedWages:
    """Return wages of which rounded numbers are told."""
    return RoundedWages(wages=wages, rules=rules)


@round_counts.register
def round_below_minimum(tally: MinimumCounts, rules: Rules) -> MinimumCounts:
    """Return who works and who is paid less than the minimum."""
    workers = rounded(tally.workers, rules)
    return replace(
        tally,
        workers=workers,
        below=rounded(tally.below, rules),
        minimum=np.where(np.isnan(workers), np.nan, _to_step(tally.minimum)),
    )


def _to_step(euros: FloatArray) -> FloatArray:
    return np.asarray(np.rint(euros / STEP) * STEP)
