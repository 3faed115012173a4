"""A day of birth that is withheld lies before settling unless its month, or its year, says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from models.tally.building import build_codes
from tests.explorer.registers.conftest import PERSONS, STAYS
from tests.explorer.registers.opened import findings, found, opened, rows

PARTS = "person_id,sex,birth_year,birth_month,nationality\n"


def born(register, person="003"):
    at = {row["person_id"]: row["birth_date"].date() for row in rows(register, "persons", ["person_id"])}
    return at.get(person)


@pytest.mark.parametrize(
    ("written", "settled", "expected"),
    [
        # A year: 1 July stands for it.
        ("2023,", "2023-01-02", date(2023, 1, 2)),
        ("2023,", "2023-06-30", date(2023, 6, 30)),
        ("2023,", "2023-07-01", date(2023, 7, 1)),
        ("2023,", "2023-12-31", date(2023, 7, 1)),
        ("2023,", "2022-12-31", None),
        # A month: the 15th stands for it.
        ("2023,3", "2023-03-01", date(2023, 3, 1)),
        ("2023,3", "2023-03-15", date(2023, 3, 15)),
        ("2023,3", "2023-03-20", date(2023, 3, 15)),
        ("2023,3", "2023-02-28", None),
        # July with its month known is a month, not a year.
        ("2023,7", "2023-07-03", date(2023, 7, 3)),
        ("2023,7", "2023-06-30", None),
    ],
)
def test_only_a_month_or_year_that_contradicts_sets_aside(dataset, written, settled, expected):
    people = PARTS + "001,female,1990,1,UA\n002,male,1980,6,NG\n" + f"003,female,{written},UA\n"
    register = opened(dataset(persons=people, stays=STAYS + f"003,{settled},,\n"))
    assert born(register) == expected
    stood_in = (
        expected is not None and expected == date.fromisoformat(settled) and expected.day not in (1, 15)
    )
    if expected is None:
        assert findings(register)["stay_before_birth"] == 1
        assert found(register, "person_stay_unusable").examples == (3,)
    elif stood_in:
        assert found(register, "birth_withheld").examples == (3,)


@pytest.mark.parametrize(
    ("written", "settled", "expected"),
    [
        ("2023-03-15", "2023-03-03", date(2023, 3, 3)),
        ("2023-03-15", "2023-02-28", None),
        ("2023-07-01", "2023-01-05", date(2023, 1, 5)),
        ("2023-07-01", "2022-12-31", None),
        # Days that nothing stands for.
        ("2023-03-16", "2023-03-15", None),
        ("2023-07-02", "2023-07-01", None),
        ("2024-02-29", "2024-02-29", date(2024, 2, 29)),
        ("2024-02-29", "2024-02-28", None),
        ("2023-03-03", "2023-03-03", date(2023, 3, 3)),
    ],
)
def test_a_date_of_birth_on_a_day_that_stands_for_others_is_judged_alike(dataset, written, settled, expected):
    register = opened(
        dataset(persons=PERSONS + f"003,female,{written},UA\n", stays=STAYS + f"003,{settled},,\n")
    )
    assert born(register) == expected
    assert ("stay_before_birth" in findings(register)) == (expected is None)


def test_nobody_is_younger_than_nought_at_settling_or_of_age_too_early(dataset):
    people = PERSONS + "003,female,2023-07-01,UA\n004,male,2023-03-15,UA\n005,male,2024-02-29,UA\n"
    stays = STAYS + "003,2023-01-05,,\n004,2023-03-03,2023-09-01,origin\n004,2024-01-01,,\n005,2024-02-29,,\n"
    codes = build_codes(opened(dataset(persons=people, stays=stays)))
    assert codes.numbers["age"].tolist() == [32, 41, 0, 0, 0]
    band = codes.groupings["age_band"]
    assert [band.levels[code] for code in band.codes[2:]] == ["0-17"] * 3


def test_the_earliest_stay_decides_and_a_later_one_never_moves_a_birth(dataset):
    people = PERSONS + "003,female,2023-03-15,UA\n"
    register = opened(
        dataset(persons=people, stays=STAYS + "003,2023-05-01,,\n003,2023-03-04,2023-04-01,origin\n")
    )
    assert born(register) == date(2023, 3, 4)


def test_years_and_months_beyond_reason_are_unreadable_and_nothing_more(dataset):
    people = (
        PARTS + "001,female,1990,1,UA\n002,male,1980,6,NG\n003,male,99999999999,,UA\n004,male,1990,-3e9,UA\n"
    )
    register = opened(dataset(persons=people, stays=STAYS + "003,2023-01-01,,\n004,2023-01-01,,\n"))
    assert found(register, "birth_unreadable").examples == (3, 4)
