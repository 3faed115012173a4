"""What do people earn? Quantiles of the hourly wage, and the share at or above a threshold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import last_months
from models.tally.person_months import Deflator, count_wage_months
from models.tally.states import count_cents

QUANTILES = (("p10", 0.10), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p90", 0.90))


def wage_fan(
    codes: Codes,
    chosen: Chosen,
    *,
    threshold: float = 15.0,
    deflator: Deflator | None = None,
    balanced: tuple[int, int] | None = None,
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
    """
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    months = np.arange(chosen.start_month, codes.months)
    if not len(codes.wages.cents) or not len(months):
        return Nothing(reason=Reason.NO_JOBS)
    shape = (chosen.groups, len(months))
    if deflator is None and balanced is None:
        cents, ends = count_cents(codes, chosen)
        wages, reached = cents / 100.0, cents >= round(threshold * 100)
    else:
        wages, ends = _other_wages(codes, chosen, deflator, balanced)
        # A nominal 15.00 is at the threshold also after the detour by logarithms.
        reached = wages >= threshold - 1e-9
    workers = np.diff(ends).astype(np.float64).reshape(shape)
    quantiles = type7(wages, ends).reshape(len(QUANTILES), *shape)
    upto = np.append(0, np.cumsum(reached))
    reach = np.diff(upto[ends]).astype(np.float64).reshape(shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(workers > 0, reach / workers, np.nan)
    last = last_months(codes, chosen)
    observed = np.asarray(months[None, :] <= last[:, None])
    if balanced is not None:
        observed &= (months >= balanced[0]) & (months <= balanced[1])
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            *(
                Measure(name=name, unit=Unit.EUR_PER_HOUR, values=quantiles[index])
                for index, (name, _) in enumerate(QUANTILES)
            ),
            Measure(name="share_at_least", unit=Unit.SHARE, values=share),
        ),
        observed=observed,
        estimate="p50",
        low="p25",
        high="p75",
        denominator="workers",
        # Beyond a decile lies a tenth of the workers: it is they who must be many enough.
        behind=(workers, np.floor(workers * QUANTILES[0][1]), reach, workers - reach),
        start_month=chosen.start_month,
    )


def _other_wages(
    codes: Codes, chosen: Chosen, deflator: Deflator | None, balanced: tuple[int, int] | None
) -> tuple[FloatArray, IntArray]:
    """Wages sorted within group and month, and where those of each begin: real, or of a balanced panel."""
    tally = count_wage_months(codes, chosen, (), deflator=deflator, balanced=balanced)
    months = codes.months - chosen.start_month
    cell = chosen.group[tally.person] * months + tally.month - chosen.start_month
    # A nominal wage is that of the cents, not of its logarithm and back.
    wages = tally.cents / 100.0 if deflator is None else np.exp(tally.value)
    order = np.lexsort((wages, cell))
    ends = np.searchsorted(cell[order], np.arange(chosen.groups * months + 1))
    return wages[order], ends


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
    tally = count_wage_months(codes, chosen, ())
    if not len(tally.value) or not len(months):
        return Nothing(reason=Reason.NO_JOBS)
    legal = minimum_on(codes.settled[tally.person] + codes.month_days[tally.month])
    known = ~np.isnan(legal)
    cell = (chosen.group[tally.person] * len(months) + tally.month - chosen.start_month)[known]
    shape, size = (chosen.groups, len(months)), chosen.groups * len(months)
    workers = np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)
    total = np.bincount(cell, weights=legal[known], minlength=size).reshape(shape)
    less = tally.cents[known] < np.rint(legal[known] * 100)
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
        estimate="minimum",
        denominator="workers",
        behind=(workers, below, workers - below),
        start_month=chosen.start_month,
    )


def type7(values: FloatArray, ends: np.ndarray) -> FloatArray:
    """Return the type-7 quantiles of sorted segments of `values`.

    Parameters
    ----------
    values
        Sorted within each segment.
    ends
        Segment g is ``values[ends[g]:ends[g + 1]]``.

    Returns
    -------
    Shape (quantiles, segments); NaN for an empty segment.
    """
    first, sizes = ends[:-1], np.diff(ends)
    out = np.full((len(QUANTILES), len(sizes)), np.nan)
    some = sizes > 0
    for index, (_, probability) in enumerate(QUANTILES):
        place = (sizes[some] - 1) * probability
        low = np.floor(place).astype(np.int64)
        high = np.minimum(low + 1, sizes[some] - 1)
        left, right = values[first[some] + low], values[first[some] + high]
        out[index, some] = left + (place - low) * (right - left)
    return out
