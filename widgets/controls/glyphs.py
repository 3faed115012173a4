"""Small signs drawn by hand, so that they take the theme's colours and need no picture files.

A sign never stands alone: words, a tooltip and an accessible name go with it.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

Glyph: TypeAlias = Literal["down", "right", "up", "cross", "check", "dash", "done", "warning", "info"]

_STROKES: Final[dict[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "down": (((4, 6), (8, 10), (12, 6)),),
    "up": (((4, 10), (8, 6), (12, 10)),),
    "right": (((6, 4), (10, 8), (6, 12)),),
    "cross": (((4.5, 4.5), (11.5, 11.5)), ((11.5, 4.5), (4.5, 11.5))),
    "check": (((3.5, 8.5), (6.5, 11.5), (12.5, 5)),),
    "dash": (((4, 8), (12, 8)),),
    "done": (((4.8, 8.3), (7.2, 10.6), (11.3, 5.8)),),
    "warning": (((8, 6.2), (8, 9.6)), ((8, 11.9), (8, 12.0))),
    "info": (((8, 7.4), (8, 11.4)), ((8, 4.8), (8, 4.9))),
}
"""Lines on a field of 16 by 16."""


def draw_glyph(painter: QPainter, glyph: Glyph, box: QRectF, colour: QColor, *, weight: float = 1.6) -> None:
    """Draw `glyph` inside `box` in one colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    painter.translate(box.center() - QPointF(side / 2, side / 2))
    painter.scale(side / 16, side / 16)
    pen = QPen(colour, weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if glyph in ("done", "info"):
        painter.drawEllipse(QPointF(8, 8), 6.6, 6.6)
    elif glyph == "warning":
        triangle = QPainterPath(QPointF(8, 1.9))
        triangle.lineTo(14.9, 14.1)
        triangle.lineTo(1.1, 14.1)
        triangle.closeSubpath()
        painter.drawPath(triangle)
    for stroke in _STROKES[glyph]:
        painter.drawPolyline([QPointF(x, y) for x, y in stroke])
    painter.restore()


def frame_focus(painter: QPainter, widget: QWidget) -> None:
    """Paint a frame inside the edge of a widget where the keyboard is."""
    if widget.hasFocus():
        painter.setPen(QPen(widget.palette().accent().color(), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), 4, 4)


def glyph_pixmap(glyph: Glyph, colour: QColor, side: int, ratio: float = 1.0, weight: float = 1.6) -> QPixmap:
    """Return `glyph` as a transparent picture of `side` device-independent pixels."""
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_glyph(painter, glyph, QRectF(0, 0, side, side), colour, weight=weight)
    painter.end()
    return pixmap
