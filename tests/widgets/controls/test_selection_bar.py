from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from widgets.controls.chips import Chip
from widgets.controls.selection_bar import SelectionBar, SelectionText

LEFT = Qt.MouseButton.LeftButton
WOMEN = Chip(key="sex", text="women", remove_text="Remove: women")
YOUNG = Chip(key="age", text="18 to 29 years", remove_text="Remove: 18 to 29 years")


WHOLE, SHORT = "122,696 of 157,000, 115,509 followed in a first stay", "122,696 of 157,000"
LONG = ", or ".join(f"working at month {month} on a contract without an end" for month in range(6, 12))


def show(
    bar: SelectionBar,
    *chips: Chip,
    sentence: str = "Persons with",
    count: str = "61 240 of 157 000",
    short: str = "",
) -> None:
    text = SelectionText(
        sentence=sentence,
        count=count,
        chips=chips,
        count_short=short,
        more="Show the whole selection",
        clear_tooltip="" if chips else "Nothing is selected",
    )
    bar.show_selection(text, "Clear")


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
    undo = QPushButton("Undo")
    bar.add_left(undo)
    show(bar, WOMEN, YOUNG, Chip(key="x", text="more"))
    qapp.processEvents()
    undo.setFocus()
    for stop in (*bar.chips, bar.clear_button):
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


def test_showing_a_hundred_times_makes_no_widgets(bar: SelectionBar) -> None:
    before = len(bar.findChildren(QWidget))
    for at in range(100):
        show(bar, *((WOMEN, YOUNG)[: at % 3]), sentence=f"sentence {at}")
    assert len(bar.findChildren(QWidget)) == before


def conditions(count: int) -> list[Chip]:
    return [Chip(key=str(at), text=f"condition number {at}") for at in range(count)]


@pytest.mark.parametrize("width", [420, 620, 740, 1000, 1600])
@pytest.mark.parametrize("count", [0, 1, 3, 9, 40])
def test_every_condition_is_there_on_the_line_or_counted_by_a_button_that_lists_all(
    bar: SelectionBar, qapp: Any, qtbot: Any, width: int, count: int
) -> None:
    bar.resize(width, bar.sizeHint().height())
    show(bar, *conditions(count))
    seen = [chip for chip in bar.chips if chip.isVisible()]
    assert len(bar.chips) == count
    boxes = [chip.geometry() for chip in seen]
    assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two)
    assert all(box.right() < bar.width() for box in boxes)
    if len(seen) == count:
        return
    assert bar.more_button.text() == f"+{count - len(seen)}"
    assert bar.more_button.geometry().right() < bar.width()
    assert bar.more_button.accessibleName() == "Show the whole selection"
    qtbot.mouseClick(bar.more_button, LEFT)
    assert [chip.chip.key for chip in bar.listed] == [str(at) for at in range(count)]
    assert all(chip.isVisible() for chip in bar.listed)
    bar.listed[0].window().close()


@pytest.mark.parametrize("width", [420, 620, 740, 1000, 1600])
def test_the_bar_is_as_high_whatever_it_says(bar: SelectionBar, qapp: Any, width: int) -> None:
    heights, least = set(), set()
    for chips in ([], [WOMEN], [WOMEN, YOUNG], conditions(12), [Chip(key="long", text=LONG)]):
        for sentence in ("Persons with", LONG):
            for count, short in ((WHOLE, SHORT), ("", ""), ("7 of 9", "")):
                show(bar, *chips, sentence=sentence, count=count, short=short)
                bar.resize(width, 60)
                qapp.processEvents()
                heights.add(bar.sizeHint().height())
                least.add(bar.minimumSizeHint().toTuple())
    assert len(heights) == 1
    assert len(least) == 1


@pytest.mark.parametrize("width", [420, 620, 740, 1000, 1600])
def test_a_count_is_never_cut(bar: SelectionBar, width: int) -> None:
    bar.add_left(QPushButton("Undo: choose people in a figure"))
    bar.resize(width, 60)
    for count, short in ((SHORT, ""), ("7 of 9", ""), (WHOLE, SHORT), ("157,000 of 157,000", "")):
        show(bar, WOMEN, count=count, short=short)
        # At once: a figure under the hand is painted before the next turn of the event loop.
        label = bar.count
        assert label.text() in (count, short)
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert count in (label.text(), label.toolTip())


def test_nothing_moves_but_the_count_when_the_count_changes(bar: SelectionBar) -> None:
    undo = QPushButton("Undo")
    bar.add_left(undo)
    bar.resize(1600, 60)
    places = set()
    for count in ("1 of 157,000", WHOLE, SHORT, "hidden of 157,000"):
        show(bar, WOMEN, YOUNG, count=count)
        parts = (undo, bar.clear_button, *bar.chips)
        places.add(tuple(part.geometry().getRect() for part in parts))
    assert len(places) == 1


@pytest.mark.parametrize("width", [420, 740, 1600])
def test_a_long_condition_is_cut_with_its_whole_at_hand(bar: SelectionBar, qtbot: Any, width: int) -> None:
    bar.resize(width, 60)
    show(bar, WOMEN, Chip(key="long", text=LONG), YOUNG)
    qtbot.mouseClick(bar.more_button, LEFT)
    label = bar.listed[1].findChild(QLabel)
    assert label is not None
    assert label.text() == LONG
    assert label.height() >= label.heightForWidth(label.width())
    assert bar.listed[1].accessibleName() == LONG
    bar.listed[1].window().close()


def test_where_everything_is_read_there_is_nothing_to_open(bar: SelectionBar) -> None:
    show(bar, Chip(key="sex", text="women", whole="women"), YOUNG)
    assert not bar.more_button.isVisible()


def test_what_a_chip_leaves_out_stands_in_the_list(bar: SelectionBar, qtbot: Any) -> None:
    show(bar, Chip(key="site", text="Site: A or 7 more", whole=LONG))
    assert bar.more_button.isVisible()
    qtbot.mouseClick(bar.more_button, LEFT)
    assert bar.listed[0].accessibleName() == LONG
    bar.listed[0].window().close()


def test_conditions_are_taken_off_in_the_list_until_none_is_left(
    bar: SelectionBar, log: list[Any], qtbot: Any
) -> None:
    bar.resize(420, 60)
    show(bar, *conditions(8))
    qtbot.mouseClick(bar.more_button, LEFT)
    qtbot.mouseClick(bar.listed[7].cross, LEFT)
    qtbot.keyClick(bar.listed[0], Qt.Key.Key_Delete)
    assert log == [("chip_removed", "7"), ("chip_removed", "0")]
    opened = bar.listed[0].window()
    show(bar, *conditions(2))
    assert opened.isVisible()
    assert len(bar.listed) == 2
    show(bar)
    assert not opened.isVisible()


def test_a_sentence_too_long_for_the_line_has_its_whole_in_the_list(bar: SelectionBar, qtbot: Any) -> None:
    show(bar, sentence=LONG)
    assert bar.more_button.text() == "…"
    qtbot.mouseClick(bar.more_button, LEFT)
    shown = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    assert LONG in shown
    QApplication.activePopupWidget().close()


def test_the_keyboard_goes_to_the_button_when_its_chip_no_longer_fits(bar: SelectionBar, qapp: Any) -> None:
    bar.resize(1600, 60)
    show(bar, *conditions(6))
    bar.chips[5].setFocus()
    bar.resize(420, 60)
    qapp.processEvents()
    held = qapp.focusWidget()
    assert held is bar.more_button or held in bar.chips
    assert held.isVisible()
