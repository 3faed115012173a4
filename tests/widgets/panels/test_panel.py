from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from widgets.controls.messages import MessageButton, PanelMessage
from widgets.controls.notes import NoteLabel
from widgets.panels.panel import FigurePanel
from widgets.panels.panel_data import ControlState, PanelData

LEFT = Qt.MouseButton.LeftButton
ON = ControlState(text="Published points", on=True)
NOTE = "Event: deregistration. " * 12
DATA = PanelData(
    title="Share departed",
    subtitle="after CBS figure 8",
    measures=(
        ("share", "Share departed"),
        ("stay", "Share still here"),
        ("rate", "Departures a month"),
    ),
    measure="share",
    measure_text="Measure",
    interval=ControlState(text="Interval", on=True),
    published=ControlState(
        text="Published points", enabled=False, tooltip="Nothing was published for this selection"
    ),
    save=ControlState(text="Save figure…"),
    options_text="Options",
    note=NOTE,
    more_text="more",
    less_text="less",
    source="Source: synthetic register",
    status_text="3 cells hidden",
    description="Three curves that rise",
)


@pytest.fixture
def panel(on_screen: Any) -> FigurePanel:
    widget = FigurePanel(QLineEdit())
    widget.show_panel(DATA)
    placed: FigurePanel = on_screen(widget, 800, 700)
    return placed


@pytest.fixture
def log(panel: FigurePanel, heard: Any) -> list[tuple[Any, ...]]:
    head = panel.header
    controls = {name: getattr(head, name).asked for name in ("interval", "published", "save")}
    said: list[tuple[Any, ...]] = heard(
        measure_chosen=head.measure_chosen, message_chosen=panel.message.chosen, **controls
    )
    return said


def test_showing_says_nothing(panel: FigurePanel, log: list[Any], heard: Any) -> None:
    turned = heard(focused=panel.focused)
    panel.show_panel(replace(DATA, measure="rate", interval=ControlState(text="Interval"), published=ON))
    panel.show_message(PanelMessage(title="Nothing here"))
    panel.show_message(None)
    panel.set_busy("Counting…")
    panel.set_busy(None)
    panel.set_focused(True)
    assert log == []
    assert turned == []


def test_the_measure_is_chosen_by_keyboard(panel: FigurePanel, log: list[Any], qtbot: Any) -> None:
    box = panel.header.measure_box
    qtbot.keyClick(box, Qt.Key.Key_Down)
    panel.show_panel(replace(DATA, measure="stay"))
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert log == [("measure_chosen", "stay"), ("measure_chosen", "rate")]


def test_a_toggle_says_its_new_state_once(panel: FigurePanel, log: list[Any], qtbot: Any) -> None:
    qtbot.mouseClick(panel.header.interval.button, LEFT, pos=panel.header.interval.button.rect().center())
    assert log == [("interval", False)]


def test_a_toggle_that_cannot_act_says_why(panel: FigurePanel, log: list[Any], qtbot: Any) -> None:
    button = panel.header.published.button
    qtbot.mouseClick(button, LEFT)
    assert log == []
    assert button.toolTip() == "Nothing was published for this selection"


def test_save_is_asked_for_once(panel: FigurePanel, log: list[Any], qtbot: Any) -> None:
    qtbot.mouseClick(panel.header.save.button, LEFT)
    assert log == [("save", False)]


def test_a_narrow_panel_keeps_every_control_in_a_menu_with_words(
    panel: FigurePanel, log: list[Any], qapp: Any
) -> None:
    panel.resize(340, 700)
    qapp.processEvents()
    assert panel.width() == 340
    header = panel.header
    assert header.menu_button.isVisible()
    assert not header.save.button.isVisible()
    header.menu.aboutToShow.emit()
    texts = [action.text() for action in header.menu.actions() if not action.isSeparator()]
    assert texts == ["Interval", "Published points", "Save figure…"]
    assert header.interval.action.isChecked()
    assert not header.published.action.isEnabled()
    header.interval.action.trigger()
    header.save.action.trigger()
    assert log == [("interval", False), ("save", False)]
    panel.resize(800, 700)
    qapp.processEvents()
    assert header.save.button.isVisible()


def test_nothing_overlaps_or_leaves_the_head_at_any_width(panel: FigurePanel, qapp: Any) -> None:
    panel.show_panel(replace(DATA, title="Aandeel vertrokken personen naar vestigingscohort"))
    for width in range(300, 1000, 50):
        panel.resize(width, 700)
        qapp.processEvents()
        boxes = [
            child.geometry()
            for child in panel.header.children()
            if isinstance(child, QWidget) and child.isVisible()
        ]
        assert all(panel.header.rect().contains(box) for box in boxes), width
        assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two), width


def test_a_click_on_the_plot_turns_to_the_figure_once(panel: FigurePanel, heard: Any, qtbot: Any) -> None:
    turned = heard(focused=panel.focused)
    qtbot.mouseClick(panel.plot, LEFT)
    panel.set_focused(True)
    qtbot.mouseClick(panel.plot, LEFT)
    assert turned == [("focused",)]


def test_tabbing_into_the_figure_turns_to_it(panel: FigurePanel, heard: Any, qtbot: Any) -> None:
    panel.header.measure_box.setFocus()
    turned = heard(focused=panel.focused)
    qtbot.keyClick(panel.header.measure_box, Qt.Key.Key_Tab)
    assert turned == [("focused",)]


def test_a_low_panel_folds_the_note_to_two_lines_and_gives_it_back(
    panel: FigurePanel, qapp: Any, qtbot: Any
) -> None:
    note = panel.findChild(NoteLabel)
    assert note.shown_text == NOTE
    panel.resize(500, 260)
    qapp.processEvents()
    assert note.shown_text.endswith("…")
    assert len(note.shown_text) < len(NOTE)
    qtbot.mouseClick(note.more_button, LEFT)
    assert note.shown_text == NOTE
    assert note.more_button.text() == "less"


def test_a_message_takes_the_place_of_the_plot_until_there_is_one(
    panel: FigurePanel, log: list[Any], qtbot: Any
) -> None:
    panel.show_message(PanelMessage(title="Too small", buttons=(MessageButton(key="clear", text="Clear"),)))
    assert not panel.plot.isVisible()
    qtbot.mouseClick(panel.message.findChildren(QPushButton)[0], LEFT)
    assert log == [("message_chosen", "clear")]
    panel.show_message(None)
    assert panel.plot.isVisible()


def test_busy_words_stand_over_the_picture_that_stays(panel: FigurePanel) -> None:
    panel.set_busy("Counting…")
    assert panel.plot.isVisible()
    assert [label.text() for label in panel.findChildren(QLabel) if label.text() == "Counting…"]


def test_the_figure_is_described_for_a_screen_reader(panel: FigurePanel) -> None:
    assert panel.plot.accessibleName() == "Share departed"
    assert panel.plot.accessibleDescription() == "Three curves that rise"


def test_showing_a_hundred_times_makes_no_widgets(panel: FigurePanel, settle: Any) -> None:
    settle()
    before = len(panel.findChildren(QWidget))
    for at in range(100):
        panel.show_panel(replace(DATA, title=f"Title {at}", measures=DATA.measures[: 2 + at % 2]))
    settle()
    assert len(panel.findChildren(QWidget)) == before


def test_a_figure_that_leaves_with_the_keyboard_turns_nobody_to_the_next_one(
    on_screen: Any, heard: Any, qtbot: Any
) -> None:
    room, first, second = QWidget(), FigurePanel(QLineEdit()), FigurePanel(QLineEdit())
    column = QVBoxLayout(room)
    for panel in (first, second):
        panel.show_panel(DATA)
        column.addWidget(panel)
    on_screen(room, 800, 900)
    qtbot.mouseClick(first.plot, LEFT)
    assert first.plot.hasFocus()
    turned = heard(focused=second.focused)
    first.hide()
    assert second.isAncestorOf(room.window().focusWidget())
    assert turned == []
    qtbot.keyClick(room.window().focusWidget(), Qt.Key.Key_Tab)
    assert turned == [("focused",)]
