"""The fast way to the maximum ends where statsmodels ends, and hands over what it cannot settle."""

from __future__ import annotations

import numpy as np
import pytest

from models.regression.information import Dense
from models.regression.likelihood import _begin, _by_statsmodels, _scored, doubtful, estimate

FAMILIES = ("poisson", "binomial")


def cells(family, seed, rows=400, levels=6):
    rng = np.random.default_rng(seed)
    level = rng.integers(0, levels, rows)
    x = np.column_stack(
        [np.ones(rows), *(level == place for place in range(1, levels)), rng.normal(size=rows)]
    )
    beta = rng.normal(0, 0.5, x.shape[1])
    beta[0] = -6.0 if family == "poisson" else -0.5
    size = rng.integers(50, 20_000 if family == "poisson" else 300, rows).astype(float)
    linear = x @ beta
    if family == "poisson":
        return x, rng.poisson(np.exp(linear) * size).astype(float), size
    return x, rng.binomial(size.astype(int), 1 / (1 + np.exp(-linear))).astype(float), size


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(6))
def test_scoring_and_statsmodels_agree_to_nine_digits(family, seed):
    x, successes, size = cells(family, seed)
    begin = _begin(family, Dense(x), successes, size, np.eye(x.shape[1])[0])
    fast = _scored(family, Dense(x), successes, size, begin)
    slow = _by_statsmodels(family, x, successes, size, begin)
    assert fast is not None
    error = np.sqrt(np.diag(slow.covariance))
    assert np.abs((fast.estimate - slow.estimate) / error).max() < 1e-8
    assert np.allclose(fast.covariance, slow.covariance, rtol=1e-6, atol=0)
    assert np.allclose(fast.mean, slow.mean, rtol=1e-8, atol=0)


@pytest.mark.parametrize("family", FAMILIES)
def test_columns_that_determine_each_other_are_not_settled_by_scoring(family):
    x, successes, size = cells(family, 1)
    twice = np.column_stack([x, x[:, 1] + 1e-9 * x[:, 2]])
    assert _scored(family, Dense(twice), successes, size, np.zeros(twice.shape[1])) is None


def test_a_maximum_that_may_lie_at_infinity_is_doubted():
    x = np.column_stack([np.ones(40), np.repeat([0.0, 1.0], 20)])
    successes = np.repeat([0.0, 5.0], 20)
    found = estimate("binomial", x, successes, np.full(40, 5.0), np.asarray([1.0, 0.0]))
    assert doubtful("binomial", found, np.full(40, 5.0))
    rates = estimate("poisson", x, successes, np.full(40, 5.0), np.asarray([1.0, 0.0]))
    assert doubtful("poisson", rates, np.full(40, 5.0))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_maximum_within_reach_is_not_doubted(family):
    x, successes, size = cells(family, 1)
    assert not doubtful(family, estimate(family, x, successes, size, np.eye(x.shape[1])[0]), size)
