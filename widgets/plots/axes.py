"""The axes of a figure: months with the numbers at risk under them, values, and the labels at the curve ends."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from widgets.chart import Axis, Line, RiskRow
from widgets.palette import LIGHT, Theme, colour
from widgets.spacing import nice_step, spread

SMALLEST: Final = 9.0
GAP: Final = 6.0
LEAST_BETWEEN: Final = 34.0
"""Least distance in pixels between two ticks of the month axis."""


LEFT_ROOM: Final = 600.0
"""Names of rows stand left of the axis, at most so far."""
MOST_NAMED: Final = 8
"""With more curves, a grey one is named only while it is hovered."""


def small_font() -> QFont:
    """Return the font of everything in a figure: a little smaller than the text, never under 9 points."""
    font = QFont(QApplication.font())
    font.setPointSizeF(max(SMALLEST, font.pointSizeF() * 0.9))
    return font


class _Painted(pg.AxisItem):  # type: ignore[misc]
    """An axis that paints itself in its own space, by the range of the view beside it."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.theme = LIGHT
        self.font = small_font()
        self.setStyle(showValues=False)

    def show_theme(self, theme: Theme) -> None:
        """Take colours and font anew."""
        self.theme, self.font = theme, small_font()
        self.picture = None
        self.update()

    def metrics(self) -> QFontMetricsF:
        """Return the measures of the font."""
        return QFontMetricsF(self.font)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint; pyqtgraph's own picture of an axis is not used."""
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
        """All of the room that the layout gave."""
        return QRectF(0, 0, self.geometry().width(), self.geometry().height())


class MonthAxis(_Painted):
    """The axis of months; under its ticks one row of numbers at risk a group, at the same places."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.axis: Axis | None = None
        self.risk_label = ""
        self.rows: tuple[RiskRow, ...] = ()
        self.label_width = 0.0

    def show_axis(self, axis: Axis, risk_label: str, rows: tuple[RiskRow, ...], room: float) -> None:
        """Show an axis with as many rows of numbers at risk as `room` pixels allow."""
        self.axis, self.risk_label = axis, risk_label
        line = self.metrics().height() + 2
        fitting = max(0, min(8, int(room // line)))
        self.rows = rows if len(rows) <= fitting else ()
        self.label_width = max(
            (self.metrics().horizontalAdvance(row.label) for row in self.rows), default=0.0
        )
        self.setHeight(line * (2 + (len(self.rows) + 1 if self.rows else 0)) + GAP)
        self.update()

    def boundingRect(self) -> QRectF:
        """The room under the view and, for the names of the rows, under the axis of values."""
        return super().boundingRect().adjusted(-LEFT_ROOM, 0, 0, 0)

    def ticks(self) -> list[float]:
        """Return the ticks of the range in view, as far apart as their widest text needs."""
        if self.axis is None:
            return []
        low, high = self.range
        width = max(self.view_rect().width(), 1.0)
        widest = max(
            (self.metrics().horizontalAdvance(text) for row in self.rows for text in row.texts), default=0.0
        )
        least = max(LEAST_BETWEEN, widest + 14)
        steps = self.axis.steps or (1.0, 2.0, 5.0, 10.0)
        step = next((s for s in steps if s / max(high - low, 1e-9) * width >= least), steps[-1])
        first = math.ceil(max(low, 0.0) / step - 1e-9)
        return [index * step for index in range(first, math.floor(high / step + 1e-9) + 1)]

    def x_of(self, value: float) -> float:
        """Return the place of a value in the axis's own space."""
        low, high = self.range
        box = self.view_rect()
        return float(box.left() + (value - low) / max(high - low, 1e-9) * box.width())

    def risk_places(self) -> list[tuple[float, float, str, str]]:
        """Return (x, tick, text, key) of every number at risk that is painted."""
        out = []
        for row in self.rows:
            texts = dict(zip(row.x.tolist(), row.texts, strict=True))
            out += [(self.x_of(tick), tick, texts.get(tick, ""), row.key) for tick in self.ticks()]
        return out

    def paint_axis(self, painter: QPainter) -> None:
        """Paint ticks, the axis's name, and the rows of numbers at risk."""
        if self.axis is None:
            return
        box, line = self.view_rect(), self.metrics().height() + 2
        muted, text = QColor(self.theme.muted), QColor(self.theme.text)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(QPointF(box.left(), 0.5), QPointF(box.right(), 0.5))
        ticks = self.ticks()
        spacing = ticks[1] - ticks[0] if len(ticks) > 1 else 0.0
        painter.setPen(muted)
        for tick in ticks:
            self._centred(painter, self.x_of(tick), GAP, self.axis.text(tick, spacing))
        painter.drawText(
            QRectF(box.left(), GAP + line, box.width(), line), Qt.AlignmentFlag.AlignRight, self.axis.label
        )
        if not self.rows:
            return
        left = self.mapFromScene(QPointF(0, 0)).x()
        painter.drawText(QRectF(left, GAP + line, box.width() / 2, line), 0, self.risk_label)
        half = max(
            (self.metrics().horizontalAdvance(row.texts[0]) / 2 for row in self.rows if row.texts),
            default=0.0,
        )
        for place, row in enumerate(self.rows):
            top = GAP + line * (2 + place)
            painter.setPen(QColor(colour(row.ink, self.theme)))
            label = self.metrics().elidedText(
                row.label, Qt.TextElideMode.ElideRight, box.left() - left - half - 8
            )
            painter.drawText(QPointF(left, top + self.metrics().ascent()), label)
            texts = dict(zip(row.x.tolist(), row.texts, strict=True))
            painter.setPen(text)
            for tick in ticks:
                self._centred(painter, self.x_of(tick), top, texts.get(tick, ""))

    def _centred(self, painter: QPainter, x: float, top: float, text: str) -> None:
        width = self.metrics().horizontalAdvance(text)
        left = min(x - width / 2, self.boundingRect().right() - width)
        painter.drawText(QPointF(left, top + self.metrics().ascent()), text)


class ValueAxis(_Painted):
    """The axis of values: numbers at light grid lines; its name stands above the figure."""

    def __init__(self) -> None:
        super().__init__("left")
        self.axis: Axis | None = None

    def show_axis(self, axis: Axis, least_width: float) -> None:
        """Show an axis at least so wide."""
        self.axis = axis
        low, high = axis.low, axis.high
        step = nice_step((high - low) / 4)
        widest = max(self.metrics().horizontalAdvance(axis.text(value, step)) for value in (low, high, step))
        self.setWidth(max(widest + 12, least_width))
        self.update()

    def ticks(self) -> tuple[list[float], float]:
        """Return the ticks in view and their distance."""
        low, high = self.range
        height = max(self.view_rect().height(), 1.0)
        step = nice_step((high - low) / max(2.0, min(6.0, height / 48)))
        first = math.ceil(low / step - 1e-9)
        return [index * step for index in range(first, math.floor(high / step + 1e-9) + 1)], step

    def y_of(self, value: float) -> float:
        """Return the place of a value in the axis's own space."""
        low, high = self.range
        box = self.view_rect()
        return float(box.bottom() - (value - low) / max(high - low, 1e-12) * box.height())

    def paint_axis(self, painter: QPainter) -> None:
        """Paint grid lines across the view and the numbers beside it."""
        if self.axis is None:
            return
        box = self.view_rect()
        values, step = self.ticks()
        metrics = self.metrics()
        for value in values:
            y = self.y_of(value)
            painter.setPen(QPen(QColor(self.theme.grid), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            text = self.axis.text(value, step)
            painter.setPen(QColor(self.theme.muted))
            left = box.left() - 8 - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, y + metrics.ascent() / 2 - 1), text)

    def boundingRect(self) -> QRectF:
        """The room of the numbers and, for the grid, of the view."""
        return super().boundingRect().united(self.view_rect())


class EndLabels(_Painted):
    """Names of the curves at their ends, each at the height where its curve ends, moved apart where they would meet."""

    def __init__(self) -> None:
        super().__init__("right")
        self.lines: tuple[Line, ...] = ()
        self.emphasis = ""

    def show_lines(self, lines: tuple[Line, ...], emphasis: str, most: float) -> None:
        """Show the names of `lines`, at most `most` pixels wide."""
        self.lines, self.emphasis = lines, emphasis
        widest = max((self.metrics().horizontalAdvance(line.label) for line in lines), default=0.0)
        self.setWidth(min(widest, most) + 14 if lines else 14)
        self.update()

    def _named(self, line: Line) -> bool:
        """Of too many curves the grey ones are named only while they are hovered."""
        return line.ink.kind != "grey" or line.key == self.emphasis or len(self.lines) <= MOST_NAMED

    def places(self) -> list[tuple[Line, float, float]]:
        """Return (line, height of its end, height of its label), labels at least a line apart."""
        low, high = self.range
        box, line_height = self.view_rect(), self.metrics().height() * 0.98
        ends = []
        for line in self.lines:
            seen = np.flatnonzero(np.isfinite(line.y))
            if len(seen) and self._named(line):
                value = float(line.y[int(seen[-1])])
                ends.append((line, box.bottom() - (value - low) / max(high - low, 1e-12) * box.height()))
        ends.sort(key=lambda end: end[1])
        heights = spread([end[1] for end in ends], line_height, box.top() + line_height / 2, box.bottom())
        return [(line, end, height) for (line, end), height in zip(ends, heights, strict=True)]

    def paint_axis(self, painter: QPainter) -> None:
        """Paint each name in the colour of its curve."""
        metrics = self.metrics()
        room = self.boundingRect().width() - 12
        for line, _, height in self.places():
            grey = self.theme.text if line.key == self.emphasis else self.theme.muted
            painter.setPen(QColor(grey if line.ink.kind == "grey" else colour(line.ink, self.theme)))
            text = metrics.elidedText(line.label, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(8, height + metrics.ascent() / 2 - 1), text)
