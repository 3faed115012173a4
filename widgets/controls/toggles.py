"""Buttons: a word with a box to tick, and what a button shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QWidget


class Toggle(QCheckBox):
    """A word with a box to tick.

    Signals
    -------
    switched(bool)
        The user switched it.
    """

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self.switched)

    def show_toggle(self, text: str, *, on: bool, enabled: bool = True, tooltip: str = "") -> None:
        """Show the word, whether it is on, and whether it can act; `tooltip` says why not."""
        with QSignalBlocker(self):
            show_button(self, text, enabled=enabled, tooltip=tooltip)
            self.setChecked(on)


def link_button(clicked: Callable[[], object] | SignalInstance) -> QPushButton:
    """Return a button that looks like a link."""
    button = QPushButton()
    button.setProperty("kind", "link")
    button.clicked.connect(clicked)
    return button


def show_button(button: QAbstractButton, text: str, *, enabled: bool = True, tooltip: str = "") -> None:
    """Show a button's word and state; nothing moves when they are shown already."""
    if button.text() != text:
        button.setText(text)
        button.setAccessibleName(text.replace("&", ""))
    if button.toolTip() != tooltip:
        button.setToolTip(tooltip)
        button.setAccessibleDescription(tooltip)
    if button.isEnabled() != enabled:
        button.setEnabled(enabled)
