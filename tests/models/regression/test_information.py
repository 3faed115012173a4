"""The products of a design without its matrix are those of the matrix."""

from __future__ import annotations

import numpy as np
import pytest

from models.regression.bases import hazard_basis
from models.regression.design import Cells, columns_of, matrix
from models.regression.formula import Formula, parse_terms
from models.regression.information import Crossed, Dense, design_of
from models.tally.covariates import Covariate

MONTHS = np.arange(1, 13)
EVENT_DAYS = np.bincount(np.random.default_rng(3).integers(1, 360, 500))


def cells():
    """Every group of three columns in most of twelve months."""
    table = np.array([(sex, cohort, age) for sex in range(2) for cohort in range(3) for age in range(4)])
    seen = np.random.default_rng(1).random((len(table), len(MONTHS))) < 0.8
    group, month = np.nonzero(seen)
    columns = (
        Covariate(name="sex", levels=("female", "male")),
        Covariate(name="cohort", levels=("a", "b", "c")),
        Covariate(name="age", values=np.asarray([20.0, 30.0, 40.0, 55.0])),
    )
    return Cells(columns=columns, table=table, group=group, month=month)


@pytest.mark.parametrize("baseline", ["steps", "spline", "linear"])
@pytest.mark.parametrize("terms", ["sex + cohort + age", "sex*cohort + age", "cohort"])
def test_products_on_the_grid_are_those_of_the_matrix(terms, baseline):
    where = cells()
    formula = Formula(terms=parse_terms(terms), baseline=baseline)
    basis = hazard_basis(formula.baseline, MONTHS, EVENT_DAYS)
    columns = columns_of(formula, where, basis)
    kept = [place for place in range(len(columns)) if place != 1]
    used = np.random.default_rng(2).random(len(where.group)) < 0.9
    fast = design_of(columns, where, basis, kept, used)
    assert isinstance(fast, Crossed)
    plain = Dense(matrix(columns, where, basis)[used][:, kept])
    rng = np.random.default_rng(4)
    beta, rows = rng.normal(size=plain.columns), rng.random(int(used.sum()))
    assert fast.columns == plain.columns
    assert np.array_equal(fast.dense(), plain.dense())
    assert all(np.array_equal(fast.column(at), plain.column(at)) for at in range(plain.columns))
    for product, value in (("linear", beta), ("score", rows), ("information", rows)):
        assert np.allclose(getattr(fast, product)(value), getattr(plain, product)(value), rtol=1e-12, atol=0)


def test_a_column_of_groups_and_months_takes_the_matrix():
    where = cells()
    formula = Formula(terms=parse_terms("sex + cohort"), by_month=("sex",))
    basis = hazard_basis(formula.baseline, MONTHS, EVENT_DAYS)
    columns = columns_of(formula, where, basis)
    everything = design_of(
        columns, where, basis, list(range(len(columns))), np.ones(len(where.group), dtype=bool)
    )
    assert isinstance(everything, Dense)
    assert np.array_equal(everything.dense(), matrix(columns, where, basis))
