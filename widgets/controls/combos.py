"""Lists to choose one from, as narrow as need be: the shown entry is cut with an ellipsis, never over the arrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget


class ShortCombo(QComboBox):
    """A list that takes room for at most `letters` letters; the wheel is left to the page unless it has the focus."""

    def __init__(self, letters: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Adjusting to its contents, Qt gives the box a size past the layout, 20 ms after its entries change.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(20)

    def fill(self, texts: list[str]) -> None:
        """Offer these entries and no others; the open list is as wide as they are, within reason."""
        self.clear()
        self.addItems(texts)
        longest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        self.view().setMinimumWidth(min(longest + 48, 520))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the longest entry, up to so many letters."""
        return QSize(self._room_for(self._letters), self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for a dozen letters; the rest is cut with an ellipsis."""
        return QSize(self._room_for(12), self._height())

    def _height(self) -> int:
        # The style sheet sets a least height that differs from the hint by rounding; two truths would shift the row.
        return self.minimumHeight() or super().sizeHint().height()

    def _room_for(self, letters: int) -> int:
        """Return the width for the longest entry, cut at so many letters, with everything around the text."""
        metrics, option = self.fontMetrics(), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, 400, self._height())
        around = option.rect.width() - self._text_room(option)
        longest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        return min(longest, metrics.averageCharWidth() * letters) + around + 4

    def _text_room(self, option: QStyleOptionComboBox) -> int:
        box, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(box, option, part, self).width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with its text cut to the room there is."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._text_room(option) - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn through the entries only where the user has gone."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class MeasureBox(ShortCombo):
    """The list of measures; the wheel is left to the page."""

    def __init__(self) -> None:
        super().__init__()
        self._measures: tuple[tuple[str, str], ...] = ()

    def show_measures(self, measures: tuple[tuple[str, str], ...], chosen: str, name: str) -> None:
        """Show the list, keys with their words, with `chosen` on top; `name` says what is chosen from it."""
        self.setAccessibleName(name)
        with QSignalBlocker(self):
            if measures != self._measures:
                self._measures = measures
                self.fill([label for _, label in measures])
                for at, (key, label) in enumerate(measures):
                    self.setItemData(at, key)
                    self.setItemData(at, label, Qt.ItemDataRole.ToolTipRole)
            at = self.findData(chosen)
            if at != self.currentIndex():
                self.setCurrentIndex(at)
        if self.toolTip() != self.currentText():
            self.setToolTip(self.currentText())
