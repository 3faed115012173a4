"""Where the cells, cohorts, axes and legend of a surface stand, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.kinds import Surface, SurfaceChart
from widgets.pictures.layout.cells import (
    DiagonalEnd,
    cohort_names,
    diagonal_ends,
    first_of_year,
    runs,
    shape_of,
)
from widgets.pictures.layout.panes import (
    EDGE,
    TITLE,
    TO_LABEL,
    Placed,
    frames_of,
    leader,
    place_beside,
    write_lines,
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
from widgets.pictures.layout.scale import pixels
from widgets.pictures.layout.scale_legend import ScaleLegend, draw_scale, lay_scale
from widgets.pictures.layout.ticks import Tick, along, ticks_of
from widgets.pictures.page import Box, Page, elide, widest

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

BETWEEN: Final = 1.35
"""All of these in lines of text: between two panes;"""
OVER: Final = 0.5
"""a calendar month's name may stand so far out of its pane;"""
LEAST_PANE: Final = 6.0
"""where panes would be narrower, cohorts go without names;"""
APART: Final = 0.6
"""between the names of two cohorts above a pane."""
ENDS_SHARE: Final = 0.22
HALO, HALO_OPACITY, LINE_OPACITY = 2.6, 0.55, 0.75
"""Of the line of a cohort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceLayout:
    """Where everything stands.

    Attributes
    ----------
    panes
        In cells: column c lies from c to c + 1, row r from r to r + 1.
    titles
        The room of the title of each pane.
    months, stays
        Calendar months and months of stay that are written, the same in all panes.
    beside, above
        Names of the cohorts that leave at the right and at the top.
    """

    chart: SurfaceChart
    legend: ScaleLegend
    panes: tuple[Plane, ...]
    titles: tuple[Box, ...]
    months: tuple[Tick, ...]
    stays: tuple[Tick, ...]
    beside: tuple[Placed[DiagonalEnd], ...]
    above: tuple[Placed[DiagonalEnd], ...]

    def whole_text(self, page: Page, x: float, y: float) -> str:
        """Return the whole text of what is cut at a place: the title of a pane, the words of the legend; else ""."""
        titles = ((pane.title, box) for pane, box in zip(self.chart.panes, self.titles, strict=True))
        for text, box in (*self.legend.words(self.chart), *titles):
            if box.holds(x, y) and page.measure(text) > box.width + 1e-6:
                return text
        return ""


def cell_box(plane: Plane, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Return the box of the columns x0 to x1 and the rows y0 to y1, both ends in it."""
    left, top = plane.x_of(x0), plane.y_of(y1 + 1)
    return Box(left, top, plane.x_of(x1 + 1) - left, plane.y_of(y0) - top)


def lay_surface(chart: SurfaceChart, page: Page) -> SurfaceLayout:
    """Share out the page to legend, titles, names, axes and panes."""
    box, line, count = page.box, page.line, max(len(chart.panes), 1)
    legend = lay_scale(chart, page)
    rows, columns = shape_of(chart)
    titles, ends = any(pane.title for pane in chart.panes), diagonal_ends(chart)
    at_top = any(end.side == "top" for end in ends)
    bottom, under = box.bottom - UNDER * line, legend.bottom + (TITLE + 0.5 if titles else 0.35) * line
    top = under + at_top * line
    plane = Plane(box=Box(box.left, top, 1.0, max(bottom - top, 1.0)), x=(0, columns), y=(0, rows))
    stays = value_ticks(page, chart.y, middles(plane))
    left = values_width(page, [tick.text for tick in stays])
    free = box.width - left - BETWEEN * line * (count - 1)
    names = cohort_names(chart, page, box.width * ENDS_SHARE, plane.box.height)
    wide = widest(page, [part for parts in names for part in parts]) + (TO_LABEL + EDGE) * line
    if not names or (free - wide) / count < LEAST_PANE * line:
        names, wide = (), OVER * line
    if at_top and (free - wide) / count < LEAST_PANE * line:
        at_top, top = False, under
    room = Box(box.left + left, top, max(box.width - left - wide, 1.0), max(bottom - top, 1.0))
    frames = frames_of(room, len(chart.panes), BETWEEN * line)
    panes = tuple(replace(plane, box=frame) for frame in frames)
    return SurfaceLayout(
        chart=chart,
        legend=legend,
        panes=panes,
        titles=tuple(
            Box(frame.left, top - (TITLE + 0.5 + at_top) * line, frame.width, line) for frame in frames
        ),
        months=_months(chart, page, panes[0]) if panes else (),
        stays=stays,
        beside=_beside(page, panes[-1], ends, names) if panes and names else (),
        above=_above(page, panes[-1], ends, bool(names)) if panes and at_top else (),
    )


def middles(plane: Plane) -> Plane:
    """Return the plane on whose axes a whole number is the middle of its cell."""
    (left, right), (low, high) = plane.x, plane.y
    return replace(plane, x=(left - 0.5, right - 0.5), y=(low - 0.5, high - 0.5))


def _months(chart: SurfaceChart, page: Page, plane: Plane) -> tuple[Tick, ...]:
    """Return the calendar months that are written; none stands far out of the pane."""
    columns, box = shape_of(chart)[1], plane.box
    if not columns:
        return ()
    cell, last = box.width / columns, columns - 1
    origin = first_of_year(chart.x, columns)
    ticks = ticks_of(chart.x, 0, last, cell * last, along(page), origin)
    half = max((page.measure(tick.text) for tick in ticks), default=0.0) / 2
    return tuple(
        tick
        if min(tick.value + 0.5, columns - tick.value - 0.5) * cell + OVER * page.line >= half
        # Its tick stays.
        else replace(tick, text="")
        for tick in ticks
    )


def _beside(
    page: Page, plane: Plane, ends: Sequence[DiagonalEnd], names: Sequence[tuple[str, ...]]
) -> tuple[Placed[DiagonalEnd], ...]:
    right = [end for end in ends if end.side == "right"]
    at = [(plane.x_of(end.x), plane.y_of(end.y)) for end in right]
    return place_beside(page, plane.box, zip(right, names, at, strict=True))


def _above(
    page: Page, plane: Plane, ends: Sequence[DiagonalEnd], beside: bool
) -> tuple[Placed[DiagonalEnd], ...]:
    """Place the names of cohorts that leave at the top, as many as there is room for, the newest first."""
    free, found = plane.box.right if beside else page.box.right, []
    for end in sorted((one for one in ends if one.side == "top"), key=lambda one: -one.x):
        wide, at = page.measure(end.diagonal.label), (plane.x_of(end.x), plane.y_of(end.y))
        left = min(at[0] - wide / 2, free - wide)
        if left >= plane.box.left and at[0] <= free:
            middle = plane.box.top - 0.6 * page.line
            found.append(Placed(of=end, parts=(end.diagonal.label,), at=at, left=left, middle=middle))
            free = left - APART * page.line
    return tuple(found)


def draw_surface(chart: SurfaceChart, page: Page) -> None:
    """Draw all of it."""
    paint_surface(lay_surface(chart, page), page)


def paint_surface(layout: SurfaceLayout, page: Page) -> None:
    """Draw legend, cells, cohorts and axes."""
    chart, theme = layout.chart, page.theme
    draw_scale(layout.legend, chart, page)
    for place, (pane, plane) in enumerate(zip(chart.panes, layout.panes, strict=True)):
        middle, title = middles(plane), layout.titles[place]
        draw_grid(page, middle, layout.stays, theme.grid)
        if place == 0:
            write_values(page, middle, layout.stays)
        _cells(page, plane, pane, chart.scale)
        _cohorts(page, plane, diagonal_ends(chart))
        write_months(page, middle, layout.months)
        page.write(elide(page, pane.title, title.width), title.left, title.middle, theme.text)
    for name in layout.beside:
        leader(page, name.at, name.left, name.middle, theme.muted, 1.0)
    for name in (*layout.beside, *layout.above):
        write_lines(page, name.parts, name.left, name.middle, theme.muted)
    if layout.panes:
        first, last = layout.panes[0].box, layout.panes[-1].box
        write_axis_name(page, chart.x.label, first.left, last.right, last.bottom)


def _cells(page: Page, plane: Plane, pane: Surface, scale: tuple[float, float]) -> None:
    rows, columns = pane.values.shape
    if not rows or not columns:
        return
    values: FloatArray = np.where(pane.masked, np.nan, pane.values)
    # The first row of an image is its top; the first month of stay lies at the bottom.
    colours = np.ascontiguousarray(pixels(values, scale, page.theme)[::-1])
    page.image(cell_box(plane, 0, 0, columns - 1, rows - 1), colours)
    masked = [
        cell_box(plane, first, row, last, row)
        for row in range(rows)
        for first, last in runs(np.flatnonzero(pane.masked[row]).tolist())
    ]
    page.hatch(masked, page.theme.raised, page.theme.grey)


def _cohorts(page: Page, plane: Plane, ends: Sequence[DiagonalEnd]) -> None:
    theme = page.theme
    with page.clip(plane.box):
        for hue, wide, opacity in ((theme.panel, HALO, HALO_OPACITY), (theme.text, 1.0, LINE_OPACITY)):
            for end in ends:
                start = (plane.x_of(end.diagonal.column), plane.y_of(0))
                page.stroke([start, (plane.x_of(end.x), plane.y_of(end.y))], hue, wide, opacity=opacity)
