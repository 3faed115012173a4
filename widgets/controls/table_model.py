"""Numbers as a Qt model: sorted by what they are, shown by how they are written, copied as shown."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from widgets.pictures.table_data import EMPTY, TableData

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class NumberModel(QAbstractTableModel):
    """The rows of a TableData in the order asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_shown = EMPTY
        self._order: list[int] = []
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show_data(self, data: TableData) -> None:
        """Show other numbers; the order asked for is kept while the columns are the same."""
        old = self.data_shown
        same = [column.key for column in data.columns] == [column.key for column in old.columns]
        if not same:
            self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        if same and len(data.rows) == len(old.rows):
            self.data_shown = data
            self._order = self._ordered()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(data.columns) - 1, 0))
            if data.rows and data.columns:
                last = self.index(len(data.rows) - 1, len(data.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.data_shown = data
        self._order = self._ordered()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.data_shown.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text and alignment of one cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.data_shown.text(self._order[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return label, explanation and alignment of one column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.data_shown.columns):
            return None
        column = self.data_shown.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.label}\n{column.tooltip}" if column.tooltip else column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by raw value, missing values last; column -1 gives the order of the data back."""
        if (column, order) == self._sorted:
            return
        self.layoutAboutToBeChanged.emit()
        old = self._order
        self._sorted = (column, order)
        self._order = self._ordered()
        places = {row: at for at, row in enumerate(self._order)}
        before = self.persistentIndexList()
        after = [self.index(places[old[index.row()]], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def place(self, row: int) -> int:
        """Return the place in the data of a row of the screen."""
        return self._order[row]

    def copied(self, row: int, column: int) -> str:
        """Return what is copied of the cell at this place on the screen."""
        write = self.data_shown.plain or self.data_shown.text
        return " ".join(write(self._order[row], column).split("\t")).replace("\n", " ")

    def _alignment(self, column: int) -> int:
        numeric = self.data_shown.columns[column].numeric
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _ordered(self) -> list[int]:
        rows = self.data_shown.rows
        column, order = self._sorted
        if not 0 <= column < len(self.data_shown.columns):
            return list(range(len(rows)))
        down = order == Qt.SortOrder.DescendingOrder
        values = [row[column] for row in rows]
        numbers = {at: value for at, value in enumerate(values) if isinstance(value, int | float)}
        numbers = {at: value for at, value in numbers.items() if not math.isnan(value)}
        words = {at: value for at, value in enumerate(values) if isinstance(value, str)}
        there = sorted(numbers, key=lambda at: numbers[at], reverse=down)
        there += sorted(words, key=lambda at: reading_order(words[at]), reverse=down)
        placed = set(there)
        return there + [at for at in range(len(rows)) if at not in placed]


def reading_order(word: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts words as a reader does: capitals and accents aside, 9 before 10.

    Examples
    --------
    >>> sorted(["2022 H10", "É", "2022 H9", "z", "a"], key=reading_order)
    ['2022 H9', '2022 H10', 'a', 'É', 'z']
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(letter)
    )
    parts = [part for part in re.split(r"([0-9]+)", plain) if part]
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
