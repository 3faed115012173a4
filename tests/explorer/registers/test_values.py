"""A cell means what whoever wrote it meant: missing is missing, a day is that day, a number is that number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.core.words import Refusal
from explorer.registers.opening import open_dataset
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS, TOML
from tests.explorer.registers.test_problems import found, ids, opened, rows

WORDS = ["NA", "N/A", "#N/A", "NULL", "NaT", "nan", "NaN", "None", "<NA>", ".", ".b", "-", "--", "\\N", "  "]


def parquet(folder, table, columns):
    (folder / f"{table}.csv").unlink()
    pq.write_table(
        columns if isinstance(columns, pa.Table) else pa.table(columns), folder / f"{table}.parquet"
    )
    return folder


def days(register, column, table="stays"):
    stamps = [row[column] for row in rows(register, table, ["person_id"])]
    return [None if str(stamp) in ("NaT", "None") else stamp.date() for stamp in stamps]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_a_missing_value_is_missing_in_days_codes_numbers_and_keys(dataset, word):
    persons = f"{PERSONS}003,{word},{word},UA\n{word},male,1980-01-01,UA\n"
    stays = STAYS.replace("2022-03-01,,", f"2022-03-01,{word},{word}") + "003,2022-04-01,,\n"
    jobs = f"{JOBS}001,{word},2022-05-01,2022-05-31,{word},{word},160,{word}\n"
    register = opened(dataset(persons=persons, stays=stays, jobs=jobs))
    assert ids(register) == ["001", "002", "003"]
    assert days(register, "departed") == [None, date(2023, 5, 1), None]
    assert found(register, "person_without_id").examples == (4,)
    assert found(register, "birth_missing").examples == (3,)
    assert found(register, "employer_missing").examples == (3,)
    assert rows(register, "jobs", ["start"])[1]["contract"] == "unknown"
    said = [finding for finding in register.quality.findings if finding.problem == "missing_written"]
    columns = {(finding.table, finding.column): finding.rows for finding in said}
    assert columns.get(("stays", "departed"), 0) == (1 if word.strip() else 0)
    assert columns.get(("persons", "sex"), 0) == (1 if word.strip() else 0)


def test_what_is_no_word_for_missing_stays_unreadable(dataset):
    register = opened(dataset(stays=STAYS + "002,2023-09-01,unknown,\n"))
    assert found(register, "stay_departed_unreadable").examples == (3,)


def test_na_is_a_country_among_countries_and_missing_elsewhere(dataset):
    head = "person_id,sex,birth_date,nationality,born_in,region\n"
    text = head + "001,female,1990-01-01,NA,NA,NA\n002,male,1980-06-15,NG,NG,North\n"
    register = opened(dataset(persons=text))
    [first, _] = rows(register, "persons", ["person_id"])
    assert (first["nationality"], first["born_in"], first["region"]) == ("NA", "NA", "unknown")
    problems = {(finding.column, finding.problem) for finding in register.quality.findings}
    assert problems >= {("nationality", "namibia"), ("born_in", "namibia"), ("region", "missing_written")}
    assert ("born_in", "missing_written") not in problems


def test_none_is_an_answer_in_a_category_and_what_dataset_toml_lists_is_a_level(dataset):
    head = "person_id,sex,birth_date,nationality,diploma,grade\n"
    text = head + "001,female,1990-01-01,UA,None,-\n002,male,1980-06-15,NG,high,NA\n"
    register = opened(dataset(persons=text, toml=TOML + '[columns]\ngrade = { levels = ["-", "+"] }\n'))
    [first, second] = rows(register, "persons", ["person_id"])
    assert (first["diploma"], first["grade"], second["grade"]) == ("None", "-", "unknown")


@pytest.mark.parametrize(
    ("written", "kind", "values"),
    [
        (("0,5", "1000,25"), "number", (0.5, 1000.25)),
        (("0.5", "0,25"), "number", (0.5, 0.25)),
        (("-0,5", "NA"), "number", (-0.5, None)),
        (("None", "12"), "number", (None, 12.0)),
        (("05", "1,5"), "category", ("05", "1,5")),
        (("-07", "1"), "category", ("-07", "1")),
        (("1,2,3", "1"), "category", ("1,2,3", "1")),
        (("1.000,5", "1"), "category", ("1.000,5", "1")),
        (("NA", "."), "category", ("unknown", "unknown")),
    ],
)
def test_extra_numbers_may_have_a_decimal_comma_and_gaps(dataset, written, kind, values):
    first, second = written
    text = "person_id;sex;birth_date;nationality;x\n"
    text += f"001;female;1990-01-01;UA;{first}\n002;male;1980-06-15;NG;{second}\n"
    register = opened(dataset(persons=text))
    [column] = register.info.columns
    got = tuple(
        None if row["x"] != row["x"] else row["x"] for row in rows(register, "persons", ["person_id"])
    )
    assert (column.kind, got) == (kind, values)


def moments(zone, unit="us", hour=0):
    """Settled on 1 March 2022 and 1 July 2022 at this hour on the clock of the zone."""
    import zoneinfo

    offset = {"+05:30": timedelta(hours=5, minutes=30), "-03:00": timedelta(hours=-3)}.get(zone)
    clock = zoneinfo.ZoneInfo(zone) if offset is None else None
    local = [datetime(2022, 3, 1, hour), datetime(2022, 7, 1, hour)]
    utc = [
        (day - offset).replace(tzinfo=UTC) if clock is None else day.replace(tzinfo=clock).astimezone(UTC)
        for day in local
    ]
    settled = pa.array(utc, pa.timestamp(unit, tz="UTC")).cast(pa.timestamp(unit, tz=zone))
    empty = pa.nulls(2, pa.string())
    return {"person_id": ["001", "002"], "settled": settled, "departed": pa.nulls(2), "destination": empty}


@pytest.mark.parametrize(
    ("zone", "unit"),
    [
        ("Europe/Amsterdam", "us"),
        ("America/New_York", "ms"),
        ("UTC", "ns"),
        ("+05:30", "us"),
        ("-03:00", "us"),
    ],
)
def test_a_moment_is_the_day_on_the_clock_of_its_own_column(dataset, zone, unit):
    register = opened(parquet(dataset(), "stays", moments(zone, unit)))
    assert days(register, "settled") == [date(2022, 3, 1), date(2022, 7, 1)]
    assert not [one for one in register.quality.findings if one.problem == "time_of_day"]


def test_a_time_of_day_leaves_the_day_and_is_said(dataset):
    register = opened(parquet(dataset(), "stays", moments("Europe/Amsterdam", hour=23)))
    assert days(register, "settled") == [date(2022, 3, 1), date(2022, 7, 1)]
    assert found(register, "time_of_day").rows == 2


@pytest.mark.parametrize(
    ("written", "timed"),
    [
        ("2022-03-01 00:00:00", False),
        ("2022-03-01T00:00:00+01:00", False),
        ("2022-03-01T23:30:00+01:00", True),
        ("2022-03-01 14:05", True),
        ("2022-03-01T22:00:00.000Z", True),
    ],
)
def test_a_time_in_text_leaves_the_day_that_is_written(dataset, written, timed):
    register = opened(dataset(stays=STAYS.replace("2022-03-01", written)))
    assert days(register, "settled")[0] == date(2022, 3, 1)
    assert bool([one for one in register.quality.findings if one.problem == "time_of_day"]) == timed


@pytest.mark.parametrize("written", ["2022-03-01 25:00", "2022-03-01Tx", "2022-03-01 10", "20220301"])
def test_what_is_neither_day_nor_time_is_unreadable(dataset, written):
    register = opened(dataset(stays=STAYS.replace("2022-03-01", written)))
    assert found(register, "stay_settled_unreadable").rows == 1


@pytest.mark.parametrize("written", ["99999-01-01", "0000-01-01", "-0044-03-15", "10000-01-01"])
def test_a_day_beyond_the_years_1_to_9999_is_unreadable_and_counted(dataset, written):
    register = opened(dataset(stays=STAYS + f"002,2023-09-01,{written},\n"))
    assert found(register, "stay_departed_unreadable").examples == (3,)


def test_a_far_day_of_a_parquet_file_is_unreadable_and_counted(dataset):
    far = pa.array([10_000_000, -10_000_000], pa.int32()).cast(pa.date32())
    settled = pa.array([19_052, 19_113], pa.int32()).cast(pa.date32())
    columns = {"person_id": ["001", "002"], "settled": settled, "departed": far, "destination": ["", ""]}
    with pytest.raises(Refusal, match="departure date that cannot be read"):
        open_dataset(parquet(dataset(), "stays", columns))


@pytest.mark.parametrize("year", ["99999999999", "1e300", "1849", "2201", "1985.5", "-3", "inf"])
def test_a_birth_year_that_is_none_sets_the_person_aside(dataset, year):
    text = f"person_id,sex,birth_year,nationality\n001,female,{year},UA\n002,male,1980,NG\n"
    register = opened(dataset(persons=text))
    assert found(register, "birth_unreadable").examples == (1,)
    assert ids(register) == ["002"]


@pytest.mark.parametrize("year", ["nan", "NA", ""])
def test_a_birth_year_that_is_missing_leaves_the_person(dataset, year):
    text = (
        f"person_id,sex,birth_year,birth_month,nationality\n001,female,{year},NA,UA\n002,male,1980,2.0,NG\n"
    )
    register = opened(dataset(persons=text))
    assert found(register, "birth_missing").examples == (1,)
    assert days(register, "birth_date", "persons") == [None, date(1980, 2, 15)]


@pytest.mark.parametrize(
    "kind", [pa.null(), pa.float64(), pa.int32(), pa.date32(), pa.timestamp("us", tz="UTC")]
)
def test_a_column_that_is_empty_throughout_is_missing_whatever_its_type(dataset, kind):
    settled = pa.array([date(2022, 3, 1), date(2022, 5, 1)])
    columns = {"person_id": ["001", "002"], "settled": settled, "departed": pa.nulls(2, kind)}
    folder = parquet(dataset(), "stays", {**columns, "destination": pa.nulls(2, kind)})
    people = {"person_id": ["001", "002"], "sex": ["male", "female"], "nationality": ["UA", "UA"]}
    people |= {"birth_date": pa.nulls(2, kind), "score": pa.nulls(2, kind)}
    register = opened(parquet(folder, "persons", people))
    assert days(register, "departed") == [None, None]
    assert found(register, "birth_missing").rows == 2
    unknown = {
        (one.table, one.column) for one in register.quality.findings if one.problem == "column_unknown"
    }
    assert unknown == {("persons", "birth_date"), ("persons", "score"), ("stays", "departed")}


def test_jobs_without_rows_may_have_columns_without_a_type(dataset):
    names = JOBS.split("\n")[0].split(",")
    register = opened(parquet(dataset(), "jobs", {name: pa.nulls(0) for name in names}))
    assert register.quality.of("jobs").rows_in == 0


def test_whole_numbers_as_levels_have_no_decimals(dataset):
    columns = {"person_id": ["001", "002"], "sex": ["male", "female"], "nationality": ["UA", "UA"]}
    columns |= {"birth_date": ["1990-01-01", "1980-01-01"], "wave": [1.0, None]}
    folder = dataset(toml=TOML + '[columns]\nwave = { kind = "category" }\n')
    register = opened(parquet(folder, "persons", columns))
    assert [row["wave"] for row in rows(register, "persons", ["person_id"])] == ["1", "unknown"]


def test_ordered_categories_of_a_parquet_file_keep_their_order(dataset):
    import pandas as pd

    levels = pd.Categorical(["middle", "low"], categories=["low", "middle", "high"], ordered=True)
    plain = pd.Categorical(["b", "a"], categories=["b", "a"])
    frame = pd.DataFrame(
        {"person_id": ["001", "002"], "sex": ["male", "female"], "nationality": ["UA", "UA"]}
    )
    frame = frame.assign(birth_date=["1990-01-01", "1980-01-01"], education=levels, letter=plain)
    register = opened(parquet(dataset(), "persons", pa.Table.from_pandas(frame, preserve_index=False)))
    assert {column.name: column.order for column in register.info.columns} == {
        "education": ("low", "middle", "high"),
        "letter": (),
    }
