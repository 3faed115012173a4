"""The screen painter: exact ticks and numbers at risk, labels that do not meet, a crosshair that tells only moves."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.palette import DARK, LIGHT
from widgets.plots.curves import CurvesPlot
from widgets.spacing import nice_step, spread


@pytest.fixture
def plot(qtbot):
    made = CurvesPlot()
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(plot):
    months = []
    plot.hovered.connect(months.append)
    return months


def draw(plot, chart, theme=LIGHT):
    plot.show_chart(chart, theme)
    plot.grab()
    QApplication.processEvents()


def test_numbers_at_risk_stand_under_their_own_ticks(plot):
    draw(plot, make_chart())
    ticks = plot.months.ticks()
    places = plot.months.risk_places()
    assert len(places) == len(ticks) * 4
    for x, tick, text, _ in places:
        scene = plot.view.mapViewToScene(plot.view.viewRect().topLeft())
        at = plot.view.mapSceneToView(plot.months.mapToScene(x, 0)).x()
        assert scene is not None
        assert at == pytest.approx(tick, abs=0.02)
        assert text == f"{70000 - 10 * int(tick)}"


def test_numbers_at_risk_follow_when_the_months_are_zoomed(plot, qtbot):
    draw(plot, make_chart())
    before = plot.months.ticks()
    for _ in range(5):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    plot.grab()
    after = plot.months.ticks()
    assert after != before
    assert {tick for _, tick, _, _ in plot.months.risk_places()} == set(after)


@pytest.mark.parametrize("width", [500, 800, 1200])
def test_numbers_at_risk_never_touch(plot, width):
    plot.resize(width, 480)
    draw(plot, make_chart())
    xs = sorted({x for x, *_ in plot.months.risk_places()})
    widest = plot.months.metrics().horizontalAdvance("70000")
    assert all(right - left > widest + 4 for left, right in pairwise(xs))


@pytest.mark.parametrize("name", ["Groep {}", "Een heel lange naam van groep {}"])
def test_names_of_the_rows_begin_at_the_left_edge_of_the_plot(plot, name):
    draw(plot, make_chart(name=name))
    draw(plot, make_chart(name="x{}"))
    left = plot.months.mapFromScene(0, 0).x()
    assert plot.months.boundingRect().left() <= left < plot.months.view_rect().left()
    assert plot.months.mapToScene(left, 0).x() == pytest.approx(0, abs=0.5)


def test_labels_at_the_ends_lie_a_line_apart_and_inside(plot):
    draw(plot, make_chart(lines=8, name="Lange naam van groep {}"))
    heights = sorted(height for _, _, height in plot.ends.places())
    line = plot.ends.metrics().height() * 0.9
    assert all(below - above >= line for above, below in pairwise(heights))
    assert heights[-1] <= plot.ends.view_rect().bottom()


def test_of_too_many_curves_only_the_coloured_are_named_until_one_is_hovered(plot):
    draw(plot, make_chart(lines=12, kind="grey"))
    assert plot.ends.places() == []
    plot._emphasise("g7")
    assert [line.key for line, *_ in plot.ends.places()] == ["g7"]


def test_a_narrow_plot_names_its_curves_in_a_row_above(plot):
    plot.resize(420, 400)
    draw(plot, make_chart(name="Groep {}"))
    assert "Groep&nbsp;3" in plot._legend.text()
    assert plot._legend.isVisible()
    assert plot.ends.lines == ()


def test_the_mouse_tells_the_nearest_month_once_and_leaving_tells_none(plot, told, qtbot):
    draw(plot, make_chart())
    box = plot._view_box()
    viewport = plot._canvas.viewport()
    x = plot._place_of(7.0)
    for offset in (0, 1, 2):
        qtbot.mouseMove(viewport, plot._canvas.mapFrom(plot, QPoint(int(x) + offset, int(box.center().y()))))
    assert told == [7.0]
    plot._hover(None)
    assert told == [7.0, None]


def test_marking_a_month_shows_it_and_tells_nobody(plot, told):
    draw(plot, make_chart())
    plot.mark(9.0)
    assert plot._reading.isVisible()
    assert "maand 9" in plot._reading.text()
    assert told == []
    plot.mark(None)
    assert not plot._reading.isVisible()


def test_arrows_move_by_month_and_home_and_end_go_to_the_ends(plot, told, qtbot):
    draw(plot, make_chart())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(plot, key)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert told == [0.0, 1.0, 28.0, 27.0, 0.0, None]


@pytest.mark.parametrize("month", [0.0, 14.0, 28.0])
def test_the_reading_stays_in_the_plot_and_beside_its_month(plot, month):
    draw(plot, make_chart(name="Een heel lange naam van groep {}"))
    plot.mark(month)
    box, at = plot._reading.geometry(), plot._place_of(month)
    assert box.left() >= 0
    assert box.right() <= plot.width()
    assert not box.left() < at < box.right()


def test_an_empty_chart_shows_its_sentence_and_no_curve(plot):
    draw(plot, make_chart())
    draw(plot, make_chart(empty="Niemand is geselecteerd."))
    assert plot._empty.isVisible()
    assert not plot._canvas.isVisible()
    draw(plot, make_chart())
    assert plot._canvas.isVisible()


def test_showing_a_hundred_charts_makes_no_new_items_and_tells_nobody(plot, told):
    draw(plot, make_chart(lines=6))
    before = len(plot._canvas.scene().items())
    for count in range(100):
        draw(plot, make_chart(lines=1 + count % 6), DARK if count % 2 else LIGHT)
    assert len(plot._canvas.scene().items()) == before
    assert told == []


def test_more_than_three_curves_show_the_band_of_the_hovered_one_only(plot):
    draw(plot, make_chart(lines=5))
    assert [curve.band.isVisible() for curve in plot._curves] == [False] * 5
    plot._emphasise("g2")
    assert [curve.band.isVisible() for curve in plot._curves] == [False, False, True, False, False]


def test_values_are_written_by_the_chart_and_not_by_the_plotting_library(plot):
    draw(plot, make_chart())
    values, step = plot.values.ticks()
    assert [plot.chart.y.text(value, step) for value in values][:2] == ["0%", "10%"]


def test_the_picture_is_dimmed_and_comes_back(plot):
    draw(plot, make_chart())
    plot.set_dimmed(True)
    assert plot._canvas.graphicsEffect() is not None
    plot.set_dimmed(False)
    assert plot._canvas.graphicsEffect() is None


def test_heights_are_spread_as_little_as_needed():
    assert spread([10, 12, 50], 10, 0, 100) == [10, 20, 50]
    assert spread([95, 96, 97], 10, 0, 100) == [80, 90, 100]
    assert spread([], 10, 0, 100) == []


@pytest.mark.parametrize(("raw", "step"), [(0.11, 0.2), (0.21, 0.25), (0.3, 0.5), (7, 10), (0.1, 0.1)])
def test_steps_are_round(raw, step):
    assert nice_step(raw) == pytest.approx(step)
