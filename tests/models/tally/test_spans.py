"""Time at risk of each event is what a walk from day to day finds."""

from __future__ import annotations

import numpy as np
import pytest

from models.tally.building import build_codes
from models.tally.codes import NO_DAY
from models.tally.spans import ADMINISTRATIVE, Event, Removal, spans
from tests.models.slow import Slow
from tests.models.worlds import make_world


@pytest.fixture(scope="module", params=(1, 2, 3, 4, 5, 6))
def both(request):
    world = make_world(request.param)
    return Slow(world), build_codes(world.register())


def test_first_and_last_days_worked_are_those_of_a_walk_from_day_to_day(both):
    slow, codes = both
    for row, person in enumerate(slow.cohort):
        days = slow.worked_days(person)
        found = (codes.first_work[row], codes.last_work[row])
        assert found == ((days[0], days[-1]) if days else (NO_DAY, NO_DAY))


@pytest.mark.parametrize("event", [Event.FIRST_JOB, Event.JOB_LOSS, Event.RETURN])
def test_the_day_and_the_cause_of_every_exit_are_those_of_a_walk_from_day_to_day(both, event):
    slow, codes = both
    walk = {
        Event.FIRST_JOB: slow.first_job,
        Event.JOB_LOSS: slow.job_loss,
        Event.RETURN: slow.first_return,
    }[event]
    found = spans(codes, event)
    members = 0
    for row, person in enumerate(slow.cohort):
        expected = walk(person)
        assert found.member[row] == (expected is not None), person
        if expected is not None:
            members += 1
            assert (found.exit[row], found.cause[row]) == expected, person
    assert members > 3


def test_who_works_on_the_day_of_settling_is_not_at_risk_of_a_first_job(both):
    slow, codes = both
    found = spans(codes, Event.FIRST_JOB)
    expected = [
        slow.of_age_at_settling(person) and slow.worked_days(person)[:1] != [0] for person in slow.cohort
    ]
    assert found.member.tolist() == expected


def test_the_stay_that_holds_the_end_of_observation_is_found(both):
    slow, codes = both
    until = slow.info.observed_until
    for row, person in enumerate(slow.cohort):
        starts = [
            (s["settled"] - slow.day0(person)).days
            for s in slow.stays[person]
            if s["settled"] <= until and (s["departed"] is None or s["departed"] > until)
        ]
        assert codes.current_since[row] == (starts[0] if starts else NO_DAY)


def test_removals_are_events_or_censored_or_moved_to_the_day_after_the_last_work(both):
    slow, codes = both
    plain = spans(codes, Event.DEPARTURE)
    censored = spans(codes, Event.DEPARTURE, Removal.CENSORED)
    moved = spans(codes, Event.DEPARTURE, Removal.REDATED)
    removed = plain.cause == ADMINISTRATIVE
    assert (censored.cause == np.where(removed, 0, plain.cause)).all()
    assert (censored.exit == plain.exit).all()
    for row, person in enumerate(slow.cohort):
        days = slow.worked_days(person)
        expected = days[-1] + 1 if removed[row] and days else plain.exit[row]
        assert moved.exit[row] == expected
    assert (moved.cause == plain.cause).all()
