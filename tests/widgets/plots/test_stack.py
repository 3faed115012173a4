"""Stacked shares on screen: what is seen, read and chosen is the layer at the month under the hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.pictures_of_states import LABELS, make_stack
from widgets.pictures.gestures import Brush
from widgets.pictures.layout.layers import HALF_ALONE, edges_of, pieces_of
from widgets.pictures.layout.stack import month_ticks
from widgets.pictures.page import Box
from widgets.pictures.palette import DARK, LIGHT, colour
from widgets.plots.lettering import small_font
from widgets.plots.painted_page import PaintedPage
from widgets.plots.stack import StackPlot


@pytest.fixture
def plot(qtbot):
    made = StackPlot()
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(plot):
    months, brushes = [], []
    plot.hovered.connect(months.append)
    plot.brushed.connect(brushes.append)
    return months, brushes


def draw(plot, chart, theme=LIGHT):
    plot.show_chart(chart, theme)
    return plot.grab().toImage()


def place_of(plot, layer, month, pane=0):
    """Return the middle of a layer at a month."""
    edges = edges_of(plot.chart.panes[pane])
    return spot(plot, month, (edges.low[layer, month] + edges.high[layer, month]) / 2, pane).toPoint()


def spot(plot, month, share, pane=0):
    plane = plot.laid.panes[pane].plane
    return QPointF(plane.x_of(month), plane.y_of(share))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("panes", [1, 3])
def test_every_layer_has_its_colour_at_its_share(plot, theme, panes):
    plot.resize(1100, 600)
    picture = draw(plot, make_stack(4, panes=panes), theme)
    for pane in range(panes):
        for place, layer in enumerate(plot.chart.panes[pane].layers):
            middle = place_of(plot, place, 10, pane) + QPoint(2, 3)
            assert picture.pixelColor(middle) == QColor(colour(layer.ink, theme))


def test_between_two_layers_shows_a_line_of_the_panel(plot):
    picture = draw(plot, make_stack(2))
    at = spot(plot, 10.0, edges_of(plot.chart.panes[0]).high[0, 10]).toPoint()
    greys = [picture.pixelColor(at + QPoint(0, step)).saturation() for step in (-1, 0, 1)]
    assert min(greys) < 60
    assert picture.pixelColor(at + QPoint(0, 4)).saturation() > 150


def test_months_without_shares_stay_empty(plot):
    picture = draw(plot, make_stack(4, observed=20))
    assert picture.pixelColor(spot(plot, 25.5, 0.67).toPoint()) == QColor(LIGHT.panel)
    plot.mark(25.0)
    assert plot.reading_text() == ""


def test_a_gap_parts_a_layer_and_a_month_alone_is_a_bar():
    stack = make_stack(2, months=6).panes[0]
    layers = tuple(
        replace(layer, shares=np.where(stack.x == 1, np.nan, layer.shares)) for layer in stack.layers
    )
    pieces = pieces_of(edges_of(replace(stack, layers=layers)), 1)
    assert [x.tolist() for x, _, _ in pieces] == [[-HALF_ALONE, HALF_ALONE], [2, 3, 4, 5]]


def test_where_a_layer_is_unknown_the_others_do_not_slide_over_it():
    stack = make_stack(3, months=5).panes[0]
    low = stack.layers[0]
    layers = (replace(low, shares=np.where(stack.x == 2, np.nan, low.shares)), *stack.layers[1:])
    edges = edges_of(replace(stack, layers=layers))
    assert [x.tolist() for x, _, _ in pieces_of(edges, 0)] == [[0, 1, 1.5], [2.5, 3, 4]]
    above = pieces_of(edges, 1)
    assert [x.tolist() for x, _, _ in above] == [[0, 1, 1.5], [1.5, 2, 2.5], [2.5, 3, 4]]
    assert [low.tolist()[-2:] for _, low, _ in above[:1]] == [[low.shares[1], low.shares[1]]]
    assert above[1][1].tolist() == [0, 0, 0]
    assert edges.layer_at(1.6, 0.01) == 1
    assert edges.layer_at(1.4, 0.01) == 0


def test_the_mouse_tells_the_month_once_reads_all_layers_and_emphasises_one(plot, told, qtbot):
    draw(plot, make_stack(4))
    place = place_of(plot, 2, 7)
    for move in (-3, 0, 4):
        qtbot.mouseMove(plot, place + QPoint(move, 0))
    assert told[0] == [7.0]
    text = plot.reading_text()
    assert text.startswith("maand 7. ")
    for layer in plot.chart.panes[0].layers:
        assert f"{layer.label}: {layer.readings[7]}" in text
    picture = plot.grab().toImage()
    inks = [layer.ink for layer in plot.chart.panes[0].layers]
    assert picture.pixelColor(place_of(plot, 2, 20)) == QColor(colour(inks[2], LIGHT))
    assert picture.pixelColor(place_of(plot, 0, 4)) != QColor(colour(inks[0], LIGHT))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert told[0] == [7.0, None]
    assert plot.reading_text() == ""


@pytest.mark.parametrize(
    ("key", "how"),
    [
        (Qt.KeyboardModifier.NoModifier, "replace"),
        (Qt.KeyboardModifier.ControlModifier, "and"),
        (Qt.KeyboardModifier.ShiftModifier, "or"),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "not"),
    ],
)
def test_a_click_chooses_the_layer_at_the_month(plot, told, qtbot, key, how):
    draw(plot, make_stack(4, panes=2))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, key, place_of(plot, 3, 12, pane=1))
    assert told[1] == [Brush(kind="item", key="s3", x0=12.0, x1=12.0, how=how)]


def test_a_drag_and_a_click_beside_the_layers_choose_nothing(plot, told, qtbot):
    draw(plot, make_stack(4))
    start = place_of(plot, 3, 5)
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=start + QPoint(80, 0))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(2, 200))
    assert told[1] == []


def test_marking_a_month_shows_it_in_every_pane_and_tells_nobody(plot, told):
    draw(plot, make_stack(4, panes=2))
    plot.mark(9.0)
    picture = plot.grab().toImage()
    for pane in range(2):
        at = spot(plot, 9.0, 0.0, pane).toPoint()
        columns = [picture.pixelColor(at + QPoint(step, -9)) for step in (-1, 0, 1)]
        assert QColor(LIGHT.text) in columns
    assert plot.reading_text().startswith("Groep met een naam 1 · maand 9. ")
    plot.mark(None)
    assert plot.reading_text() == ""
    assert told == ([], [])


def test_the_keyboard_reads_and_chooses(plot, told, qtbot):
    draw(plot, make_stack(4, panes=2))
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up)
    for key in keys:
        qtbot.keyClick(plot, key)
    assert told[0] == [0.0, 1.0, 28.0, 27.0]
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.reading_text().startswith("Groep met een naam 2 · maand 27")
    qtbot.keyClick(plot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert told[1] == [Brush(kind="item", key="s1", x0=27.0, x1=27.0, how="or")]
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert told[0][-1] is None
    qtbot.keyClick(plot, Qt.Key.Key_Space)
    assert len(told[1]) == 1


@pytest.mark.parametrize("width", [520, 800, 1200])
@pytest.mark.parametrize("layers", [3, 8])
def test_names_at_the_right_neither_meet_nor_are_cut(plot, width, layers):
    plot.resize(width, 480)
    draw(plot, make_stack(layers))
    metrics = QFontMetricsF(small_font())
    laid = plot.laid
    named = [" ".join(label.parts) for label in laid.ends] or [name.label for name, _ in laid.legend]
    assert sorted(named) == sorted(LABELS[:layers])
    for above, below in pairwise(laid.ends):
        assert (
            below.middle - above.middle >= (len(above.parts) + len(below.parts)) * metrics.height() / 2 - 0.01
        )
    for label in laid.ends:
        for part in label.parts:
            assert label.left + metrics.horizontalAdvance(part) <= width


@pytest.mark.parametrize("size", [(260, 170), (300, 220), (420, 400)])
def test_a_narrow_picture_has_a_legend_whose_names_do_not_meet(plot, size):
    plot.resize(*size)
    draw(plot, make_stack(8))
    metrics = QFontMetricsF(small_font())
    assert plot.laid.ends == ()
    assert len(plot.laid.legend) == 8
    boxes = [
        QRectF(one.left, one.middle - 6, one.name - one.left + metrics.horizontalAdvance(one.text), 12)
        for _, one in plot.laid.legend
    ]
    for place, box in enumerate(boxes):
        assert box.right() <= size[0]
        assert box.bottom() <= plot.laid.panes[0].frame.top
        assert not any(box.intersects(other) for other in boxes[place + 1 :])


def test_states_that_the_last_pane_has_not_are_named_in_a_legend(plot):
    chart = make_stack(4, panes=2)
    last = replace(chart.panes[1], layers=chart.panes[1].layers[:3])
    draw(plot, replace(chart, panes=(chart.panes[0], last)))
    assert plot.laid.ends == ()
    assert {name.label for name, _ in plot.laid.legend} == set(LABELS[:4])


@pytest.mark.parametrize("width", [60, 150, 700])
def test_numbers_of_months_never_touch(plot, width):
    page = PaintedPage(LIGHT, Box(0, 0, width, 100))
    ticks = month_ticks(page, make_stack(), width)
    assert len(ticks) >= 1
    for before, after in pairwise(ticks):
        apart = (after.value - before.value) / 28 * width
        assert apart >= page.measure(after.text) / 2 + page.measure(before.text) / 2 + 10


def test_an_empty_picture_shows_its_sentence(plot, told, qtbot):
    draw(plot, make_stack())
    draw(plot, make_stack(empty="Niemand is geselecteerd."))
    assert plot._empty.isVisible()
    assert plot._empty.sentence == "Niemand is geselecteerd."
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert told == ([], [])


def test_the_picture_is_dimmed_and_comes_back(plot):
    clear = draw(plot, make_stack())
    plot.set_dimmed(True)
    assert plot.grab().toImage() != clear
    plot.set_dimmed(False)
    assert plot.grab().toImage() == clear


def test_a_new_chart_keeps_what_is_read_and_tells_nobody(plot, told, qtbot):
    draw(plot, make_stack(4))
    qtbot.mouseMove(plot, place_of(plot, 2, 7))
    draw(plot, make_stack(3), DARK)
    assert plot.reading_text().startswith("maand 7")
    assert told == ([7.0], [])


def test_a_frame_and_the_hint_are_seen_while_the_keyboard_is_here(plot, monkeypatch):
    monkeypatch.setattr(plot, "underMouse", lambda: False)
    monkeypatch.setattr(plot, "hasFocus", lambda: False)
    away = draw(plot, make_stack())
    monkeypatch.setattr(plot, "hasFocus", lambda: True)
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    here = plot.grab().toImage()
    frame = plot.ring()
    assert here.pixelColor(int(frame.left()), int(frame.center().y())) == QColor(LIGHT.accent)
    left, right, middle = (round(part) for part in plot.hint_room())
    under = QRect(left, middle - 6, right - left, 12)
    assert here.copy(under) != away.copy(under)
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    monkeypatch.setattr(plot, "hasFocus", lambda: False)
    assert plot.grab().toImage() == away


def test_people_who_cannot_see_it_are_told_what_it_is(plot):
    draw(plot, make_stack())
    assert plot.accessibleName() == "Waar mensen zijn naar verblijfsduur"
    assert plot.accessibleDescription() == "Aandelen in elke toestand."


@pytest.mark.parametrize("size", [(260, 170), (300, 400), (1600, 200)])
@pytest.mark.parametrize(("layers", "months", "panes"), [(1, 1, 1), (8, 29, 4), (3, 2, 2)])
def test_odd_sizes_are_drawn(plot, size, layers, months, panes):
    plot.resize(*size)
    draw(plot, make_stack(layers, months=months, panes=panes))
    plot.mark(0.0)
    assert plot.rect().intersects(plot._reading.geometry())
    assert plot.reading_text()


@pytest.mark.alone
def test_moving_the_hand_over_four_panes_of_eight_layers_is_painted_quickly(plot, qtbot):
    plot.resize(1100, 700)
    draw(plot, make_stack(8, panes=4))
    took = []
    for month in range(12):
        start = perf_counter()
        plot.point_at(QPointF(place_of(plot, 4, month)))
        plot.grab()
        took.append(perf_counter() - start)
    assert sorted(took)[6] < 0.05


def test_a_name_that_is_cut_in_the_legend_is_offered_whole(on_screen):
    small = on_screen(StackPlot(), 260, 200)
    small.show_chart(make_stack(7, label="een heel lange naam voor {}"), LIGHT)
    cut = [(name, spot) for name, spot in small.laid.legend if spot.text != name.label]
    assert cut
    for name, entry in cut:
        assert small.whole_text(QPointF(entry.left + 3, entry.middle)) == name.label
    assert small.whole_text(small.ring().center()) == ""
