"""A facet of numbers: a histogram with two handles, and two boxes to type in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSizePolicy, QWidget

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
_NEAR: Final = 1e-9
"""Of a bar: so near to an edge a value is on it."""
_LONG: Final = 1e9
"""From here on a box shows a number with an exponent, and so many digits."""
_DIGITS: Final = 6


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


_NOTHING: Final = RangeFacet(
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
        self._facet = _NOTHING
        self._from, self._to = _NOTHING.low, _NOTHING.high
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
        left, right = self._handles()
        painter.setPen(QPen(palette.mid().color(), 2))
        painter.drawLine(QPointF(_KNOB + 1, base), QPointF(self.width() - _KNOB - 1, base))
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

    def _first(self, edge: int) -> float:
        """Return the lowest value of a range that begins at an edge."""
        facet = self._facet
        return round(facet.low + edge * facet.step, facet.digits)

    def _last(self, edge: int) -> float:
        """Return the highest value of a range that ends at an edge."""
        facet = self._facet
        if edge == len(facet.bars):
            return facet.high
        return round(facet.low + edge * facet.step - facet.width, facet.digits)

    def _grip_at(self, place: QPointF) -> _Grip:
        left, right = self._handles()
        to_left, to_right = abs(place.x() - left), abs(place.x() - right)
        if min(to_left, to_right) <= _KNOB + 2 or not left < place.x() < right:
            return "low" if to_left < to_right or place.x() <= left else "high"
        whole = self.chosen == (self._facet.low, self._facet.high)
        return "new" if whole else "both"

    def _drag(self, x: float) -> None:
        low, high = self._held_range
        if self._grip == "low":
            self._move(min(self._first(self._edge_at(x)), self._before(high)), high)
        elif self._grip == "high":
            self._move(low, max(self._last(self._edge_at(x)), self._after(low)))
        elif self._grip == "new":
            bar = self._bar_at(x)
            if bar != self._held or self.chosen != self._held_range:
                self._move(self._first(min(bar, self._held)), self._last(max(bar, self._held) + 1))
        else:
            self._shift(low, high, self._bar_at(x) - self._held)

    def _step(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        low, high = self.chosen
        facet = self._facet
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._shift(low, high, step)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            edge = _along((high + facet.width - facet.low) / facet.step, step, len(facet.bars))
            self._move(low, max(self._last(edge), self._after(low)))
        else:
            edge = _along((low - facet.low) / facet.step, step, len(facet.bars))
            self._move(min(self._first(edge), self._before(high)), high)

    def _before(self, high: float) -> float:
        """Return the highest value at which a range may begin that ends at `high`."""
        facet = self._facet
        edge = math.ceil((high + facet.width - facet.low) / facet.step - _NEAR) - 1
        return self._first(max(edge, 0))

    def _after(self, low: float) -> float:
        """Return the lowest value at which a range may end that begins at `low`."""
        facet = self._facet
        edge = math.floor((low - facet.low) / facet.step + _NEAR) + 1
        return self._last(min(edge, len(facet.bars)))

    def _shift(self, low: float, high: float, step: int) -> None:
        facet = self._facet
        by = min(max(step * facet.step, facet.low - low), facet.high - high)
        self._move(round(low + by, facet.digits), round(high + by, facet.digits))

    def _move(self, low: float, high: float) -> None:
        if (low, high) != self.chosen:
            self.set_chosen(low, high)
            self.changed.emit(low, high)


def _along(at: float, step: int, most: int) -> int:
    """Return the edge `step` bars on from `at`, which may lie between two edges."""
    edge = math.floor(at + _NEAR) if step > 0 else math.ceil(at - _NEAR)
    return min(max(edge + step, 0), most)


class NumberBox(QDoubleSpinBox):
    """A box for a number of any size, without noughts at the end of its decimals."""

    def textFromValue(self, value: float) -> str:
        """Return a number as the reader's language writes it."""
        if abs(value) >= _LONG:
            return self.locale().toString(value, "g", _DIGITS)
        text = super().textFromValue(value)
        return text.rstrip("0").rstrip(self.locale().decimalPoint()) if self.decimals() else text


class RangeSection(Section):
    """The histogram of one range facet and two boxes to type in.

    Signals
    -------
    range_started(), range_changed(float, float), range_finished()
        The user took hold, moved (often; at an end of the numbers that of `RangeFacet.ends`), let go.
    """

    range_started = Signal()
    range_changed = Signal(float, float)
    range_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram = RangeHistogram()
        self.histogram.started.connect(self.range_started)
        self.histogram.changed.connect(self._follow)
        self.histogram.finished.connect(self.range_finished)
        self._words = (TextLabel(tone="muted"), TextLabel(tone="muted"))
        self.boxes = (NumberBox(), NumberBox())
        self._note = TextLabel(tone="muted")
        self._ends = ((0.0, 0.0), _NOTHING.ends)
        row = QHBoxLayout()
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(6)
        for word, box in zip(self._words, self.boxes, strict=True):
            box.setKeyboardTracking(False)
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)
            word.setBuddy(box)
            row.addWidget(word)
            row.addWidget(box)
        row.insertStretch(2, 1)
        chosen = self.histogram
        self.boxes[0].valueChanged.connect(lambda value: self._type(value, max(value, chosen.chosen[1])))
        self.boxes[1].valueChanged.connect(lambda value: self._type(min(value, chosen.chosen[0]), value))
        self.body_layout.addWidget(self.histogram)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self._note)

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
                _show_scale(box, facet)
        self._ends = (facet.low, facet.high), facet.ends
        self._note.show_text(facet.note)
        self._note.setVisible(bool(facet.note))
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

    def _follow(self, low: float, high: float) -> None:
        self._show_numbers()
        (lowest, highest), (least, most) = self._ends
        self.range_changed.emit(least if low <= lowest else low, most if high >= highest else high)

    def _type(self, low: float, high: float) -> None:
        self.range_started.emit()
        self.histogram.set_chosen(low, high)
        for box, value in zip(self.boxes, (low, high), strict=True):
            with QSignalBlocker(box):
                box.setValue(value)
        self._follow(low, high)
        self.range_finished.emit()


def _show_scale(box: NumberBox, facet: RangeFacet) -> None:
    """Let a box hold the numbers of `facet`, as wide as the longest of them needs it."""
    if box.locale() != QLocale():
        box.setLocale(QLocale())
    if (box.minimum(), box.maximum(), box.decimals(), box.singleStep()) == (
        facet.low,
        facet.high,
        facet.digits,
        facet.step,
    ):
        return
    box.setDecimals(facet.digits)
    box.setRange(facet.low, facet.high)
    box.setSingleStep(facet.step)
    widths = [
        box.fontMetrics().horizontalAdvance(box.textFromValue(value)) for value in (facet.low, facet.high)
    ]
    box.setMinimumWidth(max(*widths, box.fontMetrics().horizontalAdvance("000")) + 34)
