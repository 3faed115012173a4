"""Choices of a word or two: a button that is on or off, and a row of buttons of which one is on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from widgets.controls.style import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One of the choices of a `Segments` row; `tooltip` says why it is disabled, if it is."""

    key: str
    text: str
    enabled: bool = True
    tooltip: str = ""


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


class Segments(QFrame):
    """A row of buttons of which exactly one is on; Left and Right move along it.

    Signals
    -------
    chosen(str)
        Key of the choice the user made.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: list[QPushButton] = []
        self._choices: tuple[Segment, ...] = ()
        self._chosen = ""

    def show_segments(self, choices: tuple[Segment, ...], chosen: str, name: str = "") -> None:
        """Show `choices` with `chosen` on; `name` is what is chosen, for a screen reader."""
        self.setAccessibleName(name)
        while len(self._buttons) < len(choices):
            self._add()
        self._choices = choices
        self._chosen = chosen
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(choices))
            if at < len(choices):
                choice = choices[at]
                show_button(button, choice.text, enabled=choice.enabled, tooltip=choice.tooltip)
                button.setChecked(choice.key == chosen)
                mark(button, "place", _place(at, len(choices)))

    def _add(self) -> None:
        button = _SegmentButton(self)
        at = len(self._buttons)
        button.clicked.connect(lambda: self._choose(at))
        self._buttons.append(button)
        self._group.addButton(button)
        self._row.addWidget(button)

    def _choose(self, at: int) -> None:
        if self._choices[at].key != self._chosen:
            self._chosen = self._choices[at].key
            self.chosen.emit(self._chosen)


class _SegmentButton(QPushButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("kind", "segment")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys choose, as in any group of exclusive buttons; Return presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


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


def _place(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if at == 0 else "last" if at == count - 1 else "middle"
