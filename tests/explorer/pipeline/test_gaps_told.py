"""A picture tells why it has no value at a month: hidden, or nobody counts there."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from explorer.core.words import Words
from explorer.pipeline.drawings.frame import gap_text, lack_text

RELEASED = SimpleNamespace(
    at=np.array([0, 1, 2, 3]),
    observed=np.array([[True, True, False, False], [True, True, True, False]]),
    withheld=np.array([[False, True, False, False], [False, False, True, False]]),
)


def test_a_month_that_is_hidden_is_told_as_hidden_and_one_without_people_as_such():
    told = lack_text(RELEASED, Words("en"))
    assert [told(float(month)) for month in (1, 2)] == ["hidden: too few persons"] * 2
    assert [told(float(month)) for month in (0, 3, 9)] == ["There is nobody to count here."] * 3


def test_a_series_says_hidden_only_where_it_was_observed():
    said = [gap_text(RELEASED, 0, place, Words("nl")) for place in range(4)]
    assert said == ["", "verborgen: te weinig personen", "", ""]
