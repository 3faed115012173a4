"""Painting a surface: legend, cells, cohorts, axes."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QLinearGradient, QPainter, QPen

from widgets.pictures.kinds import Surface, SurfaceChart
from widgets.pictures.layout.cells import (
    Tick,
    column_ticks,
    diagonal_ends,
    row_ticks,
    runs,
    scale_texts,
    shape_of,
)
from widgets.pictures.layout.fitting import stack
from widgets.pictures.layout.rows import elide
from widgets.pictures.layout.scale import pixels, ramp
from widgets.pictures.palette import Theme
from widgets.plots.lettering import baseline, small_font
from widgets.plots.room import GAP, TO_LABEL, line_height
from widgets.plots.surface_room import OVER, SurfaceRoom

BETWEEN_NAMES: Final = 12.0
BETWEEN_NUMBERS: Final = 2.0
"""Least distance between two numbered rows, in lines of text."""


def paint_surface(painter: QPainter, chart: SurfaceChart, room: SurfaceRoom, theme: Theme) -> None:
    """Paint all that stands still."""
    brush = _Brush(painter, chart, room, theme)
    brush.legend()
    for place in range(len(chart.panes)):
        brush.pane(place)
    brush.axis_name()


def axis_ticks(
    chart: SurfaceChart, frame: QRectF, metrics: QFontMetricsF
) -> tuple[tuple[Tick, ...], tuple[Tick, ...]]:
    """Return the ticks of the calendar and of the months of stay in a pane."""
    rows, columns = shape_of(chart)
    across = column_ticks(
        chart.x, columns, frame.width() / max(columns, 1), BETWEEN_NAMES, metrics.horizontalAdvance, OVER
    )
    least = max(30.0, BETWEEN_NUMBERS * metrics.height())
    return across, row_ticks(chart.y, rows, frame.height() / max(rows, 1), least)


def spot(chart: SurfaceChart, frame: QRectF, x: float, y: float) -> QPointF:
    """Return where a point in cells lies in a pane."""
    rows, columns = shape_of(chart)
    return QPointF(
        frame.left() + x / max(columns, 1) * frame.width(), frame.bottom() - y / max(rows, 1) * frame.height()
    )


def cell_rect(chart: SurfaceChart, frame: QRectF, cells: tuple[int, int, int, int]) -> QRectF:
    """Return the rectangle of the columns and rows (x0, y0, x1, y1), both ends in it."""
    x0, y0, x1, y1 = cells
    return QRectF(spot(chart, frame, x0, y1 + 1), spot(chart, frame, x1 + 1, y0))


def hatch(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the quiet hatch of masked cells."""
    painter.fillRect(rect, QColor(theme.raised))
    painter.fillRect(rect, QBrush(QColor(theme.grey), Qt.BrushStyle.BDiagPattern))


class _Brush:
    """A painter with the letters, the room and the colours of one surface at hand."""

    def __init__(self, painter: QPainter, chart: SurfaceChart, room: SurfaceRoom, theme: Theme) -> None:
        self.painter, self.chart, self.room, self.theme = painter, chart, room, theme
        self.metrics = QFontMetricsF(small_font())
        self.line = line_height(self.metrics)

    def write(self, x: float, middle: float, text: str, *, share: float = 0.0, hue: str = "") -> None:
        """Write with the part `share` of the text left of `x`."""
        self.painter.setPen(QColor(hue or self.theme.muted))
        left = x - self.metrics.horizontalAdvance(text) * share
        self.painter.drawText(QPointF(left, baseline(self.metrics, middle)), text)

    def legend(self) -> None:
        legend, painter, theme = self.room.legend, self.painter, self.theme
        self.write(*legend.label_at, legend.label, hue=theme.text)
        shades = QLinearGradient(legend.bar.topLeft(), legend.bar.topRight())
        hues = ramp(theme)
        for place, hue in enumerate(hues):
            shades.setColorAt(place / (len(hues) - 1), QColor(hue))
        painter.fillRect(legend.bar, shades)
        for share, text in zip((0.0, 0.5, 1.0), scale_texts(self.chart), strict=True):
            x = math.floor(legend.bar.left() + share * (legend.bar.width() - 1)) + 0.5
            painter.setPen(QPen(QColor(theme.muted), 1))
            painter.drawLine(QPointF(x, legend.bar.bottom()), QPointF(x, legend.bar.bottom() + 3))
            self.write(x, legend.numbers + 1, text, share=0.5)
        if legend.swatch is not None:
            hatch(painter, legend.swatch, theme)
            self.write(*legend.masked_at, legend.masked)

    def pane(self, place: int) -> None:
        pane, frame = self.chart.panes[place], self.room.frames[place]
        across, up = axis_ticks(self.chart, frame, self.metrics)
        self._grid(frame, up, numbered=place == 0)
        self._cells(pane, frame)
        self._cohorts(frame, named=place == len(self.chart.panes) - 1)
        self._calendar(frame, across)
        if self.room.titles:
            middle = frame.top() - self.line * (0.5 + self.room.top_names) - 3
            paint_title(self.painter, pane.title, frame, middle, self.theme)

    def axis_name(self) -> None:
        if not self.room.frames:
            return
        frame = self.room.frames[-1]
        middle = frame.bottom() + GAP + self.line * 1.5
        room = frame.right() - self.room.frames[0].left()
        text = elide(self.chart.x.label, room, self.metrics.horizontalAdvance)
        self.write(frame.right(), middle, text, share=1.0)

    def _grid(self, frame: QRectF, up: tuple[Tick, ...], *, numbered: bool) -> None:
        for tick in up:
            y = math.floor(spot(self.chart, frame, 0, tick.cell + 0.5).y()) + 0.5
            self.painter.setPen(QPen(QColor(self.theme.grid), 1))
            self.painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            if numbered:
                self.write(frame.left() - 8, y, tick.text, share=1.0)

    def _cells(self, pane: Surface, frame: QRectF) -> None:
        rows, columns = pane.values.shape
        if not rows or not columns:
            return
        values = np.where(pane.masked, np.nan, pane.values)
        # The first row of an image is its top; the first month of stay lies at the bottom.
        colours = np.ascontiguousarray(pixels(values, self.chart.scale, self.theme)[::-1])
        image = QImage(colours.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        target = cell_rect(self.chart, frame, (0, 0, columns - 1, rows - 1))
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.painter.drawImage(target, image)
        for row in range(rows):
            for first, last in runs(np.flatnonzero(pane.masked[row]).tolist()):
                rect = cell_rect(self.chart, frame, (first, row, last, row))
                hatch(self.painter, rect, self.theme)

    def _cohorts(self, frame: QRectF, *, named: bool) -> None:
        painter, ends = self.painter, diagonal_ends(self.chart)
        painter.save()
        painter.setClipRect(frame)
        halo, thin = QColor(self.theme.panel), QColor(self.theme.text)
        halo.setAlphaF(0.55)
        thin.setAlphaF(0.75)
        for hue, wide in ((halo, 2.6), (thin, 1.0)):
            painter.setPen(QPen(hue, wide))
            for end in ends:
                painter.drawLine(
                    spot(self.chart, frame, end.diagonal.column, 0), spot(self.chart, frame, end.x, end.y)
                )
        painter.restore()
        if named and self.room.names:
            self._names_at_right(frame)
        if named and self.room.top_names:
            self._names_above(frame)

    def _names_at_right(self, frame: QRectF) -> None:
        ends = [end for end in diagonal_ends(self.chart) if end.side == "right"]
        heights = (spot(self.chart, frame, end.x, end.y).y() for end in ends)
        found = sorted(zip(heights, self.room.names, strict=True))
        sizes = [len(parts) * self.line for _, parts in found]
        half = self.line / 2
        places = stack([y for y, _ in found], sizes, frame.top() - half, frame.bottom() + half)
        for (y, parts), middle in zip(found, places, strict=True):
            self.painter.setPen(QPen(QColor(self.theme.muted), 1))
            self.painter.drawLine(
                QPointF(frame.right() + 1, y), QPointF(frame.right() + TO_LABEL - 3, middle)
            )
            first = middle - (len(parts) - 1) * self.line / 2
            for at, part in enumerate(parts):
                self.write(frame.right() + TO_LABEL, first + at * self.line, part)

    def _names_above(self, frame: QRectF) -> None:
        """Write the names of cohorts that leave at the top, as many as there is room for, the newest first."""
        free = self.painter.window().width() - 2.0
        ends = [end for end in diagonal_ends(self.chart) if end.side == "top"]
        for end in sorted(ends, key=lambda one: -one.x):
            wide = self.metrics.horizontalAdvance(end.diagonal.label)
            x = spot(self.chart, frame, end.x, end.y).x()
            left = min(x - wide / 2, free - wide)
            if left >= frame.left() and x <= free:
                self.write(left, frame.top() - self.line / 2 - 2, end.diagonal.label)
                free = left - 10

    def _calendar(self, frame: QRectF, across: tuple[Tick, ...]) -> None:
        painter = self.painter
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        bottom = math.floor(frame.bottom()) + 0.5
        painter.drawLine(QPointF(frame.left(), bottom), QPointF(frame.right(), bottom))
        for tick in across:
            x = spot(self.chart, frame, tick.cell + 0.5, 0).x()
            painter.setPen(QPen(QColor(self.theme.muted), 1))
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + (6 if tick.strong else 4)))
            self.write(x, frame.bottom() + GAP + self.line / 2, tick.text, share=0.5)


def paint_title(painter: QPainter, text: str, frame: QRectF, middle: float, theme: Theme) -> None:
    """Write the title of a pane above it, cut to its width."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(theme.text))
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, frame.width())
    painter.drawText(QPointF(frame.left(), baseline(metrics, middle)), cut)
