from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from widgets.controls.matching import fits
from widgets.controls.search import Found, SearchDialog

LEFT = Qt.MouseButton.LeftButton
ENTRIES = (
    Found(key="save", text="Save figure", detail="File", keys="Ctrl+S"),
    Found(key="undo", text="Undo", detail="There is nothing to undo", keys="Ctrl+Z", enabled=False),
    Found(key="compare", text="Compare women and men", detail="Select"),
    Found(key="cafe", text="Één café kiezen", detail="Select"),
    *(Found(key=f"more{at}", text=f"More {at:02d}") for at in range(20)),
)


@pytest.fixture
def window(on_screen: Any) -> QMainWindow:
    main = QMainWindow()
    main.setCentralWidget(QLineEdit())
    placed: QMainWindow = on_screen(main, 1024, 700)
    return placed


@pytest.fixture
def search(window: QMainWindow, qapp: QApplication) -> SearchDialog:
    dialog = SearchDialog(window)
    dialog.show_search(ENTRIES, "Find a command", "Nothing found")
    qapp.processEvents()
    return dialog


@pytest.fixture
def log(search: SearchDialog, heard: Any) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = heard(chosen=search.chosen)
    return said


def shown(search: SearchDialog) -> list[str]:
    return [search.list.item(at).text() for at in range(search.list.count())]


def test_showing_says_nothing_and_starts_anew(search: SearchDialog, log: list[Any]) -> None:
    search.line.setText("save")
    search.show_search(ENTRIES, "Find a command", "Nothing found")
    assert search.line.text() == ""
    assert search.list.count() == len(ENTRIES)
    assert log == []


def test_it_stands_in_the_upper_middle_of_the_window(window: QMainWindow, search: SearchDialog) -> None:
    box, around = search.frameGeometry(), window.geometry()
    assert abs(box.center().x() - around.center().x()) <= 2
    assert around.top() < box.top() < around.top() + around.height() / 3
    assert around.contains(box)


def test_letters_then_enter_choose_once_and_close(search: SearchDialog, log: list[Any], qtbot: Any) -> None:
    qtbot.keyClicks(search.line, "women")
    assert shown(search) == ["Compare women and men"]
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert log == [("chosen", "compare")]
    assert not search.isVisible()


def test_keys_move_in_the_list_while_the_line_keeps_the_keyboard(
    search: SearchDialog, log: list[Any], qtbot: Any
) -> None:
    rows = [search.list.currentRow()]
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(search.line, key)
        rows.append(search.list.currentRow())
    assert rows == [0, 1, 2, 1, 9, 1, 0, 0]
    assert search.line.hasFocus()
    assert log == []


def test_a_click_on_an_entry_chooses_it(search: SearchDialog, log: list[Any], qtbot: Any) -> None:
    item = search.list.item(1)
    qtbot.mouseClick(search.list.viewport(), LEFT, pos=search.list.visualItemRect(item).center())
    assert log == [("chosen", search.list.item(1).data(Qt.ItemDataRole.UserRole).key)]


def test_an_entry_that_cannot_act_says_why_and_does_nothing(
    search: SearchDialog, log: list[Any], qtbot: Any
) -> None:
    qtbot.keyClicks(search.line, "undo")
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert log == []
    assert search.isVisible()
    assert "There is nothing to undo" in search.line.accessibleDescription()


def test_escape_closes_without_a_choice(search: SearchDialog, log: list[Any], qtbot: Any) -> None:
    qtbot.keyClick(search.line, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert log == []


def test_turning_to_another_window_closes_it(search: SearchDialog, on_screen: Any, settle: Any) -> None:
    on_screen(QLineEdit(), 200, 40)
    settle()
    assert not search.isVisible()


def test_letters_nothing_has_are_answered_in_words(search: SearchDialog, qtbot: Any) -> None:
    qtbot.keyClicks(search.line, "qqq")
    assert search.list.count() == 0
    assert search.line.accessibleDescription() == "Nothing found"
    assert not search.list.isVisible()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("save", "Save figure"),
        ("SF", "Save figure"),
        ("een cafe", "Één café kiezen"),
        ("men wom", "women men"),
    ],
)
def test_case_and_accents_do_not_count_and_words_may_come_in_any_order(typed: str, text: str) -> None:
    assert fits(text, typed) is not None


def test_letters_out_of_order_do_not_fit() -> None:
    assert fits("Save figure", "evas") is None


def test_better_fits_come_first() -> None:
    ranked = [
        fits("Figure as picture", "fig"),
        fits("Save figure", "fig"),
        fits("Find in glossary", "fig"),
        fits("Configure", "fig"),
        fits("off-line aging", "fig"),
    ]
    assert None not in ranked
    assert ranked == sorted(ranked, key=lambda rank: rank or 0)
    assert len(set(ranked)) == len(ranked)
