"""Whatever is read from sums along the values of a number equals what is counted among those in the range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.results import Curves, Nothing
from models.selection import AtMonth, Between, IsIn, conjunction
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from models.tally.flows import count_flows
from models.tally.index import InRange, cells_of, has_range, range_of, split_selection, within
from models.tally.states import count_work
from tests.models.exactly import (
    lexis_surface,
    occupancy,
    share_by_destination,
    share_departed,
    share_departed_followed,
    share_working,
    wage_fan,
)
from tests.models.worlds import make_world

COUNTS = (count_departures, count_work, count_flows)
ESTIMATES = (
    lexis_surface,
    share_departed_followed,
    wage_fan,
    share_working,
    occupancy,
    lambda codes, chosen: share_departed(count_departures(codes, chosen)),
    lambda codes, chosen: share_by_destination(count_departures(codes, chosen)),
)
RANGE = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(sorted)


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(11, persons=150).register())


def selection(low, high, more=()):
    return conjunction((*more, Between("age", low, high)))


def age_split(codes, asked, by):
    return split_selection(codes, asked, by, "age", cells_of(codes.numbers["age"], range(92)))


def same(count, one, other):
    assert one.keys == other.keys
    assert one.by == other.by
    assert (one.last_month == other.last_month).all()
    for name in one.ADDITIVE:
        a, b = getattr(one, name), getattr(other, name)
        # Days after the last exit of those in the range hold nobody.
        size = min(a.shape[-1], b.shape[-1])
        assert (a[..., :size] == b[..., :size]).all(), (count.__name__, name)
        assert not a[..., size:].any()
        assert not b[..., size:].any()


@given(RANGE, st.sampled_from([(), ("sex",), ("cohort", "sex")]), st.booleans())
@settings(max_examples=60)
def test_a_tally_of_a_range_is_a_difference_of_sums(codes, ends, by, later):
    more = (AtMonth("present", (), 3),) if later else (IsIn("sex", ("female", "male")),)
    asked = selection(*ends, more)
    whole = age_split(codes, asked, by)
    for count in COUNTS:
        same(count, count(codes, within(whole, asked)), count(codes, choose(codes, asked, by)))


@given(RANGE)
@settings(max_examples=30)
def test_who_is_in_the_range_is_known_when_it_is_asked(codes, ends):
    asked = selection(*ends)
    chosen = within(age_split(codes, asked, ("sex",)), asked)
    plain = choose(codes, asked, ("sex",))
    assert (chosen.group == plain.group).all()
    assert (chosen.persons == np.bincount(plain.group[plain.group >= 0], minlength=plain.groups)).all()
    assert isinstance(chosen, InRange)
    assert type(chosen.plain()) is type(plain)


@pytest.mark.parametrize("estimate", ESTIMATES)
@pytest.mark.parametrize("ends", [(0, 90), (18, 34), (30, 31), (70, 90)])
@pytest.mark.parametrize("by", [(), ("sex",)])
def test_an_estimate_of_a_range_is_that_of_counting_anew(codes, estimate, ends, by):
    asked = selection(*ends)
    one = estimate(codes, within(age_split(codes, asked, by), asked))
    other = estimate(codes, choose(codes, asked, by))
    assert type(one) is type(other)
    if isinstance(other, Nothing):
        return
    assert one.keys == other.keys
    for name in [measure.name for measure in other.measures]:
        a, b = one[name], other[name]
        if isinstance(other, Curves):
            a, b = np.where(one.observed, a, np.nan), np.where(other.observed, b, np.nan)
        assert np.allclose(a, b, rtol=1e-12, atol=1e-15, equal_nan=True), name


def test_one_whole_answers_every_range_of_its_number(codes):
    whole = age_split(codes, selection(0, 90), ("sex",))
    for low in range(0, 60, 7):
        asked = selection(low, low + 20)
        same(
            count_work,
            count_work(codes, within(whole, asked)),
            count_work(codes, choose(codes, asked, ("sex",))),
        )


def test_extracts_with_delayed_entry_are_counted_anew_and_equal():
    from datetime import date

    codes = build_codes(make_world(12, persons=80, present_on=date(2023, 1, 1)).register())
    asked = selection(18, 40)
    whole = age_split(codes, asked, ())
    one, other = count_departures(codes, within(whole, asked)), count_departures(codes, choose(codes, asked))
    same(count_departures, one, other)
    assert (one.spans == other.spans).all()


def test_only_a_condition_on_the_number_alone_is_a_range():
    assert has_range(selection(18, 40), "age")
    assert not has_range(IsIn("sex", ("female",)), "age")
    assert not has_range(selection(18, 40), "income")


VALUES = st.lists(
    st.one_of(st.none(), st.floats(-50, 50), st.integers(-50, 50).map(float)), min_size=1, max_size=60
)


@given(VALUES, st.sets(st.integers(-40, 40), min_size=2), st.data())
@settings(max_examples=200)
def test_a_range_that_ends_at_edges_is_some_whole_cells(values, edges, data):
    number = np.asarray([np.nan if value is None else value for value in values])
    edges = sorted(edges)
    cells = cells_of(number, edges)
    low = data.draw(st.sampled_from([-np.inf, *edges]))
    high = data.draw(st.sampled_from([edge for edge in [*edges, np.inf] if edge >= low]))
    first, last = cells.between(low, high)
    inside = (cells.place >= first) & (cells.place < last)
    assert (inside == ((number >= low) & (number <= high))).all()
    assert ((cells.place < 0) == np.isnan(number)).all()


def test_a_range_that_ends_inside_a_cell_has_no_index():
    cells = cells_of(np.asarray([1.0, 1.5, 2.0, 7.5]), [0, 1, 2, 3])
    assert cells.between(1, 2) == (0, 3)
    assert cells.between(1.2, 2) == (1, 3)
    assert cells_of(np.asarray([1.2, 1.5]), [0, 1, 2, 3]).between(1.3, 2) is None


def test_several_conditions_on_a_number_are_the_range_in_which_all_hold():
    assert range_of(conjunction((Between("age", 20, 40), Between("age", 30, 60))), "age") == (30, 40)
    assert range_of(IsIn("sex", ("female",)), "age") == (-np.inf, np.inf)
