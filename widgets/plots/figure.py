"""What all drawn figures share: the places of their parts, the frame, and what they say aloud."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.pictures.page import Box
from widgets.plots.keys import BY_KEYBOARD, FONT_EVENTS
from widgets.plots.painted_page import PaintedPage
from widgets.plots.painter import Painter
from widgets.plots.reading import ReadingBox


class Figure(Painter):
    """A figure that arranges its parts itself."""

    def __init__(self, chart: Any, parent: QWidget | None = None) -> None:
        super().__init__(chart, parent)
        self._reading = ReadingBox(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def rearrange(self) -> None:
        """Give every part its place for the size of the figure and of the text."""
        raise NotImplementedError

    def show_ring(self, shown: bool) -> None:
        """Frame the figure while the keyboard is here."""
        raise NotImplementedError

    def arrange_head(self) -> PaintedPage:
        """Place what stands above the figure; return the room under it as a page in the pixels of the figure."""
        width, height = self.width(), self.height()
        badge = self._badge.sizeHint().width() if self.chart.badge else 0
        head = max(self._name.sizeHint().height(), self._badge.sizeHint().height())
        self._name.setVisible(not self.chart.empty)
        self._badge.setGeometry(width - badge, 0, badge, head)
        self._name.setGeometry(0, 0, max(0, width - badge - 12), head)
        self._veil.setGeometry(self.rect())
        self._empty.setGeometry(0, head, width, max(0, height - head))
        return PaintedPage(self.theme, Box(0, head, width, max(1, height - head)))

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
