"""Stacked shares on paper: the same layers, names and axes as on screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from explorer.export.printing_panes import add_axes, frames_of, write_ends, write_names, write_titles
from explorer.export.typesetting import Box, Pen
from widgets.pictures.kinds import StackChart
from widgets.pictures.layout.layers import edges_of, pieces_of, reach
from widgets.pictures.layout.spacing import nice_step
from widgets.pictures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.pictures.chart import Axis
    from widgets.pictures.kinds import Stack
    from widgets.pictures.layout.naming import End

UNDER: Final = 2.6
"""Lines of text under the panes: numbers of months, and the name of the axis."""
BETWEEN: Final = 6.0
LEAST_GAP: Final = 3.5
GAP_POINTS: Final = 0.8
"""Width of the gap between two layers."""


def draw_stack(figure: Any, pen: Pen, chart: StackChart, box: Box) -> None:
    """Draw the layers of `chart` in `box`, a pane for each group side by side; see `printing.PrintPainter`."""
    sides = write_names(figure, pen, chart, box)
    left, bottom, width, height = sides.box
    under = pen.line * UNDER
    titles = pen.line + 1.6 if len(chart.panes) > 1 else 0.0
    height = max(height - under - titles, 5.0)
    values, rise = _value_ticks(chart.y, height)
    numbers = [chart.y.text(value, rise) for value in values]
    margin = max((pen.text_width(text) for text in numbers), default=0.0) + 2.0
    room = (left + margin, bottom + under, width - margin, height)
    ends = [chart.x.text(end, chart.x.step or 1.0) for end in (chart.x.low, chart.x.high)]
    frames = frames_of(room, len(chart.panes), max(BETWEEN, max(map(pen.text_width, ends)) + LEAST_GAP))
    for place, (stack, frame) in enumerate(zip(chart.panes, frames, strict=True)):
        axes = add_axes(figure, pen, frame)
        _dress(axes, pen, chart, frame[2])
        axes.set_yticks(values, numbers if place == 0 else [""] * len(values))
        axes.hlines(values, *reach(chart.x), color=pen.theme.grid, linewidth=0.6, zorder=1)
        _layers(axes, pen, stack)
    if len(frames) > 1:
        write_titles(pen, [stack.title for stack in chart.panes], frames)
    if not frames:
        return
    right = frames[-1][0] + frames[-1][2]
    label = pen.elided(chart.x.label, right - pen.margin)
    pen.write(label, right, bottom + under - pen.line * 1.45, pen.theme.muted, right=True)

    first, last = reach(chart.x)

    def place_of(end: End) -> tuple[float, float]:
        x, y, wide, high = frames[-1]
        across = (end.x - first) / (last - first)
        return x + wide * across, y + high * (end.y - chart.y.low) / (chart.y.high - chart.y.low)

    write_ends(figure, pen, sides, frames[-1], place_of)


def _dress(axes: Axes, pen: Pen, chart: StackChart, width: float) -> None:
    """Give the axes their range, the months' numbers and light lines over the layers."""
    theme, x = pen.theme, chart.x
    first, last = reach(x)
    axes.set_xlim(first, last)
    axes.set_ylim(chart.y.low, chart.y.high)
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(theme.muted)
    axes.spines["bottom"].set_linewidth(0.6)
    span = last - first
    widest = max(pen.text_width(x.text(end, x.step or 1.0)) for end in (x.low, x.high))
    steps = x.steps or (1.0, 2.0, 5.0, 10.0)
    step = next((one for one in steps if one / span * width >= widest + LEAST_GAP), steps[-1])
    while step / span * width < widest + LEAST_GAP and step < span:
        step += steps[-1]
    ticks = [step * index for index in range(math.ceil(x.low / step), math.floor(x.high / step + 1e-9) + 1)]
    axes.set_xticks(ticks, [x.text(tick, step) for tick in ticks])
    axes.tick_params(length=0, colors=theme.muted, labelsize=pen.points, pad=2.5)
    axes.grid(axis="y", color=theme.panel, alpha=0.25, linewidth=0.5)
    axes.set_axisbelow(False)


def _value_ticks(axis: Axis, height: float) -> tuple[list[float], float]:
    rise = nice_step((axis.high - axis.low) / max(2.0, min(6.0, height / 11)))
    first, last = math.ceil(axis.low / rise - 1e-9), math.floor(axis.high / rise + 1e-9)
    return [rise * index for index in range(first, last + 1)], rise


def _layers(axes: Axes, pen: Pen, stack: Stack) -> None:
    edges = edges_of(stack)
    last = len(stack.layers) - 1
    for place, layer in enumerate(stack.layers):
        for x, low, high in pieces_of(edges, place):
            axes.fill_between(x, low, high, color=colour(layer.ink, pen.theme), linewidth=0, zorder=2)
            if place < last:
                axes.plot(x, high, color=pen.theme.panel, linewidth=GAP_POINTS, zorder=2.2)
