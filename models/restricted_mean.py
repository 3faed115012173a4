"""How long do people stay on average within a year or two? The area under the share staying."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.departure import KaplanMeier, kaplan_meier
from models.disclosure.releasing import Released
from models.intervals import Z
from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.exits import Exits

HORIZONS: Final = (12, 24)
"""Months to whose day d(m) the mean stay is restricted."""


def restricted_mean(released: Released[Exits], months: tuple[int, ...] = HORIZONS) -> Result:
    """Mean number of days stayed out of the first d(m), for groups observed to month m.

    The area under Kaplan-Meier from day 0 to d(m) is the mean of the shorter of stay and d(m), censoring allowed
    for. With a condition on a month or with delayed entry it is the mean among those there on the day the curve
    starts, the days before it included. The variance is the sum over days u with departures of
    (area from u to d(m))^2 * d(u) / (Y(u) (Y(u) - d(u))), as ``summary(survfit(...), rmean = d)`` in R's survival;
    a day on which all the rest depart adds nothing.

    Returns
    -------
    Curves at `months` with columns ``persons, departed, mean_days, std_error, ci_low, ci_high`` in days (Wald,
    95 %) and ``mean_months, months_low, months_high``, the same divided by 30.4375. Persons are those
    at risk at any time after the day the curve starts, departed those of them who had departed by d(m).
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    at = np.asarray(months, dtype=np.int64)
    ends = np.asarray(MONTH_DAYS)[at]
    km = kaplan_meier(tally)
    observed = (at[None, :] <= tally.last_month[:, None]) & (ends[None, :] > km.start[:, None])
    if not observed.any():
        return Nothing(reason=Reason.NO_MONTHS)
    areas = np.stack([_area(km, end, _rounding(tally, end)) for end in ends.tolist()], axis=2)
    mean, low, high = areas[0], areas[0] - Z * areas[1], areas[0] + Z * areas[1]
    behind = _behind(tally, km, ends)
    told = tally.tells(at)[:, 0]
    in_days = {"mean_days": mean, "std_error": areas[1], "ci_low": low, "ci_high": high}
    in_months = {"mean_months": mean, "months_low": low, "months_high": high}
    columns = (
        ("persons", Unit.PERSONS, behind[0]),
        ("departed", Unit.PERSONS, behind[1]),
        *((name, Unit.NUMBER, values) for name, values in in_days.items()),
        *((name, Unit.MONTHS, values / DAYS_PER_MONTH) for name, values in in_months.items()),
    )
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=at,
        measures=tuple(
            Measure(name=name, unit=unit, values=np.where(told, values, np.nan))
            for name, unit, values in columns
        ),
        observed=observed,
        estimate="mean_months",
        low="months_low",
        high="months_high",
        denominator="persons",
        behind=behind,
        start_month=tally.start_month,
        start_days=tuple(int(day) for day in km.start),
        passed=released.passed,
    )


def _behind(tally: Exits, km: KaplanMeier, ends: IntArray) -> tuple[FloatArray, FloatArray]:
    """Persons at risk after the start of the curve, and those of them departed by `ends`; (groups, points)."""
    after = np.arange(tally.days) > km.start[:, None]
    gone = np.cumsum(tally.departed * after, axis=1)[:, np.minimum(ends, tally.days - 1)]
    persons = (tally.ended * after).sum(axis=1)
    return np.repeat(persons[:, None], len(ends), axis=1).astype(np.float64), gone.astype(np.float64)


def _rounding(tally: Exits, end: int) -> FloatArray:
    """Return what rounding adds to the variance of the area: that of the departed so far, month by month, (groups,)."""
    if tally.base == 1:
        return np.zeros(len(tally.keys))
    days = np.asarray(MONTH_DAYS)
    lengths = np.diff(days[(days >= tally.start_day) & (days <= end)]).astype(np.float64)
    return np.asarray((lengths**2).sum() * tally.base**2 / 12 / np.maximum(tally.persons, 1) ** 2)


def _area(km: KaplanMeier, end: int, rounding: FloatArray) -> FloatArray:
    """Area under the curve from day 0 to `end` and its standard error in days, shape (2, groups).

    `rounding` is what rounding adds to its variance, shape (groups,).
    """
    survival = km.survival[:, :end]
    if survival.shape[1] < end:
        # Beyond the last exit the curve stays where it is.
        rest = np.repeat(survival[:, -1:], end - survival.shape[1], axis=1)
        survival = np.concatenate([survival, rest], axis=1)
    # The share after day u holds until day u + 1: the area from u on is the sum from u to end - 1.
    later = np.cumsum(survival[:, ::-1], axis=1)[:, ::-1]
    with np.errstate(invalid="ignore"):
        steps = np.diff(km.variance[:, :end], axis=1, prepend=0.0)
    steps = np.where(np.isfinite(steps), steps, 0.0)
    error = np.sqrt((later[:, : steps.shape[1]] ** 2 * steps).sum(axis=1) + rounding)
    return np.stack([later[:, 0], error])
