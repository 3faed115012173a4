"""A slider for numbers that are followed while they move."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from widgets.controls.glyphs import frame_focus

_KNOB: Final = 6.0
_MOVES: Final = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class HeldSlider(QSlider):
    """A slider that goes where it is pressed and says when it is taken and let go, by mouse or by key.

    Signals
    -------
    started(), moved(int), finished()
        The user took hold, moved (often), let go.
    """

    started = Signal()
    moved = Signal(int)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._by: Literal["", "mouse", "key"] = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._tell)

    @property
    def held(self) -> bool:
        """Whether the user holds it now."""
        return bool(self._by)

    def show_range(self, most: int) -> None:
        """Let it go from 0 to `most`."""
        if self.maximum() != most:
            with QSignalBlocker(self):
                self.setRange(0, most)
                self.setPageStep(max(most // 10, 1))

    def show_place(self, place: int) -> None:
        """Move it without saying so."""
        if self.value() != place:
            with QSignalBlocker(self):
                self.setValue(place)
            self.update()

    def x_of(self, place: int) -> float:
        """Return where the middle of the knob is at `place`, in pixels."""
        return _KNOB + 1 + (place - self.minimum()) / max(self.maximum() - self.minimum(), 1) * self._width()

    def sizeHint(self) -> QSize:
        """Room to aim."""
        return QSize(110, 22)

    def minimumSizeHint(self) -> QSize:
        """As narrow as can still be used."""
        return QSize(60, 22)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold, and come to where it is pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._take("mouse")
        self._follow(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._by == "mouse":
            self._follow(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go("mouse")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a step, or by ten with Page Up and Page Down."""
        if event.key() in _MOVES:
            self._take("key")
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go, unless the key only repeats."""
        super().keyReleaseEvent(event)
        if event.key() in _MOVES and not event.isAutoRepeat():
            self._let_go("key")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of a key whose release goes elsewhere."""
        super().focusOutEvent(event)
        self._let_go("key")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it must not change a number on its way."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the part of it that is taken, and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        middle, x = self.height() / 2, self.x_of(self.sliderPosition())
        strong = palette.accent().color() if self.isEnabled() else palette.mid().color()
        painter.setPen(QPen(palette.mid().color(), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(_KNOB + 1, middle), QPointF(_KNOB + 1 + self._width(), middle))
        painter.setPen(QPen(strong, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(_KNOB + 1, middle), QPointF(x, middle))
        painter.setPen(QPen(strong, 2))
        painter.setBrush(palette.base())
        painter.drawEllipse(QPointF(x, middle), _KNOB - 0.5, _KNOB - 0.5)
        frame_focus(painter, self)

    def _width(self) -> float:
        return max(self.width() - 2 * (_KNOB + 1), 1.0)

    def _follow(self, x: float) -> None:
        span = self.maximum() - self.minimum()
        self.setValue(self.minimum() + round((x - _KNOB - 1) / self._width() * span))

    def _take(self, how: Literal["mouse", "key"]) -> None:
        if not self._by:
            self._by = how
            self.started.emit()

    def _let_go(self, how: Literal["mouse", "key"]) -> None:
        if self._by == how:
            self._by = ""
            self.finished.emit()

    def _tell(self, place: int) -> None:
        if self._by:
            self.moved.emit(place)
