"""Every regression equals R's on the same rows, of which R computes every clock by itself."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from models.fit import Lack
from models.regression.fitting import Model
from models.regression.fitting import fit as fitted
from models.regression.formula import Formula, parse_terms
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.exactly import share_working_standardised
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parents[2] / "reference"
ITERATIVE, ERRORS, CLOSED = 1e-6, 1e-5, 1e-10


def spec(model, terms, *, baseline="steps", by_month=(), causes=()):
    formula = Formula(terms=parse_terms(terms), baseline=baseline, by_month=by_month)
    return Model(name=model, formula=formula, causes=causes)


FITS = {
    "departure": spec("departure", "cohort + sex + province"),
    "departure_age": spec("departure", "cohort + age + income"),
    "departure_interaction": spec("departure", "cohort + sex + cohort:sex"),
    "departure_by_month": spec("departure", "cohort + sex", by_month=("cohort",)),
    "departure_origin": spec("departure", "cohort + sex", causes=("origin",)),
    "departure_lagged": spec("departure", "working[lag1] + sex"),
    "departure_spline": spec("departure", "cohort + sex", baseline="spline"),
    "return": spec("return", "sex + province"),
    "return_spline": spec("return", "sex + province", baseline="spline"),
    "first-job": spec("first-job", "cohort + sex"),
    "job-loss": spec("job-loss", "cohort + sex"),
    "cox": spec("cox", "cohort + sex + age"),
    "cox_lagged": spec("cox", "working[lag1] + sex"),
    "employment": spec("employment", "cohort + sex"),
    "wage": spec("wage", "cohort + sex", baseline="linear", by_month=("cohort",)),
    "wage_within": spec("wage-within", "cohort", baseline="linear", by_month=("cohort",)),
    "median_wage_province": spec("median-wage", "cohort + province + age", baseline="linear"),
}
HAZARDS = [
    name for name, asked in FITS.items() if asked.name in ("departure", "return", "first-job", "job-loss")
]


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


@pytest.fixture(scope="module")
def fits(codes):
    made = {}

    def of(name):
        if name not in made:
            made[name] = fitted(codes["whole"], choose(codes["whole"], EVERYONE), FITS[name])
        return made[name]

    return of


def reference(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def coefficients(fit):
    found = fit.coefficients
    return dict(zip(found.terms, zip(found.estimate, found.std_error, strict=True), strict=True))


@pytest.mark.parametrize("name", FITS)
def test_coefficients_and_errors_equal_those_of_r(fits, name):
    found = coefficients(fits(name))
    expected = reference(f"fit_{name}")
    for row in expected:
        estimate, error = found.pop(row["term"])
        assert estimate == pytest.approx(float(row["estimate"]), abs=ITERATIVE), row["term"]
        assert error == pytest.approx(float(row["std_error"]), abs=ERRORS), row["term"]
    # A spline has other columns than R's of the same curves; nothing else may be left over.
    assert all(term.startswith(("spline[", "(intercept)")) for term in found)


@pytest.mark.parametrize(
    ("name", "terms"), [("cox_delayed", "sex + province"), ("cox_delayed_cohort", "cohort + sex + province")]
)
def test_cox_with_delayed_entry_equals_that_of_r(codes, name, terms):
    found = coefficients(fitted(codes["delayed"], choose(codes["delayed"], EVERYONE), spec("cox", terms)))
    for row in reference(f"fit_{name}"):
        estimate, error = found[row["term"]]
        assert estimate == pytest.approx(float(row["estimate"]), abs=ITERATIVE)
        assert error == pytest.approx(float(row["std_error"]), abs=ERRORS)


NOT_UNIQUE = "median_wage"


@pytest.mark.parametrize(
    "row",
    [row for row in reference("fit_totals") if row["model"] != NOT_UNIQUE],
    ids=lambda row: row["model"],
)
def test_persons_events_person_days_and_the_likelihood_equal_those_of_r(fits, codes, row):
    name = row["model"]
    if name.startswith("cox_delayed"):
        fit = fitted(
            codes["delayed"],
            choose(codes["delayed"], EVERYONE),
            spec("cox", "sex + province" if name == "cox_delayed" else "cohort + sex + province"),
        )
    else:
        fit = fits(name)
    assert (fit.persons, fit.events) == (int(row["persons"]), int(row["events"]))
    if row["person_days"]:
        assert fit.person_days == float(row["person_days"])
    if row["log_likelihood"] and not math.isnan(fit.log_likelihood):
        assert fit.log_likelihood == pytest.approx(float(row["log_likelihood"]), abs=ITERATIVE)
        assert (
            fit.aic == pytest.approx(2 * int(row["parameters"]) - 2 * fit.log_likelihood)
            or name == "wage_within"
        )


@pytest.mark.parametrize("row", reference("fit_tests"), ids=lambda row: f"{row['model']}-{row['term']}")
def test_likelihood_ratio_tests_equal_those_of_r(fits, row):
    [test] = [test for test in fits(row["model"]).tests if test.term == row["term"]]
    assert test.kind == "likelihood ratio"
    assert test.statistic == pytest.approx(float(row["statistic"]), abs=ITERATIVE)
    assert test.df == int(row["df"])
    assert test.p_value == pytest.approx(float(row["p_value"]), abs=ITERATIVE)
    assert test.proportionality == row["term"].endswith(":month")


def test_a_median_that_is_not_unique_lies_in_the_range_of_solutions(codes):
    found = coefficients(
        fitted(
            codes["whole"], choose(codes["whole"], EVERYONE), spec("median-wage", "cohort", baseline="linear")
        )
    )
    for row in reference("median_wage_range"):
        if row["model"] == NOT_UNIQUE and row["term"] != "objective":
            estimate, _ = found[row["term"]]
            assert float(row["low"]) - ITERATIVE <= estimate <= float(row["high"]) + ITERATIVE


def test_the_share_working_standardised_by_sex_and_age_equals_that_of_r(codes):
    for grouping in ("everyone", "cohort", "nationality_group"):
        by = () if grouping == "everyone" else (grouping,)
        curves = share_working_standardised(codes["whole"], choose(codes["whole"], EVERYONE, by))
        rows = [row for row in reference("standardised") if row["grouping"] == grouping]
        assert rows
        expected = {(row["group"], int(row["month"])): float(row["share"]) for row in rows}
        for key, shares in zip(curves.keys, curves["share_working"], strict=True):
            name = key[0] if key else "everyone"
            for month, share in zip(curves.at, shares, strict=True):
                if (name, int(month)) in expected:
                    assert share == pytest.approx(expected.pop((name, int(month))), abs=CLOSED)
                else:
                    assert np.isnan(share)
        assert not expected


def test_months_without_events_are_told_and_not_fitted(fits):
    fit = fits("departure")
    months = [out.term for out in fit.left_out]
    assert months == [f"month[{month}]" for month in range(14, 29)]
    assert all(out.lack == Lack.NO_EVENTS and out.bound > 0 for out in fit.left_out)
    assert not set(months) & set(fit.coefficients.terms)


@pytest.mark.parametrize("name", ["departure", "departure_age"])
def test_a_piecewise_exponential_model_stays_near_cox_where_departures_fall_on_few_days(codes, fits, name):
    asked = FITS[name]
    cox = fitted(
        codes["whole"],
        choose(codes["whole"], EVERYONE),
        Model(name="cox", formula=Formula(terms=asked.formula.terms)),
    )
    piecewise = coefficients(fits(name))
    for term, (estimate, error) in coefficients(cox).items():
        # The tenth of an error that methods ask for is tested where days are many: in a simulated world.
        assert abs(piecewise[term][0] - estimate) < 0.5 * error


def test_directions_of_the_proportionality_test_agree_with_cox_zph(fits):
    table = {
        row["term"]: float(row["p_value"]) for row in reference("fit_zph") if row.get("model", "cox") == "cox"
    }
    [test] = [test for test in fits("departure_by_month").tests if test.proportionality]
    assert (test.p_value < 0.05) == (table["cohort"] < 0.05)
