"""Selections can be written, read back, and refused in one sentence."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.where import parse, unparse
from explorer.core.words import Refusal
from models.selection import EVERYONE, And, AtMonth, Between, IsIn, Not, Or

LEVELS = {
    "sex": ("female", "male"),
    "cohort": ("2022 H1", "2022 H2", "2023"),
    "province": ("it's", 'a "b"', "and"),
}
NUMBERS = frozenset({"age", "income"})


def read(text):
    return parse(text, LEVELS, NUMBERS)


def test_the_example_of_the_manual_reads_as_it_says():
    assert read("sex = female and age between 18 and 34 and not (cohort = '2022 H1')") == And(
        (IsIn("sex", ("female",)), Between("age", 18, 34), Not(IsIn("cohort", ("2022 H1",))))
    )


def test_and_binds_before_or_and_brackets_before_both():
    female, male, young = IsIn("sex", ("female",)), IsIn("sex", ("male",)), Between("age", 0, 17)
    assert read("sex = female or sex = male and age between 0 and 17") == Or((female, And((male, young))))
    assert read("(sex = female or sex = male) and age between 0 and 17") == And((Or((female, male)), young))


def test_states_carry_their_month():
    assert read("working at 4") == AtMonth("working", (), 4)
    assert read("contract = agency at 6") == AtMonth("contract", ("agency",), 6)
    assert read("sector in (I, N) at 12") == AtMonth("sector", ("I", "N"), 12)
    assert read("present at 6") == AtMonth("present", (), 6)


def test_states_of_a_stack_or_a_flow_are_written_with_their_names():
    assert read("state = agency at 6") == AtMonth("state", ("agency",), 6)
    assert read('state = "not working" at 6') == AtMonth("state", ("not working",), 6)
    assert read("state != on-call at 6") == Not(AtMonth("state", ("on-call",), 6))
    assert unparse(AtMonth("state", ("not working", "other"), 12)) == 'state in ("not working", other) at 12'


def test_a_range_of_wages_carries_its_month():
    assert read("wage between 15 and 20 at 6") == AtMonth("wage", ("15", "20"), 6)
    assert read("sex = male and wage between 12.50 and 13 at 2 and age between 18 and 34") == And(
        (IsIn("sex", ("male",)), AtMonth("wage", ("12.50", "13"), 2), Between("age", 18, 34))
    )
    assert unparse(AtMonth("wage", ("15.25", "20"), 6)) == "wage between 15.25 and 20 at 6"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("income >= 2.5", Between("income", 2.5, math.inf)),
        ("income<=-10", Between("income", -math.inf, -10)),
        ("income between -20 and -10.5", Between("income", -20, -10.5)),
        ("not age>=65", Not(Between("age", 65, math.inf))),
    ],
)
def test_a_range_may_be_open_at_one_end(text, meant):
    assert read(text) == meant
    assert read(unparse(meant)) == meant


def test_a_level_may_still_begin_with_a_sign_of_less_or_more():
    levels = {"size": ("<5", "5>", ">=10")}
    for level in levels["size"]:
        one = IsIn("size", (level,))
        assert parse(unparse(one), levels, NUMBERS) == one
    assert parse("size = <5", levels, NUMBERS) == IsIn("size", ("<5",))


def test_a_column_that_is_called_like_a_state_is_meant_where_no_month_is_written():
    levels, numbers = {"state": ("agency", "Utrecht")}, frozenset({"wage"})

    def own(text):
        return parse(text, levels, numbers)

    assert own("wage between 15 and 20") == Between("wage", 15, 20)
    assert own("wage between 15 and 20 at 6") == AtMonth("wage", ("15", "20"), 6)
    assert own("state = Utrecht") == IsIn("state", ("Utrecht",))
    assert own("state = agency at 6 and state = agency") == And(
        (AtMonth("state", ("agency",), 6), IsIn("state", ("agency",)))
    )


def test_nothing_written_selects_everyone():
    assert read("  ") == EVERYONE
    assert unparse(EVERYONE) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sexe = female", "sexe"),
        ("sex = woman", "woman"),
        ("sex between 1 and 2", "sex"),
        ("contract = agency", "month"),
        ("contract = agencyy at 6", "agencyy"),
        ("working at soon", "soon"),
        ("state = departed at 6", "departed"),
        ("state = agency", "month"),
        ("wage = 15 at 6", "between"),
        ("wage between 20 and 15 at 6", "20"),
        ("wage between 15 and much at 6", "much"),
        ("wage between nan and 15 at 6", "nan"),
        ("wage between 15 and 20", "month"),
        ("age between x and 3", "x"),
        ("sex >= 2", "sex"),
        ("income <= much", "much"),
        ("income >=", "income >="),
        ("age between 30 and 20", "30"),
        ("sex = female and", "sex = female and"),
        ("(sex = female", "sex = female"),
        ("sex = 'female", "quotes"),
        ("= 3", "cannot be read"),
        ("sex female", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_that_names_it(text, named):
    with pytest.raises(Refusal) as refused:
        read(text)
    said = str(refused.value)
    assert named in said
    assert said.endswith(".")
    assert "\n" not in said


leaves = st.one_of(
    st.sampled_from(sorted(LEVELS)).flatmap(
        lambda name: st.lists(st.sampled_from(LEVELS[name]), min_size=1, unique=True).map(
            lambda values: IsIn(name, tuple(values))
        )
    ),
    st.tuples(st.integers(0, 50), st.integers(51, 99)).map(lambda ends: Between("age", *map(float, ends))),
    st.tuples(st.floats(-1e9, 0), st.floats(1e-9, 1e15)).map(lambda ends: Between("income", *ends)),
    st.floats(-1e9, 1e15).map(lambda end: Between("income", end, math.inf)),
    st.floats(-1e9, 1e15).map(lambda end: Between("income", -math.inf, end)),
    st.integers(0, 36).map(lambda month: AtMonth("working", (), month)),
    st.integers(0, 36).map(lambda month: AtMonth("contract", ("agency", "on-call"), month)),
    st.integers(0, 36).map(lambda month: AtMonth("state", ("not working", "other"), month)),
    st.tuples(st.integers(0, 1999), st.integers(2000, 99999), st.integers(0, 36)).map(
        lambda drawn: AtMonth("wage", (f"{drawn[0] / 100:.2f}", f"{drawn[1] / 100:g}"), drawn[2])
    ),
)
predicates = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)


def flat(predicate):
    """Brackets around an And inside an And say nothing."""
    if isinstance(predicate, Not):
        return Not(flat(predicate.part))
    if isinstance(predicate, And | Or):
        kind = type(predicate)
        parts = []
        for part in map(flat, predicate.parts):
            parts += part.parts if isinstance(part, kind) else [part]
        return kind(tuple(parts))
    return predicate


@given(predicates)
def test_every_selection_survives_being_written_and_read(predicate):
    assert flat(read(unparse(predicate))) == flat(predicate)
