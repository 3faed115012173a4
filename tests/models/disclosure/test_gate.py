"""Nothing that rests on too few persons is released, and what is hidden cannot be had by subtracting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.departure import departure_rate, share_departed
from models.destinations import share_by_destination
from models.disclosure.gate import (
    CBS,
    NONE,
    ReleasedCurves,
    ReleasedNothing,
    Status,
    release,
    release_counts,
    rules_for,
)
from models.employment import contract_mix, several_employers, share_working
from models.results import Nothing, Reason
from models.selection import EVERYONE, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from models.wages import wage_fan
from tests.models.worlds import make_world

BYS = [(), ("sex",), ("cohort",), ("cohort", "sex"), ("nationality", "province")]


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(41, persons=350).register())


def results(codes, by):
    chosen = choose(codes, EVERYONE, by)
    tally = count_departures(codes, chosen)
    return [
        share_departed(tally),
        share_by_destination(tally),
        departure_rate(tally),
        share_working(codes, chosen),
        contract_mix(codes, chosen),
        several_employers(codes, chosen),
        wage_fan(codes, chosen),
    ]


@pytest.mark.parametrize("by", BYS)
def test_every_shown_cell_rests_on_ten_persons_or_none_in_each_of_its_parts(codes, by):
    for result in results(codes, by):
        released = release(result, CBS)
        if isinstance(released, ReleasedNothing):
            continue
        shown = (released.status == Status.OK) & result.observed
        assert (result.behind[0][shown] >= 10).all()
        for persons in result.behind:
            assert ((persons[shown] == 0) | (persons[shown] >= 10)).all()


@pytest.mark.parametrize("by", BYS)
def test_a_hidden_cell_is_empty_in_every_column_and_counted(codes, by):
    for result in results(codes, by):
        released = release(result, CBS)
        if isinstance(released, ReleasedNothing):
            continue
        hidden = released.status == Status.HIDDEN
        for measure in released.curves.measures:
            assert np.isnan(measure.values[hidden]).all()
        for persons in released.curves.behind:
            assert np.isnan(persons[hidden]).all()
        assert released.hidden == int((hidden & result.observed).sum())


def test_a_part_is_never_hidden_alone_where_the_parts_sum_to_the_whole(codes):
    result = contract_mix(codes, choose(codes, EVERYONE))
    released = release(result, CBS)
    parts = len({key[-1] for key in result.keys})
    hidden = (released.status == Status.HIDDEN).reshape(-1, parts, len(result.at))
    others = (result.behind[1].reshape(hidden.shape) > 0).sum(axis=1)
    alone = (hidden.sum(axis=1) == 1) & (others > 1)
    assert not alone.any()


def test_without_rules_nothing_is_hidden_and_nothing_changed(codes):
    result = share_working(codes, choose(codes, EVERYONE, ("province",)))
    released = release(result, NONE)
    assert released.hidden == 0
    seen = result.observed
    for before, after in zip(result.measures, released.curves.measures, strict=True):
        assert np.array_equal(before.values[seen], after.values[seen], equal_nan=True)


def test_when_everything_is_hidden_it_says_so(codes):
    few = choose(
        codes, IsIn("month_settled", (codes.groupings["month_settled"].levels[0],)), ("sex", "nationality")
    )
    assert release(share_working(codes, few), CBS) == ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=CBS)


def test_a_lack_may_be_told():
    assert release(Nothing(reason=Reason.NOBODY), CBS).reason is Reason.NOBODY


counts_lists = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(np.asarray)


@settings(max_examples=300)
@given(counts_lists)
def test_counts_beside_their_total_never_tell_a_small_one(counts):
    released = release_counts(counts, CBS)
    hidden = released.counts < 0
    assert ((released.counts[~hidden] == 0) | (released.counts[~hidden] >= 10)).all()
    if released.total >= 0 and hidden.any():
        # What remains after subtracting is the sum of at least two levels and of ten persons.
        assert hidden.sum() >= 2
        assert counts[hidden].sum() >= 10
    assert (hidden | (counts == 0) | (counts >= 10)).all()


@given(counts_lists)
def test_counts_without_rules_are_all_shown(counts):
    released = release_counts(counts, NONE)
    assert (released.counts == counts).all()
    assert released.total == counts.sum()


def test_synthetic_data_are_free_and_all_others_controlled_unless_asked():
    assert rules_for(synthetic=True) is NONE
    assert rules_for(synthetic=False) is CBS
    assert rules_for(synthetic=False, name="none") is NONE
    assert rules_for(synthetic=True, name="cbs") is CBS


def test_a_curve_keeps_its_place_when_cells_are_hidden(codes):
    result = share_departed(count_departures(codes, choose(codes, EVERYONE, ("province",))))
    released = release(result, CBS)
    assert isinstance(released, ReleasedCurves)
    assert released.curves.keys == result.keys
    assert (released.curves.at == result.at).all()
