from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from widgets.chips import Chip, SelectionBar

LEFT = Qt.MouseButton.LeftButton
WOMEN = Chip(key="sex", text="women", remove_text="Remove: women")
YOUNG = Chip(key="age", text="18 to 29 years", remove_text="Remove: 18 to 29 years")


def show(bar: SelectionBar, *chips: Chip, sentence: str = "Women of 18 to 29 years") -> None:
    bar.show_selection(
        sentence,
        "61 240 of 157 000",
        chips,
        clear_text="Clear",
        clear_enabled=bool(chips),
        clear_tooltip="" if chips else "Nothing is selected",
    )


@pytest.fixture
def bar(on_screen: Any) -> SelectionBar:
    widget = SelectionBar()
    show(widget, WOMEN, YOUNG)
    placed: SelectionBar = on_screen(widget, 900, 60)
    return placed


@pytest.fixture
def log(bar: SelectionBar, heard: Any) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = heard(chip_removed=bar.chip_removed, cleared=bar.cleared)
    return said


def test_showing_says_nothing(bar: SelectionBar, log: list[Any]) -> None:
    show(bar, YOUNG)
    show(bar)
    assert log == []


def test_the_cross_takes_a_chip_off_once(bar: SelectionBar, log: list[Any], qtbot: Any) -> None:
    qtbot.mouseClick(bar.chips[1].cross, LEFT)
    assert log == [("chip_removed", "age")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_the_chip_in_focus_off(
    bar: SelectionBar, log: list[Any], qtbot: Any, key: Qt.Key
) -> None:
    bar.chips[0].setFocus()
    qtbot.keyClick(bar.chips[0], key)
    assert log == [("chip_removed", "sex")]


def test_the_keyboard_stays_on_the_bar_when_the_last_chip_goes(bar: SelectionBar, qtbot: Any) -> None:
    bar.chips[1].setFocus()
    show(bar, WOMEN)
    assert bar.chips[0].hasFocus()


def test_tab_goes_from_left_to_right(bar: SelectionBar, qtbot: Any, qapp: Any) -> None:
    undo, other = QPushButton("Undo"), QPushButton("A")
    bar.add_right(other)
    bar.add_left(undo)
    show(bar, WOMEN, YOUNG, Chip(key="x", text="more"))
    qapp.processEvents()
    undo.setFocus()
    for stop in (*bar.chips, other, bar.clear_button):
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() is stop


def test_every_cross_has_a_name(bar: SelectionBar) -> None:
    assert [chip.cross.accessibleName() for chip in bar.chips] == ["Remove: women", "Remove: 18 to 29 years"]


def test_a_bar_with_nothing_to_clear_says_why(bar: SelectionBar, log: list[Any], qtbot: Any) -> None:
    show(bar)
    assert not bar.clear_button.isEnabled()
    assert bar.clear_button.toolTip() == "Nothing is selected"
    show(bar, WOMEN)
    qtbot.mouseClick(bar.clear_button, LEFT)
    assert log == [("cleared",)]


def test_chips_flow_over_rows_where_the_bar_is_narrow(bar: SelectionBar, qapp: Any) -> None:
    chips = [Chip(key=str(at), text=f"condition number {at}") for at in range(6)]
    show(bar, *chips)
    bar.resize(500, bar.heightForWidth(500))
    qapp.processEvents()
    bar.resize(500, bar.heightForWidth(500))
    qapp.processEvents()
    boxes = [chip.geometry() for chip in bar.chips]
    assert len({box.y() for box in boxes}) > 1
    assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two)
    assert all(box.right() < 500 for box in boxes)


def test_showing_a_hundred_times_makes_no_widgets(bar: SelectionBar) -> None:
    before = len(bar.findChildren(QWidget))
    for at in range(100):
        show(bar, *((WOMEN, YOUNG)[: at % 3]), sentence=f"sentence {at}")
    assert len(bar.findChildren(QWidget)) == before


def test_a_long_condition_takes_several_lines_and_is_never_cut(bar: SelectionBar, qapp: Any) -> None:
    words = ", or ".join(f"working at month {month} on a contract without an end" for month in range(6, 12))
    for wide in (900, 500):
        bar.resize(wide, 60)
        show(bar, WOMEN, Chip(key="long", text=words), YOUNG)
        qapp.processEvents()
        bar.resize(wide, bar.heightForWidth(wide))
        qapp.processEvents()
        chip = bar.chips[1]
        label = chip.findChild(QLabel)
        assert label is not None
        assert label.text() == words
        assert label.height() >= label.heightForWidth(label.width())
        assert chip.geometry().right() <= bar.width()
        assert chip.height() > bar.chips[0].height()
