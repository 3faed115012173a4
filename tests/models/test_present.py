"""Who was present on past days, and how the counted numbers go over into the projected ones."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from models.clocks import day_number, from_day_number
from models.disclosure.results import release_result
from models.present import first_days, observed_then_projected, present_on_days
from models.projection import Scenario, project
from models.regression.formula import Formula
from models.results import Curves
from models.rules import CBS, NONE
from models.selection import EVERYONE, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.exactly import stock
from tests.models.slow import Slow
from tests.models.worlds import UNTIL, make_world

SEEN_ON = date(2023, 6, 30)
WORLDS = {"whole": make_world(21, persons=150), "delayed": make_world(22, persons=120, present_on=SEEN_ON)}


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


@pytest.mark.parametrize("world", WORLDS)
def test_the_number_present_on_a_day_is_that_of_a_slow_count(codes, world):
    slow = Slow(WORLDS[world])
    chosen = choose(codes[world], EVERYONE, ("sex",))
    days = first_days(codes[world])
    found = present_on_days(codes[world], chosen, days)
    for at, number in enumerate(days.tolist()):
        day = from_day_number(number)
        for series, (sex,) in enumerate(chosen.keys):
            there = [p for p in slow.cohort if (slow.people[p]["sex"] or "unknown") == sex]
            assert found[series, at] == sum(slow.present(person, day) for person in there), (day, sex)
    assert found.sum() > 100


@pytest.mark.parametrize("world", WORLDS)
def test_the_number_present_on_a_day_is_that_of_the_stock_on_it(codes, world):
    chosen = choose(codes[world], EVERYONE, ("cohort", "sex"))
    days = first_days(codes[world])
    found = present_on_days(codes[world], chosen, days)
    for at, number in enumerate(days.tolist()):
        counted = stock(WORLDS[world].register(), codes[world], chosen, from_day_number(number))
        assert np.array_equal(found[:, at], counted["present"][:, 0])


def test_who_came_back_and_left_again_is_counted_in_between_and_not_after(codes):
    slow, whole = Slow(WORLDS["whole"]), codes["whole"]
    short = [
        (stay["settled"], stay["departed"])
        for person in slow.cohort
        for stay in slow.stays[person]
        if stay["settled"] > slow.first[person]["settled"] and (stay["departed"] or date.max) <= UNTIL
    ]
    assert short
    for began, ended in short:
        days = [began - timedelta(days=1), began, ended - timedelta(days=1), ended]
        found = present_on_days(whole, choose(whole, EVERYONE), np.asarray([day_number(day) for day in days]))
        assert found[0].tolist() == [sum(slow.present(p, day) for p in slow.cohort) for day in days]


def test_days_are_firsts_of_months_and_begin_where_anything_is_known(codes):
    days = [from_day_number(day) for day in first_days(codes["whole"]).tolist()]
    assert days[0] == date(2022, 3, 1)
    assert days[-1] == UNTIL
    assert all(day.day == 1 for day in days)
    assert from_day_number(int(first_days(codes["delayed"])[0])) == date(2023, 7, 1)


def joined(codes, by=("cohort",), rules=NONE):
    chosen = choose(codes, EVERYONE, by)
    made = project(
        codes, chosen, Formula(terms=(("cohort",),)), Scenario(until=day_number(date(2025, 7, 1))), NONE
    )
    assert isinstance(made, Curves)
    return made, release_result(observed_then_projected(made, codes, chosen), rules)


def test_a_projection_begins_with_what_was_counted_and_goes_on_as_projected(codes):
    projected, released = joined(codes["whole"])
    both = released
    end = both.at.tolist().index(day_number(UNTIL))
    chosen = choose(codes["whole"], EVERYONE, ("cohort",))
    counted = present_on_days(codes["whole"], chosen, both.at[: end + 1])
    for series in range(len(projected.keys)):
        whole = both["present"][series]
        begun = both.observed[series, :end]
        assert np.array_equal(whole[:end][begun], counted[series, :end][begun])
        assert np.isnan(whole[:end][~begun]).all()
        assert np.array_equal(whole[end:], projected["present"][series])
        assert whole[end] == counted[series, end]
        assert np.isnan(both["ci_low"][series, :end]).all()
        assert np.array_equal(both["ci_low"][series, end:], projected["ci_low"][series])


def test_a_group_is_counted_from_the_month_in_which_its_first_person_settles(codes):
    released = joined(codes["whole"])[1]
    place = released.keys.index(("2023",))
    first = from_day_number(int(released.at[np.flatnonzero(released.observed[place])[0]]))
    assert first == date(2023, 1, 1)


def test_few_persons_present_are_hidden(codes):
    released = joined(codes["whole"], ("sex",), CBS)[1]
    women = released.keys.index(("female",))
    counted = present_on_days(
        codes["whole"], choose(codes["whole"], IsIn("sex", ("female",))), first_days(codes["whole"])
    )[0]
    hidden = released.withheld[women][: len(counted)]
    assert hidden[(counted > 0) & (counted < 10)].all()
    assert not hidden[counted >= 10].any()
    assert (released["present"][women][: len(counted)][counted >= 10] % 10 == 0).all()
    assert (counted < 10).any()
    assert (counted >= 10).any()
