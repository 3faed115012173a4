"""Where the nodes, ribbons and names of a flow stand, and how they are drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from widgets.pictures.kinds import Flow, FlowChart, Ribbon
from widgets.pictures.layout.naming import ColumnName, End, Name, under_columns
from widgets.pictures.layout.panes import (
    GAP,
    TITLE,
    Legend,
    Placed,
    frames_of,
    place_ends,
    share_sides,
    write_names,
    write_titles,
)
from widgets.pictures.layout.streams import Item
from widgets.pictures.page import Box, Edge, Page, Point, corners
from widgets.pictures.palette import colour

BETWEEN: Final = 1.9
"""Between two panes, in lines of text."""
NODE, NODE_SHARE, LEAST_NODE = 0.85, 0.16, 0.19
"""Width of a node in lines, at most this part of the way to the next, and at least so many lines."""
OPACITY: Final = {"light": 0.42, "dark": 0.5}
"""Of a ribbon, by theme."""
SEAM: Final = 0.03
"""So much is taken from either end of a node that is high enough, in lines."""
_ON: Final = np.linspace(0.0, 1.0, 33)
ALONG: Final = 1.5 * (1 - _ON) * _ON + _ON**3
RISEN: Final = 3 * (1 - _ON) * _ON**2 + _ON**3
"""Points of the curve of a ribbon: how far along it is how much of its rise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A ribbon on the page, from the node where it leaves to that where it comes in."""

    start: Edge
    end: Edge

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies on it."""
        (left, top, bottom), (right, end_top, end_bottom) = self.start, self.end
        if not left <= x <= right:
            return False
        risen = float(np.interp((x - left) / max(right - left, 1e-9), ALONG, RISEN))
        return top + (end_top - top) * risen <= y <= bottom + (end_bottom - bottom) * risen


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One pane on the page; `order` says which ribbons lie under which: the larger under the smaller."""

    flow: Flow
    frame: Box
    nodes: tuple[Box, ...]
    ribbons: tuple[Band, ...]
    order: tuple[int, ...]

    def item_at(self, pane: int, x: float, y: float, reach: float) -> Item | None:
        """Return the node or the ribbon at a place; of ribbons the uppermost, or a thin one within `reach`."""
        if not self.frame.grown(reach, reach).holds(x, y):
            return None
        for place, box in enumerate(self.nodes):
            if box.grown(reach / 2, reach / 5).holds(x, y):
                return Item(pane=pane, kind="node", place=place)
        for away in (0.0, -reach, reach):
            for place in reversed(self.order):
                if self.ribbons[place].holds(x, y + away):
                    return Item(pane=pane, kind="ribbon", place=place)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLayout:
    """Where everything stands; `node` is the width of a node and `pitch` the way from a column to the next."""

    chart: FlowChart
    panes: tuple[Pane, ...]
    columns: tuple[ColumnName, ...]
    ends: tuple[Placed[Name], ...]
    legend: Legend
    node: float
    pitch: float


def lay_flow(chart: FlowChart, page: Page) -> FlowLayout:
    """Share out the page to names, columns and panes."""
    sides, line, count = share_sides(page, chart), page.line, len(chart.panes)
    room, gaps = sides.room, max(len(chart.columns) - 1, 1)
    frames = frames_of(room, count, BETWEEN * line)
    wide = frames[0].width if frames else room.width
    node = min(NODE * line, max(wide / gaps * NODE_SHARE, LEAST_NODE * line))
    pitch = (wide - node) / gaps
    centres = [place * pitch + node / 2 for place in range(len(chart.columns))]
    names = under_columns(page, chart.columns, centres, wide, chart.shorts)
    above = TITLE * line + line / 2 if count > 1 else GAP * line
    under = (GAP + max((len(name.parts) for name in names), default=1)) * line
    high = max(room.height - above - under, 1.0)
    panes = tuple(
        _pane(flow, frame._replace(top=room.top + above, height=high), node, pitch)
        for flow, frame in zip(chart.panes, frames, strict=True)
    )

    def spot(end: End) -> Point:
        return panes[-1].frame.right, panes[-1].frame.bottom - end.y * panes[-1].frame.height

    ends = place_ends(page, sides, panes[-1].frame, spot) if panes else ()
    return FlowLayout(
        chart=chart,
        panes=panes,
        columns=tuple(names),
        ends=ends,
        legend=sides.legend,
        node=node,
        pitch=pitch,
    )


def draw_flow(chart: FlowChart, page: Page) -> None:
    """Draw all of it."""
    layout = lay_flow(chart, page)
    paint_flow(layout, page)
    write_names(page, layout.ends, layout.legend)


def paint_flow(layout: FlowLayout, page: Page) -> None:
    """Draw ribbons, nodes, the names of the columns, and titles."""
    for pane in layout.panes:
        paint_items(page, pane, range(len(pane.nodes)), pane.order, OPACITY[page.theme.name])
        for name in layout.columns:
            for row, part in enumerate(name.parts):
                middle = pane.frame.bottom + (GAP + row + 0.5) * page.line
                page.write(part, pane.frame.left + name.centre, middle, page.theme.muted, align="centre")
    write_titles(page, [pane.flow.title for pane in layout.panes], [pane.frame for pane in layout.panes])


def paint_items(
    page: Page, pane: Pane, nodes: Collection[int], ribbons: Collection[int], opacity: float
) -> None:
    """Draw these nodes over these ribbons."""
    for place in (one for one in pane.order if one in ribbons):
        hue = colour(pane.flow.ribbons[place].ink, page.theme)
        page.ribbon(pane.ribbons[place].start, pane.ribbons[place].end, hue, opacity=opacity)
    for place in nodes:
        box = pane.nodes[place]
        seam = SEAM * page.line if box.height > 5 * SEAM * page.line else 0.0
        page.area(corners(box.grown(0, -seam)), colour(pane.flow.nodes[place].ink, page.theme))


def name_of(pane: Pane, node: int) -> Name:
    """Return the name of a node."""
    return Name(label=pane.flow.nodes[node].label, ink=pane.flow.nodes[node].ink)


def _pane(flow: Flow, frame: Box, node: float, pitch: float) -> Pane:
    nodes = tuple(
        Box(
            frame.left + one.column * pitch,
            frame.bottom - one.high * frame.height,
            node,
            (one.high - one.low) * frame.height,
        )
        for one in flow.nodes
    )
    sizes = [one.start[1] - one.start[0] for one in flow.ribbons]
    return Pane(
        flow=flow,
        frame=frame,
        nodes=nodes,
        ribbons=tuple(_band(one, frame, node, pitch) for one in flow.ribbons),
        order=tuple(sorted(range(len(sizes)), key=lambda place: -sizes[place])),
    )


def _band(ribbon: Ribbon, frame: Box, node: float, pitch: float) -> Band:
    left = frame.left + ribbon.column * pitch

    def edge(x: float, ends: tuple[float, float]) -> Edge:
        return x, frame.bottom - ends[1] * frame.height, frame.bottom - ends[0] * frame.height

    return Band(start=edge(left + node, ribbon.start), end=edge(left + pitch, ribbon.end))
