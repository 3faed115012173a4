"""What a figure shows when there is nothing to draw: axes without a curve, and the sentence that says why."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from widgets.pictures.palette import LIGHT, Theme

WIDEST = 420.0
WIDE, HIGH = 64.0, 40.0


class EmptyState(QWidget):
    """Quiet, centred, in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = ""
        self._theme = LIGHT
        self.hide()

    def show_sentence(self, sentence: str, theme: Theme) -> None:
        """Show why there is nothing to draw, and what to try."""
        self.sentence, self._theme = sentence, theme
        self.setAccessibleName(sentence)
        self.update()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a small figure without a curve and the sentence under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(QApplication.font())
        width = min(WIDEST, self.width() - 24.0)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        wanted = QFontMetricsF(QApplication.font()).boundingRect(
            QRectF(0, 0, width, 1e4), flags, self.sentence
        )
        picture = HIGH + 14 if self.height() > wanted.height() + HIGH + 40 else 0.0
        top = max(0.0, (self.height() - wanted.height() - picture) / 2)
        if picture:
            self._paint_axes(painter, QPointF((self.width() - WIDE) / 2, top))
        painter.setPen(QColor(self._theme.muted))
        left = (self.width() - width) / 2
        painter.drawText(
            QRectF(left, top + picture, width, self.height() - top - picture), flags, self.sentence
        )

    def _paint_axes(self, painter: QPainter, corner: QPointF) -> None:
        pen = QPen(QColor(self._theme.line), 1.5)
        painter.setPen(pen)
        bottom = corner + QPointF(0, HIGH)
        painter.drawPolyline([corner, bottom, bottom + QPointF(WIDE, 0)])
        curve = QPainterPath(bottom)
        curve.quadTo(bottom + QPointF(WIDE * 0.3, -HIGH * 0.75), bottom + QPointF(WIDE, -HIGH * 0.85))
        pen.setColor(QColor(self._theme.grey))
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawPath(curve)
