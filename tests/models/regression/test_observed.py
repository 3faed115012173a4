"""Observed beside fitted: the observed part is a plain count, the fitted part keeps the totals it must keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.clocks import DAYS_PER_MONTH
from models.regression.clustered import fit_wage, fit_working
from models.regression.fitting import Model, observed_beside_fitted, person_months, person_time
from models.regression.formula import Formula, parse_terms
from models.regression.hazard import fit_hazard
from models.regression.observed import FEWEST, observed_hazard, observed_months
from models.rules import NONE
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.person_months import count_work_months
from tests.models.slow import DAYS, Slow
from tests.models.worlds import make_world

WORLD = make_world(41, persons=400)


@pytest.fixture(scope="module")
def codes():
    return build_codes(WORLD.register())


def formula(text, baseline="steps"):
    return Formula(terms=parse_terms(text), baseline=baseline)


def hazard_curves(codes, terms, column, baseline="steps"):
    tally = person_time(
        codes, choose(codes, EVERYONE), Model(name="departure", formula=formula(f"{terms} + sex + cohort"))
    )
    fitted = fit_hazard(tally, formula(terms, baseline), tests=False)
    return observed_hazard(fitted, tally, column)


def parts(curves, name):
    values = curves[name]
    return values[0::2], values[1::2]


def test_observed_rates_are_events_by_person_months_counted_person_by_person(codes):
    slow = Slow(WORLD)
    found = hazard_curves(codes, "cohort + sex", "sex")
    assert [key[-1] for key in found.keys[:2]] == ["observed", "fitted"]
    place = found.keys.index(("male", "observed"))
    for month in (1, 5, 12):
        events = days = 0
        for person in slow.cohort:
            if slow.people[person]["sex"] == "male":
                _, duration, gone = slow.at_risk_days(person)
                days += max(min(duration, DAYS[month]) - DAYS[month - 1], 0)
                events += gone is not None and DAYS[month - 1] < duration <= DAYS[month]
        at = found.at.tolist().index(month)
        assert found["events"][place, at] == events
        assert found["rate"][place, at] == pytest.approx(events / days * DAYS_PER_MONTH, abs=1e-12)


def test_a_curve_ends_with_the_last_month_that_somebody_was_followed_through(codes):
    slow = Slow(WORLD)
    found = observed_beside_fitted(
        codes, choose(codes, EVERYONE), Model(name="departure", formula=formula("cohort + sex")), "sex", NONE
    )
    whole = hazard_curves(codes, "cohort + sex", "sex")
    ends = set()
    for place, (sex, part) in enumerate(found.keys):
        people = [person for person in slow.cohort if slow.people[person]["sex"] == sex]
        followed = [
            month for month in range(1, len(DAYS)) if any(slow.observable(one, month) for one in people)
        ]
        enough = [
            month
            for month in followed
            if sum(slow.at_risk_days(one)[1] > DAYS[month - 1] for one in people) >= FEWEST
        ]
        last = max(enough or followed)
        assert found.at[found.observed[place]].tolist() == list(range(1, last + 1))
        # What is left is what it was.
        own = whole["rate"][whole.keys.index((sex, part))]
        assert np.array_equal(found["rate"][place][:last], own[:last])
        ends.add(bool(enough))
    assert True in ends
    assert not found.observed[:, whole.observed.any(axis=0)].all(axis=0).all()


def test_with_a_step_a_month_the_fitted_events_of_all_groups_are_those_observed(codes):
    observed, fitted = parts(hazard_curves(codes, "cohort + sex", "sex"), "events")
    assert np.allclose(observed.sum(axis=0), fitted.sum(axis=0), atol=1e-6)
    # Over all months every level of a term keeps its events; in one month it need not.
    assert np.allclose(observed.sum(axis=1), fitted.sum(axis=1), atol=1e-6)
    assert np.abs(observed - fitted).max() > 0.1


def test_a_column_that_is_no_term_shows_what_the_model_misses(codes):
    observed, fitted = parts(hazard_curves(codes, "cohort", "sex"), "events")
    assert np.abs(observed.sum(axis=1) - fitted.sum(axis=1)).max() > 0.5
    assert observed.sum() == pytest.approx(fitted.sum(), abs=1e-6)


def test_a_spline_is_smooth_where_counts_are_not(codes):
    observed, fitted = parts(hazard_curves(codes, "sex", "", "spline"), "rate")
    assert np.abs(np.diff(fitted[0], 2)).max() < np.abs(np.diff(observed[0], 2)).max() / 2
    assert len(observed) == 1


def test_the_fitted_share_working_keeps_the_total_of_every_month(codes):
    asked = formula("sex + cohort")
    tally = count_work_months(codes, choose(codes, EVERYONE), ("sex", "cohort"))
    found = observed_months(fit_working(tally, asked), tally, asked)
    observed, fitted = parts(found, "share_working")
    assert np.allclose(observed, fitted, atol=1e-8)
    direct = [tally.value[tally.month == month].mean() for month in found.at]
    assert np.allclose(observed[0], direct, atol=1e-12)


def test_cells_of_a_level_in_which_nobody_works_are_fitted_as_nobody(codes):
    tally = count_work_months(codes, choose(codes, EVERYONE), ("province",))
    nobody = tally.table[tally.group, 0] == 1
    tally = replace(tally, value=np.where(nobody, 0.0, tally.value))
    asked = formula("province", "linear")
    found = observed_months(fit_working(tally, asked), tally, asked, "province")
    fitted = found["share_working"][found.keys.index((tally.columns[0].levels[1], "fitted"))]
    assert (fitted[found.observed[2]] == 0).all()
    assert (found["share_working"][1][found.observed[0]] > 0).all()


def test_the_observed_wage_is_the_geometric_mean_and_the_fit_keeps_the_mean_of_every_level(codes):
    asked = formula("cohort", "linear")
    tally = person_months(codes, choose(codes, EVERYONE), Model(name="wage", formula=asked))
    found = observed_months(fit_wage(tally, asked), tally, asked, "cohort")
    observed, fitted = parts(found, "hourly_wage")
    group = tally.table[tally.group, 0]
    for place, level in enumerate(np.unique(group).tolist()):
        numbers = np.asarray([((tally.month == m) & (group == level)).sum() for m in found.at])
        direct = [tally.value[(tally.month == m) & (group == level)].mean() for m in found.at[numbers > 0]]
        assert np.allclose(observed[place][numbers > 0], np.exp(direct), rtol=1e-12)
        gap = np.log(observed[place][numbers > 0]) - np.log(fitted[place][numbers > 0])
        assert abs((gap * numbers[numbers > 0]).sum()) < 1e-8
