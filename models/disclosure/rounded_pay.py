"""Wages as they are told: numbers of persons rounded once, quantiles as the mean of eleven wages around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.disclosure.rounding import last_told, round_counts, rounded, to_step
from models.pay import QUANTILES, ByCents, ByRows, MinimumOn, Paid, mean_minimum
from models.results import FloatArray
from models.rules import Rules
from models.tally.pay import MinimumCounts

EITHER_SIDE: Final = 5
"""Wages on either side of a quantile that are averaged with the one at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundedWages(Paid):
    """Wages of which every number is rounded; the wages themselves are not told."""

    wages: ByCents | ByRows
    rules: Rules

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
        return np.where(enough, to_step(found), np.nan)

    def minimum(self, minimum_on: MinimumOn) -> FloatArray:
        """Mean statutory minimum of those with a wage, by how many of them are told to fall in each calendar month.

        Of wages by rows, real ones or those of a panel, it is not told.
        """
        if not isinstance(self.wages, ByCents):
            return np.full(self.workers.shape, np.nan)
        counts = self.wages.counts
        people = np.nan_to_num(rounded(counts.paid_in, self.rules))
        return mean_minimum(replace(counts, paid_in=people.astype(np.int64)), minimum_on)


@round_counts.register(ByCents)
@round_counts.register(ByRows)
def round_wages(wages: ByCents | ByRows, rules: Rules) -> RoundedWages:
    """Return wages of which rounded numbers are told."""
    workers = rounded(wages.workers, rules)
    last = last_told(~np.isnan(workers), wages.months)
    return RoundedWages(
        by=wages.by,
        keys=wages.keys,
        start_month=wages.start_month,
        months=wages.months,
        observed=np.asarray(wages.observed & (wages.months <= last[:, None])),
        workers=workers,
        wages=wages,
        rules=rules,
    )


@round_counts.register
def round_below_minimum(tally: MinimumCounts, rules: Rules) -> MinimumCounts:
    """Return who works and who is paid less than the minimum."""
    workers = rounded(tally.workers, rules)
    under = np.nan_to_num(rounded(tally.under, rules))
    with np.errstate(divide="ignore", invalid="ignore"):
        minimum = (under * tally.legal).sum(axis=2) / under.sum(axis=2)
    return replace(
        tally,
        workers=workers,
        below=rounded(tally.below, rules),
        minimum=minimum,
        last_month=last_told(~np.isnan(workers), tally.months),
    )
