"""What facets show and what a lack tells: each number rounded once."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure.counters import release_counts
from models.disclosure.results import release_result
from models.results import Nothing, Reason
from models.rules import CBS, NONE, rules_for


def test_a_lack_may_be_told():
    assert release_result(Nothing(reason=Reason.NOBODY), CBS).reason is Reason.NOBODY


counts_lists = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(np.asarray)


@settings(max_examples=300)
@given(counts_lists)
def test_counts_and_their_total_are_rounded_on_their_own(counts):
    released = release_counts(counts, CBS)
    told = released.counts >= 0
    assert (told == (counts >= 10)).all()
    assert (released.counts[told] % 10 == 0).all()
    assert (np.abs(released.counts - counts)[told] <= 5).all()
    assert released.total == (-1 if counts.sum() < 10 else (counts.sum() + 5) // 10 * 10)


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
