"""The axes of a figure: months with the numbers at risk under them, and values with light lines across."""

from __future__ import annotations

import math
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets.pictures.chart import Axis
from widgets.pictures.layout.spacing import nice_step, spacing_of
from widgets.pictures.palette import LIGHT, Theme, text_colour
from widgets.plots.lettering import baseline, paint_sample, small_font, widest
from widgets.plots.room import (
    FEWEST_PARTS,
    GAP,
    MOST_PARTS,
    ROW_GAP,
    Room,
    line_height,
    value_step,
    value_ticks,
)

BETWEEN_TICKS: Final = 34.0
"""Least distance in pixels between two ticks of the month axis."""
BETWEEN_NUMBERS: Final = 14.0
"""Least distance in pixels between two numbers at risk."""
BEHIND_THE_VIEW: Final = -200


class PaintedAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that paints itself in its own space, by the range of the view beside it.

    pyqtgraph's own painting writes no decimal comma and no rows of numbers; its place and its link to the view
    are used, nothing else.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.theme = LIGHT
        self.font = small_font()
        self.axis: Axis | None = None
        self.setStyle(showValues=False)
        self.enableAutoSIPrefix(False)

    def show_theme(self, theme: Theme) -> None:
        """Take colours and font anew."""
        self.theme, self.font = theme, small_font()
        self.update()

    def metrics(self) -> QFontMetricsF:
        """Return the measures of the font."""
        return QFontMetricsF(self.font)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint in the font of the figure."""
        painter.setFont(self.font)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint_axis(painter)

    def paint_axis(self, painter: QPainter) -> None:
        """Paint the axis."""
        raise NotImplementedError

    def view_rect(self) -> QRectF:
        """Return the rectangle of the view in the axis's own space."""
        view = self.linkedView()
        return self.mapRectFromItem(view, view.rect()) if view is not None else self.boundingRect()

    def boundingRect(self) -> QRectF:
        """All of the room that the layout gave, and the view beside it."""
        return QRectF(0, 0, self.geometry().width(), self.geometry().height())


class MonthAxis(PaintedAxis):
    """The axis of months; under its ticks one row of numbers at risk a group, at the same places."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.heading = ""
        self.room: Room | None = None

    def show_axis(self, axis: Axis, heading: str, room: Room) -> None:
        """Show an axis with the rows that `room` holds, under `heading`."""
        self.prepareGeometryChange()
        self.axis, self.heading, self.room = axis, heading, room
        self.setHeight(room.bottom)
        self.update()

    def boundingRect(self) -> QRectF:
        """The room under the view and, for the first and the last number, under the axes beside it."""
        room = self.room
        return (
            super().boundingRect().adjusted(-room.left, 0, room.right, 0) if room else super().boundingRect()
        )

    def ticks(self) -> list[float]:
        """Return the ticks of the range in view, as far apart as their widest text needs."""
        if self.axis is None or self.room is None:
            return []
        low, high = self.range
        width, metrics = max(self.view_rect().width(), 1.0), self.metrics()
        numbers = widest((text for row in self.room.rows for text in row.texts), metrics)
        least = max(BETWEEN_TICKS, numbers + BETWEEN_NUMBERS)
        scale = max(high - low, 1e-9) / width
        steps = self.axis.steps or (nice_step(least * scale),)
        coarser = steps[-1] * max(1.0, math.ceil(least * scale / steps[-1]))
        step = next((one for one in steps if one / scale >= least), coarser)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [index * step for index in range(first, last + 1)]

    def x_of(self, value: float) -> float:
        """Return the place of a value in the axis's own space."""
        low, high = self.range
        box = self.view_rect()
        return float(box.left() + (value - low) / max(high - low, 1e-9) * box.width())

    def risk_places(self) -> list[tuple[float, float, str, str]]:
        """Return (x, tick, text, key) of every number at risk that is painted; x is the middle of the text."""
        out = []
        ticks = self.ticks()
        for row in self.room.rows if self.room is not None else ():
            texts = dict(zip(row.x.tolist(), row.texts, strict=True))
            out += [(self.x_of(tick), tick, texts.get(tick, ""), row.key) for tick in ticks]
        return out

    def paint_axis(self, painter: QPainter) -> None:
        """Paint ticks, the axis's name, and the rows of numbers at risk."""
        if self.axis is None or self.room is None:
            return
        box, line, ticks = self.view_rect(), line_height(self.metrics()), self.ticks()
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawLine(QPointF(box.left(), 0.5), QPointF(box.right(), 0.5))
        for tick in ticks:
            painter.drawLine(QPointF(self.x_of(tick), 0.5), QPointF(self.x_of(tick), 4))
        spacing = spacing_of(ticks)
        middle = GAP + line / 2
        for tick in ticks:
            self._centred(painter, self.x_of(tick), middle, self.axis.text(tick, spacing))
        self._paint_names(painter, middle + line)
        for place, row in enumerate(self.room.rows):
            at = middle + line * (2 + place) + 3
            painter.setPen(QColor(text_colour(row.ink, self.theme)))
            self._paint_row_name(painter, place, at)
            texts = dict(zip(row.x.tolist(), row.texts, strict=True))
            for tick in ticks:
                self._centred(painter, self.x_of(tick), at, texts.get(tick, ""))

    def _paint_names(self, painter: QPainter, middle: float) -> None:
        """Write the name of the axis at its right end and the heading of the rows at the left."""
        if self.axis is None or self.room is None:
            return
        metrics, box = self.metrics(), self.view_rect()
        wide = metrics.horizontalAdvance(self.axis.label)
        right = min(box.right(), self.boundingRect().right())
        painter.drawText(QPointF(max(right - wide, box.left()), baseline(metrics, middle)), self.axis.label)
        if self.room.rows and self.heading:
            left = box.left() - self.room.left
            text = metrics.elidedText(self.heading, Qt.TextElideMode.ElideRight, right - wide - 12 - left)
            painter.drawText(QPointF(left, baseline(metrics, middle)), text)

    def _paint_row_name(self, painter: QPainter, place: int, middle: float) -> None:
        if self.room is None:
            return
        row, left = self.room.rows[place], self.view_rect().left() - self.room.left
        if self.room.row_names:
            painter.drawText(QPointF(left, baseline(self.metrics(), middle)), row.label)
            return
        pen = painter.pen()
        first = self.metrics().horizontalAdvance(row.texts[0]) / 2 if row.texts else 0.0
        low = self.axis.low if self.axis is not None else 0.0
        paint_sample(painter, row.ink, self.theme, min(left, self.x_of(low) - first - ROW_GAP), middle)
        painter.setPen(pen)

    def _centred(self, painter: QPainter, x: float, middle: float, text: str) -> None:
        metrics = self.metrics()
        if text:
            left = x - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, baseline(metrics, middle)), text)


class ValueAxis(PaintedAxis):
    """The axis of values: numbers at light grid lines; its name stands above the figure."""

    def __init__(self) -> None:
        super().__init__("left")
        self.setZValue(BEHIND_THE_VIEW)

    def show_axis(self, axis: Axis, width: float) -> None:
        """Show an axis as wide as stated."""
        self.prepareGeometryChange()
        self.axis = axis
        self.setWidth(width)
        self.update()

    def ticks(self) -> tuple[list[float], float]:
        """Return the ticks in view and their distance."""
        if self.axis is None:
            return [], 0.0
        low, high = self.range
        height = max(self.view_rect().height(), 1.0)
        parts = height / max(44.0, 2.4 * self.metrics().height())
        step = value_step(self.axis, (high - low) / max(FEWEST_PARTS, min(MOST_PARTS, parts)))
        return value_ticks(low, high, step), step

    def tick_texts(self) -> list[str]:
        """Return the numbers as they are painted."""
        values, step = self.ticks()
        return [self.axis.text(value, step) for value in values] if self.axis is not None else []

    def y_of(self, value: float) -> float:
        """Return the place of a value in the axis's own space."""
        low, high = self.range
        box = self.view_rect()
        return float(box.bottom() - (value - low) / max(high - low, 1e-12) * box.height())

    def paint_axis(self, painter: QPainter) -> None:
        """Paint grid lines across the view and the numbers beside it."""
        box, metrics = self.view_rect(), self.metrics()
        for value, text in zip(self.ticks()[0], self.tick_texts(), strict=True):
            # On the half pixel a thin line is one pixel, not two grey ones.
            y = math.floor(self.y_of(value)) + 0.5
            painter.setPen(QPen(QColor(self.theme.grid), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(self.theme.muted))
            left = box.left() - 8 - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, baseline(metrics, y)), text)

    def boundingRect(self) -> QRectF:
        """The room of the numbers and, for the grid, of the view; the uppermost number stands out of it by half."""
        half = self.metrics().height() / 2
        return super().boundingRect().united(self.view_rect()).adjusted(0, -half, 0, half)
