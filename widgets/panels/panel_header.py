"""The head of a figure: what it shows, which measure, what is drawn with it, and how to take it out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.combos import MeasureBox
from widgets.controls.labels import ElidedLabel
from widgets.controls.toggles import Toggle, show_button
from widgets.panels.panel_data import ControlState, PanelData

_GAP = 6


class Control(QObject):
    """One thing to do in the head: a button where there is room, else an entry of the menu.

    Signals
    -------
    asked(bool)
        The user used it, in either form; whether it is on now, if it can be on.
    """

    asked = Signal(bool)

    def __init__(self, *, toggle: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.state = ControlState()
        self.action = QAction(self)
        self.action.setCheckable(toggle)
        self.action.triggered.connect(self.asked)
        self.button: Toggle | QPushButton
        if toggle:
            self.button = Toggle()
            self.button.switched.connect(self.asked)
        else:
            self.button = QPushButton()
            self.button.setProperty("kind", "quiet")
            self.button.clicked.connect(self.asked)

    def show_state(self, state: ControlState) -> None:
        """Show words and state on the button and in the menu."""
        self.state = state
        if isinstance(self.button, Toggle):
            self.button.show_toggle(state.text, on=state.on, enabled=state.enabled, tooltip=state.tooltip)
        else:
            show_button(self.button, state.text, enabled=state.enabled, tooltip=state.tooltip)
        self.action.setText(state.text)
        self.action.setEnabled(state.enabled)
        self.action.setToolTip(state.tooltip)
        self.action.setChecked(state.on and self.action.isCheckable())

    @property
    def width(self) -> int:
        """The room its button takes, with a gap."""
        return self.button.sizeHint().width() + _GAP


class PanelHeader(QWidget):
    """Title and controls in two rows; where they do not fit, controls go into a menu with words.

    First go those that are needed least (lock, explain, float), then all.

    Signals
    -------
    measure_chosen(str)
        The user chose another measure. What else there is to do is asked of its control.
    """

    measure_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: PanelData | None = None
        self._compact = False
        self._title = ElidedLabel(scale=1.2, bold=True)
        self._subtitle = ElidedLabel(tone="muted")
        self.measure_box = MeasureBox()
        self.measure_box.activated.connect(self._choose_measure)
        self._make_controls()
        self._make_menu()
        self._arrange()

    def show_header(self, data: PanelData) -> None:
        """Show title, controls and their state; what is the same is not written again."""
        before, self._data = self._data, data
        if before is not None and replace(before, note=data.note, description=data.description) == data:
            return
        self._title.show_text(data.title)
        self._title.setAccessibleDescription(data.subtitle)
        self._subtitle.show_text(data.subtitle)
        self.measure_box.show_measures(data.measures, data.measure, data.measure_text)
        states = (data.interval, data.published, data.lock, data.explain, data.afloat, data.save)
        for control, state in zip(self._controls, states, strict=True):
            control.show_state(state)
        show_button(self.menu_button, data.options_text)
        self._fold()

    def set_compact(self, compact: bool) -> None:
        """Keep to one row: title and menu; the measures go into the menu too."""
        if compact != self._compact:
            self._compact = compact
            self._fold()

    def minimumSizeHint(self) -> QSize:
        """Room for the folded head, so that the panel can be made narrow enough to fold it."""
        title = self._title.minimumSizeHint().width() + 8
        menu = self.menu_button.sizeHint().width()
        height = super().minimumSizeHint().height()
        if self._in_one_row:
            return QSize(title + menu, height)
        return QSize(max(title, self.measure_box.minimumSizeHint().width() + menu + _GAP), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls into the menu, or back, at the new width."""
        super().resizeEvent(event)
        self._fold()

    @property
    def _in_one_row(self) -> bool:
        return self._compact and self._data is not None and bool(self._data.options_text)

    def _make_controls(self) -> None:
        self.interval, self.published, self.lock = (Control(toggle=True, parent=self) for _ in range(3))
        self.explain, self.afloat, self.save = (Control(toggle=False, parent=self) for _ in range(3))
        self._first = (self.interval, self.published, self.save)
        self._controls = (self.interval, self.published, self.lock, self.explain, self.afloat, self.save)

    def _make_menu(self) -> None:
        self.menu_button = QPushButton()
        self.menu_button.setProperty("kind", "menu")
        self.menu = QMenu(self.menu_button)
        self.menu.setToolTipsVisible(True)
        self.measure_menu = QMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu_button.setMenu(self.menu)

    def _arrange(self) -> None:
        self._titles = row(None, self._title, 1, self.measure_box, gap=8)
        controls = [control.button for control in self._controls]
        self._buttons = row(None, (self._subtitle, 1), 0, *controls, self.menu_button, gap=_GAP)
        self._rows = column(self, self._titles, self._buttons, gap=2)

    def _fold(self) -> None:
        """Show buttons where they leave the subtitle its room, else the menu."""
        if self._data is None:
            return
        if self._in_one_row:
            self._move(self.menu_button, self._buttons, self._titles)
            shown: tuple[Control, ...] = ()
            self.measure_box.hide()
            self._subtitle.hide()
            entries = bool(self._present(self._controls)) or bool(self._data.measures)
        else:
            self._move(self.menu_button, self._titles, self._buttons)
            self.measure_box.setVisible(bool(self._data.measures))
            narrow = self._narrow()
            self._subtitle.setVisible(not narrow and not self._compact)
            shown = self._fitting(narrow)
            entries = len(shown) < len(self._present(self._controls))
        for control in self._controls:
            control.button.setVisible(control in shown)
        self.menu_button.setVisible(entries)
        self._rows.activate()

    def _fitting(self, narrow: bool) -> tuple[Control, ...]:
        """Return the controls that stand as buttons: all, the first few, or none."""
        assert self._data is not None
        everything, first = self._present(self._controls), self._present(self._first)
        if not self._data.options_text:
            return everything
        words = self.measure_box.sizeHint().width() if narrow else min(self._subtitle.sizeHint().width(), 160)
        room = self.width() - words - 10
        if sum(control.width for control in everything) <= room:
            return everything
        menu = self.menu_button.sizeHint().width() + _GAP
        if len(first) < len(everything) and sum(control.width for control in first) + menu <= room:
            return first
        return ()

    def _narrow(self) -> bool:
        """Let the measures go down a row, where the subtitle was, when the title would lose letters to them."""
        assert self._data is not None
        parts = (self._title, self.measure_box)
        needed = sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden()) + 8
        narrow = needed > self.width() and bool(self._data.measures)
        at, other = (self._buttons, self._titles) if narrow else (self._titles, self._buttons)
        self._move(self.measure_box, other, at, 0 if narrow else -1)
        return narrow

    @staticmethod
    def _move(widget: QWidget, other: QHBoxLayout, row: QHBoxLayout, at: int = -1) -> None:
        if row.indexOf(widget) < 0:
            other.removeWidget(widget)
            row.insertWidget(at, widget)

    @staticmethod
    def _present(controls: tuple[Control, ...]) -> tuple[Control, ...]:
        return tuple(control for control in controls if control.state.text)

    def _fill_menu(self) -> None:
        """Put into the menu what has no button now."""
        if self._data is None:
            return
        self.menu.clear()
        if self._in_one_row and self._data.measures:
            self._fill_measures(self._data)
            self.menu.addMenu(self.measure_menu)
        for group in (self._controls[:3], self._controls[3:5], self._controls[5:]):
            actions = [control.action for control in self._present(group) if control.button.isHidden()]
            if actions and not self.menu.isEmpty():
                self.menu.addSeparator()
            self.menu.addActions(actions)

    def _fill_measures(self, data: PanelData) -> None:
        self.measure_menu.clear()
        self.measure_menu.setTitle(data.measure_text.replace("&", "&&"))
        for key, label in data.measures:
            entry = self.measure_menu.addAction(label.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(key == data.measure)
            entry.triggered.connect(partial(self._ask_measure, key))

    def _choose_measure(self, at: int) -> None:
        key = self.measure_box.itemData(at)
        if isinstance(key, str):
            self._ask_measure(key)

    def _ask_measure(self, key: str, _on: bool = True) -> None:
        if self._data is not None and key != self._data.measure:
            self.measure_chosen.emit(key)
