"""Several of many values: a button that says which, and a list that stays open while they are ticked."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QStyleOptionButton, QWidget

from widgets.controls.boxes import column
from widgets.controls.fields import Field, FormField
from widgets.controls.toggles import Toggle, show_button

_LETTERS = 34
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class SeveralField(Field):
    """A button with what is chosen; it opens a list to tick. The order of choosing is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = FormField(name="", label="", kind="several", value=())
        self.button = _OpenButton()
        self.button.clicked.connect(self.open)
        self.popup = _Ticks(self)
        self._take(self.button)

    def show_field(self, field: FormField) -> None:
        """Show what is chosen, on the button and in the list, open or not."""
        self._field = field
        self._show_frame(field, self.button)
        names = [text for value, text in field.choices if value in field.value]
        whole = ", ".join(names) or "–"
        short = whole if len(whole) <= _LETTERS else f"{len(names)} / {len(field.choices)}"
        show_button(
            self.button,
            (field.summary or short).replace("&", "&&"),
            enabled=field.enabled,
            tooltip=field.tooltip or whole,
        )
        self.button.setAccessibleName(f"{field.label}: {field.summary or short}")
        self.popup.setAccessibleName(field.label)
        self.popup.show_ticks(tuple((text, value in field.value) for value, text in field.choices))

    def open(self) -> None:
        """Open the list under the button, or above it where the screen ends."""
        self.popup.adjustSize()
        room = self.button.screen().availableGeometry()
        place = self.button.mapToGlobal(QPoint(0, self.button.height() + 2))
        if place.y() + self.popup.height() > room.bottom():
            above = self.button.mapToGlobal(QPoint(0, -2)).y() - self.popup.height()
            place.setY(max(above, room.top()))
        place.setX(max(min(place.x(), room.right() - self.popup.width()), room.left()))
        self.popup.move(place)
        self.popup.show()
        self.popup.go(0)

    def switch(self, at: int, on: bool) -> None:
        """Add or remove the value at `at`, and say so."""
        value: Any = self._field.choices[at][0]
        others = tuple(one for one in self._field.value if one != value)
        self.changed.emit((*others, value) if on else others)


class _OpenButton(QPushButton):
    """A button with the sign of a list, without a menu, which would close at every choice."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Have the sign painted."""
        super().initStyleOption(option)
        option.features |= QStyleOptionButton.ButtonFeature.HasMenu

    def sizeHint(self) -> QSize:
        """Room for the sign."""
        hint = super().sizeHint()
        return QSize(hint.width() + 16, hint.height())


class _Tick(Toggle):
    """A row of the list, from edge to edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")

    def hitButton(self, place: QPoint) -> bool:
        """Take a click anywhere on the row."""
        return self.rect().contains(place)


class _Ticks(QFrame):
    """The list; Up and Down move along it, Space ticks, Enter and Escape close."""

    def __init__(self, field: SeveralField) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setProperty("surface", "panel")
        self._field = field
        self.boxes: list[_Tick] = []
        self._count = 0
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setProperty("surface", "plain")
        # Margins and gaps belong to the rows, so that every click between the edges ticks one.
        self._column = column(self._inside)
        self._area.setWidget(self._inside)
        column(self, self._area, margins=(1, 1, 1, 1))

    def show_ticks(self, ticks: tuple[tuple[str, bool], ...]) -> None:
        """Show one box a choice; boxes are used again."""
        while len(self.boxes) < len(ticks):
            box = _Tick()
            box.switched.connect(partial(self._field.switch, len(self.boxes)))
            self.boxes.append(box)
            self._column.addWidget(box)
        self._count = len(ticks)
        for at, box in enumerate(self.boxes):
            box.setVisible(at < len(ticks))
            if at < len(ticks):
                box.show_toggle(ticks[at][0].replace("&", "&&"), on=ticks[at][1])
        hint = self._inside.sizeHint()
        high = min(hint.height(), self.fontMetrics().height() * 16)
        bar = self._area.verticalScrollBar().sizeHint().width() if high < hint.height() else 0
        self._area.setMinimumSize(hint.width() + bar, high)
        self._area.setMaximumHeight(high)

    def go(self, at: int) -> None:
        """Give the keyboard to the box at `at`."""
        if self._count:
            box = self.boxes[min(max(at, 0), self._count - 1)]
            box.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(box, 0, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the boxes, or close."""
        key = Qt.Key(event.key())
        present = self.focusWidget()
        at = self.boxes.index(present) if isinstance(present, _Tick) and present in self.boxes else 0
        if key in _STEPS:
            self.go(at + _STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.hide()
        else:
            super().keyPressEvent(event)
