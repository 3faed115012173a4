"""How much does the share working differ between two selections? They may share persons."""

from __future__ import annotations

import numpy as np

from models.departure import FEWEST_AT_RISK
from models.differences import correlation_of, difference_curves
from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.intervals import wilson
from models.recovered import Share
from models.results import BoolArray, Counts, FloatArray, Nothing, Reason, Result
from models.rules import Rules
from models.tally.two_selections import WorkOfTwo


def difference_in_work(released: Released[WorkOfTwo]) -> Result:
    """Share working of the first selection less that of the second, among those present and aged 18 to 64 that day.

    The variance is the sum over all persons of (a (y - p_a) / n_a - b (y - p_b) / n_b)^2, in which `a` and `b` say
    whether the person is counted in either and `y` whether the person works: the influence of a person on the
    difference (the infinitesimal jackknife), so that who is in both counts once. Without persons in common it is
    p_a (1 - p_a) / n_a + p_b (1 - p_b) / n_b; so it is of rounded counts, which do not say who is in both.

    Returns
    -------
    Curves as of `models.differences.difference_between`, with limits from Wilson's of both shares. A month appears
    where both selections are observed, with at least ten persons in each, of whom some work and some do not. Of an
    extract, a month before a person's entry is not observed.
    """
    tally = released.counts
    present, working = tally.present, tally.working
    if not tally.persons.all():
        return Nothing(reason=Reason.NOBODY)
    seen = tally.observed & (present != 0).all(axis=0)
    if not seen.any():
        return Nothing(reason=Reason.NO_MONTHS)
    if np.isnan(present[:, seen]).any(axis=0).all():
        return Nothing(reason=Reason.ALL_HIDDEN)
    compared = seen & _enough(working, present)
    if not compared.any():
        return Nothing(reason=Reason.FEW)
    error, correlation = _errors(tally)
    one, other = (_share(working[side, None], present[side, None], released.rules) for side in (0, 1))
    return difference_curves(
        (),
        ((),),
        tally.months,
        (one, other),
        correlation=correlation[None, :],
        error=error[None, :],
        observed=compared[None, :],
        behind=(present.min(axis=0)[None, :].astype(np.float64),),
        start_month=tally.start_month,
        starts=np.zeros(1, dtype=np.int64),
        passed=released.passed,
    )


def _errors(tally: WorkOfTwo) -> tuple[FloatArray, FloatArray]:
    """Return the error of the difference and the correlation of the two shares, shape (months,).

    Everybody of one kind (in the one, the other or both; at work or not) has the same influence.
    """
    n, w = tally.present.astype(np.float64), tally.working.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = w / n
        works, rests = (1 - p) / n, -p / n
        both, both_rest = tally.both_working, tally.both_present - tally.both_working
        square = both * (works[0] - works[1]) ** 2 + both_rest * (rests[0] - rests[1]) ** 2
        for side in (0, 1):
            square = square + (w[side] - both) * works[side] ** 2
            square = square + (n[side] - w[side] - both_rest) * rests[side] ** 2
        own = np.sqrt(w * works**2 + (n - w) * rests**2)
        in_common = both * works[0] * works[1] + both_rest * rests[0] * rests[1]
    return np.sqrt(square), correlation_of(in_common, own[0], own[1])


def _enough(working: Counts, present: Counts) -> BoolArray:
    """Whether both selections have at least ten persons, of whom some work and some do not, shape (months,)."""
    some = (present >= FEWEST_AT_RISK) & (working > 0) & (working < present)
    return np.asarray(some.all(axis=0))


def _share(working: Counts, present: Counts, rules: Rules) -> Share:
    """Return a share with Wilson's limits."""
    return Share(value=share_of(working, present, rules), limits=lambda z: wilson(working, present, z))
