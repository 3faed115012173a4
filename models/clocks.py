"""The clocks every view shares: month days, calendar days as integers, completed years of age."""

from datetime import date, timedelta
from typing import Final

DAYS_PER_MONTH: Final = 30.4375
"""Mean length of a month in days (365.25 / 12); a rate per month is a rate per this many person-days."""

LAST_MONTH: Final = 120
"""The month day table ends here: ten years after settling."""

MONTH_DAYS: Final[tuple[int, ...]] = tuple(round(month * DAYS_PER_MONTH) for month in range(LAST_MONTH + 1))
"""Day d(m) after settling of every month m.

Halves go to even, by Python's ``round``. The products are exact in binary, so the halves are real halves.
The table is joined, never computed by a database: DuckDB and Spark round 730.5 to 731, Python and R to 730.
"""

EPOCH: Final = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Return `day` as days since 1 January 1970."""
    return (day - EPOCH).days


def from_day_number(number: int) -> date:
    """Return the date that lies `number` days after 1 January 1970."""
    return EPOCH + timedelta(days=number)


def months_within(days: int) -> int:
    """Return the largest month m whose day d(m) is at most `days` (-1 when `days` is negative)."""
    return sum(1 for day in MONTH_DAYS if day <= days) - 1
