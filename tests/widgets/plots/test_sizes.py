"""What a picture looks like follows from the picture and its size, not from what was there before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from tests.charts import make_chart
from tests.pictures_of_rates import make_forest, make_surface
from tests.pictures_of_states import make_flow, make_stack
from tests.widgets.plots.test_table import CHART as TABLE
from widgets.controls.style import set_font
from widgets.pictures.chart import Band, Rule
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots.stage import Stage

FIRST, SMALL, LATER = (820, 300), (430, 240), (560, 470)
"""Sizes of the stage: as it was made, in between, and as it is in the end."""


def rule(key, axis, value, *, moves=True):
    return Rule(key=key, axis=axis, value=value, label=f"Grens {key}", text=lambda v: f"{v:.2f}", moves=moves)


def fan():
    """Curves with named bands, one line, and rules across both axes."""
    chart = make_chart(lines=1)
    line = chart.lines[0]
    bands = tuple(
        Band(low=line.y * part, high=line.y * (2 - part), label=f"{part:.0%}") for part in (0.7, 0.9)
    )
    rules = (rule("loon", "y", 0.35), rule("einde", "x", 20.0, moves=False))
    return replace(chart, lines=(replace(line, bands=bands),), rules=rules, brush="y at x")


PICTURES = {
    "curves": replace(make_chart(), rules=(rule("deel", "y", 0.21), rule("maand", "x", 9.0)), brush="x"),
    "many curves": make_chart(lines=14, kind="grey"),
    "fan": fan(),
    "stack": make_stack(panes=2),
    "alluvial": make_flow(panes=2),
    "surface": make_surface(panes=2),
    "forest": make_forest(terms=9),
    "table": TABLE,
}


def settle():
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


class Page(QWidget):
    """Holds a stage the way a page of the window does: what holds it is hidden, not the stage itself."""

    def __init__(self, picture, size):
        super().__init__()
        self.inner = QWidget(self)
        self.stage = Stage(self.inner)
        self.resize(900, 600)
        self.size_to(size)
        if picture is not None:
            self.stage.show_chart(picture, LIGHT)

    def size_to(self, size):
        self.inner.setGeometry(0, 0, *size)
        self.stage.setGeometry(0, 0, *size)


@pytest.fixture
def page(on_screen):
    return lambda picture, size=FIRST: on_screen(Page(picture, size), 900, 600)


@pytest.fixture
def plain_font(qapp):
    """Return a function that makes all text so many points larger; afterwards it is as it was."""
    before = QFont(qapp.font())

    def grow(points):
        font = QFont(before)
        font.setPointSizeF(before.pointSizeF() + points)
        set_font(qapp, font)

    yield grow
    qapp.setFont(before)


def looks(page):
    """Return the picture as it is seen without the keyboard in it."""
    settle()
    # A picture that has the keyboard says what a click does; which of two windows has it is the system's choice.
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    view = getattr(page.stage.painter, "view", None)
    if isinstance(view, QTableView):
        view.setCurrentIndex(QModelIndex())
    settle()
    return page.stage.grab().toImage()


def fresh(page, picture):
    return looks(page(picture, LATER))


def resized_while_shown(page, picture):
    page.size_to(SMALL)
    settle()
    page.size_to(LATER)


def resized_while_hidden(page, picture):
    page.inner.hide()
    page.size_to(SMALL)
    settle()
    page.size_to(LATER)
    page.inner.show()


def hidden_itself(page, picture):
    page.stage.hide()
    page.size_to(LATER)
    settle()
    page.stage.show()


def resized_and_drawn_while_hidden(page, picture):
    page.inner.hide()
    page.size_to(SMALL)
    page.stage.show_chart(picture, DARK)
    page.size_to(LATER)
    page.stage.show_chart(picture, LIGHT)
    page.inner.show()


def never_shown_until_now(page, picture):
    page.inner.hide()
    page.stage.setParent(None)
    page.stage = Stage(page.inner)
    page.size_to(SMALL)
    page.stage.show_chart(picture, LIGHT)
    page.size_to(LATER)
    page.inner.show()
    page.stage.show()


def behind_another_kind(page, picture):
    other = PICTURES["stack" if picture is not PICTURES["stack"] else "curves"]
    page.stage.show_chart(other, LIGHT)
    page.size_to(SMALL)
    settle()
    page.size_to(LATER)
    page.stage.show_chart(picture, LIGHT)


def empty_meanwhile(page, picture):
    page.stage.show_chart(replace(picture, empty="Hier is niets te zien."), LIGHT)
    page.size_to(LATER)
    settle()
    page.stage.show_chart(picture, LIGHT)


def looked_at_while_hidden(page, picture):
    page.inner.hide()
    page.size_to(SMALL)
    page.stage.grab()
    page.size_to(LATER)
    page.stage.grab()
    page.inner.show()


def in_a_window_of_its_own(page, picture):
    page.stage.setParent(None)
    page.stage.resize(*SMALL)
    page.stage.show()
    settle()
    page.stage.setParent(page.inner)
    page.size_to(LATER)
    page.stage.show()


WAYS = (
    resized_while_shown,
    resized_while_hidden,
    hidden_itself,
    resized_and_drawn_while_hidden,
    never_shown_until_now,
    behind_another_kind,
    empty_meanwhile,
    looked_at_while_hidden,
    in_a_window_of_its_own,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_looks_as_a_new_one_of_its_size_whatever_was_there_before(page, kind, way):
    picture = PICTURES[kind]
    before = page(picture)
    settle()
    way(before, picture)
    seen, wanted = looks(before), fresh(page, picture)
    assert seen.size() == wanted.size()
    assert seen == wanted


@pytest.mark.parametrize(
    "way", [resized_while_hidden, hidden_itself, resized_while_shown], ids=lambda way: way.__name__
)
@pytest.mark.parametrize("kind", ["curves", "many curves", "fan", "stack", "surface"])
def test_the_month_that_is_read_stays_beside_its_month(page, kind, way):
    picture = PICTURES[kind]
    before, after = page(picture), page(picture, LATER)
    before.stage.mark(7.0)
    settle()
    way(before, picture)
    after.stage.mark(7.0)
    assert looks(before) == looks(after)


@pytest.mark.parametrize("kind", PICTURES)
def test_text_that_grew_while_hidden_looks_as_if_it_had_always_been_so(page, kind, plain_font):
    picture = PICTURES[kind]
    before = page(picture)
    settle()
    before.inner.hide()
    plain_font(3.0)
    before.size_to(LATER)
    before.inner.show()
    assert looks(before) == looks(page(picture, LATER))


def test_the_frame_of_the_keyboard_is_as_large_as_the_figure(page):
    before = page(PICTURES["fan"])
    figure = before.stage.painter
    figure.clearFocus()
    figure.setFocus(Qt.FocusReason.TabFocusReason)
    resized_while_shown(before, PICTURES["fan"])
    settle()
    assert figure._canvas.has_ring
    assert figure._canvas._ring.rect() == figure.view.rect()


def test_a_threshold_that_is_dragged_after_its_figure_was_hidden_follows_the_hand(page):
    before = page(PICTURES["fan"])
    resized_while_hidden(before, PICTURES["fan"])
    settle()
    figure = before.stage.painter
    canvas = figure._canvas
    viewport = canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=canvas.place_of(12.0, 0.35).toPoint())
    QTest.mouseMove(viewport, canvas.place_of(12.0, 0.2).toPoint())
    assert figure._rules.values_now["loon"] == pytest.approx(0.2, abs=0.005)
    assert figure._rules._at(figure.chart.rules[0]) == pytest.approx(
        canvas.inside(canvas.place_of(12.0, 0.2)).y(), abs=1.5
    )
