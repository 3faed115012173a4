"""Who points at a month without a value is told so, and not what another month says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.charts import make_chart
from tests.pictures_of_states import make_stack
from widgets.pictures.chart import Line
from widgets.pictures.palette import LIGHT
from widgets.plots.curves import CurvesPlot
from widgets.plots.stack import StackPlot

LACK = "Hier is niemand om te tellen."


def lack(x):
    return LACK


def one_line(chart, missing=(), *, kept=None, reading=""):
    """Return the chart with its first line alone, unknown at `missing`, or with the points in `kept` only."""
    line = chart.lines[0]
    y = line.y.copy()
    y[list(missing)] = np.nan
    readings = tuple(reading if at in missing else text for at, text in enumerate(line.readings))
    keep = np.isin(line.x, kept) if kept is not None else np.ones(len(y), dtype=bool)
    made = Line(
        key=line.key,
        label=line.label,
        ink=line.ink,
        x=line.x[keep],
        y=y[keep],
        readings=tuple(text for text, shown in zip(readings, keep, strict=True) if shown),
    )
    return replace(chart, lines=(made,), risk=(), marks=(), lack=lack)


@pytest.fixture
def plot(on_screen):
    return on_screen(CurvesPlot(), 800, 480)


def point(plot, month):
    viewport = plot._canvas.viewport()
    # A mouse that is where it was before tells nothing.
    QTest.mouseMove(viewport, QPoint(1, 1))
    QTest.mouseMove(viewport, plot._canvas.place_of(month, 0.25).toPoint())
    return plot.reading_text()


CHARTS = {
    "an empty month between two others": (one_line(make_chart(), [6]), 6.0, 5.0),
    "a month that the data have no row for": (one_line(make_chart(), kept=[0, 3, 6, 9]), 5.0, 6.0),
    "before the start": (one_line(make_chart(), [0, 1, 2, 3]), 1.0, 4.0),
    "after the end": (one_line(make_chart(), [24, 25, 26, 27, 28]), 27.0, 23.0),
}


@pytest.mark.parametrize(("chart", "gap", "beside"), CHARTS.values(), ids=CHARTS.keys())
def test_pointing_at_a_gap_says_that_nothing_is_there(plot, heard, chart, gap, beside):
    plot.show_chart(chart, LIGHT)
    told = heard(hovered=plot.hovered)
    assert point(plot, gap) == f"maand {gap:.0f}. {LACK}"
    assert told[-1] == ("hovered", gap)
    assert LACK not in point(plot, beside)


def test_a_curve_whose_cell_is_hidden_says_so_beside_the_others(plot):
    hidden = one_line(make_chart(), [6], reading="verborgen").lines[0]
    chart = make_chart(lines=3)
    plot.show_chart(replace(chart, lines=(hidden, *chart.lines[1:]), marks=(), lack=lack), LIGHT)
    said = point(plot, 6.0)
    assert said.endswith(f"{hidden.label}: verborgen")
    assert LACK not in said


def test_no_curve_is_near_the_hand_over_a_gap(plot):
    many = make_chart(lines=12)
    broken = one_line(many, [6]).lines[0]
    plot.show_chart(replace(many, lines=(broken, *many.lines[1:])), LIGHT)
    for month, key in ((6.0, ""), (4.5, broken.key)):
        height = float(np.interp(month, [4, 5, 7], broken.y[[4, 5, 7]]))
        assert plot._line_near(month, plot._canvas.place_of(month, height).y()) in (
            key,
            *(line.key for line in many.lines[1:] if not key),
        )


def test_keys_go_through_a_gap_month_by_month(plot, qtbot):
    plot.show_chart(one_line(make_chart(), [6]), LIGHT)
    plot.mark(5.0)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.reading_text() == f"maand 6. {LACK}"
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.reading_text().startswith("maand 7. Vestigingsperiode")


def test_a_gap_that_is_hovered_elsewhere_is_told_as_a_gap(plot):
    plot.show_chart(one_line(make_chart(), [6]), LIGHT)
    plot.mark(6.0)
    assert plot.reading_text() == f"maand 6. {LACK}"


def stack_with_gap(missing):
    chart = make_stack(layers=3)
    pane = chart.panes[0]
    layers = []
    for layer in pane.layers:
        shares = layer.shares.copy()
        shares[missing] = np.nan
        readings = tuple("" if at in missing else text for at, text in enumerate(layer.readings))
        layers.append(replace(layer, shares=shares, readings=readings))
    return replace(chart, panes=(replace(pane, layers=tuple(layers)),), lack=lack)


@pytest.mark.parametrize(("missing", "month"), [([6], 6.0), ([0, 1, 2], 1.0), ([26, 27, 28], 27.0)])
def test_pointing_at_a_gap_in_a_stack_says_that_nothing_is_there_and_chooses_nobody(
    on_screen, heard, qtbot, missing, month
):
    plot = on_screen(StackPlot(), 800, 480)
    plot.show_chart(stack_with_gap(missing), LIGHT)
    told = heard(brushed=plot.brushed)
    plane = plot.laid.panes[0].plane
    place = QPoint(round(plane.x_of(month)), round(plane.box.middle))
    QTest.mouseMove(plot, place)
    assert plot.reading_text() == f"maand {month:.0f}. {LACK}"
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert told == []
