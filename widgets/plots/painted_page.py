"""A page on screen: what a layout measures and strokes, by QPainter and in pixels."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from widgets.pictures.page import Align, Box, Edge, Points
from widgets.pictures.palette import Theme
from widgets.plots.lettering import baseline, letters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PaintedPage:
    """A page in the pixels of a widget; without a painter it only measures. See `widgets.pictures.page.Page`."""

    def __init__(self, theme: Theme, box: Box, painter: QPainter | None = None) -> None:
        self.theme, self.box = theme, box
        self._letters = letters()
        self.line = self._letters.line
        self._painter = painter

    def on(self, painter: QPainter) -> PaintedPage:
        """Return the page as it is painted with `painter`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        return PaintedPage(self.theme, self.box, painter)

    @property
    def painter(self) -> QPainter:
        """What paints."""
        assert self._painter is not None
        return self._painter

    def measure(self, text: str, *, bold: bool = False) -> float:
        """Return the width of `text`."""
        return self._letters.width(text, bold)

    def write(
        self,
        text: str,
        x: float,
        middle: float,
        hue: str,
        *,
        align: Align = "left",
        bold: bool = False,
        opacity: float = 1.0,
    ) -> None:
        """Write one line."""
        if not text:
            return
        wide = self.measure(text, bold=bold) if align != "left" else 0.0
        left = x - (wide if align == "right" else wide / 2)
        painter = self.painter
        painter.setFont(self._letters.fonts[bold])
        painter.setPen(_soft(hue, opacity))
        painter.drawText(QPointF(left, baseline(self._letters.metrics[bold], middle)), text)

    def stroke(
        self,
        points: Points,
        hue: str,
        width: float = 1.0,
        *,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw a line through `points`; one that is straight along or across lies on whole pixels."""
        pen = QPen(_soft(hue, opacity), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash:
            pen.setDashPattern(list(dash))
        self.painter.setPen(pen)
        if len(points) == 2:
            (x0, y0), (x1, y1) = points
            # On the half pixel a thin line is one pixel, not two grey ones.
            if x0 == x1:
                x0 = x1 = math.floor(x0) + 0.5
            elif y0 == y1:
                y0 = y1 = math.floor(y0) + 0.5
            self.painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        else:
            self.painter.drawPolyline(_polygon(points))

    def area(
        self, points: Points, hue: str, *, opacity: float = 1.0, edge: str = "", width: float = 1.0
    ) -> None:
        """Fill the area inside `points`."""
        self.painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
        self.painter.setBrush(_soft(hue, opacity))
        self.painter.drawPolygon(_polygon(points))

    def ribbon(self, start: Edge, end: Edge, hue: str, *, opacity: float = 1.0) -> None:
        """Fill the band from `start` to `end`."""
        (x0, top0, bottom0), (x1, top1, bottom1) = start, end
        half, path = (x0 + x1) / 2, QPainterPath(QPointF(x0, top0))
        path.cubicTo(half, top0, half, top1, x1, top1)
        path.lineTo(x1, bottom1)
        path.cubicTo(half, bottom1, half, bottom0, x0, bottom0)
        self.painter.fillPath(path, _soft(hue, opacity))

    def image(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        """Fill `box` with cells."""
        rows, columns = pixels.shape[:2]
        image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.painter.drawImage(QRectF(*box), image)

    def hatch(self, boxes: Sequence[Box], ground: str, hue: str) -> None:
        """Fill boxes with one quiet hatch."""
        for box in boxes:
            self.painter.fillRect(QRectF(*box), QColor(ground))
            self.painter.fillRect(QRectF(*box), QBrush(QColor(hue), Qt.BrushStyle.BDiagPattern))

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Let nothing be painted outside `box`."""
        self.painter.save()
        self.painter.setClipRect(QRectF(*box))
        yield
        self.painter.restore()


class Kept:
    """What is painted once, and from then on shown as it was until it is to be forgotten."""

    def __init__(self) -> None:
        self._drawn: QPixmap | None = None

    def forget(self) -> None:
        """Let it be painted anew."""
        self._drawn = None

    def show(self, painter: QPainter, page: PaintedPage, paint: Callable[[PaintedPage], None]) -> None:
        """Show what `paint` paints on `page`."""
        ratio = painter.device().devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatioF() != ratio:
            size = math.ceil(page.box.right * ratio), math.ceil(page.box.bottom * ratio)
            self._drawn = QPixmap(*size)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(QColor(page.theme.panel))
            once = QPainter(self._drawn)
            paint(page.on(once))
            once.end()
        painter.drawPixmap(0, 0, self._drawn)


def _polygon(points: Points) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _soft(hue: str, opacity: float) -> QColor:
    colour = QColor(hue)
    colour.setAlphaF(opacity)
    return colour
