"""A view of numbers in rows: to sort by their headings, to select and to copy."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from widgets.controls.table_model import NumberModel
from widgets.pictures.table_data import TableData

REST_MS: Final = 100
"""Columns grow when their numbers have not changed for so long."""


class NumberView(QTableView):
    """Numbers in rows, sorted by a click on a heading and copied as they are shown.

    Click a heading to sort by raw value, once more for the other way, a third time for the order of the data; with
    the keyboard Alt with Down or Up sorts by the column in hand.

    Signals
    -------
    copy_asked()
        The user pressed the keys for copying.
    """

    copy_asked = Signal()

    def __init__(self, model: NumberModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = model
        self.setModel(model)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        head.setSectionsMovable(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        # Measuring hundreds of numbers takes longer than showing them: not while they change under the hand.
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(lambda: self.fit_columns(grow_only=True))
        self._fit_rows()

    def show_data(self, data: TableData) -> None:
        """Show `data`; order, selection and scroll stay while the columns are the same."""
        if data is self.numbers.data_shown:
            return
        old = tuple((column.key, column.label) for column in self.numbers.data_shown.columns)
        self.numbers.show_data(data)
        same = tuple((column.key, column.label) for column in data.columns) == old
        if not same:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if same:
            self._resting.start()
        else:
            self.fit_columns(grow_only=False)

    def copy(self) -> int:
        """Put the selection on the clipboard as tab-separated text, or all with headings; return how many lines."""
        lines = self._selected_lines() or self._all_lines()
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines) + "\n")
        return len(lines)

    def fit_columns(self, *, grow_only: bool) -> None:
        """Give every column room for its heading and the first hundred rows, no more than it may take."""
        model = self.model()
        metrics = self.fontMetrics()
        for column, shown in enumerate(self.numbers.data_shown.columns):
            texts = [str(model.headerData(column, Qt.Orientation.Horizontal)) + "   "]
            texts += [str(model.index(row, column).data()) for row in range(min(model.rowCount(), 100))]
            most = metrics.averageCharWidth() * shown.letters
            wanted = min(max(map(metrics.horizontalAdvance, texts)) + 26, most)
            if not grow_only or wanted > self.columnWidth(column):
                self.setColumnWidth(column, wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual keys; Escape selects nothing; Alt with Down or Up sorts by this column."""
        ways = {
            int(Qt.Key.Key_Down): Qt.SortOrder.AscendingOrder,
            int(Qt.Key.Key_Up): Qt.SortOrder.DescendingOrder,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        elif event.key() in ways and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.sortByColumn(self.currentIndex().column(), ways[event.key()])
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again with the font that is really used."""
        super().showEvent(event)
        self._fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
            if self.model() is not None:
                self.fit_columns(grow_only=False)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)

    def _all_lines(self) -> list[list[str]]:
        columns = range(self.numbers.columnCount())
        head = [column.label.replace("\n", " ") for column in self.numbers.data_shown.columns]
        rows = range(self.numbers.rowCount())
        return [head, *([self.numbers.copied(row, column) for column in columns] for row in rows)]

    def _selected_lines(self) -> list[list[str]]:
        cells = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        rows = sorted({row for row, _ in cells})
        columns = sorted({column for _, column in cells})
        return [
            [self.numbers.copied(row, column) if (row, column) in cells else "" for column in columns]
            for row in rows
        ]
