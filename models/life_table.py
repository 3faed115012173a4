"""What becomes of those at risk, month of stay by month of stay? The life table of departures."""

from __future__ import annotations

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.departure import KaplanMeier, kaplan_meier
from models.disclosure.releasing import Released
from models.intervals import log_log, none_departed
from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.exits import Exits


def life_table(released: Released[Exits]) -> Result:
    """Life table by month of stay m = 1, 2, ..., the days (d(m - 1), d(m)].

    With delayed entry the first month of a group begins on the day after which its curve starts.

    Returns
    -------
    Curves with columns ``at_risk, departed, censored, person_days, rate, share_staying, ci_low, ci_high``.
    At risk are those there on the first day of the month; they less the departed and the censored (last observed
    before departing, in the month) are at risk in the next, to which delayed entry adds who comes in between.
    The rate is per 30.4375 person-days. The share staying at the month's end is Kaplan-Meier by day (not the
    actuarial estimate, which would spread departures evenly over a month), with the log-log interval on
    Greenwood's variance, as R's ``survfit(conf.type = "log-log")``; one minus it is the share departed.
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    months = np.arange(tally.start_month + 1, int(tally.last_month.max()) + 1)
    if not len(months):
        return Nothing(reason=Reason.NO_MONTHS)
    km = kaplan_meier(tally)
    begins, ends = _bounds(months, km)
    at_risk = _first_day(tally, begins)
    departed, censored, person_days = (
        _during(by_day, begins, ends) for by_day in (tally.departed, tally.exits[:, 0], tally.person_days)
    )
    rate = departed / np.where(person_days > 0, person_days, np.nan) * DAYS_PER_MONTH
    staying, low, high = _share_staying(tally, km, ends)
    persons = {"at_risk": at_risk, "departed": departed, "censored": censored}
    told = tally.tells(months)[:, 0]
    columns = (
        *((name, Unit.PERSONS, values) for name, values in persons.items()),
        ("person_days", Unit.PERSON_DAYS, person_days),
        ("rate", Unit.PER_MONTH, rate),
        ("share_staying", Unit.SHARE, staying),
        ("ci_low", Unit.SHARE, low),
        ("ci_high", Unit.SHARE, high),
    )
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=months,
        measures=tuple(
            Measure(name=name, unit=unit, values=np.where(told, values, np.nan))
            for name, unit, values in columns
        ),
        # A month that nobody lives through, before the curve starts or after the last has gone, has no row.
        observed=(months <= tally.last_month[:, None]) & (begins < ends) & (person_days > 0),
        estimate="share_staying",
        low="ci_low",
        high="ci_high",
        denominator="at_risk",
        behind=tuple(persons.values()),
        start_month=tally.start_month,
        start_days=tuple(int(day) for day in km.start),
        passed=released.passed,
    )


def _bounds(months: IntArray, km: KaplanMeier) -> tuple[IntArray, IntArray]:
    """Days after which each month begins, not before the curve does, and with which it ends; (groups, months)."""
    month_days = np.asarray(MONTH_DAYS)
    ends = np.broadcast_to(month_days[months], (len(km.start), len(months)))
    return np.minimum(np.maximum(month_days[months - 1], km.start[:, None]), ends), ends


def _share_staying(
    tally: Exits, km: KaplanMeier, ends: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Kaplan-Meier at `ends` with its limits; while nobody has departed the exact lower limit 0.025 ** (1 / n)."""
    at = np.minimum(ends, tally.days - 1)
    staying = np.take_along_axis(km.survival, at, axis=1)
    # When everybody has departed S is 0 and the variance infinite; there are no limits then.
    low, high = log_log(staying, np.take_along_axis(km.error, at, axis=1))
    there = np.where(ends < tally.days, np.take_along_axis(km.at_risk, at, axis=1), 0)
    untouched = staying == 1.0
    low = np.where(untouched, 1.0 - none_departed(there), low)
    high = np.where(untouched, np.where(there > 0, 1.0, np.nan), high)
    return staying, low, high


def _first_day(tally: Exits, begins: IntArray) -> FloatArray:
    """Persons at risk on the day after each of `begins`; nobody after the last day counted."""
    days = np.minimum(begins + 1, tally.days - 1)
    found = np.take_along_axis(tally.at_risk, days, axis=1)
    return np.where(begins + 1 < tally.days, found, 0).astype(np.float64)


def _during(by_day: IntArray, begins: IntArray, ends: IntArray) -> FloatArray:
    """Sum of a count by day over the days (begin, end], shape (groups, months)."""
    total = np.cumsum(by_day, axis=1)
    upto, from_ = (
        np.take_along_axis(total, np.minimum(day, by_day.shape[1] - 1), axis=1) for day in (ends, begins)
    )
    return np.asarray(upto - from_, dtype=np.float64)
