"""Calendar dates that a reader can choose: quarter days while people were observed, and the last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from explorer.core.options import ChoiceOf, Written
from explorer.core.words import N_
from models.tally.codes import Codes

QUARTERS: Final = (1, 4, 7, 10)


def quarter_days(codes: Codes) -> tuple[tuple[date, date], ...]:
    """Return the first day of every quarter in which people were observed, the latest first."""
    info = codes.info
    first, last = info.arrivals_from, info.observed_until
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in QUARTERS]
    # On the first day nobody has arrived yet who could be counted.
    begin = max(first + timedelta(days=2), info.present_on or first)
    inside = [day for day in days if begin <= day <= last]
    return tuple((day, day) for day in reversed(inside))


DATES: Final = ChoiceOf(values=quarter_days, none=N_("the end of observation"))
"""The control of a date; None is the end of observation."""
ON: Final = Written(
    help="the day that is looked at, as 2023-01-01; where none is given, the last day observed"
)
