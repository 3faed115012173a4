"""Who moves from which state to which between chosen months, on screen; a pane for each group, side by side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from widgets.pictures.gestures import Brush, How
from widgets.pictures.kinds import Flow, FlowChart, Node, Ribbon
from widgets.pictures.layout.naming import ColumnName, Name, ends_of, names_of, under_columns
from widgets.pictures.layout.streams import (
    Item,
    column_of,
    ends_of_ribbon,
    first_item,
    middle_of,
    next_item,
    touched,
)
from widgets.pictures.palette import Theme, colour
from widgets.plots.lettering import baseline, small_font
from widgets.plots.painted import PaintedPicture
from widgets.plots.panes import (
    Entry,
    PlacedEnd,
    ends_room,
    frames_of,
    paint_ends,
    paint_legend,
    paint_title,
    place_ends,
    place_legend,
    right_margin,
    whole_text,
)
from widgets.plots.room import GAP, line_height

EMPTY: Final = FlowChart(title="")
BETWEEN_PANES: Final = 30.0
NODE, NODE_SHARE = 14.0, 0.16
"""Width of a node, in pixels, and at most this part of the way to the next."""
OPACITY: Final = {"light": 0.42, "dark": 0.5}
"""Of a ribbon, by theme; of one that is emphasised it is greater."""
STRONG: Final = 0.8
FAINT: Final = 0.72
REACH: Final = 2.5
"""So many pixels from a thin ribbon the mouse is still on it."""
BOX_SHARE, LEAST_BOX = 0.5, 240.0


@dataclass(slots=True)
class Pane:
    """One pane as it lies on the screen; the larger ribbons are painted, and so lie, under the smaller."""

    flow: Flow
    frame: QRectF = field(default_factory=QRectF)
    nodes: list[QRectF] = field(default_factory=list)
    ribbons: list[QPainterPath] = field(default_factory=list)
    order: list[int] = field(default_factory=list)


class AlluvialPlot(PaintedPicture):
    """Nodes and ribbons.

    With the keyboard: left and right from node to ribbon to node, up and down in a column, Home and End to the first
    and the last column, Page Up and Page Down from pane to pane, Enter or Space chooses what is read, Escape lets go.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, parent)
        self.item: Item | None = None
        self._panes: list[Pane] = []
        self.columns: list[ColumnName] = []
        self.ends: list[PlacedEnd] = []
        self.legend: list[Entry] = []

    # --- showing -----------------------------------------------------------------------------------------------

    def show_chart(self, chart: FlowChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; what is read stays read when it is still there."""
        before = self._thing()
        key = before.key if before is not None else ""
        item, self.item = self.item, None
        self._panes = [Pane(flow=flow) for flow in (() if chart.empty else chart.panes)]
        if item is not None and item.pane < len(self._panes):
            flow = self._panes[item.pane].flow
            keys = [node.key for node in flow.nodes]
            if item.kind == "ribbon":
                keys = [ribbon.key for ribbon in flow.ribbons]
            self.item = replace(item, place=keys.index(key)) if key in keys else None
        super().show_chart(chart, theme)

    def value_name(self) -> str:
        """Return which months are drawn, when not all that were asked for are."""
        return str(self.chart.span)

    def mark(self, x: float | None) -> None:
        """A month that is hovered elsewhere has no place here; what is read is let go."""
        self._hand = None
        self._read(None)

    def nodes(self, pane: int = 0) -> list[QRectF]:
        """Return where the nodes of a pane lie."""
        return self._panes[pane].nodes

    def ribbons(self, pane: int = 0) -> list[QPainterPath]:
        """Return where the ribbons of a pane lie."""
        return self._panes[pane].ribbons

    def arrange(self, area: QRectF, metrics: QFontMetricsF) -> None:
        """Share out the room to names, columns and panes."""
        line, count = line_height(metrics), len(self._panes)
        titled = count > 1
        top = area.top() + 6 + (line + 2 if titled else 0)
        ends = ends_of(self.chart)
        names = ends_room(ends, area.width(), area.height() - GAP - line - 10, metrics)
        self.legend, self.ends = [], []
        if names is None:
            self.legend = place_legend(names_of(self.chart), area, metrics)
            top += self.legend[-1].middle + line / 2 + 4 - area.top() if self.legend else 0
        right = right_margin(names, metrics)
        room = QRectF(area.left() + 2, top, area.width() - 2 - right, area.height())
        width = frames_of(room, count, BETWEEN_PANES)[0].width() if count else room.width()
        self._place_columns(width, metrics)
        lines = max((len(one.parts) for one in self.columns), default=1)
        room.setBottom(max(area.bottom() - GAP - lines * line - 2, top + 1))
        for pane, frame in zip(self._panes, frames_of(room, count, BETWEEN_PANES), strict=True):
            self._place(pane, frame)
        if names is not None and ends and self._panes:
            frame = self._panes[-1].frame
            places = [QPointF(frame.right(), frame.bottom() - end.y * frame.height()) for end in ends]
            self.ends = place_ends(ends, names, places, frame, metrics)

    def _place_columns(self, width: float, metrics: QFontMetricsF) -> None:
        node, pitch = self._widths(width)
        centres = [place * pitch + node / 2 for place in range(len(self.chart.columns))]

        def elide(text: str, room: float) -> str:
            return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

        chart = self.chart
        self.columns = under_columns(
            chart.columns, centres, width, metrics.horizontalAdvance, elide, chart.shorts
        )

    def _widths(self, width: float) -> tuple[float, float]:
        """Return the width of a node and the distance between two columns in a pane of `width`."""
        gaps = max(len(self.chart.columns) - 1, 1)
        node = min(NODE, max(width / gaps * NODE_SHARE, 3.0))
        return node, (width - node) / gaps

    def _place(self, pane: Pane, frame: QRectF) -> None:
        node, pitch = self._widths(frame.width())
        pane.frame = frame

        def y(value: float) -> float:
            return frame.bottom() - value * frame.height()

        pane.nodes = [
            QRectF(frame.left() + one.column * pitch, y(one.high), node, y(one.low) - y(one.high))
            for one in pane.flow.nodes
        ]
        pane.ribbons = []
        for one in pane.flow.ribbons:
            left = frame.left() + one.column * pitch + node
            ends = (y(one.start[1]), y(one.end[1]), y(one.end[0]), y(one.start[0]))
            pane.ribbons.append(ribbon_path(left, left + pitch - node, *ends))
        sizes = [one.start[1] - one.start[0] for one in pane.flow.ribbons]
        pane.order = sorted(range(len(sizes)), key=lambda place: -sizes[place])

    def whole_text(self, at: QPointF) -> str:
        """Return the name of a state, or the title of a pane, under a place when it is cut there; else ""."""
        titles = [(pane.flow.title, pane.frame) for pane in self._panes]
        return whole_text(titles, self.legend, self.ends, at)

    def ring(self) -> QRectF:
        """Return the rectangle around all panes."""
        if not self._panes:
            return QRectF(self.rect())
        return self._panes[0].frame.united(self._panes[-1].frame).adjusted(0, -2, 1, 2)

    def hint_room(self) -> tuple[float, float, float]:
        """Return the room above the picture, right of the words on what is drawn."""
        metrics = QFontMetricsF(small_font())
        left = self._name.x() + (self._name.sizeHint().width() + 12.0 if self._name.text() else 0.0)
        right = self.width() - (self._badge.width() + 12 if self.chart.badge else 0)
        return left, right, max(self._name.height(), metrics.height()) / 2

    # --- painting ----------------------------------------------------------------------------------------------

    def paint_picture(self, painter: QPainter) -> None:
        """Paint ribbons, nodes and the names of the columns."""
        metrics = QFontMetricsF(painter.font())
        line = line_height(metrics)
        for pane in self._panes:
            for place in pane.order:
                self._paint_ribbon(painter, pane, place, OPACITY[self.theme.name])
            for place in range(len(pane.nodes)):
                self._paint_node(painter, pane, place)
            painter.setPen(QColor(self.theme.muted))
            top = pane.frame.bottom() + GAP
            for name in self.columns:
                for row, part in enumerate(name.parts):
                    left = pane.frame.left() + name.centre - metrics.horizontalAdvance(part) / 2
                    painter.drawText(QPointF(left, baseline(metrics, top + (row + 0.5) * line)), part)
            if len(self._panes) > 1:
                middle = pane.frame.top() - 6 - line / 2
                paint_title(painter, pane.flow.title, pane.frame, middle, self.theme)

    def paint_hand(self, painter: QPainter) -> None:
        """Paint what is read over the rest made faint, and the names."""
        strong: set[Name] = set()
        if self.item is not None:
            for pane in self._panes:
                self.veil_over(painter, pane.frame.adjusted(-1, -1, 1, 1), FAINT)
            pane = self._panes[self.item.pane]
            nodes, ribbons = touched(pane.flow, self.item)
            for place in (place for place in pane.order if place in ribbons):
                alone = self.item.kind == "ribbon"
                self._paint_ribbon(painter, pane, place, STRONG if alone else (STRONG + OPACITY["light"]) / 2)
            for place in nodes:
                self._paint_node(painter, pane, place)
            strong = {
                Name(label=pane.flow.nodes[place].label, ink=pane.flow.nodes[place].ink) for place in nodes
            }
        if self._panes:
            paint_ends(painter, self.ends, self._panes[-1].frame.right(), strong, self.theme)
        paint_legend(painter, self.legend, strong, self.theme)

    def _paint_ribbon(self, painter: QPainter, pane: Pane, place: int, opacity: float) -> None:
        hue = QColor(colour(pane.flow.ribbons[place].ink, self.theme))
        hue.setAlphaF(opacity)
        painter.fillPath(pane.ribbons[place], hue)

    def _paint_node(self, painter: QPainter, pane: Pane, place: int) -> None:
        box = pane.nodes[place]
        trim = 0.5 if box.height() > 2.5 else 0.0
        painter.fillRect(
            box.adjusted(0, trim, 0, -trim), QColor(colour(pane.flow.nodes[place].ink, self.theme))
        )

    # --- reading -----------------------------------------------------------------------------------------------

    def show_hand(self) -> None:
        """Show the reading of what is under the hand."""
        if self.item is None:
            self._reading.hide()
            self.update()
            return
        pane = self._panes[self.item.pane]
        self._say(pane.flow, self.item)
        frame = pane.frame
        node, pitch = self._widths(frame.width())
        along = column_of(pane.flow, self.item) * pitch + node / 2
        if self.item.kind == "ribbon":
            along += pitch / 2
        hand = self._hand
        at = QPointF(frame.left() + along, frame.bottom() - middle_of(pane.flow, self.item) * frame.height())
        self._reading.place((hand or at).x(), self.ring(), [at], hand)
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
        if len(self._panes) > 1:
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
        """Return the node or the ribbon at a place; of ribbons the one that lies on top, or a thin one close by."""
        for at, pane in enumerate(self._panes):
            if not pane.frame.adjusted(-REACH, -REACH, REACH, REACH).contains(place):
                continue
            for node, box in enumerate(pane.nodes):
                if box.adjusted(-1, -0.5, 1, 0.5).contains(place):
                    return Item(pane=at, kind="node", place=node)
            for reach in (0.0, -REACH, REACH):
                spot = place + QPointF(0, reach)
                for ribbon in reversed(pane.order):
                    if pane.ribbons[ribbon].contains(spot):
                        return Item(pane=at, kind="ribbon", place=ribbon)
        return None

    def step(self, key: Qt.Key) -> bool:
        """Move from node to ribbon to node, within a column, or from pane to pane."""
        if not self._panes:
            return False
        at = self.item.pane if self.item is not None else 0
        flow = self._panes[at].flow
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and len(self._panes) > 1:
            at = (at + (1 if key == Qt.Key.Key_PageDown else -1)) % len(self._panes)
            self._read(first_item(self._panes[at].flow, at))
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
        return Brush(kind="item", key=thing.key, how=how, group=self._panes[self.item.pane].flow.group)

    def _thing(self) -> Node | Ribbon | None:
        if self.item is None:
            return None
        flow = self._panes[self.item.pane].flow
        return flow.nodes[self.item.place] if self.item.kind == "node" else flow.ribbons[self.item.place]

    def _read(self, item: Item | None) -> None:
        self.item = item
        self.show_hand()


def ribbon_path(
    left: float, right: float, top_left: float, top_right: float, low_right: float, low_left: float
) -> QPainterPath:
    """Return a ribbon that leaves and comes in level, by the heights of its four corners."""
    middle = (left + right) / 2
    path = QPainterPath(QPointF(left, top_left))
    path.cubicTo(QPointF(middle, top_left), QPointF(middle, top_right), QPointF(right, top_right))
    path.lineTo(QPointF(right, low_right))
    path.cubicTo(QPointF(middle, low_right), QPointF(middle, low_left), QPointF(left, low_left))
    path.closeSubpath()
    return path
