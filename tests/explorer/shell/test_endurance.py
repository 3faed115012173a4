"""A long day at the window: views and datasets come and go, nothing stays behind, and closing is always quick."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

import sample_data
from explorer.core.events import ChooseMeasure, TurnTo
from explorer.core.views import views_of

pytestmark = pytest.mark.slow

GROWTH = 1.05
"""No more than this times what there was."""
SECONDS = 1.0
"""From the wish to close to the end of the process."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the program holds."""

    widgets: int
    threads: int
    processes: int
    timers: int
    memory: int


def load(session) -> Load:
    """Count what is held once everything that can go has gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    owners = (session, session.window, session.runner, session.fitter)
    return Load(
        widgets=len(QApplication.allWidgets()),
        threads=len(threading.enumerate()),
        processes=len(multiprocessing.active_children()),
        timers=len({id(timer) for owner in owners for timer in owner.findChildren(QTimer)}),
        memory=resident(),
    )


def resident() -> int:
    """Bytes of this process in memory, without what the allocator keeps for later; 0 where nobody tells."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return 0
    ctypes.CDLL(None).malloc_trim(0)
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def assert_no_growth(before: Load, after: Load) -> None:
    names = Load.__slots__
    grown = {
        name: (old, new)
        for name, old, new in zip(names, astuple(before), astuple(after), strict=True)
        if new > old * GROWTH
    }
    assert not grown, grown


def often(few: int, many: int):
    """The number asked for is a matter of minutes; fewer show a leak of one a round as well."""
    return pytest.mark.parametrize("rounds", [few, pytest.param(many, marks=pytest.mark.slow)])


@often(5, 50)
def test_opening_every_view_again_and_again_leaves_nothing_behind(opened, settled, rounds):
    loads = []
    for _ in range(rounds):
        for index, panel in enumerate(opened.state.panels):
            opened.send(TurnTo(panel.topic))
            for view in views_of(panel.topic):
                opened.send(ChooseMeasure(index, view.name))
                settled()
        loads.append(load(opened))
    assert_no_growth(loads[2 * rounds // 5 - 1], loads[-1])


@often(5, 20)
def test_swapping_datasets_leaves_nothing_behind(opened, settled, tmp_path, rounds):
    other = tmp_path / "other"
    shutil.copytree(sample_data.small_path(), other)
    described = other / "dataset.toml"
    described.write_text(described.read_text(encoding="utf-8").replace("small", "other"), encoding="utf-8")
    loads = []
    for turn in range(rounds):
        opened.documents.open_dataset(other if turn % 2 == 0 else sample_data.small_path())
        settled()
        loads.append(load(opened))
    assert ("other" in opened.window.windowTitle()) == (rounds % 2 == 1)
    assert_no_growth(loads[2 * rounds // 5 - 1], loads[-1])


PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
import explorer.__main__
import explorer.app

def close(session):
    print(time.monotonic(), session.runner.busy() or session.fitter.busy(), flush=True)
    session.window.close()

def watch(session):
    timer = QTimer(session)
    if {after}:
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: close(session))
        timer.start({after})
        return
    def look():
        if session.fitter.busy():
            timer.stop()
            QTimer.singleShot({late}, lambda: close(session))
    timer.timeout.connect(look)
    timer.start(5)

run = explorer.app.run_window
explorer.app.run_window = lambda path, language, **how: run(path, language, watch, **how)
sys.argv[1:] = [{path!r}, "--lang", "en"]
sys.exit(explorer.__main__.main())
"""


def closed(folder: Path, after: int, late: int = 0) -> tuple[int, float, str]:
    """Start the program, close it after so many milliseconds, or 0: `late` after a fit began; how did it end?"""
    code = PROGRAM.format(after=after, late=late, path=str(sample_data.small_path()))
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    status = child.wait(60)
    ended = time.monotonic()
    said, complaint = child.communicate()
    begun = float(said.split()[0]) if said else 0.0
    lines = [line for line in complaint.splitlines() if "propagateSizeHints" not in line]
    return status, ended - begun, "\n".join(lines)


@often(3, 20)
def test_closing_during_work_ends_well_within_a_second(tmp_path, rounds):
    chance = random.Random(4)
    ends = []
    for turn in range(rounds):
        # A new folder now and then: the counts are then made, not read.
        after = chance.randint(50, 1500)
        ends.append((after, *closed(tmp_path / str(turn // 2), after)))
    assert [end for end in ends if end[1] != 0 or end[2] > SECONDS or end[3]] == []


@often(2, 20)
def test_closing_while_a_fit_runs_ends_well_within_a_second(tmp_path, rounds):
    chance = random.Random(5)
    ends = []
    for _ in range(rounds):
        late = chance.randint(0, 900)
        ends.append((late, *closed(tmp_path, 0, late)))
    assert [end for end in ends if end[1] != 0 or end[2] > SECONDS or end[3]] == []
