"""A selection with one more condition holds those in both, in as few conditions as say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.narrowing import narrowed
from models.selection import EVERYONE, And, AtMonth, Between, IsIn, Not
from models.tally.building import build_codes
from models.tally.choosing import rows
from tests.models.worlds import make_world

WOMEN = IsIn("sex", ("female",))
ANY = IsIn("sex", ("female", "male"))
parts = st.sampled_from(
    [
        EVERYONE,
        WOMEN,
        ANY,
        IsIn("sex", ("male",)),
        Between("age", 20, 40),
        Between("age", 30, 60),
        Between("age", 50, 60),
        AtMonth("present", (), 3),
        AtMonth("of_age", (), 6),
        AtMonth("followed", (), 6),
        AtMonth("state", ("not working", "agency"), 3),
        AtMonth("state", ("agency",), 3),
        AtMonth("state", ("agency",), 6),
        AtMonth("wage", ("10.00", "15.00"), 3),
        AtMonth("wage", ("12.00", "20.00"), 3),
        AtMonth("wage", ("18.00", "20.00"), 3),
        Not(WOMEN),
    ]
)


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(3).register())


@given(st.lists(parts, min_size=1, max_size=4))
def test_those_in_both_and_nobody_else(codes, conditions):
    selection, both = EVERYONE, rows(EVERYONE, codes)
    for part in conditions:
        selection, both = narrowed(selection, part), both & rows(part, codes)
    assert (rows(selection, codes) == both).all()


def test_what_says_the_same_is_said_once():
    assert narrowed(WOMEN, WOMEN) == WOMEN
    assert narrowed(ANY, WOMEN) == WOMEN
    assert narrowed(Between("age", 20, 30), Between("age", 18, 64)) == Between("age", 20, 30)
    wages = AtMonth("wage", ("10.00", "15.00"), 6), AtMonth("wage", ("9.00", "12.50"), 6)
    assert narrowed(*wages) == AtMonth("wage", ("10.00", "12.50"), 6)


def test_other_months_are_other_conditions():
    early, late = AtMonth("state", ("agency",), 3), AtMonth("state", ("agency",), 6)
    assert narrowed(early, late) == And((early, late))
