"""A form in a flow: what can be asked of a figure, each control with its name."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.fields import ChoiceField, Field, FormField, Kind, NumberField, SwitchField, TextField
from widgets.flow import FlowLayout
from widgets.several import SeveralField

__all__ = ["Form", "FormField"]

_KINDS: Final[dict[Kind, type[Field]]] = {
    "choice": ChoiceField,
    "several": SeveralField,
    "number": NumberField,
    "switch": SwitchField,
    "text": TextField,
}


class Form(QWidget):
    """Labelled controls beside each other, as many in a row as there is room for.

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
        self._flow = FlowLayout(self, gap=16, row_gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self._fields)

    def control(self, name: str) -> Field:
        """Return the control of the field called `name`."""
        return self._controls[name]

    def show_form(self, fields: tuple[FormField, ...]) -> None:
        """Show `fields` in this order; controls that stay keep the keyboard, an open list and what is being typed."""
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
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for name, kind in wanted.items():
            if name not in self._controls:
                self._controls[name] = self._make(name, kind)
        order = [self._controls[name] for name in wanted]
        for control in order:
            self._flow.removeWidget(control)
            self._flow.addWidget(control)
        stops = [stop for control in order for stop in control.stops]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _make(self, name: str, kind: type[Field]) -> Field:
        control = kind(self)
        control.changed.connect(partial(self.changed.emit, name))
        control.started.connect(partial(self.started.emit, name))
        control.finished.connect(partial(self.finished.emit, name))
        control.show()
        return control
