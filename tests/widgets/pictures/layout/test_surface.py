"""Surfaces laid out: ticks at the firsts of years, cohorts named where they leave, what is cut offered whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtGui import QFont

from tests.pictures_of_rates import calendar, make_surface
from tests.widgets.pictures.layout.recording import Recording
from widgets.pictures.chart import Axis
from widgets.pictures.kinds import Diagonal
from widgets.pictures.layout.cells import cohort_at, cohort_names, diagonal_ends
from widgets.pictures.layout.surface import draw_surface, lay_surface, middles
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT
from widgets.plots.painted_page import PaintedPage


@pytest.fixture
def page(qapp):
    return lambda width, height: PaintedPage(LIGHT, Box(0, 0, width, height))


def test_ticks_of_years_stand_at_the_first_month_of_the_year(page):
    chart = make_surface(60, 20)
    axis = Axis(label="", low=0, high=60, text=calendar, step=1, steps=(1, 3, 6, 12))
    laid = lay_surface(replace(chart, x=axis), page(300, 200))
    assert [(tick.value, tick.text) for tick in laid.months if tick.text][:4] == [
        (10, "2023"),
        (22, "2024"),
        (34, "2025"),
        (46, "2026"),
    ]


@pytest.mark.parametrize("size", [(300, 220), (520, 300), (900, 520), (1400, 700)])
@pytest.mark.parametrize("panes", [1, 3])
def test_names_of_months_never_touch_nor_leave_the_picture(page, size, panes):
    measured = page(*size)
    laid, spans = lay_surface(make_surface(panes=panes), measured), []
    for plane in map(middles, laid.panes):
        for tick in laid.months:
            x, half = plane.x_of(tick.value), measured.measure(tick.text) / 2
            if tick.text:
                spans.append((x - half, x + half))
    assert spans
    assert all(one[1] + 3 < other[0] for one, other in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= size[0]


def test_cohorts_leave_at_the_right_or_at_the_top_where_their_line_meets_it():
    ends = diagonal_ends(make_surface(columns=20, rows=10))
    assert [(end.x, end.y, end.side) for end in ends] == [
        (14.0, 10.0, "top"),
        (20.0, 10.0, "right"),
        (20.0, 4.0, "right"),
    ]


def test_a_cohort_that_begins_before_the_first_column_is_met_and_named_by_its_own_month():
    chart = make_surface(columns=20, rows=30)
    chart = replace(chart, diagonals=(Diagonal(label="first", column=-0.2), *chart.diagonals))
    assert next((end.x, end.y) for end in diagonal_ends(chart)) == (20.0, 20.2)
    assert cohort_at(chart, 9.8, 10.0, 0.3) == (-1, 3)


def test_names_of_cohorts_are_whole_or_not_there(page):
    chart, measured = make_surface(label="Vestigingsperiode {} met een lange naam"), page(900, 520)
    whole = measured.measure(chart.diagonals[0].label)
    assert cohort_names(chart, measured, whole + 1, 300)[0] == (chart.diagonals[0].label,)
    folded = cohort_names(chart, measured, whole * 0.6, 300)
    assert " ".join(folded[0]) == chart.diagonals[0].label
    assert len(folded[0]) > 1
    assert cohort_names(chart, measured, whole * 0.15, 300) == ()


@pytest.mark.parametrize("size", [(260, 170), (420, 300)])
@pytest.mark.parametrize("panes", [1, 2])
def test_nothing_lies_on_another_where_there_is_hardly_room_for_the_text(page, qapp, size, panes):
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(before.pointSizeF() * size[0] / 210)
    qapp.setFont(font)
    recording = Recording(page(*size))
    draw_surface(
        replace(make_surface(panes=panes), scale_text=lambda value: f"{value:.1%} per maand"), recording
    )
    qapp.setFont(before)
    assert len(recording.written) > 3
    assert recording.meeting() == []


def test_words_of_the_legend_that_are_cut_are_offered_whole(page):
    long = replace(make_surface(), masked_label="minder dan 10 personen of 30 persoonsmaanden, of verborgen")
    for width, cut in ((260, True), (900, False)):
        measured = page(width, 300)
        laid = lay_surface(long, measured)
        box = laid.legend.masked
        assert laid.whole_text(measured, box.left + 1, box.middle) == (long.masked_label if cut else "")
