from __future__ import annotations

from pathlib import Path
from typing import Any

import font_source_sans_pro
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QApplication, QToolButton

from widgets.controls.pages import PageBar
from widgets.controls.style import apply_theme, load_fonts
from widgets.pictures.palette import LIGHT

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
DUTCH = ("Overzicht", "Vertrek", "Werk", "Lonen", "Stromen", "Lexis", "Model")
PAGES = tuple((text.lower(), text) for text in DUTCH)


@pytest.fixture
def bar(on_screen: Any) -> PageBar:
    widget = PageBar()
    widget.show_pages(PAGES, "overzicht", ("lonen",), "Ctrl+klik: ernaast")
    for text in ("A", "B", "A | B"):
        button = QToolButton()
        button.setText(text)
        widget.add_right(button)
    # What is left of 1024 pixels beside the column with the filters.
    placed: PageBar = on_screen(widget, 1024 - 300, 40)
    return placed


@pytest.fixture
def log(bar: PageBar, heard: Any) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = heard(page=bar.page_chosen, beside=bar.beside_requested)
    return said


def test_showing_says_nothing(bar: PageBar, log: list[Any]) -> None:
    bar.show_pages(PAGES[:3], "werk", ())
    bar.show_pages(PAGES, "model", ("werk", "lexis"))
    assert log == []


def test_a_click_turns_to_a_page_once_and_control_asks_for_it_beside(
    bar: PageBar, log: list[Any], qtbot: Any
) -> None:
    qtbot.mouseClick(bar.tabs[2], LEFT)
    qtbot.mouseClick(bar.tabs[4], LEFT, CONTROL)
    assert log == [("page", "werk"), ("beside", "stromen")]


def test_the_present_page_is_not_chosen_again(bar: PageBar, log: list[Any], qtbot: Any) -> None:
    qtbot.mouseClick(bar.tabs[0], LEFT)
    assert log == []
    assert bar.tabs[0].isChecked()


def test_which_page_is_present_is_decided_outside(bar: PageBar, qtbot: Any) -> None:
    qtbot.mouseClick(bar.tabs[2], LEFT)
    assert [tab.isChecked() for tab in bar.tabs] == [True, *[False] * 6]
    bar.show_pages(PAGES, "werk")
    assert [tab.isChecked() for tab in bar.tabs] == [False, False, True, *[False] * 4]


def test_arrows_go_along_the_names_and_enter_turns_the_page(
    bar: PageBar, log: list[Any], qtbot: Any, qapp: QApplication
) -> None:
    bar.tabs[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        qtbot.keyClick(qapp.focusWidget(), key)
    assert qapp.focusWidget() is bar.tabs[6]
    assert log == []
    qtbot.keyClick(bar.tabs[6], Qt.Key.Key_Return)
    qtbot.keyClick(bar.tabs[6], Qt.Key.Key_Space, CONTROL)
    assert log == [("page", "model"), ("beside", "model")]


def test_the_row_is_one_stop_of_tab(bar: PageBar) -> None:
    stops = [tab for tab in bar.tabs if tab.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [bar.tabs[0]]


@pytest.mark.parametrize("points", [10.5, 15.0])
def test_no_name_is_cut_and_all_are_seen_at_1024_pixels(
    bar: PageBar, qapp: QApplication, settle: Any, points: float
) -> None:
    font = QFont(qapp.font())
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    large = QFont(load_fonts([folder / f"SourceSansPro-{face}.ttf" for face in ("Regular", "Semibold")]))
    large.setPointSizeF(points)
    try:
        qapp.setFont(large)
        apply_theme(qapp, LIGHT)
        bar.resize(1024 - 300, bar.heightForWidth(1024 - 300))
        settle()
        assert bar.width() == 1024 - 300
        shown = [tab.geometry().translated(tab.parentWidget().pos()) for tab in bar.tabs]
        for tab, box in zip(bar.tabs, shown, strict=True):
            assert bar.rect().contains(box), tab.text()
            assert tab.width() >= tab.fontMetrics().horizontalAdvance(tab.text()) + 16
        assert not any(one.intersects(two) for one in shown for two in shown if one is not two)
        if points == 10.5:
            assert len({box.y() for box in shown}) == 1
    finally:
        qapp.setFont(font)
        apply_theme(qapp, LIGHT)


def test_other_pages_use_the_same_widgets(bar: PageBar, settle: Any, qapp: QApplication) -> None:
    settle()
    before = len(qapp.allWidgets())
    for at in range(20):
        bar.show_pages(PAGES[: 1 + at % 7], PAGES[0][0])
    settle()
    assert len(qapp.allWidgets()) == before


def test_the_keyboard_goes_along_to_the_page_that_is_turned_to(bar: PageBar) -> None:
    bar.tabs[0].clearFocus()
    bar.tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    bar.show_pages(PAGES, "werk")
    assert bar.tabs[2].hasFocus()
    assert bar.tabs[2].framed
    assert [tab.isChecked() for tab in bar.tabs] == [at == 2 for at in range(len(PAGES))]


def test_a_page_is_told_as_one_of_several_of_which_one_is_chosen(bar: PageBar) -> None:
    found = [QAccessible.queryAccessibleInterface(tab) for tab in bar.tabs]
    assert {one.role() for one in found} == {QAccessible.Role.RadioButton}
    assert [one.state().checked for one in found] == [tab.isChecked() for tab in bar.tabs]
