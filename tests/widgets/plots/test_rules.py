"""RuleLines across the curves: they follow the hand at once, tell while they move, and their words cover little."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.controls.style import load_fonts
from widgets.pictures.chart import Axis, Rule
from widgets.pictures.layout.placing import best_spot
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots import curves
from widgets.plots.curves import CurvesPlot
from widgets.plots.overlay import round_value

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def rule(key="drempel", axis="y", value=0.3, *, moves=True, label="Drempel van het aandeel"):
    return Rule(key=key, axis=axis, value=value, label=label, text=lambda v: f"{v * 100:.1f}%", moves=moves)


@pytest.fixture
def plot(on_screen, qtbot):
    made = on_screen(CurvesPlot(), 800, 480)
    qtbot.mouseRelease(made._canvas.viewport(), LEFT)
    yield made
    # Every test begins with no button held, whatever came before it.
    qtbot.mouseRelease(made._canvas.viewport(), LEFT)


@pytest.fixture
def told(plot, heard):
    return heard(hovered=plot.hovered, moved=plot.rule_moved, dropped=plot.rule_dropped, brushed=plot.brushed)


def draw(plot, *rules, theme=LIGHT, lines=3, **changes):
    plot.show_chart(replace(make_chart(lines=lines), rules=rules, **changes), theme)
    plot.grab()
    QApplication.processEvents()


def at(plot, x, y):
    return plot._canvas.place_of(x, y).toPoint()


def take(plot, qtbot, x, y):
    qtbot.mouseMove(plot._canvas.viewport(), at(plot, x, y))
    qtbot.mousePress(plot._canvas.viewport(), LEFT, pos=at(plot, x, y))


def test_a_dragged_rule_follows_at_once_tells_while_it_moves_and_once_when_it_is_dropped(plot, told, qtbot):
    draw(plot, rule(), brush="x")
    viewport = plot._canvas.viewport()
    take(plot, qtbot, 12, 0.3)
    told.clear()
    for value in (0.35, 0.4):
        qtbot.mouseMove(viewport, at(plot, 12, value))
        # Nobody has answered: the rule is under the hand all the same.
        assert plot._rules.value_of(plot.chart.rules[0]) == pytest.approx(value, abs=0.002)
    assert [name for name, *_ in told] == ["moved", "moved"]
    qtbot.mouseRelease(viewport, LEFT, pos=at(plot, 12, 0.4))
    name, key, value = told[-1]
    assert (name, key, value) == ("dropped", "drempel", pytest.approx(0.4, abs=0.002))
    assert [one[0] for one in told] == ["moved", "moved", "dropped"]


def test_a_rule_that_is_only_clicked_tells_nothing(plot, told, qtbot):
    draw(plot, rule(), brush="x")
    take(plot, qtbot, 12, 0.3)
    told.clear()
    qtbot.mouseRelease(plot._canvas.viewport(), LEFT, pos=at(plot, 12, 0.3))
    assert told == []


def test_dragging_a_rule_draws_no_curve_anew(plot, qtbot, monkeypatch):
    draw(plot, rule())
    drawn = []
    monkeypatch.setattr(curves.Curve, "show_line", lambda *_, **__: drawn.append("curve"))
    monkeypatch.setattr(CurvesPlot, "rearrange", lambda *_: drawn.append("everything"))
    take(plot, qtbot, 12, 0.3)
    drawn.clear()
    for step in range(20):
        qtbot.mouseMove(plot._canvas.viewport(), at(plot, 12, 0.3 + step / 100))
    plot.grab()
    assert plot._rules.values_now["drempel"] == pytest.approx(0.49, abs=0.002)
    assert drawn == []


def test_an_answer_that_comes_during_the_drag_leaves_the_rule_under_the_hand(plot, qtbot):
    draw(plot, rule())
    take(plot, qtbot, 12, 0.3)
    qtbot.mouseMove(plot._canvas.viewport(), at(plot, 12, 0.4))
    draw(plot, rule(value=0.32), theme=DARK)
    assert plot._rules.values_now["drempel"] == pytest.approx(0.4, abs=0.002)
    qtbot.mouseRelease(plot._canvas.viewport(), LEFT, pos=at(plot, 12, 0.4))
    draw(plot, rule(value=0.39))
    assert plot._rules.values_now["drempel"] == 0.39


def test_a_rule_that_is_gone_is_no_longer_held(plot, told, qtbot):
    draw(plot, rule())
    take(plot, qtbot, 12, 0.3)
    told.clear()
    draw(plot)
    qtbot.mouseMove(plot._canvas.viewport(), at(plot, 12, 0.4))
    qtbot.mouseRelease(plot._canvas.viewport(), LEFT, pos=at(plot, 12, 0.4))
    assert not [one for one in told if one[0] in ("moved", "dropped")]


def test_escape_puts_a_rule_back_says_so_to_who_followed_it_and_drops_nothing(plot, told, qtbot):
    draw(plot, rule())
    take(plot, qtbot, 12, 0.3)
    qtbot.mouseMove(plot._canvas.viewport(), at(plot, 12, 0.45))
    told.clear()
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    qtbot.mouseRelease(plot._canvas.viewport(), LEFT, pos=at(plot, 12, 0.45))
    assert told == [("moved", "drempel", 0.3)]


def test_a_rule_stays_on_its_axis(plot, told, qtbot):
    draw(plot, rule())
    take(plot, qtbot, 12, 0.3)
    qtbot.mouseMove(plot._canvas.viewport(), QPoint(400, 2))
    assert told[-1] == ("moved", "drempel", 0.6)


def test_a_fixed_rule_cannot_be_taken(plot, told, qtbot):
    draw(plot, rule(moves=False))
    take(plot, qtbot, 12, 0.3)
    qtbot.mouseMove(plot._canvas.viewport(), at(plot, 12, 0.4))
    assert plot._rules.held == ""
    assert not [one for one in told if one[0] == "moved"]


@pytest.mark.parametrize(
    ("axis", "value", "place", "shape"),
    [
        ("y", 0.3, (12, 0.3), Qt.CursorShape.SplitVCursor),
        ("x", 9.0, (9, 0.5), Qt.CursorShape.SplitHCursor),
    ],
)
def test_the_cursor_says_which_way_a_rule_moves(plot, qtbot, axis, value, place, shape):
    draw(plot, rule(axis=axis, value=value))
    viewport = plot._canvas.viewport()
    # Where a mouse already is it sends no move.
    qtbot.mouseMove(viewport, at(plot, 2, 0.5))
    qtbot.mouseMove(viewport, at(plot, *place))
    assert viewport.cursor().shape() == shape
    qtbot.mouseMove(viewport, at(plot, 20, 0.1))
    assert viewport.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_control_and_arrows_move_a_rule_by_a_hundredth_of_the_range(plot, told, qtbot):
    draw(plot, rule())
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key, CTRL)
    assert told == [("dropped", "drempel", pytest.approx(value)) for value in (0.306, 0.312, 0.306)]
    assert plot._rules.words_of_last() == "Drempel van het aandeel 30.6%"


def test_control_and_arrows_move_a_rule_by_a_step_of_its_axis_where_it_has_one(plot, told, qtbot):
    draw(plot, rule(key="duur", axis="x", value=9.0))
    qtbot.keyClick(plot, Qt.Key.Key_Right, CTRL)
    assert told == [("dropped", "duur", 10.0)]


def test_at_the_end_of_its_axis_a_rule_tells_nothing(plot, told, qtbot):
    draw(plot, rule(value=0.6))
    qtbot.keyClick(plot, Qt.Key.Key_Up, CTRL)
    assert told == []


def test_keys_move_the_rule_that_was_last_in_hand(plot, told, qtbot):
    draw(plot, rule(), rule(key="hoog", value=0.5))
    qtbot.keyClick(plot, Qt.Key.Key_Up, CTRL)
    take(plot, qtbot, 12, 0.5)
    qtbot.mouseRelease(plot._canvas.viewport(), LEFT, pos=at(plot, 12, 0.5))
    qtbot.keyClick(plot, Qt.Key.Key_Up, CTRL)
    assert [key for name, key, *_ in told if name == "dropped"] == ["drempel", "hoog"]


@pytest.fixture
def own_font(qapp):
    """The program's own font, which is narrower than the one a bare application has."""
    before = QFont(qapp.font())
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    font = QFont(load_fonts([folder / "SourceSansPro-Regular.ttf", folder / "SourceSansPro-Semibold.ttf"]))
    font.setPointSizeF(10.5)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("font", ["bare", "own"])
@pytest.mark.parametrize("size", [(300, 220), (600, 400), (1100, 700)])
def test_words_of_rules_lie_in_the_curves_room_and_not_on_one_another_nor_on_a_handle(
    request, plot, size, font
):
    if font == "own":
        request.getfixturevalue("own_font")
    plot.resize(*size)
    rules = (
        rule(label="Een lange naam van een drempel die niet altijd past"),
        rule(key="vast", value=0.31, moves=False),
        rule(key="eind", axis="x", value=24.0, moves=False, label="Einde van de waarneming"),
        rule(key="begin", axis="x", value=28.0, moves=False, label="Einde van de tijdelijke bescherming"),
    )
    draw(plot, *rules, brush="x", brush_hint="Sleep om te kiezen")
    labels = plot._rules.labels()
    boxes = [QRectF(*label.box) for label in labels]
    # Where there is no room for all, fixed rules go without words and no words lie on others.
    assert len(boxes) == 4 if size[0] >= 600 else 3
    assert labels[0].rule.moves
    frame = plot._rules.boundingRect()
    for place, box in enumerate(boxes):
        assert frame.contains(box)
        assert not any(box.intersects(QRectF(*grip)) for grip in plot._rules._grips())
        assert not any(box.intersects(other) for other in boxes[:place])
        assert not box.intersects(QRectF(*plot._hint.area()))
    assert all(label.value for label in labels)


def test_words_of_a_rule_avoid_the_curves(plot):
    draw(plot, rule(value=0.05), lines=2)
    [label] = plot._rules.labels()
    for line in plot.chart.lines:
        for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True):
            if np.isfinite(y):
                place = QPointF(plot._canvas.inside(plot._canvas.place_of(x, y)))
                assert not QRectF(*label.box).contains(place)


def test_words_do_not_jump_for_little():
    points = np.array([[1.0, 1.0], [2.0, 1.0]])
    spots = [(0.0, 0.0, 3.0, 2.0), (10.0, 0.0, 13.0, 2.0)]
    assert best_spot(spots, points, []) == 1
    assert best_spot(spots, points, [], before=0) == 0
    assert best_spot(spots, np.repeat(points, 5, axis=0), [], before=0) == 1


def test_a_rule_out_of_the_months_in_view_is_not_drawn(plot):
    draw(plot, rule(key="eind", axis="x", value=24.0))
    plot.view.setXRange(0, 10, padding=0)
    assert plot._rules.labels() == []


@pytest.mark.parametrize(
    ("value", "pixel", "round_one"),
    [
        (16.2374, 0.075, 16.25),
        (16.2374, 0.75, 16.0),
        (0.12345, 0.0012, 0.123),
        (31.0, 0.1, 30.0),
        (1234, 30, 1240),
    ],
)
def test_what_is_dragged_is_as_round_as_a_pixel_allows(value, pixel, round_one):
    high = 30.0 if value < 100 else 5000.0
    axis = Axis(label="", low=0.0, high=high, text=lambda v, s: "")
    assert round_value(value, pixel, axis) == round_one


def test_leaving_with_the_mouse_during_a_drag_tells_nobody(plot, told, qtbot):
    draw(plot, rule())
    take(plot, qtbot, 12, 0.3)
    told.clear()
    QApplication.sendEvent(plot._canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert told == []
