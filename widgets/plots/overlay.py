"""What lies over the curves in pixels, not in the figure's own units: it is painted anew without touching a curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from widgets.pictures.layout.plane import Plane
from widgets.pictures.layout.rules import PAD, lay_paper
from widgets.pictures.page import Box, elide
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.painted_page import PaintedPage

if TYPE_CHECKING:
    from widgets.pictures.chart import Axis
    from widgets.plots.canvas import View

INSET: Final = 8.0
"""From the edge of the curves to words over them."""
FEW: Final = 5.0
"""In a plot of fewer lines of text the words would say nothing."""


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

    @property
    def plane(self) -> Plane:
        """The months and values in view, in the view's pixels."""
        (left, right), (low, high) = self._view.viewRange()
        return Plane(box=self.page.box, x=(left, right), y=(low, high))

    @property
    def page(self) -> PaintedPage:
        """The view as a page."""
        box = self._box
        return PaintedPage(self.theme, Box(box.left(), box.top(), box.width(), box.height()))

    def values(self, place: QPointF) -> tuple[float, float]:
        """Return the point of the figure at a place, moved into the view where it lies outside."""
        box = self._box
        x = min(max(place.x(), box.left()), box.right())
        y = min(max(place.y(), box.top()), box.bottom())
        return self.plane.value_at(x, y)

    def pixel(self) -> tuple[float, float]:
        """Return how much of x and of y one pixel is."""
        (left, right), (low, high) = self._view.viewRange()
        return (right - left) / max(self._box.width(), 1.0), (high - low) / max(self._box.height(), 1.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint inside the view."""
        painter.setClipRect(self._box)
        self.paint_over(self.page.on(painter))

    def paint_over(self, page: PaintedPage) -> None:
        """Paint what lies over the curves."""
        raise NotImplementedError


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
        page, room = self.page, self._box.width() - 2 * INSET
        return elide(page, self.text, room) if room > FEW * page.line else ""

    def area(self) -> Box:
        """Return the room of the words, also while they are not seen, so that nothing moves when they come."""
        text, page = self.written(), self.page
        wide = page.measure(text) + 2 * PAD * page.line if text else 0.0
        return Box(self._box.left() + INSET - 4, self._box.top() + 3, wide, page.line if text else 0.0)

    def paint_over(self, page: PaintedPage) -> None:
        """Paint the words."""
        area = self.area()
        if area.width:
            lay_paper(page, area)
            page.write(self.written(), area.left + PAD * page.line, area.middle, page.theme.muted)


def round_value(value: float, pixel: float, axis: Axis) -> float:
    """Return `value` as round as one pixel allows (16.25, not 16.2374), inside the range of `axis`.

    The grain is the largest of 1, 2 or 5 times a power of ten that is not more than a pixel, so that what is dragged
    stays under the hand.
    """
    power = math.floor(math.log10(max(pixel, 1e-12)))
    grain = next(factor for factor in (5.0, 2.0, 1.0) if factor * 10.0**power <= pixel * 1.0001) * 10.0**power
    near = round(round(value / grain) * grain, max(0, -power))
    return min(max(near, axis.low), axis.high)
