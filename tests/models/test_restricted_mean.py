"""The restricted mean stay is the area under the share staying, with the error R prints."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.departure import kaplan_meier
from models.results import Nothing, Reason
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import Exits, count_departures
from tests.models.exactly import restricted_mean
from tests.models.slow import Slow
from tests.models.worlds import make_world
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parent.parent / "reference"
CLOSE = 1e-10


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


def means(codes, predicate=EVERYONE, by=("cohort",), months=(12, 24)):
    return restricted_mean(count_departures(codes, choose(codes, predicate, by)), months)


def reference(name):
    return list(csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_mean_and_error_equal_summary_of_survfit_with_rmean(codes, world):
    found = means(codes[world])
    places = {
        (found.keys[series][0], int(found.at[point])): (series, point)
        for series, point in np.argwhere(found.observed)
    }
    rows = reference(f"restricted_mean_{world}")
    assert len(rows) == len(places) == 4
    for row in rows:
        at = places[row["cohort"], int(row["month"])]
        assert found["persons"][at] == int(row["persons"])
        assert found["mean_days"][at] == pytest.approx(float(row["mean"]), rel=CLOSE)
        assert found["std_error"][at] == pytest.approx(float(row["error"]), rel=CLOSE)


def test_limits_are_walds_and_months_are_days_over_30_4375(codes):
    found = means(codes["whole"])
    half = 1.959963984540054 * found["std_error"]
    assert found["ci_low"] == pytest.approx(found["mean_days"] - half)
    assert found["ci_high"] == pytest.approx(found["mean_days"] + half)
    for days, months in (("mean_days", "mean_months"), ("ci_low", "months_low"), ("ci_high", "months_high")):
        assert found[months] == pytest.approx(found[days] / 30.4375, rel=1e-15)


def test_groups_not_observed_that_long_have_no_mean(codes):
    found = means(codes["whole"])
    assert dict(zip([key[0] for key in found.keys], found.observed.tolist(), strict=True)) == {
        "2022 H1": [True, True],
        "2022 H2": [True, False],
        "2023": [True, False],
        "2024 H1": [False, False],
    }
    late = means(codes["whole"], IsIn("cohort", ("2024 H1",)))
    assert late == Nothing(reason=Reason.NO_MONTHS)
    assert means(codes["whole"], IsIn("sex", ("nobody",))) == Nothing(reason=Reason.NOBODY)


def test_without_censoring_it_is_the_mean_of_the_shorter_of_stay_and_horizon():
    world = make_world(12, persons=300)
    slow = Slow(world)
    early = [p for p in slow.cohort if slow.observable(p, 12) and "2022" in str(slow.day0(p))]
    found = means(build_codes(world.register()), IsIn("cohort", ("2022 H1", "2022 H2")), ())
    stays = [min(slow.at_risk_days(p)[1], MONTH_DAYS[12]) for p in early]
    assert found["mean_days"][0, 0] == pytest.approx(np.mean(stays), rel=1e-12)
    # Greenwood's error without censoring is the standard deviation over the root of n.
    assert found["std_error"][0, 0] == pytest.approx(np.std(stays) / np.sqrt(len(stays)), rel=1e-10)


def test_when_everybody_has_departed_the_area_ends_there():
    exits = np.zeros((1, 6, 101), dtype=np.int64)
    exits[0, 1, 40], exits[0, 1, 100] = 3, 7
    entries = np.zeros((1, 101), dtype=np.int64)
    entries[0, 0] = 10
    counted = Exits(
        by=(),
        keys=((),),
        exits=exits,
        entries=entries,
        last_month=np.asarray([28]),
        spans=np.empty((0, 5), dtype=np.int64),
        start_month=0,
    )
    found = restricted_mean(counted)
    stays = [40] * 3 + [100] * 7
    assert found["mean_days"].tolist() == [[pytest.approx(82), pytest.approx(82)]]
    assert found["std_error"][0, 0] == pytest.approx(np.std(stays) / np.sqrt(10))


def test_with_a_condition_on_a_month_the_days_before_it_are_included(codes):
    chosen = choose(codes["whole"], AtMonth("working", (), 4))
    counted = count_departures(codes["whole"], chosen)
    found = means(codes["whole"], AtMonth("working", (), 4), (), (4, 12))
    assert found.observed.tolist() == [[False, True]]
    survival = kaplan_meier(counted).survival[0]
    assert found["mean_days"][0, 1] == pytest.approx(survival[: MONTH_DAYS[12]].sum())
    assert found["mean_days"][0, 1] > MONTH_DAYS[4]
