"""The import assistant over the window: what the files are, who is taken over, and what became of every row."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.core.words import N_, Words
from widgets.controls.combos import ShortCombo
from widgets.controls.forms import Form, FormField
from widgets.controls.labels import TextLabel, WrapLabel
from widgets.controls.progress import Progress, ProgressStrip
from widgets.controls.tables import NumberTable, TableData

LEAD: Final = N_(
    "Files were recognised by their names, columns by theirs. Look whether that is right; columns can be changed here."
)
FILES: Final = N_("Files")
COLUMNS: Final = N_("Columns")
PEOPLE: Final = N_("Who is taken over")
READ_FROM: Final = N_("Read “{field}” from")
NOTHING: Final = N_("(nothing)")
CHOOSE: Final = N_("Choose a row above to read it from another column.")
FOLDER: Final = N_("Dataset folder")
GO: Final = N_("&Import")
OPEN: Final = N_("&Open the dataset")
CANCEL: Final = N_("Cancel")
CLOSE: Final = N_("Close")
BECAME: Final = N_("What became of every person and row")


class ImportPage(QDialog):
    """Two steps: what was found, with what can be changed; then what became of it.

    Signals
    -------
    wish_changed(str, object)
        A choice of who is taken over, and its new value.
    column_chosen(int, str)
        Row of the table of columns, and the column of the file it is to be read from; "" for none.
    go(), stop(), open_asked()
        Import, cancel what runs, open what was made.
    """

    wish_changed = Signal(str, object)
    column_chosen = Signal(int, str)
    go = Signal()
    stop = Signal()
    open_asked = Signal()

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent)
        self._words = words
        self._choices: list[tuple[str, tuple[str, ...], str]] = []
        self.setWindowTitle(words(N_("Import files")))
        self.files, self.columns, self.steps = NumberTable(), NumberTable(), NumberTable()
        self.form = Form()
        self.form.changed.connect(self.wish_changed)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(words(FOLDER))
        self.folder.editingFinished.connect(lambda: self.wish_changed.emit("out", self.folder.text()))
        self.column_label, self.column_box = QLabel(words(CHOOSE)), ShortCombo()
        self.column_box.activated.connect(self._choose_column)
        self.message = WrapLabel("", tone="warning")
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self.stop)
        self.back_button, self.go_button = QPushButton(words(CANCEL)), QPushButton(words(GO))
        self.back_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._pressed)
        self.go_button.setDefault(True)
        self.back_button.setAutoDefault(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._found_page())
        self._stack.addWidget(self.steps)
        foot = QHBoxLayout()
        foot.addWidget(self.progress, 1)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.go_button)
        column = QVBoxLayout(self)
        self._lead = WrapLabel(words(LEAD))
        column.addWidget(self._lead)
        column.addWidget(self._stack, 1)
        column.addWidget(self.message)
        column.addLayout(foot)
        self.message.hide()
        self.columns.view.selectionModel().currentRowChanged.connect(
            lambda now, _: self._show_choice(now.row())
        )
        em = self.fontMetrics().height()
        self.resize(min(64 * em, parent.width() - 2 * em), min(44 * em, parent.height() - em))

    def _found_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        choice = QHBoxLayout()
        choice.addWidget(self.column_label)
        choice.addWidget(self.column_box)
        choice.addStretch(1)
        self.column_box.hide()
        grid.addWidget(self.files, 0, 0)
        grid.addWidget(self.columns, 1, 0)
        grid.addLayout(choice, 2, 0)
        grid.addWidget(TextLabel(self._words(PEOPLE), bold=True), 3, 0)
        grid.addWidget(self.form, 4, 0)
        where = QHBoxLayout()
        where.addWidget(TextLabel(self._words(FOLDER), tone="muted"))
        where.addWidget(self.folder, 1)
        grid.addLayout(where, 5, 0)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(1, 3)
        return page

    # --- what is shown ---------------------------------------------------------------------------------------

    def show_found(
        self, files: TableData, columns: TableData, choices: list[tuple[str, tuple[str, ...], str]]
    ) -> None:
        """Show the files and, for each field, where it is read from; `choices`: its name, columns, and the one now."""
        copy = self._words(N_("Copy"))
        self.files.show_table(self._words(FILES), files, copy)
        row = self.columns.view.currentIndex().row()
        self.columns.show_table(self._words(COLUMNS), columns, copy)
        for table in (self.files, self.columns):
            table.copy_button.hide()
            table.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            table.view.horizontalHeader().setStretchLastSection(True)
        self._choices = choices
        self._show_choice(row)

    def show_wishes(self, fields: tuple[FormField, ...], folder: str) -> None:
        """Show who is taken over, and the folder where the dataset comes."""
        self.form.show_form(fields)
        if self.folder.text() != folder:
            self.folder.setText(folder)

    def show_message(self, text: str) -> None:
        """Say what stands in the way; "" for nothing."""
        self.message.show_text(text)
        self.message.setVisible(bool(text))

    def show_work(self, progress: Progress | None) -> None:
        """Show how far the import is; None: nothing runs."""
        self.progress.show_progress(progress)
        self._stack.setEnabled(progress is None)
        self.go_button.setEnabled(progress is None)

    def show_steps(self, steps: TableData, title: str) -> None:
        """Show what became of every row; what was made can be opened."""
        self.steps.show_table(f"{self._words(BECAME)}: {title}", steps, self._words(N_("Copy")))
        self.steps.view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._lead.hide()
        self._stack.setCurrentWidget(self.steps)
        self.go_button.setText(self._words(OPEN))
        self.back_button.setText(self._words(CLOSE))
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what a person does ----------------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape and Cancel stop what runs first."""
        self.stop.emit()
        super().reject()

    def _pressed(self) -> None:
        (self.open_asked if self._stack.currentWidget() is self.steps else self.go).emit()

    def _show_choice(self, row: int) -> None:
        found: Any = self._choices[self._place(row)] if 0 <= row < len(self._choices) else None
        self.column_box.setVisible(found is not None)
        if found is None:
            self.column_label.setText(self._words(CHOOSE))
            return
        field, columns, now = found
        self.column_label.setText(self._words(READ_FROM, field=field))
        self.column_box.setAccessibleName(self.column_label.text())
        with QSignalBlocker(self.column_box):
            self.column_box.clear()
            self.column_box.addItem(self._words(NOTHING), "")
            for name in columns:
                self.column_box.addItem(name, name)
            self.column_box.setCurrentIndex(max(self.column_box.findData(now), 0))
        self.column_box.updateGeometry()

    def _choose_column(self, _: int) -> None:
        row = self.columns.view.currentIndex().row()
        if row >= 0:
            self.column_chosen.emit(self._place(row), str(self.column_box.currentData()))

    def _place(self, row: int) -> int:
        """Return the place in the data of a row, however the table is sorted."""
        return self.columns.model.place(row)
