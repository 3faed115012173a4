"""Signs of curves are as large in the plot as in its legend, at every size of text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.controls.style import set_font
from widgets.pictures.layout import strokes
from widgets.pictures.palette import LIGHT
from widgets.plots.curves import CurvesPlot


@pytest.fixture
def plot(on_screen):
    return on_screen(CurvesPlot(), 800, 480)


@pytest.fixture
def large_text(qapp):
    before = QFont(qapp.font())

    def grow():
        font = QFont(before)
        font.setPointSizeF(2 * before.pointSizeF())
        set_font(qapp, font)
        QApplication.processEvents()

    yield grow
    set_font(qapp, before)


@pytest.mark.parametrize("grown", [False, True])
def test_dots_and_diamonds_have_the_size_that_the_legend_gives_them(plot, large_text, grown):
    chart = make_chart()
    chart = replace(chart, lines=tuple(replace(line, style="dots") for line in chart.lines))
    plot.show_chart(chart, LIGHT)
    before = plot.laid.box
    if grown:
        large_text()
        assert plot.laid.box != before
    line = plot._canvas.around.page.line
    assert plot._marks.opts["size"] == pytest.approx(2 * strokes.DIAMOND * line)
    assert len(plot._curves) == 4
    for curve in plot._curves:
        assert curve.dots.opts["size"] == pytest.approx(2 * strokes.DOT * line)
        assert {point.size() for point in curve.dots.points()} == {curve.dots.opts["size"]}


def test_the_dots_of_the_curve_under_the_hand_are_larger(plot):
    chart = make_chart(lines=5)
    chart = replace(chart, lines=tuple(replace(line, style="dots") for line in chart.lines))
    plot.show_chart(chart, LIGHT)
    plot._emphasise("g1")
    strong, other = plot._curves[1].dots, plot._curves[0].dots
    assert strong.opts["size"] > 1.2 * other.opts["size"]
    assert other.opacity() < 1.0
