"""The questions put to a person: the Ui of the commands, with Qt's own dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.words import N_, Words

FIGURE_KINDS = (
    (N_("SVG, for further editing (*.svg)"), ".svg"),
    (N_("PDF, for print (*.pdf)"), ".pdf"),
    (N_("PNG picture, 300 dpi (*.png)"), ".png"),
)
TABLE_KINDS = (
    (N_("Excel (*.xlsx)"), ".xlsx"),
    (N_("CSV text (*.csv)"), ".csv"),
    (N_("Parquet (*.parquet)"), ".parquet"),
)


class Dialogs:
    """Asks with dialogs over `parent`; the words are those of the moment."""

    def __init__(self, parent: QWidget, words: Callable[[], Words]) -> None:
        self._parent, self._words = parent, words
        self._folder = Path.home()

    def dataset_folder(self) -> Path | None:
        """Ask for the folder that holds dataset.toml."""
        title = self._words()(N_("Open the folder that holds dataset.toml"))
        chosen = QFileDialog.getExistingDirectory(self._parent, title, str(self._folder))
        return Path(chosen) if chosen else None

    def figure_file(self, suggested: str) -> Path | None:
        """Ask where to save a figure, and as what."""
        return self._file(self._words()(N_("Save figure")), suggested, FIGURE_KINDS)

    def table_file(self, suggested: str) -> Path | None:
        """Ask where to save a table, and as what."""
        return self._file(self._words()(N_("Save numbers")), suggested, TABLE_KINDS)

    def _file(self, title: str, suggested: str, kinds: tuple[tuple[str, str], ...]) -> Path | None:
        words = self._words()
        filters = {words(text): suffix for text, suffix in kinds}
        start = self._folder / f"{suggested}{kinds[0][1]}"
        chosen, picked = QFileDialog.getSaveFileName(self._parent, title, str(start), ";;".join(filters))
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in filters.values():
            path = path.with_name(path.name + filters.get(picked, kinds[0][1]))
        self._folder = path.parent
        return path
