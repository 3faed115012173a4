"""What did the law ask? The Dutch statutory minimum wage per hour.

Source: Dutch government, "Bedragen minimumloon" (Wet minimumloon en minimumvakantiebijslag, amounts published twice a
year in the Staatscourant), full adult rate. Until 31 December 2023 the law set an amount per month; the hourly amount
is the one for a 38-hour week, rounded up to the cent as the government's table does. From 1 January 2024 the law
sets the amount per hour.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sample_data.days import FloatArray, IntArray, day

HOURLY: Final[tuple[tuple[int, float], ...]] = (
    (day(2019, 1, 1), 9.82),  # EUR 1615.80 a month
    (day(2019, 7, 1), 9.94),  # 1635.60
    (day(2020, 1, 1), 10.05),  # 1653.60
    (day(2020, 7, 1), 10.21),  # 1680.00
    (day(2021, 1, 1), 10.24),  # 1684.80
    (day(2021, 7, 1), 10.33),  # 1701.00
    (day(2022, 1, 1), 10.48),  # 1725.00
    (day(2022, 7, 1), 10.67),  # 1756.20
    (day(2023, 1, 1), 11.75),  # 1934.40
    (day(2023, 7, 1), 12.12),  # 1995.00
    (day(2024, 1, 1), 13.27),
    (day(2024, 7, 1), 13.68),
)
"""First day of validity and EUR an hour."""


def minimum_on(days: IntArray) -> FloatArray:
    """Return the statutory minimum in EUR an hour on each day (days since 1970, none before 2019)."""
    starts = np.asarray([start for start, _ in HOURLY])
    amounts = np.asarray([amount for _, amount in HOURLY])
    return np.asarray(amounts[np.searchsorted(starts, days, side="right") - 1])
