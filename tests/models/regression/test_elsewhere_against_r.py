"""A world unlike the sample: its regressions equal those of R, and what events separate is left out and named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.fit import Fit, Lack
from models.regression.fitting import Model
from models.regression.fitting import fit as fitted
from models.regression.formula import Formula, parse_terms
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.reference.make_elsewhere import make_elsewhere

REFERENCE = Path(__file__).parents[2] / "reference"
CLOSE, ERRORS = 1e-6, 1e-5
TERMS = {"": "sex + income + nationality", "_separated": "province + sex + income"}


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_elsewhere().register())


def reference():
    out = {}
    with (REFERENCE / "fit_elsewhere.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out.setdefault(row["model"], {})[row["term"]] = (float(row["estimate"]), float(row["std_error"]))
    return out


@pytest.mark.parametrize("kind", TERMS)
@pytest.mark.parametrize("model", ["cox", "departure"])
def test_an_extract_without_periods_and_with_ties_on_the_last_day_is_fitted_as_by_r(codes, model, kind):
    fit = fitted(
        codes, choose(codes, EVERYONE), Model(name=model, formula=Formula(terms=parse_terms(TERMS[kind])))
    )
    assert isinstance(fit, Fit)
    found = fit.coefficients
    told = {
        term: (estimate, error)
        for term, estimate, error in zip(found.terms, found.estimate, found.std_error, strict=True)
        if not term.startswith("month[")
    }
    expected = reference()[model + kind]
    assert set(told) == set(expected)
    for term, (estimate, error) in expected.items():
        # The error is the unit of a coefficient: income is counted in thousandths of a cent.
        assert abs(told[term][0] - estimate) < CLOSE * min(error, 1.0)
        assert told[term][1] == pytest.approx(error, rel=ERRORS)
    apart = [out.term for out in fit.left_out if out.lack is Lack.SEPARATED]
    assert apart == (["province[South]", "province[West]"] if kind else [])
