"""A facet of whole numbers: a histogram with two handles, and two boxes to type in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from widgets.controls.labels import TextLabel
from widgets.controls.sections import FacetWords, Section

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeFacet:
    """A facet of whole numbers from `low` to `high`, both included.

    Attributes
    ----------
    chosen_low, chosen_high
        What the selection keeps, both included; the whole range when it does not filter.
    bars
        Heights of the histogram, any scale; they divide the range into equal parts.
    text
        The choice in words, beside the heading ("18 to 35 years").
    low_text, high_text
        Words before the two number boxes ("from", "to").
    """

    name: str
    label: str
    low: int
    high: int
    chosen_low: int
    chosen_high: int
    bars: tuple[float, ...]
    text: str
    low_text: str
    high_text: str


class RangeHistogram(QWidget):
    """A histogram over whole numbers with two handles and a bar between them.

    Mouse: drag a handle, or the bar between them; press beside them and the nearest handle comes;
    drag inside the whole range and a new one begins. Keys: Left and Right move the lower handle, with Shift
    the upper, with Ctrl both; Page Up and Page Down move five; Home and End go as far as they can.

    Signals
    -------
    started(), changed(int, int), finished()
        The user took hold, moved (often), let go.
    """

    started = Signal()
    changed = Signal(int, int)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = 0, 1
        self._from, self._to = 0, 1
        self._bars: tuple[float, ...] = ()
        self._grip: _Grip | None = None
        self._held = 0
        self._held_range = (0, 1)
        self._key_down = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @property
    def chosen(self) -> tuple[int, int]:
        """The range under the handles, both ends included."""
        return self._from, self._to

    @property
    def held(self) -> bool:
        """Whether the user holds a handle or a key now."""
        return self._grip is not None or self._key_down

    def show_range(self, facet: RangeFacet) -> None:
        """Show bars and handles; handles in the user's hand stay where the hand is."""
        chosen = self.chosen if self.held else (facet.chosen_low, facet.chosen_high)
        new = (facet.low, facet.high, *chosen, facet.bars)
        if new != (self._low, self._high, self._from, self._to, self._bars):
            self._low, self._high, self._from, self._to, self._bars = new
            self.update()

    def set_chosen(self, low: int, high: int) -> None:
        """Move the handles without saying so."""
        if (low, high) != self.chosen:
            self._from, self._to = low, high
            self.update()

    def x_of(self, value: int) -> float:
        """Return where the unit of `value` begins, in pixels."""
        return _KNOB + 1 + (value - self._low) / self._units() * self._width()

    def sizeHint(self) -> QSize:
        """High enough to see the shape, no more."""
        return QSize(200, 58)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be; as narrow as need be."""
        return QSize(100, 58)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, of the bar between them, or begin a new range."""
        if event.button() != Qt.MouseButton.LeftButton or self._high <= self._low:
            event.ignore()
            return
        self._grip = self._grip_at(event.position())
        self._held = self._value_at(event.position().x())
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
        if event.key() not in _STEPS or self._high <= self._low:
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of a key whose release goes elsewhere."""
        super().focusOutEvent(event)
        self.update()
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
        left, right = self.x_of(self._from), self.x_of(self._to + 1)
        painter.setPen(QPen(palette.mid().color(), 2))
        painter.drawLine(QPointF(self.x_of(self._low), base), QPointF(self.x_of(self._high + 1), base))
        painter.setPen(QPen(palette.accent().color(), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, base), QPointF(right, base))
        painter.setPen(QPen(palette.accent().color(), 2))
        painter.setBrush(palette.base())
        for x in (left, right):
            painter.drawEllipse(QPointF(x, base), _KNOB - 0.5, _KNOB - 0.5)
        if self.hasFocus():
            painter.setPen(QPen(palette.accent().color(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_bars(self, painter: QPainter, base: float) -> None:
        top = max(self._bars, default=0.0)
        if top <= 0:
            return
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        width = self._width() / len(self._bars)
        gap = 1.0 if width > 4 else 0.0
        low, high = self.x_of(self._from), self.x_of(self._to + 1)
        for at, bar in enumerate(self._bars):
            height = bar / top * (base - 4)
            x = _KNOB + 1 + at * width
            inside = low - 0.01 <= x + width / 2 <= high
            painter.setBrush(palette.color(QPalette.ColorRole.Accent if inside else QPalette.ColorRole.Dark))
            painter.setOpacity(0.75 if inside else 0.45)
            painter.drawRect(QRectF(x, base - height, width - gap, height))
        painter.setOpacity(1.0)

    def _units(self) -> int:
        return max(self._high - self._low + 1, 1)

    def _width(self) -> float:
        return max(self.width() - 2 * (_KNOB + 1), 1.0)

    def _edge_at(self, x: float) -> int:
        """Return the edge between units nearest to `x`, as the value right of it."""
        edge = self._low + round((x - _KNOB - 1) / self._width() * self._units())
        return min(max(edge, self._low), self._high + 1)

    def _value_at(self, x: float) -> int:
        value = self._low + int((x - _KNOB - 1) / self._width() * self._units())
        return min(max(value, self._low), self._high)

    def _grip_at(self, place: QPointF) -> _Grip:
        left, right = self.x_of(self._from), self.x_of(self._to + 1)
        to_left, to_right = abs(place.x() - left), abs(place.x() - right)
        if min(to_left, to_right) <= _KNOB + 2 or not left < place.x() < right:
            return "low" if to_left < to_right or place.x() <= left else "high"
        whole = self.chosen == (self._low, self._high)
        return "new" if whole else "both"

    def _drag(self, x: float) -> None:
        low, high = self._held_range
        if self._grip == "low":
            self._move(min(self._edge_at(x), high), high)
        elif self._grip == "high":
            self._move(low, max(self._edge_at(x) - 1, low))
        elif self._grip == "new":
            value = self._value_at(x)
            if value != self._held or self.chosen != self._held_range:
                self._move(min(value, self._held), max(value, self._held))
        else:
            self._shift(low, high, self._value_at(x) - self._held)

    def _step(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        low, high = self.chosen
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._shift(low, high, step)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._move(low, min(max(high + step, low), self._high))
        else:
            self._move(min(max(low + step, self._low), high), high)

    def _shift(self, low: int, high: int, step: int) -> None:
        step = min(max(step, self._low - low), self._high - high)
        self._move(low + step, high + step)

    def _move(self, low: int, high: int) -> None:
        if (low, high) != self.chosen:
            self.set_chosen(low, high)
            self.changed.emit(low, high)


class RangeSection(Section):
    """The histogram of one range facet and two boxes to type in.

    Signals
    -------
    range_started(), range_changed(int, int), range_finished()
        The user took hold, moved (often), let go.
    """

    range_started = Signal()
    range_changed = Signal(int, int)
    range_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram = RangeHistogram()
        self.histogram.started.connect(self.range_started)
        self.histogram.changed.connect(self._follow)
        self.histogram.finished.connect(self.range_finished)
        self._words = (TextLabel(tone="muted"), TextLabel(tone="muted"))
        self.boxes = (QSpinBox(), QSpinBox())
        row = QHBoxLayout()
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(6)
        for word, box in zip(self._words, self.boxes, strict=True):
            box.setKeyboardTracking(False)
            box.setMinimumWidth(self.fontMetrics().horizontalAdvance("000") + 34)
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)
            word.setBuddy(box)
            row.addWidget(word)
            row.addWidget(box)
        row.insertStretch(2, 1)
        self.boxes[0].valueChanged.connect(lambda value: self._type(value, max(value, self.boxes[1].value())))
        self.boxes[1].valueChanged.connect(lambda value: self._type(min(value, self.boxes[0].value()), value))
        self.body_layout.addWidget(self.histogram)
        self.body_layout.addLayout(row)

    def show_facet(self, facet: RangeFacet, words: FacetWords) -> None:
        """Show the histogram, the handles and the numbers."""
        filters = (facet.chosen_low, facet.chosen_high) != (facet.low, facet.high)
        self.show_section(facet.label, facet.text, words.clear, filters=filters)
        self.histogram.show_range(facet)
        if self.histogram.toolTip() != words.range_hint:
            self.histogram.setToolTip(words.range_hint)
        self.histogram.setAccessibleName(f"{facet.label}: {facet.text}")
        self.histogram.setAccessibleDescription(words.range_hint)
        texts = (facet.low_text, facet.high_text)
        for word, box, text in zip(self._words, self.boxes, texts, strict=True):
            word.show_text(text)
            box.setAccessibleName(f"{facet.label}: {text}")
            with QSignalBlocker(box):
                box.setRange(facet.low, facet.high)
        self._show_numbers()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Leave the wheel to the column: it scrolls and must not change a number on its way."""
        if event.type() == QEvent.Type.Wheel and watched in self.boxes and not watched.hasFocus():
            event.ignore()
            return True
        return False

    def _show_numbers(self) -> None:
        for box, value in zip(self.boxes, self.histogram.chosen, strict=True):
            if box.value() != value and not (box.hasFocus() and box.lineEdit().isModified()):
                with QSignalBlocker(box):
                    box.setValue(value)

    def _follow(self, low: int, high: int) -> None:
        self._show_numbers()
        self.range_changed.emit(low, high)

    def _type(self, low: int, high: int) -> None:
        self.range_started.emit()
        self.histogram.set_chosen(low, high)
        for box, value in zip(self.boxes, (low, high), strict=True):
            with QSignalBlocker(box):
                box.setValue(value)
        self.range_changed.emit(low, high)
        self.range_finished.emit()
