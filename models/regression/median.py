"""Median regression of the log hourly wage, on distinct values with their numbers."""

from __future__ import annotations

import numpy as np

from models.fit import Coefficients, Errors, Fit, Lack, NoFit
from models.regression.clustered import summed_by_cell
from models.regression.design import Regression, aliased, columns_of, left_out, matrix, references_of
from models.regression.formula import Formula
from models.regression.hazard import FEWEST_DEGREES, MOST_ENTRIES
from models.regression.likelihood import one_thread
from models.tally.person_months import PersonMonths


def fit_median(tally: PersonMonths, formula: Formula, model: str = "median-wage") -> Regression | NoFit:
    """Fit the median of the log hourly wage.

    Errors are those of R's ``summary(rq(tau = 0.5), se = "nid")``, which are not clustered by person.
    """
    from models.regression.quantile import quantile_regression

    if not len(tally.value):
        return NoFit(model=model, lack=Lack.NOBODY)
    summed = summed_by_cell(tally, formula)
    columns = columns_of(formula, summed.cells, summed.basis)
    # Wages in cents repeat: each value of a cell enters once, with its number.
    pairs, number = np.unique(np.stack([summed.cell, tally.value.view(np.int64)]), axis=1, return_counts=True)
    if len(columns) * len(number) > MOST_ENTRIES:
        return NoFit(model=model, lack=Lack.TOO_LARGE)
    x = matrix(columns, summed.cells, summed.basis)
    twins = aliased(x, summed.number, tuple(column.name for column in columns))
    kept = [place for place in range(len(columns)) if place not in twins]
    everyone = np.full(len(columns), tally.persons, dtype=np.int64)
    months = np.full(len(columns), len(tally.value), dtype=np.int64)
    out = left_out(columns, twins, everyone, months)
    if tally.persons - len(kept) < FEWEST_DEGREES:
        return NoFit(
            model=model,
            lack=Lack.FEW_EVENTS,
            lacks=out,
            parameters=len(kept),
            df_residual=tally.persons - len(kept),
        )
    with one_thread():
        found = quantile_regression(
            x[:, kept][pairs[0]], np.ascontiguousarray(pairs[1]).view(np.float64), number, 0.5
        )
    if not found.converged:
        return NoFit(model=model, lack=Lack.NOT_CONVERGED, lacks=out, parameters=len(kept))
    chosen = tuple(columns[place] for place in kept)
    fit = Fit(
        model=model,
        scale="log wage",
        baseline=formula.baseline,
        coefficients=Coefficients(
            terms=tuple(column.name for column in chosen),
            estimate=found.estimate,
            covariance=found.covariance,
            persons=everyone[kept],
            events=months[kept],
        ),
        persons=tally.persons,
        events=len(tally.value),
        person_days=float("nan"),
        observations=len(tally.value),
        log_likelihood=float("nan"),
        aic=float("nan"),
        df_residual=tally.persons - len(kept),
        errors=Errors.NID,
        start_month=tally.start_month,
        missing=tally.missing,
        left_out=out,
        references=references_of(formula, summed.cells),
        knots=summed.basis.knots,
    )
    return Regression(fit=fit, columns=chosen, fitted=fit.coefficients, basis=summed.basis)
