"""The counting thread: the newest request wins, nothing stale is told, nothing holds the exit."""

from __future__ import annotations

import threading
import time

import pytest

from explorer.core.words import Message, Refusal
from explorer.services.runner import Runner


@pytest.fixture
def runner(qtbot):
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def heard(runner):
    told = []
    runner.done.connect(lambda kind, answer: told.append(("done", kind, answer)))
    runner.failed.connect(lambda kind, message: told.append(("failed", kind, message)))
    runner.cancelled.connect(lambda kind: told.append(("cancelled", kind)))
    return told


def test_an_answer_comes_back_on_the_thread_that_asked(qtbot, runner):
    threads = []
    runner.done.connect(lambda kind, answer: threads.append((answer, threading.get_ident())))
    with qtbot.waitSignal(runner.idle):
        runner.submit("a", lambda job: threading.get_ident())
    [(worked_on, told_on)] = threads
    assert told_on == threading.get_ident() != worked_on


def test_of_many_requests_of_a_kind_only_the_newest_is_answered(qtbot, runner, heard):
    gate = threading.Event()
    with qtbot.waitSignal(runner.idle):
        runner.submit("a", lambda job: gate.wait(5) and "stale")
        for number in range(20):
            runner.submit("a", lambda job, number=number: number)
        gate.set()
    assert heard == [("done", "a", 19)]


def test_kinds_do_not_replace_each_other(qtbot, runner, heard):
    with qtbot.waitSignal(runner.idle):
        runner.submit("a", lambda job: 1)
        runner.submit("b", lambda job: 2)
    assert sorted(heard) == [("done", "a", 1), ("done", "b", 2)]


def test_all_jobs_run_on_one_thread(qtbot, runner):
    seen = []
    with qtbot.waitSignal(runner.idle):
        for kind in "abc":
            runner.submit(kind, lambda job: seen.append(threading.get_ident()))
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_a_refusal_is_told_as_its_message(qtbot, runner, heard):
    def refuse(job):
        raise Refusal("File {file} has no rows.", file="x.csv")

    with qtbot.waitSignal(runner.idle):
        runner.submit("a", refuse)
    assert heard == [("failed", "a", Message("File {file} has no rows.", {"file": "x.csv"}))]


def test_a_fault_is_told_in_words_without_what_was_in_it(qtbot, runner, heard):
    def fail(job):
        raise ValueError("person 000123")

    with qtbot.waitSignal(runner.idle):
        runner.submit("a", fail)
    [(outcome, _, message)] = heard
    assert outcome == "failed"
    assert message.values == {"kind": "ValueError"}


def test_idle_is_told_after_the_last_answer_and_not_between_two_that_came_together(qtbot, runner, heard):
    told, counted = [], threading.Event()
    runner.idle.connect(lambda: told.append(len(heard)))
    runner.submit("a", lambda job: 1)
    runner.submit("b", lambda job: counted.set())
    # Both answers wait among the events before one is received.
    assert counted.wait(5)
    while runner.busy():
        pass
    qtbot.waitUntil(lambda: bool(told))
    assert told == [2]


def answer_among_the_events(runner):
    """Let a job end whose answer waits to be received."""
    runner.submit("a", lambda job: 1)
    while runner.busy():
        pass


def test_an_answer_that_is_cancelled_before_it_is_received_is_told_as_cancelled(qtbot, runner, heard):
    answer_among_the_events(runner)
    with qtbot.waitSignal(runner.idle):
        runner.cancel("a")
    assert heard == [("cancelled", "a")]


def test_what_was_done_before_it_was_stopped_is_told_as_done(qtbot, runner, heard):
    answer_among_the_events(runner)
    with qtbot.waitSignal(runner.idle):
        runner.stop("a")
    assert heard == [("done", "a", 1)]


def test_what_runs_tells_itself_whether_it_was_done_before_it_was_stopped(qtbot, runner, heard):
    started, gate = threading.Event(), threading.Event()

    def work(job, *, looks):
        started.set()
        gate.wait(5)
        if looks:
            job.check()
        return "done all the same"

    for looks, told in ((True, ("cancelled", "a")), (False, ("done", "a", "done all the same"))):
        for event in (started, gate):
            event.clear()
        runner.submit("a", lambda job, looks=looks: work(job, looks=looks))
        assert started.wait(5)
        with qtbot.waitSignal(runner.idle):
            runner.stop("a")
            assert not heard
            gate.set()
        assert heard == [told]
        heard.clear()


def test_what_waits_is_told_as_cancelled_when_it_is_stopped(qtbot, runner, heard):
    gate = threading.Event()
    with qtbot.waitSignal(runner.idle):
        runner.submit("gate", lambda job: gate.wait(5))
        runner.submit("a", lambda job: 1)
        runner.stop("a")
        gate.set()
    assert heard == [("cancelled", "a"), ("done", "gate", True)]


@pytest.mark.alone
def test_a_cancelled_query_stops_within_a_fifth_of_a_second(qtbot, runner, heard):
    started = threading.Event()

    def slow(job):
        connection = job.engine.connect().con
        started.set()
        return connection.execute("select count(*) from range(4000000) a, range(4000000) b").fetchall()

    runner.submit("open", slow)
    assert started.wait(20)
    begun = time.monotonic()
    with qtbot.waitSignal(runner.idle, timeout=5_000):
        # The query may not have begun when the first interrupt arrives: a person, too, can press twice.
        while runner.busy("open"):
            runner.cancel("open")
            runner.engine.interrupt()
            qtbot.wait(1)
    assert time.monotonic() - begun < 1
    assert all(outcome == "cancelled" for outcome, *_ in heard)


@pytest.mark.alone
def test_closing_does_not_wait_for_a_long_job(qtbot):
    runner = Runner()
    started = threading.Event()

    def slow(job):
        started.set()
        while True:
            job.progress(0.5, Message("working"))

    runner.submit("a", slow)
    assert started.wait(5)
    begun = time.monotonic()
    runner.close()
    assert time.monotonic() - begun < 1
    assert not runner._thread.is_alive()
