"""What people do in the window: choose, compare, read, undo, copy, save, switch language, open, close."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel

import sample_data
from explorer.core.events import ChooseMeasure, CompareBy, OnlyLevel, TurnTo
from explorer.shell.jobs import Place
from models.selection import EVERYONE, IsIn


def level_row(session, column, level):
    section = session.window.facets.section(column)
    return next(row for row in section.rows if row.level.key == level)


def texts(window):
    """Every word a person can read in the window."""
    found = [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]
    return found + [
        button.text() for button in window.findChildren(QAbstractButton) if button.isVisibleTo(window)
    ]


def test_both_figures_and_their_numbers_are_there(opened):
    departed, working = (opened.overview.figure(index) for index in (0, 1))
    assert [line.label for line in departed.chart.lines] == ["2022 H1", "2022 H2", "2023", "2024 H1"]
    assert {"Ukrainian", "other"} <= {line.label for line in working.chart.lines}
    assert opened.window.compare.isVisible()
    opened.menus.action("view.table").trigger()
    assert opened.window.table.model.rowCount() == len(departed.table.rows)


def test_clicking_a_level_filters_figures_counts_and_sentence_together(qtbot, opened, settled):
    before = opened.overview.figure(0)
    qtbot.mouseClick(level_row(opened, "sex", "female"), Qt.MouseButton.LeftButton)
    settled()
    assert opened.state.selection == IsIn("sex", ("female",))
    after = opened.overview.figure(0)
    women = level_row(opened, "sex", "female").level.count_text.replace(",", "")
    at_settling = [row for row in after.table.rows if row[1] == 0]
    assert (
        sum(row[2] for row in at_settling)
        == int(women)
        < sum(row[2] for row in before.table.rows if row[1] == 0)
    )
    [chip] = opened.window.selection.chips
    assert chip.chip.text == "Sex: female"


def test_a_chip_is_taken_off_with_the_delete_key(qtbot, opened, settled):
    opened.send(OnlyLevel("sex", "male"))
    settled()
    [chip] = opened.window.selection.chips
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert opened.state.selection == EVERYONE


def test_undo_and_redo_by_keyboard_say_what_they_do(qtbot, opened, settled):
    opened.send(OnlyLevel("sex", "male"))
    settled()
    assert opened.menus.action("edit.undo").text().replace("&", "") == "Undo: filter on sex"
    opened.menus.action("edit.undo").trigger()
    settled()
    assert opened.state.selection == EVERYONE
    opened.menus.action("edit.redo").trigger()
    assert opened.state.selection == IsIn("sex", ("male",))


def test_comparing_by_sex_gives_both_figures_a_curve_for_each(opened, settled):
    box = opened.window.compare
    box.setCurrentIndex(box.findData("sex"))
    box.activated.emit(box.currentIndex())
    settled()
    for index in (0, 1):
        assert {"female", "male"} <= {line.key for line in opened.overview.figure(index).chart.lines}


def test_another_measure_takes_the_place_of_the_first(opened, settled):
    opened.send(ChooseMeasure(0, "hazard"))
    settled()
    assert opened.overview.figure(0).chart.title == "Departure rate"
    assert "rate" in [column.name for column in opened.overview.figure(0).table.columns]


def test_a_month_hovered_in_one_figure_is_marked_in_the_other_and_nowhere_stored(opened):
    state = opened.state
    marked = []
    opened.window.plots[1].mark = marked.append
    opened.window.plots[0].hovered.emit(6.0)
    assert marked == [6.0]
    assert opened.state is state


def test_every_word_changes_with_the_language_and_nothing_is_counted_again(opened, settled):
    asked = []
    opened.runner.submit = lambda kind, job: asked.append(kind)
    opened.appearance.set_language("nl")
    seen = " ".join(texts(opened.window))
    assert "Aandeel vertrokken" in seen
    for english in ("Share", "settled", "Compare", "Interval off", "persons", "Copy", "Clear", "Save"):
        assert english not in seen
    assert asked == []
    assert opened.overview.figure(0).chart.y.text(0.125, 0) == "12,5%"


def test_turning_the_interval_off_draws_no_band_and_counts_nothing(opened):
    asked = []
    opened.runner.submit = lambda kind, job: asked.append(kind)
    opened.menus.action("view.interval").trigger()
    assert not any(line.bands for line in opened.overview.figure(0).chart.lines)
    assert any(line.bands for line in opened.overview.figure(1).chart.lines)
    assert asked == []


def test_the_numbers_are_copied_for_a_spreadsheet_in_the_readers_own_way(opened):
    opened.appearance.set_language("nl")
    opened.figures.copy_numbers()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0][:3] == ["Vestigingsperiode", "Maand", "Onder risico"]
    assert len(rows) == 1 + len(opened.overview.figure(0).table.rows)
    assert "," in rows[5][4]


def test_a_figure_and_its_numbers_are_saved_where_asked(qtbot, opened, tmp_path):
    for name, command in (("a.svg", "export.figure"), ("a.csv", "export.table")):
        opened.ui.file = tmp_path / name
        with qtbot.waitSignal(opened.runner.idle, timeout=20_000):
            opened.menus.action(command).trigger()
        assert (tmp_path / name).stat().st_size > 100
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == [
        "cohort",
        "month",
        "at_risk",
        "departed",
        "share_departed",
        "ci_low",
        "ci_high",
        "status",
    ]


def test_a_cancelled_question_changes_nothing(opened, tmp_path):
    opened.ui.file = None
    opened.menus.action("export.figure").trigger()
    assert not opened.documents.saving.waiting
    opened.ui.folder = None
    opened.menus.action("file.open").trigger()
    assert not opened.runner.busy(Place.DATASET)


def test_a_folder_that_cannot_be_used_is_refused_and_what_was_shown_stays(qtbot, opened, tmp_path):
    before = opened.overview.figure(0)
    with qtbot.waitSignal(opened.runner.idle, timeout=10_000):
        opened.documents.open_dataset(tmp_path)
    assert opened.overview.figure(0) is before
    assert "dataset.toml" in " ".join(texts(opened.window))


def test_the_first_folder_that_cannot_be_used_leaves_two_ways_on(qtbot, session, tmp_path):
    with qtbot.waitSignal(session.runner.idle, timeout=10_000):
        session.documents.open_dataset(tmp_path)
    seen = " ".join(texts(session.window))
    assert "Open dataset…" in seen
    assert "Open the synthetic sample" in seen
    # There is nothing to choose from, and nothing that looks as if there were.
    assert not session.window.compare.isVisible()
    assert not session.window.facets.isVisible()


def test_a_dropped_folder_is_opened_and_remembered(qtbot, session, settled):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sample_data.small_path()))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    session.window.dropEvent(drop)
    settled()
    assert session.context.dataset is not None
    assert [path.name for path in session.preferences.recent] == ["small"]


def test_dragging_the_age_is_undone_at_once(qtbot, opened, settled):
    facets = opened.window.facets
    facets.range_started.emit("age")
    for low in range(1, 31):
        facets.range_changed.emit("age", low, 150)
    facets.range_finished.emit("age")
    settled()
    opened.store.undo()
    assert opened.state.selection == EVERYONE


def test_the_upper_handle_at_its_end_leaves_nobody_out_however_old(opened, settled):
    opened.window.facets.range_changed.emit("age", 60, 150)
    settled()
    [chip] = opened.window.selection.chips
    assert chip.chip.text == "Age at settling: 60+"
    old = opened.overview.figure(0)
    assert opened.state.selection.high > 120
    assert old.table.rows
    opened.window.facets.range_changed.emit("age", 0, 150)
    assert opened.state.selection == EVERYONE


def test_nobody_selected_says_so_in_both_figures(opened, settled):
    opened.send(OnlyLevel("nationality_group", "unknown"))
    opened.send(CompareBy(()))
    opened.window.facets.range_changed.emit("age", 90, 150)
    settled()
    for index in (0, 1):
        assert opened.overview.figure(index).chart.empty
    assert not opened.menus.action("export.figure").isEnabled()


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_sticks_out_of_the_window(qtbot, opened, size, language):
    opened.appearance.set_language(language)
    opened.window.resize(*size)
    qtbot.waitExposed(opened.window)
    assert opened.window.minimumSizeHint().width() <= 1024
    assert opened.window.minimumSizeHint().height() <= 700


def test_figures_stand_in_fewer_columns_where_the_window_is_narrow_and_the_table_is_a_drawer(qtbot, opened):
    opened.window.resize(1024, 700)
    assert opened.window.desk.columns == 2
    assert not opened.window.table_shown
    opened.menus.action("view.table").trigger()
    assert opened.window.table_shown
    opened.window.resize(1500, 950)
    assert opened.window.desk.columns == 3


def test_opening_other_data_twenty_times_leaves_no_widgets_behind(opened, settled):
    def count():
        return len(opened.window.findChildren(QLabel))

    before = count()
    for _ in range(20):
        opened.documents.open_dataset(sample_data.small_path())
        settled()
    assert count() == before


def test_a_switch_that_the_figure_does_not_have_cannot_be_used_and_says_why(opened, settled):
    interval, published = opened.menus.action("view.interval"), opened.menus.action("view.published")
    assert (interval.isEnabled(), published.isEnabled()) == (True, True)
    opened.send(TurnTo("flows"))
    settled()
    assert (interval.isEnabled(), published.isEnabled()) == (False, False)
    assert (interval.isChecked(), published.isChecked()) == (False, False)
    assert interval.toolTip() == "This measure has no interval."
    opened.store.undo()
    settled()
    assert (interval.isEnabled(), interval.isChecked()) == (True, True)


def test_published_points_are_off_for_chosen_people_and_the_menu_and_the_figure_say_why(opened, settled):
    why = "Published figures are about everyone; remove the filters to see them."
    index = opened.state.focused
    assert opened.overview.figure(index).chart.marks
    opened.send(OnlyLevel("sex", "female"))
    settled()
    action = opened.menus.action("view.published")
    assert (action.isEnabled(), action.isChecked(), action.toolTip()) == (False, False, why)
    assert not opened.overview.figure(index).chart.marks
    assert opened.window.panels[index].header.published.button.toolTip() == why
    opened.store.undo()
    settled()
    assert action.isChecked()
    assert opened.overview.figure(index).chart.marks
