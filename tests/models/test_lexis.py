"""The Lexis surface counts every day at risk once, in the calendar month and the month of stay it lies in."""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import lexis
from models.clocks import MONTH_DAYS
from models.disclosure.releasing import release
from models.results import Nothing, Reason
from models.rules import CBS
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from models.tally.lexis import count_lexis
from tests.models.exactly import lexis_surface
from tests.models.slow import Slow
from tests.models.worlds import make_world
from tests.reference.make_data import WORLDS

REFERENCE = Path(__file__).parent.parent / "reference"
ENTERED = date(2023, 1, 1)


@pytest.fixture(scope="module")
def codes():
    return {name: build_codes(world.register()) for name, world in WORLDS.items()}


def surface(codes, predicate=EVERYONE, by=()):
    return lexis_surface(codes, choose(codes, predicate, by))


def cells(listing):
    columns = [listing[name] for name in ("departed", "person_days")] + [listing.behind[0]]
    return {key: tuple(int(column[row]) for column in columns) for row, key in enumerate(listing.keys)}


def day_by_day(world, people=None, start=0):
    """Walk over every resident day of every person."""
    slow = Slow(world)
    lived, left, seen = Counter(), Counter(), {}
    for person in slow.cohort if people is None else people:
        entry, duration, destination = slow.at_risk_days(person)
        for day in range(max(entry, start) + 1, duration + 1):
            calendar = slow.day0(person) + timedelta(days=day - 1)
            month = next(m for m in range(1, len(MONTH_DAYS)) if day <= MONTH_DAYS[m])
            cell = (f"{calendar:%Y-%m}", month)
            lived[cell] += 1
            seen.setdefault(cell, set()).add(person)
            left[cell] += day == duration and destination is not None
    return {cell: (left[cell], lived[cell], len(seen[cell])) for cell in lived}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("present_on", [None, ENTERED])
def test_every_cell_equals_a_walk_over_every_day(seed, present_on):
    world = make_world(seed, persons=50, present_on=present_on)
    assert cells(surface(build_codes(world.register()))) == day_by_day(world)


def test_with_a_condition_on_a_month_days_before_it_are_not_counted():
    world = make_world(5, persons=200)
    slow = Slow(world)
    people = [p for p in slow.cohort if slow.observable(p, 4) and slow.works(p, slow.month_day(p, 4))]
    found = surface(build_codes(world.register()), AtMonth("working", (), 4))
    assert cells(found) == day_by_day(world, people, MONTH_DAYS[4])
    assert found.start_month == 4


@pytest.mark.parametrize("world", ["whole", "delayed"])
def test_every_cell_equals_epi_splitlexis(codes, world):
    found = surface(codes[world], by=("cohort",))
    text = (REFERENCE / f"lexis_{world}.csv").read_text(encoding="utf-8")
    rows = {
        (row["cohort"], row["period"], int(row["month"])): tuple(
            int(row[name]) for name in ("departed", "person_days", "persons")
        )
        for row in csv.DictReader(text.splitlines())
    }
    assert cells(found) == rows
    assert len(rows) > 200


@pytest.mark.parametrize("world", ["whole", "delayed"])
@pytest.mark.parametrize("by", [(), ("cohort",), ("cohort", "sex")])
def test_cells_sum_to_the_exits_and_person_days_of_each_month_of_stay(codes, world, by):
    found = surface(codes[world], by=by)
    tally = count_departures(codes[world], choose(codes[world], EVERYONE, by))
    for group, key in enumerate(tally.keys):
        for month in range(1, 30):
            rows = [row for row, own in enumerate(found.keys) if (*own[:-2], own[-1]) == (*key, month)]
            days = slice(MONTH_DAYS[month - 1] + 1, MONTH_DAYS[month] + 1)
            assert found["departed"][rows].sum() == tally.departed[group, days].sum()
            assert found["person_days"][rows].sum() == tally.person_days[group, days].sum()


def test_a_departure_on_the_first_of_a_month_lies_in_the_month_before():
    world = make_world(1, persons=1)
    stay = {
        "person_id": "000000",
        "settled": date(2023, 1, 15),
        "departed": date(2023, 3, 1),
        "destination": "origin",
    }
    world = replace(world, stays=[stay], jobs=[])
    found = surface(build_codes(world.register()))
    assert cells(found) == {
        ("2023-01", 1): (0, 17, 1),
        ("2023-02", 1): (0, 13, 1),
        ("2023-02", 2): (1, 15, 1),
    }


def test_no_rate_is_given_under_ten_persons_or_thirty_person_months_but_counts_are(codes):
    found = surface(codes["whole"], by=("cohort",))
    persons, days, rate = found.behind[0], found["person_days"], found["rate"]
    masked = (persons < 10) | (days < 30 * 30.4375)
    assert masked.any()
    assert not masked.all()
    assert np.array_equal(np.isnan(rate), masked)
    assert not np.isnan(found["departed"]).any()
    shown = ~masked
    assert rate[shown] == pytest.approx(found["departed"][shown] / days[shown] * 30.4375, rel=1e-15)


def test_rounded_cells_are_of_ten_persons_and_tell_a_rate_from_their_tenth_departure(codes):
    exact = surface(codes["whole"])
    found = lexis.lexis_surface(release(count_lexis(codes["whole"], choose(codes["whole"], EVERYONE)), CBS))
    rows = {key: row for row, key in enumerate(exact.keys)}
    assert 0 < len(found.keys) < len(exact.keys)
    for row, key in enumerate(found.keys):
        own = rows[key]
        assert exact.behind[0][own] >= 10
        assert np.isnan(found["departed"][row]) == (exact["departed"][own] < 10)
        assert np.isnan(found["departed"][row]) or found["departed"][row] % 10 == 0
    assert found.hidden == np.isnan(found["rate"]).sum()


def test_nobody_selected_is_said(codes):
    assert surface(codes["whole"], IsIn("sex", ("nobody",))) == Nothing(reason=Reason.NOBODY)


@settings(max_examples=6)
@given(seed=st.integers(0, 10_000), delayed=st.booleans())
def test_the_order_of_rows_and_the_names_of_persons_do_not_matter(seed, delayed):
    world = make_world(seed % 7, persons=40, present_on=ENTERED if delayed else None)
    dice = np.random.default_rng(seed)
    names = {p["person_id"]: f"x{n}" for p, n in zip(world.persons, dice.permutation(40), strict=True)}

    def shuffled(rows):
        return [{**rows[i], "person_id": names[rows[i]["person_id"]]} for i in dice.permutation(len(rows))]

    other = replace(
        world, persons=shuffled(world.persons), stays=shuffled(world.stays), jobs=shuffled(world.jobs)
    )
    assert cells(surface(build_codes(world.register()))) == cells(surface(build_codes(other.register())))


@pytest.mark.parametrize("cut", [1, 45, 200])
def test_splitting_the_time_at_risk_of_everyone_at_a_day_changes_no_count(codes, cut):
    """Those who stay beyond the day become two: one censored there, one who comes at risk after it."""
    own = codes["whole"]
    later = np.flatnonzero(own.duration > cut)
    longer = {
        "settled": np.concatenate([own.settled, own.settled[later]]),
        "entry": np.concatenate([own.entry, np.maximum(own.entry[later], cut)]),
        "duration": np.concatenate([np.minimum(own.duration, cut), own.duration[later]]),
        "destination": np.concatenate(
            [np.where(own.duration > cut, 0, own.destination).astype(np.uint8), own.destination[later]]
        ),
    }
    rest = {
        name: np.concatenate([getattr(own, name), getattr(own, name)[later]])
        for name in ("second_employer", "returned", "current_since", "first_work", "work_end", "last_work")
    }
    pieces = replace(own, **longer, **rest)
    whole = choose(own, EVERYONE)
    both = replace(whole, group=np.zeros(pieces.persons, dtype=np.int64))
    one, two = lexis_surface(own, whole), lexis_surface(pieces, both)
    assert one.keys == two.keys
    for name in ("departed", "person_days"):
        assert np.array_equal(one[name], two[name])
    assert math.fsum(one["departed"]) == (own.destination > 0).sum()
