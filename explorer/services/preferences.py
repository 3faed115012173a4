"""What belongs to the machine, not to an analysis: geometry, recent datasets, language, appearance, text size."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QLocale, QSettings

from explorer.core.words import LANGUAGES

MOST_RECENT: Final = 8


class Preferences:
    """Typed access to QSettings; whatever is missing or odd in the file is the default."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("cohort-flow-explorer", "cohort-flow-explorer")

    @property
    def language(self) -> str:
        """Language of the interface: the one chosen, else that of the system when there is a catalogue for it."""
        system = QLocale.system().name()[:2]
        default = system if system in LANGUAGES else "en"
        chosen = str(self._settings.value("language", default))
        return chosen if chosen in LANGUAGES else default

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """Name of the appearance: light or dark."""
        return "dark" if self._settings.value("theme", "light") == "dark" else "light"

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def text_steps(self) -> int:
        """How many steps larger than usual all text is."""
        stored = str(self._settings.value("text", "0"))
        return max(-1, min(8, int(stored))) if stored.lstrip("-").isdigit() else 0

    @text_steps.setter
    def text_steps(self, steps: int) -> None:
        self._settings.setValue("text", steps)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Folders of datasets opened lately, newest first, those that still exist."""
        stored = str(self._settings.value("recent", ""))
        return tuple(Path(line) for line in stored.splitlines() if (Path(line) / "dataset.toml").is_file())

    def add_recent(self, path: Path) -> None:
        """Put a dataset on top of the recent ones."""
        paths = [path, *(other for other in self.recent if other != path)][:MOST_RECENT]
        self._settings.setValue("recent", "\n".join(str(path) for path in paths))

    def sync(self) -> None:
        """Write what was changed."""
        self._settings.sync()

    @property
    def geometry(self) -> QByteArray | None:
        """Place and size of the window."""
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
