"""The quality report over the window: what nobody should overlook, and a table to search, sort, copy and save."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.core.formatting import Formats
from explorer.core.names import dataset_title
from explorer.core.words import N_, Words
from explorer.pipeline.opening import Dataset
from explorer.pipeline.quality_table import LABELS, quality_data
from explorer.registers.wording import warnings
from widgets.controls.labels import WrapLabel
from widgets.controls.matching import plain
from widgets.controls.tables import NumberTable

REASON: Final = list(LABELS).index("reason")
TOLD: Final = ("reason", "found", "examples")
"""What is told in full of the row in hand: columns may be too narrow for it."""


class QualityPage(QDialog):
    """The quality report of a dataset; Escape closes it.

    Signals
    -------
    save_requested()
        The user wants the report in a file.
    """

    save_requested = Signal()

    def __init__(self, parent: QWidget, dataset: Dataset, words: Words) -> None:
        super().__init__(parent)
        self.setWindowTitle(words(N_("Quality report")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._data = quality_data(dataset.quality, words)
        lead = words(N_("Every row that was read was used, repaired or set aside, and is counted here."))
        said = "\n".join(warnings(dataset.quality, words, Formats(words.language).count))
        self.alarm = WrapLabel(said, tone="warning")
        self.line = QLineEdit()
        self.line.setPlaceholderText(words(N_("Search in the report")))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._search)
        self.table, self.detail = NumberTable(), WrapLabel(tone="muted")
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = dataset_title(dataset.codes.info, words)
        copy, save = words(N_("Copy")), words(N_("Save report…"))
        self.table.show_table(self._title, self._data, copy)
        self.table.show_buttons(copy, save, True, words(N_("Without the numbers of data rows.")))
        self.table.save_requested.connect(self.save_requested)
        self.table.view.horizontalHeader().setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        self.table.view.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now.row()))
        self._tell(-1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (WrapLabel(lead), *([self.alarm] if said else []), self.line):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(buttons)
        for button in self.findChildren(QPushButton):
            # Return in the line searches, and presses none of them.
            button.setAutoDefault(False)
        em = self.fontMetrics().height()
        self.resize(min(72 * em, parent.width()), min(40 * em, parent.height()))

    def _search(self, typed: str) -> None:
        """Show the rows that hold every word that was typed, somewhere."""
        wanted, whole = plain(typed).split(), self._data
        columns = range(len(whole.columns))
        kept = [
            row
            for row in range(len(whole.rows))
            if all(word in plain(" ".join(whole.text(row, column) for column in columns)) for word in wanted)
        ]
        found = replace(
            whole,
            rows=tuple(whole.rows[row] for row in kept),
            text=lambda row, column: whole.text(kept[row], column),
        )
        self.table.show_table(self._title, found, self.table.copy_button.text())
        self._tell(self.table.view.currentIndex().row())

    def _tell(self, row: int) -> None:
        """Tell the row in hand in full, or that there is none."""
        model = self.table.model
        if row < 0:
            none = N_("Nothing in the report holds that.")
            hint = N_("Choose a row to read it in full.") if model.rowCount() else none
            told = [self._words(hint)]
        else:
            texts = {key: str(model.index(row, place).data() or "") for place, key in enumerate(LABELS)}
            told = [f"{self._words(LABELS[key])}: {texts[key]}" for key in TOLD if texts[key]]
        self.detail.show_text("\n".join(told))
        self.detail.setAccessibleName(self.detail.text())
