"""A facet of numbers: a histogram with two handles, and two boxes to type in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.boxes import row
from widgets.controls.fields import NumberBox
from widgets.controls.flow import FlowLayout
from widgets.controls.histogram import NOTHING, RangeFacet, RangeHistogram
from widgets.controls.labels import TextLabel
from widgets.controls.sections import FacetWords, Section

_LONG: Final = 1e9
"""From here on a box shows a number with an exponent, and so many digits."""
_DIGITS: Final = 6
_FRAME: Final = 38
"""Pixels of a box around its number."""


class RangeBox(NumberBox):
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
        self.boxes = (RangeBox(), RangeBox())
        self.note = TextLabel(tone="muted")
        self._ends = ((0.0, 0.0), NOTHING.ends)
        # Side by side, or one under the other where the numbers are long.
        rows = FlowLayout(ends=True)
        rows.setContentsMargins(2, 2, 2, 2)
        for word, box in zip(self._words, self.boxes, strict=True):
            end = QWidget()
            word.setBuddy(box)
            row(end, word, box, gap=6)
            rows.addWidget(end)
        chosen = self.histogram
        self.boxes[0].valueChanged.connect(lambda value: self._type(value, max(value, chosen.chosen[1])))
        self.boxes[1].valueChanged.connect(lambda value: self._type(min(value, chosen.chosen[0]), value))
        self.body_layout.addWidget(self.histogram)
        self.body_layout.addLayout(rows)
        self.body_layout.addWidget(self.note)

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
        self.note.show_text(facet.note)
        self.note.setVisible(bool(facet.note))
        self._show_numbers()

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


def _show_scale(box: RangeBox, facet: RangeFacet) -> None:
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
    ends = (facet.low, facet.high, facet.low + facet.step)
    widths = [box.fontMetrics().horizontalAdvance(box.textFromValue(value)) for value in ends]
    box.setFixedWidth(max(*widths, box.fontMetrics().horizontalAdvance("000")) + _FRAME)
