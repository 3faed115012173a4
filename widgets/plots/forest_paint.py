"""Painting a forest: legend, heading, rows in view, axis."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from widgets.pictures.chart import Ink
from widgets.pictures.kinds import Estimate, ForestChart
from widgets.pictures.layout.rows import INDENT, RowPlace, elide, offsets, reading_lines, text_under
from widgets.pictures.palette import Theme, colour, text_colour
from widgets.plots.forest_room import BESIDE, ForestRoom
from widgets.plots.lettering import SAMPLE, baseline, small_font
from widgets.plots.room import GAP, line_height

DOT: Final = 3.6
ARROW: Final = 7.5


class ForestBrush:
    """A painter with the letters, the room and the colours of one forest at hand."""

    def __init__(self, painter: QPainter, chart: ForestChart, room: ForestRoom, theme: Theme) -> None:
        self.painter, self.chart, self.room, self.theme = painter, chart, room, theme
        self.metrics = QFontMetricsF(small_font())
        self.line = line_height(self.metrics)
        left = room.columns.plot_left
        self.plot = QRectF(left, room.rows.top(), room.columns.plot, room.rows.height())

    def paint(self, offset: float, current: int | None) -> None:
        """Paint all of it, the rows moved up by `offset`."""
        painter, room = self.painter, self.room
        for entry in room.legend:
            self._sample(entry.ink, entry.left, entry.middle)
            hue = text_colour(entry.ink, self.theme)
            self.write(entry.left + SAMPLE + BESIDE, entry.middle, entry.text, hue)
        self.write(room.heading_rect.left(), room.heading_rect.center().y(), room.heading, self.theme.muted)
        painter.save()
        painter.setClipRect(room.rows)
        self._emphasis(offset, current)
        self._grid(offset)
        for number, place in enumerate(room.places):
            top = room.rows.top() + place.top - offset
            if top + place.height >= room.rows.top() and top <= room.rows.bottom():
                self._row(place, top, strong=number == current)
        self._fade(offset)
        painter.restore()
        self._axis()

    def write(self, left: float, middle: float, text: str, hue: str, *, bold: bool = False) -> None:
        """Write one line around the height `middle`."""
        if bold:
            self.painter.setFont(small_font(bold=True))
        self.painter.setPen(QColor(hue))
        self.painter.drawText(QPointF(left, baseline(self.metrics, middle)), text)
        if bold:
            self.painter.setFont(small_font())

    def x_of(self, value: float) -> float:
        """Return the place of a value."""
        axis = self.chart.x
        return self.plot.left() + (value - axis.low) / max(axis.high - axis.low, 1e-12) * self.plot.width()

    def _emphasis(self, offset: float, current: int | None) -> None:
        if current is None:
            return
        place = self.room.places[current]
        rect = QRectF(0, self.room.rows.top() + place.top - offset, self.room.rows.width(), place.height)
        wash = QColor(self.theme.accent)
        wash.setAlphaF(0.10)
        self.painter.fillRect(rect, wash)

    def _grid(self, offset: float) -> None:
        """Paint light lines at the ticks and a firmer one at no difference, but not through headings and notes."""
        lowest = self.room.places[-1].top + self.room.places[-1].height if self.room.places else 0.0
        bottom = min(self.plot.bottom(), self.room.rows.top() + lowest - offset)
        for value, _ in self.room.ticks:
            x = math.floor(self.x_of(value)) + 0.5
            self.painter.setPen(QPen(QColor(self.theme.grid), 1))
            self.painter.drawLine(QPointF(x, self.plot.top()), QPointF(x, bottom))
        if self.chart.x.low <= self.chart.zero <= self.chart.x.high:
            x = math.floor(self.x_of(self.chart.zero)) + 0.5
            self.painter.setPen(QPen(QColor(self.theme.grey), 1))
            self.painter.drawLine(QPointF(x, self.plot.top()), QPointF(x, bottom))

    def _fade(self, offset: float) -> None:
        """Let rows fade where they run on out of view."""
        rows, panel = self.room.rows, QColor(self.theme.panel)
        clear = QColor(panel)
        clear.setAlpha(0)
        high = self.line * 0.9
        for hidden, top, first, last in (
            (offset > 0.5, rows.top(), panel, clear),
            (self.room.content - rows.height() - offset > 0.5, rows.bottom() - high, clear, panel),
        ):
            if hidden:
                shades = QLinearGradient(0, top, 0, top + high)
                shades.setColorAt(0, first)
                shades.setColorAt(1, last)
                self.painter.fillRect(QRectF(0, top, rows.width(), high), shades)

    def _row(self, place: RowPlace, top: float, *, strong: bool) -> None:
        row, theme = place.row, self.theme
        middle = top + place.height / 2
        if row.kind == "heading":
            # A heading stands nearer to its own rows than to those above it.
            at = top + place.height - self.line * 0.55
            self._clear(
                QRectF(0, top, self.metrics.horizontalAdvance(place.label[0]) * 1.12 + 6, place.height)
            )
            self.write(0.0, at, place.label[0], theme.text, bold=True)
            return
        hue = theme.muted if row.kind == "left out" else theme.text
        self._lines(self.line * INDENT, middle, place.label, hue, bold=strong and self._fits_bold(place))
        columns = self.room.columns
        if row.kind == "reference":
            self._open_dot(QPointF(self.x_of(self.chart.zero), middle))
            if place.text:
                left = self.room.rows.width() - self.metrics.horizontalAdvance(place.text[0])
                self.write(left, middle, place.text[0], theme.muted)
        elif place.text:
            below, high = text_under(place, self.line, broken=columns.broken)
            below += middle
            wide = max(map(self.metrics.horizontalAdvance, place.text))
            box = QRectF(columns.plot_left - 2, below - high / 2, wide + 6, high)
            self._clear(box, strong=strong)
            self._lines(columns.plot_left, below, place.text, theme.muted)
        places = offsets(place, self.line, broken=columns.broken)
        for one, at in zip(row.estimates, places, strict=True):
            self._estimate(one, middle + at, strong=strong)

    def _fits_bold(self, place: RowPlace) -> bool:
        bold = QFontMetricsF(small_font(bold=True))
        room = self.room.columns.label + self.room.columns.gap * 0.6 - self.line * INDENT
        return all(bold.horizontalAdvance(part) <= room for part in place.label)

    def _clear(self, rect: QRectF, *, strong: bool = False) -> None:
        """Take the grid away behind words."""
        self.painter.fillRect(rect, QColor(self.theme.panel))
        if strong:
            wash = QColor(self.theme.accent)
            wash.setAlphaF(0.10)
            self.painter.fillRect(rect, wash)

    def _lines(
        self, left: float, middle: float, parts: tuple[str, ...], hue: str, *, bold: bool = False
    ) -> None:
        first = middle - (len(parts) - 1) * self.line / 2
        for at, part in enumerate(parts):
            self.write(left, first + at * self.line, part, hue, bold=bold)

    def _estimate(self, one: Estimate, middle: float, *, strong: bool) -> None:
        painter, axis = self.painter, self.chart.x
        ink = self.chart.series[one.series][1] if one.series < len(self.chart.series) else Ink(kind="single")
        hue = QColor(colour(ink, self.theme))
        pen = QPen(hue, 2.6 if strong else 1.8)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if (
            math.isfinite(one.low)
            and math.isfinite(one.high)
            and one.high >= axis.low
            and one.low <= axis.high
        ):
            painter.setPen(pen)
            low, high = max(one.low, axis.low), min(one.high, axis.high)
            painter.drawLine(QPointF(self.x_of(low), middle), QPointF(self.x_of(high), middle))
        for beyond, edge, away in (
            (min(one.low, one.value) < axis.low, self.plot.left(), 1),
            (max(one.high, one.value) > axis.high, self.plot.right(), -1),
        ):
            if beyond:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(hue)
                tip = QPointF(edge, middle)
                back = away * ARROW
                painter.drawPolygon(
                    [tip, tip + QPointF(back, -ARROW * 0.6), tip + QPointF(back, ARROW * 0.6)]
                )
        if axis.low <= one.value <= axis.high:
            painter.setPen(QPen(QColor(self.theme.panel), 1))
            painter.setBrush(hue)
            size = DOT + (0.8 if strong else 0.0) + 0.5
            painter.drawEllipse(QPointF(self.x_of(one.value), middle), size, size)
        several = len(self.chart.series) > 1
        said = text_colour(ink, self.theme) if several else self.theme.text
        parts = reading_lines(one.reading, self.room.columns.broken)
        for at, part in enumerate(parts):
            text = elide(part, self.room.columns.reading, self.metrics.horizontalAdvance)
            left = self.room.rows.width() - self.metrics.horizontalAdvance(text)
            self.write(left, middle + (at - (len(parts) - 1) / 2) * self.line, text, said)

    def _open_dot(self, at: QPointF) -> None:
        self.painter.setPen(QPen(QColor(self.theme.muted), 1.5))
        self.painter.setBrush(QColor(self.theme.panel))
        self.painter.drawEllipse(at, DOT, DOT)

    def _sample(self, ink: Ink, left: float, middle: float) -> None:
        hue = QColor(colour(ink, self.theme))
        self.painter.setPen(QPen(hue, 1.8))
        self.painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE, middle))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(hue)
        self.painter.drawEllipse(QPointF(left + SAMPLE / 2, middle), DOT, DOT)

    def _axis(self) -> None:
        painter, metrics = self.painter, self.metrics
        bottom = math.floor(self.room.rows.bottom()) + 0.5
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawLine(QPointF(self.plot.left(), bottom), QPointF(self.plot.right(), bottom))
        for value, text in self.room.ticks:
            x = self.x_of(value)
            painter.setPen(QPen(QColor(self.theme.muted), 1))
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 4))
            left = x - metrics.horizontalAdvance(text) / 2
            self.write(left, bottom + GAP + self.line / 2, text, self.theme.muted)
        name = self.room.axis_name_rect
        self.write(name.left(), bottom + GAP + self.line * 1.5, self.room.axis_name, self.theme.muted)
