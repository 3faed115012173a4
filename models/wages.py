"""What do people earn? Quantiles of the hourly wage, and the share at or above a threshold."""

from __future__ import annotations

import numpy as np

from models.results import Curves, FloatArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import last_months
from models.tally.states import count_cents

QUANTILES = (("p10", 0.10), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p90", 0.90))


def wage_fan(codes: Codes, chosen: Chosen, *, threshold: float = 15.0) -> Result:
    """Type-7 quantiles of the hourly wage of those working at m, and the share at or above `threshold` EUR.

    The wage is the sum of wages over the sum of hours in the calendar month that holds the month day,
    rounded half-even to the cent once; quantiles are interpolated in double precision (Hyndman and Fan, 1996).
    """
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    months = np.arange(chosen.start_month, codes.months)
    if not len(codes.wages.cents) or not len(months):
        return Nothing(reason=Reason.NO_JOBS)
    shape = (chosen.groups, len(months))
    cents, ends = count_cents(codes, chosen)
    workers = np.diff(ends).astype(np.float64).reshape(shape)
    quantiles = type7(cents / 100.0, ends).reshape(len(QUANTILES), *shape)
    reached = np.append(0, np.cumsum(cents >= round(threshold * 100)))
    reach = np.diff(reached[ends]).astype(np.float64).reshape(shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(workers > 0, reach / workers, np.nan)
    last = last_months(codes, chosen)
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
        observed=np.asarray(months[None, :] <= last[:, None]),
        estimate="p50",
        low="p25",
        high="p75",
        denominator="workers",
        # Beyond a decile lies a tenth of the workers: it is they who must be many enough.
        behind=(workers, np.floor(workers * QUANTILES[0][1]), reach, workers - reach),
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
