"""A histogram of numbers with two handles, and what it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.glyphs import frame_focus

_Grip: TypeAlias = Literal["low", "high", "both", "new"]
_STEPS: Final = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Down): -1,
    int(Qt.Key.Key_Up): 1,
    int(Qt.Key.Key_PageDown): -5,
    int(Qt.Key.Key_PageUp): 5,
    int(Qt.Key.Key_Home): -1_000_000,
    int(Qt.Key.Key_End): 1_000_000,
}
_KNOB: Final = 6.0
"""Radius of a handle, in pixels."""
_NEAR: Final = 1e-9
"""Of a bar: so near to an edge a value is on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeFacet:
    """A facet of numbers from `low` to `high`, both included.

    Attributes
    ----------
    chosen_low, chosen_high
        What the selection keeps, both included; the whole range when it does not filter.
    bars
        Heights of the histogram, any scale; each holds `step` of the range.
    step, width
        A bar; and what lies between one value and the next, 0 where values lie anywhere. The last bar ends so much
        after `high`.
    digits
        Decimals of the values.
    ends
        What is told in the place of `low` and `high`: nobody lies beyond.
    text
        The choice in words, beside the heading ("18 to 35 years").
    low_text, high_text
        Words before the two number boxes ("from", "to").
    note
        What stands under them.
    """

    name: str
    label: str
    low: float
    high: float
    chosen_low: float
    chosen_high: float
    bars: tuple[float, ...]
    text: str
    low_text: str
    high_text: str
    step: float = 1.0
    width: float = 1.0
    digits: int = 0
    ends: tuple[float, float] = (-math.inf, math.inf)
    note: str = ""

    def first(self, edge: int) -> float:
        """Return the lowest value of a range that begins after so many bars."""
        return round(self.low + edge * self.step, self.digits)

    def last(self, edge: int) -> float:
        """Return the highest value of a range that ends after so many bars."""
        return (
            round(self.low + edge * self.step - self.width, self.digits)
            if edge < len(self.bars)
            else self.high
        )

    def beside(self, place: float, step: int) -> int:
        """Return the edge `step` bars beside a place, which may itself lie inside a bar."""
        at = (place - self.low) / self.step
        edge = math.floor(at + _NEAR) if step > 0 else math.ceil(at - _NEAR)
        return min(max(edge + step, 0), len(self.bars))


NOTHING: Final = RangeFacet(
    name="", label="", low=0, high=1, chosen_low=0, chosen_high=1, bars=(), text="", low_text="", high_text=""
)


class RangeHistogram(QWidget):
    """A histogram over numbers with two handles and a bar between them.

    Mouse: drag a handle, or the bar between them; press beside them and the nearest handle comes;
    drag inside the whole range and a new one begins. Keys: Left and Right move the lower handle, with Shift
    the upper, with Ctrl both; Page Up and Page Down move five; Home and End go as far as they can.
    Handles stand at the edges of bars, unless another number was typed.

    Signals
    -------
    started(), changed(float, float), finished()
        The user took hold, moved (often), let go.
    """

    started = Signal()
    changed = Signal(float, float)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facet = NOTHING
        self._from, self._to = NOTHING.low, NOTHING.high
        self._grip: _Grip | None = None
        self._held = 0
        self._held_range = self.chosen
        self._key_down = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @property
    def chosen(self) -> tuple[float, float]:
        """The range under the handles, both ends included."""
        return self._from, self._to

    @property
    def held(self) -> bool:
        """Whether the user holds a handle or a key now."""
        return self._grip is not None or self._key_down

    def show_range(self, facet: RangeFacet) -> None:
        """Show bars and handles; handles in the user's hand stay where the hand is."""
        chosen = self.chosen if self.held else (facet.chosen_low, facet.chosen_high)
        if (facet, *chosen) != (self._facet, self._from, self._to):
            self._facet, (self._from, self._to) = facet, chosen
            self.update()

    def set_chosen(self, low: float, high: float) -> None:
        """Move the handles without saying so."""
        if (low, high) != self.chosen:
            self._from, self._to = low, high
            self.update()

    def x_of(self, value: float) -> float:
        """Return where `value` begins, in pixels."""
        return _KNOB + 1 + (value - self._facet.low) / self._facet.step * self._bar_width()

    def sizeHint(self) -> QSize:
        """High enough to see the shape, no more."""
        return QSize(200, 58)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be; as narrow as need be."""
        return QSize(100, 58)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, of the bar between them, or begin a new range."""
        if event.button() != Qt.MouseButton.LeftButton or len(self._facet.bars) < 2:
            event.ignore()
            return
        self._grip = self._grip_at(event.position())
        self._held = self._bar_at(event.position().x())
        self._held_range = self.chosen
        self.started.emit()
        if self._grip in ("low", "high"):
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else show by the cursor what could be."""
        if self._grip is not None:
            self._drag(event.position().x())
            return
        grip = self._grip_at(event.position())
        self.setCursor(Qt.CursorShape.OpenHandCursor if grip == "both" else Qt.CursorShape.SizeHorCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._grip is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grip = None
            self.update()
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move one handle, or both."""
        if event.key() not in _STEPS or len(self._facet.bars) < 2:
            super().keyPressEvent(event)
            return
        if not self._key_down:
            self._key_down = True
            self.started.emit()
        self._step(_STEPS[event.key()], event.modifiers())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go, unless the key only repeats."""
        if event.key() not in _STEPS:
            super().keyReleaseEvent(event)
        elif self._key_down and not event.isAutoRepeat():
            self._key_down = False
            self.finished.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of a key whose release goes elsewhere."""
        super().focusOutEvent(event)
        if self._key_down:
            self._key_down = False
            self.finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, the line under them and the handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        base = self.height() - _KNOB - 3.5
        self._paint_bars(painter, base - 3)
        left, right = self._handles()
        painter.setPen(QPen(palette.mid().color(), 2))
        painter.drawLine(QPointF(_KNOB + 1, base), QPointF(self.width() - _KNOB - 1, base))
        painter.setPen(QPen(palette.accent().color(), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, base), QPointF(right, base))
        painter.setPen(QPen(palette.accent().color(), 2))
        painter.setBrush(palette.base())
        for x in (left, right):
            painter.drawEllipse(QPointF(x, base), _KNOB - 0.5, _KNOB - 0.5)
        frame_focus(painter, self)

    def _paint_bars(self, painter: QPainter, base: float) -> None:
        top = max(self._facet.bars, default=0.0)
        if top <= 0:
            return
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        width = self._bar_width()
        gap = 1.0 if width > 4 else 0.0
        low, high = self._handles()
        for at, bar in enumerate(self._facet.bars):
            height = bar / top * (base - 4)
            x = _KNOB + 1 + at * width
            inside = low - 0.01 <= x + width / 2 <= high
            painter.setBrush(palette.color(QPalette.ColorRole.Accent if inside else QPalette.ColorRole.Dark))
            painter.setOpacity(0.75 if inside else 0.45)
            painter.drawRect(QRectF(x, base - height, width - gap, height))
        painter.setOpacity(1.0)

    def _bar_width(self) -> float:
        return max(self.width() - 2 * (_KNOB + 1), 1.0) / max(len(self._facet.bars), 1)

    def _handles(self) -> tuple[float, float]:
        """Return where the handles stand, in pixels; the upper one after the last value of the range."""
        return self.x_of(self._from), self.x_of(self._to + self._facet.width)

    def _edge_at(self, x: float) -> int:
        """Return the edge between bars nearest to `x`, as the number of bars left of it."""
        return min(max(round((x - _KNOB - 1) / self._bar_width()), 0), len(self._facet.bars))

    def _bar_at(self, x: float) -> int:
        return min(max(int((x - _KNOB - 1) / self._bar_width()), 0), len(self._facet.bars) - 1)

    def _grip_at(self, place: QPointF) -> _Grip:
        left, right = self._handles()
        to_left, to_right = abs(place.x() - left), abs(place.x() - right)
        if min(to_left, to_right) <= _KNOB + 2 or not left < place.x() < right:
            return "low" if to_left < to_right or place.x() <= left else "high"
        whole = self.chosen == (self._facet.low, self._facet.high)
        return "new" if whole else "both"

    def _drag(self, x: float) -> None:
        (low, high), facet = self._held_range, self._facet
        if self._grip == "low":
            self._move(facet.first(min(self._edge_at(x), facet.beside(high + facet.width, -1))), high)
        elif self._grip == "high":
            self._move(low, facet.last(max(self._edge_at(x), facet.beside(low, 1))))
        elif self._grip == "new":
            bar = self._bar_at(x)
            if bar != self._held or self.chosen != self._held_range:
                self._move(facet.first(min(bar, self._held)), facet.last(max(bar, self._held) + 1))
        else:
            self._shift(low, high, self._bar_at(x) - self._held)

    def _step(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        (low, high), facet = self.chosen, self._facet
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._shift(low, high, step)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._move(low, facet.last(max(facet.beside(high + facet.width, step), facet.beside(low, 1))))
        else:
            self._move(facet.first(min(facet.beside(low, step), facet.beside(high + facet.width, -1))), high)

    def _shift(self, low: float, high: float, step: int) -> None:
        facet = self._facet
        by = min(max(step * facet.step, facet.low - low), facet.high - high)
        self._move(round(low + by, facet.digits), round(high + by, facet.digits))

    def _move(self, low: float, high: float) -> None:
        if (low, high) != self.chosen:
            self.set_chosen(low, high)
            self.changed.emit(low, high)
