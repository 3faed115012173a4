"""Every problem of the data contract is in the sample, in small numbers."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter

import pandas as pd
import pytest

from sample_data import small_path
from sample_data.dirt import unreadable_dates
from sample_data.generator import generate

UNTIL = dt.date(2024, 7, 1)


def problems(tables, counting):
    """Return how many rows show each problem of the data contract's table."""
    persons, stays, jobs = (counting.frame(table) for table in (tables.persons, tables.stays, tables.jobs))
    until = counting.OBSERVED_UNTIL
    identical = persons.duplicated(keep="first")
    repeated = persons.person_id.duplicated(keep=False) & ~persons.duplicated(keep=False)
    pairs = stays.merge(persons.drop_duplicates("person_id"), on="person_id")
    known = stays[stays.person_id.isin(persons.person_id)]
    good = known[(known.departed.fillna(until) > known.settled)].sort_values(["person_id", "settled"])
    before = good.groupby("person_id").departed.shift()
    clean = counting.clean(tables)
    hourly = jobs.wage / jobs.hours.where(jobs.hours != 0)
    here = jobs[jobs.person_id.isin(clean.stays.person_id) & (jobs.end >= jobs.start) & (jobs.start <= until)]
    return {
        "identical duplicate person": identical.sum(),
        "other duplicate person": repeated.sum(),
        "stay without person": (~stays.person_id.isin(persons.person_id)).sum(),
        "job without person": (~jobs.person_id.isin(persons.person_id)).sum(),
        "person without stay": (~persons.person_id.isin(stays.person_id)).sum(),
        "departed before settled": (stays.departed < stays.settled).sum(),
        "settled at or after the end": (stays.settled >= until).sum(),
        "settled missing": stays.settled.isna().sum(),
        "birth after settling": (pairs.birth_date > pairs.settled).sum(),
        "same-day stay": (stays.departed == stays.settled).sum(),
        "departed after the end": (stays.departed > until).sum(),
        "re-entry": (good.settled > before).sum(),
        "touching stays": (good.settled == before).sum(),
        "overlapping stays": (good.settled < before).sum(),
        "empty destination": (stays.destination.isna() & (stays.departed <= until)).sum(),
        "destination without departure": (stays.destination.notna() & stays.departed.isna()).sum(),
        "record outside every stay": len(here) - len(clean.jobs),
        "record after the end": (jobs.start > until).sum(),
        "end before start": (jobs.end < jobs.start).sum(),
        "wage zero or negative with hours": ((jobs.wage <= 0) & (jobs.hours > 0)).sum(),
        "hourly wage too low": ((hourly > 0) & (hourly < 1)).sum(),
        "hourly wage too high": (hourly > 1000).sum(),
        "unknown sex": (~persons.sex.isin([*counting.SEXES, "unknown"])).sum(),
        "unknown nationality": persons.nationality.isin(["Ukraine", "UKR", "??"]).sum(),
        "unknown destination": (~stays.destination.dropna().isin(counting.DESTINATIONS)).sum(),
        "unknown contract": (~jobs.contract.isin(counting.CONTRACTS)).sum(),
        "unknown sector": jobs.sector.isin(["Z", "56101"]).sum(),
        "no sector": jobs.sector.isna().sum(),
        "unknown birth date": persons.birth_date.isna().sum(),
    }


COMMON = {"re-entry", "no sector", "wage zero or negative with hours"}


@pytest.mark.parametrize("size", [pytest.param("full", marks=pytest.mark.slow), "little"])
def test_every_kind_of_problem_is_there_in_small_numbers(size, request, counting):
    found = problems(request.getfixturevalue(size), counting)
    assert {name: rows for name, rows in found.items() if rows < 3} == {}
    assert {name: rows for name, rows in found.items() if rows > 300 and name not in COMMON} == {}


def test_a_clean_sample_has_none_of_the_problems(counting):
    found = problems(generate(3000, seed=5, dirt=False), counting)
    natural = {"re-entry", "no sector"}
    assert {name for name, rows in found.items() if rows} <= natural


def test_a_stay_across_the_first_day_puts_a_person_out_of_the_cohort(little, counting):
    register = counting.clean(little)
    first = register.stays.groupby("person_id").settled.min()
    across = register.stays[
        (register.stays.settled == counting.number(2021, 10, 4))
        & (register.stays.departed > counting.OBSERVED_UNTIL)
    ]
    assert len(across) >= 3
    assert not across.person_id.isin(register.people.person_id).any()
    assert (first[across.person_id] < counting.ARRIVALS_FROM).all()


def test_cut_stays_end_with_the_destination_of_their_last_piece(little, counting):
    whole = counting.clean(generate(3000, seed=5, dirt=False)).people.set_index("person_id").destination
    dirty = counting.clean(little).people.set_index("person_id").destination
    gone = dirty[dirty.notna()]
    assert gone.equals(whole[gone.index])


def test_dates_that_cannot_be_read_are_in_the_text_of_the_small_dataset(counting):
    odd: Counter[str] = Counter()
    for name in ("persons", "stays"):
        with (small_path() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in {"birth_date", "settled", "departed"} & set(row):
                    odd[column] += not _readable(row[column])
    assert odd["birth_date"] >= 1
    assert odd["settled"] >= 1


def test_unreadable_dates_leave_the_cohort_as_it_is(little, counting):
    texts = unreadable_dates(little)
    settled = texts.stays.column("settled").to_pandas()
    unread = settled[pd.to_datetime(settled, format="%Y-%m-%d", errors="coerce").isna() & settled.notna()]
    people = texts.stays.column("person_id").to_pandas()[unread.index]
    assert len(unread) >= 1
    cohort = counting.clean(little).people
    hit = cohort[cohort.person_id.isin(people)]
    # A later stay that is set aside may be theirs, never the first.
    assert not hit.settled.isna().any()
    assert len(counting.clean(little).people) == 3000


def _readable(text: str) -> bool:
    if not text:
        return True
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
