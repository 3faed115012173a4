"""How much does the share working differ between two selections? They may share persons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.clocks import MONTH_DAYS
from models.departure import FEWEST_AT_RISK
from models.differences import MONTHS, correlation_of, difference_curves
from models.intervals import wilson
from models.recovered import Share
from models.results import BoolArray, Curves, FloatArray, Nothing, Reason
from models.tally.choosing import Chosen
from models.tally.codes import Codes, unpack
from models.tally.exits import last_months


def difference_in_work(
    codes: Codes, a: Chosen, b: Chosen, months: tuple[int, ...] = MONTHS
) -> Curves | Nothing:
    """Share working of selection `a` less that of `b`, among those present, aged 18 to 64 and observable that day.

    The variance is the sum over all persons of (a (y - p_a) / n_a - b (y - p_b) / n_b)^2, in which `a` and `b` say
    whether the person is counted in either and `y` whether the person works: the influence of a person on the
    difference (the infinitesimal jackknife), so that who is in both counts once. Without persons in common it is
    p_a (1 - p_a) / n_a + p_b (1 - p_b) / n_b.

    Returns
    -------
    Curves as of `models.differences.difference_between`, with limits from Wilson's of both shares. A month appears
    where both selections are observed, with at least ten persons in each, of whom some work and some do not. Of an
    extract, a month before a person's entry is not observed.
    """
    sides = [_together(chosen) for chosen in (a, b)]
    if not all((side.group >= 0).any() for side in sides):
        return Nothing(reason=Reason.NOBODY)
    last = min(int(last_months(codes, side)[0]) for side in sides)
    at = np.asarray(months, dtype=np.int64)
    observed = (at <= last) & (at >= max(a.start_month, b.start_month)) & (at < codes.months)
    if not observed.any():
        return Nothing(reason=Reason.NO_MONTHS)
    share, present, working = (np.full((2, len(at)), np.nan) for _ in range(3))
    alone = np.zeros((2, len(at)))
    error, correlation = (np.full((1, len(at)), np.nan) for _ in range(2))
    for point in np.flatnonzero(observed).tolist():
        month = int(at[point])
        here = unpack(codes.present[month] & codes.of_age[month], codes.persons)
        here &= codes.entry <= MONTH_DAYS[month]
        works = unpack(codes.working[month], codes.persons)
        inside = [here & (side.group >= 0) for side in sides]
        present[:, point] = [mask.sum() for mask in inside]
        working[:, point] = [(mask & works).sum() for mask in inside]
        alone[:, point] = (inside[0] & ~inside[1]).sum(), (inside[1] & ~inside[0]).sum()
        if (present[:, point] == 0).any():
            continue
        share[:, point] = working[:, point] / present[:, point]
        one, other = (
            mask * (works - p) / n
            for mask, p, n in zip(inside, share[:, point], present[:, point], strict=True)
        )
        error[0, point] = np.sqrt(((one - other) ** 2).sum())
        own = np.sqrt((one**2).sum()), np.sqrt((other**2).sum())
        correlation[0, point] = correlation_of((one * other).sum(), *own)
    observed = observed & (present > 0).all(axis=0)
    if not observed.any():
        return Nothing(reason=Reason.NO_MONTHS)
    compared = observed & _enough(working, present)
    if not compared.any():
        return Nothing(reason=Reason.FEW)
    return difference_curves(
        (),
        ((),),
        at,
        (_share(working[:1], present[:1]), _share(working[1:], present[1:])),
        correlation=correlation,
        error=error,
        observed=compared[None, :],
        behind=(present.min(axis=0)[None, :], *_parts(working, present), *(row[None, :] for row in alone)),
        start_month=max(a.start_month, b.start_month),
        starts=np.zeros(1, dtype=np.int64),
    )


def _together(chosen: Chosen) -> Chosen:
    """Return a selection as one group."""
    return replace(chosen, by=(), keys=((),), group=np.where(chosen.group >= 0, 0, -1))


def _enough(working: FloatArray, present: FloatArray) -> BoolArray:
    """Whether both selections have at least ten persons, of whom some work and some do not, shape (points,)."""
    some = (present >= FEWEST_AT_RISK) & (working > 0) & (working < present)
    return np.asarray(some.all(axis=0))


def _share(working: FloatArray, present: FloatArray) -> Share:
    """Return a share with Wilson's limits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = working / present
    return Share(value=value, limits=lambda z: wilson(working, present, z))


def _parts(working: FloatArray, present: FloatArray) -> tuple[FloatArray, ...]:
    """Who works and who does not, in either selection: a share tells of both."""
    return tuple(row[None, :] for row in (*working, *(present - working)))
