"""How a regression depends on month: one step a month, a natural cubic spline, or a straight line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.fit import Baseline
from models.results import FloatArray, IntArray

KNOT_SHARES: Final = (0.05, 0.275, 0.5, 0.725, 0.95)
"""Quantiles at which the five knots of a spline lie (Harrell, Regression Modeling Strategies, 2015)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Columns that say how the outcome depends on month.

    Attributes
    ----------
    months
        Months that have a row, shape (months,).
    names, values
        Names of the columns of the baseline, and their values, shape (months, columns).
    trend_names, trend
        What interacts with a column "by month": suffixes of the names and values, shape (months, trends).
    knots
        Knots of a spline, in months; () for other baselines.
    """

    months: IntArray
    names: tuple[str, ...]
    values: FloatArray
    constant: FloatArray
    trend_names: tuple[str, ...]
    trend: FloatArray
    knots: tuple[float, ...] = ()


def hazard_basis(kind: Baseline, months: IntArray, event_days: IntArray) -> Basis:
    """Return the basis of a hazard; the spline is in log time at the middle of the month.

    Month m of the clock holds the days (d(m - 1), d(m)]. Knots are taken from `event_days`, the events by day.
    """
    days = np.asarray(MONTH_DAYS, dtype=np.float64)
    middle = np.log((days[months - 1] + days[months]) / 2)
    knots = np.empty(0)
    if kind == "spline":
        knots = np.log(weighted_quantiles(np.maximum(np.arange(len(event_days)), 1.0), event_days))
    basis = _basis(kind, months, middle, knots)
    return replace(basis, knots=tuple(float(np.exp(knot)) / DAYS_PER_MONTH for knot in basis.knots))


def in_blocks(basis: Basis, ends: tuple[int, ...]) -> Basis:
    """Return `basis` with an indicator of each block of months in the place of its trend."""
    block = np.minimum(np.searchsorted(np.asarray(ends), basis.months), len(ends) - 1)
    starts = (int(basis.months[0]), *(end + 1 for end in ends[:-1]))
    return replace(
        basis,
        trend_names=tuple(f"month[{start}-{end}]" for start, end in zip(starts, ends, strict=True)),
        trend=(block[:, None] == np.arange(len(ends))).astype(np.float64),
    )


def month_basis(kind: Baseline, months: IntArray, observations: IntArray) -> Basis:
    """Return the basis of a state on month days; the spline is in months.

    Its knots are taken from the observations of each month.
    """
    knots = weighted_quantiles(months.astype(np.float64), observations) if kind == "spline" else np.empty(0)
    return _basis(kind, months, months.astype(np.float64), knots)


def _basis(kind: Baseline, months: IntArray, time: FloatArray, knots: FloatArray) -> Basis:
    number = months.astype(np.float64)[:, None]
    one = np.ones_like(number)
    if kind == "steps":
        return Basis(
            months=months,
            names=tuple(f"month[{month}]" for month in months),
            values=np.eye(len(months)),
            constant=np.ones(len(months)),
            trend_names=("month",),
            trend=number,
        )
    if kind == "linear" or len(np.unique(knots)) < 3:
        return Basis(
            months=months,
            names=("(intercept)", "month"),
            values=np.hstack([one, number]),
            constant=np.asarray([1.0, 0.0]),
            trend_names=("month",),
            trend=number,
        )
    curve = natural_spline(time, np.unique(knots))
    names = tuple(f"spline[{place}]" for place in range(1, curve.shape[1] + 1))
    return Basis(
        months=months,
        names=("(intercept)", *names),
        values=np.hstack([one, curve]),
        constant=np.eye(1 + curve.shape[1])[0],
        trend_names=names,
        trend=curve,
        knots=tuple(np.unique(knots).tolist()),
    )


def natural_spline(x: FloatArray, knots: FloatArray) -> FloatArray:
    """Return the natural cubic spline basis of `x`, linear outside the outer knots, shape (len(x), len(knots) - 1).

    Harrell's restricted cubic spline, x first and then one column a knot but two, scaled by the squared range of the
    knots. It spans the same curves as R's ``splines::ns`` with an intercept.
    """
    last, before = knots[-1], knots[-2]
    range_ = (last - knots[0]) ** 2

    def cubed(distance: FloatArray) -> FloatArray:
        return np.asarray(np.maximum(distance, 0.0) ** 3)

    columns = [x]
    for knot in knots[:-2]:
        tail = cubed(x - before) * (last - knot) - cubed(x - last) * (before - knot)
        columns.append((cubed(x - knot) - tail / (last - before)) / range_)
    return np.stack(columns, axis=1)


def weighted_quantiles(values: FloatArray, counts: IntArray) -> FloatArray:
    """Return the type 7 quantiles at KNOT_SHARES of `values` that occur `counts` times."""
    total = int(counts.sum())
    if not total:
        return np.empty(0)
    place = np.asarray(KNOT_SHARES) * (total - 1)
    upto = np.cumsum(counts)
    low = values[np.searchsorted(upto, np.floor(place), side="right")]
    high = values[np.searchsorted(upto, np.ceil(place), side="right")]
    return np.asarray(low + (place - np.floor(place)) * (high - low))
