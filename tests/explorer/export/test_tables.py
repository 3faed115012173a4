"""Numbers and what they are leave the program together."""

from __future__ import annotations

import openpyxl
import pyarrow.parquet as pq
import pytest

from explorer.core.words import Refusal
from explorer.export.formats import Written, table_formats
from explorer.export.formats.csv_text import to_csv
from explorer.export.tables import about_of, write_table
from models.results import Column, Table

TABLE = Table(
    columns=(Column(name="month", kind="count"), Column(name="status", kind="text")),
    rows=((0, "ok"), (1, "hidden")),
)
NOTE = "Share departed\nWho is at risk.\nSource: synthetic."
NOTED = Written(table=TABLE, note=NOTE)


def test_beside_a_csv_stands_what_its_numbers_are(tmp_path):
    write_table(NOTED, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == to_csv(NOTED)
    assert (tmp_path / "a.about.txt").read_text(encoding="utf-8") == f"{NOTE}\n"


def test_an_excel_file_holds_it_on_a_sheet_a_line_each(tmp_path):
    write_table(NOTED, tmp_path / "a.xlsx")
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
    about = openpyxl.load_workbook(tmp_path / "a.xlsx")["note"]
    assert [cell.value for (cell,) in about.rows] == NOTE.splitlines()


LOOKS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "http://example.org",
    "mailto:a@b.nl",
    "internal:'x'!A1",
    "{=A1}",
    "007",
    "1e5",
)


@pytest.mark.parametrize("text", [*LOOKS, "TRUE", "2023-01-01", " a ", "é\U0001f600"])
def test_text_is_text_in_excel_whatever_it_looks_like_headings_and_notes_too(tmp_path, text):
    table = Table(
        columns=(Column(name=text, kind="text"), Column(name="share", kind="number")), rows=((text, 0.5),)
    )
    write_table(Written(table=table, note=text), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["table"]
    for cell in (sheet["A1"], sheet["A2"], book["note"]["A1"]):
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("n", 0.5)


def test_what_a_sheet_cannot_hold_is_refused_and_not_left_out(tmp_path):
    long = Table(columns=(Column(name="a", kind="text"),), rows=(("x" * 40_000,),))
    many = Table(columns=(Column(name="a", kind="count"),), rows=((1,),) * 1_048_576)
    for table in (long, many):
        with pytest.raises(Refusal, match="CSV or Parquet"):
            write_table(Written(table=table), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_where_what_they_are_cannot_be_written_the_numbers_are_not_either(tmp_path):
    about_of(tmp_path / "a.csv").mkdir()
    with pytest.raises(Refusal) as refused:
        write_table(NOTED, tmp_path / "a.csv")
    assert "cannot be written" in str(refused.value)
    assert [one.name for one in tmp_path.iterdir()] == ["a.about.txt"]


def test_numbers_that_cannot_be_written_leave_nothing_behind(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(Refusal):
        write_table(Written(table=TABLE), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


def test_a_parquet_file_holds_it_in_its_metadata(tmp_path):
    write_table(NOTED, tmp_path / "a.parquet")
    assert [one.name for one in tmp_path.iterdir()] == ["a.parquet"]
    assert pq.read_schema(tmp_path / "a.parquet").metadata[b"note"].decode() == NOTE


@pytest.mark.parametrize("suffix", table_formats())
def test_every_format_writes_a_file_of_what_is_shown_and_says_what_it_is_called(tmp_path, suffix):
    form = table_formats()[suffix]
    assert suffix in form.name
    write_table(NOTED, tmp_path / f"a{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes()
    assert form.holds_note is not about_of(tmp_path / "a").exists()
