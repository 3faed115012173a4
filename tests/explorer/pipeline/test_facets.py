"""A facet counts under all other conditions, and shows nothing that the rules hide."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from explorer.pipeline.bars import MOST_BARS, bar_of, bars_of
from explorer.pipeline.drag_index import DragIndex
from explorer.pipeline.facets import count_facets
from models.register import PersonColumn
from models.rules import CBS, NONE
from models.selection import EVERYONE, And, AtMonth, Between, IsIn, conjunction
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from models.tally.index import InRange, cells_of
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


@pytest.mark.parametrize(("persons", "told"), [(8, -1), (143, 140), (147, 150)])
def test_how_many_there_are_is_told_as_every_count_is(persons, told):
    codes = build_codes(make_world(11, persons=persons).register())
    assert codes.persons == persons
    assert [count_facets(codes, EVERYONE, rules).persons for rules in (NONE, CBS)] == [persons, told]


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
    told = count_facets(codes, part, CBS)
    assert (told.selected - told.followed) % 10 == told.followed % 10 == 0


def test_small_counts_are_hidden_under_the_rules(codes):
    facets = count_facets(codes, Between("age", 30, 32), CBS)
    for part in facets.parts:
        shown = part.released.counts[part.released.counts > 0]
        assert (shown >= CBS.threshold).all()


@cache
def own_codes():
    """Three numbers more: decimals that some lack, negative whole numbers, and one that nobody shares."""
    codes = build_codes(make_world(5, persons=140).register())
    dice = np.random.default_rng(2)
    persons = codes.persons
    rooms = np.where(dice.random(persons) < 0.1, np.nan, dice.integers(2, 14, persons) / 2)
    more = {"rooms": rooms, "balance": -dice.integers(3, 30, persons).astype(float), "area": many(persons)}
    columns = tuple(PersonColumn(name=name, kind="number") for name in more)
    info = replace(codes.info, columns=(*codes.info.columns, *columns))
    return replace(codes, info=info, numbers={**codes.numbers, **more})


def many(persons):
    return np.random.default_rng(3).lognormal(3, 1, persons)


RANGES = {
    "age": [(0, 150), (18, 34), (40, 41), (89, 90)],
    "income": [(1, 1), (2.5, np.inf)],
    "rooms": [(2.5, 5.5), (-np.inf, 3), (2.2, 2.3)],
    "balance": [(-20, -10), (-10, np.inf)],
    "area": [(10, 50), (-np.inf, 30), (11.5, 40)],
}


def test_every_number_has_a_facet_where_its_column_stands():
    names = [part.column for part in count_facets(own_codes(), EVERYONE, NONE).parts]
    assert names == [
        "cohort",
        "nationality_group",
        "sex",
        "age",
        "province",
        "income",
        "rooms",
        "balance",
        "area",
    ]


@pytest.mark.parametrize(("column", "ends"), [(name, ends) for name in RANGES for ends in RANGES[name]])
def test_a_number_is_counted_by_bar_under_all_other_conditions_with_the_unknown_at_last(column, ends):
    codes = own_codes()
    women = codes.groupings["sex"].codes == codes.groupings["sex"].levels.index("female")
    facets = count_facets(codes, And((Between(column, *ends), IsIn("sex", ("female",)))), NONE)
    part, number = part_of(facets, column), codes.numbers[column][women]
    *counts, unknown = part.released.counts.tolist()
    assert unknown == np.isnan(number).sum()
    at = np.clip(number[~np.isnan(number)], part.bars.edges[0], part.bars.edges[-1])
    assert counts == np.histogram(at, part.bars.edges)[0].tolist()
    assert facets.selected == ((number >= ends[0]) & (number <= ends[1])).sum()


@pytest.mark.parametrize("rules", [NONE, CBS], ids=lambda rules: rules.name)
@pytest.mark.parametrize(("column", "ends"), [(name, ends) for name in RANGES for ends in RANGES[name]])
@pytest.mark.parametrize("later", [(), (AtMonth("present", (), 4),)], ids=["from settling", "from month 4"])
def test_while_a_number_is_dragged_the_counts_are_those_of_counting_anew(rules, column, ends, later):
    codes = own_codes()
    hand = DragIndex(rules)
    hand.column = column
    selection = conjunction((IsIn("sex", ("female", "male")), Between(column, *ends), *later))
    count_facets(codes, hand.widest(selection, column), rules, hand)
    plain, dragged = count_facets(codes, selection, rules), count_facets(codes, selection, rules, hand)
    assert dragged.selected == plain.selected
    assert dragged.followed == plain.followed
    for one, other in zip(dragged.parts, plain.parts, strict=True):
        assert one.column == other.column
        assert (one.released.counts == other.released.counts).all()


@pytest.mark.parametrize("column", RANGES)
def test_every_range_that_handles_can_tell_is_answered_from_the_index(column):
    codes = own_codes()
    bars = part_of(count_facets(codes, EVERYONE, NONE), column).bars
    hand = DragIndex(NONE)
    hand.column = column
    lows = [bars.ends[0], *bars.edges[1:-1]]
    highs = [*(round(edge - bars.width, bars.digits) for edge in bars.edges[1:-1]), bars.ends[1]]
    for low, high in [(lows[0], highs[0]), (lows[-1], highs[-1]), (lows[len(lows) // 3], highs[-1])]:
        chosen = hand.choose(codes, Between(column, low, high), ("sex",))
        assert isinstance(chosen, InRange)
        assert (chosen.group == choose(codes, Between(column, low, high), ("sex",)).group).all()


def test_five_thousand_values_are_dragged_along_as_any_others():
    codes = own_codes()
    copies = 5000 // codes.persons + 1
    values, sex = many(codes.persons * copies), np.tile(codes.groupings["sex"].codes, copies)
    cells = cells_of(values, bars_of("area", values).edges)
    assert len(np.unique(values)) >= 5000
    assert len(cells.least) <= 2 * MOST_BARS + 3
    first, last = cells.between(10, 50)
    inside = (cells.place >= first) & (cells.place < last)
    told = (values >= 10) & (values <= 50)
    assert (np.bincount(sex[inside]) == np.bincount(sex[told])).all()


def test_small_bars_are_hidden_under_the_rules_and_so_is_a_small_number_of_unknown():
    codes = own_codes()
    safe, unknown = count_facets(codes, EVERYONE, CBS), []
    for name in RANGES:
        part, number = part_of(safe, name), codes.numbers[name]
        places = bar_of(number, part.bars)
        counts, told = np.bincount(places, minlength=len(part.levels)), part.released.counts
        unknown.append(int(np.isnan(number).sum()))
        assert counts[-1] == unknown[-1]
        assert (told[(counts > 0) & (counts < CBS.threshold)] == -1).all()
        assert (told[told >= 0] % 10 == 0).all()
        assert (np.abs(told - counts)[told >= 0] <= 5).all()
    assert max(unknown) > 0


def test_the_ends_of_bars_tell_of_few_persons_no_more_than_the_rules_they_are_asked_under():
    """Also of data that are marked as synthetic."""
    codes = own_codes()
    far = np.where(np.arange(codes.persons) < 5, 7.0, 0.0)
    codes = replace(codes, numbers={**codes.numbers, "area": far})
    highs = [part_of(count_facets(codes, EVERYONE, rules), "area").bars.high for rules in (NONE, CBS)]
    assert codes.info.synthetic
    assert highs == [7, 0]
