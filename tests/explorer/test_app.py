"""Reading begins once: after the first paint, or without one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from explorer import app


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_reading_begins_after_the_first_paint(qtbot, window, monkeypatch):
    monkeypatch.setattr(app, "LATEST_MS", 10**9)
    begun = []
    app.FirstPaint(window, lambda: begun.append(True))
    window.show()
    qtbot.waitUntil(lambda: bool(begun))
    window.repaint()
    QApplication.processEvents()
    assert begun == [True]


def test_a_first_paint_that_comes_late_does_not_begin_again(qtbot, window, monkeypatch):
    monkeypatch.setattr(app, "LATEST_MS", 1)
    begun = []
    app.FirstPaint(window, lambda: begun.append(True))
    qtbot.waitUntil(lambda: bool(begun))
    window.show()
    window.repaint()
    for _ in range(5):
        QApplication.processEvents()
    assert begun == [True]
