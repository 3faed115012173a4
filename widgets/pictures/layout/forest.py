"""Where the rows, columns, axis and legend of a forest of estimates stand, and how they are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from widgets.pictures.chart import Ink
from widgets.pictures.kinds import Estimate, ForestChart
from widgets.pictures.layout.fitting import TooLarge
from widgets.pictures.layout.legend import APART, Spot, place_names
from widgets.pictures.layout.panes import write_lines
from widgets.pictures.layout.plane import GAP, UNDER, Plane, write_axis_name, write_months
from widgets.pictures.layout.rows import (
    INDENT,
    Columns,
    RowPlace,
    height_of,
    place_rows,
    share_out,
    stretched,
)
from widgets.pictures.layout.strokes import SAMPLE
from widgets.pictures.layout.ticks import Tick, along, ticks_of
from widgets.pictures.page import Box, Page, corners, disc, elide
from widgets.pictures.palette import colour, text_colour

ABOVE: Final = 0.2
"""All of these in lines of text: above and under the heading,"""
DOT: Final = 0.24
"""radius of a point,"""
HALO: Final = 0.04
"""the panel around it, by which it stands out of its interval: of a short one the ends stay seen,"""
ARROW: Final = 0.43
"""and length of the head of an arrow."""
WIDTH: Final = 1.8
"""Of the line of an interval; it and its point are drawn so many times as large in the row in hand:"""
STRONGER: Final = 1.4
WASH: Final = 0.1
"""Opacity of the row in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLayout:
    """Where everything stands.

    Attributes
    ----------
    places
        The rows, from the top of the plane.
    plane
        The intervals, between the columns of labels and of readings; where rows do not fit, those that are seen.
    ticks
        Values under the plane.
    legend
        The names of two or more series.
    heading
        The room of the heading of the readings, which ends at its right.
    over
        So much higher the page must be for all rows.
    """

    chart: ForestChart
    columns: Columns
    places: tuple[RowPlace, ...]
    plane: Plane
    ticks: tuple[Tick, ...]
    legend: tuple[Spot, ...]
    heading: Box
    over: float

    @property
    def rows(self) -> Box:
        """The room through which rows are seen."""
        return self.plane.box._replace(left=self.heading.left, width=self.heading.width)

    def row_box(self, place: RowPlace, offset: float = 0.0) -> Box:
        """Return where a row lies when all are moved up by `offset`."""
        return Box(self.rows.left, self.rows.top + place.top - offset, self.rows.width, place.height)

    def whole_text(self, page: Page, x: float, y: float) -> str:
        """Return the whole heading or name of the axis where it is cut at a place; else ""."""
        name = self.rows._replace(top=self.rows.bottom + (GAP + 1) * page.line, height=page.line)
        for text, room in ((self.chart.reading_heading, self.heading), (self.chart.x.label, name)):
            if room.holds(x, y) and page.measure(text) > room.width:
                return text
        return ""


def lay_forest(chart: ForestChart, page: Page) -> ForestLayout:
    """Share out the page to legend, columns, rows and axis."""
    box, line = page.box, page.line
    columns = share_out(chart, page)
    names = [(name, SAMPLE * line) for name, _ in chart.series] if len(chart.series) > 1 else []
    legend = tuple(place_names(page, names, ABOVE * line))
    top = box.top + ABOVE * line
    if legend:
        last = legend[-1]
        end = last.name + page.measure(last.text) + APART * line
        # The heading stands in the last line of the legend where there is room for both.
        shared = end + page.measure(chart.reading_heading) <= box.right
        top = last.middle + (-line / 2 if shared else line / 2)
    heading = Box(box.left, top, box.width, line)
    top += (line if chart.reading_heading or legend else 0.0) + ABOVE * line
    room = box.bottom - UNDER * line - top
    places = place_rows(chart, columns, page)
    over = height_of(places) - room if places else 0.0
    places = stretched(places, room)
    high = max(min(height_of(places), room), line)
    plane = Plane(
        box=Box(box.left + columns.plot_left, top, columns.plot, high),
        x=(chart.x.low, chart.x.high),
        y=(0, 1),
    )
    return ForestLayout(
        chart=chart,
        columns=columns,
        places=places,
        plane=plane,
        ticks=ticks_of(chart.x, *plane.x, columns.plot, along(page), chart.zero),
        legend=legend,
        heading=heading,
        over=over,
    )


def draw_forest(chart: ForestChart, page: Page) -> None:
    """Draw all of it.

    Raises
    ------
    TooLarge
        When not all rows fit the page.
    """
    layout = lay_forest(chart, page)
    if layout.over > 1e-6:
        raise TooLarge(rows=len(chart.rows), higher=layout.over)
    paint_forest(layout, page)


def paint_forest(layout: ForestLayout, page: Page, offset: float = 0.0, current: int | None = None) -> None:
    """Draw head, axis and the rows that are seen when all are moved up by `offset`; that of `current` stronger."""
    chart, theme, rows = layout.chart, page.theme, layout.rows
    for (_, ink), spot in zip(chart.series, layout.legend, strict=False):
        _sample(page, ink, spot)
    heading = layout.heading
    text = elide(page, chart.reading_heading, heading.width)
    page.write(text, heading.right, heading.middle, theme.muted, align="right")
    with page.clip(rows):
        if current is not None:
            _wash(page, layout.row_box(layout.places[current], offset))
        _grid(layout, page, offset)
        for number, place in enumerate(layout.places):
            box = layout.row_box(place, offset)
            if box.bottom >= rows.top and box.top <= rows.bottom:
                _row(layout, page, place, box, strong=number == current)
    write_months(page, layout.plane, layout.ticks)
    # It ends with the axis, and further right only where it needs the room.
    right = max(layout.plane.box.right, rows.left + page.measure(chart.x.label))
    write_axis_name(page, chart.x.label, rows.left, min(right, rows.right), rows.bottom)


def _grid(layout: ForestLayout, page: Page, offset: float) -> None:
    """Draw light lines at the ticks and a firmer one at no difference."""
    box, chart = layout.plane.box, layout.chart
    bottom = min(box.bottom, box.top + height_of(layout.places) - offset)
    lines = [(tick.value, page.theme.grid) for tick in layout.ticks]
    if chart.x.low <= chart.zero <= chart.x.high:
        lines.append((chart.zero, page.theme.grey))
    for value, hue in lines:
        x = layout.plane.x_of(value)
        page.stroke([(x, box.top), (x, bottom)], hue)


def _row(layout: ForestLayout, page: Page, place: RowPlace, box: Box, *, strong: bool) -> None:
    row, theme, line, plane = place.row, page.theme, page.line, layout.plane
    if row.kind == "heading":
        # A heading stands nearer to its own rows than to those above it.
        _clear(page, box._replace(width=page.measure(place.label[0], bold=True) + 0.35 * line), strong=False)
        page.write(place.label[0], box.left, box.bottom - line * 0.55, theme.text, bold=True)
        return
    hue = theme.muted if row.kind == "left out" else theme.text
    bold = strong and _fits_bold(layout, page, place)
    write_lines(page, place.label, box.left + line * INDENT, box.middle, hue, bold=bold)
    if row.kind == "reference":
        at = disc(plane.x_of(layout.chart.zero), box.middle, DOT * line)
        page.area(at, theme.panel, edge=theme.muted, width=1.5)
        page.write("".join(place.text), box.right, box.middle, theme.muted, align="right")
    elif place.text:
        middle, left = box.middle + place.text_under, plane.box.left
        high = len(place.text) * line if place.readings else box.height
        wide = max(map(page.measure, place.text)) + 0.35 * line
        _clear(page, Box(left - 0.12 * line, middle - high / 2, wide, high), strong=strong)
        write_lines(page, place.text, left, middle, theme.muted)
    for one, (under, parts) in zip(row.estimates, place.readings, strict=True):
        _estimate(layout, page, one, box.middle + under, 1.0 if not strong else STRONGER)
        several = len(layout.chart.series) > 1
        hue = text_colour(_ink(layout.chart, one), theme) if several else theme.text
        write_lines(page, parts, box.right, box.middle + under, hue, align="right")


def _ink(chart: ForestChart, one: Estimate) -> Ink:
    return chart.series[one.series][1] if one.series < len(chart.series) else Ink(kind="single")


def _fits_bold(layout: ForestLayout, page: Page, place: RowPlace) -> bool:
    room = layout.columns.label + layout.columns.gap * 0.6 - page.line * INDENT
    return all(page.measure(part, bold=True) <= room for part in place.label)


def _wash(page: Page, box: Box) -> None:
    page.area(corners(box), page.theme.accent, opacity=WASH)


def _clear(page: Page, box: Box, *, strong: bool) -> None:
    """Take the grid away behind words."""
    page.area(corners(box), page.theme.panel)
    if strong:
        _wash(page, box)


def _estimate(layout: ForestLayout, page: Page, one: Estimate, middle: float, stronger: float) -> None:
    """Draw a point and its interval, with the head of an arrow where it runs on past the frame."""
    axis, plane, hue = layout.chart.x, layout.plane, colour(_ink(layout.chart, one), page.theme)
    known = math.isfinite(one.low) and math.isfinite(one.high)
    if known and one.high >= axis.low and one.low <= axis.high:
        ends = (max(one.low, axis.low), min(one.high, axis.high))
        page.stroke([(plane.x_of(end), middle) for end in ends], hue, WIDTH * stronger)
    for beyond, edge, back in (
        (min(one.low, one.value) < axis.low, plane.box.left, ARROW * page.line),
        (max(one.high, one.value) > axis.high, plane.box.right, -ARROW * page.line),
    ):
        if beyond:
            high = abs(back) * 0.6
            page.area([(edge, middle), (edge + back, middle - high), (edge + back, middle + high)], hue)
    if axis.low <= one.value <= axis.high:
        _point(page, hue, plane.x_of(one.value), middle, math.sqrt(stronger))


def _point(page: Page, hue: str, x: float, middle: float, larger: float = 1.0) -> None:
    """Draw a point over its interval."""
    for radius, tone in ((DOT + HALO, page.theme.panel), (DOT, hue)):
        page.area(disc(x, middle, radius * page.line * larger), tone)


def _sample(page: Page, ink: Ink, spot: Spot) -> None:
    """Draw a point with its interval before the name of a series."""
    hue, wide = colour(ink, page.theme), SAMPLE * page.line
    page.stroke([(spot.left, spot.middle), (spot.left + wide, spot.middle)], hue, WIDTH)
    _point(page, hue, spot.left + wide / 2, spot.middle)
    page.write(spot.text, spot.name, spot.middle, text_colour(ink, page.theme))
