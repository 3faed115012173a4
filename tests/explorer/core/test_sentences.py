"""Conditions on the future are said with their month."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.core.sentences import phrase
from explorer.core.words import Words
from models.register import DatasetInfo
from models.selection import And, AtMonth, Not

INFO = DatasetInfo(
    title="", source="", synthetic=True, arrivals_from=date(2022, 2, 24), observed_until=date(2024, 7, 1)
)


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        (AtMonth("present", (), 6), "present in month 6"),
        (
            AtMonth("state", ("on-call", "other"), 6),
            "State in month 6 (aged 18–64 at settling): on call or other contract",
        ),
        (AtMonth("wage", ("15", "20.5"), 12), "Hourly wage in month 12: € 15.00 to € 20.50"),
        (Not(AtMonth("contract", ("agency",), 6)), "not (Contract in month 6: agency)"),
        (
            And((AtMonth("state", ("not working",), 0), AtMonth("wage", ("0", "9"), 3))),
            "State in month 0 (aged 18–64 at settling): not working and Hourly wage in month 3: € 0.00 to € 9.00",
        ),
    ],
)
def test_a_condition_on_the_future_names_its_month(predicate, said):
    assert phrase(predicate, INFO, Words("en")) == said
