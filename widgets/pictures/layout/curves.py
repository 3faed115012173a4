"""Curves on a page that cannot be hovered or zoomed: lines, bands, marks and rules, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.chart import Chart, Line
from widgets.pictures.layout.curve_places import lay_curves, paint_around
from widgets.pictures.layout.plane import Plane
from widgets.pictures.layout.rules import draw_rules
from widgets.pictures.layout.strokes import (
    DOT,
    THIN_LIGHTER,
    dots_of,
    draw_diamond,
    hue_of,
    lighter,
    pieces_of,
    shaded,
    stroke_of,
    thick_and_thin,
)
from widgets.pictures.page import Page, Point, disc
from widgets.pictures.palette import colour

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

MOST_BANDS: Final = 8
"""Where nothing can be hovered every coloured curve has its band."""


def draw_curves(chart: Chart, page: Page) -> None:
    """Draw all of it."""
    layout = lay_curves(chart, page, hovers=False)
    plane = layout.whole
    paint_around(layout, page, plane)
    lines = sorted(chart.lines, key=lambda line: line.ink.kind != "grey")
    with page.clip(plane.box):
        for line in lines:
            if chart.has_bands(line, MOST_BANDS):
                _draw_bands(page, plane, line)
        for line in lines:
            _draw_line(page, plane, line)
        for line in lines:
            _draw_dots(page, plane, line)
    for mark in chart.marks:
        hue = page.theme.text if mark.ink.kind == "grey" else colour(mark.ink, page.theme)
        draw_diamond(page, hue, plane.x_of(mark.x), plane.y_of(mark.y))
    draw_rules(page, chart, plane)


def _draw_bands(page: Page, plane: Plane, line: Line) -> None:
    """Draw the bands of `line`, the outer lighter than the inner."""
    for band, opacity in shaded(line.bands):
        for there in pieces_of(band.low + band.high):
            upper, lower = (_points(plane, line.x[there], edge[there]) for edge in (band.high, band.low))
            if len(upper) > 1:
                page.area([*upper, *lower[::-1]], hue_of(line, page.theme), opacity=opacity)


def _draw_line(page: Page, plane: Plane, line: Line) -> None:
    """Draw `line` as it is drawn where it is whole and, lighter, where it rests on a handful."""
    if line.style == "dots":
        return
    whole, faintly = thick_and_thin(line)
    stroke = stroke_of(line, page.theme)
    pale = lighter(stroke.hue, page.theme, THIN_LIGHTER)
    for y, hue in ((faintly, pale), (whole, stroke.hue)):
        for there in pieces_of(y):
            points = _points(plane, line.x[there], y[there])
            if len(points) > 1:
                page.stroke(points, hue, stroke.width, dash=stroke.dash)


def _draw_dots(page: Page, plane: Plane, line: Line) -> None:
    dots = dots_of(line)
    for x, y in _points(plane, line.x[dots], line.y[dots]):
        page.area(disc(x, y, DOT * page.line), hue_of(line, page.theme))


def _points(plane: Plane, x: FloatArray, y: FloatArray) -> list[Point]:
    return [(across, down) for across, down in plane.spots(x, np.asarray(y)).tolist()]
