"""A button of words gives way where there is no room, and takes it where there is."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from widgets.controls.buttons import ElidedButton


def test_a_long_title_is_whole_where_there_is_room_and_widens_nothing(on_screen: Any, settle: Any) -> None:
    window, button = QWidget(), ElidedButton()
    row = QHBoxLayout(window)
    row.addWidget(button)
    row.addWidget(QLabel("beside it"), 1)
    action = QAction("Undo", window)
    button.setDefaultAction(action)
    on_screen(window, 900, 60)
    short = window.minimumSizeHint().width()
    action.setText("Undo: " + "compare by period of settling, " * 3)
    settle()
    assert button.width() == button.sizeHint().width()
    assert button.shown_text() == button.text()
    least = button.minimumSizeHint().width()
    assert least < button.sizeHint().width() / 2
    assert window.minimumSizeHint().width() - short < button.fontMetrics().averageCharWidth() * 14
    window.resize(300, 60)
    settle()
    assert least <= button.width() < button.sizeHint().width()
    assert window.rect().contains(button.geometry())
    assert button.shown_text().startswith("Undo: ")
    assert button.shown_text().endswith("…")
