"""Flows on screen: what is pointed at is what is read, emphasised and chosen, by mouse or by keyboard."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.pictures_of_states import LABELS, make_flow
from tests.widgets.pictures.layout.recording import Even
from widgets.pictures.gestures import Brush
from widgets.pictures.layout.naming import under_columns
from widgets.pictures.layout.streams import Item, ends_of_ribbon, first_item, next_item, touched
from widgets.pictures.palette import DARK, LIGHT, colour
from widgets.plots.flow import FlowPlot
from widgets.plots.lettering import small_font


@pytest.fixture
def plot(qtbot):
    made = FlowPlot()
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(plot):
    brushes, months = [], []
    plot.brushed.connect(brushes.append)
    plot.hovered.connect(months.append)
    return brushes, months


def draw(plot, chart, theme=LIGHT):
    plot.show_chart(chart, theme)
    return plot.grab().toImage()


def node_at(plot, key, pane=0):
    keys = [node.key for node in plot.chart.panes[pane].nodes]
    return middle_of(plot.laid.panes[pane].nodes[keys.index(key)])


def middle_of(box):
    return QPoint(int(box.centre), int(box.middle))


def ribbon_at(plot, key, pane=0):
    """Return a place on a ribbon, beside the node where it begins."""
    keys = [ribbon.key for ribbon in plot.chart.panes[pane].ribbons]
    band = plot.laid.panes[pane].ribbons[keys.index(key)]
    x = round(band.start[0] + 4)
    inside = [y for y in range(int(band.start[1]) - 9, int(band.start[2]) + 9) if band.holds(x, y)]
    return QPoint(x, inside[len(inside) // 2])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("panes", [1, 3])
def test_every_node_has_its_colour_at_its_place(plot, theme, panes):
    plot.resize(1000, 500)
    picture = draw(plot, make_flow(4, 3, panes), theme)
    for pane in range(panes):
        for node, box in zip(plot.chart.panes[pane].nodes, plot.laid.panes[pane].nodes, strict=True):
            assert picture.pixelColor(middle_of(box)) == QColor(colour(node.ink, theme))
            assert box.height == pytest.approx((node.high - node.low) * plot.laid.panes[pane].frame.height)


def test_a_ribbon_begins_and_ends_at_its_nodes(plot):
    draw(plot, make_flow(4, 3))
    flow = plot.chart.panes[0]
    for ribbon, band in zip(flow.ribbons, plot.laid.panes[0].ribbons, strict=True):
        first, last = ends_of_ribbon(flow, ribbon)
        assert (first.key, last.key) == tuple(
            f"{ribbon.column + step}:{state}"
            for step, state in enumerate(ribbon.key.split(":")[1].split(">"))
        )
        nodes = dict(zip([node.key for node in flow.nodes], plot.laid.panes[0].nodes, strict=True))
        assert band.start[0] == pytest.approx(nodes[first.key].right)
        assert band.end[0] == pytest.approx(nodes[last.key].left)


def test_a_node_touches_the_ribbons_in_and_out_of_it(plot):
    draw(plot, make_flow(4, 3))
    flow = plot.chart.panes[0]
    place = [node.key for node in flow.nodes].index("1:2")
    _, ribbons = touched(flow, Item(pane=0, kind="node", place=place))
    keys = {flow.ribbons[ribbon].key for ribbon in ribbons}
    assert keys == {f"0:{state}>2" for state in range(4)} | {f"1:2>{state}" for state in range(4)}


def test_pointing_at_a_node_reads_it_and_makes_the_rest_faint(plot, told, qtbot):
    draw(plot, make_flow(4, 4))
    qtbot.mouseMove(plot, node_at(plot, "1:3"))
    text = plot.reading_text()
    node = next(node for node in plot.chart.panes[0].nodes if node.key == "1:3")
    assert text == f"maand 6. {node.label}. {node.reading}"
    picture = plot.grab().toImage()
    assert picture.pixelColor(node_at(plot, "1:3")) == QColor(colour(node.ink, LIGHT))
    assert picture.pixelColor(node_at(plot, "3:3")) != QColor(colour(node.ink, LIGHT))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.reading_text() == ""
    assert told == ([], [])


def test_pointing_at_a_ribbon_reads_who_goes_where(plot, qtbot):
    draw(plot, make_flow(4, 4))
    qtbot.mouseMove(plot, ribbon_at(plot, "1:2>3"))
    ribbon = next(one for one in plot.chart.panes[0].ribbons if one.key == "1:2>3")
    assert plot.reading_text() == f"maand 6 → maand 12. {LABELS[2]} → {LABELS[3]}. {ribbon.reading}"


@pytest.mark.parametrize(
    ("key", "how"),
    [
        (Qt.KeyboardModifier.NoModifier, "replace"),
        (Qt.KeyboardModifier.ControlModifier, "and"),
        (Qt.KeyboardModifier.ShiftModifier, "or"),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "not"),
    ],
)
def test_a_click_chooses_a_node_or_a_ribbon(plot, told, qtbot, key, how):
    draw(plot, make_flow(4, 3, panes=2))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, key, node_at(plot, "2:1", pane=1))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, key, ribbon_at(plot, "0:3>3", pane=1))
    assert told[0] == [Brush(kind="item", key=name, how=how) for name in ("2:1", "0:3>3")]


def test_a_drag_and_a_click_beside_the_flow_choose_nothing(plot, told, qtbot):
    draw(plot, make_flow(4, 4))
    start = node_at(plot, "1:3")
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 0))
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(790, 470))
    assert told[0] == []


def test_the_keyboard_goes_from_node_to_ribbon_to_node(plot, told, qtbot):
    draw(plot, make_flow(3, 3))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(plot, key)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(plot, key)
    node, first, second, last = [brush.key for brush in told[0]]
    assert node == "0:1"
    assert first.startswith("0:1>")
    assert second.startswith("0:")
    assert second != first
    assert last == f"1:{second[-1]}"
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.reading_text().startswith("maand 12. ")
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.reading_text() == ""
    qtbot.keyClick(plot, Qt.Key.Key_Space)
    assert len(told[0]) == 4


@pytest.mark.parametrize("states", [1, 3, 6])
def test_keys_lead_to_every_node_and_every_ribbon(states):
    flow = make_flow(states, 4).panes[0]
    seen: set[Item] = set()
    waiting = [first_item(flow, 0)]
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += [next_item(flow, now, *move) for move in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert len(seen) == len(flow.nodes) + len(flow.ribbons)


def test_page_down_goes_to_the_next_pane(plot, qtbot):
    draw(plot, make_flow(3, 3, panes=2))
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.reading_text().startswith("Groep met een naam 2 · maand 0. ")


def test_a_month_hovered_elsewhere_says_nothing_here(plot, told):
    draw(plot, make_flow())
    plot.mark(6.0)
    assert plot.reading_text() == ""
    assert told == ([], [])


@pytest.mark.parametrize(
    ("size", "panes"), [((520, 400), 1), ((800, 480), 1), ((1200, 700), 4), ((300, 220), 1)]
)
def test_names_are_whole_inside_and_apart(plot, size, panes):
    plot.resize(*size)
    draw(plot, make_flow(5, 6, panes))
    metrics = QFontMetricsF(small_font())
    assert {end.of.label for end in plot.laid.ends} | {name.label for name, _ in plot.laid.legend} == set(
        LABELS[:5]
    )
    boxes = []
    for name in plot.laid.columns:
        wide = max(map(metrics.horizontalAdvance, name.parts))
        boxes.append(QRectF(name.centre - wide / 2, 0, wide, 10))
    assert len(boxes) >= 2
    frame = plot.laid.panes[0].frame
    for place, box in enumerate(boxes):
        assert box.left() >= -0.5
        assert box.right() <= frame.width + 0.5
        assert not any(box.intersects(other) for other in boxes[place + 1 :])


def test_names_under_columns_are_left_out_before_they_are_cut():
    names = [f"maand {place}" for place in range(6)]
    centres = [place * 20.0 for place in range(6)]
    placed = under_columns(Even(), names, centres, 100.0)
    assert [one.place for one in placed] == [0, 1, 2, 3, 4, 5]
    placed = under_columns(Even(5.0), names, centres, 100.0)
    assert [one.place for one in placed] == [0, 2, 4]
    assert all(" ".join(one.parts) == names[one.place] for one in placed)
    placed = under_columns(Even(12.0), names, centres, 100.0)
    assert [one.parts for one in placed] == [("m…",), ("m…",)]


def test_states_that_the_last_column_has_not_are_named_in_a_legend(plot):
    chart = make_flow(4, 3)
    flow = chart.panes[0]
    nodes = tuple(node for node in flow.nodes if node.key != "2:3")
    draw(plot, replace(chart, panes=(replace(flow, nodes=nodes),)))
    assert plot.laid.ends == ()
    assert {name.label for name, _ in plot.laid.legend} == set(LABELS[:4])


def test_an_empty_picture_shows_its_sentence(plot, told, qtbot):
    draw(plot, make_flow())
    qtbot.mouseMove(plot, node_at(plot, "1:3"))
    draw(plot, make_flow(empty="Niemand is geselecteerd."))
    assert plot._empty.isVisible()
    assert plot.reading_text() == ""
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert told == ([], [])


def test_what_is_read_stays_read_in_a_new_chart(plot, qtbot):
    draw(plot, make_flow(4, 4))
    qtbot.mouseMove(plot, node_at(plot, "1:1"))
    draw(plot, make_flow(3, 4), DARK)
    assert plot.brush("replace").key == "1:1"
    draw(plot, make_flow(1, 4))
    assert plot.brush("replace") is None


def test_the_picture_is_dimmed_and_comes_back(plot):
    clear = draw(plot, make_flow())
    plot.set_dimmed(True)
    assert plot.grab().toImage() != clear
    plot.set_dimmed(False)
    assert plot.grab().toImage() == clear


def test_people_who_cannot_see_it_are_told_what_it_is(plot):
    draw(plot, make_flow())
    assert plot.accessibleName() == "Van waar naar waar mensen gaan"
    assert plot.accessibleDescription() == "Aandelen in elke toestand."


@pytest.mark.parametrize("size", [(260, 170), (300, 400), (1600, 200)])
@pytest.mark.parametrize(("states", "columns", "panes"), [(1, 1, 1), (8, 6, 4), (2, 2, 2)])
def test_odd_sizes_are_drawn(plot, size, states, columns, panes, qtbot):
    plot.resize(*size)
    draw(plot, make_flow(states, columns, panes))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End):
        qtbot.keyClick(plot, key)
        assert plot.reading_text()
        assert not plot.grab().isNull()


@pytest.mark.alone
def test_moving_the_hand_over_six_columns_of_eight_nodes_is_painted_quickly(plot):
    plot.resize(1100, 700)
    draw(plot, make_flow(8, 6))
    took = []
    for column in range(6):
        for state in (1, 4):
            start = perf_counter()
            plot.point_at(QPointF(node_at(plot, f"{column}:{state}")))
            plot.grab()
            took.append(perf_counter() - start)
    assert sorted(took)[6] < 0.05


@pytest.mark.parametrize("wide", [900, 420, 330])
def test_every_column_has_its_name_also_where_there_is_little_room(on_screen, wide):
    picture = replace(make_flow(columns=5, panes=2), shorts=("0", "6", "12", "18", "24"))
    plot = on_screen(FlowPlot(), wide, 300)
    plot.show_chart(picture, LIGHT)
    assert [name.place for name in plot.laid.columns] == [0, 1, 2, 3, 4]


def test_what_is_missing_is_said_above_the_picture_and_the_hint_stands_beside_it(on_screen):
    plot = on_screen(FlowPlot(), 900, 300)
    plot.show_chart(replace(make_flow(), span="months 0, 6, 12; nobody to month 24"), LIGHT)
    assert plot._name.isVisible()
    assert plot._name.text() == "months 0, 6, 12; nobody to month 24"
    assert plot.hint_room()[0] >= plot._name.sizeHint().width()
