"""What do people earn? Quantiles of the hourly wage, and the share at or above a threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np

from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.intervals import wilson
from models.pay import QUANTILES, Paid
from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.pay import MinimumCounts

Wages = TypeVar("Wages", bound=Paid)
MEDIAN: Final = 2
BASE_MONTH: Final = 3
"""Growth is counted from the median of this month: in the first weeks few work yet."""


def wage_fan(
    released: Released[Wages],
    *,
    threshold: float = 15.0,
    minimum_on: Callable[[IntArray], FloatArray] | None = None,
) -> Result:
    """Type-7 quantiles of the hourly wage of those working at m, and the share at or above `threshold` EUR.

    The wage is the sum of wages over the sum of hours in the calendar month that holds the month day, rounded
    half-even to the cent once; quantiles are interpolated in double precision (Hyndman and Fan, 1996). With
    `minimum_on`, the statutory minimum wage by day, `minimum` is its mean, in the same prices, of those who work at
    each month on their own month day.
    """
    wages = released.counts
    workers, reach = wages.workers, wages.reach(threshold)
    if not _told(workers):
        return Nothing(reason=Reason.ALL_HIDDEN)
    quantiles = wages.quantiles()
    share = np.where(workers > 0, share_of(reach, workers, released.rules), np.nan)
    return Curves(
        by=wages.by,
        keys=wages.keys,
        at=wages.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            *(
                Measure(name=name, unit=Unit.EUR_PER_HOUR, values=quantiles[index])
                for index, (name, _) in enumerate(QUANTILES)
            ),
            Measure(name="share_at_least", unit=Unit.SHARE, values=share),
        ),
        observed=wages.observed,
        estimate="p50",
        low="p25",
        high="p75",
        denominator="workers",
        # Beyond a decile lies a tenth of the workers: it is they who must be many enough.
        behind=(workers, np.floor(workers * QUANTILES[0][1]), reach, workers - reach),
        start_month=wages.start_month,
        passed=released.passed,
        minimum=None if minimum_on is None else wages.minimum(minimum_on),
    )


def share_at_or_above(released: Released[Wages], *, threshold: float = 15.0) -> Result:
    """Share of those working at m whose hourly wage is at least `threshold` EUR; Wilson interval.

    Returns
    -------
    Curves with columns ``workers, share_at_least, ci_low, ci_high``.
    """
    wages = released.counts
    workers, reach = wages.workers, wages.reach(threshold)
    if not _told(workers):
        return Nothing(reason=Reason.ALL_HIDDEN)
    share = share_of(reach, workers, released.rules)
    low, high = (np.where(np.isnan(share), np.nan, limit) for limit in wilson(reach, workers))
    return Curves(
        by=wages.by,
        keys=wages.keys,
        at=wages.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="share_at_least", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=wages.observed,
        estimate="share_at_least",
        low="ci_low",
        high="ci_high",
        denominator="workers",
        behind=(workers, reach, workers - reach),
        start_month=wages.start_month,
        passed=released.passed,
    )


def median_growth(released: Released[Wages], balanced: tuple[int, int] | None = None) -> Result:
    """Median hourly wage of each group, and by how much it is above that of the same group at the base month.

    It compares those who work at one month with those who work at another, not persons with themselves. The base is
    `base_month`, of a panel `balanced` over months not before its first; a group without a wage then has no growth.

    Returns
    -------
    Curves with columns ``workers, p50, growth``.
    """
    wages = released.counts
    if not _told(wages.workers):
        return Nothing(reason=Reason.ALL_HIDDEN)
    base = base_month(wages.start_month, balanced)
    if base > wages.months[-1]:
        return Nothing(reason=Reason.NO_MONTHS)
    median = wages.quantiles()[MEDIAN]
    workers, at_base = wages.workers, base - int(wages.months[0])
    then = np.broadcast_to(workers[:, at_base, None], workers.shape)
    return Curves(
        by=wages.by,
        keys=wages.keys,
        at=wages.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="p50", unit=Unit.EUR_PER_HOUR, values=median),
            Measure(name="growth", unit=Unit.SHARE, values=median / median[:, at_base, None] - 1),
        ),
        observed=wages.observed & (wages.months >= base),
        estimate="growth",
        denominator="workers",
        behind=(workers, then),
        start_month=wages.start_month,
        passed=released.passed,
    )


def base_month(start_month: int, balanced: tuple[int, int] | None = None) -> int:
    """Return the month from which growth of wages is counted: BASE_MONTH, or the first one there is after it."""
    return max(BASE_MONTH, start_month, balanced[0] if balanced else 0)


def _told(workers: FloatArray) -> bool:
    """Whether any number of persons with a wage is told."""
    return not np.isnan(workers).all()


def minimum_wage(released: Released[MinimumCounts]) -> Result:
    """Mean statutory minimum of those working at m on their own month day, and the share paid less than it.

    People settled on different days, so month m lies under different minimums; the mean is that of the workers whose
    wages stand beside it. A wage below can be of a young worker, for whom the law sets less.

    Returns
    -------
    Curves with columns ``workers, minimum, share_below``.
    """
    tally = released.counts
    if tally.lack is not None:
        return Nothing(reason=tally.lack)
    workers, below = (np.asarray(counts, dtype=np.float64) for counts in (tally.workers, tally.below))
    if not _told(workers):
        return Nothing(reason=Reason.ALL_HIDDEN)
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=tally.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="minimum", unit=Unit.EUR_PER_HOUR, values=tally.minimum),
            Measure(name="share_below", unit=Unit.SHARE, values=share_of(below, workers, released.rules)),
        ),
        observed=(tally.months[None, :] <= tally.last_month[:, None]) & (workers != 0),
        estimate="share_below",
        denominator="workers",
        behind=(workers, below, workers - below),
        start_month=tally.start_month,
        passed=released.passed,
    )
