"""The letters of a figure on screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

SMALLEST: Final = 9.0


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


class Letters:
    """The two fonts of a figure, plain and bold, and how wide they write."""

    def __init__(self) -> None:
        self.fonts = small_font(), small_font(bold=True)
        self.metrics = tuple(map(QFontMetricsF, self.fonts))
        self.line = self.metrics[0].height() + 1
        # The same words are measured again at every painting.
        self.width = lru_cache(maxsize=4096)(self._width)

    def _width(self, text: str, bold: bool) -> float:
        return float(self.metrics[bold].horizontalAdvance(text))


def letters() -> Letters:
    """Return the letters of the application's font as it is now."""
    return _letters(QApplication.font().key())


@lru_cache(maxsize=4)
def _letters(key: str) -> Letters:
    return Letters()
