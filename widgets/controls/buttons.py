"""A button whose words give way: cut with an ellipsis where there is no room for all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

LEAST_LETTERS: Final = 14


class ElidedButton(QToolButton):
    """A tool button of words alone, as wide as its text where there is room; its tooltip is its action's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a word or two is enough."""
        whole, metrics = self.sizeHint(), self.fontMetrics()
        around = whole.width() - metrics.horizontalAdvance(self.text())
        return QSize(min(whole.width(), metrics.averageCharWidth() * LEAST_LETTERS + around), whole.height())

    def shown_text(self) -> str:
        """Return as much of the text as fits."""
        whole, metrics = self.sizeHint().width(), self.fontMetrics()
        # Where all of it fits nothing is measured: widths in whole pixels would cut the last letters.
        if self.width() >= whole:
            return self.text()
        room = metrics.horizontalAdvance(self.text()) - (whole - self.width())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button with as much of its text as fits."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self.shown_text()
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
