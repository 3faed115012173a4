"""Hazard regression: piecewise-exponential, as Poisson counts on cells of person-time.

The likelihood of a piecewise-constant hazard is that of Poisson counts with log person-days as offset (Holford,
Biometrics 1980; Laird and Olivier, JASA 1981), and depends on events and person-days by cell alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.fit import Coefficients, Errors, Fit, Lack, LeftOut, NoFit, TermTest
from models.regression.bases import Basis, hazard_basis
from models.regression.design import (
    Cells,
    Column,
    aliased,
    columns_of,
    left_out,
    matrix,
    references_of,
    rows_of,
)
from models.regression.formula import Formula
from models.regression.likelihood import Estimated, estimate
from models.results import BoolArray, FloatArray, IntArray
from models.tally.person_time import PersonTime

FEWEST_DEGREES = 10
MOST_ENTRIES = 200_000_000
"""A design of more numbers (1.6 GB) is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A fit with what prediction needs of it: columns and basis. No row of a person, no design matrix.

    `steps_without_events` are months left out of the likelihood, in which the fitted hazard is 0.
    """

    fit: Fit
    columns: tuple[Column, ...]
    basis: Basis
    steps_without_events: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problem:
    """Cells with exposure, flattened, and the columns asked for."""

    cells: Cells
    basis: Basis
    columns: tuple[Column, ...]
    events: FloatArray
    exposure: FloatArray
    tally: PersonTime


def fit_hazard(
    tally: PersonTime, formula: Formula, model: str = "departure", *, tests: bool = True
) -> Hazard | NoFit:
    """Fit a piecewise-exponential hazard with the terms of `formula`, and test every term.

    Parameters
    ----------
    tally
        Events and person-days, with all columns of the formula among its covariates.
    formula
        Terms and baseline.
    model
        Name to put on the fit.
    tests
        Whether to test the terms, each of which takes a fit without it.

    Returns
    -------
    The fit; or why there is none: no event, no residual degrees of freedom, no convergence.
    """
    problem = _problem(tally, formula)
    if isinstance(problem, Lack):
        return NoFit(model=model, lack=problem)
    solved = _solve(problem)
    if isinstance(solved, NoFit):
        return replace(solved, model=model)
    fit = _fit(problem, solved, formula, model)
    return Hazard(
        fit=replace(fit, tests=_tests(tally, formula, solved) if tests else ()),
        columns=tuple(problem.columns[place] for place in solved.kept),
        basis=problem.basis,
        steps_without_events=solved.empty_months,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solved:
    kept: tuple[int, ...]
    estimated: Estimated
    log_likelihood: float
    parameters: int
    out: tuple[LeftOut, ...]
    persons: IntArray
    events: IntArray
    empty_months: tuple[int, ...]


def _problem(tally: PersonTime, formula: Formula) -> _Problem | Lack:
    if not tally.total_persons:
        return Lack.NOBODY
    if not tally.events.sum():
        return Lack.NO_EVENTS
    group, month = np.nonzero(tally.person_days)
    cells = Cells(columns=tally.columns, table=tally.table, group=group, month=month)
    basis = hazard_basis(formula.baseline, tally.months, tally.event_days)
    columns = columns_of(formula, cells, basis)
    if len(columns) * len(group) > MOST_ENTRIES:
        return Lack.TOO_LARGE
    return _Problem(
        cells=cells,
        basis=basis,
        columns=columns,
        events=tally.events[group, month].astype(np.float64),
        exposure=tally.person_days[group, month].astype(np.float64),
        tally=tally,
    )


def _solve(problem: _Problem) -> _Solved | NoFit:
    x = matrix(problem.columns, problem.cells, problem.basis)
    out, used, free = _without_events(problem, x)
    persons, events = _behind(problem, x)
    rows = x[used][:, free]
    names = tuple(problem.columns[place].name for place in free)
    twins = aliased(rows, problem.exposure[used] / problem.exposure[used].mean(), names)
    kept = tuple(place for at, place in enumerate(free) if at not in twins)
    collinear = {free[at]: others for at, others in twins.items()}
    out += left_out(problem.columns, collinear, persons)
    parameters, total = len(kept), int(problem.events.sum())
    if parameters >= int(used.sum()):
        return NoFit(model="", lack=Lack.SATURATED, parameters=parameters, lacks=out)
    if total - parameters < FEWEST_DEGREES:
        return NoFit(
            model="", lack=Lack.FEW_EVENTS, parameters=parameters, df_residual=total - parameters, lacks=out
        )
    design = rows if not twins else x[used][:, kept]
    constant = np.zeros(len(problem.columns))
    constant[: len(problem.basis.constant)] = problem.basis.constant
    estimated = estimate(
        "poisson", design, problem.events[used], problem.exposure[used], constant[list(kept)]
    )
    if not estimated.converged:
        return NoFit(model="", lack=Lack.NOT_CONVERGED, parameters=parameters, lacks=out)
    hazard = estimated.mean / problem.exposure[used]
    likelihood = float((problem.events[used] * np.log(hazard)).sum() - estimated.mean.sum())
    steps = [c for c in out if c.term.startswith("month[")]
    return _Solved(
        kept=kept,
        estimated=estimated,
        log_likelihood=likelihood,
        parameters=parameters,
        out=out,
        persons=persons,
        events=events,
        empty_months=tuple(int(c.term[6:-1]) for c in steps),
    )


def _without_events(problem: _Problem, x: FloatArray) -> tuple[tuple[LeftOut, ...], BoolArray, list[int]]:
    """Leave out indicator columns without events together with their rows, whose fitted hazard is 0.

    Their likelihood has no maximum: iterations would stop somewhere near a coefficient of -20.
    """
    used = np.ones(len(problem.events), dtype=np.bool_)
    out: list[LeftOut] = []
    dropped: set[int] = set()
    for place, column in enumerate(problem.columns):
        value = x[:, place]
        if not _indicator(column, problem):
            continue
        rows = value != 0
        if not rows.any():
            dropped.add(place)
        elif not problem.events[rows].any():
            exposure = float(problem.exposure[rows].sum())
            out.append(
                LeftOut(
                    term=column.name,
                    lack=Lack.NO_EVENTS,
                    persons=_persons(problem, column, rows),
                    exposure=exposure,
                    bound=-np.log(0.025) / (exposure / DAYS_PER_MONTH),
                )
            )
            used &= ~rows
            dropped.add(place)
    return tuple(out), used, [place for place in range(len(problem.columns)) if place not in dropped]


def _indicator(column: Column, problem: _Problem) -> bool:
    """Whether a column is 0 or 1: a step, a level, or a combination of levels."""
    if any(level < 0 for _, level in column.parts) or column.trend >= 0:
        return False
    return bool(column.parts) or column.name.startswith("month[")


def _persons(problem: _Problem, column: Column, rows: BoolArray) -> int:
    """Persons behind a column: of a step those at risk in it, of a level those ever at risk."""
    tally, cells = problem.tally, problem.cells
    if not column.parts and column.name.startswith("month["):
        return int(tally.at_risk[cells.group[rows], cells.month[rows]].sum())
    return min(int(tally.persons[np.unique(cells.group[rows])].sum()), tally.total_persons)


def _behind(problem: _Problem, x: FloatArray) -> tuple[IntArray, IntArray]:
    """Persons and events behind each column: those of its level, or of its step; all for a number."""
    persons, events = [], []
    for place, column in enumerate(problem.columns):
        step = column.name.startswith("month[")
        rows = x[:, place] != 0 if step else rows_of(column, problem.cells)
        persons.append(_persons(problem, column, rows))
        events.append(int(problem.events[rows].sum()))
    return np.asarray(persons, dtype=np.int64), np.asarray(events, dtype=np.int64)


def _fit(problem: _Problem, solved: _Solved, formula: Formula, model: str) -> Fit:
    kept = list(solved.kept)
    total = int(problem.events.sum())
    return Fit(
        model=model,
        scale="log hazard",
        baseline=formula.baseline,
        coefficients=Coefficients(
            terms=tuple(problem.columns[place].name for place in kept),
            estimate=solved.estimated.estimate,
            covariance=solved.estimated.covariance,
            persons=solved.persons[kept],
            events=solved.events[kept],
        ),
        persons=problem.tally.total_persons,
        events=total,
        person_days=float(problem.exposure.sum()),
        observations=problem.tally.total_persons,
        log_likelihood=solved.log_likelihood,
        aic=2 * solved.parameters - 2 * solved.log_likelihood,
        df_residual=total - solved.parameters,
        errors=Errors.MODEL,
        start_month=problem.tally.start_month,
        missing=problem.tally.missing,
        left_out=solved.out,
        references=references_of(formula, problem.cells),
    )


def _tests(tally: PersonTime, formula: Formula, full: _Solved) -> tuple[TermTest, ...]:
    """Likelihood-ratio tests: every term that stands in no larger one, and every interaction with month."""
    out = []
    for term in formula.droppable():
        smaller = replace(formula, terms=tuple(other for other in formula.terms if other != term))
        out.append(_ratio(tally, smaller, full, ":".join(term), proportionality=False))
    for name in formula.by_month:
        smaller = replace(formula, by_month=tuple(other for other in formula.by_month if other != name))
        out.append(_ratio(tally, smaller, full, f"{name}:month", proportionality=True))
    return tuple(test for test in out if test is not None)


def _ratio(
    tally: PersonTime, smaller: Formula, full: _Solved, term: str, *, proportionality: bool
) -> TermTest | None:
    problem = _problem(tally, smaller)
    solved = None if isinstance(problem, Lack) else _solve(problem)
    if not isinstance(solved, _Solved):
        return None
    df = _rank(full) - _rank(solved)
    statistic = max(2 * (full.log_likelihood - solved.log_likelihood), 0.0)
    return TermTest(
        term=term,
        kind="likelihood ratio",
        statistic=statistic,
        df=df,
        p_value=chi_square_p(statistic, df),
        proportionality=proportionality,
    )


def _rank(solved: _Solved) -> int:
    """Parameters, those of levels without events included: their maximum lies at minus infinity."""
    return solved.parameters + sum(1 for lack in solved.out if lack.lack == Lack.NO_EVENTS)


def chi_square_p(statistic: float, df: int) -> float:
    """Return the upper tail of chi-square; NaN without degrees of freedom."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, statistic / 2)) if df > 0 else float("nan")
