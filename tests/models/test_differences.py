"""Differences in the share departed: between groups, and between selections that may share persons."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.departure import share_departed
from models.differences import difference_between, differences_from_first
from models.disclosure import CBS, release
from models.results import Nothing, Reason
from models.selection import EVERYONE, And, AtMonth, IsIn, Not
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.codes import NO_DAY
from models.tally.exits import count_departures
from tests.models.worlds import make_world
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parent.parent / "reference"
CLOSE = 1e-10
SELECTIONS = {
    "female": IsIn("sex", ("female",)),
    "male": IsIn("sex", ("male",)),
    "ukrainian": IsIn("nationality", ("UA",)),
    "early": IsIn("cohort", ("2022 H1",)),
    "all": EVERYONE,
}


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


def differences(codes, by, predicate=EVERYONE):
    return differences_from_first(count_departures(codes, choose(codes, predicate, by)))


def between(codes, a, b, months=(6, 12, 24)):
    return difference_between(codes, choose(codes, a), choose(codes, b), months)


def reference(name):
    return list(csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(("world", "by"), [("whole", "cohort"), ("delayed", "sex")])
def test_differences_between_groups_equal_those_of_survfit(codes, world, by):
    found = differences(codes[world], (by,))
    places = {
        (found.keys[series][0], int(found.at[point])): (series, point)
        for series, point in np.argwhere(found.observed)
    }
    rows = reference(f"differences_{world}")
    assert set(places) == {(row["group"], int(row["month"])) for row in rows}
    names = {"difference": "difference", "std_error": "error", "ci_low": "low", "ci_high": "high"}
    for row in rows:
        at = places[row["group"], int(row["month"])]
        for ours, theirs in {**names, "p_value": "p"}.items():
            assert found[ours][at] == pytest.approx(float(row[theirs]), abs=CLOSE)


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_differences_of_selections_that_share_persons_equal_those_from_the_influences_of_survfit(
    codes, world
):
    compared = 0
    for row in reference(f"overlap_{world}"):
        found = between(codes[world], SELECTIONS[row["a"]], SELECTIONS[row["b"]])
        point = found.at.tolist().index(int(row["month"]))
        assert found.observed[0, point]
        assert found["difference"][0, point] == pytest.approx(float(row["difference"]), abs=CLOSE)
        assert found["std_error"][0, point] == pytest.approx(float(row["error"]), abs=CLOSE)
        compared += 1
    assert compared > 12


def test_a_difference_is_that_of_the_shares_departed(codes):
    counted = count_departures(codes["whole"], choose(codes["whole"], EVERYONE, ("cohort",)))
    found, shares = differences_from_first(counted), share_departed(counted)["share_departed"]
    for series, point in np.argwhere(found.observed):
        month = found.at[point]
        expected = shares[series + 1, month] - shares[0, month]
        assert found["difference"][series, point] == pytest.approx(expected, abs=1e-15)


def test_without_persons_in_common_the_errors_add_up_as_greenwoods_do(codes):
    a, b = SELECTIONS["female"], SELECTIONS["male"]
    found = between(codes["whole"], a, b)
    groups = differences(codes["whole"], ("sex",), IsIn("sex", ("female", "male")))
    # The groups are given as male less female.
    assert found["difference"] == pytest.approx(-groups["difference"], abs=1e-15)
    assert found["std_error"] == pytest.approx(groups["std_error"], rel=1e-12)
    assert found["p_value"] == pytest.approx(groups["p_value"], rel=1e-10)


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_a_selection_differs_from_itself_by_nothing_without_error(codes, world):
    found = between(codes[world], SELECTIONS["ukrainian"], SELECTIONS["ukrainian"])
    assert not found["difference"].any()
    assert not found["std_error"].any()
    assert np.isnan(found["ci_low"]).all()


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_exchanging_the_two_changes_only_the_sign(codes, world):
    a, b = SELECTIONS["female"], SELECTIONS["ukrainian"]
    one, other = between(codes[world], a, b), between(codes[world], b, a)
    assert np.array_equal(one["difference"], -other["difference"])
    assert np.array_equal(one["std_error"], other["std_error"])


def test_the_error_is_that_of_leaving_out_persons_one_by_one(codes):
    """The jackknife, by another route: (n - 1) / n times the sum of squared deviations, near for many persons."""
    own = codes["whole"]
    a, b = (choose(own, SELECTIONS[name]) for name in ("female", "ukrainian"))
    found = difference_between(own, a, b, (6,))
    values = []
    for person in range(own.persons):
        parts = [
            replace(side, group=np.where(np.arange(own.persons) == person, -1, side.group)) for side in (a, b)
        ]
        values.append(difference_between(own, *parts, (6,))["difference"][0, 0])
    n = len(values)
    jackknife = math.sqrt((n - 1) / n * sum((v - np.mean(values)) ** 2 for v in values))
    assert found["std_error"][0, 0] == pytest.approx(jackknife, rel=0.01)


def test_both_curves_run_from_the_later_of_their_months(codes):
    later = AtMonth("working", (), 4)
    found = between(codes["whole"], later, EVERYONE)
    assert found.start_month == 4
    assert found.start_days == (MONTH_DAYS[4],)
    present = AtMonth("present", (), 4)
    same = between(codes["whole"], later, present)
    # Presence includes those who came back; at risk are only those still in their first stay.
    assert found["difference"] == pytest.approx(same["difference"], abs=1e-12)
    assert found["std_error"] == pytest.approx(same["std_error"], abs=1e-12)


def test_without_a_column_to_compare_by_there_is_one_group(codes):
    assert differences(codes["whole"], ()) == Nothing(reason=Reason.ONE_GROUP)
    one = differences(codes["whole"], ("sex",), SELECTIONS["female"])
    assert one == Nothing(reason=Reason.ONE_GROUP)


def test_nobody_and_no_month_in_common_are_said(codes):
    nobody = IsIn("sex", ("nobody",))
    assert differences(codes["whole"], ("sex",), nobody) == Nothing(reason=Reason.NOBODY)
    assert between(codes["whole"], nobody, EVERYONE) == Nothing(reason=Reason.NOBODY)
    late = IsIn("month_settled", ("2024-05", "2024-06"))
    assert between(codes["whole"], late, EVERYONE) == Nothing(reason=Reason.NO_MONTHS)
    months = differences(codes["whole"], ("month_settled",), late)
    assert months == Nothing(reason=Reason.NO_MONTHS)


def test_where_everybody_has_departed_or_nobody_there_are_no_limits():
    world = make_world(1, persons=40)
    stays = [
        {
            "person_id": person["person_id"],
            "settled": date(2023, 1, 1),
            "departed": date(2023, 3, 1) if person["sex"] == "male" else None,
            "destination": "origin" if person["sex"] == "male" else None,
        }
        for person in world.persons
    ]
    codes = build_codes(replace(world, stays=stays, jobs=[]).register())
    found = differences(codes, ("sex",))
    gone, none = found.keys.index(("male",)), found.keys.index(("unknown",))
    assert found["difference"][gone, 0] == 1
    assert math.isnan(found["std_error"][gone, 0])
    assert found["std_error"][none, 0] == 0
    assert np.isnan([found[name][none, 0] for name in ("ci_low", "ci_high", "p_value")]).all()
    two = between(codes, SELECTIONS["male"], SELECTIONS["female"])
    assert two["difference"][0, 0] == 1
    assert math.isnan(two["std_error"][0, 0])


def test_a_difference_that_speaks_for_a_few_is_hidden(codes):
    own = codes["whole"]
    whole = choose(own, EVERYONE)
    few = replace(whole, group=np.where(np.arange(own.persons) < 5, -1, 0))
    many = replace(whole, group=np.where(np.arange(own.persons) < 50, -1, 0))
    hidden = release(difference_between(own, whole, few), CBS)
    assert not hasattr(hidden, "curves")
    shown = release(difference_between(own, whole, many), CBS)
    assert not shown.status[shown.curves.observed].any()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_persons_does_not_matter(codes, seed):
    own = codes["whole"]
    order = np.random.default_rng(seed).permutation(own.persons)
    columns = ("settled", "entry", "duration", "destination")
    other = replace(own, **{name: getattr(own, name)[order] for name in columns})
    a, b = (choose(own, SELECTIONS[name]) for name in ("female", "ukrainian"))
    moved = [replace(side, group=side.group[order]) for side in (a, b)]
    one, two = difference_between(own, a, b), difference_between(other, *moved)
    assert np.array_equal(one["difference"], two["difference"])
    assert one["std_error"] == pytest.approx(two["std_error"], rel=1e-12)


@pytest.mark.parametrize("cut", [30, 200])
def test_splitting_the_time_at_risk_of_everyone_changes_no_difference(codes, cut):
    own = codes["whole"]
    later = np.flatnonzero(own.duration > cut)
    doubled = {
        "settled": np.concatenate([own.settled, own.settled[later]]),
        "entry": np.concatenate([own.entry, np.full(len(later), cut, dtype=np.int32)]),
        "duration": np.concatenate([np.minimum(own.duration, cut), own.duration[later]]),
        "destination": np.concatenate(
            [np.where(own.duration > cut, 0, own.destination), own.destination[later]]
        ),
        "last_work": np.full(own.persons + len(later), NO_DAY, dtype=np.int32),
    }
    pieces = replace(own, **doubled)
    chosen = choose(own, EVERYONE, ("cohort",))
    both = replace(chosen, group=np.concatenate([chosen.group, chosen.group[later]]))
    one = differences_from_first(count_departures(own, chosen))
    two = differences_from_first(count_departures(pieces, both))
    assert set(two.start_days) == {0}
    for name in ("difference", "std_error"):
        assert one[name][one.observed] == pytest.approx(two[name][one.observed], rel=1e-12)


def test_a_condition_on_the_future_joins_any_other(codes):
    both = And((SELECTIONS["female"], AtMonth("working", (), 4)))
    found = between(codes["whole"], both, And((Not(SELECTIONS["female"]), AtMonth("working", (), 4))))
    assert found.start_month == 4
    assert found.observed[0, 1]
