"""A veil in the colour of the panel over a picture that is no longer the newest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.pictures.palette import LIGHT, Theme

SHARE = 0.6


class Veil(QWidget):
    """Dims what lies under it; cheaper than an effect, which would paint the picture twice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = LIGHT
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        hue = QColor(self._theme.panel)
        hue.setAlphaF(SHARE)
        QPainter(self).fillRect(self.rect(), hue)
