"""In worlds drawn from the model itself intervals hold the truth as often as they say, and estimates find it."""

from __future__ import annotations

import numpy as np
import pytest

from models.clocks import MONTH_DAYS, day_number
from models.projection import Scenario, project
from models.regression.clustered import fit_wage, fit_working
from models.regression.formula import Formula
from models.regression.hazard import fit_hazard
from models.regression.predicted import standardised_curves
from models.rules import NONE
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.covariates import group_by
from models.tally.exits import count_departures
from models.tally.person_months import count_wage_months, count_work_months
from models.tally.person_time import count_person_time
from models.tally.spans import Event, spans
from tests.models.exactly import share_departed
from tests.models.simulated import FROM, UNTIL, codes_of, exponential_days, settle

REPLICATIONS = 2000
PERSONS = 700
RATE, RATIO = 0.022 / 30.4375, 1.3
LOG_RATIO = np.log(RATIO)
SLOPE, LEVEL = 0.012, np.log(15.0)
BETWEEN = (0.935, 0.965)


def departures(rng, persons=PERSONS):
    sex = rng.integers(0, 2, persons)
    rate = RATE * np.where(sex == 1, RATIO, 1.0)
    return codes_of(settle(rng, persons), exponential_days(rng, rate), sex)


def true_share(day):
    return 1 - (np.exp(-RATE * day) + np.exp(-RATE * RATIO * day)) / 2


def hazard_of(codes, columns=("sex",)):
    covariates = group_by(codes, np.ones(codes.persons, dtype=bool), columns)
    tally = count_person_time(codes, covariates, spans(codes, Event.DEPARTURE))
    formula = Formula(terms=tuple((name,) for name in columns), baseline="steps")
    return fit_hazard(tally, formula, tests=False), tally


def covers(low, high, truth):
    return (low <= truth) & (truth <= high)


@pytest.mark.slow
def test_intervals_of_the_share_departed_cover_it():
    months = np.arange(1, 25)
    truth = true_share(np.asarray(MONTH_DAYS)[months])
    rng = np.random.default_rng(1)
    hits, events, error, square = np.zeros(len(months)), np.zeros(len(months)), 0.0, 0.0
    for _ in range(REPLICATIONS):
        codes = departures(rng)
        curve = share_departed(count_departures(codes, choose(codes, EVERYONE)))
        low, high, share = (curve[name][0, months] for name in ("ci_low", "ci_high", "share_departed"))
        hits += covers(low, high, truth)
        events += curve["departed"][0, months]
        error, square = error + (share - truth), square + (share - truth) ** 2
    enough = events / REPLICATIONS >= 30
    assert enough.sum() >= 15
    coverage = hits[enough] / REPLICATIONS
    assert (coverage > BETWEEN[0]).all(), coverage
    assert (coverage < BETWEEN[1]).all(), coverage
    mean, deviation = error / REPLICATIONS, np.sqrt(square / REPLICATIONS)
    assert (np.abs(mean) < 3 * deviation / np.sqrt(REPLICATIONS) + 1e-4).all()


@pytest.mark.slow
def test_intervals_of_a_hazard_ratio_cover_it():
    rng = np.random.default_rng(2)
    estimates, errors = [], []
    for _ in range(REPLICATIONS):
        hazard, _ = hazard_of(departures(rng))
        estimates.append(hazard.fit.coefficients.estimate[-1])
        errors.append(hazard.fit.coefficients.std_error[-1])
    estimate, error = np.asarray(estimates), np.asarray(errors)
    coverage = covers(estimate - 1.96 * error, estimate + 1.96 * error, LOG_RATIO).mean()
    assert BETWEEN[0] < coverage < BETWEEN[1], coverage
    assert abs(estimate.mean() - LOG_RATIO) < 3 * estimate.std() / np.sqrt(REPLICATIONS)


@pytest.mark.slow
def test_intervals_of_a_wage_slope_cover_it_when_wages_hang_together_within_persons():
    rng = np.random.default_rng(3)
    estimates, errors = [], []
    for _ in range(REPLICATIONS):
        persons = 300
        month = np.arange(29)[None, :]
        own = rng.normal(0, 0.15, (persons, 1)) + rng.normal(0, 0.006, (persons, 1)) * month
        log_wage = LEVEL + SLOPE * month + own + rng.normal(0, 0.05, (persons, 29))
        cents = np.rint(100 * np.exp(log_wage)).astype(np.int32)
        lifetime = np.full(persons, 5000)
        codes = codes_of(settle(rng, persons), lifetime, rng.integers(0, 2, persons), wages=cents)
        tally = count_wage_months(codes, choose(codes, EVERYONE), ())
        fit = fit_wage(tally, Formula(baseline="linear")).fit
        estimates.append(fit.coefficients.estimate[1])
        errors.append(fit.coefficients.std_error[1])
    estimate, error = np.asarray(estimates), np.asarray(errors)
    coverage = covers(estimate - 1.96 * error, estimate + 1.96 * error, SLOPE).mean()
    assert BETWEEN[0] < coverage < BETWEEN[1], coverage
    assert abs(estimate.mean() - SLOPE) < 3 * estimate.std() / np.sqrt(REPLICATIONS)


def test_a_hazard_ratio_and_every_step_of_a_large_world_are_found_within_three_errors():
    rng = np.random.default_rng(4)
    hazard, _ = hazard_of(departures(rng, 200_000))
    found = hazard.fit.coefficients
    assert abs(found.estimate[-1] - LOG_RATIO) < 3 * found.std_error[-1]
    steps = (found.estimate[:-1] - np.log(RATE)) / found.std_error[:-1]
    assert (np.abs(steps) < 3.5).all()


def test_standardised_curves_tell_what_would_happen_if_all_were_of_one_cohort():
    rng = np.random.default_rng(5)
    persons = 150_000
    settled = settle(rng, persons)
    sex = (rng.random(persons) < np.where(settled < day_number(FROM) + 200, 0.3, 0.7)).astype(int)
    late = settled >= day_number(FROM) + 127
    rate = RATE * np.where(sex == 1, RATIO, 1.0) * np.where(late, 0.6, 1.0)
    codes = codes_of(settled, exponential_days(rng, rate), sex)
    hazard, tally = hazard_of(codes, ("cohort", "sex"))
    curve = standardised_curves(hazard, tally, "cohort")
    share = sex.mean()
    for cohort, factor in ((0, 1.0), (1, 0.6), (2, 0.6)):
        day = MONTH_DAYS[12]
        truth = 1 - (1 - share) * np.exp(-RATE * factor * day) - share * np.exp(-RATE * factor * RATIO * day)
        assert curve["ci_low"][cohort, 12] - 0.002 < truth < curve["ci_high"][cohort, 12] + 0.002
        assert curve["share_departed"][cohort, 12] == pytest.approx(truth, abs=0.006)


def test_work_that_follows_a_logit_is_found_within_three_errors():
    rng = np.random.default_rng(6)
    persons = 60_000
    sex = rng.integers(0, 2, persons)
    share = 1 / (1 + np.exp(-(-0.4 + 0.5 * sex)))
    working = rng.random((29, persons)) < share[None, :]
    codes = codes_of(settle(rng, persons), np.full(persons, 5000), sex, working=working)
    tally = count_work_months(codes, choose(codes, EVERYONE), ("sex",))
    fit = fit_working(tally, Formula(terms=(("sex",),), baseline="linear")).fit
    for place, truth in enumerate((-0.4, 0.0, 0.5)):
        assert abs(fit.coefficients.estimate[place] - truth) < 3 * fit.coefficients.std_error[place]


@pytest.mark.parametrize(("factor", "expected"), [(1.0, 1.0), (2.0, 2.0), (0.0, 0.0)])
def test_a_projection_with_a_constant_hazard_loses_people_at_that_hazard(factor, expected):
    rng = np.random.default_rng(7)
    persons = 60_000
    codes = codes_of(
        settle(rng, persons), exponential_days(rng, np.full(persons, RATE)), np.zeros(persons, int)
    )
    until = day_number(UNTIL) + 365
    scenario = Scenario(until=until, factor=factor, factor_from=day_number(UNTIL) if factor != 1 else None)
    curve = project(codes, choose(codes, EVERYONE), Formula(terms=()), scenario, NONE)
    here = curve["present"][0, 0]
    assert here == (codes.destination == 0).sum()
    truth = here * np.exp(-RATE * expected * 365)
    low, high = curve["ci_low"][0, -1], curve["ci_high"][0, -1]
    assert low - 1e-6 <= truth <= high + 1e-6
    assert high - low < 0.04 * here


def test_a_projection_counts_its_scenario_from_its_date_and_arrivals_only_when_asked():
    rng = np.random.default_rng(8)
    persons = 20_000
    codes = codes_of(
        settle(rng, persons), exponential_days(rng, np.full(persons, RATE)), np.zeros(persons, int)
    )
    until = day_number(UNTIL)
    asked = [
        Scenario(until=until + 365),
        Scenario(until=until + 365, factor=3.0, factor_from=until + 200),
        Scenario(until=until + 365, arrivals=100.0),
    ]
    plain, later, arriving = (
        project(codes, choose(codes, EVERYONE), Formula(terms=()), scenario, NONE) for scenario in asked
    )
    days = plain.at - until
    assert np.allclose(plain["present"][0, days <= 200], later["present"][0, days <= 200])
    assert (later["present"][0, days > 230] < plain["present"][0, days > 230]).all()
    assert arriving["present"][0, -1] > plain["present"][0, -1] + 12 * 100 * 0.7
