"""Where the layers, axes and names of stacked shares stand, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from widgets.pictures.kinds import Stack, StackChart
from widgets.pictures.layout.layers import Edges, edges_of, pieces_of, reach
from widgets.pictures.layout.naming import End, Name
from widgets.pictures.layout.panes import (
    TITLE,
    Legend,
    Placed,
    frames_of,
    place_ends,
    share_sides,
    write_names,
    write_titles,
)
from widgets.pictures.layout.plane import (
    UNDER,
    Plane,
    draw_grid,
    value_ticks,
    values_width,
    write_axis_name,
    write_months,
    write_values,
)
from widgets.pictures.layout.ticks import Tick, along, ticks_of
from widgets.pictures.page import Box, Page, Point, widest
from widgets.pictures.palette import colour

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

BETWEEN, LEAST_BETWEEN = 1.4, 0.9
"""Between two panes, and between the numbers under two panes, in lines of text."""
SEAM: Final = 1.3
"""Width of the gap between two layers."""
OVER: Final = 0.22
"""Opacity of the lines of the values over the layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One pane on the page: its stack, the edges of the layers, and its plane."""

    stack: Stack
    edges: Edges
    plane: Plane

    @property
    def frame(self) -> Box:
        """The box of the layers."""
        return self.plane.box


@dataclass(frozen=True, slots=True, kw_only=True)
class StackLayout:
    """Where everything stands; all panes have the same ticks."""

    chart: StackChart
    panes: tuple[Pane, ...]
    months: tuple[Tick, ...]
    values: tuple[Tick, ...]
    ends: tuple[Placed[Name], ...]
    legend: Legend


def lay_stack(chart: StackChart, page: Page) -> StackLayout:
    """Share out the page to names, axes and panes."""
    line, x, y = page.line, reach(chart.x), (chart.y.low, chart.y.high)
    sides = share_sides(page, chart)
    above = line * (TITLE + 0.5 if len(chart.panes) > 1 else 0.7)
    room = sides.room
    room = Box(room.left, room.top + above, room.width, max(room.height - above - UNDER * line, 1.0))
    values = value_ticks(page, chart.y, Plane(box=room, x=x, y=y))
    left = values_width(page, [tick.text for tick in values])
    room = room._replace(left=room.left + left, width=room.width - left)
    ends = [chart.x.text(end, chart.x.step or 1.0) for end in x]
    between = max(BETWEEN * line, widest(page, ends) + LEAST_BETWEEN * line)
    panes = tuple(
        Pane(stack=stack, edges=edges_of(stack), plane=Plane(box=frame, x=x, y=y))
        for stack, frame in zip(chart.panes, frames_of(room, len(chart.panes), between), strict=True)
    )

    def spot(end: End) -> Point:
        return panes[-1].plane.x_of(end.x), panes[-1].plane.y_of(end.y)

    return StackLayout(
        chart=chart,
        panes=panes,
        months=month_ticks(page, chart, panes[0].frame.width) if panes else (),
        values=values,
        ends=place_ends(page, sides, panes[-1].frame, spot) if panes else (),
        legend=sides.legend,
    )


def month_ticks(page: Page, chart: StackChart, width: float) -> tuple[Tick, ...]:
    """Return the ticks of the months, in a pane of `width`."""
    return ticks_of(chart.x, *reach(chart.x), width, along(page, LEAST_BETWEEN), chart.x.low)


def draw_stack(chart: StackChart, page: Page) -> None:
    """Draw all of it."""
    layout = lay_stack(chart, page)
    paint_stack(layout, page)
    write_names(page, layout.ends, layout.legend)


def paint_stack(layout: StackLayout, page: Page) -> None:
    """Draw axes, titles and layers."""
    theme = page.theme
    for pane in layout.panes:
        draw_grid(page, pane.plane, layout.values, theme.grid)
        with page.clip(pane.frame):
            for place in range(len(pane.stack.layers)):
                paint_layer(page, pane, place)
            for place in range(len(pane.stack.layers) - 1):
                for x, _, high in pieces_of(pane.edges, place):
                    page.stroke(_points(pane, x, high), theme.panel, SEAM)
            draw_grid(page, pane.plane, layout.values, theme.panel, OVER)
        write_months(page, pane.plane, layout.months)
    frames = [pane.frame for pane in layout.panes]
    write_titles(page, [pane.stack.title for pane in layout.panes], frames)
    if frames:
        write_values(page, layout.panes[0].plane, layout.values)
        write_axis_name(page, layout.chart.x.label, page.box.left, frames[-1].right, frames[-1].bottom)


def paint_layer(page: Page, pane: Pane, place: int) -> None:
    """Draw one layer."""
    hue = colour(pane.stack.layers[place].ink, page.theme)
    for x, low, high in pieces_of(pane.edges, place):
        page.area([*_points(pane, x, high), *_points(pane, x, low)[::-1]], hue)


def _points(pane: Pane, x: FloatArray, y: FloatArray) -> list[Point]:
    return [(across, down) for across, down in pane.plane.spots(x, y).tolist()]
