"""The groupings whose levels lie on a scale, in its order: known before anybody is counted."""

from __future__ import annotations

from typing import Final

from models.register import DatasetInfo
from models.tally.periods import calendar_label, calendar_periods, cohort_periods, labels_of

AGE_BANDS: Final = (
    ("0-17", 0),
    ("18-24", 18),
    ("25-34", 25),
    ("35-44", 35),
    ("45-54", 45),
    ("55-64", 55),
    ("65+", 65),
)
CALENDAR: Final = {"quarter": 3, "month_settled": 1}
"""Groupings by calendar time, and the months of one of their periods."""


def scale_of(column: str, info: DatasetInfo) -> tuple[str, ...]:
    """Return the levels of a grouping from the first to the last; none where they are names in no order."""
    if column == "cohort":
        return labels_of(cohort_periods(info))
    if column in CALENDAR:
        months = CALENDAR[column]
        return tuple(calendar_label(period, months) for period in calendar_periods(info, months))
    return tuple(label for label, _ in AGE_BANDS) if column == "age_band" else ()
