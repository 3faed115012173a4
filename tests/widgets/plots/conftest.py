from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@pytest.fixture(autouse=True)
def no_button_is_held(qapp: QApplication) -> Iterator[None]:
    """Let the mouse of the tests go: a double click, or a test that ends in a drag, leaves a button held."""
    yield
    QTest.mouseRelease(QWidget(), Qt.MouseButton.LeftButton)
