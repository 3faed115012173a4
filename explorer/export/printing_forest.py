"""A forest on paper: the same rows, estimates, readings and axis as on screen; smaller text where rows are many."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import N_
from explorer.export.paper import TooSmall, centred, paper, stroke, tiles
from explorer.export.typesetting import Box, Pen
from widgets.pictures.chart import Ink
from widgets.pictures.layout.rows import (
    INDENT,
    Columns,
    RowPlace,
    elide,
    offsets,
    place_rows,
    reading_lines,
    share_out,
    stretched,
    text_under,
    tick_values,
)
from widgets.pictures.palette import colour, text_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.pictures.kinds import Estimate, ForestChart

LEAST_POINTS: Final = 6.5
SHRINK: Final = 0.25
SAMPLE: Final = 7.0
DOT, ARROW = 3.4, 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What every part needs: where and how to draw, what, the columns, the rows, and the room of the intervals."""

    axes: Axes
    pen: Pen
    chart: ForestChart
    box: Box
    columns: Columns
    places: tuple[RowPlace, ...]
    top: float

    @property
    def plot(self) -> tuple[float, float]:
        """Left and right end of the intervals."""
        left = self.box[0] + self.columns.plot_left
        return left, left + self.columns.plot

    @property
    def bottom(self) -> float:
        """Height of the axis."""
        return self.top - _height(self.places)

    def x_of(self, value: float) -> float:
        """Return the place of a value."""
        axis, (left, right) = self.chart.x, self.plot
        return left + (value - axis.low) / max(axis.high - axis.low, 1e-12) * (right - left)


def draw_forest(figure: Any, pen: Pen, chart: ForestChart, box: Box) -> None:
    """Draw the rows of `chart` in `box`.

    Raises
    ------
    Refusal
        When the rows do not fit the page with text of 6.5 points.
    """
    small = pen
    while True:
        columns, places = _rows(small, chart, box[2])
        around = _around(small, chart, box[2])
        if _height(places) + around <= box[3]:
            break
        if small.points <= LEAST_POINTS:
            needed = math.ceil(pen.height + _height(places) + around - box[3])
            raise TooSmall(
                N_("The {rows} rows of this figure need a page at least {height} mm high."),
                rows=len(chart.rows),
                needed=needed,
            )
        small = replace(small, points=max(small.points - SHRINK, LEAST_POINTS))
    places = stretched(places, box[3] - around)
    axes = paper(figure, small)
    top = _head(axes, small, chart, box)
    page = _Page(axes=axes, pen=small, chart=chart, box=box, columns=columns, places=places, top=top)
    _grid(page)
    for place in places:
        _row(page, place)
    _axis(page)


def _rows(pen: Pen, chart: ForestChart, width: float) -> tuple[Columns, tuple[RowPlace, ...]]:
    bold = partial(pen.text_width, bold=True)
    columns = share_out(chart, width, pen.line, pen.text_width)
    return columns, place_rows(chart, columns, width, pen.line, pen.text_width, bold)


def _height(places: tuple[RowPlace, ...]) -> float:
    return places[-1].top + places[-1].height if places else 0.0


def _around(pen: Pen, chart: ForestChart, width: float) -> float:
    """Return the height of the legend and the heading above the rows, and of the axis under them."""
    lines = _legend(pen, chart, width)
    above = len(lines) + (bool(chart.reading_heading) and not _shared(pen, chart, lines, width))
    return pen.line * above + 0.8 + pen.line * 2 + 2.0


def _shared(pen: Pen, chart: ForestChart, lines: list[list[tuple[float, str, Ink]]], width: float) -> bool:
    """Return whether the heading of the readings has room in the last line of the legend."""
    if not lines:
        return False
    x, name, _ = lines[-1][-1]
    return x + SAMPLE + 1.5 + pen.text_width(name) + 4 + pen.text_width(chart.reading_heading) <= width


def _legend(pen: Pen, chart: ForestChart, width: float) -> list[list[tuple[float, str, Ink]]]:
    """Return the lines of the legend: left end, name and ink of every series; none of one series."""
    lines: list[list[tuple[float, str, Ink]]] = []
    x = width
    for text, ink in chart.series if len(chart.series) > 1 else ():
        name = pen.elided(text, width - SAMPLE - 2)
        wide = SAMPLE + 1.5 + pen.text_width(name)
        if x + wide > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, name, ink))
        x += wide + 4
    return lines


def _head(axes: Axes, pen: Pen, chart: ForestChart, box: Box) -> float:
    """Write the names of the series and the heading of the readings; return the height below them."""
    top = box[1] + box[3]
    lines = _legend(pen, chart, box[2])
    for line in lines:
        middle = top - pen.line / 2
        for x, name, ink in line:
            left, hue = box[0] + x, colour(ink, pen.theme)
            stroke(axes, [(left, middle), (left + SAMPLE, middle)], hue, 1.2)
            _dot(axes, left + SAMPLE / 2, middle, hue, hue)
            centred(pen, name, left + SAMPLE + 1.5, middle, text_colour(ink, pen.theme))
        top -= pen.line
    if chart.reading_heading:
        top += pen.line if _shared(pen, chart, lines, box[2]) else 0.0
        text = pen.elided(chart.reading_heading, box[2])
        centred(pen, text, box[0] + box[2], top - pen.line / 2, pen.theme.muted, right=True)
        top -= pen.line
    return top - 0.8


def _grid(page: _Page) -> None:
    axis, theme, pen = page.chart.x, page.pen.theme, page.pen
    for value, _ in tick_values(axis, page.chart.zero, page.columns.plot, 2.5, pen.text_width):
        stroke(
            page.axes,
            [(page.x_of(value), page.bottom), (page.x_of(value), page.top)],
            theme.grid,
            0.5,
            depth=1,
        )
    if axis.low <= page.chart.zero <= axis.high:
        zero = page.x_of(page.chart.zero)
        stroke(page.axes, [(zero, page.bottom), (zero, page.top)], theme.grey, 0.7, depth=1.2)


def _row(page: _Page, place: RowPlace) -> None:
    pen, theme, row = page.pen, page.pen.theme, place.row
    left, _, width, _ = page.box
    upper, middle = page.top - place.top, page.top - place.middle
    if row.kind == "heading":
        wide = pen.text_width(place.label[0], bold=True)
        _clear(page, left, upper, wide + 1, place.height)
        # A heading stands nearer to its own rows than to those above it.
        lower = upper - place.height + pen.line * 0.55
        centred(pen, place.label[0], left, lower, theme.text, bold=True)
        return
    hue = theme.muted if row.kind == "left out" else theme.text
    _lines(pen, left + pen.line * INDENT, middle, place.label, hue)
    if row.kind == "reference":
        _dot(page.axes, page.x_of(page.chart.zero), middle, theme.panel, theme.muted)
        centred(pen, place.text[0] if place.text else "", left + width, middle, theme.muted, right=True)
    elif place.text:
        words = max(map(pen.text_width, place.text))
        under, high = text_under(place, pen.line, broken=page.columns.broken)
        _clear(page, page.plot[0] - 0.5, middle - under + high / 2, words + 1.5, high)
        _lines(pen, page.plot[0], middle - under, place.text, theme.muted)
    for one, under in zip(row.estimates, offsets(place, pen.line, broken=page.columns.broken), strict=True):
        _estimate(page, one, middle - under)


def _clear(page: _Page, left: float, top: float, width: float, height: float) -> None:
    """Take the grid away behind words."""
    tiles(page.axes, [(left, top - height, width, height)], [page.pen.theme.panel], depth=1.5)


def _lines(pen: Pen, left: float, middle: float, parts: tuple[str, ...], hue: str) -> None:
    first = middle + (len(parts) - 1) * pen.line / 2
    for at, part in enumerate(parts):
        centred(pen, part, left, first - at * pen.line, hue)


def _estimate(page: _Page, one: Estimate, middle: float) -> None:
    pen, axis, series = page.pen, page.chart.x, page.chart.series
    ink = series[one.series][1] if one.series < len(series) else Ink(kind="single")
    hue, (left, right) = colour(ink, pen.theme), page.plot
    known = math.isfinite(one.low) and math.isfinite(one.high)
    if known and one.high >= axis.low and one.low <= axis.high:
        ends = (page.x_of(max(one.low, axis.low)), page.x_of(min(one.high, axis.high)))
        stroke(page.axes, [(ends[0], middle), (ends[1], middle)], hue, 1.2)
    if min(one.low, one.value) < axis.low:
        _arrow(page.axes, left, middle, ARROW, hue)
    if max(one.high, one.value) > axis.high:
        _arrow(page.axes, right, middle, -ARROW, hue)
    if axis.low <= one.value <= axis.high:
        _dot(page.axes, page.x_of(one.value), middle, hue, hue)
    said = text_colour(ink, pen.theme) if len(series) > 1 else pen.theme.text
    parts = reading_lines(one.reading, page.columns.broken)
    for at, part in enumerate(parts):
        text = elide(part, page.columns.reading, pen.text_width)
        height = middle - (at - (len(parts) - 1) / 2) * pen.line
        centred(pen, text, page.box[0] + page.box[2], height, said, right=True)


def _dot(axes: Axes, x: float, y: float, face: str, edge: str) -> None:
    axes.plot(
        [x],
        [y],
        marker="o",
        markersize=DOT,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4,
    )


def _arrow(axes: Axes, x: float, y: float, back: float, hue: str) -> None:
    """Draw the head of an arrow with its tip at `x`: the interval runs on past the frame."""
    high = abs(back) * 0.6
    axes.fill([x, x + back, x + back], [y, y - high, y + high], color=hue, linewidth=0, zorder=4)


def _axis(page: _Page) -> None:
    pen, axis, theme = page.pen, page.chart.x, page.pen.theme
    left, right = page.plot
    stroke(page.axes, [(left, page.bottom), (right, page.bottom)], theme.muted, 0.6)
    for value, text in tick_values(axis, page.chart.zero, page.columns.plot, 2.5, pen.text_width):
        x = page.x_of(value)
        stroke(page.axes, [(x, page.bottom), (x, page.bottom - 0.9)], theme.muted, 0.5)
        pen.write(text, x, page.bottom - 1.4, theme.muted, centre=True)
    # Letters drawn as dots are a little wider than measured.
    name = pen.elided(axis.label, (right - page.box[0]) * 0.95)
    pen.write(name, right, page.bottom - 1.4 - pen.line, theme.muted, right=True)
