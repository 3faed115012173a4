"""Labels that keep their place: sized by their role, cut with an ellipsis or wrapped, never overlapping."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from widgets.controls.style import SMALLEST

Tone: TypeAlias = Literal["plain", "muted", "warning", "badge", "pill"]


class TextLabel(QLabel):
    """Words in the size of their role: `scale` times the application's font, never under 9 points."""

    _upright = QSizePolicy.Policy.Preferred
    _wraps = False

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = "plain",
        scale: float = 1.0,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._scale = scale
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(self._wraps)
        size_by_width(self, self._upright, higher=self._wraps)
        self._resize_text()

    def show_text(self, text: str) -> None:
        """Show `text`; nothing moves when it is the text already shown."""
        if text != self.text():
            self.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._resize_text()

    def _resize_text(self) -> None:
        if self._scale == 1.0 and not self._bold:
            return
        font = role_font(self._scale, bold=self._bold)
        if font.pointSizeF() != self.font().pointSizeF() or font.weight() != self.font().weight():
            self.setFont(font)


class ElidedLabel(TextLabel):
    """One line, cut with an ellipsis when there is no room; the tooltip then holds the whole.

    Of words that leave something out the whole may be told apart: then the tooltip always holds it.
    """

    _upright = QSizePolicy.Policy.Fixed
    _whole = ""

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters is enough."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 6), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip exactly when it is cut."""
        super().resizeEvent(event)
        self._offer_whole()

    def show_text(self, text: str, whole: str = "") -> None:
        """Show `text`, cut to the room there is; `whole` is what it stands for, where that is more."""
        self._whole = whole if whole != text else ""
        super().show_text(text)
        self._offer_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut to the room there is."""
        box = self.contentsRect()
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            box,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width()),
            self.foregroundRole(),
        )

    def _offer_whole(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        wanted = self._whole or (self.text() if cut else "")
        if wanted != self.toolTip():
            self.setToolTip(wanted)


class WrapLabel(TextLabel):
    """Several lines if need be: as wide as its text on one line, higher where it gets less."""

    _upright = QSizePolicy.Policy.Minimum
    _wraps = True

    def sizeHint(self) -> QSize:
        """One line, as wide as the text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a short word, no more than the text takes."""
        least = self.fontMetrics().averageCharWidth() * 8
        return QSize(min(least, self.sizeHint().width()), self.fontMetrics().height())


def size_by_width(
    widget: QWidget, upright: QSizePolicy.Policy = QSizePolicy.Policy.Minimum, *, higher: bool = True
) -> None:
    """Let a widget be as wide as it likes, and `higher` where it gets less than that."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
    policy.setHeightForWidth(higher)
    widget.setSizePolicy(policy)


def role_font(scale: float, *, bold: bool = False) -> QFont:
    """Return the application's font times `scale`, never under 9 points."""
    font = QFont(QApplication.font())
    font.setPointSizeF(max(SMALLEST, font.pointSizeF() * scale))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
