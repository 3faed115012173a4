from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from widgets.controls.fields import ChoiceField, NumberField, SwitchField, TextField
from widgets.controls.forms import FoldWords, Form, FormField
from widgets.controls.several import SeveralField

LEFT = Qt.MouseButton.LeftButton
BY = FormField(
    name="by",
    label="Destination",
    kind="choice",
    value=None,
    choices=((None, "all"), ("eu", "EU"), ("x", "other")),
)
TERMS = FormField(
    name="terms",
    label="Terms",
    kind="several",
    value=("c",),
    choices=tuple((key, f"Term {key}") for key in "abcdefgh"),
)
WAGE = FormField(
    name="wage",
    label="Threshold",
    kind="number",
    value=14.5,
    low=10,
    high=30,
    step=0.5,
    digits=2,
    unit="euro",
)
BALANCED = FormField(name="balanced", label="Balanced", kind="switch", value=False)
NAME = FormField(name="name", label="Name", kind="text", value="2022")
FIELDS = (BY, TERMS, WAGE, BALANCED, NAME)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("nl_NL"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def form(on_screen: Any) -> Form:
    widget = Form()
    widget.show_form(FIELDS)
    placed: Form = on_screen(widget, 900, 120)
    return placed


@pytest.fixture
def log(form: Form, heard: Any) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = heard(changed=form.changed, started=form.started, finished=form.finished)
    return said


def the(form: Form, name: str, kind: Any) -> Any:
    control = form.control(name)
    assert isinstance(control, kind)
    return control


def test_showing_says_nothing(form: Form, log: list[Any]) -> None:
    form.show_form((replace(BY, value="eu"), replace(TERMS, value=("a", "b")), replace(WAGE, value=20.0)))
    form.show_form((replace(NAME, value="x"), replace(BALANCED, value=True), replace(WAGE, low=0, step=1)))
    form.show_form(())
    assert log == []
    assert not form.has_fields


def test_a_choice_is_made_by_keyboard_and_keeps_its_own_value(form: Form, log: list[Any], qtbot: Any) -> None:
    box = the(form, "by", ChoiceField).box
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert log == [("changed", "by", "eu")]


def test_an_open_list_stays_open_and_takes_other_entries_when_it_closes(
    form: Form, qtbot: Any, settle: Any
) -> None:
    box = the(form, "by", ChoiceField).box
    box.showPopup()
    settle()
    form.show_form((replace(BY, choices=(*BY.choices, ("us", "US")), value="us"), *FIELDS[1:]))
    assert box.view().isVisible()
    assert box.count() == 3
    box.hidePopup()
    settle()
    assert box.count() == 4
    assert box.currentText() == "US"


def test_a_switch_says_its_new_state(form: Form, log: list[Any], qtbot: Any) -> None:
    qtbot.keyClick(the(form, "balanced", SwitchField).box, Qt.Key.Key_Space)
    assert log == [("changed", "balanced", True)]


def test_several_are_ticked_without_closing_and_keep_the_order_of_choosing(
    form: Form, log: list[Any], qtbot: Any, settle: Any
) -> None:
    field = the(form, "terms", SeveralField)
    qtbot.mouseClick(field.button, LEFT)
    settle()
    assert field.popup.isVisible()
    qtbot.mouseClick(field.popup.boxes[0], LEFT)
    assert log == [("changed", "terms", ("c", "a"))]
    form.show_form((BY, replace(TERMS, value=("c", "a"), summary="2 of 8"), *FIELDS[2:]))
    assert field.popup.isVisible()
    assert field.button.text() == "2 of 8"
    qtbot.mouseClick(field.popup.boxes[2], LEFT)
    assert log[-1] == ("changed", "terms", ("a",))
    qtbot.keyClick(field.popup, Qt.Key.Key_Escape)
    assert not field.popup.isVisible()


def test_controls_give_in_a_little_rather_than_begin_another_row_and_overlap_nowhere(
    form: Form, settle: Any
) -> None:
    whole = form.sizeHint().width()
    one_row = form.heightForWidth(whole)
    assert form.heightForWidth(round(whole * 0.95)) == one_row
    assert form.heightForWidth(round(whole * 0.8)) > one_row
    for part in (1.0, 0.95, 0.8, 0.5):
        form.resize(round(whole * part), 200)
        settle()
        places = [form.control(field.name).geometry() for field in FIELDS]
        assert all(form.rect().contains(place) for place in places)
        assert not any(one.intersects(other) for one in places for other in places if one is not other)


def test_a_click_anywhere_in_the_list_of_several_ticks_the_row_it_is_in(
    form: Form, log: list[Any], qtbot: Any, settle: Any
) -> None:
    field = the(form, "terms", SeveralField)
    qtbot.mouseClick(field.button, LEFT)
    settle()
    inside = field.popup.boxes[0].parentWidget()
    assert inside is not None
    rows = [box.geometry() for box in field.popup.boxes]
    assert [row.top() for row in rows[1:]] == [row.bottom() + 1 for row in rows[:-1]]
    for x in (0, inside.width() - 1):
        for y in (rows[1].top(), rows[1].bottom()):
            log.clear()
            hit = inside.childAt(x, y)
            assert hit is field.popup.boxes[1]
            qtbot.mouseClick(hit, LEFT, pos=hit.mapFrom(inside, QPoint(x, y)))
            assert log == [("changed", "terms", ("c", "b") if hit.isChecked() else ("c",))]


def test_several_are_ticked_by_keyboard(form: Form, log: list[Any], qtbot: Any, settle: Any) -> None:
    field = the(form, "terms", SeveralField)
    field.button.setFocus()
    qtbot.keyClick(field.button, Qt.Key.Key_Space)
    settle()
    qtbot.keyClick(field.popup.boxes[0], Qt.Key.Key_Down)
    assert field.popup.focusWidget() is field.popup.boxes[1]
    qtbot.keyClick(field.popup.boxes[1], Qt.Key.Key_Space)
    assert log == [("changed", "terms", ("c", "b"))]


def test_dragging_a_number_says_where_it_is_between_taking_and_letting_go(
    form: Form, log: list[Any], qtbot: Any
) -> None:
    slider = the(form, "wage", NumberField).slider
    middle = slider.height() // 2
    qtbot.mousePress(slider, LEFT, pos=QPoint(round(slider.x_of(9)), middle))
    for place in (12, 20):
        qtbot.mouseMove(slider, QPoint(round(slider.x_of(place)), middle))
    qtbot.mouseRelease(slider, LEFT)
    assert log == [
        ("started", "wage"),
        ("changed", "wage", 16.0),
        ("changed", "wage", 20.0),
        ("finished", "wage"),
    ]


def test_a_slider_in_the_hand_stays_when_an_older_state_is_shown(form: Form, qtbot: Any) -> None:
    field = the(form, "wage", NumberField)
    middle = field.slider.height() // 2
    qtbot.mousePress(field.slider, LEFT, pos=QPoint(round(field.slider.x_of(30)), middle))
    form.show_form((*FIELDS[:2], replace(WAGE, value=12.0), *FIELDS[3:]))
    assert field.box.value() == 25.0
    qtbot.mouseRelease(field.slider, LEFT)
    form.show_form((*FIELDS[:2], replace(WAGE, value=12.5), *FIELDS[3:]))
    assert field.box.value() == 12.5
    assert field.slider.value() == 5


def test_the_arrow_keys_move_a_number(form: Form, log: list[Any], qtbot: Any) -> None:
    slider = the(form, "wage", NumberField).slider
    qtbot.keyPress(slider, Qt.Key.Key_Right)
    qtbot.keyRelease(slider, Qt.Key.Key_Right)
    assert log == [("started", "wage"), ("changed", "wage", 15.0), ("finished", "wage")]


def test_a_number_is_written_and_read_as_the_language_does(form: Form, log: list[Any], qtbot: Any) -> None:
    box = the(form, "wage", NumberField).box
    assert box.text() == "14,50\N{NO-BREAK SPACE}euro"
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "17,25")
    assert log == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert log == [("started", "wage"), ("changed", "wage", 17.25), ("finished", "wage")]


def test_a_whole_number_stays_whole(on_screen: Any, heard: Any, qtbot: Any) -> None:
    form = Form()
    form.show_form((FormField(name="m", label="Month", kind="number", value=6, low=0, high=24),))
    on_screen(form, 400, 60)
    told = heard(changed=form.changed)
    slider = the(form, "m", NumberField).slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told == [("changed", "m", 7)]
    assert isinstance(told[0][2], int)


def test_text_is_told_when_it_is_whole(form: Form, log: list[Any], qtbot: Any) -> None:
    box = the(form, "name", TextField).box
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "women")
    form.show_form((*FIELDS[:4], replace(NAME, value="older")))
    assert box.text() == "women"
    assert log == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    the(form, "by", ChoiceField).box.setFocus()
    assert log == [("changed", "name", "women")]


def test_text_is_told_when_the_user_goes_elsewhere(form: Form, log: list[Any], qtbot: Any) -> None:
    box = the(form, "name", TextField).box
    box.setFocus()
    qtbot.keyClicks(box, "b")
    qtbot.keyClick(box, Qt.Key.Key_Backtab)
    assert log == [("changed", "name", "2022b")]


def test_fields_that_stay_keep_the_keyboard(form: Form, qapp: QApplication, settle: Any) -> None:
    box = the(form, "wage", NumberField).box
    box.setFocus()
    form.show_form((NAME, WAGE))
    settle()
    assert qapp.focusWidget() is box


def test_tab_goes_through_the_fields_as_they_are_shown(form: Form, qtbot: Any, qapp: QApplication) -> None:
    form.show_form((BALANCED, WAGE, BY))
    number = the(form, "wage", NumberField)
    stops = [
        the(form, "balanced", SwitchField).box,
        number.slider,
        number.box,
        the(form, "by", ChoiceField).box,
    ]
    stops[0].setFocus()
    for stop in stops[1:]:
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() is stop


def test_every_control_has_a_name_and_says_why_it_cannot_act(form: Form) -> None:
    form.show_form(tuple(replace(field, enabled=False, tooltip="Not for this view") for field in FIELDS))
    for field in FIELDS:
        for stop in form.control(field.name).stops:
            assert field.label in stop.accessibleName()
            assert not stop.isEnabled()
            assert stop.toolTip() == "Not for this view"


def test_nothing_is_cut_off_in_a_narrow_form(form: Form, settle: Any) -> None:
    for width in (300, 450, 900):
        form.resize(width, form.heightForWidth(width))
        settle()
        shown = [form.control(field.name).geometry() for field in FIELDS]
        assert all(form.rect().contains(box) for box in shown), width
        assert not any(one.intersects(two) for one in shown for two in shown if one is not two)


def test_showing_a_hundred_times_makes_no_widgets(form: Form, settle: Any) -> None:
    settle()
    before = len(form.findChildren(QWidget))
    for at in range(100):
        form.show_form((replace(BY, value=("eu", "x")[at % 2]), *FIELDS[1:]) if at % 3 else FIELDS[:2])
    form.show_form(FIELDS)
    settle()
    assert len(form.findChildren(QWidget)) == before


def in_rows(form: Form) -> int:
    return len(
        {control.y() + control.height() // 2 for control in form._controls.values() if control.isVisible()}
    )


def test_a_form_of_many_rows_is_folded_until_it_is_opened(form: Form, settle: Any, qtbot: Any) -> None:
    words = FoldWords(more=lambda count: f"{count} more", less="Fewer")
    form.resize(330, 300)
    form.show_form(FIELDS)
    assert not form.fold_button.isVisible()
    unfolded = form.heightForWidth(330)
    assert in_rows(form) > 2
    form.show_form(FIELDS, words)
    settle()
    hidden = [field.label for field in FIELDS if not form.control(field.name).isVisible()]
    assert hidden
    assert in_rows(form) <= 2
    assert form.heightForWidth(330) < unfolded
    assert form.fold_button.text() == f"{len(hidden)} more"
    assert form.fold_button.toolTip() == ", ".join(hidden)
    qtbot.keyClick(form.fold_button, Qt.Key.Key_Space)
    settle()
    assert all(form.control(field.name).isVisible() for field in FIELDS)
    assert form.fold_button.text() == "Fewer"
    qtbot.keyClick(form.fold_button, Qt.Key.Key_Space)
    assert form.heightForWidth(330) < unfolded
    form.resize(900, 300)
    settle()
    assert not form.fold_button.isVisible()
    assert all(form.control(field.name).isVisible() for field in FIELDS)


def test_nothing_in_a_folded_form_overlaps_or_leaves_it(form: Form, settle: Any) -> None:
    form.show_form(FIELDS, FoldWords(more=lambda count: f"{count} more", less="Fewer"))
    for wide in range(250, 900, 37):
        form.resize(wide, form.heightForWidth(wide))
        settle()
        shown = [one for one in (*form._controls.values(), form.fold_button) if one.isVisible()]
        assert all(form.rect().contains(one.geometry()) for one in shown), wide
        for at, one in enumerate(shown):
            assert not any(one.geometry().intersects(other.geometry()) for other in shown[at + 1 :]), wide
