from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from widgets.controls.tables import Cell, NumberTable, TableColumn, TableData

LEFT = Qt.MouseButton.LeftButton
COLUMNS = (
    TableColumn(key="cohort", label="cohort", numeric=False),
    TableColumn(key="share", label="share departed", numeric=True, tooltip="Aalen–Johansen"),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2022 H10", 0.25),
    ("2022 H9", None),
    ("2023", 0.5),
    ("2021", 0.125),
    ("2020", float("nan")),
)


def data(rows: tuple[tuple[Cell, ...], ...] = ROWS) -> TableData:
    def text(row: int, column: int) -> str:
        value = rows[row][column]
        if column == 0:
            return str(value)
        return f"{value:.1%}".replace(".", ",") if isinstance(value, float) and value == value else "–"  # noqa: PLR0124

    return TableData(columns=COLUMNS, rows=rows, text=text)


@pytest.fixture
def table(on_screen: Any) -> NumberTable:
    widget = NumberTable()
    widget.show_table("Numbers of “Share departed”", data(), "Copy")
    widget.show_buttons("Copy", "Save table…", False, "Nothing may leave yet")
    placed: NumberTable = on_screen(widget)
    return placed


def column(table: NumberTable, at: int) -> list[str]:
    return [str(table.model.index(row, at).data()) for row in range(table.model.rowCount())]


def click_heading(table: NumberTable, qtbot: Any, at: int) -> None:
    head = table.view.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(at) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), LEFT, pos=place)


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def test_showing_says_nothing(table: NumberTable, heard: Any) -> None:
    log = heard(save=table.save_requested, copied=table.copied)
    table.show_table("Other", data(ROWS[:2]), "Kopiëren")
    table.show_buttons("Kopiëren", "Opslaan…", True, "")
    assert log == []


def test_sorting_puts_missing_values_last_both_ways(table: NumberTable, qtbot: Any) -> None:
    click_heading(table, qtbot, 1)
    assert column(table, 1) == ["12,5%", "25,0%", "50,0%", "–", "–"]
    click_heading(table, qtbot, 1)
    assert column(table, 1) == ["50,0%", "25,0%", "12,5%", "–", "–"]


def test_a_third_click_gives_the_order_of_the_data_back(table: NumberTable, qtbot: Any) -> None:
    for _ in range(3):
        click_heading(table, qtbot, 1)
    assert column(table, 0) == [str(row[0]) for row in ROWS]


def test_words_with_numbers_sort_as_a_reader_counts(table: NumberTable, qtbot: Any) -> None:
    click_heading(table, qtbot, 0)
    assert column(table, 0) == ["2020", "2021", "2022 H9", "2022 H10", "2023"]


def test_the_keyboard_sorts_by_the_column_it_is_in(table: NumberTable, qtbot: Any) -> None:
    table.view.setCurrentIndex(table.model.index(0, 1))
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert column(table, 1)[0] == "50,0%"
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert column(table, 1)[0] == "12,5%"


def test_the_order_stays_when_the_numbers_change(table: NumberTable, qtbot: Any) -> None:
    click_heading(table, qtbot, 1)
    table.show_table("Numbers", data((("a", 3.0), ("b", 1.0), ("c", 2.0))), "Copy")
    assert column(table, 0) == ["b", "c", "a"]


def test_numbers_stand_right_and_words_left(table: NumberTable) -> None:
    sides = [table.model.index(0, at).data(Qt.ItemDataRole.TextAlignmentRole) for at in (0, 1)]
    assert sides[0] & Qt.AlignmentFlag.AlignLeft.value
    assert sides[1] & Qt.AlignmentFlag.AlignRight.value


def test_copy_takes_everything_with_headings_when_nothing_is_selected(table: NumberTable, qtbot: Any) -> None:
    qtbot.mouseClick(table.copy_button, LEFT)
    lines = pasted().splitlines()
    assert lines[0] == "cohort\tshare departed"
    assert lines[1] == "2022 H10\t25,0%"
    assert len(lines) == 1 + len(ROWS)


def test_the_copy_keys_take_the_selection_as_shown(table: NumberTable, qtbot: Any) -> None:
    click_heading(table, qtbot, 1)
    table.view.selectRow(0)
    below = table.model.index(2, 1)
    table.view.selectionModel().select(below, QItemSelectionModel.SelectionFlag.Select)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert pasted() == "2021\t12,5%\n\t50,0%\n"


def test_a_tab_or_a_line_break_in_a_cell_does_not_break_the_copy(table: NumberTable) -> None:
    table.show_table("Numbers", data((("one\ttwo\nthree", 0.5),)), "Copy")
    table.copy()
    assert pasted().splitlines()[1] == "one two three\t50,0%"


def test_a_copy_may_be_plainer_than_what_is_shown(table: NumberTable) -> None:
    plain = TableData(
        columns=COLUMNS, rows=(("a", 1234.0),), text=lambda row, at: "1 234", plain=lambda row, at: "1234"
    )
    table.show_table("Numbers", plain, "Copy")
    table.copy()
    assert pasted().splitlines()[1] == "1234\t1234"


def test_save_that_cannot_act_says_why(table: NumberTable, heard: Any, qtbot: Any) -> None:
    log = heard(save=table.save_requested)
    assert table.save_button.toolTip() == "Nothing may leave yet"
    qtbot.mouseClick(table.save_button, LEFT)
    assert log == []
    table.show_buttons("Copy", "Save table…", True, "")
    qtbot.mouseClick(table.save_button, LEFT)
    assert log == [("save",)]


def test_headings_explain_their_measure(table: NumberTable) -> None:
    tooltip = table.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "Aalen–Johansen" in tooltip


def test_a_table_of_nothing_cannot_be_copied(table: NumberTable) -> None:
    table.show_table("Numbers", TableData(columns=(), rows=(), text=lambda row, at: ""), "Copy")
    assert not table.copy_button.isEnabled()


@pytest.mark.alone
def test_five_thousand_rows_show_and_sort_at_once(table: NumberTable, qtbot: Any) -> None:
    rows = tuple((f"group {at % 50}", (at * 7919 % 5000) / 5000) for at in range(5000))
    start = time.perf_counter()
    table.show_table("Numbers", data(rows), "Copy")
    click_heading(table, qtbot, 1)
    click_heading(table, qtbot, 0)
    assert time.perf_counter() - start < 1.0
    assert column(table, 0)[0] == "group 0"


def test_showing_a_hundred_times_makes_no_widgets(table: NumberTable) -> None:
    before = len(table.findChildren(QWidget))
    for at in range(100):
        table.show_table(f"Numbers {at}", data(ROWS[: 1 + at % 4]), "Copy")
    assert len(table.findChildren(QWidget)) == before


def test_a_folded_table_shows_its_title_and_buttons_only_and_copies_all_the_same(table: NumberTable) -> None:
    whole = table.height()
    table.set_folded(True)
    assert not table.view.isVisible()
    assert table.copy_button.isVisible()
    assert table.maximumHeight() < 60 < whole
    table.copy()
    assert len(pasted().splitlines()) == 1 + len(ROWS)
    table.set_folded(False)
    assert table.view.isVisible()
    assert table.maximumHeight() > whole
