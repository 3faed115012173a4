"""A count is told to the nearest ten, halves up, and not at all below ten."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.disclosure.rounding import rising, rounded, share_of
from models.rules import CBS, NONE


@pytest.mark.parametrize(
    ("count", "told"), [(0, np.nan), (9, np.nan), (10, 10), (14, 10), (15, 20), (25, 30), (104, 100)]
)
def test_a_count_is_rounded_halves_up_and_a_small_one_is_not_told(count, told):
    assert np.array_equal(rounded(np.asarray([count]), CBS), [told], equal_nan=True)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_what_rises_goes_on_rising_by_tens(steps):
    so_far = np.cumsum(steps)
    told = rising(so_far, CBS)
    assert (np.diff(told, prepend=0) >= 0).all()
    assert (told % 10 == 0).all()
    assert (told[so_far < 10] == 0).all()
    assert (np.abs(told - so_far)[so_far >= 10] <= 5).all()
    assert (rising(so_far, NONE) == so_far).all()


def test_of_few_persons_it_is_never_told_that_it_is_none_or_all_of_them():
    part, whole = np.asarray([90.0, 100.0, 0.0, 50.0]), np.asarray([90.0, 100.0, 40.0, 90.0])
    assert np.array_equal(share_of(part, whole, CBS), [np.nan, 1.0, np.nan, 50 / 90], equal_nan=True)
    assert share_of(part, whole, NONE).tolist() == [1.0, 1.0, 0.0, 50 / 90]
