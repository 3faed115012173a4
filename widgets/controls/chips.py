"""Chips: words with a cross that takes them away."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from widgets.controls.boxes import row
from widgets.controls.glyphs import draw_glyph
from widgets.controls.labels import ElidedLabel, TextLabel, WrapLabel, size_by_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One condition of the selection; `remove_text` names its cross ("Remove: women"), `text` when empty.

    `whole` is the condition in full, where `text` leaves levels out.
    """

    key: str
    text: str
    remove_text: str = ""
    whole: str = ""


class CrossButton(QToolButton):
    """A small cross that takes something away; its accessible name and tooltip say what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "close")
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_name(self, name: str) -> None:
        """Say what the cross takes away."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Follow the text's size."""
        side = self.fontMetrics().height() + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cross over the button's own background."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self.fontMetrics().ascent()
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        strong = self.underMouse() or self.hasFocus()
        palette = self.palette()
        draw_glyph(painter, "cross", box, (palette.text() if strong else palette.placeholderText()).color())


class ChipWidget(QFrame):
    """One chip: words and a cross; Delete or Backspace takes it off.

    With `wraps` the whole condition stands on as many lines as it takes; without, on one, cut where there is no room.

    Signals
    -------
    removed()
        The user took it off.
    """

    removed = Signal()

    def __init__(self, *, wraps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.chip = Chip(key="", text="")
        self._label: TextLabel = WrapLabel() if wraps else ElidedLabel()
        self.cross = CrossButton()
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.clicked.connect(self.removed)
        row(self, (self._label, 1), (self.cross, Qt.AlignmentFlag.AlignTop), margins=(10, 2, 4, 2), gap=3)
        size_by_width(self, higher=wraps)

    def show_chip(self, chip: Chip) -> None:
        """Show `chip`."""
        if chip != self.chip:
            self.chip = chip
            whole = chip.whole or chip.text
            if isinstance(self._label, ElidedLabel):
                self._label.show_text(chip.text, whole)
            else:
                self._label.show_text(whole)
            self.cross.show_name(chip.remove_text or chip.text)
            self.setAccessibleName(whole)
            self.setAccessibleDescription(chip.remove_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chip off with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rounded ground, with a frame when the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        focus = self.hasFocus()
        painter.setPen(QPen((palette.accent() if focus else palette.mid()).color(), 2 if focus else 1))
        painter.setBrush(palette.alternateBase())
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        # Of several lines the ends are as round as those of one.
        bend = min(box.height(), self.fontMetrics().height() + 6) / 2
        painter.drawRoundedRect(box, bend, bend)
