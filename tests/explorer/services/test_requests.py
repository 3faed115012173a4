"""Of each key the newest request wins, in the order of asking, and nothing stale is told; nothing is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from explorer.services.requests import Requests


@dataclass(frozen=True)
class Place:
    number: int


@pytest.fixture
def requests():
    return Requests()


def done(requests):
    """Do everything that waits, in order, and return whose answers are told."""
    told = []
    while requests.ready:
        request = requests.begin()
        requests.end()
        if requests.answered(request):
            told.append((request.key, request.work))
    return told


def test_a_newer_request_takes_the_place_of_one_that_waits_and_goes_behind_the_others(requests):
    for key, work in (("a", 1), ("b", 2), ("a", 3)):
        requests.add(key, work)
    assert done(requests) == [("b", 2), ("a", 3)]


def test_keys_are_compared_as_values(requests):
    requests.add(Place(1), "old")
    requests.add(Place(2), "other")
    requests.add(Place(1), "new")
    assert done(requests) == [(Place(2), "other"), (Place(1), "new")]


def test_one_runs_at_a_time(requests):
    requests.add("a", 1)
    requests.add("b", 2)
    requests.begin()
    assert not requests.ready
    requests.end()
    assert requests.ready


def test_the_answer_of_what_runs_is_stale_once_something_newer_is_asked(requests):
    requests.add("a", 1)
    running = requests.begin()
    assert requests.wanted(running)
    requests.add("a", 2)
    assert not requests.wanted(running)
    requests.end()
    assert not requests.answered(running)
    assert done(requests) == [("a", 2)]


def test_what_is_dropped_is_not_told_and_what_is_asked_after_it_is(requests):
    requests.add("a", 1)
    running = requests.begin()
    requests.add("a", 2)
    assert requests.drop("a")
    assert requests.runs("a")
    requests.add("a", 3)
    requests.end()
    assert not requests.answered(running)
    assert done(requests) == [("a", 3)]


def test_an_answer_that_is_still_to_be_told_can_be_dropped(requests):
    requests.add("a", 1)
    running = requests.begin()
    requests.end()
    assert requests.drop("a")
    assert not requests.drop("a")
    assert not requests.answered(running)


def test_to_drop_what_nobody_asked_drops_nothing(requests):
    requests.add("a", 1)
    assert not requests.drop("b")
    assert done(requests) == [("a", 1)]


def test_an_answer_is_told_once(requests):
    requests.add("a", 1)
    running = requests.begin()
    requests.end()
    assert [requests.answered(running), requests.answered(running)] == [True, False]


def test_busy_is_what_waits_or_runs_also_when_its_answer_is_not_wanted(requests):
    assert not requests.busy()
    requests.add("a", 1)
    assert (requests.busy(), requests.busy("a"), requests.busy("b")) == (True, True, False)
    requests.begin()
    requests.drop("a")
    assert requests.busy("a")
    requests.end()
    assert not requests.busy()


def test_clearing_forgets_what_waits_and_what_runs_and_names_each_key_once(requests):
    requests.add("a", 1)
    running = requests.begin()
    requests.add("a", 2)
    requests.add("b", 3)
    assert set(requests.clear()) == {"a", "b"}
    assert not requests.busy()
    assert not requests.answered(running)


def test_nothing_is_kept_of_what_was_answered_or_dropped(requests):
    for number in range(100):
        requests.add(Place(number), "work")
        requests.add(Place(-1), "work")
    done(requests)
    requests.add("a", "work")
    requests.drop("a")
    assert not requests._wanted
    assert not requests._waiting
