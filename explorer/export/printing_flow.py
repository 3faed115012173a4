"""Flows on paper: the same nodes, ribbons and names as on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from explorer.export.printing_panes import add_axes, frames_of, write_ends, write_names, write_titles
from explorer.export.typesetting import Box, Pen
from widgets.pictures.kinds import FlowChart
from widgets.pictures.layout.naming import under_columns
from widgets.pictures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.pictures.kinds import Flow, Ribbon
    from widgets.pictures.layout.naming import ColumnName, End

NODE, NODE_SHARE = 3.0, 0.16
"""Width of a node in millimetres, and at most this part of the way to the next."""
BETWEEN: Final = 7.0
OPACITY: Final = 0.42
GAP: Final = 0.15
"""Millimetres taken from either end of a node that is high enough."""


def draw_flow(figure: Any, pen: Pen, chart: FlowChart, box: Box) -> None:
    """Draw the nodes and ribbons of `chart` in `box`, panes side by side; see `printing.PrintPainter`."""
    sides = write_names(figure, pen, chart, box)
    left, bottom, width, height = sides.box
    frames = frames_of(sides.box, len(chart.panes), BETWEEN)
    if not frames:
        return
    wide = frames[0][2]
    gaps = max(len(chart.columns) - 1, 1)
    node = min(NODE, wide / gaps * NODE_SHARE)
    pitch = (wide - node) / gaps
    centres = [place * pitch + node / 2 for place in range(len(chart.columns))]
    names = under_columns(chart.columns, centres, wide, pen.text_width, pen.elided, chart.shorts)
    under = pen.line * max((len(name.parts) for name in names), default=1) + 1.4
    titles = pen.line + 1.6 if len(chart.panes) > 1 else 0.0
    room = (left, bottom + under, width, max(height - under - titles, 5.0))
    frames = frames_of(room, len(chart.panes), BETWEEN)
    for flow, frame in zip(chart.panes, frames, strict=True):
        axes = add_axes(figure, pen, frame)
        axes.set_xlim(0, wide)
        axes.set_ylim(0, 1)
        axes.patch.set_visible(False)
        _flow(axes, pen, flow, node, pitch, frame[3])
        _write_columns(pen, names, frame)
    if len(frames) > 1:
        write_titles(pen, [flow.title for flow in chart.panes], frames)
    last = frames[-1]

    def place_of(end: End) -> tuple[float, float]:
        return last[0] + last[2], last[1] + last[3] * end.y

    write_ends(figure, pen, sides, last, place_of)


def _write_columns(pen: Pen, names: list[ColumnName], frame: Box) -> None:
    for name in names:
        for row, part in enumerate(name.parts):
            top = frame[1] - 1.0 - row * pen.line
            pen.write(part, frame[0] + name.centre, top, pen.theme.muted, centre=True)


def _flow(axes: Axes, pen: Pen, flow: Flow, node: float, pitch: float, height: float) -> None:
    from matplotlib.patches import PathPatch, Rectangle

    # The larger ribbons lie under the smaller.
    for ribbon in sorted(flow.ribbons, key=lambda one: one.start[0] - one.start[1]):
        hue = colour(ribbon.ink, pen.theme)
        left = ribbon.column * pitch + node
        shape = _ribbon(ribbon, left, left + pitch - node)
        axes.add_patch(PathPatch(shape, facecolor=hue, alpha=OPACITY, linewidth=0, clip_on=False))
    for one in flow.nodes:
        gap = GAP / height if (one.high - one.low) * height > 4 * GAP else 0.0
        size = one.high - one.low - 2 * gap
        hue = colour(one.ink, pen.theme)
        corner = (one.column * pitch, one.low + gap)
        axes.add_patch(Rectangle(corner, node, size, facecolor=hue, linewidth=0, clip_on=False, zorder=3))


def _ribbon(ribbon: Ribbon, left: float, right: float) -> Any:
    from matplotlib.path import Path

    middle = (left + right) / 2
    (low, high), (end_low, end_high) = ribbon.start, ribbon.end
    points = [
        (left, high),
        (middle, high),
        (middle, end_high),
        (right, end_high),
        (right, end_low),
        (middle, end_low),
        (middle, low),
        (left, low),
        (left, high),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return Path(points, codes)
