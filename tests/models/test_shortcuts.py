"""Each shortcut is the number people wrongly take, counted slowly; the right curve is that of its own view."""

from __future__ import annotations

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.register import DESTINATIONS
from models.results import Curves, Nothing, Reason
from models.selection import EVERYONE, And, AtMonth, IsIn
from models.shortcuts import ever_in_state, in_state_at
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.exactly import (
    destinations_apart,
    filter_on_the_future,
    ignoring_censoring,
    pooled_to_the_end,
    share_by_destination,
    share_departed,
)
from tests.models.slow import Slow
from tests.models.worlds import make_world

WORLD = make_world(17, persons=300)
MONTH = 4


@pytest.fixture(scope="module")
def codes():
    return build_codes(WORLD.register())


@pytest.fixture(scope="module")
def slow():
    return Slow(WORLD)


def curve(curves: Curves, name: str, *group: str, measure: str = "share") -> np.ndarray:
    return curves[measure][curves.keys.index((*group, name))]


def kaplan_meier(spans: list[tuple[int, bool]], day: int, start: int = 0) -> float:
    """One minus the product over event days of one minus events by those at risk, person by person."""
    staying = 1.0
    for t in sorted({d for d, event in spans if event and start < d <= day}):
        at_risk = sum(1 for d, _ in spans if d >= t)
        staying *= 1 - sum(1 for d, event in spans if event and d == t) / at_risk
    return 1 - staying


def agency_ever(slow: Slow, person: str) -> bool:
    months = [m for m in range(29) if slow.observable(person, m)]
    return any(agency_at(slow, person, month) for month in months)


def agency_at(slow: Slow, person: str, month: int) -> bool:
    day = slow.month_day(person, month)
    return slow.works(person, day) and slow.main_job(person, day)["contract"] == "agency"


def span(slow: Slow, person: str) -> tuple[int, bool]:
    _, duration, destination = slow.at_risk_days(person)
    return duration, destination is not None


@pytest.mark.parametrize("month", [1, 6, 12, 24])
def test_ignoring_censoring_is_departures_seen_by_everyone_who_settled(codes, slow, month):
    found = ignoring_censoring(count_departures(codes, choose(codes, EVERYONE)))
    gone = [p for p in slow.cohort if span(slow, p)[1] and span(slow, p)[0] <= MONTH_DAYS[month]]
    assert curve(found, "shortcut")[month] == pytest.approx(len(gone) / len(slow.cohort), abs=1e-12)
    assert curve(found, "shortcut", measure="at_risk")[month] == len(slow.cohort)


@pytest.mark.parametrize("by", [(), ("sex",)])
def test_the_right_curve_beside_ignoring_censoring_is_the_share_departed(codes, by):
    tally = count_departures(codes, choose(codes, EVERYONE, by))
    found, alone = ignoring_censoring(tally), share_departed(tally)
    for index, key in enumerate(alone.keys):
        for own, theirs in (("share_departed", "share"), ("ci_low", "ci_low"), ("ci_high", "ci_high")):
            np.testing.assert_array_equal(curve(found, "right", *key, measure=theirs), alone[own][index])
        seen = alone.observed[index]
        assert (curve(found, "shortcut", *key) <= curve(found, "right", *key) + 1e-12)[seen].all()
        assert np.isnan(curve(found, "shortcut", *key)[~seen]).all()


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_destination_apart_is_kaplan_meier_with_the_others_censored(codes, slow, destination):
    tally = count_departures(codes, choose(codes, EVERYONE))
    found = destinations_apart(tally, destination)
    spans = [(slow.at_risk_days(p)[1], slow.at_risk_days(p)[2] == destination) for p in slow.cohort]
    for month in (3, 12, 24):
        expected = kaplan_meier(spans, MONTH_DAYS[month])
        assert curve(found, "shortcut")[month] == pytest.approx(expected, abs=1e-12)


def test_the_right_curve_of_a_destination_is_that_of_the_destinations(codes):
    tally = count_departures(codes, choose(codes, EVERYONE, ("sex",)))
    alone = share_by_destination(tally)
    found = destinations_apart(tally, "onward")
    for sex in ("female", "male", "unknown"):
        index = alone.keys.index((sex, "onward"))
        np.testing.assert_array_equal(curve(found, "right", sex), alone["share"][index])
        np.testing.assert_array_equal(curve(found, "right", sex, measure="ci_high"), alone["ci_high"][index])


def test_destinations_apart_add_up_to_more_than_have_departed(codes):
    tally = count_departures(codes, choose(codes, EVERYONE))
    apart = sum(curve(destinations_apart(tally, name), "shortcut")[24] for name in DESTINATIONS)
    assert apart > share_departed(tally)["share_departed"][0, 24] + 0.05


def test_the_filter_on_the_future_follows_whoever_ever_has_the_contract_from_settling(codes, slow):
    found = filter_on_the_future(codes, choose(codes, EVERYONE), "agency", MONTH)
    spans = [span(slow, p) for p in slow.cohort if agency_ever(slow, p)]
    for month in (1, 6, 12):
        expected = kaplan_meier(spans, MONTH_DAYS[month])
        assert curve(found, "shortcut")[month] == pytest.approx(expected, abs=1e-12)
    assert curve(found, "shortcut", measure="at_risk")[0] == len(spans)


def test_the_right_curve_of_a_contract_starts_in_its_month_with_those_who_have_it_then(codes, slow):
    found = filter_on_the_future(codes, choose(codes, EVERYONE), "agency", MONTH)
    alone = share_departed(count_departures(codes, choose(codes, AtMonth("contract", ("agency",), MONTH))))
    right = curve(found, "right")
    assert np.isnan(right[:MONTH]).all()
    reached = len(alone.at)
    np.testing.assert_array_equal(right[MONTH : MONTH + reached], alone["share_departed"][0])
    spans = [
        span(slow, p)
        for p in slow.cohort
        if slow.observable(p, MONTH) and agency_at(slow, p, MONTH) and span(slow, p)[0] > MONTH_DAYS[MONTH]
    ]
    assert right[10] == pytest.approx(kaplan_meier(spans, MONTH_DAYS[10], MONTH_DAYS[MONTH]), abs=1e-12)


def test_beside_it_stands_everyone_present_in_that_month_and_everyone_from_settling(codes):
    found = filter_on_the_future(codes, choose(codes, EVERYONE), "agency", MONTH)
    present = share_departed(count_departures(codes, choose(codes, AtMonth("present", (), MONTH))))
    settled = share_departed(count_departures(codes, choose(codes, EVERYONE)))
    np.testing.assert_array_equal(
        curve(found, "all present")[MONTH : MONTH + len(present.at)], present["share_departed"][0]
    )
    np.testing.assert_array_equal(curve(found, "all settled"), settled["share_departed"][0])


def test_a_later_condition_of_the_selection_moves_all_curves_to_its_month(codes):
    chosen = choose(codes, And((AtMonth("present", (), 9), IsIn("sex", ("female", "male")))))
    found = filter_on_the_future(codes, chosen, "agency", MONTH)
    assert found.at[0] == 9
    assert in_state_at(codes, chosen, "agency", MONTH).start_month == 9
    both = choose(
        codes,
        And(
            (
                AtMonth("present", (), 9),
                IsIn("sex", ("female", "male")),
                AtMonth("contract", ("agency",), MONTH),
            )
        ),
    )
    np.testing.assert_array_equal(in_state_at(codes, chosen, "agency", MONTH).group, both.group)


def test_a_contract_that_nobody_has_gives_a_reason(codes):
    found = filter_on_the_future(codes, choose(codes, EVERYONE), "no such contract", MONTH)
    assert found == Nothing(reason=Reason.NO_JOBS)
    assert (ever_in_state(codes, choose(codes, EVERYONE), "no such contract").group == -1).all()


def test_the_pooled_curve_stands_beside_that_of_every_group_to_its_last_month(codes):
    chosen = choose(codes, EVERYONE, ("cohort",))
    found = pooled_to_the_end(codes, chosen)
    groups = share_departed(count_departures(codes, chosen))
    pooled = share_departed(count_departures(codes, choose(codes, EVERYONE)))
    np.testing.assert_array_equal(curve(found, "shortcut", "everyone"), pooled["share_departed"][0])
    for index, key in enumerate(groups.keys):
        right = found.keys.index((*key, "right"))
        np.testing.assert_array_equal(found.observed[right], groups.observed[index])
        np.testing.assert_array_equal(found["share"][right], groups["share_departed"][index])
        assert not found.observed[found.keys.index((*key, "shortcut"))].any()


def test_one_group_has_no_pooled_curve_beside_it(codes):
    assert pooled_to_the_end(codes, choose(codes, EVERYONE)) == Nothing(reason=Reason.ONE_GROUP)


def test_nobody_chosen_is_told_as_such(codes):
    nobody = choose(codes, IsIn("sex", ()))
    tally = count_departures(codes, nobody)
    expected = Nothing(reason=Reason.NOBODY)
    assert ignoring_censoring(tally) == expected
    assert destinations_apart(tally, "origin") == expected
    assert filter_on_the_future(codes, nobody, "agency", MONTH) == expected
    assert pooled_to_the_end(codes, nobody) == expected


def test_a_truth_is_drawn_over_the_months_of_the_right_curve_for_one_group_only(codes):
    truth = np.linspace(0, 0.2, codes.months)[None, :] * np.ones((5, 1))
    together = ignoring_censoring(count_departures(codes, choose(codes, EVERYONE)), truth)
    np.testing.assert_allclose(curve(together, "truth"), truth.sum(axis=0)[together.at])
    one = destinations_apart(count_departures(codes, choose(codes, EVERYONE)), "onward", truth)
    np.testing.assert_allclose(curve(one, "truth"), truth[1][one.at])
    by_sex = ignoring_censoring(count_departures(codes, choose(codes, EVERYONE, ("sex",))), truth)
    assert not [key for key in by_sex.keys if key[-1] == "truth"]
