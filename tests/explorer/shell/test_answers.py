"""While a range is dragged: the figure under the hand comes first, and fits are repainted before the hand lets go."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

import sample_data
from explorer.core.events import FocusPanel, OnlyLevel, PutBeside, TurnTo
from explorer.shell.jobs import PanelFigure, Place

DEPARTURE, WORK, MODEL = 0, 1, 5


@pytest.fixture
def age_held(opened, settled):
    """The share departed stands beside the share working, the keyboard is there, and the age is under the hand."""
    opened.send(TurnTo("departure"))
    opened.send(PutBeside(WORK, True))
    opened.send(FocusPanel(DEPARTURE))
    settled()
    opened.window.facets.range_started.emit("age")
    settled()
    yield
    opened.window.facets.range_finished.emit("age")


def fitted_persons(session) -> int:
    return session.overview.figure(MODEL).released.fit.persons


def test_coefficients_follow_the_hand_before_it_lets_go(qtbot, opened, settled):
    opened.send(TurnTo("model"))
    settled()
    everybody = fitted_persons(opened)
    facets, answers = opened.window.facets, opened.overview.answers
    facets.range_started.emit("age")
    facets.range_changed.emit("age", 30, 60)
    assert opened.state.focused == MODEL
    qtbot.waitUntil(lambda: answers.current(MODEL), timeout=20_000)
    assert answers.column == "age"
    assert fitted_persons(opened) < everybody
    facets.range_finished.emit("age")


def test_a_fit_that_comes_before_the_figure_under_the_hand_is_shown_after_it(opened, settled, monkeypatch):
    opened.send(TurnTo("departure"))
    opened.send(PutBeside(MODEL, True))
    opened.send(FocusPanel(DEPARTURE))
    settled()
    answers, shown = opened.overview.answers, []
    before = fitted_persons(opened)
    facets = opened.window.facets
    facets.range_started.emit("age")
    settled()
    for index, name in ((DEPARTURE, "show_chart"), (DEPARTURE, "paint_now"), (MODEL, "show_chart")):
        plot = opened.window.plots[index]
        does = getattr(plot, name)
        monkeypatch.setattr(
            plot, name, lambda *args, step=(index, name), does=does: (shown.append(step), does(*args))
        )
    early = []
    opened.fitter.done.disconnect(answers._fitted)
    opened.fitter.done.connect(lambda place, answer: early.append((place, answer)))
    facets.range_changed.emit("age", 30, 60)
    while PanelFigure(MODEL) not in dict(early):
        # The counting thread has answered too, but nobody has been told: only the fit is handed on.
        opened.fitter.look()
    opened.fitter.done.connect(answers._fitted)
    for place, answer in early:
        answers._fitted(place, answer)
    assert shown == []
    settled()
    assert shown[:3] == [(DEPARTURE, "show_chart"), (DEPARTURE, "paint_now"), (MODEL, "show_chart")]
    assert fitted_persons(opened) < before
    facets.range_finished.emit("age")


def test_nothing_else_is_asked_before_the_figure_under_the_hand_is_shown(opened, age_held, settled):
    answers, facets = opened.overview.answers, opened.window.facets
    shown = []
    answers.shown.connect(lambda index: shown.append((index, answers.waiting(WORK))))
    facets.range_changed.emit("age", 30, 60)
    assert answers.waiting(DEPARTURE)
    assert not answers.waiting(WORK)
    assert not opened.runner.busy(Place.FACETS)
    settled()
    # The others were asked while the first was shown, and all of it was followed up.
    assert shown[0] == (DEPARTURE, True)
    assert [index for index, _ in shown] == [DEPARTURE, WORK]
    assert opened.overview.settled


def test_what_waits_for_the_figure_under_the_hand_does_not_wait_for_ever(qtbot, opened, age_held, settled):
    answers, facets = opened.overview.answers, opened.window.facets
    go = threading.Event()
    opened.runner.submit("slow", lambda job: go.wait(20))
    facets.range_changed.emit("age", 30, 60)
    qtbot.waitUntil(lambda: answers.waiting(WORK))
    assert answers.waiting(DEPARTURE)
    go.set()
    settled()


def test_what_is_let_go_for_the_hand_is_asked_again_when_the_hand_comes_back(opened, age_held, settled):
    facets = opened.window.facets
    facets.range_changed.emit("age", 30, 60)
    opened.overview.catch_up()
    while opened.runner.busy():
        # Everything is counted, and nobody has been told.
        pass
    facets.range_changed.emit("age", 31, 60)
    facets.range_changed.emit("age", 30, 60)
    settled()
    assert opened.overview.settled
    assert not opened.overview.answers.waiting(WORK)


def test_no_figure_of_the_dataset_before_is_shown_for_the_one_that_is_open(opened, settled):
    opened.send(OnlyLevel("sex", "female"))
    while opened.runner.busy():
        # All figures are counted, and nobody has been told.
        pass
    opened.store.reset(replace(opened.state, page="departure", focused=DEPARTURE))
    opened.context.use(replace(opened.context.dataset, data_hash="other"))
    settled()
    answers = opened.overview.answers
    assert answers.current(DEPARTURE)
    assert answers.stands(WORK) is None
    assert not answers.current(WORK)


def test_a_range_that_was_held_when_another_dataset_came_is_under_the_hand_no_more(opened, age_held, settled):
    assert opened.overview.dragging
    opened.documents.open_dataset(sample_data.small_path())
    settled()
    assert not opened.overview.dragging
