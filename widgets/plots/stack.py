"""Shares of a whole over months, stacked, on screen; a pane for each group, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import Axis
from widgets.pictures.gestures import Brush, How
from widgets.pictures.kinds import Stack, StackChart
from widgets.pictures.layout.layers import Edges, edges_of, pieces_of, reach, readable
from widgets.pictures.layout.naming import Name, ends_of, names_of
from widgets.pictures.palette import Theme, colour
from widgets.plots.axes import BETWEEN_NUMBERS
from widgets.plots.lettering import baseline, small_font
from widgets.plots.painted import PaintedPicture
from widgets.plots.panes import (
    BETWEEN_PANES,
    Entry,
    PlacedEnd,
    ends_room,
    frames_of,
    paint_ends,
    paint_grid,
    paint_legend,
    paint_months,
    paint_title,
    paint_values,
    place_ends,
    place_legend,
    right_margin,
    values_width,
    whole_text,
    x_of,
    y_of,
)
from widgets.plots.room import GAP, line_height
from widgets.plots.words_box import Said

if TYPE_CHECKING:
    from widgets.pictures.kinds import FloatArray

_NOTHING: Final = Axis(label="", low=0.0, high=1.0, text=lambda value, spacing: "")
EMPTY: Final = StackChart(title="", x=_NOTHING, y=_NOTHING, crosshair=lambda x: "")
BETWEEN_LAYERS: Final = 1.4
"""Width of the gap between two layers, in pixels."""
OVER_LAYERS: Final = 0.22
"""Opacity of the lines of the values over the layers."""
FAINT: Final = 0.6
LEAST_PANE: Final = 80.0
BOX_SHARE: Final = 0.7


@dataclass(slots=True)
class Pane:
    """One pane as it lies on the screen."""

    stack: Stack
    edges: Edges
    months: list[float]
    frame: QRectF


class StackPlot(PaintedPicture):
    """Layers over months.

    With the keyboard: left and right by month, Home and End, up and down from layer to layer, Page Up and Page Down
    from pane to pane, Enter or Space chooses the layer at the month, Escape lets go.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, parent)
        self._x: float | None = None
        self._at = 0
        self._layer: int | None = None
        self._panes: list[Pane] = []
        self.ends: list[PlacedEnd] = []
        self.legend: list[Entry] = []

    # --- showing -----------------------------------------------------------------------------------------------

    @property
    def frames(self) -> list[QRectF]:
        """The rectangles of the panes."""
        return [pane.frame for pane in self._panes]

    def value_name(self) -> str:
        """Return the name of the values."""
        return str(self.chart.y.label)

    def show_chart(self, chart: StackChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; no signal is sent."""
        key = self._key()
        self._panes = []
        for stack in () if chart.empty else chart.panes:
            edges = edges_of(stack)
            months = readable(chart.x, stack.x.tolist()) if edges.known.any() else []
            self._panes.append(Pane(stack=stack, edges=edges, months=months, frame=QRectF()))
        if self._at >= len(self._panes):
            self._at = 0
        keys = [layer.key for layer in self._panes[self._at].stack.layers] if self._panes else []
        self._layer = keys.index(key) if key in keys else None
        super().show_chart(chart, theme)

    def mark(self, x: float | None) -> None:
        """Show a month that is hovered elsewhere; no signal is sent."""
        self._hand, self._layer = None, None
        self._x = x
        self.show_hand()

    def arrange(self, area: QRectF, metrics: QFontMetricsF) -> None:
        """Share out the room to names, axes and panes."""
        line, chart = line_height(metrics), self.chart
        titled = len(self._panes) > 1
        top = area.top() + metrics.height() / 2 + 3 + (line if titled else 0)
        bottom = area.bottom() - GAP - 2 * line - 2
        ends = ends_of(chart)
        names = ends_room(ends, area.width(), bottom - top, metrics)
        self.legend = []
        if names is None:
            self.legend = place_legend(names_of(chart), area, metrics)
            top += self.legend[-1].middle + line / 2 + 1 - area.top() if self.legend else 0
        left = values_width(chart.y, bottom - top, metrics)
        right = right_margin(names, metrics)
        widest = max(metrics.horizontalAdvance(chart.x.text(end, 1.0)) for end in (chart.x.low, chart.x.high))
        between = max(BETWEEN_PANES, widest + BETWEEN_NUMBERS)
        room = QRectF(area.left() + left, top, area.width() - left - right, max(bottom - top, 1.0))
        for pane, frame in zip(self._panes, frames_of(room, len(self._panes), between), strict=True):
            pane.frame = frame
        self.ends = []
        if names is not None and ends and self._panes:
            frame = self._panes[-1].frame
            places = [QPointF(x_of(chart.x, frame, end.x), y_of(chart.y, frame, end.y)) for end in ends]
            self.ends = place_ends(ends, names, places, frame, metrics)

    def whole_text(self, at: QPointF) -> str:
        """Return the name of a state, or the title of a pane, under a place when it is cut there; else ""."""
        titles = [(pane.stack.title, pane.frame) for pane in self._panes]
        return whole_text(titles, self.legend, self.ends, at)

    def ring(self) -> QRectF:
        """Return the rectangle around all panes."""
        return self._panes[0].frame.united(self._panes[-1].frame) if self._panes else QRectF(self.rect())

    def hint_room(self) -> tuple[float, float, float]:
        """Return the room beside the name of the months."""
        metrics, box = QFontMetricsF(small_font()), self.ring()
        right = box.right() - metrics.horizontalAdvance(self.chart.x.label) - 16
        return box.left(), right, box.bottom() + GAP + 1.5 * line_height(metrics)

    # --- painting ----------------------------------------------------------------------------------------------

    def paint_picture(self, painter: QPainter) -> None:
        """Paint axes, titles and layers."""
        metrics, chart = QFontMetricsF(painter.font()), self.chart
        line = line_height(metrics)
        over = QColor(self.theme.panel)
        over.setAlphaF(OVER_LAYERS)
        for pane in self._panes:
            frame = pane.frame
            paint_grid(painter, chart.y, frame, QColor(self.theme.grid))
            painter.save()
            painter.setClipRect(frame)
            self._paint_layers(painter, pane)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_grid(painter, chart.y, frame, over)
            painter.restore()
            paint_months(painter, chart.x, frame, self.theme)
            if len(self._panes) > 1:
                middle = frame.top() - metrics.height() / 2 - 3 - line / 2 + 4
                paint_title(painter, pane.stack.title, frame, middle, self.theme)
        if self._panes:
            paint_values(painter, chart.y, self._panes[0].frame, self.theme)
            self._paint_month_name(painter, metrics)

    def paint_hand(self, painter: QPainter) -> None:
        """Paint the layer under the hand, the rule at the month, and the names."""
        strong: set[Name] = set()
        if self._layer is not None and self._x is not None:
            layer = self._panes[self._at].stack.layers[self._layer]
            strong.add(Name(label=layer.label, ink=layer.ink))
            for pane in self._panes:
                self.veil_over(painter, pane.frame, FAINT)
                painter.save()
                painter.setClipRect(pane.frame)
                for place, one in enumerate(pane.stack.layers):
                    if one.key == layer.key:
                        self._paint_layer(painter, pane, place)
                painter.restore()
        if self._x is not None and not self._reading.isHidden():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(QColor(self.theme.text), 1))
            for pane in self._panes:
                x = x_of(self.chart.x, pane.frame, self._x)
                painter.drawLine(QPointF(x, pane.frame.top()), QPointF(x, pane.frame.bottom()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._panes:
            paint_ends(painter, self.ends, self._panes[-1].frame.right(), strong, self.theme)
        paint_legend(painter, self.legend, strong, self.theme)

    def _paint_layers(self, painter: QPainter, pane: Pane) -> None:
        for place in range(len(pane.stack.layers)):
            self._paint_layer(painter, pane, place)
        painter.setPen(QPen(QColor(self.theme.panel), BETWEEN_LAYERS))
        for place in range(len(pane.stack.layers) - 1):
            for x, _, high in pieces_of(pane.edges, place):
                painter.drawPolyline(QPolygonF(self._points(pane, x, high)))

    def _paint_layer(self, painter: QPainter, pane: Pane, place: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour(pane.stack.layers[place].ink, self.theme)))
        for x, low, high in pieces_of(pane.edges, place):
            path = QPainterPath()
            path.addPolygon(QPolygonF([*self._points(pane, x, high), *self._points(pane, x, low)[::-1]]))
            path.closeSubpath()
            painter.drawPath(path)

    def _points(self, pane: Pane, x: FloatArray, y: FloatArray) -> list[QPointF]:
        axes, frame = self.chart, pane.frame
        return [
            QPointF(x_of(axes.x, frame, a), y_of(axes.y, frame, b))
            for a, b in zip(x.tolist(), y.tolist(), strict=True)
        ]

    def _paint_month_name(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        box = self.ring()
        text = metrics.elidedText(self.chart.x.label, Qt.TextElideMode.ElideRight, box.width())
        at = QPointF(box.right() - metrics.horizontalAdvance(text), 0)
        at.setY(baseline(metrics, box.bottom() + GAP + 1.5 * line_height(metrics)))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(at, text)

    # --- reading -----------------------------------------------------------------------------------------------

    def show_hand(self) -> None:
        """Show the reading at the month, or none where there is none."""
        pane = self._pane_with(self._x)
        rows = [] if pane is None or self._x is None else self._rows_at(pane, self._x)
        lack = "" if self._x is None or rows else self.chart.lack(self._x)
        if pane is None or self._x is None or not (rows or lack):
            self._reading.hide()
            self.update()
            return
        heading = self.chart.crosshair(self._x)
        if len(self._panes) > 1:
            heading = f"{pane.stack.title} · {heading}"
        most = self.width() * BOX_SHARE
        if rows:
            self._reading.show_rows(heading, rows, self.theme, most)
        else:
            self._reading.show_words(heading, None, lack, self.theme, most)
        self._reading.place(x_of(self.chart.x, pane.frame, self._x), self.ring(), [], self._hand)
        self.update()

    def _rows_at(self, pane: Pane, x: float) -> list[Said]:
        """Return what the layers of a pane say at a month, from the top; nothing where there are none."""
        rows = []
        for at in np.flatnonzero(pane.stack.x == x).tolist():
            for place in reversed(range(len(pane.stack.layers))):
                layer = pane.stack.layers[place]
                if layer.readings[at]:
                    name = Name(label=layer.label, ink=layer.ink)
                    rows.append(Said(name=name, text=layer.readings[at], strong=place == self._layer))
        return rows

    def point_at(self, place: QPointF | None) -> None:
        """Read the month and the layer under the mouse."""
        found = None if place is None else self._under(place)
        if found is None or place is None:
            self._go(None, None)
            return
        self._at = found
        pane = self._panes[found]
        axes, frame = self.chart, pane.frame
        first, last = reach(axes.x)
        x = first + (place.x() - frame.left()) / frame.width() * (last - first)
        y = axes.y.low + (frame.bottom() - place.y()) / frame.height() * (axes.y.high - axes.y.low)
        self._go(min(pane.months, key=lambda month: abs(month - x)), pane.edges.layer_at(x, y))

    def step(self, key: Qt.Key) -> bool:
        """Move by month, from layer to layer, or from pane to pane."""
        if not self._panes:
            return False
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and len(self._panes) > 1:
            self._at = (self._at + (1 if key == Qt.Key.Key_PageDown else -1)) % len(self._panes)
            self._go(self._x, self._layer)
            return True
        pane = self._panes[self._at]
        if not pane.months:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(_next(pane.months, self._x, key), self._layer)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            count, up = len(pane.stack.layers), key == Qt.Key.Key_Up
            first = 0 if up else count - 1
            layer = first if self._layer is None else (self._layer + (1 if up else -1)) % count
            self._go(self._x if self._x in pane.months else pane.months[0], layer)
            return True
        return False

    def brush(self, how: How) -> Brush | None:
        """Return the brush of the layer under the hand at its month."""
        key = self._key()
        if not key or self._x is None or self._reading.isHidden():
            return None
        if not any(row.strong for row in self._rows_at(self._panes[self._at], self._x)):
            return None
        group = self._panes[self._at].stack.group
        return Brush(kind="item", key=key, x0=self._x, x1=self._x, how=how, group=group)

    def _go(self, x: float | None, layer: int | None) -> None:
        """The user reads a month, and perhaps a layer of it."""
        before, self._x = self._x, x
        count = len(self._panes[self._at].stack.layers) if self._panes else 0
        self._layer = layer if layer is not None and layer < count and x is not None else None
        self.show_hand()
        if x != before:
            self.hovered.emit(x)

    def _under(self, place: QPointF) -> int | None:
        """Return which pane the mouse is in."""
        for at, pane in enumerate(self._panes):
            if pane.months and pane.frame.adjusted(-2, -1, 2, 1).contains(place):
                return at
        return None

    def _pane_with(self, x: float | None) -> Pane | None:
        """Return the pane that is read at `x`: that of the hand, or another that has the month."""
        order = [pane for pane in (*self._panes[self._at : self._at + 1], *self._panes) if x in pane.months]
        said = (pane for pane in order if x is not None and self._rows_at(pane, x))
        return next(said, order[0] if order else None)

    def _key(self) -> str:
        """Return the key of the layer under the hand."""
        if self._layer is None or not self._panes:
            return ""
        return self._panes[self._at].stack.layers[self._layer].key


def _next(months: list[float], now: float | None, key: Qt.Key) -> float:
    """Return the month to which a key leads from `now`."""
    if key == Qt.Key.Key_Home or (now is None and key == Qt.Key.Key_Right):
        return months[0]
    if key == Qt.Key.Key_End or now not in months:
        return months[-1]
    place = months.index(now) + (1 if key == Qt.Key.Key_Right else -1)
    return months[min(max(place, 0), len(months) - 1)]
