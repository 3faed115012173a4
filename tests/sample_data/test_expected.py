"""The expected curves are what the simulator scatters about: counted from its draws, and walked day by day."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sample_data.days import ARRIVALS_FROM, OBSERVED_UNTIL, day
from sample_data.draws import stream
from sample_data.expected import true_curves
from sample_data.generator import _plan
from sample_data.leaving import DESTINATIONS, draw_stays, person_factor, profile
from sample_data.people import People, draw_people
from sample_data.truth import TRUTH

DAYS = (0, 30, 61, 91, 122, 152, 183, 274, 365, 548, 730)


@pytest.fixture(scope="module")
def drawn():
    plan = _plan(200_000, seed=3)
    plan = plan[plan >= ARRIVALS_FROM]
    people = draw_people(plan, stream(3, "people"))
    stays = draw_stays(people, np.ones(len(plan), dtype=bool), stream(3, "leaving"))
    first = stays.settled == people.settled[stays.person]
    departed = np.full(len(plan), np.inf)
    destination = np.full(len(plan), -1)
    departed[stays.person[first]] = stays.departed[first]
    destination[stays.person[first]] = stays.destination[first]
    return people, departed - plan, destination


def some(people: People, who: np.ndarray) -> People:
    return People(**{name: getattr(people, name)[who] for name in People.__slots__})


@pytest.mark.parametrize("by", [91, 365, 548, 730])
def test_those_seen_long_enough_leave_as_often_as_expected_to_every_destination(drawn, by):
    people, stay, destination = drawn
    seen = people.settled + by <= OBSERVED_UNTIL
    expected = true_curves(some(people, seen), DAYS)[:, DAYS.index(by)]
    for place in range(len(DESTINATIONS)):
        found = ((stay[seen] <= by) & (destination[seen] == place)).mean()
        error = math.sqrt(expected[place] * (1 - expected[place]) / seen.sum())
        assert abs(found - expected[place]) < 4 * error


def test_from_a_month_on_those_still_there_leave_as_often_as_expected(drawn):
    people, stay, _ = drawn
    there = (people.settled + 548 <= OBSERVED_UNTIL) & (stay > 183)
    expected = true_curves(some(people, there), DAYS, start=183).sum(axis=0)
    assert np.isnan(expected[: DAYS.index(183)]).all()
    assert expected[DAYS.index(183)] == 0.0
    found = (stay[there] <= 548).mean()
    error = math.sqrt(found * (1 - found) / there.sum())
    assert abs(found - expected[DAYS.index(548)]) < 4 * error


def one(settled: int, *, nationality: int, age: int) -> People:
    def of(value: int) -> np.ndarray:
        return np.asarray([value])

    return People(
        settled=of(settled), birth=of(settled - round((age + 0.5) * 365.25)), age=of(age), sex=of(1),
        nationality=of(nationality), household=of(0), province=of(0), education=of(2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settled", "nationality", "age"),
    [(day(2022, 3, 10), 0, 30), (day(2022, 11, 20), 2, 70), (day(2024, 5, 3), 0, 4)],
)
def test_one_person_walked_day_by_day_leaves_with_the_same_chance(settled, nationality, age):
    person = one(settled, nationality=nationality, age=age)
    truth, factor = TRUTH.leaving, float(person_factor(person)[0])
    group = TRUTH.destinations.ukrainian if nationality == 0 else TRUTH.destinations.other
    staying, gone, read = 1.0, np.zeros(len(DESTINATIONS)), {0: np.zeros(len(DESTINATIONS))}
    for stay in range(1, DAYS[-1] + 1):
        on = np.datetime64(settled + stay - 1, "D")
        leaving = (
            factor * truth.level / 30.4375 * float(profile(np.asarray([(stay - 0.5) / 30.4375]))[0])
            * truth.calendar.get(str(on)[:4], 1.0) * (1.0 if settled < day(2022, 7, 1) else truth.later)
        )  # fmt: skip
        years = (settled + stay - 0.5 - float(person.birth[0])) / 365.25
        dying = truth.death_at_40 * math.exp(truth.death_growth * (years - 40)) / 365.25
        departing = staying * (1 - math.exp(-leaving - dying))
        year = str(min(max(int(str(np.datetime64(settled + stay, "D"))[:4]), 2022), 2024))
        left = departing * leaving / (leaving + dying)
        gone[:-1] += left * np.asarray(group[year])
        gone[-1] += departing - left
        staying -= departing
        read[stay] = gone.copy()
    found = true_curves(person, DAYS)
    for place, at in enumerate(DAYS):
        assert found[:, place].sum() == pytest.approx(read[at].sum(), abs=1e-6)
        np.testing.assert_allclose(found[:, place], read[at], atol=2e-4)


def test_days_beyond_what_the_simulator_looks_ahead_are_empty():
    person = one(day(2023, 1, 1), nationality=0, age=30)
    found = true_curves(person, (0, 365, 3000))
    assert np.isfinite(found[:, :2]).all()
    assert np.isnan(found[:, 2]).all()


def test_nobody_has_no_curve():
    nobody = some(one(day(2023, 1, 1), nationality=0, age=30), np.zeros(1, dtype=bool))
    assert np.isnan(true_curves(nobody, DAYS)).all()
