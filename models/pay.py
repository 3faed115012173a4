"""Wages as they are summed up: by cells of equal cents where that says everything, by rows otherwise."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.results import BoolArray, FloatArray, IntArray, Nothing, Reason
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import last_months
from models.tally.pay import WageCounts, count_pay, first_days
from models.tally.person_months import Deflator, PersonMonths, count_wage_months, month_numbers

QUANTILES: Final = (("p10", 0.10), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p90", 0.90))

MinimumOn = Callable[[IntArray], FloatArray]
"""The statutory minimum wage by day since 1 January 1970; it changes on first days of months only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(ABC):
    """Wages of groups at `months`, of which `start_month` is the first.

    `observed` are the months seen for the earliest settler of each group, `workers` the persons with a wage; shape
    (groups, months) each.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    start_month: int
    months: IntArray
    observed: BoolArray
    workers: FloatArray

    @abstractmethod
    def reach(self, threshold: float) -> FloatArray:
        """Persons with a wage at or above `threshold` EUR, shape (groups, months)."""

    @abstractmethod
    def quantiles(self) -> FloatArray:
        """Return the type-7 quantiles, shape (quantiles, groups, months); NaN where nobody has a wage."""

    @abstractmethod
    def minimum(self, minimum_on: MinimumOn) -> FloatArray:
        """Mean statutory minimum of those with a wage, each on the own month day, in the same prices."""


def paid(
    codes: Codes, chosen: Chosen, deflator: Deflator | None = None, balanced: tuple[int, int] | None = None
) -> ByCents | ByRows | Nothing:
    """Return the wages of those working: nominal ones of everyone by cents, real ones and those of a panel by rows.

    `deflator` and `balanced` are those of `count_wage_months`.
    """
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    if not len(codes.wages.cents) or chosen.start_month >= codes.months:
        return Nothing(reason=Reason.NO_JOBS)
    if deflator is None and balanced is None:
        return by_cents(count_pay(codes, chosen))
    return _by_rows(codes, chosen, deflator, balanced)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByCents(Paid):
    """Wages counted by cents: everything follows from the cells."""

    counts: WageCounts

    def reach(self, threshold: float) -> FloatArray:
        """Persons with a wage at or above `threshold` EUR."""
        above = self.counts.cents >= round(threshold * 100)
        return np.asarray(self.counts.counts[:, :, above].sum(axis=2), dtype=np.float64)

    def quantiles(self) -> FloatArray:
        """Type-7 quantiles."""
        return type7(self)

    def ranked(self, ranks: IntArray) -> FloatArray:
        """Return the wages of ranks 0, 1, ... in each cell, shape (..., groups, months); NaN where nobody has one."""
        counts = self.counts.counts
        cells, wages = counts.shape[0] * counts.shape[1], counts.shape[2]
        upto = np.cumsum(counts, axis=2).reshape(cells, wages)
        workers = upto[:, -1] if wages else np.zeros(cells, dtype=np.int64)
        out = np.full((int(np.prod(ranks.shape[:-2])), cells), np.nan)
        some = np.flatnonzero(workers)
        if len(some):
            # One ascending row: each cell begins above the end of the one before.
            stride, place = int(workers.max()) + 1, np.arange(len(some))
            line = (upto[some] + place[:, None] * stride).ravel()
            asked = np.clip(ranks.reshape(-1, cells)[:, some], 0, workers[some] - 1) + place * stride
            found = np.searchsorted(line, asked, side="right") - place * wages
            out[:, some] = self.counts.cents[found] / 100.0
        return out.reshape(ranks.shape)

    def minimum(self, minimum_on: MinimumOn) -> FloatArray:
        """Mean statutory minimum of those with a wage."""
        return mean_minimum(self.counts, minimum_on)


def by_cents(counts: WageCounts) -> ByCents:
    """Return the wages of everyone, from their counts by cents."""
    return ByCents(
        by=counts.by,
        keys=counts.keys,
        start_month=counts.start_month,
        months=counts.months,
        observed=np.asarray(counts.months[None, :] <= counts.last_month[:, None]),
        workers=np.asarray(counts.counts.sum(axis=2), dtype=np.float64),
        counts=counts,
    )


def mean_minimum(counts: WageCounts, minimum_on: MinimumOn) -> FloatArray:
    """Return the mean statutory minimum of those with a wage, each on the own month day."""
    legal = minimum_on(first_days(counts.calendar))
    known = ~np.isnan(legal)
    people = counts.paid_in[:, :, known]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((people * legal[known]).sum(axis=2) / people.sum(axis=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRows(Paid):
    """Wages sorted within group and month, and where those of each begin.

    Wages of group g in the i-th month are ``wages[ends[g * len(months) + i]:ends[g * len(months) + i + 1]]``.
    """

    codes: Codes
    chosen: Chosen
    wages: FloatArray
    ends: IntArray
    tally: PersonMonths
    deflator: Deflator | None

    def reach(self, threshold: float) -> FloatArray:
        """Persons with a wage at or above `threshold` EUR."""
        # A nominal 15.00 is at the threshold also after the detour by logarithms.
        upto = np.append(0, np.cumsum(self.wages >= threshold - 1e-9))
        return np.diff(upto[self.ends]).astype(np.float64).reshape(self.observed.shape)

    def quantiles(self) -> FloatArray:
        """Type-7 quantiles."""
        return type7(self)

    def ranked(self, ranks: IntArray) -> FloatArray:
        """Return the wages of ranks 0, 1, ... in each cell."""
        sizes = np.diff(self.ends)
        cells = np.clip(ranks.reshape(-1, len(sizes)), 0, np.maximum(sizes - 1, 0))
        place = np.minimum(self.ends[:-1] + cells, max(len(self.wages) - 1, 0))
        found = self.wages[place] if len(self.wages) else np.full(place.shape, np.nan)
        return np.where(sizes > 0, found, np.nan).reshape(ranks.shape)

    def minimum(self, minimum_on: MinimumOn) -> FloatArray:
        """Mean statutory minimum of those with a wage, each on the own month day, in the same prices."""
        codes, person, month = self.codes, self.tally.person, self.tally.month
        legal = minimum_on(codes.settled[person] + codes.month_days[month])
        if self.deflator is not None:
            legal = legal * self.deflator.of(month_numbers(codes, person, month))
        known = ~np.isnan(legal)
        cell = (self.chosen.group[person] * len(self.months) + month - int(self.months[0]))[known]
        size = self.observed.size
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.bincount(cell, weights=legal[known], minlength=size) / np.bincount(cell, minlength=size)
        return np.asarray(mean.reshape(self.observed.shape))


def _by_rows(
    codes: Codes, chosen: Chosen, deflator: Deflator | None, balanced: tuple[int, int] | None
) -> ByRows:
    months = np.arange(chosen.start_month, codes.months)
    tally = count_wage_months(codes, chosen, (), deflator=deflator, balanced=balanced)
    cell = chosen.group[tally.person] * len(months) + tally.month - chosen.start_month
    # A nominal wage is that of the cents, not of its logarithm and back.
    wages = tally.cents / 100.0 if deflator is None else np.exp(tally.value)
    order = np.lexsort((wages, cell))
    observed = np.asarray(months[None, :] <= last_months(codes, chosen)[:, None])
    if balanced is not None:
        observed &= (months >= balanced[0]) & (months <= balanced[1])
    ends = np.searchsorted(cell[order], np.arange(chosen.groups * len(months) + 1))
    return ByRows(
        by=chosen.by,
        keys=chosen.keys,
        start_month=chosen.start_month,
        months=months,
        observed=observed,
        workers=np.diff(ends).astype(np.float64).reshape(observed.shape),
        codes=codes,
        chosen=chosen,
        wages=wages[order],
        ends=ends,
        tally=tally,
        deflator=deflator,
    )


def type7(wages: ByCents | ByRows) -> FloatArray:
    """Return the type-7 quantiles of wages, shape (quantiles, groups, months); NaN where nobody has one."""
    workers = wages.workers.astype(np.int64)
    probability = np.asarray([share for _, share in QUANTILES])[:, None, None]
    place = np.maximum(workers - 1, 0) * probability
    low = np.floor(place).astype(np.int64)
    left, right = wages.ranked(np.stack([low, low + 1]))
    return np.asarray(left + (place - low) * (right - left))
