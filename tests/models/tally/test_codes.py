"""The codes say of every person and month what a slow look in the lists says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.clocks import MONTH_DAYS
from models.register import CONTRACTS, DESTINATIONS
from models.tally.building import build_codes
from models.tally.codes import NO_DAY, count, pack, unpack
from tests.models.slow import DAYS, Slow, age_on
from tests.models.worlds import make_world

SEEDS = (1, 2, 3, 4)


@pytest.fixture(scope="module", params=SEEDS)
def both(request):
    world = make_world(request.param, reversals=True)
    return Slow(world), build_codes(world.register())


def by_month(codes, bits):
    return unpack(bits, codes.persons)


def test_the_month_table_is_the_literal_one_and_month_24_is_day_730():
    assert list(MONTH_DAYS[:37]) == DAYS
    assert MONTH_DAYS[24] == 730


def test_the_cohort_is_everyone_with_a_stay_from_the_first_day_of_arrivals(both):
    slow, codes = both
    assert codes.persons == len(slow.cohort)
    assert [np.datetime64(slow.day0(p)).astype(int) for p in slow.cohort] == codes.settled.tolist()


def test_time_at_risk_and_destination_are_those_of_the_first_stay(both):
    slow, codes = both
    for row, person in enumerate(slow.cohort):
        entry, duration, destination = slow.at_risk_days(person)
        code = 0 if destination is None else DESTINATIONS.index(destination) + 1
        assert (codes.entry[row], codes.duration[row], codes.destination[row]) == (entry, duration, code)


def test_presence_age_and_work_on_every_month_day_equal_the_slow_look(both):
    slow, codes = both
    present, of_age, working = (
        by_month(codes, bits) for bits in (codes.present, codes.of_age, codes.working)
    )
    for row, person in enumerate(slow.cohort):
        for month in range(codes.months):
            day = slow.month_day(person, month)
            seen = slow.observable(person, month)
            assert present[month, row] == (seen and slow.present(person, day))
            assert of_age[month, row] == slow.of_age(person, day)
            assert working[month, row] == (seen and slow.works(person, day))


def test_the_main_job_gives_contract_and_sector(both):
    slow, codes = both
    contract = {name: by_month(codes, bits) for name, bits in codes.contract.items()}
    sector = {name: by_month(codes, bits) for name, bits in codes.sector.items()}
    for row, person in enumerate(slow.cohort):
        for month in range(codes.months):
            day = slow.month_day(person, month)
            if not (slow.observable(person, month) and slow.works(person, day)):
                assert not any(bits[month, row] for bits in (*contract.values(), *sector.values()))
                continue
            job = slow.main_job(person, day)
            assert [name for name in CONTRACTS if contract[name][month, row]] == [job["contract"]]
            assert [name for name in sector if sector[name][month, row]] == [job["sector"] or "unknown"]


def test_employers_since_settling_and_at_once(both):
    slow, codes = both
    at_once = by_month(codes, codes.several_now)
    for row, person in enumerate(slow.cohort):
        for month in range(codes.months):
            day = slow.month_day(person, month)
            several = codes.second_employer[row] != NO_DAY and codes.second_employer[row] <= DAYS[month]
            assert several == (slow.employers_since(person, day) > 1)
            works = slow.observable(person, month) and slow.works(person, day)
            assert at_once[month, row] == (works and len(slow.employers_on(person, day)) > 1)


def test_hourly_wages_are_the_ratio_of_sums_rounded_once(both):
    slow, codes = both
    wages = codes.wages
    for month in range(codes.months):
        part = slice(wages.starts[month], wages.starts[month + 1])
        found = dict(zip(wages.person[part].tolist(), wages.cents[part].tolist(), strict=True))
        expected = {}
        for row, person in enumerate(slow.cohort):
            day = slow.month_day(person, month)
            if slow.observable(person, month) and slow.works(person, day):
                cents = slow.hourly_cents(person, day)
                if cents is not None:
                    expected[row] = cents
        assert found == expected


def test_groupings_follow_the_persons(both):
    slow, codes = both
    for row, person in enumerate(slow.cohort):
        who = slow.people[person]
        level = {name: g.levels[g.codes[row]] for name, g in codes.groupings.items()}
        settled = slow.day0(person)
        expected = {
            (2022, 1): "2022 H1",
            (2022, 2): "2022 H2",
            (2023, 1): "2023",
            (2023, 2): "2023",
            (2024, 1): "2024 H1",
        }
        assert level["cohort"] == expected[settled.year, (settled.month + 5) // 6]
        assert level["sex"] == who["sex"]
        group = {"UA": "Ukrainian", "unknown": "unknown"}.get(who["nationality"], "other")
        assert level["nationality_group"] == group
        age = age_on(who["birth_date"], settled)
        assert level["age_band"] == band(age)
        assert np.isnan(codes.numbers["age"][row]) if age is None else codes.numbers["age"][row] == age
        assert level["province"] == who["province"]
        assert level["month_settled"] == f"{settled:%Y-%m}"
        assert level["quarter"] == f"{settled.year} Q{(settled.month + 2) // 3}"


def band(age):
    if age is None:
        return "unknown"
    edges = [
        (65, "65+"),
        (55, "55-64"),
        (45, "45-54"),
        (35, "35-44"),
        (25, "25-34"),
        (18, "18-24"),
        (0, "0-17"),
    ]
    return next(label for low, label in edges if age >= low)


def test_delayed_entry_starts_risk_on_the_day_the_extract_was_taken():
    world = make_world(9, present_on=date(2023, 1, 1))
    slow, codes = Slow(world), build_codes(world.register())
    assert [slow.at_risk_days(p)[0] for p in slow.cohort] == codes.entry.tolist()
    assert codes.entry.max() > 0


def test_bits_survive_packing_and_are_counted_exactly():
    dice = np.random.default_rng(5)
    for persons in (1, 7, 63, 64, 65, 1000):
        masks = dice.random((3, persons)) < 0.4
        groups = dice.random((2, persons)) < 0.5
        assert (unpack(pack(masks), persons) == masks).all()
        expected = (groups[:, None, :] & masks[None, :, :]).sum(axis=2)
        assert (count(pack(masks), pack(groups)) == expected).all()
