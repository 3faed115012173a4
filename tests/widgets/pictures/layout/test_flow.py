"""Flows laid out: a ribbon is hit where it is drawn, on screen and on paper, and is drawn as curves."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from explorer.export.paper import PaperPage
from explorer.export.printing import on_paper
from explorer.export.typesetting import Pen
from widgets.pictures.layout.flow import Band
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT
from widgets.plots.painted_page import PaintedPage

BAND = Band(start=(10.0, 10.0, 40.0), end=(190.0, 60.0, 95.0))
SIZE = (200, 100)


def on_screen():
    image = QImage(*SIZE, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    PaintedPage(LIGHT, Box(0, 0, *SIZE), painter).ribbon(BAND.start, BAND.end, "#ffffff")
    painter.end()
    return np.array([[image.pixelColor(x, y).red() for x in range(SIZE[0])] for y in range(SIZE[1])])


def on_a_page():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, facecolor="black")
    FigureCanvasAgg(figure)
    with on_paper():
        PaperPage(figure, Pen(figure, *SIZE, LIGHT), Box(0, 0, *SIZE)).ribbon(BAND.start, BAND.end, "#ffffff")
        figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[:, :, 0]


@pytest.mark.parametrize("draw", [on_screen, on_a_page])
def test_a_ribbon_is_hit_where_it_is_drawn(draw, qapp):
    drawn = draw()
    hit = np.array([[BAND.holds(x + 0.5, y + 0.5) for x in range(SIZE[0])] for y in range(SIZE[1])])
    assert 0.2 < hit.mean() < 0.4
    # A pixel at its edge may be a little in and a little out.
    assert (drawn > 200)[hit].mean() > 0.97
    assert (drawn[~hit] > 55).mean() < 0.01


def test_a_ribbon_is_two_curves_on_paper_and_no_row_of_points():
    from matplotlib.figure import Figure
    from matplotlib.path import Path

    figure = Figure()
    with on_paper():
        PaperPage(figure, Pen(figure, *SIZE, LIGHT), Box(0, 0, *SIZE)).ribbon(BAND.start, BAND.end, "#ffffff")
    [patch] = figure.axes[0].patches
    assert np.count_nonzero(patch.get_path().codes == Path.CURVE4) == 6
    assert len(patch.get_path().vertices) < 12
