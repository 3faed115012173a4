"""The tables follow the truths that are written beside them."""

from __future__ import annotations

import datetime as dt
import tomllib

import numpy as np
import pytest

from sample_data.draws import levels
from sample_data.generator import generate
from sample_data.leaving import hazard_surface, person_factor
from sample_data.minimum_wage import HOURLY
from sample_data.people import EDUCATION, HOUSEHOLDS, NATIONALITIES, SEXES, People
from sample_data.truth import TRUTH
from sample_data.writing import truth_text


@pytest.fixture(scope="module")
def world():
    return generate(60_000, seed=11, dirt=False)


def _expected(people, counting):
    """Return persons at risk, events and expected events of leaving (death apart) on first stays."""
    age = counting.completed_years(people.birth_date, people.settled).to_numpy().astype(int)
    settled = people.settled.to_numpy().astype(int)

    def codes(names, column):
        return people[column].map({name: i for i, name in enumerate(names)}).to_numpy()

    as_people = People(
        settled=settled, birth=people.birth_date.to_numpy().astype(int), age=age, sex=codes(SEXES, "sex"),
        nationality=codes(NATIONALITIES, "nationality"), household=codes(HOUSEHOLDS, "household"),
        province=np.zeros_like(age), education=codes(EDUCATION, "education"),
    )  # fmt: skip
    stop = people.departed.clip(upper=counting.OBSERVED_UNTIL).to_numpy().astype(int) - settled
    return person_factor(as_people) * hazard_surface()[settled - counting.ARRIVALS_FROM, stop]


@pytest.mark.parametrize("column", ["sex", "household", "education"])
def test_departures_of_every_group_are_as_many_as_its_true_hazard_gives(world, counting, column):
    people = counting.clean(world).people
    expected = _expected(people, counting)
    left = (people.departed <= counting.OBSERVED_UNTIL) & (people.destination != "deceased")
    for _, rows in people.groupby(column).groups.items():
        where = people.index.isin(rows)
        observed, hoped = int(left[where].sum()), float(expected[where].sum())
        assert abs(observed - hoped) < 4.0 * np.sqrt(hoped)


def test_departures_follow_the_true_hazard_through_the_months_of_stay(world, counting):
    people = counting.clean(world).people
    settled = people.settled.to_numpy().astype(int) - counting.ARRIVALS_FROM
    stop = (people.departed.clip(upper=counting.OBSERVED_UNTIL) - people.settled).to_numpy().astype(int)
    factor = _expected(people, counting) / hazard_surface()[settled, stop]
    left = ((people.departed <= counting.OBSERVED_UNTIL) & (people.destination != "deceased")).to_numpy()
    for low, high in ((0, 61), (61, 244), (244, 487), (487, 858)):
        hoped = float(
            (factor * (hazard_surface()[settled, np.clip(stop, low, high)] - hazard_surface()[settled, low]))[
                stop > low
            ].sum()
        )
        observed = int((left & (stop > low) & (stop <= high)).sum())
        assert abs(observed - hoped) < 4.0 * np.sqrt(hoped)


def test_hourly_wages_are_the_minimum_times_level_and_growth(world, counting):
    register = counting.clean(world)
    # A correction is no wage by itself; it counts in the sum of its month.
    paid = register.jobs.usable & (register.jobs.wage > 0) & (register.jobs.hours > 0)
    jobs = register.jobs[paid].merge(register.people[["person_id", "settled"]], on="person_id")
    jobs = jobs[jobs.start >= jobs.settled]
    starts = np.asarray([start for start, _ in HOURLY])
    minimum = np.asarray([amount for _, amount in HOURLY])[
        np.searchsorted(starts, jobs.start, side="right") - 1
    ]
    months = (jobs.start - jobs.settled) / 30.4375
    log = np.log(jobs.wage / jobs.hours / minimum)
    slope, level = np.polyfit(months, log, 1)
    assert level == pytest.approx(TRUTH.pay.level, abs=0.01)
    assert slope == pytest.approx(TRUTH.pay.growth, abs=0.0007)
    # One record a person: persons with many records must not weigh more in the spread.
    one = (log - level - slope * months).groupby(jobs.person_id).first()
    assert one.std() == pytest.approx(np.hypot(TRUTH.pay.person_sd, TRUTH.pay.job_sd), abs=0.005)


def test_shares_and_settlers_add_up():
    assert sum(TRUTH.settling.thousands[:11]) == pytest.approx(105.0)
    assert sum(TRUTH.settling.thousands) == pytest.approx(157.0, abs=0.5)
    shares = (*TRUTH.destinations.ukrainian.values(), *TRUTH.destinations.other.values())
    assert [sum(row) for row in shares] == pytest.approx([1.0] * len(shares))
    for effects in (TRUTH.leaving.sex, TRUTH.starting.sex):
        assert set(effects) == set(SEXES)
    assert levels(TRUTH.leaving.household, HOUSEHOLDS).min() < 1.0


def test_the_truth_beside_the_data_is_the_truth_of_the_simulator():
    told = tomllib.loads(truth_text())
    assert told["leaving"]["level"] == TRUTH.leaving.level
    assert told["leaving"]["calendar"] == dict(TRUTH.leaving.calendar)
    assert told["people"]["others"]["stateless"] == TRUTH.people.others["stateless"]
    assert tuple(told["settling"]["thousands"]) == TRUTH.settling.thousands
    assert "free choices" in truth_text().lower()


def test_the_minimum_wage_rose_by_over_ten_percent_in_january_2023():
    amounts = dict(HOURLY)
    day = (dt.date(2023, 1, 1) - dt.date(1970, 1, 1)).days
    before = (dt.date(2022, 7, 1) - dt.date(1970, 1, 1)).days
    assert amounts[day] / amounts[before] == pytest.approx(1.1015, abs=0.001)
