"""The quality report in the window: every count with its reason, to search, sort, copy and save."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser

from explorer.core.words import Words
from explorer.pipeline.quality_table import LABELS, quality_data, quality_table
from explorer.shell.quality import QualityPage
from models.register import Finding, QualityReport, RowCount
from tests.explorer.registers.conftest import PERSONS, STAYS, TOML
from tests.explorer.worlds import nobody_settled

JOBS = "person_id,employer_id,start,end,contract,sector,hours,wage\n"


@pytest.fixture
def troubled(tmp_path):
    """A dataset with codes nobody knows, and persons set aside."""
    folder = tmp_path / "troubled"
    folder.mkdir()
    people = "".join(f"{n:03},{'x' if n % 2 else 'anders'},1990-01-01,UA\n" for n in range(10, 35))
    stays = "".join(f"{n:03},2022-04-01,,\n" for n in range(10, 30))
    for name, text in {
        "dataset.toml": TOML,
        "persons.csv": PERSONS + people,
        "stays.csv": STAYS + stays,
        "jobs.csv": JOBS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def page(session, settled, troubled):
    """The report of that dataset."""
    session.documents.open_dataset(troubled)
    settled()
    session.help.show_quality()
    [shown] = session.window.findChildren(QualityPage)
    return shown


def cells(page, key):
    model = page.table.model
    return [model.index(row, list(LABELS).index(key)).data() for row in range(model.rowCount())]


def test_rows_of_every_table_are_those_read_and_every_finding_has_a_row(page, session):
    quality = session.context.dataset.quality
    assert cells(page, "rows")[:2] == ["27", "22"]
    assert cells(page, "share")[:2] == ["100.0%", "81.5%"]
    assert page.table.model.rowCount() == 2 * len(quality.counts) + len(quality.findings)
    at = cells(page, "reason").index("sex missing or not a known code")
    assert cells(page, "found")[at] == "“anders” (10), “x” (10)"
    assert cells(page, "done")[at] == "read as unknown"
    assert len(cells(page, "examples")[at].split(", ")) == 20
    assert not page.findChildren(QTextBrowser)


def test_what_nobody_should_overlook_is_said_in_words(page):
    assert page.alarm.isVisibleTo(page)
    assert page.alarm.text() == "More than a tenth is set aside of persons (5 of 27 rows)."


def test_a_few_letters_find_the_rows_and_none_says_so(page, qtbot):
    whole = page.table.model.rowCount()
    qtbot.keyClicks(page.line, "sex anders")
    assert cells(page, "reason") == ["sex missing or not a known code"]
    page.line.setText("klingon")
    assert page.table.model.rowCount() == 0
    assert "Nothing in the report" in page.detail.text()
    page.line.clear()
    assert page.table.model.rowCount() == whole
    assert page.detail.text() == "Choose a row to read it in full."


def test_return_in_the_line_presses_no_button(page, qtbot):
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClicks(page.line, "sex")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert page.isVisible()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_share_that_is_next_to_nothing_is_not_nought():
    counts = RowCount(table="jobs", rows_in=100_000, used=99_999, repaired=0, set_aside=1)
    finding = Finding(table="jobs", problem="job_date_unreadable", treatment="set aside", rows=1)
    data = quality_data(QualityReport(counts=(counts,), findings=(finding,)), Words("en"))
    assert [data.text(row, 3) for row in range(3)] == ["100.0%", "100.0%", "< 0.1%"]


def test_a_heading_sorts_and_a_row_in_hand_is_told_in_full(page):
    rows = list(LABELS).index("rows")
    page.table.view.sortByColumn(rows, Qt.SortOrder.DescendingOrder)
    counts = [int(text) for text in cells(page, "rows")]
    assert counts == sorted(counts, reverse=True)
    page.table.view.setCurrentIndex(page.table.model.index(0, 0))
    assert cells(page, "reason")[0] in page.detail.text()


def test_the_report_is_copied_with_its_headings(page):
    page.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == list(LABELS.values())
    assert len(lines) == page.table.model.rowCount() + 1


def test_the_report_is_saved_without_the_numbers_of_rows(page, session, settled, tmp_path):
    session.ui.file = tmp_path / "report.csv"
    page.table.save_button.click()
    settled()
    with session.ui.file.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [key for key in LABELS if key != "examples"]
    assert len(rows) == page.table.model.rowCount()
    assert (rows[0]["rows"], rows[0]["share"]) == ("27", "1.0")


def test_the_report_is_in_the_language_of_the_reader(session, settled, troubled):
    session.documents.open_dataset(troubled)
    settled()
    quality = session.context.dataset.quality
    data, table = quality_data(quality, Words("nl")), quality_table(quality, Words("nl"))
    assert data.text(0, 0) == table.rows[0][0] == "personen"
    assert data.text(1, 3) == "81,5%"


def test_nobody_in_the_cohort_is_said_on_the_card_and_in_the_report(opened, settled, tmp_path):
    opened.documents.open_dataset(nobody_settled(tmp_path / "nobody"))
    settled()
    said = "Nobody is in the cohort: no stay begins on or after the first day of arrivals."
    assert said in opened.window.card.accessibleDescription()
    opened.help.show_quality()
    [page] = opened.window.findChildren(QualityPage)
    assert said in page.alarm.text()
