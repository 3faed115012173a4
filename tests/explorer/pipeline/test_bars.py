"""The bars of a number are few, plain, and hold everybody; a range between two edges is whole bars."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.core.person_numbers import NUMBERS
from explorer.pipeline.bars import MOST_BARS, bar_of, bars_of, numbers_in_bars
from models.rules import CBS, NONE
from models.tally.building import build_codes
from tests.models.worlds import make_world

DICE = np.random.default_rng(4)
NUMBER = st.one_of(
    st.integers(-500, 500).map(float),
    st.integers(-(10**15), 10**15).map(float),
    st.integers(-5000, 5000).map(lambda cents: cents / 100),
    st.floats(allow_nan=False, allow_infinity=False),
)


def edges(values):
    found = bars_of("number", np.asarray(values, dtype=np.float64))
    return found, list(found.edges)


@pytest.mark.parametrize(
    ("values", "first", "last", "step", "low", "high"),
    [
        (range(8), 0, 8, 1, 0, 7),
        (range(-40, -2), -40, -2, 1, -40, -3),
        ([0.5, 1, 1.5, 4], 0.5, 4.5, 0.5, 0.5, 4),
        (range(0, 30_000, 1000), 0, 30_000, 1000, 0, 29_000),
        ([0, 1_000_000], 0, 2_000_000, 1_000_000, 0, 1_000_000),
        (range(3000), 0, 3000, 50, 0, 2999),
        (range(-150, 100), -150, 100, 5, -150, 99),
        (np.arange(100_000) / 1000 + 1 / 3, 0, 102, 2, 0, 102),
        ([7, 7, 7], 7, 8, 1, 7, 7),
        ([1.23456789], 1.2, 1.25, 0.05, 1.2, 1.25),
    ],
)
def test_edges_are_plain_numbers(values, first, last, step, low, high):
    found, at = edges(values)
    assert (at[0], at[-1], found.step) == (first, last, step)
    assert (found.low, found.high) == (low, high)
    assert not found.below
    assert not found.above


@pytest.mark.parametrize("values", [DICE.lognormal(10, 1, 5000).round(2), DICE.normal(0, 1e8, 5000)])
def test_many_values_are_in_bars_of_which_most_hold_somebody(values):
    _, at = edges(values)
    assert MOST_BARS / 3 < len(at) - 1 <= MOST_BARS
    assert np.count_nonzero(np.histogram(values, at)[0]) > len(at) / 2


def test_one_value_that_is_far_too_large_does_not_press_the_others_into_one_bar():
    found, at = edges([*DICE.integers(0, 40, 1000), 10_000_000, math.inf])
    assert found.step == 1
    assert at[-1] < 100
    assert found.above
    assert not found.below


@given(st.lists(NUMBER, min_size=1, max_size=80), st.integers(0, 12))
@example([-1.0, 29999999999.0], 1)
@settings(max_examples=300)
def test_under_the_rules_the_first_and_the_last_bar_tell_of_no_few_persons(values, few):
    found = bars_of("number", np.asarray(values), few)
    at = np.asarray(found.edges)
    first, last = sum(value < at[1] for value in values), sum(value >= at[-2] for value in values)
    assert min(first, last) >= min(few, (len(values) + 1) // 2)


def test_bars_end_as_the_rules_they_are_asked_under_have_it():
    codes = build_codes(make_world(3, persons=120).register())
    codes = replace(codes, numbers={"number": np.r_[np.zeros(codes.persons - 5), np.full(5, 7.0)]})
    assert [numbers_in_bars(codes, rules)["number"].bars.high for rules in (NONE, CBS, NONE)] == [7, 0, 7]


def test_nobody_with_a_number_is_no_bars():
    assert bars_of("number", np.full(3, np.nan)) is None


def test_declared_numbers_have_the_bars_that_are_declared():
    [(name, number)] = NUMBERS.items()
    found = bars_of(name, np.asarray([3.0, 97.0]))
    assert (found.low, found.high, found.step, found.ends) == (
        number.first,
        number.last,
        number.step,
        number.ends,
    )
    assert found.above


@given(st.lists(NUMBER, min_size=1, max_size=50))
@settings(max_examples=400)
def test_any_numbers_have_a_few_ascending_bars(values):
    found, at = edges(values)
    assert 1 <= len(at) - 1 <= MOST_BARS
    assert all(one < other for one, other in pairwise(at))
    assert found.low <= found.high
    inside = [value for value in values if at[0] <= value <= at[-1]]
    assert len(inside) == len(values) or found.below or found.above


@given(st.lists(NUMBER | st.sampled_from([math.nan, math.inf, -math.inf]), min_size=1, max_size=50))
@settings(max_examples=400)
def test_each_value_is_in_the_bar_between_whose_edges_it_lies(values):
    found = bars_of("number", np.asarray(values))
    if found is None:
        return
    at = np.asarray([*values, *found.edges, *np.nextafter(found.edges, -math.inf)])
    unknown = len(found.edges) - 1
    places = [sum(edge <= value for edge in found.edges[1:-1]) for value in at]
    assert bar_of(at, found).tolist() == [
        unknown if math.isnan(value) else place for value, place in zip(at, places, strict=True)
    ]


@given(
    st.lists(st.integers(-300, 300), min_size=1, max_size=50), st.sampled_from([1, 10, 0.5, 0.1]), st.data()
)
@settings(max_examples=200)
def test_a_range_of_whole_bars_holds_who_is_in_them(counts, unit, data):
    """Of whole numbers none is in two ranges that follow each other; of others who lies on the edge is."""
    values = np.asarray([round(count * unit, 1) for count in counts])
    found, at = edges(values)
    first = data.draw(st.integers(0, len(at) - 2))
    last = data.draw(st.integers(first + 1, len(at) - 1))
    low, high = at[first], round(at[last] - found.width, found.digits)
    told = (values >= low) & (values <= high)
    inside = (values >= at[first]) & ((values < at[last]) | (values == at[last]) & (found.width == 0))
    assert (told == inside).all()
