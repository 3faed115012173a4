"""Only the gate lets counts through, and estimates are made from what it let through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.departure import share_departed
from models.destinations import share_by_destination
from models.disclosure.releasing import Released, release
from models.life_table import life_table
from models.results import Curves, Nothing, Reason
from models.rules import CBS, NONE, Pass
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.worlds import make_world

ROOT = Path(__file__).parents[3]
BYS = [(), ("sex",), ("cohort",), ("province",)]


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(41, persons=900).register())


def test_a_pass_is_made_by_the_gate_alone():
    with pytest.raises(TypeError, match="go through the gate"):
        Pass(CBS)
    with pytest.raises(TypeError, match="go through the gate"):
        Pass(NONE, object())
    holders = [
        path.name
        for wing in ("models", "explorer", "widgets")
        for path in (ROOT / wing).rglob("*.py")
        if "_GATE" in path.read_text(encoding="utf-8")
    ]
    assert sorted(holders) == ["releasing.py", "results.py", "rules.py"]


def test_the_type_says_that_counts_have_not_passed(tmp_path):
    script = tmp_path / "elsewhere.py"
    script.write_text(
        "from models.departure import share_departed\n"
        "from models.tally.exits import Exits\n"
        "def told(tally: Exits) -> object:\n"
        "    return share_departed(tally)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", str(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'expected "Released[Exits]"' in done.stdout, done.stdout + done.stderr


def test_what_nobody_has_said_how_to_round_does_not_pass():
    assert release({"persons": 3}, NONE).counts == {"persons": 3}
    with pytest.raises(TypeError, match="nobody has said how"):
        release({"persons": 3}, CBS)


def test_exact_rules_leave_the_counts_as_they_are(codes):
    tally = count_departures(codes, choose(codes, EVERYONE))
    assert release(tally, NONE).counts is tally


@pytest.mark.parametrize("by", BYS)
def test_the_share_departed_follows_from_rounded_numbers_so_far_alone(codes, by):
    """One minus the product of 1 - e / (n - E - C - c / 2) over the months, from numbers so far rounded to tens."""
    tally = count_departures(codes, choose(codes, EVERYONE, by))
    found = share_departed(release(tally, CBS))
    assert isinstance(found, Curves)
    shown = 0
    for group in range(len(found.keys)):
        entered = told(int(tally.entries[group].sum()))
        staying, before = 1.0, (0, 0)
        for point, month in enumerate(found.at.tolist()):
            day = min(MONTH_DAYS[month], tally.days - 1)
            gone, censored = (
                told(int(by_day[group, : day + 1].sum())) for by_day in (tally.departed, tally.exits[:, 0])
            )
            left, lost = gone - before[0], censored - before[1]
            if left:
                staying *= 1 - left / (entered - before[0] - before[1] - lost / 2)
            before = gone, censored
            at_risk = entered - gone - censored
            if at_risk < 30:
                assert np.isnan(found["share_departed"][group, point:]).all()
                break
            if month and gone < 10:
                assert np.isnan(found["share_departed"][group, point])
                continue
            shown += 1
            assert found["share_departed"][group, point] == pytest.approx(1 - staying, abs=1e-12)
            assert found["at_risk"][group, point] == at_risk
            assert found["departed"][group, point] == gone
    assert shown > 20 or by == ("province",)


def told(number):
    return 0 if number < 10 else (number + 5) // 10 * 10


@pytest.mark.parametrize("predicate", [EVERYONE, AtMonth("working", (), 4)])
def test_rounding_moves_a_curve_by_little(codes, predicate):
    tally = count_departures(codes, choose(codes, predicate))
    exact, rough = (share_departed(release(tally, rules)) for rules in (NONE, CBS))
    # At the start both are none, without a band.
    seen = ~np.isnan(rough["share_departed"]) & (rough["departed"] > 0)
    assert seen.sum() > 4
    points = len(rough.at)

    def of(name):
        return exact[name][:, :points][seen]

    off = np.abs(rough["share_departed"][seen] - of("share_departed"))
    # By half the base over those who entered, and by who is censored within the month.
    assert off.max() < 5 / tally.persons[0] + 0.02
    wider = (rough["ci_high"] - rough["ci_low"])[seen] / (of("ci_high") - of("ci_low"))
    assert np.nanmin(wider) > 0.9


def test_the_life_table_and_the_curve_tell_the_same(codes):
    released = release(count_departures(codes, choose(codes, EVERYONE)), CBS)
    curve, table = share_departed(released), life_table(released)
    seen = ~np.isnan(table["share_staying"][0])
    assert seen.sum() > 5
    assert 1 - table["share_staying"][0][seen] == pytest.approx(
        curve["share_departed"][0, 1:][seen], abs=1e-12
    )
    assert np.nancumsum(table["departed"][0])[seen][-1] <= curve["departed"][0, 1:][seen][-1]
    assert (table["departed"][0][seen] % 10 == 0).all()


def test_destinations_are_told_from_their_tenth_departure(codes):
    tally = count_departures(codes, choose(codes, AtMonth("working", (), 4)))
    found = share_by_destination(release(tally, CBS))
    days = [min(MONTH_DAYS[month], tally.days - 1) for month in found.at.tolist()]
    so_far = np.cumsum(tally.exits[0, 1:], axis=1)[:, days]
    few = (so_far < 10) & (found.at > found.at[0])
    assert few.any()
    assert np.isnan(found["share"][few]).all()
    assert (~np.isnan(found["share"])).any()


def test_a_group_of_few_is_hidden_and_all_of_few_is_said(codes):
    few = choose(
        codes, IsIn("month_settled", codes.groupings["month_settled"].levels[:1]), ("sex", "province")
    )
    found = share_departed(release(count_departures(codes, few), CBS))
    assert found == Nothing(reason=Reason.ALL_HIDDEN)


def test_a_function_of_what_passed_has_passed(codes):
    released = release(count_departures(codes, choose(codes, EVERYONE)), CBS)
    assert isinstance(released.then(lambda tally: tally.days), Released)
    assert released.then(lambda tally: tally.days).passed is released.passed
