"""Job records are cut at the end of observation, then split by calendar months; the parts add up to the record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from models.tally.building import build_codes
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS, TOML
from tests.explorer.registers.opened import findings, found, opened, rows

HEAD = JOBS.split("\n")[0] + "\n"


def jobs_of(dataset, *lines, **options):
    register = opened(dataset(jobs=HEAD + "".join(f"001,E1,{line}\n" for line in lines), **options))
    return rows(register, "jobs", ["start", "end", "hours"]), register


def span(row):
    return row["start"].date(), row["end"].date()


def test_a_record_that_only_ends_after_observation_is_cut_there_and_keeps_its_hours(dataset):
    parts, register = jobs_of(dataset, "2024-07-01,2024-07-31,agency,N,160,2400")
    assert [(*span(row), row["hours"], row["wage"]) for row in parts] == [
        (date(2024, 7, 1), date(2024, 7, 1), 160, 2400)
    ]
    assert findings(register) == {"job_end_after_observation": 1}
    assert register.quality.of("jobs").repaired == 0


@pytest.mark.parametrize("end", ["2024-07-02", "2024-08-31", "2050-12-31", "9998-12-31", "9999-12-31"])
def test_wherever_it_ends_after_observation_a_record_is_the_same(dataset, end):
    parts, register = jobs_of(dataset, f"2024-05-22,{end},agency,N,82,1230")
    # 41 days up to the reference day: 10, 30 and 1.
    assert [span(row) for row in parts] == [
        (date(2024, 5, 22), date(2024, 5, 31)),
        (date(2024, 6, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 7, 1)),
    ]
    assert [row["hours"] for row in parts] == [20, 60, 2]
    assert [row["wage"] for row in parts] == [300, 900, 30]
    assert findings(register) == {"job_end_after_observation": 1, "job_split": 1}


@pytest.mark.parametrize("end", ["2024-07-01", "2024-06-30"])
def test_a_record_that_ends_with_observation_or_before_is_not_cut(dataset, end):
    _, register = jobs_of(dataset, f"2024-06-01,{end},agency,N,160,2400")
    assert "job_end_after_observation" not in findings(register)


@pytest.mark.parametrize("start", ["0001-01-01", "1900-01-01"])
def test_a_record_from_long_ago_has_parts_only_since_the_person_settled(dataset, start):
    parts, _ = jobs_of(dataset, f"{start},9999-12-31,agency,N,800000,9600000")
    # Settled on 1 March 2022: March 2022 to July 2024.
    assert len(parts) == 29
    days = (date(2024, 7, 1) - date.fromisoformat(start)).days + 1
    exact = [Fraction(800000 * ((row["end"] - row["start"]).days + 1), days) for row in parts]
    assert [float(row["hours"]) for row in parts] == pytest.approx(
        [float(hours) for hours in exact], rel=1e-12
    )
    assert {span(row)[0].day for row in parts} == {1}


def test_a_record_from_long_ago_that_is_split_counts_once_and_lies_in_no_month_before(dataset):
    parts, register = jobs_of(dataset, "1900-01-01,2022-03-31,agency,N,800000,9600000")
    assert [span(row) for row in parts] == [(date(2022, 3, 1), date(2022, 3, 31))]
    assert findings(register) == {"job_split": 1}


@pytest.mark.parametrize(
    ("hours", "wage"),
    [("100", "1500.5"), ("0.01", "0.17"), ("-33.3333", "-777.77"), ("999999999999", "0.0001")],
)
def test_the_parts_add_up_to_the_record_and_each_is_its_days_worth(dataset, hours, wage):
    parts, _ = jobs_of(dataset, f"2022-05-29,2022-09-03,agency,N,{hours},{wage}")
    assert len(parts) == 5
    assert sum(row["hours"] for row in parts) == Decimal(hours)
    assert sum(row["wage"] for row in parts) == Decimal(wage)
    for row in parts:
        days = (row["end"] - row["start"]).days + 1
        assert abs(Fraction(row["hours"]) - Fraction(hours) * days / 98) < Fraction(2, 10**14)


def test_a_record_and_its_reversal_cancel_in_every_month_that_they_span(dataset):
    line = "2022-05-29,2022-09-03,agency,N,{0}33.3333,{0}777.77"
    parts, register = jobs_of(dataset, line.format(""), line.format("-"))
    for month in range(5, 10):
        own = [row for row in parts if row["start"].month == month]
        assert sum(row["hours"] for row in own) == sum(row["wage"] for row in own) == 0
    assert not any(codes.any() for codes in build_codes(register).working)
    assert found(register, "wage_unusable").rows == 2


def test_the_order_of_rows_changes_nothing(dataset):
    lines = [
        "2022-05-29,2022-09-03,agency,N,33.3333,777.77",
        "2022-06-07,2022-07-03,fixed-term,I,7.1,99.99",
        "2022-06-01,9999-12-31,agency,N,0.1,1.5",
        "2022-06-01,2022-06-30,agency,N,0.2,3",
    ]
    one, other = jobs_of(dataset, *lines)[1], jobs_of(dataset, *reversed(lines))[1]
    first, second = build_codes(one).wages, build_codes(other).wages
    assert first.cents.tolist() == second.cents.tolist()
    assert len(first.cents)


@pytest.mark.parametrize(("wage", "cents"), [("1500.5", 1500), ("1501.5", 1502), ("1501.4999", 1501)])
def test_half_a_cent_survives_the_splitting(dataset, wage, cents):
    # 3 and 4 of 7 days: neither the hours nor the wage of a part ends, their quotient is 15.005 all the same.
    register = opened(
        dataset(
            stays=STAYS.replace("001,2022-03-01", "001,2022-04-30"),
            jobs=HEAD + f"001,E1,2022-04-28,2022-05-04,agency,N,100,{wage}\n",
        )
    )
    assert build_codes(register).wages.cents.tolist() == [cents]


def test_stays_with_dates_at_the_ends_of_time_do_no_harm(dataset):
    stays = STAYS + "002,0001-01-01,0001-02-01,origin\n002,2024-01-01,9999-12-31,\n"
    register = opened(
        dataset(
            persons=PERSONS.replace("1980-06-15", "0001-01-01"),
            stays=stays,
            jobs=HEAD + "002,E2,0001-01-01,9999-12-31,permanent,I,80,1200\n",
            toml=TOML,
        )
    )
    assert len(rows(register, "stays", ["person_id", "settled"])) == 4
    assert build_codes(register).persons == 2
