"""Cox regression from rows, for those who want to compare: partial likelihood by statsmodels, Efron's ties.

It is slow where the piecewise-exponential model is fast, and tells the same: `hazard` is what the views use.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from models.fit import Coefficients, Errors, Fit, Lack, NoFit
from models.regression.bases import Basis
from models.regression.design import Cells, DesignColumn, columns_of, matrix, references_of
from models.regression.formula import Formula
from models.regression.hazard import FEWEST_DEGREES, MOST_ENTRIES
from models.regression.likelihood import one_thread
from models.regression.risk_sets import MOST_GROUPS, set_apart_in_risk_sets
from models.regression.screening import Counts, Screened, screen
from models.results import FloatArray, IntArray
from models.tally.episodes import Episodes

STEPS = 8
"""Newton steps a Cox fit usually takes: what progress is measured by."""
MOST_STEPS = 40
LEAST_INFORMATION = 1e-6
_Found: TypeAlias = tuple[FloatArray, FloatArray, float]
"""Coefficients, their covariance, the log partial likelihood."""


def fit_cox(
    rows: Episodes,
    formula: Formula,
    model: str = "cox",
    *,
    ties: Literal["efron", "breslow"] = "efron",
    progress: Callable[[float], None] | None = None,
) -> Fit | NoFit:
    """Fit a Cox model with the terms of `formula`; its baseline is left unspecified.

    Ties are treated by Efron's approximation, R's default, or Breslow's. `progress` is told the share done, from 0 to
    1. The fit has the log partial likelihood; or it is said why there is none.
    """
    if not rows.persons:
        return NoFit(model=model, lack=Lack.NOBODY)
    if not rows.event.any():
        return NoFit(model=model, lack=Lack.NO_EVENTS)
    cells = Cells(
        columns=rows.columns,
        table=rows.table,
        group=rows.group,
        month=np.zeros(len(rows.group), dtype=np.int64),
    )
    basis = Basis(
        months=np.zeros(1, dtype=np.int64),
        names=(),
        values=np.empty((1, 0)),
        constant=np.empty(0),
        trend_names=(),
        trend=np.empty((1, 0)),
    )
    columns = columns_of(formula, cells, basis)
    if len(columns) * len(rows.group) > MOST_ENTRIES:
        return NoFit(model=model, lack=Lack.TOO_LARGE)
    x = matrix(columns, cells, basis)
    screened = _screened(rows, cells, basis, columns, x)
    total = int(rows.event.sum())
    if not screened.kept:
        return screened.refused(model, Lack.NO_TERMS, total)
    if total - len(screened.kept) < FEWEST_DEGREES:
        return screened.refused(model, Lack.FEW_EVENTS, total)
    found = _newton(rows, screened, x, ties, progress)
    if found is None or _vanishes(found, x[screened.used][:, screened.kept], total):
        apart = set_apart_in_risk_sets(rows, columns, x, screened)
        if apart is not None:
            screened, strata = apart
            if not screened.told:
                return screened.refused(model, Lack.NO_TERMS, total)
            found = _newton(rows, screened, x, ties, progress, strata)
        elif len(np.unique(rows.group[screened.used])) > MOST_GROUPS:
            # Whether events separate it is not known: such an estimate may be that of no maximum.
            found = None
    if found is None:
        return screened.refused(model, Lack.NOT_CONVERGED, total)
    kept = list(screened.kept)
    estimate, covariance, likelihood = found
    return Fit(
        model=model,
        scale="log hazard",
        baseline="",
        coefficients=Coefficients(
            terms=tuple(columns[place].name for place in kept),
            estimate=estimate,
            covariance=covariance,
            persons=screened.persons[kept],
            events=screened.events[kept],
        ).only(screened.told),
        persons=rows.persons,
        events=total,
        person_days=float((rows.exit - rows.entry).sum()),
        observations=len(rows.group),
        log_likelihood=likelihood,
        aic=2 * len(kept) - 2 * likelihood,
        df_residual=total - len(kept),
        errors=Errors.MODEL,
        ties=ties,
        start_month=rows.start_month,
        missing=rows.missing,
        left_out=screened.out,
        references=references_of(formula, cells),
    )


def _screened(
    rows: Episodes, cells: Cells, basis: Basis, columns: tuple[DesignColumn, ...], x: FloatArray
) -> Screened:
    """Leave out levels without events; an intercept takes the place of the baseline when looking for twins."""
    pairs = np.unique(rows.group * np.int64(rows.persons) + rows.person)
    counts = Counts(
        cells=cells,
        basis=basis,
        columns=columns,
        events=rows.event.astype(np.float64),
        size=(rows.exit - rows.entry).astype(np.float64),
        trials=False,
        at_risk=np.ones(len(rows.group), dtype=np.int64),
        persons=np.bincount(pairs // rows.persons, minlength=len(rows.table)),
        total=rows.persons,
    )
    return screen(counts, x, intercept=True)


def _vanishes(found: _Found, x: FloatArray, events: int) -> bool:
    """Whether next to nothing is known of some direction: the maximum may lie at infinity that way."""
    spread = x.std(axis=0)
    try:
        information = np.linalg.inv(found[1] * spread[:, None] * spread[None, :])
    except np.linalg.LinAlgError:
        return True
    # A covariance of columns in units of their spread: each event tells at most about one of information.
    return bool(np.linalg.eigvalsh(information)[0] < LEAST_INFORMATION * events)


def _newton(
    rows: Episodes,
    screened: Screened,
    x: FloatArray,
    ties: str,
    progress: Callable[[float], None] | None,
    strata: IntArray | None = None,
) -> _Found | None:
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, HessianInversionWarning

    steps = 0

    def step(_: object) -> None:
        nonlocal steps
        steps += 1
        if progress is not None:
            progress(min(steps / STEPS, 0.99))

    used, kept = screened.used, list(screened.kept)
    entry = rows.entry[used]
    # In units of their spread, and about their means, columns in days or in years take the same steps.
    centred = x[used][:, kept] - x[used][:, kept].mean(axis=0)
    spread = centred.std(axis=0)
    model = PHReg(
        rows.exit[used].astype(np.float64),
        centred / spread,
        status=rows.event[used].astype(np.float64),
        # Days are whole and entry lies strictly before exit; PHReg counts who enters on the day of an event as at risk.
        entry=entry + 0.5 if entry.any() else None,
        strata=None if strata is None else strata[used],
        ties=ties,
    )
    try:
        with one_thread(), np.errstate(all="ignore"), warnings.catch_warnings():
            # A maximum at infinity overflows on the way there, and is looked at afterwards.
            warnings.simplefilter("ignore", (ConvergenceWarning, HessianInversionWarning, RuntimeWarning))
            fitted = model.fit(method="newton", maxiter=MOST_STEPS, callback=step, disp=0)
            estimate = np.asarray(fitted.params, dtype=np.float64)
            covariance = np.asarray(fitted.cov_params(), dtype=np.float64)
            settled = np.abs(model.score(estimate) * np.sqrt(np.abs(np.diag(covariance)))) < 1e-4
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(estimate).all() or not np.isfinite(covariance).all() or not settled.all():
        return None
    return estimate / spread, covariance / spread[:, None] / spread[None, :], float(fitted.llf)
