"""A curve rests on at least ten where it starts, says where it does not where it ends, and is empty with nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.departure import kaplan_meier
from models.register import DESTINATIONS
from models.results import FEWEST
from models.tally.exits import Exits
from tests.models.exactly import (
    departure_rate,
    life_table,
    restricted_mean,
    share_by_destination,
    share_departed,
)

DAYS = 800


def tally(spans: list[tuple[int, int, int, int]], start_month: int = 0, last_month: int = 24) -> Exits:
    """Exits of one group from rows (entry, exit, cause, persons)."""
    exits = np.zeros((1, len(DESTINATIONS) + 1, DAYS), dtype=np.int64)
    entries = np.zeros((1, DAYS), dtype=np.int64)
    for entry, exit_, cause, persons in spans:
        exits[0, cause, exit_] += persons
        entries[0, entry] += persons
    delayed = any(entry for entry, *_ in spans)
    rows = np.asarray([(0, *span) for span in spans], dtype=np.int64)
    return Exits(
        by=(),
        keys=((),),
        exits=exits,
        entries=entries,
        last_month=np.asarray([last_month]),
        spans=rows if delayed else np.empty((0, 5), dtype=np.int64),
        start_month=start_month,
    )


MONTH_6 = MONTH_DAYS[6]
EARLY_FEW = [(MONTH_6, 200, 1, 1), (MONTH_6, 700, 0, 2), (300, 750, 0, 40), (300, 500, 2, 10)]
"""After a condition on month 6 three are there, of whom one leaves; on day 300 fifty others come at risk."""


@pytest.mark.parametrize("start_month", [0, 6])
def test_one_departure_among_three_is_not_carried_on_to_all_who_come_later(start_month):
    found = share_departed(tally(EARLY_FEW, start_month))
    assert found.start_days == (300,)
    begun = found.at[found.observed[0]]
    assert begun[0] == 10  # day 304
    assert np.isnan(found["share_departed"][0][~found.observed[0]]).all()
    at_18 = found["share_departed"][0, found.at.tolist().index(18)]
    assert at_18 == pytest.approx(10 / 52)


@pytest.mark.parametrize("start_month", [0, 6])
def test_every_estimator_of_a_curve_starts_on_the_same_day(start_month):
    few = tally(EARLY_FEW, start_month)
    parts, table, mean = share_by_destination(few), life_table(few), restricted_mean(few)
    assert parts.start_days == table.start_days == mean.start_days == (300,)
    assert parts["share"][:, parts.at.tolist().index(18)].sum() == pytest.approx(10 / 52)
    assert table.at[table.observed[0]][0] == 10
    assert mean["departed"][0].tolist() == [0, 10]


def test_without_delayed_entry_a_small_group_begins_where_it_is():
    for first, month in ((0, 0), (MONTH_6, 6)):
        found = share_departed(tally([(first, first + 40, 1, 1), (first, 700, 0, 2)], month))
        assert found.start_days == (first,)
        assert found["share_departed"][0, 3] == pytest.approx(1 / 3)


def test_with_nobody_left_there_is_no_row_and_no_nought():
    for estimate in (share_departed, share_by_destination, departure_rate, life_table):
        found = estimate(tally([(0, 100, 0, 12)], last_month=12))
        assert not found.observed[:, found.at > 4].any()
    known = share_departed(tally([(0, 100, 0, 12)], last_month=12))
    assert known.at[known.observed[0]].tolist() == [0, 1, 2, 3]
    assert np.isnan(known["share_departed"][0, 4:]).all()


def test_when_all_have_departed_that_stays_known():
    found = share_departed(tally([(0, 100, 1, 12)], last_month=12))
    assert found.observed.all()
    assert found["share_departed"][0, 12] == 1


def test_a_tail_of_fewer_than_ten_is_thin():
    found = share_departed(tally([(0, 100, 1, 20), (0, 400, 0, FEWEST), (0, 700, 0, FEWEST - 1)]))
    at_risk = found["at_risk"][0]
    assert found.thin[0].tolist() == (found.observed[0] & (at_risk < FEWEST)).tolist()
    assert not found.thin[0, :14].any()
    assert found.thin[0, 14:23].all()


def test_the_people_behind_a_rate_are_the_most_there_were_in_the_month():
    found = departure_rate(tally([(0, 700, 0, 3), (10, 700, 0, 30)]))
    assert found.behind[0][0, 0] == 33
    assert not found.thin[0, 0]


def test_the_start_of_each_group_is_its_own():
    one = tally(EARLY_FEW, 6)
    both = replace(
        one,
        by=("sex",),
        keys=(("female",), ("male",)),
        exits=np.concatenate([one.exits, one.exits * 10]),
        entries=np.concatenate([one.entries, one.entries * 10]),
        last_month=np.asarray([24, 24]),
    )
    assert kaplan_meier(both).start.tolist() == [300, MONTH_6]
