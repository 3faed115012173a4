"""The numbers of the focused figure, to read, sort, copy and save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from widgets.labels import ElidedLabel
from widgets.table_model import Cell, CellText, NumberModel, TableColumn, TableData
from widgets.toggles import show_button

__all__ = ["Cell", "CellText", "NumberTable", "TableColumn", "TableData"]


class NumberTable(QWidget):
    """A table under a title row with the buttons Copy and Save.

    Click a heading to sort by raw value, once more for the other way, a third time for the order of the data.
    Ctrl+C and the button copy what is selected, or everything with headings when nothing is.

    Signals
    -------
    save_requested()
        The user wants the numbers in a file.
    copied(int)
        The user copied so many rows.
    """

    save_requested = Signal()
    copied = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self._title = ElidedLabel(bold=True)
        self.copy_button, self.save_button = QPushButton(), QPushButton()
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save_requested)
        self.save_button.hide()
        self.model = NumberModel(self)
        self.view = _CopyView()
        self.view.copy_asked.connect(self.copy)
        self.view.setModel(self.model)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 0, 0)
        top.addWidget(self._title, 1)
        top.addLayout(self._buttons)
        top.addWidget(self.copy_button)
        top.addWidget(self.save_button)
        top.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.view, 1)

    def add_widget(self, widget: QWidget) -> None:
        """Put one more control before the buttons of the title row."""
        self._buttons.addWidget(widget)

    def show_table(self, title: str, data: TableData, copy_text: str) -> None:
        """Show `data` under `title`; order, selection and scroll stay while the columns are the same."""
        self._title.show_text(title)
        self.view.setAccessibleName(title)
        show_button(self.copy_button, copy_text, enabled=bool(data.columns))
        if data is self.model.data_shown:
            return
        old = tuple((column.key, column.label) for column in self.model.data_shown.columns)
        self.model.show_data(data)
        if tuple((column.key, column.label) for column in data.columns) != old:
            self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.view.fit_columns(grow_only=False)
        else:
            self.view.fit_columns(grow_only=True)

    def show_buttons(self, copy_text: str, save_text: str, save_enabled: bool, save_tooltip: str) -> None:
        """Show the words of the buttons; `save_tooltip` says why saving is not possible."""
        show_button(self.copy_button, copy_text, enabled=self.copy_button.isEnabled())
        show_button(self.save_button, save_text, enabled=save_enabled, tooltip=save_tooltip)
        self.save_button.setVisible(bool(save_text))

    def copy(self) -> None:
        """Put the selection on the clipboard as tab-separated text, or everything with headings."""
        lines = self._selected_lines() or self._all_lines()
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines) + "\n")
        self.copied.emit(len(lines))

    def _all_lines(self) -> list[list[str]]:
        columns = range(self.model.columnCount())
        head = [column.label.replace("\n", " ") for column in self.model.data_shown.columns]
        rows = range(self.model.rowCount())
        return [head, *([self.model.copied(row, column) for column in columns] for row in rows)]

    def _selected_lines(self) -> list[list[str]]:
        cells = {(index.row(), index.column()) for index in self.view.selectionModel().selectedIndexes()}
        rows = sorted({row for row, _ in cells})
        columns = sorted({column for _, column in cells})
        return [
            [self.model.copied(row, column) if (row, column) in cells else "" for column in columns]
            for row in rows
        ]


class _CopyView(QTableView):
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
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
        self._fit_rows()

    def fit_columns(self, *, grow_only: bool) -> None:
        """Give every column room for its heading and the first hundred rows, no more than 40 letters."""
        model = self.model()
        metrics = self.fontMetrics()
        most = metrics.averageCharWidth() * 40
        for column in range(model.columnCount()):
            texts = [str(model.headerData(column, Qt.Orientation.Horizontal)) + "   "]
            texts += [str(model.index(row, column).data()) for row in range(min(model.rowCount(), 100))]
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
