"""An extract of persons present on a day tells the truth of the register it was taken from, or refuses to tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS, day_number
from models.results import FEWEST, Nothing, Reason
from models.selection import EVERYONE, AtMonth
from models.shortcuts import ever_in_state
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures, count_exits
from models.tally.person_months import count_wage_months, count_work_months
from models.tally.spans import Event, spans
from tests.models.exactly import (
    contract_mix,
    departure_rate,
    flows_between,
    lexis_surface,
    occupancy,
    restricted_mean,
    share_by_cause,
    share_departed,
    share_departed_followed,
    share_working,
    share_working_standardised,
    stock,
    stock_destinations,
    time_in_state,
    transitions,
    wage_fan,
)
from tests.models.known_truth import AGENCY, LEAVING, RETURNING, TAKEN, UNTIL, WORKING, simulated
from tests.models.odd_worlds import extract_of


@pytest.fixture(scope="module")
def worlds():
    whole = simulated()
    return {"whole": whole, "extract": extract_of(whole, TAKEN)}


@pytest.fixture(scope="module")
def codes(worlds):
    return {name: build_codes(world.register()) for name, world in worlds.items()}


@pytest.fixture(scope="module")
def chosen(codes):
    return choose(codes["extract"], EVERYONE)


def close(found, truth, persons):
    """Within four standard errors of a share of so many persons."""
    return abs(found - truth) < 4 * np.sqrt(truth * (1 - truth) / persons)


def test_the_share_departed_is_the_truth_from_its_start_on(codes, chosen):
    found = share_departed(count_departures(codes["extract"], chosen))
    start = found.start_days[0]
    assert start < 60
    for month in (6, 12, 24, 36):
        truth = 1 - np.exp(-LEAVING * (MONTH_DAYS[month] - start) / DAYS_PER_MONTH)
        assert abs(found["share_departed"][0, month] - truth) < 0.05, month


def test_the_rate_of_departure_is_the_truth_by_month_and_on_the_lexis_surface(codes, chosen):
    found = departure_rate(count_departures(codes["extract"], chosen))
    lived, left = np.nansum(found["person_days"]), np.nansum(found["departed"])
    assert left / lived * DAYS_PER_MONTH == pytest.approx(LEAVING, rel=0.12)
    surface = lexis_surface(codes["extract"], chosen)
    assert surface["departed"].sum() / surface["person_days"].sum() * DAYS_PER_MONTH == pytest.approx(
        LEAVING, rel=0.12
    )
    assert min(key[0] for key in surface.keys) == f"{TAKEN:%Y-%m}"


def test_the_share_returned_is_that_of_all_who_leave_not_of_those_who_came_back_in_time(codes, chosen):
    for name in ("whole", "extract"):
        who = choose(codes[name], EVERYONE)
        found = share_by_cause(count_exits(codes[name], who, spans(codes[name], Event.RETURN)), "outcome")
        assert found["share"][0, 12] == pytest.approx(RETURNING, abs=0.04), name
    members = spans(codes["extract"], Event.RETURN).member
    left = codes["extract"].settled + codes["extract"].duration
    assert (left[members] > day_number(TAKEN)).all()
    assert (codes["extract"].destination[left <= day_number(TAKEN)] > 0).sum() > 20  # who was left out


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("where", [EVERYONE, AtMonth("present", (), 6), AtMonth("working", (), 3)])
def test_each_event_is_that_of_the_register_when_risk_there_begins_on_the_same_day(codes, event, where):
    whole = codes["whole"]
    late = replace(whole, entry=np.maximum(0, day_number(TAKEN) - whole.settled).astype(np.int32))
    early = choose(late, where).within(late.settled <= day_number(TAKEN))
    expected = share_by_cause(count_exits(late, early, spans(late, event)), "outcome")
    extract = codes["extract"]
    found = share_by_cause(count_exits(extract, choose(extract, where), spans(extract, event)), "outcome")
    if event is Event.FIRST_JOB and where != EVERYONE and where.state == "working":
        # Who works then has had a first job.
        assert found == expected == Nothing(reason=Reason.NOBODY)
        return
    np.testing.assert_array_equal(found.observed, expected.observed)
    np.testing.assert_allclose(found["share"], expected["share"], atol=1e-12)


def test_the_share_with_a_first_job_is_the_truth(codes, chosen):
    found = {}
    for name in codes:
        exits = count_exits(codes[name], choose(codes[name], EVERYONE), spans(codes[name], Event.FIRST_JOB))
        found[name] = share_by_cause(exits, "outcome")["share"][0, 6]
    assert found["extract"] == pytest.approx(found["whole"], abs=0.08)


def test_work_contracts_and_wages_are_the_truth_and_nobody_is_counted_before_the_day(codes, chosen):
    extract = codes["extract"]
    work, mix = share_working(extract, chosen), contract_mix(extract, chosen)
    for month in (3, 12, 24, 36):
        here = work["present"][0, month]
        possible = (extract.settled + MONTH_DAYS[month] >= day_number(TAKEN)).sum()
        assert 50 < here <= possible
        assert close(work["share_working"][0, month], WORKING, here)
        agency = mix["share"][mix.keys.index(("agency",)), month]
        assert close(agency, AGENCY, work["working"][0, month])
    fan = wage_fan(extract, chosen)
    assert fan["workers"][0, 12] == work["working"][0, 12]
    standard = share_working_standardised(extract, chosen)
    assert standard["present"][0, 12] == work["present"][0, 12]


def test_person_months_for_regressions_begin_on_the_day(codes, chosen):
    extract = codes["extract"]
    for tally in (
        count_work_months(extract, chosen, ("sex",)),
        count_wage_months(extract, chosen, ("sex", "contract")),
    ):
        days = extract.settled[tally.person] + np.asarray(MONTH_DAYS)[tally.month]
        assert days.min() >= day_number(TAKEN)
        assert len(days) > 1000


def test_states_are_those_of_the_register_and_time_in_them_adds_up(codes, chosen):
    found = {name: occupancy(codes[name], choose(codes[name], EVERYONE)) for name in codes}
    for month in (12, 24):
        for state, whole in zip(found["whole"].keys, found["whole"]["share"][:, month], strict=True):
            mine = found["extract"]["share"][found["extract"].keys.index(state), month]
            assert mine == pytest.approx(whole, abs=0.06), (month, state)
    spent = time_in_state(codes["extract"], chosen)
    assert spent.start_month <= 2
    for stay in (12, 24):
        months = sum(
            value for key, value in zip(spent.keys, spent["months_spent"], strict=True) if key[0] == stay
        )
        first = spent.start_month
        assert months == pytest.approx((MONTH_DAYS[first + stay] - MONTH_DAYS[first]) / DAYS_PER_MONTH)
    moves = transitions(codes["extract"], chosen)
    assert min(key[0] for key in moves.keys) >= 1


def test_flows_leave_out_months_at_which_too_few_were_seen(codes, chosen):
    found = flows_between(codes["extract"], chosen, (0, 6, 12, 24))
    months = {key[0] for key in found.keys}
    assert 0 not in months
    for month in months:
        persons = sum(v for key, v in zip(found.keys, found["persons"], strict=True) if key[0] == month)
        assert persons >= FEWEST


def test_fixed_follow_up_is_refused_from_settling_and_true_after_a_condition(codes, chosen):
    assert share_departed_followed(codes["extract"], chosen) == Nothing(reason=Reason.NOT_FROM_SETTLING)
    later = choose(codes["extract"], AtMonth("present", (), 6))
    found = share_departed_followed(codes["extract"], later)
    for month in (12, 18):
        truth = 1 - np.exp(-LEAVING * (month - 6))
        place = found.at.tolist().index(month)
        assert close(found["share_departed"][0, place], truth, found["observable"][0, place])


def test_mean_stay_is_given_from_the_start_of_the_curve(codes, chosen):
    found = restricted_mean(count_departures(codes["extract"], chosen))
    truth = (1 - np.exp(-LEAVING * 12)) / LEAVING
    assert found["mean_months"][0, 0] == pytest.approx(truth, abs=0.6)


def test_stock_is_refused_before_the_day_and_that_of_the_register_for_these_people_after_it(worlds, codes):
    extract, register = codes["extract"], worlds["extract"].register()
    chosen = choose(extract, EVERYONE)
    before = TAKEN - timedelta(days=1)
    assert stock(register, extract, chosen, before) == Nothing(reason=Reason.BEFORE_EXTRACT)
    assert stock_destinations(extract, chosen, before) == Nothing(reason=Reason.BEFORE_EXTRACT)
    after = UNTIL + timedelta(days=1)
    assert stock(register, extract, chosen, after) == Nothing(reason=Reason.AFTER_END)
    found = stock(register, extract, chosen, TAKEN)
    assert found["present"][0, 0] == found["settled"][0, 0] == extract.persons
    assert found["departed"][0, 0] == 0


def test_a_contract_before_the_day_makes_nobody_one_who_ever_has_it(codes, chosen):
    extract = codes["extract"]
    none = replace(extract, contract={"agency": np.zeros_like(extract.present)})
    assert (ever_in_state(none, chosen, "agency").group < 0).all()
    everything = replace(extract, contract={"agency": ~np.zeros_like(extract.present)})
    seen = (extract.entry[:, None] <= np.asarray(MONTH_DAYS[: extract.months])[None, :]).any(axis=1)
    assert ((ever_in_state(everything, chosen, "agency").group >= 0) == seen).all()


def test_what_is_known_of_the_past_still_chooses_people(codes):
    chosen = choose(codes["extract"], AtMonth("working", (), 3))
    early = codes["extract"].settled + MONTH_DAYS[3] < day_number(TAKEN)
    assert (chosen.group[early] >= 0).sum() > 100
    found = share_working(codes["extract"], chosen)
    assert found["present"][0, 0] < (chosen.group >= 0).sum()
