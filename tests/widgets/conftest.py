from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.controls.style import apply_theme
from widgets.pictures.palette import LIGHT

W = TypeVar("W", bound=QWidget)


NOWHERE = QPoint(9999, 9999)
"""Beyond every window."""


@pytest.fixture
def on_screen(qapp: QApplication, qtbot: QtBot) -> Callable[..., Any]:
    """Show a widget in the program's look, in an active window, so that the keyboard reaches it."""
    if not qapp.styleSheet():
        apply_theme(qapp, LIGHT)

    # Where another test left the mouse, a new window would lie under the hand and show it.
    QCursor.setPos(NOWHERE)
    kept: list[QWidget] = []

    def place(widget: W, width: int = 600, height: int = 400) -> W:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qapp.processEvents()
        return widget

    return place


@pytest.fixture
def heard() -> Callable[..., list[tuple[Any, ...]]]:
    """Return a list that grows with every emission of the given signals: name, then arguments."""

    def listen(**signals: Any) -> list[tuple[Any, ...]]:
        log: list[tuple[Any, ...]] = []
        for name, signal in signals.items():
            signal.connect(lambda *values, name=name: log.append((name, *values)))
        return log

    return listen


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[], None]:
    """Let layouts and deletions happen."""

    def wait() -> None:
        for _ in range(3):
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            qapp.processEvents()

    return wait
