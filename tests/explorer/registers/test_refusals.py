"""What cannot be used is refused in one sentence that names the file, the column and the remedy."""

from __future__ import annotations

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.core.words import Refusal
from explorer.registers.info import read_info
from explorer.registers.opening import open_dataset
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS, TOML


def refusal(folder):
    with pytest.raises(Refusal) as refused:
        open_dataset(folder)
    said = str(refused.value)
    assert "\n" not in said
    assert said.endswith((".", ")"))
    assert "001" not in said
    return said


def test_a_folder_that_is_not_there(tmp_path):
    assert "nowhere" in refusal(tmp_path / "nowhere")


def test_a_folder_without_dataset_toml(tmp_path):
    assert "dataset.toml" in refusal(tmp_path)


def test_a_file_in_the_place_of_a_folder(dataset):
    assert "persons.csv" in refusal(dataset() / "persons.csv")


def test_dataset_toml_itself_may_be_named(dataset):
    assert open_dataset(dataset() / "dataset.toml").info.title == "Test"


def test_broken_toml_with_its_line(dataset):
    assert "line 2" in refusal(dataset(toml="title = 'x'\nsource = oops\n"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('title = "Test"\n', "", "title"),
        ('source = "tests"\n', "source = 3\n", "source"),
        ("synthetic = true\n", 'synthetic = "yes"\n', "synthetic"),
        ("2022-02-24", '"24-02-2022"', "arrivals_from"),
        ("2024-07-01", "2021-01-01", "observed_until"),
        ('"UA"', "7", "reference_nationality"),
    ],
)
def test_a_wrong_entry_of_dataset_toml(dataset, old, new, named):
    assert named in refusal(dataset(toml=TOML.replace(old, new)))


@pytest.mark.parametrize(
    "periods", ['["2023-01-01", "2022-02-24"]', '["2022-06-01"]', '["2022-02-24", "2025-01-01"]', '"2022"']
)
def test_periods_that_make_no_sense(dataset, periods):
    assert "periods" in refusal(dataset(toml=f"{TOML}periods = {periods}\n"))


def test_an_empty_or_miscoded_dataset_toml(dataset):
    assert "empty" in refusal(dataset(toml=""))
    assert "UTF-8" in refusal(dataset(toml=b'title = "\xe9"\n'))


@pytest.mark.parametrize("table", ["persons", "stays", "jobs"])
def test_a_missing_table(dataset, table):
    assert table in refusal(dataset(**{table: None}))


@pytest.mark.parametrize(
    ("table", "text", "column"),
    [
        ("persons", PERSONS.replace("sex", "gender"), "sex"),
        ("persons", PERSONS.replace("birth_date", "born"), "birth_date"),
        ("stays", STAYS.replace("settled", "Settled"), "Settled"),
        ("jobs", JOBS.replace("hours", "uren"), "hours"),
    ],
)
def test_a_missing_column_names_the_file_and_what_is_there(dataset, table, text, column):
    said = refusal(dataset(**{table: text}))
    assert f"{table}.csv" in said
    assert column in said


@pytest.mark.parametrize("table", ["persons", "stays", "jobs"])
def test_a_file_of_zero_bytes(dataset, table):
    assert f"{table}.csv" in refusal(dataset(**{table: b""}))


def test_another_encoding(dataset):
    said = refusal(dataset(persons=PERSONS.replace("NG", "Curaçao").encode("cp1252")))
    assert "persons.csv" in said
    assert "UTF-8" in said


def test_a_binary_file(dataset):
    assert "stays.csv" in refusal(dataset(stays=bytes(range(256)) * 40))


def test_a_picture_that_is_called_parquet(dataset):
    folder = dataset(jobs=None)
    (folder / "jobs.parquet").write_bytes(b"\x89PNG\r\n" * 99)
    assert "jobs.parquet" in refusal(folder)


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_a_statistical_file_that_is_none(dataset, suffix):
    folder = dataset(jobs=None)
    (folder / f"jobs.{suffix}").write_bytes(b"nonsense" * 99)
    assert f"jobs.{suffix}" in refusal(folder)


def test_a_zipped_file_that_is_cut_off(dataset):
    folder = dataset(jobs=None)
    (folder / "jobs.csv.gz").write_bytes(gzip.compress(JOBS.encode() * 500, mtime=0)[:-40])
    assert "jobs.csv.gz" in refusal(folder)


def test_a_table_that_is_there_twice(dataset):
    folder = dataset()
    (folder / "persons.csv.gz").write_bytes(gzip.compress(PERSONS.encode(), mtime=0))
    said = refusal(folder)
    assert "persons.csv" in said
    assert "persons.csv.gz" in said


@pytest.mark.parametrize("table", ["persons", "stays"])
def test_a_header_without_rows(dataset, table):
    text = {"persons": PERSONS, "stays": STAYS}[table].split("\n")[0] + "\n"
    assert f"{table}.csv" in refusal(dataset(**{table: text}))


def test_nobody_left_says_why(dataset):
    said = refusal(dataset(stays=STAYS.replace("2022-0", "2031-0").replace("2023", "2033")))
    assert "reference date" in said


def test_rows_with_too_many_cells(dataset):
    assert "jobs.csv" in refusal(dataset(jobs=JOBS + "001,E1,2022-05-01,2022-05-31,agency,N,160,2000,7,7\n"))


@pytest.mark.parametrize("name", ["age", "n", "Cohort", "problem", "month"])
def test_an_extra_column_with_a_name_that_means_something_else(dataset, name):
    said = refusal(
        dataset(persons=PERSONS.replace("\n", ",1\n").replace("nationality,1", f"nationality,{name}"))
    )
    assert name in said
    assert "another name" in said


def test_a_column_that_is_there_twice(dataset):
    assert "sex" in refusal(dataset(persons=PERSONS.replace("nationality", "sex", 1)))


def typed(folder, table, columns):
    (folder / f"{table}.csv").unlink()
    pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    return folder


def test_numbers_in_the_place_of_identifiers(dataset):
    columns = {
        "person_id": [1, 2],
        "sex": ["male"] * 2,
        "birth_date": ["1990-01-01"] * 2,
        "nationality": ["UA"] * 2,
    }
    said = refusal(typed(dataset(), "persons", columns))
    assert "person_id" in said
    assert "leading zeros" in said


def test_numbers_in_the_place_of_dates(dataset):
    columns = {"person_id": ["001"], "settled": [20220301], "departed": [None], "destination": [None]}
    said = refusal(typed(dataset(), "stays", columns))
    assert "settled" in said
    assert "2022-03-01" in said


def test_reading_what_is_said_of_a_dataset_imports_nothing_heavy():
    import subprocess
    import sys

    code = (
        "import sys; from explorer.registers import info, fingerprint; "
        "print([m for m in ('pandas', 'numpy', 'duckdb', 'ibis', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "added",
    [
        "x = " + "[" * 20_000,
        "x = " + "{a = " * 5_000,
        "x = " + "9" * 5_000,
        "present_on = 0x" + "f" * 9_000,
        "present_on = 9999-12-31",
        "present_on = 0001-01-01T00:00:00",
        'present_on = "99999-01-01"',
        "present_on = 1e999",
        "present_on = []",
        "periods = [0001-01-01]",
        "periods = { a = 1 }",
        "columns = 3",
        "columns.x = 3",
        "columns.x.kind = ['category']",
        "columns.x.levels = 3",
        "columns.x.levels = ['a', 'a']",
        "columns.x.levels = ['a', 1]",
        "columns.x.levels = { a = 'b' }",
        "columns.x.levels = { a = { nl = 1 } }",
    ],
)
def test_an_odd_entry_of_dataset_toml_is_one_sentence(dataset, added):
    said = refusal(dataset(toml=f"{TOML}{added}\n"))
    assert said.startswith("dataset.toml")
    assert "\n" not in said
    assert len(said) < 200


def test_dates_of_dataset_toml_may_have_a_time_of_which_the_day_counts(dataset):
    info = read_info(dataset(toml=f"{TOML}present_on = 2023-01-01T23:30:00+02:00\n"))
    assert info.present_on.isoformat() == "2023-01-01"


@pytest.mark.parametrize("levels", ['["low", "high"]', '{ low = {}, high = { nl = "hoog" } }'])
def test_levels_listed_in_dataset_toml_have_that_order_and_make_a_category(dataset, levels):
    [column] = read_info(dataset(toml=f"{TOML}columns.x = {{ levels = {levels} }}\n")).columns
    assert (column.order, column.kind, column.kind_stated) == (("low", "high"), "category", True)


def test_a_dataset_toml_with_every_entry_is_read(dataset):
    info = read_info(
        dataset(
            toml=TOML
            + 'present_on = 2023-01-01\nperiods = ["2022-02-24", "2023-01-01"]\n[nl]\ntitle = "Proef"\n[columns]\n'
            + 'education = { en = "Education", nl = "Opleiding", kind = "category", '
            + 'levels = { low = { nl = "laag" } } }\n'
        )
    )
    assert info.present_on.isoformat() == "2023-01-01"
    assert [day.isoformat() for day in info.periods] == ["2022-02-24", "2023-01-01"]
    assert info.translations["nl"]["title"] == "Proef"
    [column] = info.columns
    assert (column.labels["nl"], column.levels["low"]["nl"], column.kind) == ("Opleiding", "laag", "category")


RECORD = "000870792,female,2005-10-30,UA\n"


@pytest.mark.parametrize(
    "persons",
    [
        RECORD,
        RECORD * 3,
        "000870792,000870792,2005-10-30,UA\n",
        "000870792;female;2005-10-30;UA\n" * 2,
        f"\n{PERSONS}",
        "000870792\n",
        f"person_id,sex,birth_date,{'000870792'}\n{RECORD}",
    ],
)
def test_a_file_without_headings_is_refused_without_a_word_of_what_it_holds(dataset, persons):
    said = refusal(dataset(persons=persons))
    assert "persons.csv" in said
    assert "first line" in said
    for cell in ("000870792", "2005", "UA", "001"):
        assert cell not in said


def test_all_columns_that_lack_are_named(dataset):
    said = refusal(dataset(jobs=JOBS.replace("hours", "uren").replace("wage", "loon")))
    assert "hours, wage" in said
    assert "uren" not in said


def test_columns_that_differ_in_case_alone_are_one(dataset):
    persons = (
        PERSONS.replace("nationality", "nationality,Extra,EXTRA")
        .replace("A\n", "A,1,2\n")
        .replace("G\n", "G,1,2\n")
    )
    assert "extra" in refusal(dataset(persons=persons))


def test_a_column_without_a_name_is_told_by_its_place(dataset):
    persons = PERSONS.replace("nationality", "nationality,").replace("A\n", "A,1\n").replace("G\n", "G,1\n")
    assert "column 5" in refusal(dataset(persons=persons))
    assert open_dataset(dataset(persons=PERSONS, jobs=JOBS.replace("wage", "wage,").replace("0\n", "0,1\n")))


def test_what_steers_a_terminal_never_reaches_one(dataset):
    persons = PERSONS.replace("nationality", "Nationality\x1b[31m").replace("sex", "Sex")
    said = refusal(dataset(persons=persons.replace("Nationality\x1b[31m", "nationality,month\x1b[31m")))
    assert "\x1b" not in said
    name = "x\x1b]0;owned\x07\u202e"
    assert str(Refusal("{file} is refused.", file=name)) == "x\ufffd]0;owned\ufffd\ufffd is refused."


def test_hundreds_of_columns_are_read_as_what_they_are(dataset):
    count = 400
    head = "".join(f",c{place}" for place in range(count))
    row = "".join(f",{place}" if place % 2 else f",0{place}" for place in range(count))
    first, *rest = PERSONS.splitlines()
    persons = "\n".join([first + head, *(line + row for line in rest)]) + "\n"
    register = open_dataset(dataset(persons=persons))
    kinds = {column.name: column.kind for column in register.info.columns}
    assert kinds == {f"c{place}": "number" if place % 2 else "category" for place in range(count)}
    found = register.persons.get_backend().con.execute("select c1, c2, c399 from persons").fetchall()
    assert found == [(1.0, "02", 399.0)] * 2


def test_more_columns_than_can_be_read_are_refused_at_once(dataset):
    head = "".join(f",c{place}" for place in range(1_100))
    persons = "\n".join(
        [PERSONS.splitlines()[0] + head, *(f"{line}{',1' * 1_100}" for line in PERSONS.splitlines()[1:])]
    )
    assert "1104" in refusal(dataset(persons=persons + "\n"))
