"""A brush over the curves: whole months, told once when it is let go; a click, Escape and panning choose nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.pictures.chart import Axis, Band, Chart, Ink, Line
from widgets.pictures.gestures import Brush
from widgets.pictures.layout.curve_places import month_ticks
from widgets.pictures.layout.readings import rows_at
from widgets.pictures.layout.strokes import shaded
from widgets.pictures.palette import LIGHT
from widgets.plots.brushing import how_of
from widgets.plots.curves import CurvesPlot

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
PLAIN, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ALT = Qt.KeyboardModifier.AltModifier
HINT = "Sleep over maanden om te kiezen wie toen vertrok"


@pytest.fixture
def plot(on_screen):
    return on_screen(CurvesPlot(), 800, 480)


def draw(plot, brush="x", **changes):
    plot.show_chart(replace(make_chart(lines=2), brush=brush, brush_hint=HINT, **changes), LIGHT)
    plot.grab()
    QApplication.processEvents()


@pytest.fixture
def told(plot, heard):
    return heard(hovered=plot.hovered, brushed=plot.brushed)


def mouse(plot, kind, place, button=LEFT, held=PLAIN):
    """Send a mouse event as the window system does, with the buttons and the keys that are held."""
    viewport = plot._canvas.viewport()
    buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    acting = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    where = QPointF(place)
    event = QMouseEvent(kind, where, QPointF(viewport.mapToGlobal(place)), acting, buttons, held)
    QApplication.sendEvent(viewport, event)


def drag(plot, first, last, button=LEFT, held=PLAIN, *, release=True):
    """Drag from a point of the figure to another, by way of the middle."""
    start, end = (plot._canvas.place_of(*point).toPoint() for point in (first, last))
    mouse(plot, QEvent.Type.MouseButtonPress, start, button, held)
    for place in ((start + end) / 2, end):
        mouse(plot, QEvent.Type.MouseMove, place, button, held)
    if release:
        mouse(plot, QEvent.Type.MouseButtonRelease, end, button, held)


def test_a_drag_chooses_whole_months_and_is_told_once_when_it_is_let_go(plot, told):
    draw(plot)
    drag(plot, (5.8, 0.3), (14.3, 0.1), release=False)
    assert told == []
    assert plot._brushing.words() == "6–14"
    mouse(plot, QEvent.Type.MouseButtonRelease, plot._canvas.place_of(14.3, 0.1).toPoint())
    assert told == [("brushed", Brush(kind="x", x0=6.0, x1=14.0))]
    assert plot._brushing.shown is None


def test_a_drag_to_the_left_chooses_the_same_months(plot, told):
    draw(plot)
    drag(plot, (14.3, 0.1), (5.8, 0.3))
    assert told == [("brushed", Brush(kind="x", x0=6.0, x1=14.0))]


@pytest.mark.parametrize(
    ("first", "last", "months"), [(8.1, 8.4, (8, 9)), (8.4, 8.1, (7, 8)), (27.7, 28, (27, 28))]
)
def test_the_shortest_range_is_one_month_to_the_side_of_the_hand(plot, told, first, last, months):
    draw(plot)
    drag(plot, (first, 0.3), (last, 0.3))
    assert told == [("brushed", Brush(kind="x", x0=months[0], x1=months[1]))]


def test_a_drag_out_of_the_plot_ends_at_its_last_month(plot, told):
    draw(plot)
    drag(plot, (20, 0.3), (40, 0.3))
    assert told == [("brushed", Brush(kind="x", x0=20.0, x1=28.0))]


@pytest.mark.parametrize(
    ("held", "how"),
    [(PLAIN, "replace"), (CTRL, "and"), (SHIFT, "or"), (CTRL | SHIFT, "not"), (ALT, "replace")],
)
def test_the_keys_held_say_how_a_brush_joins_the_selection(plot, told, held, how):
    draw(plot)
    drag(plot, (2, 0.3), (6, 0.3), held=held)
    assert told[-1][1].how == how
    assert how_of(held) == how


def test_a_drag_of_under_four_pixels_is_a_click_and_does_nothing(plot, told):
    draw(plot)
    start = plot._canvas.place_of(10.5, 0.3).toPoint()
    mouse(plot, QEvent.Type.MouseButtonPress, start)
    mouse(plot, QEvent.Type.MouseMove, start + QPoint(3, 30))
    mouse(plot, QEvent.Type.MouseButtonRelease, start + QPoint(3, 30))
    assert told == []


def test_a_drag_that_comes_back_to_where_it_began_chooses_nobody(plot, told):
    draw(plot)
    drag(plot, (10, 0.3), (20, 0.3), release=False)
    mouse(plot, QEvent.Type.MouseMove, plot._canvas.place_of(10, 0.3).toPoint())
    mouse(plot, QEvent.Type.MouseButtonRelease, plot._canvas.place_of(10, 0.3).toPoint())
    assert told == []


def test_escape_lets_a_drag_go_without_telling(plot, told, qtbot):
    draw(plot)
    drag(plot, (5, 0.3), (14, 0.3), release=False)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot._brushing.shown is None
    mouse(plot, QEvent.Type.MouseButtonRelease, plot._canvas.place_of(14, 0.3).toPoint())
    assert told == []


def test_an_answer_that_comes_during_a_drag_does_not_disturb_it(plot, told):
    draw(plot)
    drag(plot, (5, 0.3), (14, 0.3), release=False)
    draw(plot, note="een nieuw antwoord", y=replace(plot.chart.y, high=0.5))
    mouse(plot, QEvent.Type.MouseButtonRelease, plot._canvas.place_of(14, 0.3).toPoint())
    assert told == [("brushed", Brush(kind="x", x0=5.0, x1=14.0))]


def test_a_chart_of_other_months_or_none_lets_a_drag_go(plot, told):
    for changes in ({"empty": "Niemand."}, {"x": replace(make_chart().x, high=12)}, {"brush": ""}):
        draw(plot)
        drag(plot, (5, 0.3), (14, 0.3), release=False)
        draw(plot, **changes)
        assert not plot._brushing.dragging
        mouse(plot, QEvent.Type.MouseButtonRelease, plot._canvas.place_of(14, 0.3).toPoint())
    assert told == []


def test_a_brush_of_values_stands_at_the_month_where_it_began(plot, told):
    draw(plot, brush="y at x")
    drag(plot, (9.3, 0.4), (15, 0.1))
    [(_, brush)] = told
    assert (brush.kind, brush.x0, brush.x1) == ("y at x", 9.0, 9.0)
    # Within a pixel of the hand, and round: 0.1, not 0.09873.
    assert (brush.y0, brush.y1) == (pytest.approx(0.1, abs=0.002), pytest.approx(0.4, abs=0.002))
    assert brush.y0 == round(brush.y0, 3)


def test_without_a_brush_a_drag_moves_the_months(plot, told, qtbot):
    draw(plot, brush="")
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    before = plot.view.viewRange()[0]
    drag(plot, (14, 0.3), (17, 0.3))
    assert plot.view.viewRange()[0][0] < before[0] - 1
    assert not [one for one in told if one[0] == "brushed"]


@pytest.mark.parametrize("button", [MIDDLE, LEFT])
def test_the_middle_button_or_space_moves_the_months_where_there_is_a_brush(plot, told, qtbot, button):
    draw(plot)
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    before = plot.view.viewRange()[0]
    if button == LEFT:
        qtbot.keyPress(plot, Qt.Key.Key_Space)
    drag(plot, (14, 0.3), (17, 0.3), button)
    after = plot.view.viewRange()[0]
    assert after[0] < before[0] - 1
    assert not [one for one in told if one[0] == "brushed"]
    qtbot.keyRelease(plot, Qt.Key.Key_Space)
    drag(plot, (10, 0.3), (14, 0.3))
    assert plot.view.viewRange()[0] == after
    assert told[-1] == ("brushed", Brush(kind="x", x0=10.0, x1=14.0))


def test_the_wheel_with_shift_moves_along_the_months_and_does_not_zoom(plot, qtbot):
    draw(plot)
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    before = plot.view.viewRange()[0]
    viewport = plot._canvas.viewport()
    middle = viewport.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(viewport.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        SHIFT,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    after = plot.view.viewRange()[0]
    assert after[0] > before[0] + 1
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])


def test_shift_and_arrows_extend_a_range_from_the_month_read_and_enter_lets_it_go(plot, told, qtbot):
    draw(plot)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(plot, key)
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert plot._brushing.words() == "2–5"
    qtbot.keyClick(plot, Qt.Key.Key_Return, CTRL)
    assert [one for one in told if one[0] == "brushed"] == [
        ("brushed", Brush(kind="x", x0=2.0, x1=5.0, how="and"))
    ]
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert len([one for one in told if one[0] == "brushed"]) == 1


def test_escape_forgets_a_range_first_and_the_month_then(plot, told, qtbot):
    draw(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot._brushing.shown is None
    assert plot.reading_text().startswith("maand 0")
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert told == [("hovered", 0.0), ("hovered", None)]


def test_shift_and_up_draw_a_bar_of_values_at_the_month_read(plot, told, qtbot):
    draw(plot, brush="y at x")
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Up, SHIFT)
    qtbot.keyClick(plot, Qt.Key.Key_Enter)
    assert told[-1] == ("brushed", Brush(kind="y at x", x0=0.0, x1=0.0, y0=0.0, y1=pytest.approx(0.09)))


def test_the_hint_is_there_only_while_the_hand_or_the_keyboard_is(plot):
    draw(plot)
    assert not plot._hint.isVisible()
    mouse(plot, QEvent.Type.MouseMove, plot._canvas.place_of(10, 0.3).toPoint(), Qt.MouseButton.NoButton)
    assert plot._hint.isVisible()
    QApplication.sendEvent(plot._canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert not plot._hint.isVisible()
    plot.clearFocus()
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    assert plot._hint.isVisible()
    draw(plot, empty="Niemand.")
    assert not plot._hint.isVisible()


@pytest.mark.parametrize("width", [260, 300, 800])
def test_the_hint_stays_inside_the_curves_room_and_is_cut_where_it_must_be(plot, width):
    plot.resize(width, 300)
    draw(plot)
    frame, area = plot._hint.boundingRect(), plot._hint.area()
    assert frame.contains(QRectF(*area))
    assert (plot._hint.written() == HINT) == (width == 800)


def dates(low=19905.0):
    x = low + 30.4375 * np.arange(33)
    y = np.linspace(0.3, 0.5, 33)
    steps = (91.3125, 182.625, 365.25)
    axis = Axis(label="", low=low, high=float(x[-1]), text=lambda v, s: f"dag {v:.0f} van 1970", steps=steps)
    line = Line(key="p", label="p", ink=Ink(kind="single"), x=x, y=y, readings=("r",) * 33)
    return Chart(
        title="", x=axis, y=make_chart().y, crosshair=lambda v: f"dag {v:.0f}", lines=(line,), brush="x"
    )


@pytest.mark.parametrize("width", [300, 600, 1100])
def test_dates_have_ticks_counted_from_the_first_and_their_texts_do_not_meet(plot, width):
    plot.resize(width, 400)
    plot.show_chart(dates(), LIGHT)
    plot.grab()
    around = plot._canvas.around
    ticks = [tick.value for tick in month_ticks(plot.laid, around.page, around.plane())]
    assert ticks[0] == 19905.0
    step = ticks[1] - ticks[0]
    assert min(abs(step / one - round(step / one)) for one in plot.chart.x.steps) < 1e-9
    at = around.plane().x_of
    assert at(ticks[1]) - at(ticks[0]) >= around.page.measure("dag 19905 van 1970")


def test_dates_are_read_and_zoomed_like_months(plot, qtbot):
    plot.show_chart(dates(), LIGHT)
    plot.grab()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, *[Qt.Key.Key_Plus] * 30):
        qtbot.keyClick(plot, key)
    assert plot.reading_text().startswith("dag 19935")
    low, high = plot.view.viewRange()[0]
    assert high - low == pytest.approx(91.3125)


def test_of_two_bands_the_outer_is_lighter_and_named_ones_are_read_from_the_inner():
    chart = make_chart(lines=1)
    [line] = chart.lines
    inner = Band(low=line.y - 0.01, high=line.y + 0.01, label="middelste helft")
    outer = Band(low=line.y - 0.1, high=line.y + 0.1, label="middelste 80%")
    unnamed = replace(outer, label="")
    for bands in ((inner, outer), (outer, inner)):
        first, second = shaded(bands)
        assert (first[0], second[0]) == (outer, inner)
        assert first[1] < second[1]
        rows = rows_at(replace(chart, lines=(replace(line, bands=bands),), marks=()), 5.0)
        assert [row.name for row in rows] == [line.label, "middelste helft", "middelste 80%"]
    rows = rows_at(replace(chart, lines=(replace(line, bands=(unnamed, inner)),), marks=()), 5.0)
    assert [row.name for row in rows] == [line.label, "middelste helft"]


def test_dots_are_drawn_without_a_line_and_give_way_to_one(plot):
    chart = make_chart(lines=1)
    [line] = chart.lines
    plot.show_chart(replace(chart, lines=(replace(line, style="dots"),)), LIGHT)
    [curve] = plot._curves
    assert not curve.line.isVisible()
    assert len(curve.dots.points()) == np.isfinite(line.y).sum()
    plot.show_chart(replace(chart, lines=(replace(line, style="dashed"),)), LIGHT)
    assert curve.line.isVisible()
    assert not curve.dots.isVisible()
    assert curve.line.opts["pen"].dashPattern()
