"""The tally of hourly wages: how many earn each number of cents at each month, and in which calendar month that lay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.results import Counts, FloatArray, IntArray, Reason
from models.tally.choosing import ByMonth, Chosen
from models.tally.codes import Codes, unpack
from models.tally.exits import last_months
from models.tally.index import indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class WageCounts(ByMonth):
    """Persons working for a wage that is known, aged 18 to 64 that day.

    Attributes
    ----------
    cents
        Distinct hourly wages in cents, ascending.
    counts
        Persons by wage, shape (groups, months, wages).
    calendar
        Calendar months, numbered from January of year 0.
    paid_in
        Persons by the calendar month that holds their month day, shape (groups, months, calendar months).
    """

    cents: IntArray
    counts: IntArray
    calendar: IntArray
    paid_in: IntArray
    ADDITIVE: ClassVar = ("counts", "paid_in")


def paid_months(codes: Codes, chosen: Chosen) -> tuple[IntArray, IntArray, IntArray]:
    """Return every month day on which one of `chosen`, aged 18 to 64, worked for a usable hourly wage.

    Person, month counted from the month in which the curves start, and hourly wage in cents; in order of month.
    """
    start = chosen.start_month
    first = int(codes.wages.starts[start]) if start < codes.months else len(codes.wages.person)
    person = codes.wages.person[first:].astype(np.int64)
    month = np.repeat(np.arange(max(codes.months - start, 0)), np.diff(codes.wages.starts[start:]))
    of_age = unpack(codes.of_age[start:], codes.persons)
    inside = of_age[month, person] & (chosen.group[person] >= 0)
    return person[inside], month[inside], codes.wages.cents[first:][inside].astype(np.int64)


@indexed
def count_pay(codes: Codes, chosen: Chosen) -> WageCounts:
    """Count the hourly wages of those working, by group, month and cents."""
    start, months = chosen.start_month, np.arange(chosen.start_month, codes.months)
    person, month, paid = paid_months(codes, chosen)
    cell = chosen.group[person] * len(months) + month
    cents = np.flatnonzero(np.bincount(paid, minlength=1))
    place = np.zeros(int(cents[-1]) + 1 if len(cents) else 1, dtype=np.int64)
    place[cents] = np.arange(len(cents))
    cells = chosen.groups * len(months)
    counts = np.bincount(cell * max(len(cents), 1) + place[paid], minlength=cells * len(cents))
    calendar, period = _calendar(codes, person, months[month])
    paid_in = np.bincount(cell * max(len(calendar), 1) + period, minlength=cells * len(calendar))
    return WageCounts(
        by=chosen.by,
        keys=chosen.keys,
        months=months,
        last_month=last_months(codes, chosen),
        cents=cents,
        counts=counts[: cells * len(cents)].reshape(chosen.groups, len(months), len(cents)),
        calendar=calendar,
        paid_in=paid_in[: cells * len(calendar)].reshape(chosen.groups, len(months), len(calendar)),
        start_month=start,
    )


def _calendar(codes: Codes, person: IntArray, month: IntArray) -> tuple[IntArray, IntArray]:
    """Return the calendar months there are, and the place among them of each month day."""
    if not len(person):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    days = codes.settled[person].astype(np.int64) + codes.month_days[month]
    low, high = int(days.min()), int(days.max())
    number = np.arange(low, high + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found = number[days - low]
    # datetime64 numbers months from January 1970.
    return np.arange(number[0], number[-1] + 1) + 1970 * 12, found - number[0]


def first_days(calendar: IntArray) -> IntArray:
    """Return the first day of calendar months, in days since 1 January 1970."""
    return (calendar - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumCounts(ByMonth):
    """Persons with a wage on days on which the statutory minimum is known, aged 18 to 64 that day.

    Attributes
    ----------
    workers, below
        All of them, and those paid less than the minimum of their own month day; shape (groups, months).
    legal, under
        The minimums there are, in EUR an hour, and how many of the workers are under each of them on their own month
        day; shape (minimums,) and (groups, months, minimums).
    minimum
        Mean of those minimums in EUR an hour, shape (groups, months).
    lack
        Why nothing can be told, if so.
    """

    workers: Counts
    below: Counts
    legal: FloatArray
    under: Counts
    minimum: FloatArray
    lack: Reason | None


def count_below_minimum(
    codes: Codes, chosen: Chosen, minimum_on: Callable[[IntArray], FloatArray]
) -> MinimumCounts:
    """Count who is paid less than the statutory minimum; `minimum_on` gives it by day."""
    months = np.arange(chosen.start_month, codes.months)
    person, month, cents = paid_months(codes, chosen)
    lack = None if len(person) and len(months) else Reason.NO_JOBS
    legal = minimum_on(codes.settled[person] + codes.month_days[chosen.start_month + month])
    known = ~np.isnan(legal)
    cell = (chosen.group[person] * len(months) + month)[known]
    shape, size = (chosen.groups, len(months)), chosen.groups * len(months)
    workers = np.bincount(cell, minlength=size).reshape(shape)
    total = np.bincount(cell, weights=legal[known], minlength=size).reshape(shape)
    values, which = np.unique(legal[known], return_inverse=True)
    under = np.bincount(cell * max(len(values), 1) + which, minlength=size * len(values))
    less = cents[known] < np.rint(legal[known] * 100)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / workers.astype(np.float64)
    return MinimumCounts(
        by=chosen.by,
        keys=chosen.keys,
        months=months,
        last_month=last_months(codes, chosen),
        workers=workers,
        below=np.bincount(cell[less], minlength=size).reshape(shape),
        legal=values,
        under=under[: size * len(values)].reshape(*shape, len(values)),
        minimum=mean,
        start_month=chosen.start_month,
        lack=lack if chosen.groups else Reason.NOBODY,
    )
