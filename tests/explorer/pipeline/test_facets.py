"""A facet counts under all other conditions, and shows nothing that the rules hide."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from explorer.pipeline.facets import count_facets
from explorer.pipeline.underhand import UnderHand
from models.disclosure.gate import CBS, NONE
from models.selection import EVERYONE, And, AtMonth, Between, IsIn, conjunction
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.slow import Slow, age_on
from tests.models.worlds import make_world

WORLD = make_world(11, persons=150)


@pytest.fixture(scope="module")
def codes():
    return build_codes(WORLD.register())


def part_of(facets, column):
    return next(part for part in facets.parts if part.column == column)


def by_level(facets, column):
    part = part_of(facets, column)
    return dict(zip(part.levels, part.released.counts.tolist(), strict=True))


def test_without_a_selection_every_facet_adds_up_to_everyone(codes):
    facets = count_facets(codes, EVERYONE, NONE)
    for part in facets.parts:
        assert part.released.counts.sum() == codes.persons
    assert facets.selected == facets.persons == codes.persons


def test_a_facet_counts_under_all_other_conditions_but_not_its_own(codes):
    slow = Slow(WORLD)
    selection = And((IsIn("sex", ("female",)), Between("age", 18, 40)))
    facets = count_facets(codes, selection, NONE)

    def age(person):
        return age_on(slow.people[person]["birth_date"], slow.day0(person))

    young = [p for p in slow.cohort if age(p) is not None and 18 <= age(p) <= 40]
    women = [p for p in slow.cohort if slow.people[p]["sex"] == "female"]
    expected = {
        sex: sum(slow.people[p]["sex"] == sex for p in young) for sex in ("female", "male", "unknown")
    }
    assert by_level(facets, "sex") == expected
    ages = [91 if age(p) is None else min(age(p), 90) for p in women]
    assert part_of(facets, "age").released.counts.tolist() == np.bincount(ages, minlength=92).tolist()
    assert facets.selected == len([p for p in young if p in women])
    for level, count in by_level(facets, "province").items():
        assert count == sum(slow.people[p]["province"] == level for p in young if p in women)


def test_a_condition_on_a_month_counts_those_present_then(codes):
    slow = Slow(WORLD)
    facets = count_facets(codes, AtMonth("working", (), 3), NONE)
    expected = sum(slow.observable(p, 3) and slow.works(p, slow.month_day(p, 3)) for p in slow.cohort)
    assert facets.selected == expected


@pytest.mark.parametrize("part", [AtMonth("present", (), 4), AtMonth("state", ("not working",), 6)])
def test_those_followed_in_their_first_stay_are_those_with_whom_departures_begins(codes, part):
    facets = count_facets(codes, part, NONE)
    risk = count_departures(codes, choose(codes, part))
    assert facets.followed == risk.at_risk[0, risk.start_day]
    assert 0 < facets.followed < facets.selected
    assert count_facets(codes, EVERYONE, NONE).followed == codes.persons


def test_the_few_who_had_come_back_cannot_be_had_by_subtracting(codes):
    part = AtMonth("present", (), 4)
    plain = count_facets(codes, part, NONE)
    assert 0 < plain.selected - plain.followed < CBS.threshold
    assert count_facets(codes, part, CBS).followed == -1


def test_small_counts_are_hidden_under_the_rules(codes):
    facets = count_facets(codes, Between("age", 30, 32), CBS)
    for part in facets.parts:
        shown = part.released.counts[part.released.counts > 0]
        assert (shown >= CBS.threshold).all()


@cache
def own_codes():
    return build_codes(make_world(5, persons=140).register())


@pytest.mark.parametrize("rules", [NONE, CBS], ids=lambda rules: rules.name)
@pytest.mark.parametrize("ages", [(0, 90), (18, 34), (40, 41), (89, 90)])
@pytest.mark.parametrize("later", [(), (AtMonth("present", (), 4),)], ids=["from settling", "from month 4"])
def test_while_the_age_is_dragged_the_counts_are_those_of_counting_anew(rules, ages, later):
    codes = own_codes()
    hand = UnderHand()
    hand.column = "age"
    selection = conjunction((IsIn("sex", ("female", "male")), Between("age", *ages), *later))
    plain, dragged = count_facets(codes, selection, rules), count_facets(codes, selection, rules, hand)
    assert dragged.selected == plain.selected
    assert dragged.followed == plain.followed
    for one, other in zip(dragged.parts, plain.parts, strict=True):
        assert one.column == other.column
        assert (one.released.counts == other.released.counts).all()
