"""A regression does not depend on the unit of a covariate: only its coefficient is in another unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.fit import Fit
from models.regression.fitting import Model, fit
from models.regression.formula import Formula, parse_terms
from models.regression.predicted import drawn
from models.selection import EVERYONE
from models.tally.choosing import choose
from tests.models.simulated import codes_of, exponential_days, settle

PERSONS = 900
MODELS = ("departure", "cox", "employment", "wage", "wage-within", "median-wage")


def world(factor):
    """Departure, work and wages that depend on a number, in units of 1 / factor."""
    rng = np.random.default_rng(21)
    age = rng.integers(18, 60, PERSONS).astype(float)
    sex = rng.integers(0, 2, PERSONS)
    lifetime = exponential_days(rng, 0.001 * np.exp(0.02 * age))
    work = rng.random((40, PERSONS)) < 1 / (1 + np.exp(1 - 0.03 * age))
    cents = np.rint(
        100 * np.exp(rng.normal(2.4 + 0.01 * age, 0.2, (29, PERSONS)).T + 0.002 * np.arange(29))
    ).astype(np.int32)
    codes = codes_of(settle(rng, PERSONS), lifetime, sex, wages=cents, working=work)
    return replace(codes, numbers={"age": age * factor})


def asked(model):
    by_month = ("age",) if model == "wage-within" else ()
    terms = parse_terms("sex" if model == "wage-within" else "age + sex")
    baseline = "linear" if model != "departure" else "steps"
    return Model(name=model, formula=Formula(terms=terms, baseline=baseline, by_month=by_month))


def fitted(factor, model):
    codes = world(factor)
    return fit(codes, choose(codes, EVERYONE), asked(model))


@pytest.fixture(scope="module")
def usual():
    return {model: fitted(1.0, model) for model in MODELS}


@pytest.mark.parametrize("factor", [1e-9, 1e-6, 365.25, 1e6])
@pytest.mark.parametrize("model", MODELS)
def test_another_unit_of_a_number_changes_its_coefficient_by_that_factor_and_nothing_else(
    usual, model, factor
):
    one, other = usual[model], fitted(factor, model)
    assert isinstance(one, Fit)
    assert isinstance(other, Fit)
    assert one.coefficients.terms == other.coefficients.terms
    scale = np.array([factor if "age" in term else 1.0 for term in one.coefficients.terms])
    error = one.coefficients.std_error
    assert (np.abs(other.coefficients.estimate * scale - one.coefficients.estimate) < 1e-6 * error).all()
    assert other.coefficients.std_error * scale == pytest.approx(error, rel=1e-6)
    if not np.isnan(one.log_likelihood):
        assert other.log_likelihood == pytest.approx(one.log_likelihood, rel=1e-12)
    assert [test.statistic for test in other.tests] == pytest.approx(
        [test.statistic for test in one.tests], rel=1e-6
    )


def test_draws_of_coefficients_do_not_depend_on_units():
    rng = np.random.default_rng(1)
    root = rng.normal(size=(3, 3))
    scale = np.array([1e-6, 1.0, 1e6])
    one = drawn(np.zeros(3), root @ root.T, 50)
    other = drawn(np.zeros(3), (root @ root.T) * scale[:, None] * scale[None, :], 50)
    assert other / scale == pytest.approx(one, rel=1e-9)
    assert np.cov(drawn(np.zeros(3), root @ root.T, 20_000).T) == pytest.approx(root @ root.T, abs=0.15)
