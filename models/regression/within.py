"""Wage growth within persons: least squares with an effect of every person (fixed effects).

The within transformation subtracts each person's means; with cells it needs only how often each person was in each
cell (Wooldridge, Econometric Analysis of Cross Section and Panel Data, 2010, chapter 10). Errors are those of
Arellano (1987), robust to any dependence within persons.
"""

from __future__ import annotations

import numpy as np

from models.fit import Coefficients, Errors, Fit, Lack, LeftOut, NoFit
from models.regression.clustered import CHUNK, Summed, squared_scores, summed_by_cell, wald_tests
from models.regression.design import Regression, aliased, columns_of, matrix, references_of
from models.regression.formula import Formula
from models.regression.hazard import FEWEST_DEGREES
from models.regression.likelihood import one_thread
from models.results import FloatArray
from models.tally.person_months import PersonMonths


def fit_within(tally: PersonMonths, formula: Formula, model: str = "wage-within") -> Regression | NoFit:
    """Fit the log hourly wage within persons; what does not vary within persons drops out and is named.

    The covariance is that of R's ``vcovHC(plm(model = "within"), method = "arellano", type = "HC0")``.
    """
    if not len(tally.value):
        return NoFit(model=model, lack=Lack.NOBODY)
    summed = summed_by_cell(tally, formula)
    # The persons' effects take up the level: of steps the first is left out.
    asked = columns_of(formula, summed.cells, summed.basis)
    columns = asked[1:] if formula.baseline == "steps" else asked
    x = matrix(columns, summed.cells, summed.basis)
    squares, products = _normal_equations(tally, summed, x)
    total = np.einsum("ij,i,ij->j", x, summed.number, x)
    constant = np.diag(squares) <= 1e-10 * total
    free = np.flatnonzero(~constant)
    names = tuple(columns[place].name for place in free)
    twins = aliased(_root(squares[np.ix_(free, free)]), np.ones(len(free)), names, tolerance=1e-6)
    kept = [int(place) for at, place in enumerate(free) if at not in twins]
    out = [
        LeftOut(term=columns[place].name, lack=Lack.CONSTANT, persons=tally.persons)
        for place in np.flatnonzero(constant)
        if columns[place].term
    ]
    out += [
        LeftOut(term=names[at], lack=Lack.COLLINEAR, persons=tally.persons, with_terms=others)
        for at, others in twins.items()
    ]
    several = int((np.diff(tally.starts) > 1).sum())
    if not kept or several - len(kept) < FEWEST_DEGREES:
        lack = Lack.CONSTANT if not kept else Lack.FEW_EVENTS
        return NoFit(
            model=model,
            lack=lack,
            lacks=tuple(out),
            parameters=len(kept),
            df_residual=several - len(kept),
        )
    bread = np.linalg.inv(squares[np.ix_(kept, kept)])
    beta = bread @ products[kept]
    residual = _demeaned(tally.value - (x[:, kept] @ beta)[summed.cell], tally)
    covariance = bread @ squared_scores(residual, summed.cell, tally.starts, x[:, kept]) @ bread
    chosen = tuple(columns[place] for place in kept)
    rows = len(residual)
    variance = float((residual**2).sum()) / rows
    likelihood = float(-rows / 2 * (np.log(2 * np.pi * variance) + 1))
    fit = Fit(
        model=model,
        scale="log wage",
        baseline=formula.baseline,
        coefficients=Coefficients(
            terms=tuple(column.name for column in chosen),
            estimate=beta,
            covariance=covariance,
            persons=np.full(len(beta), tally.persons, dtype=np.int64),
            events=np.full(len(beta), rows, dtype=np.int64),
        ),
        persons=tally.persons,
        events=rows,
        person_days=float("nan"),
        observations=rows,
        log_likelihood=likelihood,
        aic=2 * (len(beta) + tally.persons) - 2 * likelihood,
        df_residual=several - len(beta),
        errors=Errors.ARELLANO,
        start_month=tally.start_month,
        missing=tally.missing,
        tests=wald_tests(formula, chosen, beta, covariance),
        left_out=tuple(out),
        references=references_of(formula, summed.cells),
        knots=summed.basis.knots,
    )
    return Regression(fit=fit, columns=chosen, fitted=fit.coefficients, basis=summed.basis)


def _normal_equations(tally: PersonMonths, summed: Summed, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return X'X and X'y after each person's means were subtracted."""
    from scipy.sparse import csr_matrix

    squares = x.T @ (x * summed.number[:, None])
    centred = _demeaned(tally.value, tally)
    products = x.T @ np.bincount(summed.cell, weights=centred, minlength=len(x))
    with one_thread():
        for first in range(0, tally.persons, CHUNK):
            ends = tally.starts[first : first + CHUNK + 1]
            part = slice(int(ends[0]), int(ends[-1]))
            ones = np.ones(part.stop - part.start)
            rows = csr_matrix((ones, summed.cell[part], ends - ends[0]), shape=(len(ends) - 1, len(x)))
            sums = (rows @ x) / np.sqrt(np.diff(ends))[:, None]
            squares -= sums.T @ sums
    return squares, products


def _demeaned(values: FloatArray, tally: PersonMonths) -> FloatArray:
    number = np.diff(tally.starts)
    mean = np.add.reduceat(values, tally.starts[:-1]) / number
    return np.asarray(values - np.repeat(mean, number))


def _root(squares: FloatArray) -> FloatArray:
    """Return a matrix whose columns have the inner products `squares`."""
    values, vectors = np.linalg.eigh(squares)
    return np.asarray(np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.T)
