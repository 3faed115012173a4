"""The letters and line samples of a figure on screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from widgets.pictures.chart import Ink
from widgets.pictures.palette import Theme, colour, dash

_NOUGHTS: Final = str.maketrans("123456789", "0" * 9)
SMALLEST: Final = 9.0
SAMPLE: Final = 28.0
"""Length of the sample of a line, in pixels."""


def small_font(*, bold: bool = False) -> QFont:
    """Return the font of everything in a figure: a little smaller than the text, never under 9 points."""
    return QFont(_small_font(QApplication.font().key(), bold))


@lru_cache(maxsize=32)
def _small_font(key: str, bold: bool) -> QFont:
    """A figure asks for its font dozens of times a painting; making it takes longer than copying it.

    `key` tells the application's font, which may change, from others.
    """
    font = QFont(QApplication.font())
    font.setPointSizeF(max(SMALLEST, font.pointSizeF() * 0.9))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def baseline(metrics: QFontMetricsF, centre: float) -> float:
    """Return where to write so that capitals and figures stand around the height `centre`."""
    return centre + metrics.capHeight() / 2


def widest(texts: Iterable[str], metrics: QFontMetricsF) -> float:
    """Return the width of the widest of `texts`, 0 of none.

    All figures are as wide as a nought: of hundreds of numbers only the few shapes are measured.
    """
    shapes = {text.translate(_NOUGHTS) for text in texts}
    return max(map(metrics.horizontalAdvance, shapes), default=0.0)


def line_pen(ink: Ink, theme: Theme, *, strong: bool = False) -> QPen:
    """Return the pen of a curve."""
    return QPen(_line_pen(ink, theme, strong))


@lru_cache(maxsize=256)
def _line_pen(ink: Ink, theme: Theme, strong: bool) -> QPen:
    hue = theme.accent if strong and ink.kind == "grey" else colour(ink, theme)
    pen = QPen(QColor(hue), 3.0 if strong else 1.2 if ink.kind == "grey" else 2.2)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dash(ink) else Qt.PenCapStyle.RoundCap)
    if dash(ink):
        pen.setDashPattern(list(dash(ink)))
    return pen


def paint_sample(painter: QPainter, ink: Ink, theme: Theme, left: float, centre: float) -> None:
    """Paint a piece of the line, with its dash, from `left` at the height `centre`."""
    painter.setPen(line_pen(ink, theme))
    painter.drawLine(QPointF(left, centre), QPointF(left + SAMPLE, centre))
