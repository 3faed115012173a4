"""Which day is it? Days as integers since 1 January 1970, and the window of the synthetic register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

DAYS_PER_MONTH: Final = 30.4375
"""Mean length of a month in days (365.25 / 12)."""

DAYS_PER_YEAR: Final = 365.25

EPOCH: Final = date(1970, 1, 1)


def day(year: int, month: int, of_month: int) -> int:
    """Return a date as days since 1 January 1970."""
    return (date(year, month, of_month) - EPOCH).days


def as_date(number: int) -> date:
    """Return the date that lies `number` days after 1 January 1970."""
    return EPOCH + timedelta(days=int(number))


ARRIVALS_FROM: Final = day(2022, 2, 24)
OBSERVED_UNTIL: Final = day(2024, 7, 1)
LATER_FROM: Final = day(2022, 7, 1)
"""Settlers from this day on are the later cohorts."""

PERIODS: Final = (ARRIVALS_FROM, LATER_FROM, day(2023, 1, 1), day(2024, 1, 1))
FIRST_WAGE_DAY: Final = day(2019, 1, 1)
"""No record starts earlier: the minimum wage table begins here."""

LAST_WAGE_DAY: Final = day(2024, 7, 31)
"""Wage periods run to the end of the month that holds the reference day."""


def month_starts() -> IntArray:
    """Return the first day of every calendar month from `FIRST_WAGE_DAY` to the month after `LAST_WAGE_DAY`."""
    months = [(year, month) for year in range(2019, 2025) for month in range(1, 13)]
    return np.asarray([day(year, month, 1) for year, month in months if (year, month) <= (2024, 8)])


def years_of(days: IntArray) -> IntArray:
    """Return the calendar year of each day."""
    return np.asarray(days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)


def weekday_counts(start: IntArray, end: IntArray) -> IntArray:
    """Count Mondays to Fridays from `start` to `end`, both included."""

    def up_to(days: IntArray) -> IntArray:
        # Day 0 was a Thursday: shifting by three makes every week begin on a Monday.
        weeks, rest = np.divmod(days + 3 + 1, 7)
        return np.asarray(weeks * 5 + np.minimum(rest, 5))

    return up_to(end) - up_to(start - 1)
