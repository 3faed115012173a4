"""The questions put to a person: the Ui of the commands, with Qt's own dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from explorer.core.words import N_, Message
from explorer.export.formats import table_formats
from explorer.services.context import Context

FIGURE_KINDS = (
    (N_("SVG, for further editing (*.svg)"), ".svg"),
    (N_("PDF, for print (*.pdf)"), ".pdf"),
    (N_("PNG picture, 300 dpi (*.png)"), ".png"),
)
WORKSPACE_KINDS = ((N_("Workspace (*.cohort.json)"), ".cohort.json"),)


class Dialogs:
    """Asks with dialogs over `parent`."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        self._parent, self._context = parent, context
        self._folder = Path.home()

    def dataset_folder(self) -> Path | None:
        """Ask for the folder that holds dataset.toml."""
        return self._a_folder(N_("Open the folder that holds dataset.toml"))

    def delivery_folder(self) -> Path | None:
        """Ask for a folder of files as they were delivered."""
        return self._a_folder(N_("Choose the folder that holds the delivered files"))

    def _a_folder(self, title: str) -> Path | None:
        dialog = self._files(title, ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return self._picked(dialog)[0]

    def workspace_file(self, suggested: str) -> Path | None:
        """Ask where to save a workspace."""
        return self._file(N_("Save workspace"), suggested, WORKSPACE_KINDS)

    def workspace_to_open(self) -> Path | None:
        """Ask which workspace to open."""
        dialog = self._files(N_("Open workspace"), (WORKSPACE_KINDS[0][0], N_("All files (*)")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._picked(dialog)[0]

    def unsaved(self, file: Path | None) -> Literal["save", "drop"] | None:
        """Ask what is to become of an analysis that would be lost; Escape and the cross cancel."""
        text, save, drop = N_("Save this analysis as a workspace?"), N_("&Save…"), N_("&Do not save")
        if file is not None:
            text, save = N_("Save the changes in “{file}”?"), N_("&Save")
        more = N_("What is not saved is lost: the selection, comparisons, options and snapshots.")
        values = {"file": file.name if file is not None else ""}
        answer = self._answer(N_("Save workspace"), Message(text, values), more, save, drop)
        return "save" if answer == save else "drop" if answer == drop else None

    def without(self, file: Path | None, lost: Sequence[str]) -> bool:
        """Ask whether a workspace is to be opened without conditions; Escape and the cross cancel."""
        text = N_("The analysis chooses people by {conditions}, which these data do not have.")
        if file is not None:
            text = N_("“{file}” chooses people by {conditions}, which these data do not have.")
        more = N_("Opened without that, its figures are of other people than when it was saved.")
        values = {
            "file": file.name if file is not None else "",
            "conditions": ", ".join(f"“{one}”" for one in lost),
        }
        go_on = N_("&Open with what remains")
        return self._answer(N_("Open workspace"), Message(text, values), more, go_on, careful=True) == go_on

    def _answer(
        self, title: str, question: Message, more: str, *answers: str, careful: bool = False
    ) -> str | None:
        """Put a question; Return gives the first answer or, where `careful`, none, as Escape and the cross do."""
        words, box = self._context.words, QMessageBox(self._parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(words(title))
        box.setText(words.say(question))
        box.setInformativeText(words(more))
        roles = (QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole)
        buttons = {one: box.addButton(words(one), role) for one, role in zip(answers, roles, strict=False)}
        cancel = box.addButton(words(N_("Cancel")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel if careful else buttons[answers[0]])
        box.setEscapeButton(cancel)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        return next((one for one, button in buttons.items() if button is pressed), None)

    def name(self, question: str, suggested: str) -> str | None:
        """Ask for a name."""
        text, given = QInputDialog.getText(
            self._parent, question, question, QLineEdit.EchoMode.Normal, suggested
        )
        return text.strip() or None if given else None

    def figure_file(self, suggested: str) -> Path | None:
        """Ask where to save a figure, and as what."""
        return self._file(N_("Save figure"), suggested, FIGURE_KINDS)

    def table_file(self, suggested: str) -> Path | None:
        """Ask where to save a table, and as what."""
        kinds = tuple((one.name, one.suffix) for one in table_formats().values())
        return self._file(N_("Save numbers"), suggested, kinds)

    def _file(self, title: str, suggested: str, kinds: tuple[tuple[str, str], ...]) -> Path | None:
        words = self._context.words
        filters = {words(text): suffix for text, suffix in kinds}
        dialog = self._files(title, tuple(text for text, _ in kinds))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{suggested}{kinds[0][1]}")
        path, picked = self._picked(dialog)
        if path is None:
            return None
        if not path.name.lower().endswith(tuple(filters.values())):
            path = path.with_name(path.name + filters.get(picked, kinds[0][1]))
        self._folder = path.parent
        return path

    def _files(self, title: str, kinds: Sequence[str]) -> QFileDialog:
        """Return a dialog over the files of the folder that was looked at last."""
        words = self._context.words
        dialog = QFileDialog(self._parent, words(title), str(self._folder))
        dialog.setNameFilters([words(kind) for kind in kinds])
        # What Qt's own Dutch leaves in English.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, words(N_("&Look in:")))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, words(N_("&Kind of file:")))
        return dialog

    @staticmethod
    def _picked(dialog: QFileDialog) -> tuple[Path | None, str]:
        """Return what was chosen, if anything, and the kind of file that stood there then."""
        chosen = dialog.selectedFiles() if dialog.exec() else []
        picked = dialog.selectedNameFilter()
        dialog.deleteLater()
        return (Path(chosen[0]) if chosen else None), picked
