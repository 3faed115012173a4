"""What lies over the curves in pixels, not in the figure's own units: it is painted anew without touching a curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.lettering import baseline, small_font
from widgets.plots.room import line_height

if TYPE_CHECKING:
    from widgets.pictures.chart import Axis
    from widgets.plots.canvas import View

INSET: Final = 8.0
"""From the edge of the curves to words over them."""
VEIL: Final = 0.82
"""Opacity of the paper behind words that lie over curves."""


class Overlay(QGraphicsItem):
    """An item as large as the view, in the view's pixels; the mouse goes through it."""

    def __init__(self, view: View, depth: float) -> None:
        super().__init__(view)
        self._view = view
        self._box = QRectF()
        self.theme = LIGHT
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(depth)

    def fit(self) -> None:
        """Take the size of the view."""
        self.prepareGeometryChange()
        self._box = QRectF(self._view.rect())

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return self._box

    def place(self, x: float, y: float) -> QPointF:
        """Return where a point of the figure lies, in pixels."""
        (left, right), (low, high) = self._view.viewRange()
        box = self._box
        return QPointF(
            box.left() + (x - left) / max(right - left, 1e-12) * box.width(),
            box.bottom() - (y - low) / max(high - low, 1e-12) * box.height(),
        )

    def values(self, place: QPointF) -> tuple[float, float]:
        """Return the point of the figure at a place, moved into the view where it lies outside."""
        (left, right), (low, high) = self._view.viewRange()
        box = self._box
        x = min(max(place.x(), box.left()), box.right())
        y = min(max(place.y(), box.top()), box.bottom())
        return (
            left + (x - box.left()) / max(box.width(), 1.0) * (right - left),
            low + (box.bottom() - y) / max(box.height(), 1.0) * (high - low),
        )

    def pixel(self) -> tuple[float, float]:
        """Return how much of x and of y one pixel is."""
        (left, right), (low, high) = self._view.viewRange()
        return (right - left) / max(self._box.width(), 1.0), (high - low) / max(self._box.height(), 1.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint inside the view, in the font of the figure."""
        painter.setClipRect(self._box)
        painter.setFont(small_font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_over(painter)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the curves."""
        raise NotImplementedError

    def paint_paper(self, painter: QPainter, box: QRectF) -> None:
        """Paint a piece of paper behind words, so that curves under them do not disturb."""
        paper = QColor(self.theme.panel)
        paper.setAlphaF(VEIL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper)
        painter.drawRoundedRect(box, 3, 3)


class Hint(Overlay):
    """Quiet words in the upper left of the plot: what a hand can do here."""

    def __init__(self, view: View) -> None:
        super().__init__(view, 40)
        self.text = ""
        self.hide()

    def show_hint(self, text: str, theme: Theme) -> None:
        """Take the words; whether they are seen is told by `setVisible`."""
        self.text, self.theme = text, theme
        self.update()

    def written(self) -> str:
        """Return the words as they are painted: cut where the plot is too narrow, none where it is tiny."""
        metrics, room = QFontMetricsF(small_font()), self._box.width() - 2 * INSET
        if room < metrics.averageCharWidth() * 12:
            return ""
        return metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, room)

    def area(self) -> QRectF:
        """Return the room of the words, also while they are not seen, so that nothing moves when they come."""
        text, metrics = self.written(), QFontMetricsF(small_font())
        if not text:
            return QRectF()
        wide = metrics.horizontalAdvance(text)
        return QRectF(self._box.left() + INSET - 4, self._box.top() + 3, wide + 8, line_height(metrics))

    def paint_over(self, painter: QPainter) -> None:
        """Paint the words."""
        area = self.area()
        if area.isEmpty():
            return
        self.paint_paper(painter, area)
        paint_words(painter, self.written(), area.left() + 4, area.center().y(), self.theme.muted)


def round_value(value: float, pixel: float, axis: Axis) -> float:
    """Return `value` as round as one pixel allows (16.25, not 16.2374), inside the range of `axis`.

    The grain is the largest of 1, 2 or 5 times a power of ten that is not more than a pixel, so that what is dragged
    stays under the hand.
    """
    power = math.floor(math.log10(max(pixel, 1e-12)))
    grain = next(factor for factor in (5.0, 2.0, 1.0) if factor * 10.0**power <= pixel * 1.0001) * 10.0**power
    near = round(round(value / grain) * grain, max(0, -power))
    return min(max(near, axis.low), axis.high)


def paint_words(
    painter: QPainter, text: str, left: float, middle: float, hue: str, *, bold: bool = False
) -> None:
    """Write words from `left` around the height `middle`."""
    font = small_font(bold=bold)
    painter.setFont(font)
    painter.setPen(QColor(hue))
    painter.drawText(QPointF(left, baseline(QFontMetricsF(font), middle)), text)
