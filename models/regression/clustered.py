"""Regressions on person-months with errors clustered by person: work (logit) and hourly wages (least squares).

Coefficients come from sums by cell. The errors need the scores of each person: residuals are laid out as a sparse
matrix of persons by cells, so that all scores are one product (Liang and Zeger, Biometrika 1986).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.fit import Coefficients, Errors, Fit, Lack, NoFit, Scale, TermTest
from models.regression.bases import Basis, month_basis
from models.regression.design import (
    Cells,
    DesignColumn,
    Regression,
    columns_of,
    constant_of,
    matrix,
    references_of,
)
from models.regression.formula import Formula
from models.regression.hazard import FEWEST_DEGREES, MOST_ENTRIES
from models.regression.likelihood import chi_square_p, doubtful, estimate, one_thread
from models.regression.screening import Counts, Screened, screen, set_apart
from models.results import FloatArray, IntArray
from models.tally.person_months import PersonMonths

CHUNK = 100_000
"""Persons whose scores are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """Person-months summed by cell.

    `cell` is the cell of each observation; `number` and `sum` are the observations of each cell and their values.
    """

    cells: Cells
    basis: Basis
    cell: IntArray
    number: FloatArray
    sum: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Coefficients and bread of a sandwich, with the fitted mean of each cell; NaN where a cell was left out.

    `doubtful` when the maximum may lie at infinity.
    """

    estimate: FloatArray
    bread: FloatArray
    mean: FloatArray
    log_likelihood: float
    doubtful: bool = False


def fit_working(tally: PersonMonths, formula: Formula, model: str = "employment") -> Regression | NoFit:
    """Fit a binomial logit of working on person-months, errors clustered by person.

    The covariance is that of R's ``vcovCL(type = "HC0", cadjust = TRUE)``.
    """

    def solve(
        summed: Summed, screened: Screened, x: FloatArray, columns: tuple[DesignColumn, ...]
    ) -> Estimates | Lack:
        from scipy.special import xlog1py, xlogy

        kept, used = list(screened.kept), screened.used
        constant = constant_of(summed.basis, columns, kept)
        found = estimate("binomial", x[used][:, kept], summed.sum[used], summed.number[used], constant)
        if not found.converged:
            return Lack.NOT_CONVERGED
        share, size, events = found.mean, summed.number[used], summed.sum[used]
        mean = np.full(len(used), np.nan)
        mean[used] = share
        return Estimates(
            estimate=found.estimate,
            bread=found.covariance,
            mean=mean,
            log_likelihood=float((xlogy(events, share) + xlog1py(size - events, -share)).sum()),
            doubtful=doubtful("binomial", found, size),
        )

    with one_thread():
        return _regress(tally, formula, model, "log odds", solve)


def fit_wage(tally: PersonMonths, formula: Formula, model: str = "wage") -> Regression | NoFit:
    """Fit the log hourly wage by least squares on person-months, errors clustered by person.

    The covariance is that of R's ``vcovCL(lm, type = "HC0", cadjust = TRUE)``, the likelihood Gaussian.
    """

    def solve(
        summed: Summed, screened: Screened, x: FloatArray, columns: tuple[DesignColumn, ...]
    ) -> Estimates:
        kept = list(screened.kept)
        root = np.sqrt(summed.number)[:, None]
        q, r = np.linalg.qr(x[:, kept] * root)
        beta = np.linalg.solve(r, q.T @ (summed.sum / summed.number * root[:, 0]))
        inverse = np.linalg.inv(r)
        mean = x[:, kept] @ beta
        total = len(tally.value)
        squares = float(((tally.value - mean[summed.cell]) ** 2).sum())
        return Estimates(
            estimate=beta,
            bread=inverse @ inverse.T,
            mean=mean,
            log_likelihood=float(-total / 2 * (np.log(2 * np.pi * squares / total) + 1)),
        )

    with one_thread():
        return _regress(tally, formula, model, "log wage", solve)


def summed_by_cell(tally: PersonMonths, formula: Formula) -> Summed:
    """Return the person-months of `tally` summed by group and month."""
    months = np.unique(tally.month)
    place = np.searchsorted(months, tally.month)
    code = tally.group * len(months) + place
    size = len(tally.table) * len(months)
    number = np.bincount(code, minlength=size)
    sums = np.bincount(code, weights=tally.value, minlength=size).astype(np.float64)
    found = np.flatnonzero(number)
    position = np.zeros(size, dtype=np.int64)
    position[found] = np.arange(len(found))
    group, month = np.divmod(found, len(months))
    basis = month_basis(formula.baseline, months, np.bincount(place, minlength=len(months)))
    return Summed(
        cells=Cells(columns=tally.columns, table=tally.table, group=group, month=month),
        basis=basis,
        cell=position[code],
        number=number[found].astype(np.float64),
        sum=sums[found],
    )


def _regress(
    tally: PersonMonths,
    formula: Formula,
    model: str,
    scale: Scale,
    solve: Callable[[Summed, Screened, FloatArray, tuple[DesignColumn, ...]], Estimates | Lack],
) -> Regression | NoFit:
    if not len(tally.value):
        return NoFit(model=model, lack=Lack.NOBODY)
    logit = scale == "log odds"
    if logit and len(np.unique(tally.value)) < 2:
        return NoFit(model=model, lack=Lack.NO_EVENTS if not tally.value.any() else Lack.ALL_EVENTS)
    summed = summed_by_cell(tally, formula)
    columns = columns_of(formula, summed.cells, summed.basis)
    if len(columns) * len(summed.number) > MOST_ENTRIES:
        return NoFit(model=model, lack=Lack.TOO_LARGE)
    x = matrix(columns, summed.cells, summed.basis)
    counts = _counts(tally, summed, columns, trials=logit)

    def tried(screened: Screened) -> Estimates | Lack:
        if tally.persons - len(screened.kept) < FEWEST_DEGREES:
            return Lack.FEW_EVENTS
        if formula.terms and len(screened.kept) >= int(screened.used.sum()):
            return Lack.SATURATED
        return solve(summed, screened, x, columns)

    screened = screen(counts, x)
    found = tried(screened)
    if found is Lack.NOT_CONVERGED or (isinstance(found, Estimates) and found.doubtful):
        apart = set_apart(counts, x, screened)
        if apart is not None:
            screened, found = apart, tried(apart)
    if isinstance(found, Lack):
        return screened.refused(model, found, tally.persons)
    return _fitted(tally, formula, model, scale, summed, columns, x, screened, found)


def _fitted(
    tally: PersonMonths,
    formula: Formula,
    model: str,
    scale: Scale,
    summed: Summed,
    columns: tuple[DesignColumn, ...],
    x: FloatArray,
    screened: Screened,
    found: Estimates,
) -> Regression:
    places = list(screened.kept)
    kept = tuple(columns[place] for place in places)
    meat, persons = _meat(tally, summed, found.mean, x[:, places])
    fitted = Coefficients(
        terms=tuple(column.name for column in kept),
        estimate=found.estimate,
        covariance=found.bread @ meat @ found.bread * (persons / (persons - 1)),
        persons=screened.persons[places],
        events=screened.events[places],
    )
    told = fitted.only(screened.told)
    own = tuple(kept[place] for place in screened.told)
    fit = Fit(
        model=model,
        scale=scale,
        baseline=formula.baseline,
        coefficients=told,
        persons=tally.persons,
        events=int(summed.sum.sum()) if scale == "log odds" else len(tally.value),
        person_days=float("nan"),
        observations=len(tally.value),
        log_likelihood=found.log_likelihood,
        aic=2 * len(kept) - 2 * found.log_likelihood,
        df_residual=tally.persons - len(kept),
        errors=Errors.CLUSTER,
        start_month=tally.start_month,
        missing=tally.missing,
        tests=wald_tests(formula, own, told.estimate, told.covariance),
        left_out=screened.out,
        references=references_of(formula, summed.cells),
        knots=summed.basis.knots,
    )
    apart, direction = screened.moved(columns)
    return Regression(
        fit=fit, columns=kept, fitted=fitted, basis=summed.basis, apart=apart, direction=direction
    )


def _counts(
    tally: PersonMonths, summed: Summed, columns: tuple[DesignColumn, ...], *, trials: bool
) -> Counts:
    person = np.repeat(np.arange(tally.persons), np.diff(tally.starts))
    pairs = np.unique(tally.group * np.int64(tally.persons) + person)
    return Counts(
        cells=summed.cells,
        basis=summed.basis,
        columns=columns,
        # A wage is no event: nothing is left out for want of events.
        events=summed.sum if trials else summed.number,
        size=summed.number,
        trials=trials,
        at_risk=summed.number.astype(np.int64),
        persons=np.bincount(pairs // tally.persons, minlength=len(tally.table)),
        total=tally.persons,
    )


def _meat(tally: PersonMonths, summed: Summed, mean: FloatArray, x: FloatArray) -> tuple[FloatArray, int]:
    """Return the sum over persons of the squared scores, and the persons who have one."""
    residual = tally.value - mean[summed.cell]
    left = np.isnan(residual)
    residual[left] = 0.0
    with_score = int((np.add.reduceat((~left).astype(np.int64), tally.starts[:-1]) > 0).sum())
    return squared_scores(residual, summed.cell, tally.starts, x), with_score


def squared_scores(residual: FloatArray, cell: IntArray, starts: IntArray, x: FloatArray) -> FloatArray:
    """Return Σ s s' over persons, shape (k, k), s being the sum of their residuals times their rows of the design.

    `residual` and `cell` are those of each observation, those of a person next to each other; `starts` is the first
    observation of each person and the number of observations, shape (persons + 1,); `x` the design by cell, shape
    (cells, k).
    """
    from scipy.sparse import csr_matrix

    meat = np.zeros((x.shape[1], x.shape[1]))
    with one_thread():
        for first in range(0, len(starts) - 1, CHUNK):
            ends = starts[first : first + CHUNK + 1]
            part = slice(int(ends[0]), int(ends[-1]))
            rows = csr_matrix((residual[part], cell[part], ends - ends[0]), shape=(len(ends) - 1, len(x)))
            scores = rows @ x
            meat += scores.T @ scores
    return meat


def wald_tests(
    formula: Formula, columns: tuple[DesignColumn, ...], estimate_: FloatArray, covariance: FloatArray
) -> tuple[TermTest, ...]:
    """Return Wald tests of every term that stands in no larger one and of every interaction with month."""
    out = []
    asked = [(term, ":".join(term), False) for term in formula.droppable()]
    asked += [((name, "month"), f"{name}:month", True) for name in formula.by_month]
    for term, name, proportionality in asked:
        places = [place for place, column in enumerate(columns) if column.term == term]
        if places:
            part = estimate_[places]
            statistic = float(part @ np.linalg.solve(covariance[np.ix_(places, places)], part))
            out.append(
                TermTest(
                    term=name,
                    kind="Wald",
                    statistic=statistic,
                    df=len(places),
                    p_value=chi_square_p(statistic, len(places)),
                    proportionality=proportionality,
                )
            )
    return tuple(out)
