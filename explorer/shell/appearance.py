"""Theme, font, size of text, and Qt's own words."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from explorer.services.preferences import Preferences
from widgets.controls.style import apply_theme, load_fonts, set_font
from widgets.pictures.palette import THEMES, Theme

POINTS: Final = 10.5
STEP: Final = 1.0
FACES: Final = ("Regular", "It", "Semibold", "Bold")


class Appearance:
    """How the whole application looks and speaks."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        self._app, self._preferences = app, preferences
        folder = Path(str(files("font_source_sans_pro"))) / "files"
        self._family = load_fonts(folder / f"SourceSansPro-{face}.ttf" for face in FACES)
        self._translator: QTranslator | None = None

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return THEMES[self._preferences.theme]

    def apply(self) -> None:
        """Apply theme and text size to everything."""
        self.set_fonts()
        self.dress()

    def set_fonts(self) -> None:
        """Give everything the program's font, in the size the reader chose."""
        font = QFont(self._family)
        font.setPointSizeF(POINTS + STEP * self._preferences.text_steps)
        set_font(self._app, font)

    def dress(self) -> None:
        """Give everything the look of the theme."""
        apply_theme(self._app, self.theme)

    def speak(self, language: str) -> None:
        """Make Qt's own dialogs and numbers speak `language`."""
        QLocale.setDefault(QLocale(language))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)
