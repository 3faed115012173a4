"""The place of the figures: one fills it, several stand in a grid, any can float in a window of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.controls.boxes import column
from widgets.controls.messages import MessagePanel, PanelMessage
from widgets.panels.tiles import Rows, Tiles

THREE_FROM: Final = 940
TWO_FROM: Final = 560
"""Widths of the desk from which figures stand three and two in a row, where they fit."""
LEAST_HEIGHT: Final = 250
"""Height that each figure keeps; below it the desk scrolls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskData:
    """Which panels stand on the desk, in order, which float, and what all are called.

    `columns` is the number in a row; 0 leaves it to the width of the desk. `away` stands on the desk where all figures
    are in windows of their own; the keys of its buttons are the numbers of panels to bring back.
    """

    docked: tuple[int, ...]
    floating: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    columns: int = 0
    away: PanelMessage | None = None


class Desk(QScrollArea):
    """Arranges panels that live as long as it does; those not shown are hidden and kept.

    Signals
    -------
    float_closed(int)
        The user closed the window of a floating panel, which is back on the desk.
    """

    float_closed = Signal(int)

    def __init__(self, panels: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = tuple(panels)
        self._data = DeskData(docked=())
        self._rows: Rows = ()
        self._window: QWidget | None = None
        self._floats = tuple(FloatWindow(self) for _ in self._panels)
        for index, window in enumerate(self._floats):
            window.closed.connect(partial(self._closed, index))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("surface", "plain")
        self._tiles = Tiles(self._panels, LEAST_HEIGHT)
        self._tiles.setProperty("surface", "plain")
        self.setWidget(self._tiles)
        self.away = MessagePanel(self)
        self.away.chosen.connect(lambda key: self._closed(int(key)))
        self.away.hide()

    @property
    def rows(self) -> Rows:
        """The panels that stand on the desk, row by row."""
        return self._rows

    @property
    def columns(self) -> int:
        """Panels in a row."""
        return max((len(row) for row in self._rows), default=1)

    def show_desk(self, data: DeskData) -> None:
        """Arrange the panels; nothing moves, and nothing is painted, where the arrangement is the same."""
        if data == self._data:
            return
        moved = data.docked != self._data.docked
        self._data = data
        focus = self._focus()
        self.setUpdatesEnabled(False)
        for index, window in enumerate(self._floats):
            if index in data.floating:
                self._lift(index, data.titles[index] if index < len(data.titles) else "")
            elif window.panel is not None:
                window.give_back()
                self._tiles.adopt(index)
        self._arrange()
        self._show_away()
        if moved:
            # Hiding what had the focus scrolls to what gets it: a page opens at its top.
            self.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)
        if focus is not None and focus.isVisible() and not focus.hasFocus():
            focus.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew where more or fewer panels fit in a row."""
        super().resizeEvent(event)
        self.away.setGeometry(self.viewport().geometry())
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Learn in which window the desk stands, to hide floating panels with it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.ParentChange) and self.window() is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = self.window()
            self._window.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide and show floating panels with the window, which is no wish of the user to put them back."""
        if watched is self._window and event.type() in (QEvent.Type.Hide, QEvent.Type.Show):
            for index, window in enumerate(self._floats):
                if index in self._data.floating and not event.spontaneous():
                    window.setVisible(event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def _focus(self) -> QWidget | None:
        focus = self.focusWidget()
        inside = focus is not None and any(panel.isAncestorOf(focus) for panel in self._panels)
        return focus if inside and focus is not None and focus.hasFocus() else None

    def _arrange(self) -> None:
        wanted = self._wanted()
        if wanted != self._rows:
            self._rows = wanted
            self.setUpdatesEnabled(False)
            self._tiles.show_tiles(wanted)
            self.setUpdatesEnabled(True)

    def _wanted(self) -> Rows:
        """Return the rows: as many columns as the width asks for and all panels fit in."""
        docked = tuple(index for index in self._data.docked if index not in self._data.floating)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        most = 3 if self.width() >= THREE_FROM else 2 if self.width() >= TWO_FROM else 1
        if len(docked) == 4 and most == 3:
            most = 2
        columns = min(self._data.columns or most, max(len(docked), 1))
        while columns > 1 and self._tiles.least_width(_rows(docked, columns)) > room:
            columns -= 1
        return _rows(docked, columns)

    def _show_away(self) -> None:
        """Where nothing stands on the desk, say where it is."""
        message = self._data.away if not self._rows else None
        if message is not None:
            self.away.show_message(message)
        self.away.setVisible(message is not None)

    def _lift(self, index: int, title: str) -> None:
        window = self._floats[index]
        window.setWindowTitle(title)
        if window.panel is None:
            window.take(self._panels[index])
            if self._window is None or self._window.isVisible():
                window.show()

    def _closed(self, index: int) -> None:
        data = self._data
        docked = data.docked if index in data.docked else (*data.docked, index)
        others = tuple(one for one in data.floating if one != index)
        self.show_desk(replace(data, docked=docked, floating=others))
        self.float_closed.emit(index)


class FloatWindow(QWidget):
    """A window for one panel; it keeps its size and place while the panel is on the desk.

    Signals
    -------
    closed()
        The user closed it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        # A tool window leaves the shortcuts of the main window in force and is not in the way of quitting.
        buttons = Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowMaximizeButtonHint
        super().__init__(parent, Qt.WindowType.Tool | buttons)
        self.panel: QWidget | None = None
        self._column = column(self, margins=(8, 8, 8, 8))
        self.resize(720, 560)

    def take(self, panel: QWidget) -> None:
        """Hold `panel`."""
        self.panel = panel
        self._column.addWidget(panel)
        panel.show()

    def give_back(self) -> None:
        """Let go of the panel and hide, without a word."""
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel = None
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the user wants the panel back on the desk."""
        super().closeEvent(event)
        if self.panel is not None:
            self.closed.emit()


def _rows(docked: tuple[int, ...], columns: int) -> Rows:
    return tuple(docked[at : at + columns] for at in range(0, len(docked), columns))
