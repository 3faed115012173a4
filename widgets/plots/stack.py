"""Shares of a whole over months, stacked, on screen; a pane for each group, side by side."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import NO_AXIS
from widgets.pictures.gestures import Brush, How
from widgets.pictures.kinds import StackChart
from widgets.pictures.layout.layers import readable
from widgets.pictures.layout.naming import Name
from widgets.pictures.layout.panes import whole_text, write_names
from widgets.pictures.layout.plane import GAP
from widgets.pictures.layout.readings import Row, state_row
from widgets.pictures.layout.stack import Pane, StackLayout, lay_stack, paint_layer, paint_stack
from widgets.pictures.page import corners
from widgets.pictures.palette import Theme
from widgets.plots.keys import next_month
from widgets.plots.painted import PaintedPicture
from widgets.plots.painted_page import PaintedPage
from widgets.plots.reading import NOTHING

EMPTY: Final = StackChart(title="", x=NO_AXIS, y=NO_AXIS, crosshair=lambda x: "")
FAINT: Final = 0.6
BOX_SHARE: Final = 0.7


class StackPlot(PaintedPicture):
    """Layers over months.

    With the keyboard: left and right by month, Home and End, up and down from layer to layer, Page Up and Page Down
    from pane to pane, Enter or Space chooses the layer at the month, Escape lets go.
    """

    laid: StackLayout

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, lay_stack, paint_stack, parent)
        self._x: float | None = None
        self._at = 0
        self._layer: int | None = None
        self._months: list[list[float]] = []

    # --- showing -----------------------------------------------------------------------------------------------

    @property
    def _panes(self) -> tuple[Pane, ...]:
        return self.laid.panes

    def value_name(self, chart: StackChart) -> str:
        """Return the name of the values."""
        return chart.y.label

    def show_chart(self, chart: StackChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; no signal is sent."""
        key, panes = self._key(), () if chart.empty else chart.panes
        self._at = self._at if self._at < len(panes) else 0
        keys = [layer.key for layer in panes[self._at].layers] if panes else []
        self._layer = keys.index(key) if key in keys else None
        super().show_chart(chart, theme)

    def mark(self, x: float | None) -> None:
        """Show a month that is hovered elsewhere; no signal is sent."""
        self._hand, self._layer = None, None
        self._x = x
        self.show_hand()

    def arrange(self, page: PaintedPage) -> None:
        """Lay out names, axes and panes."""
        super().arrange(page)
        self._months = [
            readable(self.chart.x, pane.stack.x.tolist()) if pane.edges.known.any() else []
            for pane in self._panes
        ]

    def whole_text(self, at: QPointF) -> str:
        """Return the name of a state, or the title of a pane, under a place when it is cut there; else ""."""
        titles = [(pane.stack.title, pane.frame) for pane in self._panes]
        return whole_text(self.page, titles, self.laid.legend, at.x(), at.y())

    def ring(self) -> QRectF:
        """Return the rectangle around all panes."""
        frames = [QRectF(*pane.frame) for pane in self._panes]
        return frames[0].united(frames[-1]) if frames else QRectF(self.rect())

    def hint_room(self) -> tuple[float, float, float]:
        """Return the room beside the name of the months."""
        box, page = self.ring(), self.page
        right = box.right() - page.measure(self.chart.x.label) - page.line
        return box.left(), right, box.bottom() + (GAP + 1.5) * page.line

    # --- painting ----------------------------------------------------------------------------------------------

    def paint_hand(self, page: PaintedPage) -> None:
        """Paint the layer under the hand, the rule at the month, and the names."""
        strong: set[Name] = set()
        if self._layer is not None and self._x is not None:
            layer = self._panes[self._at].stack.layers[self._layer]
            strong.add(Name(label=layer.label, ink=layer.ink))
            for pane in self._panes:
                page.area(corners(pane.frame), self.theme.panel, opacity=FAINT)
                with page.clip(pane.frame):
                    for place, one in enumerate(pane.stack.layers):
                        if one.key == layer.key:
                            paint_layer(page, pane, place)
        if self._x is not None and not self._reading.isHidden():
            for pane in self._panes:
                x = pane.plane.x_of(self._x)
                page.stroke([(x, pane.frame.top), (x, pane.frame.bottom)], self.theme.text)
        write_names(page, self.laid.ends, self.laid.legend, strong)

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
        self._reading.place(pane.plane.x_of(self._x), self.ring(), NOTHING, self._hand)
        self.update()

    def _rows_at(self, pane: Pane, x: float) -> list[Row]:
        """Return what the layers of a pane say at a month, from the top; nothing where there are none."""
        rows = []
        for at in np.flatnonzero(pane.stack.x == x).tolist():
            for place in reversed(range(len(pane.stack.layers))):
                layer = pane.stack.layers[place]
                if layer.readings[at]:
                    name = Name(label=layer.label, ink=layer.ink)
                    rows.append(state_row(name, layer.readings[at], strong=place == self._layer))
        return rows

    def point_at(self, place: QPointF | None) -> None:
        """Read the month and the layer under the mouse."""
        found = None if place is None else self._under(place)
        if found is None or place is None:
            self._go(None, None)
            return
        self._at = found
        pane = self._panes[found]
        x, y = pane.plane.value_at(place.x(), place.y())
        self._go(min(self._months[found], key=lambda month: abs(month - x)), pane.edges.layer_at(x, y))

    def step(self, key: Qt.Key) -> bool:
        """Move by month, from layer to layer, or from pane to pane."""
        if not self._panes:
            return False
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and len(self._panes) > 1:
            self._at = (self._at + (1 if key == Qt.Key.Key_PageDown else -1)) % len(self._panes)
            self._go(self._x, self._layer)
            return True
        pane, months = self._panes[self._at], self._months[self._at]
        if not months:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(next_month(months, self._x, key), self._layer)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            count, up = len(pane.stack.layers), key == Qt.Key.Key_Up
            first = 0 if up else count - 1
            layer = first if self._layer is None else (self._layer + (1 if up else -1)) % count
            self._go(self._x if self._x in months else months[0], layer)
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
            if self._months[at] and pane.frame.grown(2, 1).holds(place.x(), place.y()):
                return at
        return None

    def _pane_with(self, x: float | None) -> Pane | None:
        """Return the pane that is read at `x`: that of the hand, or another that has the month."""
        places = (*range(self._at, self._at + 1), *range(len(self._panes)))
        order = [self._panes[at] for at in places if at < len(self._panes) and x in self._months[at]]
        said = (pane for pane in order if x is not None and self._rows_at(pane, x))
        return next(said, order[0] if order else None)

    def _key(self) -> str:
        """Return the key of the layer under the hand."""
        if self._layer is None or not self._panes:
            return ""
        return self._panes[self._at].stack.layers[self._layer].key
