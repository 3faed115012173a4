"""Who is in, always in sight: the selection as a sentence, as chips to take off, and n of N."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.chips import Chip, ChipWidget
from widgets.controls.conditions import ConditionLine
from widgets.controls.focus import chain_focus
from widgets.controls.labels import TextLabel
from widgets.controls.toggles import show_button

ONE_ROW_LETTERS: Final = 170
"""A bar as wide as so many letters has one row, a narrower one has two: whatever it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionText:
    """What the bar above the figures says.

    `count_short` is the first part of the count, for where there is no room for all of it; `more` names the button that
    shows all conditions; `clear_tooltip` says why there is nothing to clear.
    """

    sentence: str
    count: str
    chips: tuple[Chip, ...]
    clear_tooltip: str
    more: str
    count_short: str = ""


class CountLabel(TextLabel):
    """A count in full; where that does not fit, its first part in full, and the rest as a tooltip.

    A number is never cut: "22,696 of 157,000" would be another count than 122,696.
    """

    def __init__(self) -> None:
        super().__init__(bold=True)
        self._texts = ("", "")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_count(self, whole: str, short: str) -> None:
        """Show `whole`, or `short` where there is no room."""
        self._texts = (whole, short or whole)
        self._choose()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole."""
        return QSize(self._wide(self._texts[0]), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the first part."""
        return QSize(self._wide(self._texts[1]), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as fits."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        whole, short = self._texts
        fits = self._wide(whole) <= self.width()
        self.show_text(whole if fits else short)
        self.setToolTip("" if fits or whole == short else whole)

    def _wide(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 4 if text else 0


class SelectionBar(QFrame):
    """The bar above the figures: sentence, chips, n of N, and a button that clears everything.

    Its height follows from its width and the size of the text, never from what it says: the figures under it stay.

    Signals
    -------
    chip_removed(str)
        Key of the condition the user took off.
    cleared()
        The user wants no selection.
    """

    chip_removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._line = ConditionLine()
        self._line.removed.connect(self.chip_removed)
        self.more_button = self._line.more_button
        self.count = CountLabel()
        self.clear_button = QPushButton()
        self.clear_button.clicked.connect(self.cleared)
        # Until it has a word there is nothing to press.
        self.clear_button.hide()
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left: list[QWidget] = []
        self._before = QHBoxLayout()
        self._row = row(None, self._before, (self._gap, 1), self.count, self.clear_button, gap=10)
        self._column = column(self, self._line, self._row, margins=(12, 6, 8, 6), gap=6)
        self._stacked = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def chips(self) -> tuple[ChipWidget, ...]:
        """The chips of all conditions, also of those that stand in the list alone."""
        return self._line.chips

    @property
    def listed(self) -> tuple[ChipWidget, ...]:
        """The chips of all conditions as they stand in the list that opens."""
        return self._line.list.chips

    def add_left(self, widget: QWidget) -> None:
        """Put a widget before the sentence (undo, redo)."""
        self._before.addWidget(widget)
        self._left.append(widget)
        self._chain()

    def show_selection(self, text: SelectionText, clear_text: str) -> None:
        """Show who is in, and the word of the button that clears."""
        focused = any(chip.hasFocus() for chip in self.chips)
        self.count.show_count(text.count, text.count_short)
        said = " · ".join(chip.whole or chip.text for chip in text.chips)
        parts = (f"{text.sentence} {said}".strip(), text.count)
        self.setAccessibleName(", ".join(part for part in parts if part))
        show_button(self.clear_button, clear_text, enabled=bool(text.chips), tooltip=text.clear_tooltip)
        self.clear_button.setVisible(bool(clear_text))
        if self._line.show_conditions(text.sentence, text.chips, text.more):
            self._chain()
        if focused and not text.chips:
            self.clear_button.setFocus()
        # Now, and not at the next turn of the event loop: a figure may be painted before that.
        self._column.activate()

    def minimumSizeHint(self) -> QSize:
        """Return a width that does not follow from what is said."""
        least = self.fontMetrics().averageCharWidth() * ONE_ROW_LETTERS // 4
        return QSize(least, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one row or two."""
        super().resizeEvent(event)
        self._stack()

    def changeEvent(self, event: QEvent) -> None:
        """Take one row or two when the text's size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_stacked"):
            self._line.place()
            self._stack()

    def _stack(self) -> None:
        stacked = self.width() < self.fontMetrics().averageCharWidth() * ONE_ROW_LETTERS
        if stacked == self._stacked:
            return
        self._stacked = stacked
        if stacked:
            self._row.replaceWidget(self._line, self._gap)
            self._column.insertWidget(0, self._line)
        else:
            self._column.removeWidget(self._line)
            self._row.replaceWidget(self._gap, self._line)
        self._gap.setVisible(stacked)
        self._row.setStretch(1, 1)
        self._line.show()
        self.updateGeometry()

    def _chain(self) -> None:
        """Let Tab go from left to right."""
        chain_focus([*self._left, *self._line.stops, self.clear_button])
