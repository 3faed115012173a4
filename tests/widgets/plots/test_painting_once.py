"""What is shown is painted, and painted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.pictures.palette import LIGHT
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
