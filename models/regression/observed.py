"""What was observed beside what a regression says, on the same monthly grid.

The fitted number of a cell is its expectation given what is in it: person-days times the fitted rate, or persons times
the fitted share. With a step a month the totals of a month agree by themselves; those of its groups need not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.disclosure.rounding import rounded, to_step
from models.fit import Lack
from models.regression.clustered import Summed, summed_by_cell
from models.regression.design import Regression, columns_of, matrix
from models.regression.formula import Formula
from models.regression.hazard import Hazard
from models.regression.predicted import grid
from models.regression.screening import moved_by
from models.regression.told import needs_hidden, weights_of
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Unit
from models.rules import Rules
from models.shortcuts import CURVE
from models.tally.covariates import Covariate
from models.tally.person_months import PersonMonths
from models.tally.person_time import PersonTime

FEWEST: Final = 10
"""A curve ends where fewer persons are at risk or counted."""
PARTS: Final = ("observed", "fitted")
MOST_AT_ONCE: Final = 4_000_000
"""Numbers of a design held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Sums by level and month, shape (levels, months): what is counted, its size, and the persons behind both."""

    observed: FloatArray
    fitted: FloatArray
    size: FloatArray
    persons: FloatArray
    counted: FloatArray


def observed_hazard(
    hazard: Hazard, tally: PersonTime, column: str = "", last_month: Mapping[str, int] | None = None
) -> Curves | Nothing:
    """Observed and fitted events per 30.4375 person-days, by month of the clock.

    `tally`, to which the hazard was fitted, may be split further by the category `column`. `last_month` is by level
    ("" without a column) the last month that somebody in it could be followed through: later months are seen for a few
    days only, and are left out. None leaves out nothing.

    Returns
    -------
    Curves by `column` with the part ``curve`` (observed, fitted) and columns ``rate, events``. A curve ends with the
    last month in which at least `FEWEST` persons are at risk, where there is one.
    """
    months = len(tally.months)
    beta = hazard.fitted.estimate
    rates = np.zeros(tally.events.shape)
    step = max(1, MOST_AT_ONCE // max(months * max(len(beta), 1), 1))
    for first in range(0, len(tally.table), step):
        part = slice(first, first + step)
        design, zero, lost = grid(hazard, tally.columns, tally.table[part])
        rate = np.exp(design @ beta).reshape(zero.shape)
        rate[zero] = 0.0
        rate[lost] = np.nan
        rates[part] = rate
    level, levels = _levels(tally.columns, tally.table, column)

    def summed(values: IntArray | FloatArray) -> FloatArray:
        out = np.zeros((len(levels), months))
        np.add.at(out, level, values)
        return out

    events = summed(tally.events)
    sums = _Sums(
        observed=events,
        fitted=summed(rates * tally.person_days),
        size=summed(tally.person_days),
        persons=summed(tally.at_risk),
        counted=events,
    )
    tally_size = sums.size
    if not hazard.rules.exact:
        weight = np.where(np.isnan(rates), 0.0, weights_of(tally.at_risk, hazard.rules))
        sums = _told(
            sums, summed(np.nan_to_num(rates) * weight), summed(weight), hazard.rules, DAYS_PER_MONTH
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        both = _interleaved(
            sums.observed / sums.size * DAYS_PER_MONTH, sums.fitted / sums.size * DAYS_PER_MONTH
        )
    measures = (
        Measure(name="rate", unit=Unit.PER_MONTH, values=both),
        Measure(name="events", unit=Unit.EXPECTED, values=_interleaved(sums.observed, sums.fitted)),
    )
    seen = tally_size > 0
    if last_month is not None:
        last = np.asarray([last_month[key[0] if key else ""] for key in levels])
        seen &= tally.months[None, :] <= last[:, None]
    return _curves(column, levels, tally.months, measures, sums, tally.start_month, seen)


def observed_months(
    regression: Regression, tally: PersonMonths, formula: Formula, column: str = ""
) -> Curves | Nothing:
    """Observed and fitted share working, or hourly wage (geometric mean), by month since settling.

    `tally`, to which the regression was fitted, may be split further by `column`; `formula` is that of the regression.

    Returns
    -------
    Curves by `column` with the part ``curve`` (observed, fitted) and the column ``share_working``, or ``hourly_wage``
    in EUR: the exponent of the mean of the logarithm. A curve ends with the last month that has at least `FEWEST`
    persons, where there is one.
    """
    summed = summed_by_cell(tally, formula)
    months = summed.basis.months
    fitted = _fitted_mean(regression, summed, formula)
    level_of_group, levels = _levels(tally.columns, tally.table, column)
    cell = level_of_group[summed.cells.group] * len(months) + summed.cells.month
    shape = (len(levels), len(months))

    def by_level(values: FloatArray) -> FloatArray:
        sums = np.bincount(cell, weights=values, minlength=shape[0] * shape[1])
        return np.asarray(sums.reshape(shape), dtype=np.float64)

    sums = _Sums(
        observed=by_level(summed.sum),
        fitted=by_level(summed.number * fitted),
        size=by_level(summed.number),
        persons=by_level(summed.number),
        counted=by_level(summed.sum),
    )
    seen, wages = sums.size > 0, regression.fit.scale == "log wage"
    if not regression.rules.exact:
        weight = np.where(np.isnan(fitted), 0.0, weights_of(summed.number, regression.rules))
        average = by_level(np.nan_to_num(fitted) * weight), by_level(weight)
        mean = sums.observed / np.where(seen, sums.size, np.nan) if wages else None
        sums = _told(sums, *average, regression.rules, mean=mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        both = _interleaved(sums.observed / sums.size, sums.fitted / sums.size)
    if wages:
        measure = Measure(name="hourly_wage", unit=Unit.EUR_PER_HOUR, values=np.exp(both))
    else:
        measure = Measure(name="share_working", unit=Unit.SHARE, values=both)
    return _curves(column, levels, months, (measure,), sums, tally.start_month, seen)


def _fitted_mean(regression: Regression, summed: Summed, formula: Formula) -> FloatArray:
    """Fitted share or mean of each cell; cells of a level left out for want of events are 0, or 1."""
    found = regression.fitted.estimate
    design = matrix(regression.columns, summed.cells, summed.basis)
    linear = design @ found
    linear[needs_hidden(regression, design)] = np.nan
    if regression.fit.scale == "log wage":
        return linear
    mean: FloatArray = 1 / (1 + np.exp(-linear))
    certain = {
        lack.term: lack.lack is Lack.ALL_EVENTS
        for lack in regression.fit.left_out
        if lack.lack in (Lack.NO_EVENTS, Lack.ALL_EVENTS)
    }
    # Under rules that round it is not told that nobody works, or everybody.
    none, everybody = (0.0, 1.0) if regression.rules.exact else (np.nan, np.nan)
    for one in columns_of(formula, summed.cells, summed.basis):
        if one.name in certain:
            inside = matrix((one,), summed.cells, summed.basis)[:, 0] != 0
            mean[inside] = everybody if certain[one.name] else none
    if regression.apart:
        rows = matrix(regression.apart, summed.cells, summed.basis)
        down, up = moved_by(regression.direction, rows)
        mean[down], mean[up] = none, everybody
    return mean


def _told(
    sums: _Sums,
    fitted: FloatArray,
    weight: FloatArray,
    rules: Rules,
    unit: float = 1.0,
    mean: FloatArray | None = None,
) -> _Sums:
    """Return sums of which each number is rounded once, and beside them the average that told coefficients predict.

    `fitted` is summed by `weight`; sizes are rounded in so many of `unit`. The `mean` of logarithms of wages is told to
    the same steps as quantiles are.
    """
    size = rounded(sums.size / unit, rules) * unit
    with np.errstate(divide="ignore", invalid="ignore"):
        predicted = fitted / weight * size
    observed = rounded(sums.observed, rules) if mean is None else np.log(to_step(np.exp(mean))) * size
    return replace(sums, observed=observed, fitted=predicted, size=size)


def _levels(
    columns: tuple[Covariate, ...], table: IntArray, column: str
) -> tuple[IntArray, tuple[tuple[str, ...], ...]]:
    """Return the level of each group and the keys of the levels that occur."""
    if not column:
        return np.zeros(len(table), dtype=np.int64), ((),)
    place = [covariate.name for covariate in columns].index(column)
    used, level = np.unique(table[:, place], return_inverse=True)
    return level.astype(np.int64), tuple((columns[place].levels[int(one)],) for one in used)


def _interleaved(observed: FloatArray, fitted: FloatArray) -> FloatArray:
    """Return the series of each level next to each other: observed, then fitted."""
    return np.stack([observed, fitted], axis=1).reshape(-1, observed.shape[1])


def _before_few(persons: FloatArray) -> BoolArray:
    """Return the months up to the last with persons enough; all of them where there are never enough."""
    enough = persons >= FEWEST
    later = np.cumsum(enough[:, ::-1], axis=1)[:, ::-1] > 0
    return np.asarray(later | ~enough.any(axis=1, keepdims=True))


def _curves(
    column: str,
    levels: tuple[tuple[str, ...], ...],
    months: IntArray,
    measures: tuple[Measure, ...],
    sums: _Sums,
    start_month: int,
    seen: BoolArray,
) -> Curves | Nothing:
    seen = seen & _before_few(sums.persons)
    if not seen.any():
        return Nothing(reason=Reason.NO_MONTHS)
    # Both parts tell of the same persons: they are shown or hidden together.
    behind = {
        Unit.PER_MONTH: (sums.persons, sums.counted),
        Unit.SHARE: (sums.persons, sums.counted, sums.size - sums.counted),
        Unit.EUR_PER_HOUR: (sums.persons, sums.persons),
    }[measures[0].unit]
    return Curves(
        by=(column,) if column else (),
        keys=tuple((*level, part) for level in levels for part in PARTS),
        part=CURVE,
        at=months,
        measures=measures,
        observed=np.repeat(seen, 2, axis=0),
        estimate=measures[0].name,
        behind=tuple(np.repeat(values, 2, axis=0) for values in behind),
        start_month=start_month,
    )
