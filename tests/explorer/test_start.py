"""The way to the first window imports nothing heavy, and the program ends as it should."""

from __future__ import annotations

import os
import subprocess
import sys

import sample_data
from explorer.core.state import AppState
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.workspace.document import Workspace, reference
from explorer.workspace.writing import write
from models.selection import IsIn

HEAVY = ("pandas", "ibis", "duckdb", "scipy", "statsmodels", "matplotlib", "pyarrow", "cattrs", "filelock")

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from explorer import app
from explorer.__main__ import main

{watch}

opened = app.run_window
app.run_window = lambda path, language, **how: opened(path, language, watch, **how)
sys.argv[1:] = [{path!r}, "--lang", {language!r}]
sys.exit(main())
"""
"""The program as a person starts it, its process and its end too; `watch` is given the session."""

START = """
heavy = {heavy!r}

def look(session):
    print([name for name in heavy if name in sys.modules])
    session.window.close()

def watch(session):
    # The first event after the window is shown: nothing has been asked of the counting thread yet.
    session.documents.open_path = lambda path: look(session)
"""

FIGURE = "place == PanelFigure(1)"

CLOSE = """
from explorer.shell.jobs import PanelFigure, Place

def watch(session):
    session.runner.done.connect(lambda place, answer: {when} and QTimer.singleShot(0, session.window.close))
    if {at_once}:
        QTimer.singleShot(30, session.window.close)
"""

NAMED = """
def watch(session):
    def look():
        print(session.documents.workspace.path, session.state.selection)
        session.window.close()
    session.context.dataset_changed.connect(
        lambda: session.context.dataset is not None and QTimer.singleShot(0, look)
    )
"""


def run(watch, path, tmp_path, language="en"):
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(watch=watch, path=str(path), language=language)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )


def test_nothing_heavy_is_imported_when_the_window_shows(tmp_path):
    done = run(START.format(heavy=HEAVY), sample_data.small_path(), tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_closing_ends_with_status_0_and_without_a_word(tmp_path):
    for when in (FIGURE, "place is Place.DATASET", "False"):
        done = run(CLOSE.format(when=when, at_once=when == "False"), sample_data.small_path(), tmp_path, "nl")
        said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
        assert (done.returncode, said) == (0, []), when


def test_the_end_remembers_the_window_and_leaves_no_files_of_its_own(tmp_path):
    done = run(CLOSE.format(when=FIGURE, at_once=False), sample_data.small_path(), tmp_path)
    assert done.returncode == 0, done.stderr
    [settings] = tmp_path.rglob("cohort-flow-explorer.conf")
    assert "geometry=" in settings.read_text(encoding="utf-8")
    assert list(tmp_path.glob("cohort-explorer-*")) == []
    assert list((tmp_path / "cohort-flow-explorer").glob("spill/*")) == []
    assert list((tmp_path / "cohort-flow-explorer").glob("recovery/*")) == []


def test_a_workspace_named_on_the_command_line_opens_with_its_dataset(tmp_path):
    dataset = open_dataset(sample_data.small_path(), Engine())
    women, path = IsIn("sex", ("female",)), tmp_path / "women.cohort.json"
    about = reference(dataset.path, dataset.data_hash, dataset.codes.info, tuple(dataset.codes.groupings))
    write(Workspace(state=AppState(selection=women), dataset=about), path)
    done = run(NAMED, path, tmp_path, "nl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{path} {women}"
