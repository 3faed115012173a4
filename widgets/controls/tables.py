"""The numbers of the focused figure, to read, sort, copy and save."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.labels import ElidedLabel
from widgets.controls.number_view import NumberView
from widgets.controls.table_model import NumberModel
from widgets.controls.toggles import show_button
from widgets.pictures.table_data import Cell, CellText, TableColumn, TableData

__all__ = ["Cell", "CellText", "NumberTable", "TableColumn", "TableData"]


WHOLE_HEIGHT: Final = (1 << 24) - 1
"""Qt's own bound: as high as there is room."""


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
        self.view = NumberView(self.model)
        self.view.copy_asked.connect(self.copy)
        self._folded = False
        top = row(None, (self._title, 1), self.copy_button, self.save_button, margins=(4, 0, 0, 0), gap=8)
        column(self, top, (self.view, 1), gap=6)

    @property
    def folded(self) -> bool:
        """Whether only the title and the buttons are shown."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Show only the title and the buttons, because the numbers stand elsewhere."""
        self._folded = folded
        self.view.setVisible(not folded)
        column = self.layout()
        if column is not None:
            column.invalidate()
        self.setMaximumHeight(self.minimumSizeHint().height() if folded else WHOLE_HEIGHT)

    def show_table(self, title: str, data: TableData, copy_text: str) -> None:
        """Show `data` under `title`; order, selection and scroll stay while the columns are the same."""
        self._title.show_text(title)
        self.view.setAccessibleName(title)
        show_button(self.copy_button, copy_text, enabled=bool(data.columns))
        self.view.show_data(data)

    def show_buttons(self, copy_text: str, save_text: str, save_enabled: bool, save_tooltip: str) -> None:
        """Show the words of the buttons; `save_tooltip` says why saving is not possible."""
        show_button(self.copy_button, copy_text, enabled=self.copy_button.isEnabled())
        show_button(self.save_button, save_text, enabled=save_enabled, tooltip=save_tooltip)
        self.save_button.setVisible(bool(save_text))

    def copy(self) -> None:
        """Put the selection on the clipboard as tab-separated text, or everything with headings."""
        self.copied.emit(self.view.copy())
