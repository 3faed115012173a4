"""Every row of the problem table: used, repaired or set aside, and counted. Nothing vanishes silently."""

from __future__ import annotations

import gzip
from datetime import date

import pandas as pd
import pyreadstat
import pytest

from explorer.core.words import Words
from explorer.registers.wording import PROBLEMS, report_lines
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS, TOML
from tests.explorer.registers.opened import found, opened, rows

FINE = "003,male,1985-05-05,UA\n"
FINE_STAY = "003,2022-04-01,,\n"


def ids(register, table="persons"):
    return sorted(row["person_id"] for row in rows(register, table, ["person_id"]))


def test_a_clean_dataset_has_no_finding_and_keeps_leading_zeros(dataset):
    register = opened(dataset())
    assert register.quality.findings == ()
    assert ids(register) == ["001", "002"]


CASES = [
    # part, rows added, problem, treatment, table, rows counted, persons left
    ("persons", "001,female,1990-01-01,UA\n", "person_duplicate", "set aside", 1, ["001", "002"]),
    ("persons", "001,male,1990-01-01,UA\n", "person_conflicting", "set aside", 2, ["002"]),
    ("persons", ",male,1990-01-01,UA\n", "person_without_id", "set aside", 1, ["001", "002"]),
    ("persons", "009,male,1990-01-01,UA\n", "person_without_stay", "set aside", 1, ["001", "002"]),
    ("stays", "008,2022-04-01,,\n", "stay_without_person", "set aside", 1, ["001", "002"]),
    ("stays", "001,2022-09-01,2022-08-01,\n", "stay_departed_before_settled", "set aside", 1, ["001", "002"]),
    ("stays", "001,2025-01-01,,\n", "stay_settled_too_late", "set aside", 1, ["001", "002"]),
    ("stays", "002,2023-06-01,2023-06-01,origin\n", "stay_same_day", "set aside", 1, ["001", "002"]),
    ("stays", "001,2022-09-01,soon,\n", "stay_departed_unreadable", "set aside", 1, ["001", "002"]),
    ("stays", "001,2022-03-15,2022-05-01,origin\n", "stay_merged", "repaired", 1, ["001", "002"]),
    ("stays", "002,2023-09-01,,\n", "stay_again", "kept", 1, ["001", "002"]),
    ("stays", "002,2023-09-01,2024-12-01,origin\n", "departed_after_observation", "kept", 1, ["001", "002"]),
    ("stays", "002,2023-09-01,2023-12-01,\n", "destination_missing", "recoded", 1, ["001", "002"]),
    ("stays", "002,2023-09-01,2023-12-01,Mars\n", "destination_unknown", "recoded", 1, ["001", "002"]),
    ("stays", "002,2023-09-01,,origin\n", "destination_ignored", "kept", 1, ["001", "002"]),
    ("jobs", "008,E1,2022-04-01,2022-04-30,agency,N,160,2000\n", "job_without_person", "set aside", 1, None),
    (
        "jobs",
        "001,E1,2022-04-20,2022-04-10,agency,N,160,2000\n",
        "job_end_before_start",
        "set aside",
        1,
        None,
    ),
    (
        "jobs",
        "001,E1,2024-07-02,2024-07-10,agency,N,160,2000\n",
        "job_after_observation",
        "set aside",
        1,
        None,
    ),
    ("jobs", "002,E1,2023-08-01,2023-08-31,agency,N,160,2000\n", "job_outside_stays", "set aside", 1, None),
    ("jobs", "001,E1,2022-04-31,2022-04-30,agency,N,160,2000\n", "job_date_unreadable", "set aside", 1, None),
    (
        "jobs",
        "001,E1,2022-05-01,2022-05-31,agency,N,many,2000\n",
        "job_hours_unreadable",
        "set aside",
        1,
        None,
    ),
    ("jobs", "001,E1,2022-05-01,2022-05-31,agency,N,160,0\n", "wage_unusable", "kept", 1, None),
    ("jobs", "001,E1,2022-05-01,2022-05-31,agency,N,0,2000\n", "wage_unusable", "kept", 1, None),
    ("jobs", "001,E1,2022-05-01,2022-05-31,agency,N,1,2000\n", "wage_unusable", "kept", 1, None),
    ("jobs", "001,E1,2022-05-01,2022-05-31,volunteer,N,160,2000\n", "contract_unknown", "recoded", 1, None),
    ("jobs", "001,E1,2022-05-01,2022-05-31,agency,Q9,160,2000\n", "sector_unknown", "recoded", 1, None),
    ("jobs", "001,,2022-05-01,2022-05-31,agency,N,160,2000\n", "employer_missing", "kept", 1, None),
    ("jobs", "001,E1,2022-05-20,2022-06-10,agency,N,160,2000\n", "job_split", "repaired", 1, None),
]
BASE = {"persons": PERSONS, "stays": STAYS, "jobs": JOBS}


@pytest.mark.parametrize(("table", "added", "problem", "treatment", "count", "left"), CASES)
def test_a_problem_is_counted_with_its_row_and_nothing_else_is_lost(
    dataset, table, added, problem, treatment, count, left
):
    register = opened(dataset(**{table: BASE[table] + added}))
    finding = found(register, problem)
    assert (finding.table, finding.treatment, finding.rows) == (table, treatment, count)
    assert finding.examples[-1] == 3
    assert problem in PROBLEMS
    if left is not None:
        assert ids(register) == left


@pytest.mark.parametrize(
    ("stay", "problem"),
    [
        ("003,2022-04-01,2022-03-01,\n", "stay_departed_before_settled"),
        ("003,2031-04-01,,\n", "stay_settled_too_late"),
        ("003,2022-13-01,,\n", "stay_settled_unreadable"),
        ("003,,,\n", "stay_settled_unreadable"),
        ("003,1984-04-01,,\n", "stay_before_birth"),
        ("003,2022-04-01,2022-02-30,\n", "stay_departed_unreadable"),
    ],
)
def test_when_the_earliest_stay_falls_the_person_falls_with_later_stays_and_jobs(dataset, stay, problem):
    register = opened(
        dataset(
            persons=PERSONS + FINE,
            stays=STAYS
            + stay
            + "003,2035-01-01,,\n".replace("2035", "2023" if "2031" not in stay else "2035"),
            jobs=JOBS + "003,E1,2023-04-01,2023-04-30,agency,N,160,2000\n",
        )
    )
    assert ids(register) == ["001", "002"]
    assert found(register, "person_stay_unusable").rows == 1
    assert found(register, problem).examples[0] == 3
    assert found(register, "job_of_person_set_aside").rows == 1
    assert "003" not in ids(register, "jobs")


def test_a_later_stay_that_falls_leaves_the_person(dataset):
    register = opened(
        dataset(persons=PERSONS + FINE, stays=STAYS + FINE_STAY + "003,2023-05-01,2023-04-01,\n")
    )
    assert ids(register) == ["001", "002", "003"]


def test_an_unreadable_birth_date_sets_the_person_aside_and_a_missing_one_does_not(dataset):
    unread = opened(dataset(persons=PERSONS + "003,male,1985-02-30,UA\n", stays=STAYS + FINE_STAY))
    assert found(unread, "birth_unreadable").rows == 1
    assert found(unread, "stay_of_person_set_aside").rows == 1
    assert ids(unread) == ["001", "002"]
    missing = opened(dataset(persons=PERSONS + "003,male,,UA\n", stays=STAYS + FINE_STAY))
    assert found(missing, "birth_missing").treatment == "kept"
    assert ids(missing) == ["001", "002", "003"]


def test_unknown_codes_of_persons_become_unknown(dataset):
    register = opened(dataset(persons=PERSONS + "003,X,1985-01-01,Atlantis\n", stays=STAYS + FINE_STAY))
    row = next(row for row in rows(register, "persons", ["person_id"]) if row["person_id"] == "003")
    assert (row["sex"], row["nationality"]) == ("unknown", "unknown")
    assert found(register, "sex_unknown").rows == found(register, "nationality_unknown").rows == 1


def test_a_person_who_came_before_the_first_day_of_arrivals_is_counted_and_kept(dataset):
    register = opened(dataset(persons=PERSONS + FINE, stays=STAYS + "003,2021-01-01,,\n"))
    assert found(register, "not_in_cohort").examples == (3,)
    assert "003" in ids(register)


def test_stays_that_touch_or_overlap_are_one_with_the_end_and_destination_of_the_last(dataset):
    text = "person_id,settled,departed,destination\n"
    text += "001,2022-03-01,2022-05-01,origin\n001,2022-05-01,2022-07-01,onward\n"
    text += "001,2022-06-01,2022-06-10,deceased\n001,2022-07-02,2022-09-01,origin\n002,2022-05-01,,\n"
    apart = rows(opened(dataset(stays=text)), "stays", ["person_id", "settled"])
    assert [(row["settled"].date(), row["departed"].date(), row["destination"]) for row in apart[:2]] == [
        (date(2022, 3, 1), date(2022, 7, 1), "onward"),
        (date(2022, 7, 2), date(2022, 9, 1), "origin"),
    ]
    bridged = rows(opened(dataset(stays=text), gap_days=1), "stays", ["person_id", "settled"])
    assert [(row["settled"].date(), row["destination"]) for row in bridged[:1]] == [
        (date(2022, 3, 1), "origin")
    ]
    assert len(bridged) == 2


def test_a_record_that_spans_months_is_split_by_its_days(dataset):
    jobs = JOBS.split("\n")[0] + "\n001,E1,2022-05-22,2022-07-10,agency,N,100,2000\n"
    parts = rows(opened(dataset(jobs=jobs)), "jobs", ["start"])
    assert [(p["start"].date(), p["end"].date()) for p in parts] == [
        (date(2022, 5, 22), date(2022, 5, 31)),
        (date(2022, 6, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 7, 10)),
    ]
    assert [p["hours"] for p in parts] == pytest.approx([20, 60, 20])
    assert sum(p["wage"] for p in parts) == pytest.approx(2000)


def test_jobs_may_have_a_header_and_no_rows(dataset):
    register = opened(dataset(jobs=JOBS.split("\n")[0] + "\n"))
    assert register.quality.of("jobs").rows_in == 0


def test_birth_years_stand_for_the_middle_of_the_year_or_the_15th_of_the_month(dataset):
    text = "person_id,sex,birth_year,birth_month,nationality\n001,female,1990,,UA\n002,male,1980,6,NG\n"
    born = [row["birth_date"].date() for row in rows(opened(dataset(persons=text)), "persons", ["person_id"])]
    assert born == [date(1990, 7, 1), date(1980, 6, 15)]


def test_extra_columns_are_text_or_numbers_and_leading_zeros_make_text(dataset):
    text = "person_id,sex,birth_date,nationality,income,code,region\n"
    text += "001,female,1990-01-01,UA,100,01,North\n002,male,1980-06-15,NG,2.5,02,\n"
    register = opened(dataset(persons=text))
    assert {column.name: column.kind for column in register.info.columns} == {
        "income": "number",
        "code": "category",
        "region": "category",
    }
    assert [row["region"] for row in rows(register, "persons", ["person_id"])] == ["North", "unknown"]


def test_extra_columns_may_have_any_other_name_and_any_content(dataset):
    text = 'person_id,sex,birth_date,nationality,"my ""col",select,Größe,a b\n'
    text += '001,female,1990-01-01,UA,"v,1",a,é,3\n002,male,1980-06-15,NG,v\'2,b,z,4\n'
    register = opened(dataset(persons=text))
    assert [column.name for column in register.info.columns] == ['my "col', "select", "Größe", "a b"]
    [first, second] = rows(register, "persons", ["person_id"])
    assert (first['my "col'], second['my "col'], first["Größe"], second["a b"]) == ("v,1", "v'2", "é", 4.0)


def test_columns_of_stays_and_jobs_that_nobody_asked_for_are_left_alone(dataset):
    lines = JOBS.strip().split("\n")
    text = "\n".join([lines[0] + ",n,problem", *(line + ",1,x" for line in lines[1:])]) + "\n"
    assert opened(dataset(jobs=text)).quality.findings == ()


def test_dates_at_the_ends_of_time_and_numbers_that_are_none_do_no_harm(dataset):
    jobs = JOBS + "001,E1,2022-04-01,9999-12-31,agency,N,NaN,5\n001,E1,2022-05-01,2022-05-31,agency,N,inf,5\n"
    register = opened(dataset(jobs=jobs, stays=STAYS + "002,2023-08-01,9999-12-31,origin\n"))
    assert found(register, "job_hours_unreadable").examples == (3, 4)


def test_the_kind_stated_in_dataset_toml_decides(dataset):
    text = (
        PERSONS.replace("nationality\n", "nationality,year\n")
        .replace("UA\n", "UA,2001\n")
        .replace("NG\n", "NG,2002\n")
    )
    register = opened(
        dataset(persons=text, toml=TOML + '[columns]\nyear = { en = "Year", kind = "category" }\n')
    )
    assert register.info.columns[0].kind == "category"


def same_as_text(dataset, folder):
    expected = opened(dataset())
    result = opened(folder)
    for table, order in (
        ("persons", ["person_id"]),
        ("stays", ["person_id", "settled"]),
        ("jobs", ["person_id", "start"]),
    ):
        # As text, so that two missing dates are the same.
        assert str(rows(result, table, order)) == str(rows(expected, table, order))
    assert result.quality == expected.quality


def test_a_byte_order_mark_a_semicolon_and_a_decimal_comma_are_read(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dutch")
    (folder / "dataset.toml").write_text(TOML)
    for name, text in (("persons", PERSONS), ("stays", STAYS), ("jobs", JOBS.replace("160", "160.0"))):
        written = text.replace(",", ";").replace("160.0", "160,0")
        (folder / f"{name}.csv").write_bytes(b"\xef\xbb\xbf" + written.replace("\n", "\r\n").encode())
    same_as_text(dataset, folder)


def test_text_in_utf_16_with_its_mark_is_read(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wide")
    (folder / "dataset.toml").write_text(TOML)
    for name, text in (("persons", PERSONS), ("stays", STAYS), ("jobs", JOBS)):
        (folder / f"{name}.csv").write_bytes(text.encode("utf-16"))
    same_as_text(dataset, folder)


def test_zipped_text_is_read(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zipped")
    (folder / "dataset.toml").write_text(TOML)
    for name, text in (("persons", PERSONS), ("stays", STAYS), ("jobs", JOBS)):
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    same_as_text(dataset, folder)


@pytest.mark.parametrize("suffix", ["sav", "dta", "parquet"])
def test_spss_stata_and_parquet_give_what_text_gives(dataset, tmp_path_factory, suffix):
    source, folder = dataset(), tmp_path_factory.mktemp(suffix)
    (folder / "dataset.toml").write_text(TOML)
    dates = {"birth_date", "settled", "departed", "start", "end"}
    for name in ("persons", "stays", "jobs"):
        frame = pd.read_csv(source / f"{name}.csv", dtype={"person_id": str})
        for column in dates & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column]).dt.date
        if "destination" in frame:
            frame["destination"] = frame["destination"].fillna("")
        if suffix == "parquet":
            frame.to_parquet(folder / f"{name}.parquet")
        else:
            write = pyreadstat.write_sav if suffix == "sav" else pyreadstat.write_dta
            write(frame, str(folder / f"{name}.{suffix}"))
    same_as_text(dataset, folder)


def test_the_report_says_every_problem_in_both_languages(dataset):
    register = opened(dataset(stays=STAYS + "008,2022-04-01,,\n"))
    for language in ("en", "nl"):
        lines = report_lines(register, Words(language))
        assert len(lines) == 4
        assert "(3)" in lines[2].replace("data rows ", "").replace("gegevensrijen ", "")


def test_at_most_twenty_example_rows_are_named(dataset):
    register = opened(dataset(stays=STAYS + "008,2022-04-01,,\n" * 50))
    finding = found(register, "stay_without_person")
    assert finding.rows == 50
    assert finding.examples == tuple(range(3, 23))
