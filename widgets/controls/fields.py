"""The controls of a form: one value each, with its name, shown in place and told when a person changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QWidget

from widgets.controls.boxes import row
from widgets.controls.combos import ShortCombo
from widgets.controls.labels import TextLabel
from widgets.controls.sliders import HeldSlider
from widgets.controls.toggles import Toggle

Kind: TypeAlias = Literal["choice", "several", "number", "switch", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One control of a form.

    Attributes
    ----------
    name, label
        What a change is told under; the word before the control.
    kind, value
        ``choice``: one of the values in `choices`; ``several``: a tuple of them, in the order they were chosen;
        ``number``: from `low` to `high`, an int if it is shown as one; ``switch``: a bool; ``text``: a str.
    choices
        Values with their texts.
    low, high, step, digits, unit
        Of a number; the unit stands after it.
    enabled, tooltip
        Whether it can act; the tooltip says why not, or what it is.
    summary
        Of ``several``: what is chosen, in words ("3 of 8"); "" counts in figures.
    """

    name: str
    label: str
    kind: Kind
    value: Any
    choices: tuple[tuple[Any, str], ...] = ()
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0
    digits: int = 0
    unit: str = ""
    enabled: bool = True
    tooltip: str = ""
    summary: str = ""


class Field(QWidget):
    """A word and a control; `stops` are the widgets that take the keyboard.

    Signals
    -------
    changed(object)
        The user gave it this value.
    started(), finished()
        The user took hold of a number and let go; `changed` comes between, often.
    """

    changed = Signal(object)
    started = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops: list[QWidget] = []
        self._word = TextLabel(tone="muted")
        self._row = row(self, self._word, gap=6)

    def show_field(self, field: FormField) -> None:
        """Show word, value and state; nothing that the user holds or types is taken from the hand."""
        raise NotImplementedError

    def _take(self, control: QWidget) -> None:
        self._row.addWidget(control)
        self.stops.append(control)
        if self._word.buddy() is None:
            self._word.setBuddy(control)

    def _show_frame(self, field: FormField, *controls: QWidget) -> None:
        self._word.show_text(field.label)
        self._word.setVisible(bool(field.label))
        self._word.setEnabled(field.enabled)
        for control in controls:
            control.setAccessibleName(field.label)
            if control.toolTip() != field.tooltip:
                control.setToolTip(field.tooltip)
                control.setAccessibleDescription(field.tooltip)
            if control.isEnabled() != field.enabled:
                control.setEnabled(field.enabled)


class ChoiceField(Field):
    """One of several values, from a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[Any, str], ...] = ()
        self._waiting: FormField | None = None
        self._value: object = None
        self.box = ShortCombo(26)
        self.box.activated.connect(self._choose)
        self.box.view().installEventFilter(self)
        self._take(self.box)

    def show_field(self, field: FormField) -> None:
        """Show the list; other entries wait until an open list is closed."""
        self._value = field.value
        self._show_frame(field, self.box)
        if self.box.view().isVisible():
            self._waiting = field
            return
        self._waiting = None
        with QSignalBlocker(self.box):
            if field.choices != self._choices:
                self._choices = field.choices
                self.box.fill([text for _, text in field.choices])
            values = [value for value, _ in field.choices]
            self.box.setCurrentIndex(values.index(field.value) if field.value in values else -1)
        cut = self.box.currentText() if not field.tooltip else field.tooltip
        self.box.setToolTip(cut)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what waited when the open list closes."""
        if event.type() == QEvent.Type.Hide and self._waiting is not None:
            self.show_field(self._waiting)
        return False

    def _choose(self, at: int) -> None:
        if self._choices[at][0] != self._value:
            self._value = self._choices[at][0]
            self._waiting = None
            self.changed.emit(self._value)


class SwitchField(Field):
    """On or off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Toggle()
        self.box.switched.connect(self.changed.emit)
        self._word.hide()
        self._take(self.box)

    def show_field(self, field: FormField) -> None:
        """Show the word beside its box."""
        self.box.show_toggle(field.label, on=bool(field.value), enabled=field.enabled, tooltip=field.tooltip)


class TextField(Field):
    """A word or two, told when Enter is pressed or the user goes elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.box = QLineEdit()
        self.box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)
        self.box.editingFinished.connect(self._done)
        self._take(self.box)

    def show_field(self, field: FormField) -> None:
        """Show the text, unless the user is writing another."""
        self._value = str(field.value)
        self._show_frame(field, self.box)
        writing = self.box.hasFocus() and self.box.isModified()
        if not writing and self.box.text() != self._value:
            with QSignalBlocker(self.box):
                self.box.setText(self._value)

    def _done(self) -> None:
        self.box.setModified(False)
        if self.box.text() != self._value:
            self._value = self.box.text()
            self.changed.emit(self._value)


class NumberField(Field):
    """A number on a slider and in a box, in the way of writing of the reader's language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = FormField(name="", label="", kind="number", value=0.0)
        self._value = 0.0
        self.slider = HeldSlider()
        self.slider.started.connect(self.started)
        self.slider.moved.connect(self._slide)
        self.slider.finished.connect(self.finished)
        self.box = NumberBox()
        self.box.valueChanged.connect(self._type)
        self._take(self.slider)
        self._take(self.box)
        self._word.setBuddy(self.box)

    def show_field(self, field: FormField) -> None:
        """Show the number; a slider in the hand and digits being typed stay."""
        self._field = field
        self._show_frame(field, self.slider, self.box)
        self.slider.show_range(max(round((field.high - field.low) / field.step), 1))
        with QSignalBlocker(self.box):
            if self.box.locale() != QLocale():
                self.box.setLocale(QLocale())
            self.box.setSuffix(f"\N{NO-BREAK SPACE}{field.unit}" if field.unit else "")
            if self.box.decimals() != field.digits:
                self.box.setDecimals(field.digits)
            self.box.setRange(field.low, field.high)
            self.box.setSingleStep(field.step)
        if not self.slider.held and isinstance(field.value, (int, float)):
            self._value = float(field.value)
            self.slider.show_place(self._place(self._value))
            if not (self.box.hasFocus() and self.box.lineEdit().isModified()):
                self._write()

    def _place(self, value: float) -> int:
        return round((value - self._field.low) / self._field.step)

    def _write(self) -> None:
        if self.box.value() != self._value:
            with QSignalBlocker(self.box):
                self.box.setValue(self._value)

    def _slide(self, place: int) -> None:
        field = self._field
        self._value = min(round(field.low + place * field.step, 10), field.high)
        self._write()
        self._say()

    def _type(self, value: float) -> None:
        self._value = value
        self.slider.show_place(self._place(value))
        self.started.emit()
        self._say()
        self.finished.emit()

    def _say(self) -> None:
        whole = isinstance(self._field.value, int)
        self.changed.emit(round(self._value) if whole else self._value)


class NumberBox(QDoubleSpinBox):
    """A box for a number, told when it is typed; it leaves the wheel to the page unless it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the number only where the user has gone."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
