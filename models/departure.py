"""When do people leave? Share departed, destinations, monthly rate, and the test of a difference."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.intervals import Z, garwood, log_log, none_departed, wilson
from models.results import (
    FEWEST,
    BoolArray,
    Curves,
    FloatArray,
    IntArray,
    Measure,
    Nothing,
    Reason,
    Result,
    Test,
    Unit,
)
from models.tally.exits import Exits
from models.tally.followed import FollowedCounts

FEWEST_AT_RISK: Final = FEWEST
"""With delayed entry a curve starts after the last early day on which fewer were at risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KaplanMeier:
    """Product-limit estimate by day, shape (groups, days).

    `variance` is Greenwood's sum, the variance of log S, and `rounding` what rounding adds to it; `start` the day after
    which each curve begins.
    """

    survival: FloatArray
    variance: FloatArray
    rounding: FloatArray
    at_risk: IntArray
    start: IntArray

    @property
    def error(self) -> FloatArray:
        """Standard error of the share staying, by day."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.survival * np.sqrt(self.variance + self.rounding))


def kaplan_meier(tally: Exits) -> KaplanMeier:
    """Return the Kaplan-Meier estimate of staying, with Greenwood's variance of its logarithm.

    Events come before censorings at ties, entry lies strictly before exit, as in R's ``survfit``.
    With delayed entry, after a condition on a month too, the curve starts after the last day on which fewer than ten
    were at risk before most were.
    """
    at_risk, events = tally.at_risk, tally.departed
    start = _start_days(at_risk, tally)
    days = np.arange(tally.days)
    counted = np.where(days[None, :] > start[:, None], events, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(counted > 0, counted / at_risk, 0.0)
        step = np.where(counted > 0, counted / (at_risk * (at_risk - counted).astype(np.float64)), 0.0)
    survival = np.asarray(np.cumprod(1.0 - hazard, axis=1), dtype=np.float64)
    return KaplanMeier(
        survival=survival,
        variance=np.cumsum(step, axis=1),
        rounding=rounding_variance(tally, survival),
        at_risk=at_risk,
        start=start,
    )


def rounding_variance(tally: Exits, survival: FloatArray) -> FloatArray:
    """Return what rounding the departed so far adds to the variance of log S, shape (groups, days).

    The number rounded to a base b is off by anything up to b / 2 alike, with variance b^2 / 12; it moves S by that over
    the persons who entered. While nobody has departed nothing is rounded.
    """
    if tally.base == 1:
        return np.zeros_like(survival)
    with np.errstate(divide="ignore", invalid="ignore"):
        added = tally.base**2 / 12 / (tally.persons[:, None] * survival) ** 2
    return np.where(survival < 1, added, 0.0)


def share_departed(released: Released[Exits]) -> Result:
    """Figure 8: one minus Kaplan-Meier at month days, log-log interval.

    Returns
    -------
    Curves with columns ``at_risk, departed, share_departed, ci_low, ci_high``; at_risk are the persons whose
    time at risk is at least d(m) days, departed is cumulative.
    """
    tally = released.counts
    grid = month_grid(tally)
    if isinstance(grid, Nothing):
        return grid
    months, days, observed = grid
    km = kaplan_meier(tally)
    survival = _read(km.survival, days)
    at_risk = at_days(km.at_risk, days)
    after_start = days[None, :] > km.start[:, None]
    departed = _read(np.cumsum(np.where(_days(tally) > km.start[:, None], tally.departed, 0), axis=1), days)
    share = 1.0 - survival
    with np.errstate(invalid="ignore"):
        # When everybody has departed S is 0 and the sum infinite; there are no limits then.
        low, high = log_log(survival, _read(km.error, days))
    low, high = 1.0 - high, 1.0 - low
    untouched = departed == 0
    low = np.where(untouched, np.where(at_risk > 0, 0.0, np.nan), low)
    high = np.where(untouched, np.where(after_start, none_departed(at_risk), 0.0), high)
    observed &= known_at(km, days)
    unknown = ~observed | ~tally.tells(months)[:, 0]
    share, low, high = (np.where(unknown, np.nan, values) for values in (share, low, high))
    departed = np.where(tally.tells(months)[:, 0], departed, np.nan)
    there = untold(tally, months, at_risk)
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=months,
        measures=(
            _persons("at_risk", there),
            _persons("departed", departed),
            Measure(name="share_departed", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=observed,
        estimate="share_departed",
        low="ci_low",
        high="ci_high",
        denominator="at_risk",
        behind=(there, departed),
        start_month=tally.start_month,
        start_days=tuple(int(day) for day in km.start),
        passed=released.passed,
    )


def untold(tally: Exits, months: IntArray, at_risk: IntArray | FloatArray) -> FloatArray:
    """Return numbers at risk at month days, NaN where so few are that nothing is told of them any more."""
    if tally.told is None:
        return at_risk.astype(np.float64)
    return np.where(np.cumsum(tally.tells(months)[:, 0, ::-1], axis=1)[:, ::-1] > 0, at_risk, np.nan)


def share_departed_followed(released: Released[FollowedCounts]) -> Result:
    """Share departed by month m among persons observable at month m (fixed follow-up), Wilson interval."""
    tally = released.counts
    if tally.lack is not None:
        return Nothing(reason=tally.lack)
    observable, gone = (np.asarray(counts, dtype=np.float64) for counts in (tally.observable, tally.gone))
    if np.isnan(observable).all():
        return Nothing(reason=Reason.ALL_HIDDEN)
    share = share_of(gone, observable, released.rules)
    low, high = (np.where(np.isnan(share), np.nan, limit) for limit in wilson(gone, observable))
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=tally.months,
        measures=(
            _persons("observable", observable),
            _persons("departed", gone),
            Measure(name="share_departed", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=(tally.months[None, :] <= tally.last_month[:, None]) & (observable != 0),
        estimate="share_departed",
        low="ci_low",
        high="ci_high",
        denominator="observable",
        behind=(observable, gone),
        start_month=tally.start_month,
        passed=released.passed,
    )


def departure_rate(released: Released[Exits]) -> Result:
    """Departures per 30.4375 person-days in each month of stay, with Garwood's exact limits.

    Month m = 1, 2, ... holds the days (d(m - 1), d(m)]; the exposure is exact, also of months observed in part.
    """
    tally = released.counts
    grid = month_grid(tally)
    if isinstance(grid, Nothing):
        return grid
    months, days, observed = grid
    events = np.diff(_read(np.cumsum(tally.departed, axis=1), days), axis=1)
    exposure = np.diff(_read(np.cumsum(tally.person_days, axis=1), days), axis=1)
    # With delayed entry people come at risk within a month, so that its first day may not show them.
    persons = np.zeros(events.shape)
    for place, (first, last) in enumerate(pairwise(days.tolist())):
        persons[:, place] = tally.at_risk[:, first + 1 : last + 1].max(axis=1, initial=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(exposure > 0, events / exposure * DAYS_PER_MONTH, np.nan)
    low, high = garwood(events, exposure / DAYS_PER_MONTH)
    if tally.base > 1:
        # A step is the difference of two rounded numbers: off by so much beside what chance does.
        with np.errstate(divide="ignore", invalid="ignore"):
            off = Z * tally.base / np.sqrt(6) / exposure * DAYS_PER_MONTH
        low = np.maximum(rate - np.hypot(rate - low, off), 0.0)
        high = rate + np.hypot(high - rate, off)
    told = tally.tells(months[1:])[:, 0]
    events, exposure, rate, low, high = (
        np.where(told, values, np.nan) for values in (events, exposure, rate, low, high)
    )
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=months[1:],
        measures=(
            _persons("departed", events),
            Measure(name="person_days", unit=Unit.PERSON_DAYS, values=exposure.astype(np.float64)),
            Measure(name="rate", unit=Unit.PER_MONTH, values=rate),
            Measure(name="ci_low", unit=Unit.PER_MONTH, values=low),
            Measure(name="ci_high", unit=Unit.PER_MONTH, values=high),
        ),
        observed=observed[:, 1:] & ((exposure > 0) | ~told),
        estimate="rate",
        low="ci_low",
        high="ci_high",
        behind=(persons, events.astype(np.float64)),
        start_month=tally.start_month,
        passed=released.passed,
    )


def log_rank(tally: Exits, fewest: int = 1) -> Test | Nothing:
    """Log-rank test of equal departure in all groups that ever had `fewest` persons at risk, as R's ``survdiff``.

    Chi-square on (groups - 1) degrees of freedom, or Nothing for a single group.
    """
    from scipy.special import chdtrc

    # The chi-square distribution is that of many: of a handful it says what is not so.
    large = tally.at_risk.max(axis=1, initial=0) >= fewest
    at_risk, events = tally.at_risk[large].astype(np.float64), tally.departed[large].astype(np.float64)
    some = events.sum(axis=0) > 0
    at_risk, events = at_risk[:, some], events[:, some]
    total, deaths = at_risk.sum(axis=0), events.sum(axis=0)
    expected = at_risk * (deaths / total)
    difference = (events - expected).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(total > 1, deaths * (total - deaths) / (total - 1) / total**2, 0.0)
    covariance = np.diag((at_risk * total * factor).sum(axis=1)) - (at_risk * factor) @ at_risk.T
    used = expected.sum(axis=1) > 0
    df = int(used.sum()) - 1
    if df < 1:
        return Nothing(reason=Reason.ONE_GROUP)
    keep = np.flatnonzero(used)[1:]
    part = covariance[np.ix_(keep, keep)]
    statistic = float(difference[keep] @ np.linalg.pinv(part, hermitian=True) @ difference[keep])
    return Test(
        name="log-rank",
        statistic=statistic,
        df=df,
        p_value=float(chdtrc(df, statistic)),
        left_out=int((~large).sum()),
    )


def known_at(km: KaplanMeier, days: IntArray) -> BoolArray:
    """Return at which of `days` each curve has begun and not yet run out of persons, shape (groups, days).

    When all have departed the share is known for ever after; when the last were censored nothing is known any more.
    """
    begun = days[None, :] >= km.start[:, None]
    return np.asarray(begun & ((at_days(km.at_risk, days) > 0) | (_read(km.survival, days) == 0)))


def _persons(name: str, values: IntArray | FloatArray) -> Measure:
    return Measure(name=name, unit=Unit.PERSONS, values=np.asarray(values, dtype=np.float64))


def _days(tally: Exits) -> IntArray:
    return np.arange(tally.days)[None, :]


def month_grid(tally: Exits) -> tuple[IntArray, IntArray, BoolArray] | Nothing:
    """Return the months to show, their days, and which are observed for each group."""
    if tally.lack:
        return Nothing(reason=tally.lack)
    months = np.arange(tally.start_month, int(tally.last_month.max()) + 1)
    if not len(months):
        return Nothing(reason=Reason.NO_MONTHS)
    return months, np.asarray(MONTH_DAYS)[months], months[None, :] <= tally.last_month[:, None]


def _read(by_day: FloatArray | IntArray, days: IntArray) -> FloatArray:
    """Values at `days` of something that stays as it is after its last day."""
    return np.asarray(by_day[:, np.minimum(days, by_day.shape[1] - 1)], dtype=np.float64)


def at_days(by_day: IntArray, days: IntArray) -> IntArray:
    """Return counts at `days`, zero after the last day counted."""
    padded = np.concatenate([by_day, np.zeros((len(by_day), 1), dtype=by_day.dtype)], axis=1)
    return padded[:, np.minimum(days, by_day.shape[1])]


def _start_days(at_risk: IntArray, tally: Exits) -> IntArray:
    """Day after which each curve begins: that of its month, or with delayed entry the last early one of few."""
    first = MONTH_DAYS[tally.start_month]
    start = np.full(len(at_risk), first, dtype=np.int64)
    for group, row in enumerate(at_risk):
        # From a handful a share would be carried on to all who come at risk later.
        early = np.flatnonzero(row[first + 1 : int(row.argmax()) + 1] < FEWEST_AT_RISK)
        if len(early):
            start[group] = first + 1 + int(early[-1])
    return start
