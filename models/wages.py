"""What do people earn? Quantiles of the hourly wage, and the share at or above a threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from models.intervals import wilson
from models.pay import QUANTILES, Paid, paid
from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import last_months
from models.tally.pay import paid_months
from models.tally.person_months import Deflator

MEDIAN: Final = 2
BASE_MONTH: Final = 3
"""Growth is counted from the median of this month: in the first weeks few work yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WageFan(Curves):
    """Wages with what is drawn beside them.

    `minimum` is the mean statutory minimum in EUR an hour, in the same prices, of those who work at each month on
    their own month day, shape (groups, points); NaN where the law of that day is not known for anybody.
    """

    minimum: FloatArray


def wage_fan(
    codes: Codes,
    chosen: Chosen,
    *,
    threshold: float = 15.0,
    deflator: Deflator | None = None,
    balanced: tuple[int, int] | None = None,
    minimum_on: Callable[[IntArray], FloatArray] | None = None,
) -> Result:
    """Type-7 quantiles of the hourly wage of those working at m, and the share at or above `threshold` EUR.

    The wage is the sum of wages over the sum of hours in the calendar month that holds the month day,
    rounded half-even to the cent once; quantiles are interpolated in double precision (Hyndman and Fan, 1996).

    Parameters
    ----------
    deflator
        Makes wages real; months of the calendar without an index are left out.
    balanced
        Only persons with a wage at every month from the first to the last, and only those months.
    minimum_on
        The statutory minimum wage by day: with it the result is a `WageFan`.
    """
    wages = _paid(codes, chosen, deflator, balanced)
    if isinstance(wages, Nothing):
        return wages
    workers, reach = wages.workers, wages.reach(threshold)
    quantiles = wages.quantiles()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(workers > 0, reach / workers, np.nan)
    curves = Curves(
        by=chosen.by,
        keys=chosen.keys,
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
        start_month=chosen.start_month,
    )
    if minimum_on is None:
        return curves
    minimum = wages.minimum(minimum_on)
    return WageFan(**{one.name: getattr(curves, one.name) for one in fields(curves)}, minimum=minimum)


def share_at_or_above(
    codes: Codes,
    chosen: Chosen,
    *,
    threshold: float = 15.0,
    deflator: Deflator | None = None,
    balanced: tuple[int, int] | None = None,
) -> Result:
    """Share of those working at m whose hourly wage is at least `threshold` EUR; Wilson interval.

    Returns
    -------
    Curves with columns ``workers, share_at_least, ci_low, ci_high``.
    """
    wages = _paid(codes, chosen, deflator, balanced)
    if isinstance(wages, Nothing):
        return wages
    workers, reach = wages.workers, wages.reach(threshold)
    low, high = wilson(reach.astype(np.int64), workers.astype(np.int64))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = reach / workers
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
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
        start_month=chosen.start_month,
    )


def median_growth(
    codes: Codes,
    chosen: Chosen,
    *,
    deflator: Deflator | None = None,
    balanced: tuple[int, int] | None = None,
) -> Result:
    """Median hourly wage of each group, and by how much it is above that of the same group at the base month.

    It compares those who work at one month with those who work at another, not persons with themselves. The base is
    `base_month`; a group without a wage then has no growth.

    Returns
    -------
    Curves with columns ``workers, p50, growth``.
    """
    wages = _paid(codes, chosen, deflator, balanced)
    if isinstance(wages, Nothing):
        return wages
    base = base_month(chosen.start_month, balanced)
    if base > wages.months[-1]:
        return Nothing(reason=Reason.NO_MONTHS)
    median = wages.quantiles()[MEDIAN]
    workers, at_base = wages.workers, base - int(wages.months[0])
    then = np.broadcast_to(workers[:, at_base, None], workers.shape)
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
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
        start_month=chosen.start_month,
    )


def base_month(start_month: int, balanced: tuple[int, int] | None = None) -> int:
    """Return the month from which growth of wages is counted: BASE_MONTH, or the first one there is after it."""
    return max(BASE_MONTH, start_month, balanced[0] if balanced else 0)


def _paid(
    codes: Codes, chosen: Chosen, deflator: Deflator | None, balanced: tuple[int, int] | None
) -> Paid | Nothing:
    """Wages of those working, nominal or real, of everyone or of a balanced panel."""
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    if not len(codes.wages.cents) or chosen.start_month >= codes.months:
        return Nothing(reason=Reason.NO_JOBS)
    return paid(codes, chosen, deflator, balanced)


def minimum_wage(codes: Codes, chosen: Chosen, minimum_on: Callable[[IntArray], FloatArray]) -> Result:
    """Mean statutory minimum of those working at m on their own month day, and the share paid less than it.

    People settled on different days, so month m lies under different minimums; the mean is that of the workers whose
    wages stand beside it. A wage below can be of a young worker, for whom the law sets less.

    Returns
    -------
    Curves with columns ``workers, minimum, share_below``.
    """
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    months = np.arange(chosen.start_month, codes.months)
    person, month, cents = paid_months(codes, chosen)
    if not len(person) or not len(months):
        return Nothing(reason=Reason.NO_JOBS)
    legal = minimum_on(codes.settled[person] + codes.month_days[months[month]])
    known = ~np.isnan(legal)
    cell = (chosen.group[person] * len(months) + month)[known]
    shape, size = (chosen.groups, len(months)), chosen.groups * len(months)
    workers = np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)
    total = np.bincount(cell, weights=legal[known], minlength=size).reshape(shape)
    less = cents[known] < np.rint(legal[known] * 100)
    below = np.bincount(cell[less], minlength=size).reshape(shape).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, share = total / workers, below / workers
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="minimum", unit=Unit.EUR_PER_HOUR, values=mean),
            Measure(name="share_below", unit=Unit.SHARE, values=share),
        ),
        observed=(months[None, :] <= last_months(codes, chosen)[:, None]) & (workers > 0),
        estimate="share_below",
        denominator="workers",
        behind=(workers, below, workers - below),
        start_month=chosen.start_month,
    )
