"""The box that reads one spot of a picture: words in lines, wrapped where they are wide."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.pictures.layout.fitting import wrap
from widgets.pictures.page import Box, widest
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.painted_page import PaintedPage

PAD: Final = 9.0
AWAY: Final = 12.0
MOST_LINES: Final = 12
WIDEST: Final = 340.0
LEAST_LINES: Final = 5.0
"""It is at least so many lines of text wide."""


class SpotBox(QWidget):
    """Lies over the picture beside the spot it reads; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = parent
        self._theme = LIGHT
        self._lines: list[tuple[str, bool]] = []
        self._text = ""
        self.hide()

    def show_words(self, heading: str, text: str, theme: Theme) -> None:
        """Show `heading` in muted letters and the lines of `text` under it; nothing without a text."""
        self._theme = theme
        parts = [part for part in text.split("\n") if part.strip()]
        self._text = ". ".join(part for part in (heading, *parts) if part) if parts else ""
        if not parts:
            self.hide()
            return
        page = self._page()
        room = max(min(WIDEST, self._picture.width() * 0.7), page.line * LEAST_LINES) - 2 * PAD
        self._lines = []
        for part, muted in [*((one, True) for one in (heading,) if one), *((one, False) for one in parts)]:
            self._lines += [(line, muted) for line in wrap(page, part, room, 3)[0]]
        self._lines = self._lines[:MOST_LINES]
        wide = widest(page, [line for line, _ in self._lines])
        self.resize(round(wide + 2 * PAD + 1), round(page.line * len(self._lines) + 2 * PAD))
        self.update()
        self.show()
        self.raise_()

    def text(self) -> str:
        """Return the words for a screen reader."""
        return self._text

    def place(self, spot: QRectF) -> None:
        """Stand beside `spot`, inside the picture, without covering it where there is another place."""
        area = QRectF(self._picture.rect())
        width, height = self.width(), self.height()
        best, least = QPointF(), float("inf")
        middle = spot.center()
        places = (
            (spot.right() + AWAY, middle.y() - height - AWAY),
            (spot.left() - AWAY - width, middle.y() - height - AWAY),
            (spot.right() + AWAY, middle.y() + AWAY),
            (spot.left() - AWAY - width, middle.y() + AWAY),
            (middle.x() - width / 2, spot.top() - AWAY - height),
            (middle.x() - width / 2, spot.bottom() + AWAY),
        )
        for order, (left, top) in enumerate(places):
            x = min(max(left, area.left()), area.right() - width)
            y = min(max(top, area.top()), area.bottom() - height)
            box = QRectF(x, y, width, height)
            moved = abs(x - left) + abs(y - top)
            cost = order + moved + 1000 * box.adjusted(-4, -4, 4, 4).intersects(spot)
            if cost < least:
                best, least = box.topLeft(), cost
        self.move(round(best.x()), round(best.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        page = self._page(painter)
        for place, (text, muted) in enumerate(self._lines):
            hue = self._theme.muted if muted else self._theme.text
            page.write(text, PAD, PAD + page.line * (place + 0.5), hue)

    def _page(self, painter: QPainter | None = None) -> PaintedPage:
        return PaintedPage(self._theme, Box(0, 0, self.width(), self.height()), painter)


def offers_whole(picture: Any, event: QEvent) -> bool:
    """Show as a tooltip what `picture.whole_text` has of the words under the mouse; return whether this was asked."""
    if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
        return False
    text = picture.whole_text(QPointF(event.pos()))
    if text:
        QToolTip.showText(event.globalPos(), text, picture)
    else:
        QToolTip.hideText()
    return True
