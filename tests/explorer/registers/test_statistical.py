"""SPSS and Stata files: labels are levels in the order of their codes, own missing values are missing."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from tests.explorer.registers.conftest import JOBS, STAYS, TOML
from tests.explorer.registers.test_problems import found, opened, rows
from tests.explorer.registers.test_values import days

WRITERS = {"sav": pyreadstat.write_sav, "dta": pyreadstat.write_dta}
PEOPLE = {
    "person_id": ["001", "002", "003"],
    "sex": [1.0, 2.0, np.nan],
    "birth_date": [date(1990, 1, 1)] * 3,
    "nationality": ["UA"] * 3,
}
SEX = {"sex": {1: "male", 2: "female"}}
SETTLED = "person_id,settled,departed,destination\n001,2022-03-01,,\n002,2022-05-01,,\n003,2022-05-01,,\n"


def written(folder, suffix, table, columns, **options):
    """Write a table in the place of its text file."""
    (folder / f"{table}.csv").unlink(missing_ok=True)
    WRITERS[suffix](pd.DataFrame(columns), str(folder / f"{table}.{suffix}"), **options)
    return folder


def levels(register, column):
    return [row[column] for row in rows(register, "persons", ["person_id"])]


def kinds(register):
    return {column.name: (column.kind, column.order) for column in register.info.columns}


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_labels_are_levels_in_the_order_of_their_codes(dataset, suffix):
    labels = SEX | {"education": {3: "high", 1: "low", 2: "middle", 9: "at school"}}
    columns = PEOPLE | {"education": [2.0, 1.0, np.nan]}
    folder = written(dataset(stays=SETTLED), suffix, "persons", columns, variable_value_labels=labels)
    register = opened(folder)
    assert levels(register, "sex") == ["male", "female", "unknown"]
    assert levels(register, "education") == ["middle", "low", "unknown"]
    assert kinds(register) == {"education": ("category", ("low", "middle", "high", "at school"))}


@pytest.mark.parametrize(
    ("labels", "sexes"),
    [
        ({1: "Man", 2: "VROUW"}, ["male", "female"]),
        ({1: "m", 2: "V"}, ["male", "female"]),
        ({1: "1 = man", 2: "2. Vrouw"}, ["male", "female"]),
        ({1: "F", 2: "Males"}, ["female", "male"]),
        ({1: "Onbekend", 2: "Klingon"}, ["unknown", "unknown"]),
    ],
)
def test_the_usual_labels_of_sex_find_their_code(dataset, labels, sexes):
    options = {"variable_value_labels": {"sex": labels}}
    register = opened(written(dataset(stays=SETTLED), "sav", "persons", PEOPLE, **options))
    assert levels(register, "sex")[:2] == sexes


def test_labels_of_every_coded_column_find_their_code(dataset):
    stays = {
        "person_id": ["001", "002", "003"],
        "settled": [date(2022, 3, 1)] * 3,
        "departed": [date(2022, 9, 1)] * 3,
        "destination": [1, 2, 3],
    }
    jobs = {
        "person_id": ["001", "002"],
        "employer_id": ["E1", "E2"],
        "start": [date(2022, 4, 1)] * 2,
        "end": [date(2022, 4, 30)] * 2,
        "contract": [1, 2],
        "sector": [14, 9],
        "hours": [160.0, 80.0],
        "wage": [2000.0, 1200.0],
    }
    folder = written(
        dataset(),
        "sav",
        "persons",
        PEOPLE | {"nationality": [1, 2, 3]},
        variable_value_labels=SEX | {"nationality": {1: "Oekraïne", 2: "Nigeria", 3: "Staatloos"}},
    )
    places = {"destination": {1: "Overleden", 2: "Land van herkomst", 3: "To another country"}}
    written(folder, "sav", "stays", stays, variable_value_labels=places)
    work = {
        "contract": {1: "Tijdelijk", 2: "Fixed_Term"},
        "sector": {14: "N - Overige diensten", 9: "Hospitality"},
    }
    written(folder, "sav", "jobs", jobs, variable_value_labels=work)
    register = opened(folder)
    assert levels(register, "nationality") == ["UA", "NG", "stateless"]
    gone = [row["destination"] for row in rows(register, "stays", ["person_id"])]
    assert gone == ["deceased", "origin", "onward"]
    worked = [(row["contract"], row["sector"]) for row in rows(register, "jobs", ["person_id"])]
    assert worked == [("fixed-term", "N"), ("fixed-term", "I")]


def test_a_text_with_labels_has_them_too(dataset):
    columns = PEOPLE | {"sex": ["1", "2", ""], "level": ["b", "a", "b"]}
    labels = {"sex": {"1": "male", "2": "female"}, "level": {"a": "zero", "b": "one"}}
    register = opened(
        written(dataset(stays=SETTLED), "sav", "persons", columns, variable_value_labels=labels)
    )
    assert (levels(register, "sex"), levels(register, "level")) == (
        ["male", "female", "unknown"],
        ["one", "zero", "one"],
    )
    assert kinds(register) == {"level": ("category", ("zero", "one"))}


def test_values_that_mostly_have_no_label_stay_numbers_and_that_is_said(dataset):
    columns = PEOPLE | {"income": [1200.0, 999.0, 1500.0], "score": [1.0, 2.0, 3.0]}
    labels = SEX | {"income": {999: "refused"}, "score": {1: "low", 2: "middle"}}
    register = opened(
        written(dataset(stays=SETTLED), "sav", "persons", columns, variable_value_labels=labels)
    )
    assert {name: kind for name, (kind, _) in kinds(register).items()} == {
        "income": "number",
        "score": "category",
    }
    assert levels(register, "score") == ["low", "middle", "3"]
    assert found(register, "label_of_number").examples == (2,)


def test_a_column_that_dataset_toml_calls_a_number_keeps_its_numbers(dataset):
    toml = TOML + '[columns]\nscore = { kind = "number" }\nincome = { kind = "category" }\n'
    columns = PEOPLE | {"income": [1200.0, 999.0, 1500.0], "score": [1.0, 2.0, np.nan]}
    labels = SEX | {"income": {999: "refused"}, "score": {1: "low", 2: "middle"}}
    folder = written(
        dataset(toml=toml, stays=SETTLED), "sav", "persons", columns, variable_value_labels=labels
    )
    register = opened(folder)
    assert levels(register, "score")[:2] == [1.0, 2.0]
    assert levels(register, "income") == ["1200", "refused", "1500"]


def test_labels_of_months_of_birth_leave_the_numbers(dataset):
    columns = {name: values for name, values in PEOPLE.items() if name != "birth_date"}
    columns |= {"birth_year": [1990.0] * 3, "birth_month": [1.0, 2.0, 3.0]}
    labels = SEX | {"birth_month": {1: "January", 2: "February", 3: "March"}}
    register = opened(
        written(dataset(stays=SETTLED), "sav", "persons", columns, variable_value_labels=labels)
    )
    assert days(register, "birth_date", "persons") == [date(1990, month, 15) for month in (1, 2, 3)]


def test_missing_values_of_the_users_own_making_are_missing(dataset):
    columns = PEOPLE | {"score": [1.0, 98.0, 3.0], "region": ["N", "X", "S"]}
    options = {"missing_ranges": {"score": [{"lo": 97, "hi": 99}], "region": ["X"]}}
    register = opened(written(dataset(stays=SETTLED), "sav", "persons", columns, **options))
    assert np.isnan(levels(register, "score")[1])
    assert levels(register, "region") == ["N", "unknown", "S"]


def test_extended_missing_values_of_stata_are_missing(dataset):
    options = {
        "missing_user_values": {"sex": ["a"]},
        "variable_value_labels": {"sex": {1: "male", "a": "refused"}},
    }
    columns = PEOPLE | {"sex": [1, "a", 1]}
    register = opened(written(dataset(stays=SETTLED), "dta", "persons", columns, **options))
    assert levels(register, "sex") == ["male", "unknown", "male"]


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_days_and_moments_are_days(dataset, suffix):
    stays = {
        "person_id": ["001", "002"],
        "settled": [datetime(2022, 3, 1, 23, 30), datetime(2022, 5, 1)],
        "departed": [None, date(2023, 5, 1)],
        "destination": ["", "origin"],
    }
    register = opened(written(dataset(), suffix, "stays", stays))
    assert days(register, "settled") == [date(2022, 3, 1), date(2022, 5, 1)]
    assert days(register, "departed") == [None, date(2023, 5, 1)]
    assert found(register, "time_of_day").examples == (1,)


@pytest.mark.parametrize(("suffix", "form", "far"), [("sav", "DATE11", 1e15), ("dta", "%td", 1e9)])
def test_a_day_that_no_calendar_holds_is_unreadable_and_counted(dataset, suffix, form, far):
    columns = {"person_id": ["001", "002", "002"], "settled": ["2022-03-01", "2022-05-01", "2023-05-01"]}
    columns |= {"departed": [np.nan, np.nan, far], "destination": [""] * 3}
    folder = written(dataset(), suffix, "stays", columns, variable_format={"departed": form})
    register = opened(folder)
    assert found(register, "stay_departed_unreadable").examples == (3,)


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_days_that_are_missing_throughout_are_missing(dataset, suffix):
    columns = {"person_id": ["001", "002"], "settled": [date(2022, 3, 1)] * 2, "departed": [np.nan] * 2}
    register = opened(written(dataset(), suffix, "stays", columns | {"destination": [np.nan] * 2}))
    assert days(register, "departed") == [None, None]


def test_jobs_of_a_statistical_file_are_those_of_the_text(dataset, tmp_path_factory):
    frame = pd.read_csv(dataset() / "jobs.csv", dtype={"person_id": str})
    text = opened(dataset())
    folder = tmp_path_factory.mktemp("jobs")
    for name, content in (("dataset.toml", TOML), ("stays.csv", STAYS), ("jobs.csv", JOBS)):
        (folder / name).write_text(content)
    (folder / "persons.csv").write_bytes((dataset() / "persons.csv").read_bytes())
    register = opened(written(folder, "dta", "jobs", frame))
    assert rows(register, "jobs", ["person_id"]) == rows(text, "jobs", ["person_id"])
