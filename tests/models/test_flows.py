"""States and flows equal R's, conserve people, and add up."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.flows import occupied, starts
from models.results import Curves, Nothing, Reason
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import last_months
from models.tally.flows import DEPARTED, STATES, UNSEEN, count_flows, states_at
from tests.models.exactly import flows_between, occupancy, occupancy_beside_naive, time_in_state, transitions
from tests.models.slow import Slow
from tests.models.worlds import make_world
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parents[1] / "reference"


def reference(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def whole():
    return build_codes(WORLDS["whole"].register())


@pytest.fixture(scope="module", params=(1, 2, 3))
def both(request):
    world = make_world(request.param)
    return Slow(world), build_codes(world.register())


def test_occupancy_and_persons_equal_those_of_r(whole):
    curves = occupancy(whole, choose(whole, EVERYONE))
    place = {key[-1]: row for row, key in enumerate(curves.keys)}
    rows = reference("occupancy_whole")
    assert {row["state"] for row in rows} == set(STATES)
    for row in rows:
        series, month = place[row["state"]], int(row["month"])
        assert curves["share"][series, month] == pytest.approx(float(row["share"]), abs=1e-10)
        assert curves["persons"][series, month] == int(row["persons"])


def test_moves_equal_those_of_r(whole):
    found = transitions(whole, choose(whole, EVERYONE))
    own = dict(zip(found.keys, found["persons"], strict=True))
    expected = {
        (int(row["month"]), row["from_state"], row["to_state"]): int(row["persons"])
        for row in reference("transitions_whole")
    }
    assert own == expected


def test_the_state_of_every_person_and_month_is_that_of_a_slow_look(both):
    slow, codes = both
    for month in range(codes.months):
        states = states_at(codes, month)
        for row, person in enumerate(slow.cohort):
            day = slow.month_day(person, month)
            if not slow.observable(person, month):
                assert states[row] == UNSEEN
            elif not slow.present(person, day):
                assert states[row] == DEPARTED
            elif not slow.works(person, day):
                assert STATES[states[row]] == "not working"
            else:
                contract = slow.main_job(person, day)["contract"]
                assert STATES[states[row]] == (contract if contract in STATES else "other")


@pytest.mark.parametrize("by", [(), ("cohort",), ("sex",)])
def test_moves_conserve_people_among_those_observable_at_both_months(both, by):
    _, codes = both
    tally = count_flows(codes, choose(codes, EVERYONE, by))
    for month in range(1, len(tally.months)):
        arriving = tally.moves[:, month].sum(axis=1)
        leaving = tally.moves[:, month].sum(axis=2)
        # Nobody becomes observable later: who is seen now was seen before, so arrivals are all of those seen now.
        assert (arriving == tally.persons[:, month]).all()
        assert (leaving <= tally.persons[:, month - 1]).all()
        assert (arriving.sum(axis=1) == leaving.sum(axis=1)).all()


def test_occupancy_adds_up_to_one_and_time_in_states_to_the_months(both):
    _, codes = both
    chosen = choose(codes, EVERYONE, ("cohort",))
    tally = count_flows(codes, chosen)
    share = occupied(tally, starts(tally))
    seen = ~np.isnan(share[:, :, 0])
    assert np.allclose(share.sum(axis=2)[seen], 1.0, atol=1e-12)
    found = time_in_state(codes, choose(codes, EVERYONE))
    for stay in (12, 24):
        spent = sum(v for key, v in zip(found.keys, found["months_spent"], strict=True) if key[0] == stay)
        assert spent == pytest.approx(MONTH_DAYS[stay] / DAYS_PER_MONTH)


def test_a_group_not_observed_for_two_years_has_no_time_in_state_up_to_then(whole):
    found = time_in_state(whole, choose(whole, EVERYONE, ("cohort",)))
    months = {(key[0], key[1]) for key in found.keys}
    assert ("2022 H1", 24) in months
    assert ("2023", 24) not in months
    assert ("2023", 12) in months
    assert not any(cohort == "2024 H1" for cohort, _ in months)


def test_the_naive_share_leaves_out_who_departed_and_so_shows_more_work(whole):
    found = occupancy_beside_naive(whole, choose(whole, EVERYONE))
    rows = {key[-1]: row for row, key in enumerate(found.keys)}
    naive, right = found["naive_share"][:, 12], found["share"][:, 12]
    assert naive[rows["departed"]] == 0
    assert naive.sum() == pytest.approx(1)
    assert naive[rows["not working"]] > right[rows["not working"]]
    at_work = [rows[state] for state in STATES if state not in ("not working", "departed")]
    assert naive[at_work].sum() > right[at_work].sum()


@pytest.mark.parametrize("start", [0, 2])
def test_flows_between_chosen_months_are_those_of_a_slow_look_at_the_same_people(both, start):
    slow, codes = both
    predicate = AtMonth("present", (), start) if start else EVERYONE
    months = [start, 4, 9]

    def state(person, month):
        day = slow.month_day(person, month)
        if not slow.present(person, day):
            return "departed"
        if not slow.works(person, day):
            return "not working"
        contract = slow.main_job(person, day)["contract"]
        return contract if contract in STATES else "other"

    people = [
        person
        for person in slow.cohort
        if slow.of_age_at_settling(person)
        and slow.observable(person, 9)
        and (not start or slow.present(person, slow.month_day(person, start)))
    ]
    expected = Counter(
        (a, b, state(person, a), state(person, b)) for person in people for a, b in pairwise(months)
    )
    found = flows_between(codes, choose(codes, predicate), (9, 0, 4, 4, 1000))
    assert dict(zip(found.keys, found["persons"].tolist(), strict=True)) == expected
    assert found["share"] == pytest.approx(found["persons"] / len(people))
    assert found.start_month == start
    assert len(people) > 10


def test_flows_of_a_group_end_with_the_last_month_its_earliest_settler_was_followed_to(whole):
    chosen = choose(whole, EVERYONE, ("cohort",))
    last = dict(zip(chosen.keys, last_months(whole, chosen).tolist(), strict=True))
    found = flows_between(whole, chosen, (0, 6, 12, 24))
    reached = {key: max(row[2] for row in found.keys if row[:1] == key) for key in last if last[key] >= 6}
    assert reached == {key: max(m for m in (6, 12, 24) if m <= last[key]) for key in reached}
    assert len(set(reached.values())) > 1


def test_nothing_changes_with_the_names_of_groups_or_the_order_of_rows(both):
    _, codes = both
    one = occupancy(codes, choose(codes, EVERYONE, ("sex",)))
    renamed = replace(
        codes,
        groupings={
            name: replace(grouping, levels=tuple(f"~{level}" for level in grouping.levels))
            for name, grouping in codes.groupings.items()
        },
    )
    other = occupancy(renamed, choose(renamed, EVERYONE, ("sex",)))
    assert np.array_equal(one["share"], other["share"], equal_nan=True)


def test_a_condition_on_the_future_starts_occupancy_at_its_month(whole):
    curves = occupancy(whole, choose(whole, AtMonth("working", (), 4)))
    assert curves.start_month == 4
    assert curves.at[0] == 4
    rows = {key[-1]: row for row, key in enumerate(curves.keys)}
    assert curves["share"][rows["departed"], 0] == 0
    assert curves["share"][rows["not working"], 0] == 0


def test_nobody_is_a_lack_and_no_fault(whole):
    for estimate in (occupancy, occupancy_beside_naive, transitions, time_in_state):
        assert estimate(whole, choose(whole, IsIn("sex", ("none",)))) == Nothing(reason=Reason.NOBODY)
    nobody = choose(whole, IsIn("sex", ("none",)))
    assert flows_between(whole, nobody, (0, 6)) == Nothing(reason=Reason.NOBODY)
    assert flows_between(whole, choose(whole, EVERYONE), (6,)) == Nothing(reason=Reason.NO_MONTHS)
    assert isinstance(occupancy(whole, choose(whole, EVERYONE)), Curves)
