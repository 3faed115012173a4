"""Lists to choose one from, as narrow as need be: the shown entry is cut with an ellipsis, never over the arrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from widgets.controls.choices import Choice
from widgets.controls.labels import role_font


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
    """The list of measures, under the names of their groups; the wheel is left to the page."""

    def __init__(self) -> None:
        super().__init__()
        self._measures: tuple[Choice, ...] = ()
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)

    def show_measures(self, measures: tuple[Choice, ...], chosen: str, name: str) -> None:
        """Show the list with `chosen` on top; `name` says what is chosen from it."""
        self.setAccessibleName(name)
        with QSignalBlocker(self):
            if measures != self._measures:
                self._measures = measures
                self._fill()
            at = self.findData(chosen)
            if at != self.currentIndex():
                self.setCurrentIndex(at)
        if self.toolTip() != self.currentText():
            self.setToolTip(self.currentText())

    def _fill(self) -> None:
        model = self._entries
        model.clear()
        group = ""
        for measure in self._measures:
            if measure.group and measure.group != group:
                heading = QStandardItem(measure.group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(role_font(1.0, bold=True))
                model.appendRow(heading)
            group = measure.group
            entry = QStandardItem(measure.label)
            entry.setData(measure.key, Qt.ItemDataRole.UserRole)
            entry.setToolTip(measure.label)
            model.appendRow(entry)
        longest = max((self.fontMetrics().horizontalAdvance(one.label) for one in self._measures), default=0)
        self.view().setMinimumWidth(min(longest + 48, 520))
        self.updateGeometry()
