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
from models.results import Nothing, Reason
from models.selection import EVERYONE, And, AtMonth, IsIn, Not
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.codes import NO_DAY
from models.tally.exits import count_departures
from tests.models.exactly import difference_between, differences_from_first, share_departed
from tests.models.simulated import codes_of, exponential_days, settle
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
        for ours, theirs in {"ci_low": "low", "ci_high": "high", "p_value": "p"}.items():
            expected = float(row[theirs]) if row[theirs] else math.nan
            assert found[ours][0, point] == pytest.approx(expected, abs=CLOSE, nan_ok=True)
        compared += 1
    assert compared > 10


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
    assert found.observed.sum() > 1
    for one, other, sign in (("p_value", "p_value", 1), ("ci_low", "ci_high", -1)):
        assert found[one] == pytest.approx(sign * groups[other], rel=1e-9, nan_ok=True)


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


def departing(leavers, stayers, *, day=60):
    """Codes of women and men of whom so many leave on a day and so many stay."""
    rng = np.random.default_rng(5)
    sex = np.concatenate(
        [np.full(a + b, place) for place, (a, b) in enumerate(zip(leavers, stayers, strict=True))]
    )
    lifetime = np.concatenate(
        [np.concatenate([np.full(a, day), np.full(b, 9999)]) for a, b in zip(leavers, stayers, strict=True)]
    )
    return codes_of(settle(rng, len(sex), date(2023, 1, 1)), lifetime, sex)


@pytest.mark.parametrize(
    ("leavers", "stayers"),
    [((30, 1), (70, 1)), ((30, 5), (70, 4)), ((0, 30), (100, 70)), ((0, 0), (50, 50)), ((100, 30), (0, 70))],
    ids=["two persons", "nine persons", "nobody left", "nobody left of either", "everybody left"],
)
def test_fewer_than_ten_at_risk_or_nobody_who_left_give_no_difference(leavers, stayers):
    codes = departing(leavers, stayers)
    assert differences(codes, ("sex",)) == Nothing(reason=Reason.FEW)
    women, men = SELECTIONS["female"], SELECTIONS["male"]
    for a, b in ((women, men), (men, women), (women, EVERYONE)):
        assert between(codes, a, b) == Nothing(reason=Reason.FEW) or (
            b == EVERYONE and leavers[0] and stayers[0]
        )


def test_ten_at_risk_and_one_who_left_on_either_side_are_compared():
    found = differences(departing((1, 5), (10, 10)), ("sex",))
    assert found.at[found.observed[0]].tolist() == [6, 12]
    assert found["difference"][0, :2] == pytest.approx([5 / 15 - 1 / 11] * 2)
    assert (found["p_value"][0, :2] > 0.05).all()
    assert (found["ci_low"][0, :2] < 0).all()


def test_a_curve_that_has_not_begun_is_not_compared():
    """Nine of the men are at risk until month 8: their curve begins after it."""
    codes = departing((20, 20), (80, 80), day=400)
    late = np.flatnonzero(codes.groupings["sex"].codes == 1)[9:]
    entry = codes.entry.copy()
    entry[late] = MONTH_DAYS[8]
    found = differences(replace(codes, entry=entry), ("sex",))
    assert found.at[found.observed[0]].tolist() == [24]
    assert found.start_days == (MONTH_DAYS[8],)


def test_the_p_value_is_that_of_the_interval(codes):
    """It falls under 5 % exactly where the interval leaves out 0."""
    seen = 0
    for world in codes.values():
        for by in ("cohort", "sex", "nationality_group"):
            found = differences(world, (by,))
            outside = (found["ci_low"] > 0) | (found["ci_high"] < 0)
            where = np.isfinite(found["p_value"])
            assert np.array_equal(found["p_value"][where] < 0.05, outside[where])
            seen += int(where.sum())
    assert seen > 10


def coverage(persons, rates, worlds, seed, shared=0.0):
    """How often the interval at month 12 holds the truth: of two groups, or of A and B that share persons."""
    rng = np.random.default_rng(seed)
    true = [1 - math.exp(-rate * MONTH_DAYS[12]) for rate in rates]
    held = told = 0
    for _ in range(worlds):
        sex = np.repeat([0, 1], persons)
        lifetime = exponential_days(rng, np.where(sex == 0, *rates))
        codes = codes_of(settle(rng, len(sex), date(2023, 7, 1)), lifetime, sex)
        if shared:
            both = rng.random(len(sex)) < shared
            whole = choose(codes, EVERYONE)
            sides = [replace(whole, group=np.where((sex == place) | both, 0, -1)) for place in (0, 1)]
            found = difference_between(codes, *sides, (12,))
            expected = 0.0
        else:
            found = differences_from_first(count_departures(codes, choose(codes, EVERYONE, ("sex",))), (12,))
            expected = true[1] - true[0]
        if isinstance(found, Nothing) or not found.observed[0, 0]:
            continue
        told += 1
        held += found["ci_low"][0, 0] <= expected <= found["ci_high"][0, 0]
    return held / told, told


def test_intervals_of_small_groups_hold_the_truth():
    held, told = coverage(25, (0.0004, 0.0012), 150, 7)
    assert told > 100
    assert held > 0.92


@pytest.mark.slow
@pytest.mark.parametrize(
    ("persons", "rates", "shared"),
    [
        (15, (0.0004, 0.0012), 0.0),
        (25, (0.0003, 0.0003), 0.0),
        (40, (0.0002, 0.0015), 0.0),
        (200, (0.0006, 0.0009), 0.0),
        (40, (0.0006, 0.0006), 0.3),
        (200, (0.0006, 0.0006), 0.6),
    ],
)
def test_intervals_hold_the_truth_in_at_least_about_95_of_100_worlds(persons, rates, shared):
    """Of a few departures they hold it more often; with ten or more in either group no more than a little."""
    held, told = coverage(persons, rates, 2000, 11, shared)
    assert told > 500
    assert held > 0.935
    assert held < 0.985 or persons * min(rates) * MONTH_DAYS[12] < 10


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
    both = And((SELECTIONS["female"], AtMonth("present", (), 4)))
    found = between(codes["whole"], both, And((Not(SELECTIONS["female"]), AtMonth("present", (), 4))))
    assert found.start_month == 4
    assert found.observed[0, 1]
