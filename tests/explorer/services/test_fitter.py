"""The process of fits: cancel is immediate, the newest request wins, memory stays flat, nothing holds the exit."""

from __future__ import annotations

import os
import time

import pytest

import sample_data
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.words import Message
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.services.fitter import Fitter
from models.disclosure.fits import ReleasedFit
from models.rules import NONE


def asked(*terms, model="departure"):
    return Spec(view="model_terms", options=ModelOptions(model=model, terms=terms))


SPEC = asked("cohort", "sex", "age_band")
COX = asked("cohort", "sex", "age_band", model="cox")
PATIENCE = 60_000


@pytest.fixture(scope="module")
def codes():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).codes


@pytest.fixture
def fitter(qtbot, tmp_path, codes):
    made = Fitter()
    made.use(tmp_path, "small", codes)
    yield made
    made.close()


@pytest.fixture
def heard(fitter):
    told = []
    fitter.done.connect(lambda kind, answer: told.append(("done", kind, answer)))
    fitter.failed.connect(lambda kind, message: told.append(("failed", kind, message)))
    fitter.cancelled.connect(lambda kind: told.append(("cancelled", kind)))
    return told


def alive(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def memory_mb(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_a_fit_comes_back_released_and_made_in_another_process(qtbot, fitter, heard):
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        fitter.submit("model", SPEC, NONE)
    [(outcome, kind, answer)] = heard
    assert (outcome, kind) == ("done", "model")
    assert isinstance(answer, ReleasedFit)
    assert fitter.pid not in (None, os.getpid())


def test_of_many_requests_the_newest_is_answered_and_at_most_one_other_was_begun(qtbot, fitter, heard):
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        for terms in (("cohort",), ("sex",), ("age_band",), ("cohort", "sex")):
            fitter.submit("model", asked(*terms), NONE)
    [(_, _, answer)] = heard
    assert answer.fit.references == ("cohort[2022 H1]", "sex[female]")


@pytest.mark.alone
def test_cancel_of_a_cox_fit_takes_less_than_a_tenth_of_a_second(qtbot, fitter, heard):
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        fitter.submit("warm")
    heard.clear()
    fitter.submit("model", COX, NONE)
    qtbot.wait(30)
    pid = fitter.pid
    begin = time.perf_counter()
    fitter.cancel()
    taken = time.perf_counter() - begin
    assert heard == [("cancelled", "model")]
    assert not fitter.busy()
    assert not alive(pid)
    assert taken < 0.1


def test_after_a_cancel_the_next_request_is_answered(qtbot, fitter, heard):
    fitter.submit("model", COX, NONE)
    fitter.cancel()
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        fitter.submit("model", SPEC, NONE)
    assert [outcome for outcome, *_ in heard] == ["cancelled", "done"]


def test_a_refusal_and_a_fault_are_told_in_words(qtbot, fitter, heard):
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        fitter.submit("model", asked("none"), NONE)
    [(outcome, _, message)] = heard
    assert outcome == "failed"
    assert isinstance(message, Message)
    assert message.values["column"] == "none"


def test_a_process_that_ends_by_itself_is_told_and_replaced(qtbot, fitter, heard):
    fitter.submit("model", COX, NONE)
    with qtbot.waitSignal(fitter.failed, timeout=PATIENCE):
        os.kill(fitter.pid, 9)
    with qtbot.waitSignal(fitter.idle, timeout=PATIENCE):
        fitter.submit("model", SPEC, NONE)
    assert [outcome for outcome, *_ in heard] == ["failed", "done"]


def test_closing_leaves_no_process(qtbot, tmp_path, codes):
    fitter = Fitter()
    fitter.use(tmp_path, "small", codes)
    fitter.submit("model", COX, NONE)
    pid = fitter.pid
    fitter.close()
    assert not alive(pid)


def test_memory_is_flat_over_200_fits(qtbot, fitter, heard):
    def fit(times):
        for _ in range(times):
            with qtbot.waitSignal(fitter.done, timeout=PATIENCE):
                fitter.submit("model", SPEC, NONE)

    fit(40)
    before = memory_mb(fitter.pid)
    fit(200)
    assert memory_mb(fitter.pid) < 1.05 * before
