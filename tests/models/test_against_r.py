"""Estimates equal the values that R made from the same rows, by another route."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.departure import log_rank
from models.results import Nothing, Reason
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.exactly import departure_rate, share_by_destination, share_departed, share_working, wage_fan
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parent.parent / "reference"
CLOSE = 1e-10


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


def reference(name):
    rows = csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines())
    return list(rows)


def number(text):
    return float(text) if text else math.nan


def tally(codes, world, by=("cohort",)):
    return count_departures(codes[world], choose(codes[world], EVERYONE, by))


def nobody_left(found, cohort, month):
    """Whether the last of a group were censored, not departed, before the day of a month."""
    group, day = found.keys.index((cohort,)), MONTH_DAYS[month]
    last = np.flatnonzero(found.exits[group].sum(axis=0))[-1]
    return last < day and found.exits[group, 0, last] > 0


def cells(curves, name):
    values = curves[name]
    out = {}
    for series, key in enumerate(curves.keys):
        for point, at in enumerate(curves.at.tolist()):
            if curves.observed[series, point]:
                out[(*key, at)] = float(values[series, point])
    return out


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_share_departed_equals_survfit_at_every_month_between_0_and_1(codes, world):
    found = tally(codes, world)
    curves = share_departed(found)
    share, low, high = (cells(curves, name) for name in ("share_departed", "ci_low", "ci_high"))
    departed = cells(curves, "departed")
    begun = dict(zip([key[0] for key in curves.keys], curves.start_days, strict=True))
    rows = reference(f"departure_{world}")
    compared = 0
    for row in rows:
        at = (row["cohort"], int(row["month"]))
        assert begun[row["cohort"]] == int(row["start"])
        if at not in share:
            # R carries the last value on when the last of a group were censored: nobody is left to know it of.
            assert nobody_left(found, *at)
            continue
        assert share[at] == pytest.approx(number(row["share"]), abs=CLOSE)
        assert departed[at] == number(row["departed"])
        if 0 < number(row["share"]) < 1:
            assert low[at] == pytest.approx(number(row["low"]), abs=CLOSE)
            assert high[at] == pytest.approx(number(row["high"]), abs=CLOSE)
            compared += 1
    assert compared > 20
    assert set(share) <= {(row["cohort"], int(row["month"])) for row in rows}


def test_limits_before_anybody_departs_and_after_everybody_has():
    from models.tally.exits import Exits

    exits = np.zeros((1, 6, 200), dtype=np.int64)
    exits[0, 1, 40], exits[0, 1, 100] = 3, 7
    entries = np.zeros((1, 200), dtype=np.int64)
    entries[0, 0] = 10
    curves = share_departed(
        Exits(
            by=(),
            keys=((),),
            exits=exits,
            entries=entries,
            last_month=np.asarray([5]),
            spans=np.empty((0, 5), dtype=np.int64),
            start_month=0,
        )
    )
    rows = list(zip(*(curves[name][0] for name in ("share_departed", "ci_low", "ci_high")), strict=True))
    assert rows[0] == (0, 0, 0)
    assert rows[1] == (0, 0, pytest.approx(1 - 0.025 ** (1 / 10)))
    assert rows[4][0] == 1
    assert math.isnan(rows[4][1])
    assert math.isnan(rows[4][2])


def test_with_delayed_entry_a_curve_starts_after_the_last_early_day_with_fewer_than_ten_at_risk(codes):
    found = tally(codes, "delayed")
    curves = share_departed(found)
    for group in range(len(found.keys)):
        at_risk = found.at_risk[group]
        early = at_risk[1 : int(at_risk.argmax()) + 1]
        small = [day + 1 for day, n in enumerate(early) if n < 10]
        assert curves.start_days[group] == (small[-1] if small else 0)
    assert any(curves.start_days)


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_destinations_with_their_errors_equal_survfit_for_several_end_points(codes, world):
    found = tally(codes, world)
    curves = share_by_destination(found)
    share, low, high = (cells(curves, name) for name in ("share", "ci_low", "ci_high"))
    compared = 0
    for row in reference(f"destinations_{world}"):
        at = (row["cohort"], row["destination"], int(row["month"]))
        if at not in share:
            assert nobody_left(found, row["cohort"], int(row["month"]))
            continue
        assert share[at] == pytest.approx(number(row["share"]), abs=CLOSE)
        if 0 < number(row["share"]) < 1:
            assert low[at] == pytest.approx(number(row["low"]), abs=CLOSE)
            assert high[at] == pytest.approx(number(row["high"]), abs=CLOSE)
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_destinations_sum_to_the_share_departed(codes, world):
    found = tally(codes, world)
    whole = share_departed(found)["share_departed"]
    parts = share_by_destination(found)["share"].reshape(len(found.keys), 5, -1).sum(axis=1)
    assert np.allclose(parts, whole, atol=1e-12, equal_nan=True)


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_monthly_rates_equal_events_over_exact_person_days_with_exact_limits(codes, world):
    curves = departure_rate(tally(codes, world))
    found = {name: cells(curves, name) for name in ("departed", "person_days", "rate", "ci_low", "ci_high")}
    rows = reference(f"hazard_{world}")
    assert len(rows) == len(found["rate"])
    for row in rows:
        at = (row["cohort"], int(row["month"]))
        assert found["departed"][at] == number(row["departed"])
        assert found["person_days"][at] == number(row["person_days"])
        for ours, theirs in (("rate", "rate"), ("ci_low", "low"), ("ci_high", "high")):
            assert found[ours][at] == pytest.approx(number(row[theirs]), rel=CLOSE, abs=1e-15)


def test_the_log_rank_test_equals_survdiff(codes):
    for row in reference("logrank_whole"):
        test = log_rank(tally(codes, "whole", (row["by"],)))
        assert test.df == int(row["df"])
        assert test.statistic == pytest.approx(number(row["statistic"]), rel=1e-9)
        assert test.p_value == pytest.approx(number(row["p"]), rel=1e-8)


def test_a_handful_has_no_part_in_the_log_rank_test_of_the_others(codes):
    counted = tally(codes, "whole", ("province",))
    sizes = counted.at_risk.max(axis=1)
    fewest = int(sizes.min()) + 1
    large = sizes >= fewest
    assert 1 < large.sum() < len(large)
    alone = replace(
        counted,
        keys=tuple(key for key, one in zip(counted.keys, large, strict=True) if one),
        **{name: getattr(counted, name)[large] for name in ("exits", "entries", "last_month")},
    )
    test, of_the_large = log_rank(counted, fewest), log_rank(alone)
    assert (test.statistic, test.df) == (of_the_large.statistic, of_the_large.df)
    assert test.left_out == int((~large).sum())
    more = int(counted.at_risk.max()) + 1
    assert log_rank(counted, more) == Nothing(reason=Reason.ONE_GROUP)


def test_share_working_equals_a_count_in_r_with_its_wilson_interval(codes):
    curves = share_working(codes["whole"], choose(codes["whole"], EVERYONE, ("nationality_group",)))
    found = {
        name: cells(curves, name) for name in ("present", "working", "share_working", "ci_low", "ci_high")
    }
    compared = 0
    for row in reference("employment_whole"):
        at = (row["group"], int(row["month"]))
        if at not in found["present"]:
            assert number(row["present"]) == 0
            continue
        assert found["present"][at] == number(row["present"])
        assert found["working"][at] == number(row["working"])
        if number(row["present"]):
            for ours, theirs in (("share_working", "share"), ("ci_low", "low"), ("ci_high", "high")):
                assert found[ours][at] == pytest.approx(number(row[theirs]), abs=CLOSE)
            compared += 1
    assert compared > 60


def test_wage_quantiles_equal_type_7_in_r(codes):
    curves = wage_fan(codes["whole"], choose(codes["whole"], EVERYONE))
    names = {
        "workers": "workers",
        "p10": "p10",
        "p25": "p25",
        "p50": "p50",
        "p75": "p75",
        "p90": "p90",
        "share_at_least": "at_least",
    }
    for row in reference("wages_whole"):
        for ours, theirs in names.items():
            found = cells(curves, ours)[(int(row["month"]),)]
            assert found == pytest.approx(number(row[theirs]), abs=CLOSE, nan_ok=True)
