"""The generator is deterministic, scales, and keeps the shape of the data contract."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow.compute as pc
import pytest

from sample_data.days import OBSERVED_UNTIL, weekday_counts
from sample_data.generator import generate
from sample_data.leaving import profile
from sample_data.tables import JOBS, PERSONS, STAYS
from sample_data.truth import TRUTH

TABLES = ("persons", "stays", "jobs")


def test_the_same_seed_gives_identical_tables(little):
    again = generate(3000, seed=5)
    assert all(getattr(again, name).equals(getattr(little, name)) for name in TABLES)


def test_another_seed_gives_other_tables(little):
    other = generate(3000, seed=6)
    assert not any(getattr(other, name).equals(getattr(little, name)) for name in TABLES)


def test_columns_and_types_are_those_of_the_data_contract(full):
    assert (full.persons.schema, full.stays.schema, full.jobs.schema) == (PERSONS, STAYS, JOBS)


def test_person_ids_have_nine_characters_and_some_lead_with_zero(full):
    ids = full.persons.column("person_id")
    assert pc.all(pc.match_substring_regex(ids, r"^\d{9}$")).as_py()
    assert 0.1 < pc.mean(pc.starts_with(ids, "0").cast("int8")).as_py() < 0.5
    employers = full.jobs.column("employer_id")
    assert pc.all(pc.match_substring_regex(employers, r"^\d{8}$")).as_py()


@pytest.mark.parametrize("persons", [1, 40, 900, 20_000])
def test_everything_scales_with_the_number_of_persons(persons, counting):
    tables = generate(persons, seed=3)
    assert len(counting.clean(tables).people) == persons
    if persons >= 900:
        assert 6.0 < tables.jobs.num_rows / persons < 10.0


def test_without_dirt_every_row_is_used(counting):
    tables = generate(3000, seed=5, dirt=False)
    register = counting.clean(tables)
    assert register.stays.person_id.nunique() == tables.persons.num_rows
    assert len(register.stays) == tables.stays.num_rows
    assert len(register.jobs) == tables.jobs.num_rows


def test_no_job_record_spans_two_months(full):
    start, end = full.jobs.column("start"), full.jobs.column("end")
    assert pc.all(pc.equal(pc.year(start), pc.year(end))).as_py()
    assert pc.all(pc.equal(pc.month(start), pc.month(end))).as_py()


def test_no_one_works_for_one_employer_twice_on_a_day_save_corrections(little):
    jobs = little.jobs.to_pandas()
    positive = jobs[(jobs.hours > 0) & (jobs.start <= jobs.end)]
    assert not positive.duplicated(["person_id", "employer_id", "start"]).any()


def test_there_are_corrections_with_zero_and_negative_hours_and_wages(full):
    hours, wage = (full.jobs.column(name).to_numpy() for name in ("hours", "wage"))
    assert (hours == 0).sum() > 100
    assert ((hours < 0) & (wage < 0)).sum() > 100


def test_some_people_were_here_before_the_first_day_and_some_only_then(full, register, counting):
    earlier = register.stays[register.stays.settled < counting.ARRIVALS_FROM].person_id
    assert earlier.isin(register.people.person_id).sum() > 500
    assert (~earlier.isin(register.people.person_id)).sum() > 100


def test_all_destinations_and_unknown_and_stateless_people_occur(register):
    assert set(register.people.destination.dropna()) == {
        "origin", "onward", "unknown", "administrative", "deceased"
    }  # fmt: skip
    assert {"UA", "stateless", "unknown"} < set(register.people.nationality)
    assert register.people.nationality.nunique() > 10


def test_nobody_departs_after_the_last_day_without_dirt():
    departed = generate(3000, seed=5, dirt=False).stays.column("departed")
    assert pc.max(departed.cast("int32")).as_py() <= OBSERVED_UNTIL


def test_progress_runs_from_nothing_to_all_in_many_steps(full):
    told: list[float] = []
    generate(progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) >= 20


def test_an_impossible_size_is_refused():
    with pytest.raises(ValueError, match="between 1 and 100 million"):
        generate(0)


def test_weekdays_are_counted_as_the_calendar_does():
    start = np.arange(18_000, 18_060)
    end = start + np.arange(60) % 40
    days = [
        np.busday_count(a, b)
        for a, b in zip(start.astype("datetime64[D]"), (end + 1).astype("datetime64[D]"), strict=True)
    ]
    assert weekday_counts(start, end).tolist() == days


def test_the_profile_of_leaving_is_low_then_level_then_falls_by_its_share():
    months = np.asarray([0.5, 1.9, 2.1, 7.9, 8.0 + TRUTH.leaving.decline_months, 400.0])
    decline = 1.0 - TRUTH.leaving.decline * (1.0 - np.exp(-1.0))
    assert profile(months) == pytest.approx([0.4, 0.4, 1.0, 1.0, decline, 0.7])


def test_importing_the_package_imports_nothing_heavy():
    code = "import sample_data, sys; print([m for m in ('numpy', 'pandas', 'pyarrow') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
