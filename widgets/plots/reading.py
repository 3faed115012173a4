"""The box that reads a picture at one place: a heading, rows of a name and a number, and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.pictures.layout.fitting import wrap
from widgets.pictures.layout.legend import BESIDE
from widgets.pictures.layout.naming import Name
from widgets.pictures.layout.panes import SWATCH
from widgets.pictures.layout.placing import covered
from widgets.pictures.layout.readings import Row, state_row
from widgets.pictures.page import Box, elide, widest
from widgets.pictures.palette import LIGHT, Theme, text_colour
from widgets.plots.painted_page import PaintedPage

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

PAD: Final = 9.0
COLUMN: Final = 12.0
AWAY: Final = 12.0
"""From what is read to the box."""
LEAST_NAME, LEAST_WORDS = 4.0, 6.0
"""Names and words have so much room at least, in lines of text."""
MOST_LINES: Final = 99
NOTHING: Final = np.empty((0, 2))
"""No points to keep clear of."""


class ReadingBox(QWidget):
    """Lies over the picture beside what is read; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._figure = parent
        self._theme = LIGHT
        self._heading = ""
        self._rows: Sequence[Row] = ()
        self._words: Sequence[str] = ()
        self._said = ""
        self._names_width = 0.0
        self.hide()

    def show_rows(self, heading: str, rows: Sequence[Row], theme: Theme, most: float) -> None:
        """Show rows of a name and a number; names are cut where the box would be wider than `most` pixels."""
        self._heading, self._rows, self._words, self._said, self._theme = heading, rows, (), "", theme
        page = self._page()
        around = self._indent(page) + COLUMN + widest(page, (row.reading for row in rows), bold=True) + PAD
        names = widest(page, (row.name for row in rows), bold=True)
        self._names_width = min(names, max(most - around, LEAST_NAME * page.line))
        self._fit(page, around + self._names_width, most)

    def show_words(self, heading: str, name: Name | None, text: str, theme: Theme, most: float) -> None:
        """Show a name with `text` under it, in lines that keep the box within `most` pixels."""
        self._heading, self._theme = heading, theme
        page = self._page()
        room = max(most - 2 * PAD, LEAST_WORDS * page.line)
        parts: tuple[str, ...] = ()
        if name is not None:
            indent = (SWATCH + BESIDE) * page.line
            parts, _ = wrap(page, name.label, room - indent, MOST_LINES, bold=True)
            self._rows = [
                state_row(Name(label=part, ink=name.ink), "", strong=True, signed=part is parts[0])
                for part in parts
            ]
        else:
            self._rows = ()
        lines = [line for line in text.split("\n") if line.strip()]
        self._said = ". ".join(lines)
        self._words = [part for line in lines for part in wrap(page, line, room, MOST_LINES)[0]]
        self._names_width = widest(page, parts, bold=True)
        named = self._indent(page) + self._names_width + PAD if parts else 0.0
        self._fit(page, max(widest(page, self._words) + 2 * PAD, named), most)

    def text(self) -> str:
        """Return what is read as words, for a screen reader."""
        rows = [f"{row.name}: {row.reading}" for row in self._rows if row.reading]
        name = " ".join(row.name for row in self._rows if not row.reading)
        return ". ".join(part for part in [self._heading, *rows, name, self._said] if part)

    def place(self, x: float, frame: QRectF, points: FloatArray, hand: QPointF | None) -> None:
        """Stand beside the crosshair at `x`, inside the parent, where it covers least.

        Parameters
        ----------
        frame
            The room of the curves, in the parent's own space.
        points
            Points of the curves, shape (points, 2), better not covered.
        hand
            Where the mouse is; never covered while there is another place.
        """
        area = QRectF(self._figure.rect())
        width, height = self.width(), self.height()
        best, least = QPointF(), float("inf")
        for left in (x + AWAY, x - AWAY - width):
            # When neither side has room the box slides over the crosshair rather than out of the figure.
            inside = min(max(left, area.left()), area.right() - width)
            for top in (frame.top() + 4, frame.bottom() - height - 4, area.bottom() - height):
                spot = QRectF(inside, min(max(top, area.top()), area.bottom() - height), width, height)
                cost = covered((spot.left(), spot.top(), spot.right(), spot.bottom()), points)
                cost += 400 * (abs(inside - left) > 0.5)
                cost += 1000 * (hand is not None and spot.adjusted(-8, -8, 8, 8).contains(hand))
                cost += (spot.width() * spot.height() - _shared(spot, frame)) / 1800
                if cost < least - 0.5:
                    best, least = spot.topLeft(), cost
        self.move(round(best.x()), round(best.y()))

    def place_beside(self, spot: QRectF) -> None:
        """Stand beside `spot`, inside the parent, without covering it where there is another place."""
        area, middle = QRectF(self._figure.rect()), spot.center()
        width, height = self.width(), self.height()
        best, least = QPointF(), float("inf")
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
            moved = abs(x - left) + abs(y - top)
            cost = order + moved + 1000 * QRectF(x, y, width, height).adjusted(-4, -4, 4, 4).intersects(spot)
            if cost < least:
                best, least = QPointF(x, y), cost
        self.move(round(best.x()), round(best.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading, the rows and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        page, theme = self._page().on(painter), self._theme
        middle = PAD + page.line * (0.5 if self._heading else -0.5)
        page.write(elide(page, self._heading, self.width() - 2 * PAD + 1), PAD, middle, theme.muted)
        for row in self._rows:
            middle += page.line
            if row.sign is not None:
                row.sign(page, PAD, middle)
            hue = theme.text if row.strong else text_colour(row.ink, theme)
            name = elide(page, row.name, self._names_width + 1, bold=row.strong)
            page.write(name, self._indent(page), middle, hue, bold=row.strong)
            right = self.width() - PAD
            page.write(row.reading, right, middle, theme.text, align="right", bold=row.strong)
        for words in self._words:
            middle += page.line
            page.write(words, PAD, middle, theme.text)

    def _page(self) -> PaintedPage:
        return PaintedPage(self._theme, Box(0, 0, self.width(), self.height()))

    def _indent(self, page: PaintedPage) -> float:
        """Return where names begin, after the sign of what they name."""
        return PAD + max((row.width for row in self._rows), default=0.0) * page.line + BESIDE * page.line

    def _fit(self, page: PaintedPage, width: float, most: float) -> None:
        wide = max(width, min(page.measure(self._heading) + 2 * PAD, most))
        lines = bool(self._heading) + len(self._rows) + len(self._words)
        self.resize(round(wide + 1), round(page.line * lines + 2 * PAD))
        self.update()
        self.show()
        self.raise_()


def _shared(one: QRectF, other: QRectF) -> float:
    both = one.intersected(other)
    return both.width() * both.height()
