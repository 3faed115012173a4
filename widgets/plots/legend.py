"""A row of names above a narrow figure, each with a sample of its line; it takes more rows where it must."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import Key, Line
from widgets.pictures.palette import LIGHT, Theme, text_colour
from widgets.plots.lettering import SAMPLE, baseline, small_font
from widgets.plots.room import MOST_NAMED, line_height
from widgets.plots.samples import DIAMOND, paint_key, paint_stroke

BESIDE: Final = 6.0
BETWEEN: Final = 16.0


class Legend(QWidget):
    """Names of curves with their samples, grey ones of too many only while they are hovered, and keys of styles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._entries: tuple[Line | Key, ...] = ()
        self._emphasis = ""
        self._theme = LIGHT
        self.hide()

    def show_names(self, lines: tuple[Line, ...], keys: tuple[Key, ...], theme: Theme, emphasis: str) -> None:
        """Show the names of `lines`, then what `keys` mean."""
        many = len(lines) > MOST_NAMED
        named = (
            line
            for line in lines
            if line.end and (not many or line.ink.kind != "grey" or line.key == emphasis)
        )
        self._entries = (*named, *keys)
        self._theme, self._emphasis = theme, emphasis
        self.setAccessibleName(", ".join(self.names()))
        self.update()

    def names(self) -> list[str]:
        """Return the names shown."""
        return [_name(entry) for entry in self._entries]

    def height_for(self, width: float) -> int:
        """Return the height at a width, at least one row, so that nothing jumps when a name comes and goes."""
        rows = max((row for _, _, row, _ in self._places(width)), default=0) + 1
        return round(rows * line_height(self._metrics()) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every name after a sample of its line."""
        painter = QPainter(self)
        painter.setFont(small_font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, line = self._metrics(), line_height(self._metrics())
        for one, x, row, name in self._places(self.width()):
            faint = isinstance(one, Line) and bool(self._emphasis) and one.key != self._emphasis
            painter.setOpacity(0.4 if faint else 1.0)
            middle = row * line + line / 2
            if isinstance(one, Line):
                paint_stroke(painter, one, self._theme, x + 1, middle)
                painter.setPen(QColor(text_colour(one.ink, self._theme)))
            else:
                paint_key(painter, one, self._theme, x + 1, middle)
                painter.setPen(QColor(self._theme.muted))
            painter.drawText(QPointF(x + _sample(one) + BESIDE, baseline(metrics, middle)), name)

    def _places(self, width: float) -> list[tuple[Line | Key, float, int, str]]:
        """Return (line, left, row, name) of every entry; only a name wider than the figure is cut."""
        metrics = self._metrics()
        out: list[tuple[Line | Key, float, int, str]] = []
        x, row = 0.0, 0
        for line in self._entries:
            room = width - _sample(line) - BESIDE - 2
            name = metrics.elidedText(_name(line), Qt.TextElideMode.ElideRight, room)
            wide = _sample(line) + BESIDE + metrics.horizontalAdvance(name)
            if x > 0 and x + wide > width:
                x, row = 0.0, row + 1
            out.append((line, x, row, name))
            x += wide + BETWEEN
        return out

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(small_font())


def _sample(entry: Line | Key) -> float:
    return 2 * DIAMOND if isinstance(entry, Key) and entry.sign == "diamond" else SAMPLE


def _name(entry: Line | Key) -> str:
    return entry.end if isinstance(entry, Line) else entry.label
