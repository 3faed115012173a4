"""The box that reads all curves at one month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import Chart, Ink, Line
from widgets.pictures.layout.strokes import (
    SAMPLE,
    draw_diamond,
    draw_line_sample,
    draw_shade,
    has_bands,
    hue_of,
    shaded,
)
from widgets.pictures.page import Box, elide
from widgets.pictures.palette import LIGHT, Theme, colour, text_colour
from widgets.plots.lettering import small_font
from widgets.plots.painted_page import PaintedPage
from widgets.plots.room import line_height

MOST_ROWS: Final = 14
PAD: Final = 9.0
COLUMN: Final = 12.0
AWAY: Final = 12.0
"""From the crosshair to the box."""
NAME_SHARE: Final = 0.34


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a curve, one of its bands, or a published point; what it is called, and what is read.

    `line` is None for a published point; `shade` is the opacity of a band, 0 for a curve.
    """

    key: str
    ink: Ink
    name: str
    reading: str
    line: Line | None = None
    shade: float = 0.0


class ReadingBox(QWidget):
    """Lies over the plot beside the crosshair; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._figure = parent
        self._theme = LIGHT
        self._heading = ""
        self._rows: list[Row] = []
        self._lack = ""
        self._emphasis = ""
        self._names_width = 0.0
        self.hide()

    def show_reading(self, chart: Chart, x: float, theme: Theme, emphasis: str, most_width: float) -> None:
        """Show what every curve says at `x`; names are cut where the box would be wider than `most_width`."""
        self._theme, self._emphasis = theme, emphasis
        self._heading = chart.crosshair(x)
        self._rows = rows_at(chart, x, emphasis)
        self._lack = "" if self._rows else chart.lack(x)
        plain, bold = QFontMetricsF(small_font()), QFontMetricsF(small_font(bold=True))
        readings = max((bold.horizontalAdvance(row.reading) for row in self._rows), default=0.0)
        around = PAD + _before(line_height(plain)) + COLUMN + readings
        names = max((bold.horizontalAdvance(row.name) for row in self._rows), default=0.0)
        self._names_width = min(names, max(most_width - around, plain.averageCharWidth() * 8))
        words = max(map(plain.horizontalAdvance, (self._heading, self._lack))) + 2 * PAD
        width = max(around + self._names_width if self._rows else 0.0, words)
        lines = 1 + len(self._rows) + bool(self._lack)
        self.resize(round(width + 1), round(line_height(plain) * lines + 2 * PAD))
        self.update()
        self.show()
        self.raise_()

    def text(self) -> str:
        """Return the reading as words, for a screen reader."""
        rows = [f"{row.name}: {row.reading}" for row in self._rows]
        return ". ".join(part for part in (self._heading, *rows, self._lack) if part)

    def place(self, x: float, frame: QRectF, points: Sequence[QPointF], hand: QPointF | None) -> None:
        """Stand beside the crosshair at `x`, inside the parent, where it covers least.

        Parameters
        ----------
        frame
            The room of the curves, in the parent's own space.
        points
            Points of the curves, better not covered.
        hand
            Where the mouse is; never covered while there is another place.
        """
        area = QRectF(self._figure.rect())
        width, height = self.width(), self.height()
        best, least = QPointF(), float("inf")
        for left in (x + AWAY, x - AWAY - width):
            # When neither side has room the box slides over the crosshair rather than out of the figure.
            inside = min(max(left, area.left()), area.right() - width)
            for top in (frame.top() + 4, frame.bottom() - height - 4, area.bottom() - height):
                spot = QRectF(inside, min(max(top, area.top()), area.bottom() - height), width, height)
                cost = float(sum(spot.contains(point) for point in points))
                cost += 400 * (abs(inside - left) > 0.5)
                cost += 1000 * (hand is not None and spot.adjusted(-8, -8, 8, 8).contains(hand))
                cost += (spot.width() * spot.height() - _shared(spot, frame)) / 1800
                if cost < least - 0.5:
                    best, least = spot.topLeft(), cost
        self.move(round(best.x()), round(best.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading and the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        page = PaintedPage(self._theme, Box(0, 0, self.width(), self.height()), painter)
        page.write(self._heading, PAD, PAD + page.line / 2, self._theme.muted)
        page.write(self._lack, PAD, PAD + page.line * 1.5, self._theme.muted)
        for place, row in enumerate(self._rows):
            self._write_row(page, row, PAD + page.line * (place + 1.5))

    def _write_row(self, page: PaintedPage, row: Row, middle: float) -> None:
        strong = row.key == self._emphasis and row.line is not None and not row.shade
        hue = text_colour(row.ink, page.theme)
        if row.line is None:
            edge = page.theme.text if row.ink.kind == "grey" else colour(row.ink, page.theme)
            draw_diamond(page, edge, PAD + SAMPLE * page.line / 2, middle)
        elif row.shade:
            hue = page.theme.muted
            draw_shade(page, hue_of(row.line, page.theme), row.shade, PAD, middle)
        else:
            draw_line_sample(page, row.line, PAD, middle)
        name = elide(page, row.name, self._names_width, bold=strong)
        left = _before(page.line)
        page.write(name, left, middle, page.theme.text if strong else hue, bold=strong)
        right = self.width() - PAD
        page.write(row.reading, right, middle, page.theme.text, align="right", bold=strong)


def rows_at(chart: Chart, x: float, emphasis: str = "") -> list[Row]:
    """Return the readings at `x`, highest curve first, then the published points of that month.

    Of more curves than can be read at once the highest are kept, and the one under the hand.
    """
    found = []
    for line in chart.lines:
        for place, (at, text) in enumerate(zip(line.x.tolist(), line.readings, strict=True)):
            if at == x and text:
                row = Row(key=line.key, ink=line.ink, name=line.label, reading=text, line=line)
                shown = has_bands(line, chart, emphasis)
                found.append(
                    (float(line.y[place]), [row, *(_band_rows(chart, line, place) if shown else ())])
                )
    # Where a curve has a gap its row, which says why, comes last.
    found.sort(key=lambda item: (math.isnan(item[0]), -item[0]))
    groups = [rows for _, rows in found]
    if len(groups) > MOST_ROWS:
        hovered = [rows for rows in groups[MOST_ROWS:] if rows[0].key == emphasis]
        groups = groups[: MOST_ROWS - len(hovered)] + hovered
    marks = [mark for mark in chart.marks if abs(mark.x - x) < 1e-6]
    return [row for rows in groups for row in rows] + [
        Row(key="", ink=mark.ink, name=mark.label, reading=chart.y.text(mark.y, 0.0)) for mark in marks
    ]


def _band_rows(chart: Chart, line: Line, place: int) -> list[Row]:
    """Return what the named bands of a line say at one of its points, the narrowest first."""
    rows = []
    for band, shade in reversed(shaded(line.bands)):
        ends = (float(band.low[place]), float(band.high[place]))
        if band.label and all(map(math.isfinite, ends)):
            reading = "–".join(chart.y.text(end, 0.0) for end in ends)
            row = Row(key=line.key, ink=line.ink, name=band.label, reading=reading, line=line, shade=shade)
            rows.append(row)
    return rows


def _before(line: float) -> float:
    """Return where names begin, after the sample of what they name; a line of text is `line` high."""
    return PAD + SAMPLE * line + 6


def _shared(one: QRectF, other: QRectF) -> float:
    both = one.intersected(other)
    return both.width() * both.height()
