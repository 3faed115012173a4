"""A table in the place of a figure: read, sorted and copied; it says why it is empty, and chooses nobody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from widgets.pictures.kinds import TableChart
from widgets.pictures.palette import DARK, LIGHT
from widgets.pictures.table_data import TableColumn, TableData
from widgets.plots.stage import Stage
from widgets.plots.table import TablePlot

ROWS = (("2022", 1, 0.5), ("2023", 1, None), ("2022", 2, 0.25))
COLUMNS = (
    TableColumn(key="cohort", label="Cohort", numeric=False),
    TableColumn(key="month", label="Month", numeric=True),
    TableColumn(key="share", label="Share", numeric=True),
)


def text(row, column):
    cell = ROWS[row][column]
    return "" if cell is None else f"{cell:.0%}" if isinstance(cell, float) else str(cell)


CHART = TableChart(
    title="Life table",
    caption="3 rows",
    badge="Synthetic data",
    data=TableData(columns=COLUMNS, rows=ROWS, text=text),
)


@pytest.fixture
def plot(qtbot):
    made = TablePlot()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    made.show_chart(CHART, LIGHT)
    return made


def column(plot, at):
    return [plot.model.index(row, at).data() for row in range(plot.model.rowCount())]


def test_numbers_stand_right_aligned_and_a_click_on_a_heading_sorts_them_by_value(plot, qtbot):
    index = plot.model.index(0, 2)
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    head = plot.view.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(2) + 15, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column(plot, 2) == ["25%", "50%", ""]


def test_the_row_in_hand_is_read_in_words_and_escape_lets_go(plot):
    assert plot.reading_text() == ""
    plot.view.setCurrentIndex(plot.model.index(1, 0))
    assert plot.reading_text() == "Cohort: 2023; Month: 1"
    QTest.keyClick(plot.view, Qt.Key.Key_Escape)
    assert plot.reading_text() == ""


def test_the_keys_for_copying_copy_everything_when_nothing_is_selected(plot):
    QTest.keyClick(plot.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Cohort\tMonth\tShare",
        "2022\t1\t50%",
        "2023\t1\t",
        "2022\t2\t25%",
    ]


def test_an_empty_table_says_why_in_the_place_of_the_numbers(plot):
    plot.show_chart(TableChart(title="Life table", empty="Nobody is selected."), DARK)
    assert not plot.view.isVisible()
    assert plot._empty.isVisible()
    assert plot._empty.sentence == "Nobody is selected."
    plot.show_chart(CHART, LIGHT)
    assert plot.view.isVisible()
    assert not plot._empty.isVisible()


def test_a_newer_table_with_the_same_columns_keeps_the_order_asked_for(plot):
    plot.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    plot.show_chart(
        TableChart(title="Life table", data=TableData(columns=COLUMNS, rows=ROWS, text=text)), LIGHT
    )
    assert column(plot, 2) == ["50%", "25%", ""]


def test_the_stage_brings_a_table_forward_and_the_keyboard_goes_to_its_numbers(qtbot):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.show_chart(CHART, LIGHT)
    assert isinstance(stage.painter, TablePlot)
    assert stage.painter.focusProxy() is stage.painter.view
    assert stage.chart is CHART
