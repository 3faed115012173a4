"""A condition on a month starts every curve there, among those present then, so that stayers do not meet leavers."""

from __future__ import annotations

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.selection import WORK_STATES, And, AtMonth, IsIn, Not
from models.tally.building import build_codes
from models.tally.choosing import choose, rows
from models.tally.exits import count_departures
from tests.models.exactly import departure_rate, share_departed, share_working
from tests.models.slow import Slow
from tests.models.worlds import make_world

WORLD = make_world(5, persons=400, reversals=True)
WORKING = AtMonth("working", (), 4)


@pytest.fixture(scope="module")
def codes():
    return build_codes(WORLD.register())


@pytest.fixture(scope="module")
def slow():
    return Slow(WORLD)


def chosen_by(slow, test):
    return [
        p for p in slow.cohort if slow.observable(p, 4) and slow.present(p, slow.month_day(p, 4)) and test(p)
    ]


@pytest.mark.parametrize("negated", [False, True])
def test_the_curve_starts_at_the_month_with_those_present_then(codes, slow, negated):
    predicate = Not(WORKING) if negated else WORKING
    people = chosen_by(slow, lambda p: slow.works(p, slow.month_day(p, 4)) != negated)
    at_risk = [p for p in people if slow.at_risk_days(p)[1] > MONTH_DAYS[4]]
    curves = share_departed(count_departures(codes, choose(codes, predicate)))
    assert curves.at[0] == 4
    assert curves["at_risk"][0, 0] == len(at_risk)
    assert curves["share_departed"][0, 0] == 0
    by_ten = [p for p in at_risk if slow.at_risk_days(p)[2] and slow.at_risk_days(p)[1] <= MONTH_DAYS[10]]
    assert curves["departed"][0, 6] == len(by_ten)


def test_person_days_are_counted_from_the_month_on(codes, slow):
    people = chosen_by(slow, lambda p: slow.works(p, slow.month_day(p, 4)))
    curves = departure_rate(count_departures(codes, choose(codes, WORKING)))
    assert curves.at[0] == 5
    for point, month in enumerate(curves.at.tolist()):
        low, high = MONTH_DAYS[month - 1], MONTH_DAYS[month]
        days = sum(
            max(0, min(slow.at_risk_days(p)[1], high) - low)
            for p in people
            if slow.at_risk_days(p)[1] > MONTH_DAYS[4]
        )
        assert curves["person_days"][0, point] == days


def test_months_before_the_condition_have_no_row(codes):
    curves = share_working(codes, choose(codes, And((WORKING, IsIn("sex", ("female", "male"))))))
    assert curves.at[0] == 4
    assert curves["share_working"][0, 0] == pytest.approx(1.0)


def test_a_month_that_nobody_reached_selects_nobody(codes):
    chosen = choose(codes, AtMonth("working", (), 100))
    assert chosen.groups == 0
    assert (chosen.group == -1).all()


@pytest.mark.parametrize("month", [0, 4, 7])
@pytest.mark.parametrize("state", WORK_STATES)
def test_a_state_is_that_of_a_slow_look_at_everyone_aged_18_to_64_at_settling(codes, slow, state, month):
    def own(person):
        day = slow.month_day(person, month)
        if not (slow.observable(person, month) and slow.present(person, day)):
            return None
        if not slow.works(person, day):
            return "not working"
        contract = slow.main_job(person, day)["contract"]
        return contract if contract in WORK_STATES else "other"

    expected = [slow.of_age_at_settling(person) and own(person) == state for person in slow.cohort]
    assert rows(AtMonth("state", (state,), month), codes).tolist() == expected
    if month:
        assert any(expected) or state == "other"


def test_states_together_hold_everyone_of_age_who_is_present(codes):
    found = sum(rows(AtMonth("state", (state,), 6), codes).astype(int) for state in WORK_STATES)
    adult = (codes.numbers["age"] >= 18) & (codes.numbers["age"] < 65)
    assert (found == (rows(AtMonth("present", (), 6), codes) & adult)).all()


@pytest.mark.parametrize("ends", [("0", "12.5"), ("12.50", "15"), ("14.37", "14.37"), ("15", "99")])
def test_a_range_of_wages_holds_both_of_its_ends(codes, slow, ends):
    low, high = (round(float(end) * 100) for end in ends)
    expected = []
    for person in slow.cohort:
        day = slow.month_day(person, 5)
        works = slow.observable(person, 5) and slow.works(person, day)
        cents = slow.hourly_cents(person, day) if works else None
        expected.append(cents is not None and low <= cents <= high)
    assert rows(AtMonth("wage", ends, 5), codes).tolist() == expected


def test_some_wage_lies_in_some_range_and_curves_start_at_its_month(codes):
    chosen = choose(codes, AtMonth("wage", ("0", "1000"), 5))
    assert chosen.start_month == 5
    assert 0 < (chosen.group >= 0).sum() <= rows(AtMonth("working", (), 5), codes).sum()
    assert share_working(codes, chosen)["share_working"][0, 0] == 1


def test_where_work_and_leaving_are_independent_the_landmark_finds_no_difference():
    """Ever working against never working would differ, since whoever stays longer has more months to work in."""
    dice = np.random.default_rng(8)
    persons, month = 40_000, 6
    stay = dice.exponential(400, persons)
    job = dice.exponential(200, persons)
    day = MONTH_DAYS[month]
    here = stay > day
    departed = {
        worked: (stay[here & ((job <= day) == worked)] <= day + 180).mean() for worked in (True, False)
    }
    naive = {worked: (stay[(job <= stay) == worked] <= 180).mean() for worked in (True, False)}
    assert abs(departed[True] - departed[False]) < 0.02
    assert naive[False] - naive[True] > 0.1
