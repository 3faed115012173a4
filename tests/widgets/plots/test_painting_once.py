"""What is shown is painted, and painted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.pictures.chart import Rule
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots import canvas, rules
from widgets.plots.curves import CurvesPlot
from widgets.plots.stage import Stage


class Paints(QObject):
    """Counts the paints of a widget."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def stage(qtbot):
    made = Stage()
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show_chart(make_chart(), LIGHT)
    made.show()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    return made


@pytest.fixture
def paints(stage):
    assert isinstance(stage.painter, CurvesPlot)
    counter = Paints(stage)
    stage.painter._canvas.viewport().installEventFilter(counter)
    return counter


def other_values():
    chart = make_chart()
    return replace(chart, y=replace(chart.y, high=chart.y.high * 0.8))


def test_a_figure_of_other_values_is_painted_once(stage, paints):
    stage.show_chart(other_values(), LIGHT)
    QApplication.processEvents()
    QApplication.processEvents()
    assert paints.count == 1


def test_a_figure_painted_now_is_not_painted_again_at_the_next_turn(stage, paints):
    stage.show_chart(other_values(), LIGHT)
    stage.paint_now()
    assert paints.count == 1
    QApplication.processEvents()
    QApplication.processEvents()
    assert paints.count == 1


def test_painting_now_paints_what_has_not_changed_too(stage, paints):
    stage.paint_now()
    assert paints.count == 1


def counting(monkeypatch, owner, name):
    """Return a list that grows with every call of a function."""
    calls, there = [], getattr(owner, name)

    def counted(*given, **more):
        calls.append(name)
        return there(*given, **more)

    monkeypatch.setattr(owner, name, counted)
    return calls


def move(stage, part):
    box = stage.painter.laid.box
    stage.painter._pointed(QPointF(box.left + part * box.width, box.top + 0.2 * box.height))
    stage.paint_now()
    QApplication.processEvents()


def test_what_stands_around_the_curves_is_painted_when_it_changes_and_not_at_a_move_of_the_mouse(
    stage, paints, monkeypatch
):
    around = counting(monkeypatch, canvas, "paint_around")
    for part in (0.2, 0.4, 0.6):
        move(stage, part)
    assert paints.count >= 3
    assert around == []
    for change in (
        lambda: stage.painter.view.scaleBy(x=0.5),
        lambda: stage.show_chart(other_values(), LIGHT),
        lambda: stage.resize(700, 480),
        lambda: stage.show_chart(other_values(), DARK),
    ):
        around.clear()
        change()
        stage.paint_now()
        QApplication.processEvents()
        assert len(around) == 1


def test_a_move_of_the_mouse_places_the_reading_once_and_within_its_month_reads_nothing_anew(
    stage, monkeypatch
):
    move(stage, 0.5)
    placed = counting(monkeypatch, stage.painter._reading, "place")
    read = counting(monkeypatch, stage.painter._crosshair, "show_at")
    before = stage.reading_text()
    move(stage, 0.502)
    assert (len(placed), len(read)) == (1, 0)
    move(stage, 0.8)
    assert (len(placed), len(read)) == (2, 1)
    assert stage.reading_text() != before


def test_words_of_rules_are_placed_once_a_show_and_not_at_a_move_of_the_mouse(stage, monkeypatch):
    ends = Rule(key="end", axis="x", value=20.0, label="Einde", text=lambda value: "", moves=False)
    placed = counting(monkeypatch, rules, "place_rules")
    stage.show_chart(replace(make_chart(), rules=(ends,)), LIGHT)
    stage.paint_now()
    QApplication.processEvents()
    assert len(placed) == 1
    move(stage, 0.3)
    move(stage, 0.6)
    assert len(placed) == 1
    stage.resize(640, 400)
    stage.paint_now()
    assert len(placed) == 2
