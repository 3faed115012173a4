"""Differences in the share working between selections that may share persons."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pytest

from models.intervals import wilson
from models.recovered import Share, limits_of_difference
from models.results import Nothing, Reason
from models.selection import EVERYONE, AtMonth, Between, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.exactly import difference_in_work, share_working
from tests.models.simulated import codes_of, settle
from tests.models.slow import Slow
from tests.models.worlds import make_world

WORLD = make_world(31, persons=200)
FEMALE, MALE = IsIn("sex", ("female",)), IsIn("sex", ("male",))
EARLY = IsIn("cohort", ("2022 H1", "2022 H2"))


@pytest.fixture(scope="module")
def codes():
    return build_codes(WORLD.register())


def between(codes, a, b, months=(6, 12, 24)):
    return difference_in_work(codes, choose(codes, a), choose(codes, b), months)


def counted(slow, month, inside):
    """Who is present and of age that day among `inside`, and whether each works."""
    out = {}
    for person in slow.cohort:
        day = slow.month_day(person, month)
        if (
            inside(person)
            and slow.observable(person, month)
            and slow.present(person, day)
            and slow.of_age(person, day)
        ):
            out[person] = slow.works(person, day)
    return out


def by_hand(one, other):
    """The difference and its error, person by person."""
    p, q = sum(one.values()) / len(one), sum(other.values()) / len(other)
    squares = 0.0
    for person in {*one, *other}:
        a = (one[person] - p) / len(one) if person in one else 0.0
        b = (other[person] - q) / len(other) if person in other else 0.0
        squares += (a - b) ** 2
    return p - q, math.sqrt(squares)


def test_selections_that_share_persons_differ_as_counted_person_by_person(codes):
    slow = Slow(WORLD)
    found = between(codes, FEMALE, EARLY)

    def is_female(person):
        return slow.people[person]["sex"] == "female"

    def is_early(person):
        return slow.day0(person).year == 2022

    for point, month in enumerate(found.at.tolist()):
        difference, error = by_hand(counted(slow, month, is_female), counted(slow, month, is_early))
        assert found["difference"][0, point] == pytest.approx(difference, abs=1e-12)
        assert found["std_error"][0, point] == pytest.approx(error, abs=1e-12)


def test_without_persons_in_common_the_variance_is_the_sum_of_two(codes):
    found = between(codes, FEMALE, MALE)
    shares = [share_working(codes, choose(codes, part)) for part in (FEMALE, MALE)]
    for point, month in enumerate(found.at.tolist()):
        p = [one["share_working"][0, month] for one in shares]
        n = [one["present"][0, month] for one in shares]
        error = math.sqrt(sum(a * (1 - a) / b for a, b in zip(p, n, strict=True)))
        assert found["difference"][0, point] == pytest.approx(p[0] - p[1], abs=1e-12)
        assert found["std_error"][0, point] == pytest.approx(error, abs=1e-12)
        if not found.observed[0, point]:
            continue
        # Newcombe's tenth method, from Wilson's limits.
        (a, low_a, high_a), (b, low_b, high_b) = (
            [one[name][0, month] for name in ("share_working", "ci_low", "ci_high")] for one in shares
        )
        low = a - b - math.hypot(a - low_a, high_b - b)
        assert found["ci_low"][0, point] == pytest.approx(low, abs=1e-12)
        assert found["ci_high"][0, point] == pytest.approx(
            a - b + math.hypot(high_a - a, b - low_b), abs=1e-12
        )
    assert found.observed.any()


def test_newcombes_published_example_is_met():
    """Newcombe (1998), table II, method 10: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339."""
    parts = [
        Share(value=np.array([a / n]), limits=partial(wilson, np.array([a]), np.array([n])))
        for a, n in ((56, 70), (48, 80))
    ]
    low, high = limits_of_difference(*parts, np.zeros(1))
    assert (round(low.item(), 4), round(high.item(), 4)) == (0.0524, 0.3339)


def world_of(works, persons=12):
    """Codes of so many women and men, of whom `works` have work all the time."""
    sex = np.repeat([0, 1], persons)
    work = np.concatenate([np.arange(persons) < some for some in works])
    settled = settle(np.random.default_rng(3), 2 * persons, date(2023, 1, 1))
    return codes_of(settled, np.full(2 * persons, 9999), sex, working=np.tile(work, (40, 1)))


@pytest.mark.parametrize("works", [(0, 6), (6, 0), (12, 6), (0, 0), (0, 12)])
def test_where_nobody_or_everybody_works_there_is_no_difference(works):
    assert between(world_of(works), FEMALE, MALE) == Nothing(reason=Reason.FEW)


def test_ten_persons_on_either_side_are_compared_and_nine_are_not():
    ten, nine = (between(world_of((2, 6), persons), FEMALE, MALE) for persons in (10, 9))
    assert ten.observed[0].tolist() == [True, True, False]
    assert ten["ci_low"][0, 0] < -0.4 < ten["ci_high"][0, 0]
    assert ten["p_value"][0, 0] > 0.05
    assert nine == Nothing(reason=Reason.FEW)


def test_of_an_extract_a_month_before_entry_is_not_observed():
    codes = world_of((4, 6))
    late = replace(codes, entry=np.where(np.arange(codes.persons) % 12 < 3, 300, 0).astype(np.int32))
    assert between(codes, FEMALE, MALE).observed[0].tolist() == [True, True, False]
    assert between(late, FEMALE, MALE).observed[0].tolist() == [False, True, False]


def test_a_selection_does_not_differ_from_itself(codes):
    found = between(codes, EARLY, EARLY)
    assert np.array_equal(found["difference"], np.zeros((1, 3)))
    assert np.array_equal(found["std_error"], np.zeros((1, 3)))
    assert np.isnan(found["ci_low"]).all()


def test_who_is_in_both_counts_once(codes):
    """The error of a part against the whole is smaller than if they were strangers."""
    found = between(codes, FEMALE, EVERYONE)
    shares = [share_working(codes, choose(codes, part)) for part in (FEMALE, EVERYONE)]
    strangers = math.sqrt(
        sum(
            one["share_working"][0, 6] * (1 - one["share_working"][0, 6]) / one["present"][0, 6]
            for one in shares
        )
    )
    assert found["std_error"][0, 0] < 0.9 * strangers


def test_a_month_appears_where_both_are_observed(codes):
    found = between(codes, IsIn("cohort", ("2023", "2024 H1")), EARLY, (3, 6, 24))
    assert found.observed.tolist() == [[True, True, False]]
    later = between(codes, AtMonth("present", (), 12), EARLY)
    assert later.observed.tolist() == [[False, True, False]]
    assert later.start_month == 12


def test_nobody_is_a_reason(codes):
    nobody = Between("age", 200.0, 201.0)
    assert between(codes, nobody, EARLY) == Nothing(reason=Reason.NOBODY)
