"""What do people earn? Quantiles of the hourly wage, and the share at or above a threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from models.intervals import wilson
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes, unpack
from models.tally.exits import last_months
from models.tally.person_months import Deflator, PersonMonths, count_wage_months, month_numbers
from models.tally.states import count_cents

QUANTILES = (("p10", 0.10), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p90", 0.90))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paid:
    """Wages sorted within group and month, where those of each begin, and the months counted.

    Wages of group g in the i-th month are ``wages[ends[g * len(months) + i]:ends[g * len(months) + i + 1]]``; `reached`
    tells which are at least the threshold. `tally` holds persons and months of the wages where those were needed.
    """

    wages: FloatArray
    ends: IntArray
    reached: BoolArray
    months: IntArray
    observed: BoolArray
    tally: PersonMonths | None

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and months."""
        return self.observed.shape[0], len(self.months)

    @property
    def workers(self) -> FloatArray:
        """Persons with a wage, shape (groups, months)."""
        return np.diff(self.ends).astype(np.float64).reshape(self.shape)

    @property
    def reach(self) -> FloatArray:
        """Persons with a wage at or above the threshold, shape (groups, months)."""
        upto = np.append(0, np.cumsum(self.reached))
        return np.diff(upto[self.ends]).astype(np.float64).reshape(self.shape)


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
    paid = _paid(codes, chosen, threshold, deflator, balanced)
    if isinstance(paid, Nothing):
        return paid
    workers, reach = paid.workers, paid.reach
    quantiles = type7(paid.wages, paid.ends).reshape(len(QUANTILES), *paid.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(workers > 0, reach / workers, np.nan)
    curves = Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=paid.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            *(
                Measure(name=name, unit=Unit.EUR_PER_HOUR, values=quantiles[index])
                for index, (name, _) in enumerate(QUANTILES)
            ),
            Measure(name="share_at_least", unit=Unit.SHARE, values=share),
        ),
        observed=paid.observed,
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
    minimum = _mean_minimum(codes, chosen, paid, minimum_on, deflator)
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
    paid = _paid(codes, chosen, threshold, deflator, balanced)
    if isinstance(paid, Nothing):
        return paid
    workers, reach = paid.workers, paid.reach
    low, high = wilson(reach.astype(np.int64), workers.astype(np.int64))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = reach / workers
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=paid.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="share_at_least", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=paid.observed,
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
    paid = _paid(codes, chosen, 0.0, deflator, balanced)
    if isinstance(paid, Nothing):
        return paid
    base = base_month(chosen.start_month, balanced)
    if base > paid.months[-1]:
        return Nothing(reason=Reason.NO_MONTHS)
    median = type7(paid.wages, paid.ends)[MEDIAN].reshape(paid.shape)
    workers, at_base = paid.workers, base - int(paid.months[0])
    then = np.broadcast_to(workers[:, at_base, None], workers.shape)
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=paid.months,
        measures=(
            Measure(name="workers", unit=Unit.PERSONS, values=workers),
            Measure(name="p50", unit=Unit.EUR_PER_HOUR, values=median),
            Measure(name="growth", unit=Unit.SHARE, values=median / median[:, at_base, None] - 1),
        ),
        observed=paid.observed & (paid.months >= base),
        estimate="growth",
        denominator="workers",
        behind=(workers, then),
        start_month=chosen.start_month,
    )


def base_month(start_month: int, balanced: tuple[int, int] | None = None) -> int:
    """Return the month from which growth of wages is counted: BASE_MONTH, or the first one there is after it."""
    return max(BASE_MONTH, start_month, balanced[0] if balanced else 0)


def _paid(
    codes: Codes,
    chosen: Chosen,
    threshold: float,
    deflator: Deflator | None,
    balanced: tuple[int, int] | None,
) -> _Paid | Nothing:
    """Wages of those working, nominal or real, of everyone or of a balanced panel."""
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    months = np.arange(chosen.start_month, codes.months)
    if not len(codes.wages.cents) or not len(months):
        return Nothing(reason=Reason.NO_JOBS)
    tally = None
    if deflator is None and balanced is None:
        cents, ends = count_cents(codes, chosen)
        wages, reached = cents / 100.0, cents >= round(threshold * 100)
    else:
        tally = count_wage_months(codes, chosen, (), deflator=deflator, balanced=balanced)
        wages, ends = _sorted(tally, codes, chosen, nominal=deflator is None)
        # A nominal 15.00 is at the threshold also after the detour by logarithms.
        reached = wages >= threshold - 1e-9
    observed = np.asarray(months[None, :] <= last_months(codes, chosen)[:, None])
    if balanced is not None:
        observed &= (months >= balanced[0]) & (months <= balanced[1])
    return _Paid(wages=wages, ends=ends, reached=reached, months=months, observed=observed, tally=tally)


def _sorted(
    tally: PersonMonths, codes: Codes, chosen: Chosen, *, nominal: bool
) -> tuple[FloatArray, IntArray]:
    """Wages sorted within group and month, and where those of each begin: real, or of a balanced panel."""
    months = codes.months - chosen.start_month
    cell = chosen.group[tally.person] * months + tally.month - chosen.start_month
    # A nominal wage is that of the cents, not of its logarithm and back.
    wages = tally.cents / 100.0 if nominal else np.exp(tally.value)
    order = np.lexsort((wages, cell))
    ends = np.searchsorted(cell[order], np.arange(chosen.groups * months + 1))
    return wages[order], ends


def _mean_minimum(
    codes: Codes,
    chosen: Chosen,
    paid: _Paid,
    minimum_on: Callable[[IntArray], FloatArray],
    deflator: Deflator | None,
) -> FloatArray:
    """Mean statutory minimum of those whose wages are counted, each on the own month day, shape (groups, months)."""
    start = chosen.start_month
    if paid.tally is None:
        first = int(codes.wages.starts[start])
        person = codes.wages.person[first:].astype(np.int64)
        month = np.repeat(paid.months, np.diff(codes.wages.starts[start:]))
        inside = unpack(codes.of_age[start:], codes.persons)[month - start, person] & (
            chosen.group[person] >= 0
        )
        person, month = person[inside], month[inside]
    else:
        person, month = paid.tally.person, paid.tally.month
    legal = minimum_on(codes.settled[person] + codes.month_days[month])
    if deflator is not None:
        legal = legal * deflator.of(month_numbers(codes, person, month))
    known = ~np.isnan(legal)
    cell = (chosen.group[person] * len(paid.months) + month - start)[known]
    size = chosen.groups * len(paid.months)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(cell, weights=legal[known], minlength=size) / np.bincount(cell, minlength=size)
    return np.asarray(mean.reshape(paid.shape))


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
        estimate="share_below",
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
