"""Forests laid out: points are of one size, whatever stands around them."""

from __future__ import annotations

import pytest

from tests.pictures_of_rates import make_forest
from tests.widgets.pictures.layout.recording import Recording
from widgets.pictures.layout.forest import DOT, draw_forest
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT, colour
from widgets.plots.painted_page import PaintedPage


class Points(Recording):
    """Keeps what is seen of round areas of some colours: where they are and their radius."""

    def __init__(self, page, hues):
        super().__init__(page)
        self.hues, self.seen = hues, []

    def area(self, points, hue, *, opacity=1.0, edge="", width=1.0):
        if len(points) > 4 and hue in self.hues:
            across, down = zip(*points, strict=True)
            radius = (max(down) - min(down)) / 2 - (width / 2 if edge else 0.0)
            self.seen.append((sum(across) / len(across), radius))


def test_a_point_is_as_large_in_the_legend_as_in_every_row(qapp):
    chart = make_forest(columns=1, terms=3, series=2)
    hues = [colour(ink, LIGHT) for _, ink in chart.series]
    page = Points(PaintedPage(LIGHT, Box(0, 0, 700, 460)), hues)
    draw_forest(chart, page)
    assert len(page.seen) == 8
    for _, radius in page.seen:
        assert radius == pytest.approx(DOT * page.line, rel=0.02)
    assert page.seen[0][1] >= 0.22 * page.line
