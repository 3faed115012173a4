"""A life table's rows follow from each other, and its share staying is one minus the share departed."""

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
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.exactly import departure_rate, life_table, share_departed
from tests.models.slow import Slow
from tests.models.worlds import make_world
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parent.parent / "reference"
CLOSE = 1e-10


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


def tally(codes, predicate=EVERYONE, by=("cohort",)):
    return count_departures(codes, choose(codes, predicate, by))


def reference(name):
    return list(csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_the_share_staying_equals_survfit_at_the_end_of_each_month(codes, world):
    curves = life_table(tally(codes[world]))
    place = {key[0]: series for series, key in enumerate(curves.keys)}
    compared = 0
    for row in reference(f"departure_{world}"):
        series, point = place[row["cohort"]], int(row["month"]) - 1
        if MONTH_DAYS[int(row["month"])] <= int(row["start"]):
            continue
        assert curves.observed[series, point]
        assert curves["share_staying"][series, point] == pytest.approx(1 - float(row["share"]), abs=CLOSE)
        if 0 < float(row["share"]) < 1:
            assert curves["ci_low"][series, point] == pytest.approx(1 - float(row["high"]), abs=CLOSE)
            assert curves["ci_high"][series, point] == pytest.approx(1 - float(row["low"]), abs=CLOSE)
        compared += 1
    assert compared == curves.observed.sum()
    assert compared > 40


def test_counts_and_rates_are_those_of_the_departure_rate(codes):
    found, other = life_table(tally(codes["whole"])), departure_rate(tally(codes["whole"]))
    seen = other.observed
    assert np.array_equal(found.at, other.at)
    for name in ("departed", "person_days", "rate"):
        assert np.array_equal(found[name][seen], other[name][seen])


def test_rows_follow_from_each_other(codes):
    found = life_table(tally(codes["whole"]))
    left = found["at_risk"] - found["departed"] - found["censored"]
    both = found.observed[:, 1:]
    assert np.array_equal(left[:, :-1][both], found["at_risk"][:, 1:][both])


def test_the_parts_of_a_month_cut_by_a_late_start_are_left_out(codes):
    counted = tally(codes["delayed"])
    found, share = life_table(counted), share_departed(counted)
    assert any(found.start_days)
    for series, start in enumerate(found.start_days):
        months = [m for m, seen in zip(found.at.tolist(), found.observed[series], strict=True) if seen]
        assert months[0] == next(m for m in range(1, 40) if MONTH_DAYS[m] > start)
        assert found["at_risk"][series, months[0] - 1] == counted.at_risk[series, start + 1]
        total = found["departed"][series][found.observed[series]].sum()
        assert total == share["departed"][series][share.observed[series]][-1]


@pytest.mark.parametrize("seed", [3, 4])
def test_every_count_equals_a_count_by_person(seed):
    world = make_world(seed, persons=120)
    slow, found = Slow(world), life_table(tally(build_codes(world.register()), by=()))
    spans = [slow.at_risk_days(person) for person in slow.cohort]
    for point, month in enumerate(found.at.tolist()):
        low, high = MONTH_DAYS[month - 1], MONTH_DAYS[month]
        ending = [cause for _, duration, cause in spans if low < duration <= high]
        assert found["at_risk"][0, point] == sum(duration > low for _, duration, _ in spans)
        assert found["departed"][0, point] == sum(cause is not None for cause in ending)
        assert found["censored"][0, point] == sum(cause is None for cause in ending)


def test_with_a_condition_on_a_month_the_table_begins_after_it(codes):
    counted = tally(codes["whole"], AtMonth("working", (), 4), ())
    found = life_table(counted)
    assert found.at[0] == 5
    assert found["at_risk"][0, 0] == counted.at_risk[0, MONTH_DAYS[4] + 1]
    departed = share_departed(counted)["share_departed"][:, 1:]
    assert found["share_staying"] == pytest.approx(1 - departed, abs=1e-15)


def test_limits_before_anybody_departs_and_after_everybody_has():
    world = make_world(1, persons=10)
    first, gone = date(2024, 1, 1), date(2024, 3, 15)
    stays = [
        {"person_id": p["person_id"], "settled": first, "departed": gone, "destination": "origin"}
        for p in world.persons
    ]
    found = life_table(tally(build_codes(replace(world, stays=stays, jobs=[]).register()), by=()))
    rows = np.stack([found[name][0] for name in ("share_staying", "ci_low", "ci_high")], axis=1).tolist()
    assert rows[0] == [1, pytest.approx(0.025 ** (1 / 10)), 1]
    assert rows[2][0] == 0
    assert math.isnan(rows[2][1])
    assert math.isnan(rows[2][2])
    assert math.isnan(found["rate"][0, 4])


def test_nobody_is_said_and_so_is_that_no_month_was_observed(codes):
    assert life_table(tally(codes["whole"], IsIn("sex", ("nobody",)))) == Nothing(reason=Reason.NOBODY)
    stay = {"person_id": "000000", "settled": date(2024, 6, 20), "departed": None, "destination": None}
    world = replace(make_world(1, persons=1), stays=[stay], jobs=[])
    assert life_table(tally(build_codes(world.register()))) == Nothing(reason=Reason.NO_MONTHS)
