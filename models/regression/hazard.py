"""Hazard regression: piecewise-exponential, as Poisson counts on cells of person-time.

The likelihood of a piecewise-constant hazard is that of Poisson counts with log person-days as offset (Holford,
Biometrics 1980; Laird and Olivier, JASA 1981), and depends on events and person-days by cell alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from models.fit import Coefficients, Errors, Fit, Lack, LeftOut, NoFit, TermTest
from models.regression.bases import hazard_basis, in_blocks
from models.regression.design import (
    Cells,
    DesignColumn,
    Regression,
    columns_of,
    constant_of,
    matrix,
    references_of,
)
from models.regression.formula import LAGGED_WORK, Formula
from models.regression.information import design_of
from models.regression.likelihood import Estimated, chi_square_p, doubtful, estimate, one_thread
from models.regression.screening import Counts, Screened, is_step, screen, set_apart
from models.results import FloatArray, IntArray
from models.tally.person_time import PersonTime

FEWEST_DEGREES = 10
MOST_ENTRIES = 200_000_000
"""A design of more numbers (1.6 GB) is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard(Regression):
    """A hazard; `without_events` are levels and months left out of the likelihood, in which it is 0."""

    without_events: tuple[DesignColumn, ...]


def fit_hazard(
    tally: PersonTime, formula: Formula, model: str = "departure", *, tests: bool = True
) -> Hazard | NoFit:
    """Fit a piecewise-exponential hazard with the terms of `formula`, and test every term.

    `tally` has all columns of the formula among its covariates. Each of the tests takes a fit without a term. Where
    there is no fit, it is said why: no event, no residual degrees of freedom, no convergence.
    """
    with one_thread():
        return _fit_hazard(tally, formula, model, tests=tests)


def _fit_hazard(tally: PersonTime, formula: Formula, model: str, *, tests: bool) -> Hazard | NoFit:
    counts = _counts(tally, formula)
    if isinstance(counts, Lack):
        return NoFit(model=model, lack=counts)
    solved = _solve(counts)
    if isinstance(solved, NoFit):
        return replace(solved, model=model)
    screened = solved.screened
    places = list(screened.kept)
    fitted = Coefficients(
        terms=tuple(counts.columns[place].name for place in places),
        estimate=solved.estimated.estimate,
        covariance=solved.estimated.covariance,
        persons=screened.persons[places],
        events=screened.events[places],
    )
    total = int(counts.events.sum())
    fit = Fit(
        model=model,
        scale="log hazard",
        baseline=formula.baseline,
        coefficients=fitted.only(screened.told),
        persons=tally.total_persons,
        events=total,
        person_days=float(counts.size.sum()),
        observations=tally.total_persons,
        log_likelihood=solved.log_likelihood,
        aic=2 * len(places) - 2 * solved.log_likelihood,
        df_residual=total - len(places),
        errors=Errors.MODEL,
        start_month=tally.start_month,
        missing=tally.missing,
        tests=_tests(tally, formula, solved, counts.columns) if tests else (),
        left_out=screened.out,
        references=references_of(formula, counts.cells),
        knots=counts.basis.knots,
    )
    apart, direction = screened.moved(counts.columns)
    gone = {out.term for out in screened.out if out.lack == Lack.NO_EVENTS}
    return Hazard(
        fit=fit,
        columns=tuple(counts.columns[place] for place in places),
        fitted=fitted,
        basis=counts.basis,
        without_events=tuple(column for column in counts.columns if column.name in gone),
        apart=apart,
        direction=direction,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solved:
    screened: Screened
    estimated: Estimated
    log_likelihood: float

    @property
    def rank(self) -> int:
        """Parameters, those included whose maximum lies at infinity."""
        none = sum(1 for lack in self.screened.out if lack.lack == Lack.NO_EVENTS)
        return len(self.screened.kept) + none + self.screened.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class _Larger:
    """A model of which nothing had to be left out but steps of the baseline in which nobody had the event.

    Of a model with fewer terms the same is left out, and its coefficients are near.
    """

    coefficients: Mapping[str, float]
    steps: Mapping[str, LeftOut]

    def covers(self, columns: tuple[DesignColumn, ...]) -> bool:
        """Whether every one of `columns` is known."""
        return all(column.name in self.coefficients or column.name in self.steps for column in columns)

    def screened(self, counts: Counts) -> Screened:
        """Return what `screen` would find; who is behind a column is not asked of a model that only a test sees."""
        names = [column.name for column in counts.columns]
        out = [place for place, name in enumerate(names) if name in self.steps]
        steps = counts.basis.values[:, [counts.columns[place].basis for place in out]]
        nobody = np.zeros(len(names), dtype=np.int64)
        return Screened(
            used=~(steps != 0).any(axis=1)[counts.cells.month],
            kept=tuple(place for place, name in enumerate(names) if name not in self.steps),
            out=tuple(self.steps[names[place]] for place in out),
            persons=nobody,
            events=nobody,
        )


def _larger(full: _Solved, columns: tuple[DesignColumn, ...]) -> _Larger | None:
    kept = [columns[place].name for place in full.screened.kept]
    steps = {column.name for column in columns if is_step(column)}
    left = {one.term: one for one in full.screened.out if one.lack == Lack.NO_EVENTS and one.term in steps}
    if len(left) < len(full.screened.out) or len(kept) + len(left) < len(columns):
        return None
    return _Larger(
        coefficients=dict(zip(kept, full.estimated.estimate.tolist(), strict=True)),
        steps=left,
    )


def _counts(tally: PersonTime, formula: Formula) -> Counts | Lack:
    """Cells with exposure, flattened, and the columns asked for."""
    if not tally.total_persons:
        return Lack.NOBODY
    if not tally.events.sum():
        return Lack.NO_EVENTS
    group, month = np.nonzero(tally.person_days)
    cells = Cells(columns=tally.columns, table=tally.table, group=group, month=month)
    basis = hazard_basis(formula.baseline, tally.months, tally.event_days)
    if formula.blocks:
        basis = in_blocks(basis, formula.blocks)
    columns = columns_of(formula, cells, basis)
    if len(columns) * len(group) > MOST_ENTRIES:
        return Lack.TOO_LARGE
    return Counts(
        cells=cells,
        basis=basis,
        columns=columns,
        events=tally.events[group, month].astype(np.float64),
        size=tally.person_days[group, month].astype(np.float64),
        trials=False,
        at_risk=tally.at_risk[group, month],
        persons=tally.persons,
        total=tally.total_persons,
    )


def _solve(counts: Counts, larger: _Larger | None = None) -> _Solved | NoFit:
    """Fit the cells; what is known of a model with more terms need not be looked for again."""
    begin: FloatArray | None = None
    if larger is not None and larger.covers(counts.columns):
        screened = larger.screened(counts)
        begin = np.asarray([larger.coefficients[counts.columns[place].name] for place in screened.kept])
    else:
        screened = screen(counts, matrix(counts.columns, counts.cells, counts.basis))
    solved = _maximised(counts, screened, begin)
    if isinstance(solved, NoFit) and solved.lack is not Lack.NOT_CONVERGED:
        return solved
    if isinstance(solved, _Solved) and not doubtful("poisson", solved.estimated, counts.size[screened.used]):
        return solved
    apart = set_apart(counts, matrix(counts.columns, counts.cells, counts.basis), screened)
    return solved if apart is None else _maximised(counts, apart)


def _maximised(counts: Counts, screened: Screened, begin: FloatArray | None = None) -> _Solved | NoFit:
    kept, used = list(screened.kept), screened.used
    total = int(counts.events.sum())

    # Rates by month alone are no model that could be saturated.
    if len(kept) >= int(used.sum()) and any(counts.columns[place].term for place in kept):
        return screened.refused("", Lack.SATURATED, total)
    if total - len(kept) < FEWEST_DEGREES:
        return screened.refused("", Lack.FEW_EVENTS, total)
    events, size = counts.events[used], counts.size[used]
    design = design_of(counts.columns, counts.cells, counts.basis, kept, used)
    estimated = estimate(
        "poisson", design, events, size, constant_of(counts.basis, counts.columns, kept), begin
    )
    if not estimated.converged:
        return screened.refused("", Lack.NOT_CONVERGED, total)
    likelihood = float((events * np.log(estimated.mean / size)).sum() - estimated.mean.sum())
    return _Solved(screened=screened, estimated=estimated, log_likelihood=likelihood)


def _tests(
    tally: PersonTime, formula: Formula, full: _Solved, columns: tuple[DesignColumn, ...]
) -> tuple[TermTest, ...]:
    """Likelihood-ratio tests: every term that stands in no larger one, and every interaction with month."""
    found = _larger(full, columns)
    out = []
    for term in formula.droppable():
        smaller = replace(formula, terms=tuple(other for other in formula.terms if other != term))
        out.append(_ratio(tally, smaller, full, ":".join(term), found, proportionality=False))
    for name in formula.by_month:
        smaller = replace(formula, by_month=tuple(other for other in formula.by_month if other != name))
        out.append(_ratio(tally, smaller, full, f"{name}:month", found, proportionality=True))
    return tuple(test for test in out if test is not None)


def _ratio(
    tally: PersonTime,
    smaller: Formula,
    full: _Solved,
    term: str,
    found: _Larger | None,
    *,
    proportionality: bool,
) -> TermTest | None:
    solved = _solved(_summed(tally, smaller), smaller, found)
    if solved is None:
        solved = _solved(tally, smaller)
    if solved is None:
        return None
    df = full.rank - solved.rank
    statistic = max(2 * (full.log_likelihood - solved.log_likelihood), 0.0)
    return TermTest(
        term=term,
        kind="likelihood ratio",
        statistic=statistic,
        df=df,
        p_value=chi_square_p(statistic, df),
        proportionality=proportionality,
    )


def _solved(tally: PersonTime, formula: Formula, larger: _Larger | None = None) -> _Solved | None:
    counts = _counts(tally, formula)
    solved = None if isinstance(counts, Lack) else _solve(counts, larger)
    return solved if isinstance(solved, _Solved) else None


def _summed(tally: PersonTime, formula: Formula) -> PersonTime:
    """Sum over the columns that `formula` does not look at: the likelihood stays the same, of far fewer cells."""
    looked = {*formula.columns, *([LAGGED_WORK] if formula.lagged_work else [])}
    places = [place for place, column in enumerate(tally.columns) if column.name in looked]
    if len(places) == len(tally.columns):
        return tally
    table, group = np.unique(tally.table[:, places], axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    starts = np.searchsorted(group.ravel()[order], np.arange(len(table)))

    def sums(values: IntArray) -> IntArray:
        return np.asarray(np.add.reduceat(values[order], starts, axis=0))

    return replace(
        tally,
        columns=tuple(tally.columns[place] for place in places),
        table=table,
        events=sums(tally.events),
        person_days=sums(tally.person_days),
        at_risk=sums(tally.at_risk),
        persons=sums(tally.persons),
    )
