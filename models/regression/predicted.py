"""What a hazard model says of a profile, or of everyone if they were all of one level: curves and their differences.

Standardised curves average the predictions over the covariates that people had at settling (the g-formula of Robins,
1986, for one choice at the start). Intervals come from draws of the coefficients, on the log-log scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.intervals import Z
from models.regression.design import Cells, matrix, rows_of
from models.regression.hazard import Hazard
from models.regression.screening import moved_by
from models.regression.told import needs_hidden, weights_of
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Rows, Unit
from models.tally.covariates import Covariate
from models.tally.person_time import PersonTime

DRAWS: Final = 1000
SEED: Final = 20270304
MONTHS: Final = (6, 12, 24)
MOST_AT_ONCE: Final = 4_000_000
"""Numbers held at once while drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """Average predicted shares departed at d(0), d(1), ... by scenario, shape (scenarios, months + 1).

    `draws` are the same for every draw of the coefficients, shape (draws, scenarios, months + 1).
    """

    share: FloatArray
    draws: FloatArray


def predict(
    hazard: Hazard,
    columns: tuple[Covariate, ...],
    tables: tuple[IntArray, ...],
    weights: FloatArray,
    draws: int = DRAWS,
) -> Predicted:
    """Return the weighted average of the predicted shares for each of `tables`.

    A table is a scenario: places of the covariates by group, shape (groups, columns); `weights` are persons, shape
    (groups,).
    """
    months = hazard.basis.months
    days = np.diff(np.asarray(MONTH_DAYS)[np.append(0, months)]).astype(np.float64)
    # Before risk starts nobody was followed: those months have no rate, and what follows is given presence then.
    days[months <= hazard.fit.start_month] = 0.0
    found = hazard.fitted
    sets = np.vstack([found.estimate[None, :], drawn(found.estimate, found.covariance, draws)])
    share = np.zeros((len(sets), len(tables), len(months) + 1))
    for scenario, table in enumerate(tables):
        design, zero, lost = grid(hazard, columns, table)
        # A month that is told of nobody ends the curve; a group whose level is not told is left out of the average.
        unknown = np.where(lost.all(axis=0), np.nan, 0.0)[:, None]
        kept = np.where((lost & ~lost.all(axis=0)).any(axis=1), 0.0, weights)
        weight = kept / kept.sum() if kept.any() else np.full(len(kept), np.nan)
        step = max(1, MOST_AT_ONCE // len(design))
        for first in range(0, len(sets), step):
            part = sets[first : first + step]
            rate = np.exp(design @ part.T).reshape(len(table), len(months), len(part))
            rate[zero] = 0.0
            staying = np.exp(-np.cumsum(rate * days[None, :, None] + unknown, axis=1))
            share[first : first + step, scenario, 1:] = 1 - np.einsum("g,gmd->dm", weight, staying)
    return Predicted(share=share[0], draws=share[1:])


def profile_curve(
    hazard: Hazard, tally: PersonTime, profile: Mapping[str, str | float], last_month: int
) -> Curves | Nothing:
    """Return the predicted share departed of one profile: a level or number for every column of the fit.

    The curve runs to `last_month`, the last that somebody could be followed through.

    Raises
    ------
    KeyError
        When the profile lacks a column or names a level that nobody has; the caller checks beforehand.
    """
    table = np.zeros((1, len(tally.columns)), dtype=np.int64)
    columns = list(tally.columns)
    for place, column in enumerate(tally.columns):
        value = profile[column.name]
        if column.values is not None:
            columns[place] = Covariate(name=column.name, values=np.asarray([float(value)]))
        elif value in column.levels:
            table[0, place] = column.levels.index(str(value))
        else:
            raise KeyError(value)
    predicted = predict(hazard, tuple(columns), (table,), np.ones(1))
    last = np.asarray([min(int(hazard.basis.months[-1]), last_month)])
    behind = (np.asarray([float(tally.total_persons)]),)
    return _curves((), ((),), predicted, last, behind, tally.start_month)


def standardised_curves(
    hazard: Hazard, tally: PersonTime, column: str, last_month: Mapping[str, int] | None = None
) -> Curves | Nothing:
    """Return the average predicted share departed if everyone had each level of `column` in turn.

    Each curve runs to the `last_month` of its level, the last that somebody in it could be followed through; without,
    to the last month with a day observed, whose rate may rest on a few days. Covariates are as at settling: a model
    with lagged work has no standardised curve.
    """
    predicted, levels, last, behind = _standardised(hazard, tally, column, last_month)
    if not levels:
        return Nothing(reason=Reason.ONE_GROUP)
    keys = tuple((level,) for level in levels)
    return _curves((column,), keys, predicted, last, behind, tally.start_month)


def standardised_differences(
    hazard: Hazard, tally: PersonTime, column: str, last_month: Mapping[str, int] | None = None
) -> Rows | Nothing:
    """Return the difference of standardised shares at 6, 12 and 24 months from the first level, and of mean stay.

    Columns ``difference, ci_low, ci_high`` (shares) and ``mean_stay, mean_stay_low, mean_stay_high`` (difference of
    the restricted mean stay to that month, in months), with pointwise intervals from the draws.
    """
    predicted, levels, last, (persons, events) = _standardised(hazard, tally, column, last_month)
    days = np.asarray(MONTH_DAYS)[np.append(0, hazard.basis.months)].astype(np.float64)
    keys, rows, behind = [], [], []
    for place in range(1, len(levels)):
        for month in MONTHS:
            if not tally.start_month < month <= min(last[0], last[place]):
                continue
            at = month
            share = predicted.share[place, at] - predicted.share[0, at]
            drawn = predicted.draws[:, place, at] - predicted.draws[:, 0, at]
            stay = _area(predicted.share, days, at)
            drawn_stay = _area(predicted.draws, days, at)
            rows.append(
                (
                    share,
                    *(share + side * Z * drawn.std() for side in (-1, 1)),
                    stay[place] - stay[0],
                    *(
                        stay[place] - stay[0] + side * Z * (drawn_stay[:, place] - drawn_stay[:, 0]).std()
                        for side in (-1, 1)
                    ),
                )
            )
            keys.append((levels[place], month))
            behind.append((persons[place], persons[0], events[place], events[0]))
    if not rows:
        return Nothing(reason=Reason.ONE_GROUP if len(levels) < 2 else Reason.NO_MONTHS)
    values = np.asarray(rows).T
    names = ("difference", "ci_low", "ci_high", "mean_stay", "mean_stay_low", "mean_stay_high")
    units = (Unit.POINTS,) * 3 + (Unit.MONTHS,) * 3
    return Rows(
        columns=(column, "month"),
        keys=tuple(keys),
        measures=tuple(
            Measure(name=name, unit=unit, values=value)
            for name, unit, value in zip(names, units, values, strict=True)
        ),
        behind=tuple(np.asarray(behind, dtype=np.float64).T),
    )


def _area(share: FloatArray, days: FloatArray, month: int) -> FloatArray:
    """Area under staying to a month, in months; the hazard is constant within one, so a mean of ends is close."""
    staying = 1 - share[..., : month + 1]
    return np.asarray(np.trapezoid(staying, days[: month + 1], axis=-1) / DAYS_PER_MONTH)


def _standardised(
    hazard: Hazard, tally: PersonTime, column: str, last_month: Mapping[str, int] | None
) -> tuple[Predicted, tuple[str, ...], IntArray, tuple[FloatArray, FloatArray]]:
    place = [covariate.name for covariate in tally.columns].index(column)
    covariate = tally.columns[place]
    weights = weights_of(tally.persons, hazard.rules)
    used = [int(level) for level in np.unique(tally.table[weights > 0, place])]
    tables = []
    for level in used:
        table = tally.table.copy()
        table[:, place] = level
        tables.append(table)
    predicted = predict(hazard, tally.columns, tuple(tables), weights)
    exposed = [tally.person_days[tally.table[:, place] == level].sum(axis=0) > 0 for level in used]
    last = np.asarray([int(np.flatnonzero(seen)[-1]) + 1 for seen in exposed])
    if last_month is not None:
        last = np.minimum(last, [last_month[covariate.levels[level]] for level in used])
    of_level = [tally.table[:, place] == level for level in used]
    persons = np.asarray([float(tally.persons[inside].sum()) for inside in of_level])
    events = np.asarray([float(tally.events[inside].sum()) for inside in of_level])
    return predicted, tuple(covariate.levels[level] for level in used), last, (persons, events)


def grid(
    hazard: Hazard, columns: tuple[Covariate, ...], table: IntArray
) -> tuple[FloatArray, BoolArray, BoolArray]:
    """Return the design of every group and month, where the fitted hazard is 0 for want of events, and where untold.

    Under rules that round it is not told that nobody had the event.
    """
    months = len(hazard.basis.months)
    cells = Cells(
        columns=columns,
        table=table,
        group=np.repeat(np.arange(len(table)), months),
        month=np.tile(np.arange(months), len(table)),
    )
    zero = np.zeros(len(cells.group), dtype=np.bool_)
    for column in hazard.without_events:
        inside = rows_of(column, cells)
        if column.basis >= 0:
            inside &= hazard.basis.values[cells.month, column.basis] != 0
        zero |= inside
    if hazard.apart:
        down, _ = moved_by(hazard.direction, matrix(hazard.apart, cells, hazard.basis))
        zero |= down
    design = matrix(hazard.columns, cells, hazard.basis)
    lost = needs_hidden(hazard, design)
    if not hazard.rules.exact:
        zero, lost = np.zeros_like(zero), lost | zero
    return design, zero.reshape(len(table), months), lost.reshape(len(table), months)


def drawn(estimate: FloatArray, covariance: FloatArray, draws: int, seed: int = SEED) -> FloatArray:
    """Return seeded draws of normally distributed coefficients, shape (draws, k): the same in whatever unit."""
    error = np.sqrt(np.diag(covariance))
    scale = np.where(error > 0, error, 1.0)
    values, vectors = np.linalg.eigh(covariance / scale[:, None] / scale[None, :])
    root = scale[:, None] * vectors * np.sqrt(np.maximum(values, 0.0))
    noise = np.random.default_rng(seed).standard_normal((draws, len(estimate)))
    return np.asarray(estimate[None, :] + noise @ root.T)


def _curves(
    by: tuple[str, ...],
    keys: tuple[tuple[str, ...], ...],
    predicted: Predicted,
    last: IntArray,
    behind: tuple[FloatArray, ...],
    start: int,
) -> Curves:
    """Return the curves from month `start`, at which nobody has left; `behind` has shape (series,) each."""
    staying = 1 - predicted.share
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.log(-np.log(staying))
        error = np.log(-np.log(1 - predicted.draws)).std(axis=0)
        low, high = (1 - np.exp(-np.exp(scale + side * Z * error)) for side in (-1, 1))
    low[:, start], high[:, start] = 0.0, 0.0
    months = np.arange(start, predicted.share.shape[1])
    share, low, high = predicted.share[:, start:], low[:, start:], high[:, start:]
    return Curves(
        by=by,
        keys=keys,
        at=months,
        measures=(
            Measure(name="share_departed", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=months[None, :] <= last[:, None],
        estimate="share_departed",
        low="ci_low",
        high="ci_high",
        behind=tuple(np.repeat(numbers[:, None], len(months), axis=1) for numbers in behind),
        start_month=start,
    )
