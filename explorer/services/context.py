"""What everything that is shown is about: the dataset that is open, and how the reader wants to read it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.core.words import Words
from explorer.pipeline.opening import Dataset
from models.register import DatasetInfo
from widgets.pictures.palette import THEMES, Theme


class Context(QObject):
    """Holds the dataset, the words and the theme in force, and tells when another takes its place."""

    dataset_changed = Signal()
    words_changed = Signal()
    theme_changed = Signal()

    def __init__(self, language: str, theme: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._words, self._theme = Words(language), THEMES[theme]

    @property
    def dataset(self) -> Dataset | None:
        """The dataset that is open."""
        return self._dataset

    @property
    def info(self) -> DatasetInfo | None:
        """What that dataset says of itself."""
        return None if self._dataset is None else self._dataset.codes.info

    @property
    def words(self) -> Words:
        """The words of the reader's language."""
        return self._words

    @property
    def theme(self) -> Theme:
        """The colours of everything."""
        return self._theme

    @property
    def groupings(self) -> frozenset[str]:
        """Columns of the dataset that figures can be compared by."""
        return frozenset() if self._dataset is None else frozenset(self._dataset.codes.groupings)

    def use(self, dataset: Dataset | None) -> None:
        """Let everything be about another dataset, or, with None, let go of it."""
        self._dataset = dataset
        self.dataset_changed.emit()

    def speak(self, language: str) -> None:
        """Let everything speak another language."""
        self._words = Words(language)
        self.words_changed.emit()

    def dress(self, theme: str) -> None:
        """Give everything another appearance."""
        self._theme = THEMES[theme]
        self.theme_changed.emit()
