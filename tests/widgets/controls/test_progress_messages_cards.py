from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from widgets.controls.cards import CardData, DatasetCard
from widgets.controls.labels import WrapLabel
from widgets.controls.messages import Banner, MessageButton, MessagePanel, Notice, PanelMessage
from widgets.controls.progress import Progress, ProgressStrip

LEFT = Qt.MouseButton.LeftButton
WORK = Progress(text="Fitting the model", fraction=0.5, cancel_text="Cancel", cancelling_text="Stopping…")


def in_window(on_screen: Any, widget: QWidget) -> None:
    window = QWidget()
    widget.setParent(window)
    on_screen(window)


def test_quick_work_shows_nothing(on_screen: Any) -> None:
    strip = ProgressStrip()
    in_window(on_screen, strip)
    strip.show_progress(WORK)
    assert strip.isHidden()
    strip.show_progress(None)
    assert not strip.patience.isActive()
    assert strip.isHidden()


def test_work_of_half_a_second_shows_and_goes_when_done(on_screen: Any) -> None:
    strip = ProgressStrip()
    in_window(on_screen, strip)
    strip.show_progress(WORK)
    assert strip.patience.interval() == 500
    strip.patience.timeout.emit()
    assert strip.isVisible()
    strip.show_progress(None)
    assert strip.isHidden()


def test_progress_does_not_start_waiting_again_with_every_step(on_screen: Any) -> None:
    strip = ProgressStrip()
    in_window(on_screen, strip)
    strip.show_progress(WORK)
    strip.patience.timeout.emit()
    strip.show_progress(WORK)
    assert strip.isVisible()


def test_cancel_is_said_once_and_then_waits(on_screen: Any, heard: Any, qtbot: Any) -> None:
    strip = ProgressStrip()
    in_window(on_screen, strip)
    log = heard(cancelled=strip.cancelled)
    strip.show_progress(WORK)
    strip.patience.timeout.emit()
    qtbot.mouseClick(strip.cancel_button, LEFT)
    strip.show_progress(WORK)
    qtbot.mouseClick(strip.cancel_button, LEFT)
    assert log == [("cancelled",)]
    assert strip.cancel_button.toolTip() == "Stopping…"


def test_the_next_work_can_be_cancelled_again(on_screen: Any, qtbot: Any) -> None:
    strip = ProgressStrip()
    in_window(on_screen, strip)
    strip.show_progress(WORK)
    strip.patience.timeout.emit()
    qtbot.mouseClick(strip.cancel_button, LEFT)
    strip.show_progress(None)
    strip.show_progress(WORK)
    assert strip.cancel_button.isEnabled()


def test_a_message_says_which_button_was_pressed(on_screen: Any, heard: Any, qtbot: Any) -> None:
    panel = on_screen(MessagePanel())
    log = heard(chosen=panel.chosen)
    buttons = (
        MessageButton(key="clear", text="Clear"),
        MessageButton(key="read", text="Read", enabled=False, tooltip="No page yet"),
    )
    panel.show_message(PanelMessage(title="Too small", sentence="Fewer than 10.", buttons=buttons))
    assert log == []
    shown = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in shown] == ["Clear", "Read"]
    assert shown[1].toolTip() == "No page yet"
    for button in shown:
        qtbot.mouseClick(button, LEFT)
    assert log == [("chosen", "clear")]


@pytest.mark.parametrize("wide", [260, 340, 700, 1116])
def test_every_line_of_a_message_is_there_however_low_its_room(on_screen: Any, qtbot: Any, wide: int) -> None:
    panel = on_screen(MessagePanel())
    panel.resize(wide, 150)
    long = (
        "There is no column “colour”; there are " + ", ".join(f"column number {at}" for at in range(9)) + "."
    )
    panel.show_message(
        PanelMessage(
            title="This figure cannot be made", sentence=long, buttons=(MessageButton(key="a", text="A"),)
        )
    )
    labels = [label for label in panel.findChildren(WrapLabel) if not label.isHidden()]
    assert len(labels) == 2
    qtbot.waitUntil(
        lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels), timeout=2000
    )
    assert panel.widget().width() <= panel.viewport().width()


def test_messages_share_their_buttons(on_screen: Any) -> None:
    panel = on_screen(MessagePanel())
    panel.show_message(PanelMessage(title="0", buttons=(MessageButton(key="a", text="A"),)))
    before = len(panel.findChildren(QWidget))
    for at in range(100):
        panel.show_message(PanelMessage(title=str(at), buttons=(MessageButton(key="a", text=f"A {at}"),)))
    assert len(panel.findChildren(QWidget)) == before


def test_a_notice_is_closed_by_its_named_cross(on_screen: Any, heard: Any, qtbot: Any) -> None:
    banner = Banner()
    in_window(on_screen, banner)
    log = heard(closed=banner.closed, acted=banner.acted)
    banner.show_notice(Notice(text="The file changed", close_text="Close", action_text="Reload"))
    assert banner.isVisible()
    assert banner.close_button.accessibleName() == "Close"
    qtbot.mouseClick(banner.close_button, LEFT)
    qtbot.mouseClick(banner.action_button, LEFT)
    assert log == [("closed",), ("acted",)]
    banner.show_notice(None)
    assert not banner.isVisible()


def test_the_card_asks_for_the_quality_report(on_screen: Any, heard: Any, qtbot: Any) -> None:
    card = on_screen(DatasetCard(), 260, 120)
    log = heard(quality=card.quality_requested)
    card.show_card(
        CardData(
            title="Register", persons="157 000 persons", badge="Synthetic", quality="3 notes", source="CBS"
        )
    )
    assert log == []
    qtbot.keyClick(card.quality_button, Qt.Key.Key_Space)
    assert log == [("quality",)]
    assert card.toolTip() == "CBS"


def test_the_card_says_in_words_what_nobody_should_overlook(on_screen: Any) -> None:
    card = on_screen(DatasetCard(), 260, 200)
    said = "Empty or unknown throughout in persons: “sex”."
    card.show_card(CardData(title="Register", persons="10 persons", warning=said))
    [label] = [one for one in card.findChildren(QLabel) if one.text() == said]
    assert label.isVisible()
    assert said in card.accessibleDescription()
    card.show_card(CardData(title="Register", persons="10 persons"))
    assert not label.isVisible()
