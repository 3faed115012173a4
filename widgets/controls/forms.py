"""A form in a flow: what can be asked of a figure, each control with its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.controls.fields import ChoiceField, Field, FormField, Kind, NumberField, SwitchField, TextField
from widgets.controls.focus import chain_stops
from widgets.controls.labels import size_by_width
from widgets.controls.several import SeveralField
from widgets.controls.toggles import show_button

__all__ = ["FoldWords", "Form", "FormField"]

_KINDS: Final[dict[Kind, type[Field]]] = {
    "choice": ChoiceField,
    "several": SeveralField,
    "number": NumberField,
    "switch": SwitchField,
    "text": TextField,
}


GAP: Final = 16
ROW_GAP: Final = 6
MOST_ROWS: Final = 2
"""Rows of a form that is folded: a figure below a longer one would have no room."""
GIVES_IN: Final = 0.9
"""A control takes at least this part of the room it asks for, rather than begin another row."""


@dataclass(frozen=True, slots=True)
class FoldWords:
    """What the button of a folded form says: how many controls there are more, and that there may be fewer."""

    more: Callable[[int], str]
    less: str


class Form(QWidget):
    """Labelled controls beside each other, as many in a row as there is room for.

    Of more than two rows the rest is folded away behind a button, until the user opens it.

    Signals
    -------
    changed(str, object)
        Name of a field and its new value.
    started(str), finished(str)
        The user took hold of a number and let go; `changed` comes between, often.
    """

    changed = Signal(str, object)
    started = Signal(str)
    finished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[FormField, ...] = ()
        self._controls: dict[str, Field] = {}
        self._open = False
        self._words: FoldWords | None = None
        self.fold_button = QPushButton(self)
        self.fold_button.setProperty("kind", "quiet")
        self.fold_button.clicked.connect(self._turn)
        self.fold_button.hide()
        size_by_width(self)

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self._fields)

    def control(self, name: str) -> Field:
        """Return the control of the field called `name`."""
        return self._controls[name]

    def show_form(self, fields: tuple[FormField, ...], words: FoldWords | None = None) -> None:
        """Show `fields` in this order; controls that stay keep the keyboard, an open list and what is being typed.

        Without `words` for its button the form is never folded.
        """
        if words != self._words:
            self._words = words
            self._relaid()
        if fields == self._fields:
            return
        shape = [(field.name, field.kind) for field in fields]
        reshaped = shape != [(field.name, field.kind) for field in self._fields]
        self._fields = fields
        if reshaped:
            self._reshape()
        for field in fields:
            self._controls[field.name].show_field(field)

    def _reshape(self) -> None:
        wanted = {field.name: _KINDS[field.kind] for field in self._fields}
        for name in [
            name for name, control in self._controls.items() if wanted.get(name) is not type(control)
        ]:
            old = self._controls.pop(name)
            old.hide()
            old.deleteLater()
        for name, kind in wanted.items():
            if name not in self._controls:
                self._controls[name] = self._make(name, kind)
        order = [self._controls[name] for name in wanted]
        self._controls = dict(zip(wanted, order, strict=True))
        self._relaid()
        stops = [*(stop for control in order for stop in control.stops), self.fold_button]
        chain_stops(stops)

    def _turn(self) -> None:
        """The user folds the form, or opens it."""
        self._open = not self._open
        self._relaid()

    def _relaid(self) -> None:
        self.updateGeometry()
        self._place(self.width(), move=True)

    # The controls are placed by hand: they come and go, and of an item that leaves a layout written in Python a wrapper
    # stays behind that later stands for whatever Qt puts in its place.

    def hasHeightForWidth(self) -> bool:
        """Rows depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the size of everything on one row."""
        hints = [control.sizeHint() for control in self._controls.values()]
        wide = sum(hint.width() + GAP for hint in hints) - GAP
        return QSize(max(wide, 0), max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest control at its narrowest."""
        least = [control.minimumSizeHint() for control in self._controls.values()]
        return QSize(
            max((size.width() for size in least), default=0),
            max((size.height() for size in least), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put every control in its row."""
        super().resizeEvent(event)
        self._place(event.size().width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Place anew when a control wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._relaid()
        return super().event(event)

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the controls out in rows of at most `width`; return the height of all."""
        y = 0
        rows = self._folded(width)
        if move:
            self._show_what_is_in(rows)
        for row in rows:
            hints, widths = [control.sizeHint() for control in row], _fitted(row, width)
            height = max(hint.height() for hint in hints)
            if move:
                starts = accumulate((wide + GAP for wide in widths[:-1]), initial=0)
                for control, hint, x, wide in zip(row, hints, starts, widths, strict=True):
                    control.setGeometry(x, y + (height - hint.height()) // 2, wide, hint.height())
            y += height + ROW_GAP
        return max(y - ROW_GAP, 0)

    def _folded(self, width: int) -> list[list[QWidget]]:
        """Return what is shown, by row: all, or of many rows the first and the button that opens the rest."""
        controls = list(self._controls.values())
        rows = self._rows(width, controls)
        if self._words is None or len(rows) <= MOST_ROWS:
            return rows
        if self._open:
            return self._rows(width, [*controls, self.fold_button])
        while len(rows := self._rows(width, [*controls, self.fold_button])) > MOST_ROWS and controls:
            controls.pop()
        return rows

    def _show_what_is_in(self, rows: list[list[QWidget]]) -> None:
        shown = {id(widget) for row in rows for widget in row}
        hidden = [field.label for field in self._fields if id(self._controls[field.name]) not in shown]
        lost = any(
            stop.hasFocus()
            for control in self._controls.values()
            if id(control) not in shown
            for stop in control.stops
        )
        for control in self._controls.values():
            control.setVisible(id(control) in shown)
        folds = id(self.fold_button) in shown
        if folds and self._words is not None:
            text = self._words.more(len(hidden)) if hidden else self._words.less
            show_button(self.fold_button, text, enabled=True, tooltip=", ".join(hidden))
        self.fold_button.setVisible(folds)
        if lost and folds:
            self.fold_button.setFocus()

    @staticmethod
    def _rows(width: int, controls: Sequence[QWidget]) -> list[list[QWidget]]:
        """Return the controls by row, as many in each as fit when they give in a little."""
        rows: list[list[QWidget]] = []
        left = 0
        for control in controls:
            least = _least(control)
            if not rows or least > left:
                rows.append([])
                left = width
            rows[-1].append(control)
            left -= least + GAP
        return rows

    def _make(self, name: str, kind: type[Field]) -> Field:
        control = kind(self)
        control.changed.connect(partial(self.changed.emit, name))
        control.started.connect(partial(self.started.emit, name))
        control.finished.connect(partial(self.finished.emit, name))
        control.show()
        return control


def _least(control: QWidget) -> int:
    """Return how narrow a control may become for the sake of another in its row."""
    return max(control.minimumSizeHint().width(), ceil(control.sizeHint().width() * GIVES_IN))


def _fitted(row: list[QWidget], width: int) -> list[int]:
    """Return the widths of the controls of a row: what they ask, or each as much less as it may."""
    asked, least = [control.sizeHint().width() for control in row], [_least(control) for control in row]
    over = sum(asked) + GAP * (len(row) - 1) - width
    if over <= 0:
        return asked
    if len(row) == 1:
        return [max(width, row[0].minimumSizeHint().width())]
    part = over / max(sum(asked) - sum(least), 1)
    return [floor(wide - (wide - low) * part) for wide, low in zip(asked, least, strict=True)]
