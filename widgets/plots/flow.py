"""Who moves from which state to which between chosen months, on screen; a pane for each group, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from widgets.pictures.gestures import Brush, How
from widgets.pictures.kinds import Flow, FlowChart, Node, Ribbon
from widgets.pictures.layout.flow import OPACITY, FlowLayout, lay_flow, name_of, paint_flow, paint_items
from widgets.pictures.layout.naming import Name
from widgets.pictures.layout.panes import whole_text, write_names
from widgets.pictures.layout.streams import (
    Item,
    column_of,
    ends_of_ribbon,
    first_item,
    middle_of,
    next_item,
    touched,
)
from widgets.pictures.page import corners
from widgets.pictures.palette import Theme
from widgets.plots.painted import PaintedPicture
from widgets.plots.painted_page import PaintedPage

EMPTY: Final = FlowChart(title="")
STRONG: Final = 0.8
"""Opacity of a ribbon that is emphasised."""
FAINT: Final = 0.72
"""So much of the rest is taken away meanwhile."""
REACH: Final = 2.5
"""So many pixels from a thin ribbon the mouse is still on it."""
BOX_SHARE, LEAST_BOX = 0.5, 240.0


class FlowPlot(PaintedPicture):
    """Nodes and ribbons.

    With the keyboard: left and right from node to ribbon to node, up and down in a column, Home and End to the first
    and the last column, Page Up and Page Down from pane to pane, Enter or Space chooses what is read, Escape lets go.
    """

    laid: FlowLayout

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, lay_flow, paint_flow, parent)
        self.item: Item | None = None

    # --- showing -----------------------------------------------------------------------------------------------

    def show_chart(self, chart: FlowChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; what is read stays read when it is still there."""
        before, item, self.item = self._thing(), self.item, None
        panes = () if chart.empty else chart.panes
        if before is not None and item is not None and item.pane < len(panes):
            flow = panes[item.pane]
            keys = [one.key for one in (flow.nodes if item.kind == "node" else flow.ribbons)]
            self.item = replace(item, place=keys.index(before.key)) if before.key in keys else None
        super().show_chart(chart, theme)

    def value_name(self, chart: FlowChart) -> str:
        """Return which months are drawn, when not all that were asked for are."""
        return chart.span

    def mark(self, x: float | None) -> None:
        """A month that is hovered elsewhere has no place here; what is read is let go."""
        self._hand = None
        self._read(None)

    def whole_text(self, at: QPointF) -> str:
        """Return the name of a state, or the title of a pane, under a place when it is cut there; else ""."""
        titles = [(pane.flow.title, pane.frame) for pane in self.laid.panes]
        return whole_text(self.page, titles, self.laid.legend, at.x(), at.y())

    def ring(self) -> QRectF:
        """Return the rectangle around all panes."""
        frames = [QRectF(*pane.frame) for pane in self.laid.panes]
        return frames[0].united(frames[-1]).adjusted(0, -2, 1, 2) if frames else QRectF(self.rect())

    def hint_room(self) -> tuple[float, float, float]:
        """Return the room above the picture, right of the words on what is drawn."""
        left = self._name.x() + (self._name.sizeHint().width() + 12.0 if self._name.text() else 0.0)
        right = self.width() - (self._badge.width() + 12 if self.chart.badge else 0)
        return left, right, max(self._name.height(), self.page.line - 1) / 2

    # --- painting ----------------------------------------------------------------------------------------------

    def paint_hand(self, page: PaintedPage) -> None:
        """Paint what is read over the rest made faint, and the names."""
        strong: set[Name] = set()
        if self.item is not None:
            for pane in self.laid.panes:
                page.area(corners(pane.frame.grown(1, 1)), self.theme.panel, opacity=FAINT)
            pane = self.laid.panes[self.item.pane]
            nodes, ribbons = touched(pane.flow, self.item)
            opacity = STRONG if self.item.kind == "ribbon" else (STRONG + OPACITY["light"]) / 2
            paint_items(page, pane, nodes, ribbons, opacity)
            strong = {name_of(pane, node) for node in nodes}
        write_names(page, self.laid.ends, self.laid.legend, strong)

    # --- reading -----------------------------------------------------------------------------------------------

    def show_hand(self) -> None:
        """Show the reading of what is under the hand."""
        if self.item is None:
            self._reading.hide()
            self.update()
            return
        layout = self.laid
        pane = layout.panes[self.item.pane]
        self._say(pane.flow, self.item)
        along = column_of(pane.flow, self.item) * layout.pitch + layout.node / 2
        if self.item.kind == "ribbon":
            along += layout.pitch / 2
        hand, frame = self._hand, pane.frame
        at = QPointF(frame.left + along, frame.bottom - middle_of(pane.flow, self.item) * frame.height)
        self._reading.place((hand or at).x(), self.ring(), np.array([at.toTuple()]), hand)
        self.update()

    def _say(self, flow: Flow, item: Item) -> None:
        columns = self.chart.columns
        if item.kind == "node":
            node = flow.nodes[item.place]
            heading, label, text, ink = columns[node.column], node.label, node.reading, node.ink
        else:
            ribbon = flow.ribbons[item.place]
            heading = " → ".join(columns[ribbon.column : ribbon.column + 2])
            ends = [one.label for one in ends_of_ribbon(flow, ribbon) if one is not None]
            label, text, ink = " → ".join(ends), ribbon.reading, ribbon.ink
        if len(self.laid.panes) > 1:
            heading = f"{flow.title} · {heading}"
        # A reading that names the state itself does not need it twice.
        label = "" if text.startswith(label.split(" → ")[0]) else label
        name = Name(label=label, ink=ink) if label else None
        most = max(self.width() * BOX_SHARE, min(self.width() - 8.0, LEAST_BOX))
        self._reading.show_words(heading, name, text, self.theme, most)

    def point_at(self, place: QPointF | None) -> None:
        """Read the node or the ribbon under the mouse."""
        self._read(None if place is None else self.item_at(place))

    def item_at(self, place: QPointF) -> Item | None:
        """Return the node or the ribbon at a place."""
        found = (pane.item_at(at, place.x(), place.y(), REACH) for at, pane in enumerate(self.laid.panes))
        return next((item for item in found if item is not None), None)

    def step(self, key: Qt.Key) -> bool:
        """Move from node to ribbon to node, within a column, or from pane to pane."""
        if not self.laid.panes:
            return False
        at = self.item.pane if self.item is not None else 0
        flow = self.laid.panes[at].flow
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and len(self.laid.panes) > 1:
            at = (at + (1 if key == Qt.Key.Key_PageDown else -1)) % len(self.laid.panes)
            self._read(first_item(self.laid.panes[at].flow, at))
            return True
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) or (key in moves and self.item is None):
            self._read(first_item(flow, at, last=key == Qt.Key.Key_End))
            return True
        if key in moves and self.item is not None:
            self._read(next_item(flow, self.item, *moves[key]))
            return True
        return False

    def brush(self, how: How) -> Brush | None:
        """Return the brush of what is read."""
        thing = self._thing()
        if thing is None or self.item is None:
            return None
        return Brush(kind="item", key=thing.key, how=how, group=self.laid.panes[self.item.pane].flow.group)

    def _thing(self) -> Node | Ribbon | None:
        if self.item is None:
            return None
        flow: Flow = self.chart.panes[self.item.pane]
        return flow.nodes[self.item.place] if self.item.kind == "node" else flow.ribbons[self.item.place]

    def _read(self, item: Item | None) -> None:
        self.item = item
        self.show_hand()
