"""The forest on screen: rows that never overlap, words that are whole or offered whole, a keyboard that scrolls."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.pictures_of_rates import make_forest, ratio
from widgets.pictures.chart import Axis
from widgets.pictures.kinds import Estimate, ForestChart, ForestRow
from widgets.pictures.layout.forest import ARROW
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots.forest import ForestPlot

LONG = "Uitzendbureaus en arbeidsbemiddeling {}"
OUT = "Niet opgenomen: in dit niveau vertrok niemand, zodat er geen verhouding te schatten is; voeg niveaus samen."


@pytest.fixture
def plot(qtbot):
    made = ForestPlot()
    qtbot.addWidget(made)
    made.resize(700, 420)
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


def row_rect(plot, place):
    """Return where a row lies now."""
    return QRectF(*plot.laid.row_box(place, plot._bar.value()))


def one_row(value, low, high, reading="1,00 (0,90–1,10)"):
    estimate = Estimate(series=0, value=value, low=low, high=high, reading=reading)
    return ForestChart(
        title="",
        x=Axis(label="verhouding", low=-1.0, high=1.0, text=ratio),
        rows=(ForestRow(key="a", label="Vrouwen", kind="term", estimates=(estimate,)),),
    )


@pytest.mark.parametrize("size", [(300, 220), (700, 420), (1100, 700), (1600, 200)])
@pytest.mark.parametrize("series", [1, 2])
@pytest.mark.parametrize("label", ["Niveau {}", LONG])
def test_rows_never_overlap_and_each_is_as_high_as_its_words(plot, size, series, label):
    plot.resize(*size)
    draw(plot, make_forest(series=series, label=label, left_out=OUT))
    line, laid = plot.page.line, plot.laid
    for above, below in pairwise(laid.places):
        assert above.top + above.height <= below.top + 1e-6
    for place in laid.places:
        lines = 2 if laid.columns.broken else 1
        needed = max(len(place.label), len(place.text), len(place.row.estimates) * lines)
        assert place.height >= needed * line


@pytest.mark.parametrize("size", [(300, 220), (700, 420), (1100, 700)])
def test_words_on_one_selection_stand_under_the_estimate_of_the_other(plot, size):
    chart = make_forest(series=2)
    both = next(row for row in chart.rows if row.kind == "term")
    mixed = replace(both, estimates=both.estimates[1:], text=OUT)
    plot.resize(*size)
    draw(plot, replace(chart, rows=tuple(mixed if row is both else row for row in chart.rows)))
    line = plot.page.line
    place = next(place for place in plot.laid.places if place.row is mixed)
    ((estimate, parts),) = place.readings
    high = len(place.text) * line
    assert place.text_under - high / 2 >= estimate + len(parts) * line / 2 - 1e-6
    assert place.height / 2 >= place.text_under + high / 2 - 1e-6
    assert -place.height / 2 <= estimate - len(parts) * line / 2 + 1e-6


@pytest.mark.parametrize("size", [(260, 170), (300, 220), (700, 420), (1100, 700)])
@pytest.mark.parametrize("label", ["Niveau {}", LONG])
def test_columns_stand_beside_one_another_and_words_fit_their_column(plot, size, label):
    plot.resize(*size)
    draw(plot, make_forest(label=label, left_out=OUT))
    room, page = plot.laid, plot.page
    columns, width = room.columns, room.rows.width
    assert columns.label + columns.plot + columns.reading + 2 * columns.gap == pytest.approx(width)
    assert columns.plot >= width * 0.25
    for place in room.places:
        most = width if place.row.kind == "heading" else columns.label
        assert all(page.measure(part, bold=place.row.kind == "heading") <= most for part in place.label)
        for part in place.text:
            assert page.measure(part) <= width - columns.plot_left


def test_words_that_are_cut_end_in_an_ellipsis_and_are_offered_whole(plot):
    plot.resize(300, 220)
    long = "Arbeidsongeschiktheidsverzekeringsmaatschappijen {}"
    draw(plot, make_forest(label=long))
    place = next(place for place in plot.laid.places if place.row.kind == "term")
    assert place.cut
    assert any(part.endswith("…") for part in place.label)
    assert long.format(0) in plot.whole_text(row_rect(plot, place).center())
    plot.resize(1100, 420)
    draw(plot, make_forest(label=long))
    place = next(place for place in plot.laid.places if place.row.kind == "term")
    assert place.label == (long.format(0),)
    assert plot.whole_text(row_rect(plot, place).center()) == ""


def test_series_stand_apart_around_the_middle_of_their_row(plot):
    draw(plot, make_forest(series=2))
    line = plot.page.line
    place = next(place for place in plot.laid.places if place.row.kind == "term")
    assert [under for under, _ in place.readings] == [-line / 2, line / 2]
    plot.resize(300, 420)
    draw(plot, make_forest(series=2))
    place = next(place for place in plot.laid.places if place.row.kind == "term")
    assert [under for under, _ in place.readings] == [-line, line]


def marked(plot, x, y, reach=3):
    """Return whether the hue of the estimates is near a place of the picture."""
    image, hue = plot.grab().toImage(), QColor(LIGHT.accent)
    near = (
        image.pixelColor(x + dx, y + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)
    )
    return any(max(abs(a - b) for a, b in zip(hue.getRgb(), one.getRgb(), strict=True)) < 12 for one in near)


def test_a_point_and_its_interval_are_drawn_at_their_values(plot):
    draw(plot, one_row(0.2, -0.4, 0.6))
    room = plot.laid
    y = round(row_rect(plot, room.places[0]).center().y())
    left, width = room.columns.plot_left, room.columns.plot
    for value, seen in ((-0.5, False), (-0.38, True), (0.2, True), (0.58, True), (0.7, False)):
        assert marked(plot, round(left + (value + 1) / 2 * width), y) == seen, value


@pytest.mark.parametrize(
    ("low", "high", "left", "right"), [(-3.0, 0.2, True, False), (0.0, 3.0, False, True)]
)
def test_an_interval_that_runs_past_the_frame_has_an_arrow_head_there(plot, low, high, left, right):
    draw(plot, one_row(0.1, low, high))
    room = plot.laid
    y = int(row_rect(plot, room.places[0]).center().y())
    # Beside the line, near its end: only the head of an arrow is so broad.
    back = round(ARROW * plot.page.line) - 2
    ends = (round(room.plane.box.left) + back, round(room.plane.box.right) - 1 - back)
    assert [marked(plot, x, y + 2, reach=0) for x in ends] == [left, right]


def test_without_limits_there_is_a_point_and_no_interval(plot):
    draw(plot, one_row(0.2, np.nan, np.nan))
    room = plot.laid
    y = round(row_rect(plot, room.places[0]).center().y())
    left, width = room.columns.plot_left, room.columns.plot
    assert marked(plot, round(left + 0.6 * width), y)
    assert not marked(plot, round(left + 0.7 * width), y)


def test_up_and_down_go_from_row_to_row_past_headings_and_say_what_is_read(plot, told):
    draw(plot, make_forest(series=2))
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot.reading_text() == "Kenmerk 0, Niveau nul: referentie"
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot.reading_text().startswith("Kenmerk 0, Niveau 0: Selectie A: 1,00 (0,89–1,13); Selectie B: ")
    for _ in range(4):
        QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot.reading_text() == "Kenmerk 1, Niveau nul: referentie"
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.reading_text() == ""
    assert told == []


def test_the_row_in_hand_is_scrolled_into_view_whole(plot):
    plot.resize(500, 240)
    draw(plot, make_forest(columns=5, terms=6))
    assert plot._bar.isVisible()
    room = plot.laid
    for key, count in ((Qt.Key.Key_Down, 36), (Qt.Key.Key_Up, 36), (Qt.Key.Key_End, 1), (Qt.Key.Key_Home, 1)):
        for _ in range(count):
            QTest.keyClick(plot, key)
            rect = row_rect(plot, room.places[plot._current])
            assert rect.top() >= room.rows.top - 1
            assert rect.bottom() <= room.rows.bottom + 1
    assert plot._bar.value() == 0


def wheel(plot, down):
    at = QPointF(plot.rect().center())
    event = QWheelEvent(
        at,
        QPointF(plot.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120 * down),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot, event)
    return event.isAccepted()


def test_the_wheel_scrolls_what_does_not_fit_and_is_left_to_others_when_all_fits(plot):
    plot.resize(500, 240)
    draw(plot, make_forest(columns=5))
    assert wheel(plot, 1)
    assert plot._bar.value() > 0
    plot.resize(500, 900)
    draw(plot, make_forest(columns=1))
    assert not plot._bar.isVisible()
    assert not wheel(plot, 1)


def test_the_hovered_row_is_emphasised_and_a_heading_is_not(plot):
    draw(plot, make_forest())
    clear = plot.grab().toImage()
    places = plot.laid.places
    QTest.mouseMove(plot, row_rect(plot, places[2]).center().toPoint())
    assert plot.reading_text().startswith("Kenmerk 0, Niveau 0")
    assert plot.grab().toImage() != clear
    QTest.mouseMove(plot, row_rect(plot, places[0]).center().toPoint())
    assert plot.reading_text() == ""
    assert plot.grab().toImage() == clear


def test_a_new_chart_keeps_the_row_in_hand_by_its_key_and_tells_nobody(plot, told):
    draw(plot, make_forest())
    QTest.keyClick(plot, Qt.Key.Key_End)
    assert plot.reading_text().startswith("Kenmerk 2, Niveau 3")
    draw(plot, make_forest(half=0.3), DARK)
    assert plot.reading_text().startswith("Kenmerk 2, Niveau 3")
    draw(plot, make_forest(columns=1))
    assert plot.reading_text() == ""
    plot.mark(3.0)
    assert told == []


def test_the_legend_names_two_series_and_one_needs_none(plot):
    draw(plot, make_forest(series=2))
    assert [entry.text for entry in plot.laid.legend] == ["Selectie A", "Selectie B"]
    draw(plot, make_forest())
    assert plot.laid.legend == ()


def test_an_empty_forest_shows_its_sentence(plot):
    draw(plot, make_forest())
    draw(plot, make_forest(empty="Niemand is geselecteerd."))
    assert plot._empty.isVisible()
    assert plot._empty.sentence == "Niemand is geselecteerd."
    assert plot.laid.places == ()
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot.reading_text() == ""


def test_the_picture_is_dimmed_and_comes_back(plot):
    draw(plot, make_forest())
    clear = plot.grab().toImage()
    plot.set_dimmed(True)
    assert plot.grab().toImage() != clear
    plot.set_dimmed(False)
    assert plot.grab().toImage() == clear
