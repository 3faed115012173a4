"""The surface on screen: cells where they belong, colours in order, gestures that say what was chosen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.pictures_of_rates import make_surface, percent
from widgets.pictures.gestures import Brush
from widgets.pictures.layout.scale import ANCHORS, pixels, ramp
from widgets.pictures.layout.surface import cell_box
from widgets.pictures.palette import DARK, LIGHT, contrast
from widgets.plots.surface import SurfacePlot

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def plot(qtbot):
    made = SurfacePlot()
    qtbot.addWidget(made)
    made.resize(900, 520)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(plot, heard):
    return heard(hovered=plot.hovered, brushed=plot.brushed)


def draw(plot, chart, theme=LIGHT):
    plot.show_chart(chart, theme)
    plot.grab()
    QApplication.processEvents()


def frames(plot):
    return [QRectF(*plane.box) for plane in plot.laid.panes]


def spot(plot, x, y, pane=0):
    plane = plot.laid.panes[pane]
    return QPointF(plane.x_of(x), plane.y_of(y)).toPoint()


def middle(plot, row, column, pane=0):
    return spot(plot, column + 0.5, row + 0.5, pane)


def drag(plot, start, end, button=LEFT, modifiers=PLAIN):
    QTest.mousePress(plot, button, PLAIN, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(plot, start + (end - start) * share)
    QTest.mouseRelease(plot, button, modifiers, end)


def brushes(told):
    return [brush for name, brush in told if name == "brushed"]


def test_the_scale_goes_by_equal_steps_of_lightness_so_that_grey_print_keeps_its_order():
    def lightness(hue):
        parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 116 * float(np.dot(linear, (0.2126, 0.7152, 0.0722))) ** (1 / 3) - 16

    steps = np.diff([lightness(hue) for hue in ANCHORS])
    assert steps == pytest.approx(10.0, abs=0.6)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_greatest_value_stands_out_most_from_the_panel_and_the_least_is_still_seen(theme):
    assert contrast(ramp(theme)[-1], theme.panel) > 9
    assert contrast(ramp(theme)[0], theme.panel) > 1.2


def test_values_beyond_the_scale_have_the_colour_of_its_end_and_none_is_see_through():
    found = pixels(np.array([-1.0, 0.0, 1.0, 9.0, np.nan]), (0.0, 1.0), LIGHT)
    assert (found[0] == found[1]).all()
    assert (found[2] == found[3]).all()
    assert found[4].tolist() == [0, 0, 0, 0]
    assert "#" + bytes(found[0][:3]).hex() == ramp(LIGHT)[0]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_cell_has_the_colour_of_its_value_and_an_empty_one_that_of_the_panel(plot, theme):
    draw(plot, make_surface(masked=False), theme)
    image, values = plot.grab().toImage(), plot.chart.panes[0].values
    for row, column in ((3, 9), (0, 20), (14, 27), (22, 24)):
        # A quarter into the cell: away from cohorts, which run from corner to corner.
        at = spot(plot, column + 0.2, row + 0.75)
        wanted = QColor(*pixels(values, (0.0, 0.1), theme)[row, column].tolist())
        found = image.pixelColor(at)
        away = max(abs(a - b) for a, b in zip(wanted.getRgb(), found.getRgb(), strict=True))
        assert away <= 2, (row, column)
    empty = spot(plot, 3.5, 19.95)
    assert image.pixelColor(empty) == QColor(theme.panel)


def test_masked_cells_are_hatched_and_the_legend_says_what_that_means(plot):
    draw(plot, make_surface())
    assert plot.laid.legend.words(plot.chart)[-1][0] == plot.chart.masked_label
    rect = QRectF(*cell_box(plot.laid.panes[0], 27, 0, 27, 1)).toRect()
    image = plot.grab().toImage()
    hues = {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }
    assert {LIGHT.raised, LIGHT.grey} <= hues
    draw(plot, make_surface(masked=False))
    assert plot.laid.legend.masked is None
    assert plot.laid.legend.swatch is None


def test_the_hand_reads_its_cell_and_tells_the_month_of_stay_when_it_changes(plot, told):
    draw(plot, make_surface())
    for row, column in ((3, 9), (3, 10), (4, 10)):
        QTest.mouseMove(plot, middle(plot, row, column))
    assert told == [("hovered", 3.0), ("hovered", 4.0)]
    value = percent(plot.chart.panes[0].values[4, 10])
    assert plot.reading_text() == f"jan 2023, maand 4 van het verblijf. {value} vertrokken"
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert told[-1] == ("hovered", None)
    assert plot.reading_text() == ""


def test_of_several_panes_the_reading_names_the_one_under_the_hand(plot):
    draw(plot, make_surface(panes=2))
    QTest.mouseMove(plot, middle(plot, 2, 20, pane=1))
    assert plot.reading_text().startswith("Groep 1. nov 2023, maand 2")


@pytest.mark.parametrize("size", [(300, 220), (900, 520)])
@pytest.mark.parametrize("cell", [(0, 0), (0, 27), (26, 27), (8, 14)])
def test_the_reading_stays_inside_and_covers_not_its_cell(plot, size, cell):
    plot.resize(*size)
    draw(plot, make_surface(masked=False))
    QTest.mouseMove(plot, middle(plot, *cell))
    assert plot.rect().contains(plot._reading.geometry())
    assert not plot._reading.geometry().contains(middle(plot, *cell))


def test_marking_a_month_outlines_its_row_and_tells_nobody(plot, told):
    draw(plot, make_surface())
    clear = plot.grab().toImage()
    plot.mark(7.0)
    assert plot.grab().toImage() != clear
    assert plot.reading_text() == ""
    plot.mark(400.0)
    assert plot.grab().toImage() == clear
    assert told == []


@pytest.mark.parametrize(
    ("modifiers", "how"),
    [
        (PLAIN, "replace"),
        (Qt.KeyboardModifier.ControlModifier, "and"),
        (Qt.KeyboardModifier.ShiftModifier, "or"),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "not"),
    ],
)
def test_dragging_chooses_whole_cells_whatever_the_direction(plot, told, modifiers, how):
    draw(plot, make_surface())
    drag(plot, middle(plot, 6, 18), middle(plot, 2, 12), modifiers=modifiers)
    assert brushes(told) == [Brush(kind="cells", x0=12, x1=18, y0=2, y1=6, how=how)]


def test_dragging_with_the_right_button_chooses_the_cohorts_of_the_cells(plot, told):
    draw(plot, make_surface())
    drag(plot, middle(plot, 5, 15), middle(plot, 2, 16), button=RIGHT)
    assert brushes(told) == [Brush(kind="diagonal", x0=10, x1=14)]


def test_dragging_along_the_calendar_axis_chooses_cohorts(plot, told):
    draw(plot, make_surface())
    below = QPoint(0, round(frames(plot)[0].bottom()) + 9)
    start, end = (QPoint(middle(plot, 0, column).x(), below.y()) for column in (4, 9))
    drag(plot, start, end)
    assert brushes(told) == [Brush(kind="diagonal", x0=4, x1=9)]


def test_a_drag_out_of_its_pane_chooses_up_to_the_edge_of_that_pane(plot, told):
    draw(plot, make_surface(panes=2))
    drag(plot, middle(plot, 3, 20), middle(plot, 5, 10, pane=1))
    assert brushes(told) == [Brush(kind="cells", x0=20, x1=27, y0=3, y1=5)]


@pytest.mark.parametrize("row", [0, 7, 16])
def test_a_click_on_the_line_of_a_cohort_chooses_that_cohort(plot, told, row):
    chart = make_surface()
    draw(plot, chart)
    lines = sorted(diagonal.column for diagonal in chart.diagonals)
    ends = [*(-(-line // 1) - 1 for line in lines[1:]), 27]
    for line in lines[:2]:
        place = spot(plot, line + row + 0.5, row + 0.5)
        QTest.mouseMove(plot, place)
        assert plot.cursor().shape() == Qt.CursorShape.PointingHandCursor
        QTest.mouseClick(plot, LEFT, Qt.KeyboardModifier.ShiftModifier, place)
    assert brushes(told) == [
        Brush(kind="diagonal", x0=line // 1, x1=end, how="or")
        for line, end in zip(lines[:2], ends[:2], strict=True)
    ]


def test_a_click_beside_the_lines_chooses_nothing_and_escape_lets_go_of_a_drag(plot, told):
    draw(plot, make_surface())
    QTest.mouseClick(plot, LEFT, PLAIN, middle(plot, 3, 12))
    QTest.mousePress(plot, LEFT, PLAIN, middle(plot, 3, 12))
    QTest.mouseMove(plot, middle(plot, 5, 20))
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    QTest.mouseRelease(plot, LEFT, PLAIN, middle(plot, 5, 20))
    assert brushes(told) == []


def test_the_keyboard_moves_the_cell_and_chooses_a_rectangle(plot, told):
    draw(plot, make_surface())
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(plot, key)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(plot, key)
    QTest.keyClick(plot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert brushes(told) == [Brush(kind="cells", x0=24, x1=25, y0=1, y1=2, how="and")]
    assert [month for name, month in told if name == "hovered"] == [0.0, 1.0, 2.0]
    assert plot.reading_text().startswith("mrt 2024, maand 2")
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert told[-1] == ("hovered", None)


def test_under_the_first_month_of_stay_the_keyboard_chooses_cohorts(plot, told):
    draw(plot, make_surface())
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(plot, key)
    assert plot.reading_text() == "mrt 2022"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(plot, key)
    assert brushes(told) == [Brush(kind="diagonal", x0=0, x1=2)]


def test_over_the_edge_of_a_pane_the_keyboard_goes_to_the_next(plot):
    draw(plot, make_surface(panes=2))
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(plot, key)
    assert plot.reading_text().startswith("Groep 1. mrt 2022, maand 0")


def test_showing_charts_tells_nobody_and_lets_go_of_a_cell_that_is_no_more(plot, told):
    draw(plot, make_surface())
    QTest.mouseMove(plot, middle(plot, 20, 25))
    told.clear()
    draw(plot, make_surface(columns=10, rows=10))
    assert plot.reading_text() == ""
    draw(plot, make_surface(empty="Niemand is geselecteerd."))
    assert plot._empty.sentence == "Niemand is geselecteerd."
    assert plot.laid.panes == ()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(plot, key)
    assert told == []


@pytest.mark.parametrize("size", [(260, 170), (300, 400), (1600, 200)])
@pytest.mark.parametrize("panes", [1, 4])
def test_odd_sizes_keep_the_panes_inside_and_apart(plot, size, panes):
    plot.resize(*size)
    draw(plot, make_surface(panes=panes))
    found = frames(plot)
    assert len(found) == panes
    assert not any(one.intersects(other) for one, other in combinations(found, 2))
    assert all(frame.left() > 0 and frame.right() <= size[0] and frame.bottom() < size[1] for frame in found)


def test_the_picture_is_dimmed_and_comes_back(plot):
    draw(plot, make_surface())
    clear = plot.grab().toImage()
    plot.set_dimmed(True)
    assert plot.grab().toImage() != clear
    plot.set_dimmed(False)
    assert plot.grab().toImage() == clear
