"""The import assistant: what it shows, what can be changed in it, and what comes of it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from explorer.core.words import Message
from tests.explorer.registers.test_importing import ADDRESSES, JOBS, PERSONS


@pytest.fixture
def delivery(tmp_path):
    folder = tmp_path / "delivered"
    folder.mkdir()
    (folder / "GBAPERSOON2023TABV1.csv").write_text(PERSONS)
    (folder / "GBAADRESOBJECT2023BUSV1.csv").write_text(ADDRESSES)
    (folder / "SPOLISBUS2022V1.csv").write_text(JOBS)
    (folder / "OTHER2022V1.csv").write_text("a;b\n")
    return folder


@pytest.fixture
def page(opened, qtbot, delivery):
    opened.ui.folder = delivery
    opened.menus.run("file.import")
    qtbot.waitUntil(lambda: opened.importing.page is not None)
    return opened.importing.page


def cells(table):
    model = table.model
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def imported(page, qtbot):
    qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.steps.isVisible() or page.message.isVisible(), timeout=30_000)


def test_it_shows_what_every_file_and_every_column_was_taken_for(page):
    files = dict(cells(page.files))
    assert files["SPOLISBUS2022V1.csv"] == "SPOLISBUS 2022, version 1"
    assert files["OTHER2022V1.csv"] == "not recognised"
    columns = {(component, field): (read, values) for component, field, read, values in cells(page.columns)}
    assert columns["GBAPERSOONTAB", "person"] == (
        "RINPERSOONS + RINPERSOON",
        "R000000001, R000000002, R000000003",
    )
    assert columns["GBAPERSOONTAB", "date of birth"] == ("not found", "")
    assert columns["SPOLISBUS", "contract"][0] == "SSOORTBAAN"


def test_what_was_made_opens_and_says_what_became_of_every_row(page, opened, settled, qtbot, delivery):
    imported(page, qtbot)
    assert ("persons", "persons taken over", "8") in cells(page.steps)
    qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    settled()
    assert opened.context.dataset.path == delivery.with_name("delivered-dataset")
    assert opened.importing.page is None


def test_a_field_is_read_from_the_column_that_is_chosen_and_the_layout_keeps_it(page, qtbot, delivery):
    at = [(row[0], row[1]) for row in cells(page.columns)].index(("GBAPERSOONTAB", "nationality"))
    page.columns.view.selectRow(at)
    place = page.column_box.findText("GBAGEBOORTELANDNL")
    page.column_box.setCurrentIndex(place)
    page.column_box.activated.emit(place)
    assert cells(page.columns)[at][2] == "GBAGEBOORTELANDNL"
    imported(page, qtbot)
    layout = (delivery.with_name("delivered-dataset") / "layout.toml").read_text(encoding="utf-8")
    assert '"nationality" = [{ columns = ["GBAGEBOORTELANDNL"], codes = "country:rvig" }]' in layout


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("arrivals_from", "last year", "“last year” is not a date"),
        ("arrivals_from", "2030-01-01", "not before the last day observed"),
        ("out", "", "already and not empty"),
    ],
)
def test_what_stands_in_the_way_is_said_in_the_assistant_and_can_be_mended_there(
    page, qtbot, delivery, name, value, told
):
    page.wish_changed.emit(name, value or str(delivery))
    imported(page, qtbot)
    assert told in page.message.text()
    mended = {"arrivals_from": "2022-02-24", "out": str(delivery.with_name("new"))}
    page.wish_changed.emit(name, mended[name])
    imported(page, qtbot)
    assert page.steps.isVisible()


def test_the_assistant_can_be_left_without_a_trace(page, opened, qtbot, delivery):
    dataset = opened.context.dataset
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.importing.page is None)
    assert opened.context.dataset is dataset
    assert not delivery.with_name("delivered-dataset").exists()


def test_a_folder_that_is_dropped_is_a_dataset_or_a_delivery(opened, qtbot, delivery):
    opened.window.dropped.emit(delivery)
    qtbot.waitUntil(lambda: opened.importing.page is not None)


def test_a_folder_in_which_nothing_is_recognised_is_refused_in_words(opened, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    opened.importing.begin(tmp_path / "empty")
    qtbot.waitUntil(lambda: "is recognised by its name" in opened.window.banner.accessibleName())
    assert opened.importing.page is None


def test_days_that_no_file_of_wages_covers_are_warned_of_while_they_are_asked(page):
    assert not page.message.isVisible()
    page.wish_changed.emit("observed_until", "2024-01-01")
    assert "nobody seems to work" in page.message.text()
    page.wish_changed.emit("observed_until", "2023-01-01")
    assert not page.message.isVisible()


def test_an_import_that_is_cancelled_can_be_begun_again(page, qtbot, delivery, monkeypatch):
    from explorer.registers import importing

    held = threading.Event()

    def waits(work):
        held.wait(20)
        work.tell(0.6, Message("waits"))

    monkeypatch.setattr(importing, "assemble", waits)
    qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.progress.isVisible)
    assert not page.go_button.isEnabled()
    qtbot.mouseClick(page.progress.cancel_button, Qt.MouseButton.LeftButton)
    held.set()
    qtbot.waitUntil(page.go_button.isEnabled)
    assert not delivery.with_name("delivered-dataset").exists()
    monkeypatch.undo()
    imported(page, qtbot)
    assert page.steps.isVisible()
