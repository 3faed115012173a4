"""Pens and samples of lines on screen, by their style: a line, a dashed shortcut, dots."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.pictures.chart import Chart, Ink, Key, Line
from widgets.pictures.layout.strokes import SHORTCUT_WIDTH, dash_of, hue_of
from widgets.pictures.palette import Theme
from widgets.plots.lettering import SAMPLE, line_pen

MOST_BANDS: Final = 3
"""With more curves, only the one under the hand has its bands: they would hide one another."""
DIAMOND: Final = 5.0
"""Half the height of the diamond in the legend, in pixels."""
DOT: Final = 5.5
"""Width of a dot, in pixels."""


def stroke_pen(line: Line, theme: Theme, *, strong: bool = False) -> QPen:
    """Return the pen of `line`: that of its ink, or that of a shortcut."""
    pen = line_pen(line.ink, theme, strong=strong)
    if line.style == "dashed":
        pen.setColor(QColor(hue_of(line, theme, strong=strong)))
        pen.setWidthF(SHORTCUT_WIDTH * (1.6 if strong else 1.0))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(dash_of(line)))
    return pen


def paint_stroke(painter: QPainter, line: Line, theme: Theme, left: float, centre: float) -> None:
    """Paint a piece of `line`, in its style, from `left` at the height `centre`."""
    if line.style == "dots":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(hue_of(line, theme)))
        for share in (0.15, 0.5, 0.85):
            painter.drawEllipse(QPointF(left + SAMPLE * share, centre), DOT / 2, DOT / 2)
        return
    painter.setPen(stroke_pen(line, theme))
    painter.drawLine(QPointF(left, centre), QPointF(left + SAMPLE, centre))


def paint_key(painter: QPainter, key: Key, theme: Theme, left: float, centre: float) -> None:
    """Paint what `key` means the sign of, in no curve's colour."""
    if key.sign != "diamond":
        nothing = np.empty(0)
        line = Line(key="", label="", ink=Ink(kind="grey"), x=nothing, y=nothing, readings=(), style=key.sign)
        paint_stroke(painter, line, theme, left, centre)
        return
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.setBrush(QColor(theme.panel))
    middle, half = left + DIAMOND, DIAMOND * 0.84
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle, centre - DIAMOND),
                QPointF(middle + half, centre),
                QPointF(middle, centre + DIAMOND),
                QPointF(middle - half, centre),
            ]
        )
    )


def paint_shade(painter: QPainter, hue: str, opacity: float, left: float, centre: float) -> None:
    """Paint a piece of a band from `left` around the height `centre`."""
    soft = QColor(hue)
    # A small patch needs more ink than a wide band to be told apart.
    soft.setAlphaF(min(opacity * 1.8, 1.0))
    painter.fillRect(QRectF(left, centre - 4, SAMPLE, 8), soft)


def has_bands(line: Line, chart: Chart, emphasis: str) -> bool:
    """Return whether the bands of `line` are drawn while the curve with the key `emphasis` is under the hand."""
    if line.key == emphasis:
        return True
    return not emphasis and chart.has_bands(line, MOST_BANDS)
