"""Theme, font, size of text, and Qt's own words."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from explorer.services.context import Context
from explorer.services.preferences import Preferences
from widgets.controls.style import apply_theme, load_fonts, set_font

POINTS: Final = 10.5
STEP: Final = 1.0
FACES: Final = ("Regular", "It", "Semibold", "Bold")


class Appearance:
    """How the whole application looks and speaks. It follows before everything that is made after it."""

    def __init__(self, app: QApplication, preferences: Preferences, context: Context) -> None:
        self._app, self._preferences, self._context = app, preferences, context
        folder = Path(str(files("font_source_sans_pro"))) / "files"
        self._family = load_fonts(folder / f"SourceSansPro-{face}.ttf" for face in FACES)
        self._translator: QTranslator | None = None
        context.words_changed.connect(self._speak)
        context.theme_changed.connect(self.dress)

    def set_language(self, language: str) -> None:
        """Switch to another language, at the next start too."""
        self._preferences.language = language
        self._context.speak(language)

    def set_theme(self, theme: str) -> None:
        """Switch the colours, at the next start too."""
        self._preferences.theme = theme
        self._context.dress(theme)

    def zoom_text(self, steps: int) -> None:
        """Make all text larger or smaller; 0 is the size it began with."""
        self._preferences.text_steps = self._preferences.text_steps + steps if steps else 0
        self.set_fonts()

    def set_fonts(self) -> None:
        """Give everything the program's font, in the size the reader chose."""
        font = QFont(self._family)
        font.setPointSizeF(POINTS + STEP * self._preferences.text_steps)
        set_font(self._app, font)

    def dress(self) -> None:
        """Give everything the look of the theme."""
        apply_theme(self._app, self._context.theme)

    def _speak(self) -> None:
        """Make Qt's own dialogs and numbers speak the language too."""
        language = self._context.words.language
        QLocale.setDefault(QLocale(language))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)
