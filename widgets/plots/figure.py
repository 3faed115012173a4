"""What all drawn figures share: head, veil, the sentence of an empty one, the frame, and what they say aloud."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.labels import ElidedLabel, TextLabel
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.empty import EmptyState
from widgets.plots.keys import BY_KEYBOARD, FONT_EVENTS
from widgets.plots.painted_page import PaintedPage
from widgets.plots.reading import ReadingBox
from widgets.plots.room import LEAST
from widgets.plots.veil import Veil


class Figure(QWidget):
    """A figure with the name of its values and a badge above it.

    Signals
    -------
    hovered(object)
        The month (a float) under the hand, or None when it has left.
    brushed(object), rule_moved(str, float), rule_dropped(str, float)
        As of `widgets.plots.stage.Painter`. All of them on user action only.
    """

    hovered = Signal(object)
    brushed = Signal(object)
    rule_moved = Signal(str, float)
    rule_dropped = Signal(str, float)

    def __init__(self, chart: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: Any = chart
        self.theme = LIGHT
        self._name = ElidedLabel(tone="muted", parent=self)
        self._badge = TextLabel(tone="muted", parent=self)
        self._empty = EmptyState(self)
        self._veil = Veil(self)
        self._reading = ReadingBox(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST)

    def rearrange(self) -> None:
        """Give every part its place for the size of the figure and of the text."""
        raise NotImplementedError

    def show_ring(self, shown: bool) -> None:
        """Frame the figure while the keyboard is here."""
        raise NotImplementedError

    def show_head(self, chart: Any, theme: Theme, name: str) -> None:
        """Take `chart` and its theme, and show what stands above it; `name` is that of the values."""
        self.chart, self.theme = chart, theme
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self._badge.show_text(chart.badge)
        self._name.show_text(name)
        self._name.setVisible(not chart.empty)
        self._veil.show_theme(theme)
        self._empty.setVisible(bool(chart.empty))
        if chart.empty:
            self._empty.show_sentence(chart.empty, theme)

    def arrange_head(self) -> PaintedPage:
        """Place what stands above the figure; return the room under it as a page in the pixels of the figure."""
        width, height = self.width(), self.height()
        badge = self._badge.sizeHint().width() if self.chart.badge else 0
        head = max(self._name.sizeHint().height(), self._badge.sizeHint().height())
        self._badge.setGeometry(width - badge, 0, badge, head)
        self._name.setGeometry(0, 0, max(0, width - badge - 12), head)
        self._veil.setGeometry(self.rect())
        self._empty.setGeometry(0, head, width, max(0, height - head))
        return PaintedPage(self.theme, Box(0, head, width, max(1, height - head)))

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the picture while a newer one is counted."""
        self._veil.setVisible(dimmed)
        self._veil.raise_()

    def announce(self, text: str) -> None:
        """Say `text` to those who cannot see the figure."""
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the keyboard came here by the keyboard."""
        super().focusInEvent(event)
        self.show_ring(event.reason() in BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.show_ring(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew for the size."""
        super().resizeEvent(event)
        self.rearrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange anew for another size of text."""
        super().changeEvent(event)
        if event.type() in FONT_EVENTS and hasattr(self, "_reading"):
            self.rearrange()
