"""The room that every picture on screen needs, in pixels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF

LEAST: Final = QSize(260, 170)
"""Room that every picture needs at least."""


def line_height(metrics: QFontMetricsF) -> float:
    """Return the height of a line of text in a figure."""
    return metrics.height() + 1
