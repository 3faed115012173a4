"""The box that reads a picture of states: the same as that of curves, with squares for colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import Ink
from widgets.pictures.layout import panes
from widgets.pictures.layout.legend import BESIDE
from widgets.pictures.layout.naming import Name
from widgets.pictures.page import Box, elide
from widgets.pictures.palette import LIGHT, Theme, text_colour
from widgets.plots.lettering import small_font
from widgets.plots.painted_page import PaintedPage
from widgets.plots.reading import COLUMN, PAD, ReadingBox
from widgets.plots.room import line_height


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One row: a state and what is read of it; "" where its name goes on, or words follow."""

    name: Name
    text: str
    strong: bool = False


class WordsBox(ReadingBox):
    """Rows of a name and a number at its right, or a name with words under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said: Sequence[Said] = ()
        self._top = ""
        self._under: list[str] = []
        self._hues = LIGHT
        self._room = 0.0

    def show_rows(self, heading: str, rows: Sequence[Said], theme: Theme, most_width: float) -> None:
        """Show rows of a name and a number; names are cut where the box would be wider than `most_width`."""
        self._said, self._under = rows, []
        bold = QFontMetricsF(small_font(bold=True))
        numbers = max((bold.horizontalAdvance(row.text) for row in rows), default=0.0)
        around = 2 * PAD + _before() + COLUMN + numbers
        names = max((bold.horizontalAdvance(row.name.label) for row in rows), default=0.0)
        self._room = min(names, max(most_width - around, bold.averageCharWidth() * 8))
        self._fit(heading, around + self._room, most_width, theme)

    def show_words(self, heading: str, name: Name | None, text: str, theme: Theme, most: float) -> None:
        """Show a name with `text` under it, in lines that keep the box within `most` pixels."""
        plain, bold = QFontMetricsF(small_font()), QFontMetricsF(small_font(bold=True))
        room = max(most - 2 * PAD, plain.averageCharWidth() * 12)
        indent = _before()
        parts = _wrapped(name.label, bold, room - indent) if name is not None else []
        ink = name.ink if name is not None else Ink(kind="grey")
        self._said = [Said(name=Name(label=part, ink=ink), text="", strong=True) for part in parts]
        self._under = _wrapped(text, plain, room)
        self._room = max(map(bold.horizontalAdvance, parts), default=0.0)
        widest = max(map(plain.horizontalAdvance, self._under), default=0.0)
        self._fit(heading, max(widest, self._room + indent if parts else 0.0) + 2 * PAD, most, theme)

    def text(self) -> str:
        """Return what is read as words, for a screen reader."""
        rows = [f"{row.name.label}: {row.text}" for row in self._said if row.text]
        name = " ".join(row.name.label for row in self._said if not row.text)
        return ". ".join(part for part in [self._top, *rows, name, " ".join(self._under)] if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading, the rows and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._hues.line), 1))
        painter.setBrush(QColor(self._hues.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        page = PaintedPage(self._hues, Box(0, 0, self.width(), self.height()), painter)
        top, hues = elide(page, self._top, self.width() - 2 * PAD + 1), self._hues
        page.write(top, PAD, PAD + page.line / 2, hues.muted)
        for place, row in enumerate(self._said, start=1):
            self._write_said(page, row, PAD + page.line * (place + 0.5))
        for place, words in enumerate(self._under, start=1 + len(self._said)):
            page.write(words, PAD, PAD + page.line * (place + 0.5), hues.text)

    def _write_said(self, page: PaintedPage, row: Said, middle: float) -> None:
        if row is self._said[0] or row.text:
            panes.swatch(page, row.name, PAD, middle)
        hue = page.theme.text if row.strong else text_colour(row.name.ink, page.theme)
        name = elide(page, row.name.label, self._room + 1, bold=row.strong)
        page.write(name, PAD + _before(), middle, hue, bold=row.strong)
        right = self.width() - PAD
        page.write(row.text, right, middle, page.theme.text, align="right", bold=row.strong)

    def _fit(self, heading: str, width: float, most: float, theme: Theme) -> None:
        self._top, self._hues = heading, theme
        plain = QFontMetricsF(small_font())
        wide = max(width, min(plain.horizontalAdvance(heading) + 2 * PAD, most))
        lines = 1 + len(self._said) + len(self._under)
        self.resize(round(wide + 1), round(line_height(plain) * lines + 2 * PAD))
        self.update()
        self.show()
        self.raise_()


def _before() -> float:
    """Return the room of the square before a name."""
    return (panes.SWATCH + BESIDE) * line_height(QFontMetricsF(small_font()))


def _wrapped(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
