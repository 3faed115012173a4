"""Ctrl-C and SIGTERM end the program at once, without a word, and nothing of it is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

BEGIN = """
import sys, time, threading
from pathlib import Path
from explorer.core import leaving, remains
leaving.listen()
def ready(): print("ready", flush=True)
"""
SLEEPS = "ready(); time.sleep(60)"
COUNTS = "ready()\nwhile True: pass"
CATCHES = """
ready()
while True:
    try: time.sleep(60)
    except BaseException: print("caught", file=sys.stderr)
"""
QUERIES = """
import duckdb
con = duckdb.connect()
ready()
try: con.execute("select sum(a.range * b.range) from range(10000000) a, range(1000000) b").fetchall()
except Exception as error: print(error, file=sys.stderr)
"""
WRITES = """
mine = remains.own_path(Path(sys.argv[1]))
mine.write_text("half")
with remains.own_folder(Path(sys.argv[1])) as folder:
    (folder / "persons.csv").write_text("half")
    ready()
    time.sleep(60)
"""
HAS_CHILD = """
import multiprocessing
child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,), daemon=True)
child.start()
Path(sys.argv[1], "pid").write_text(str(child.pid))
ready()
time.sleep(60)
"""
POLITE_BUT_HANGS = "leaving.politely(lambda number: ready()); ready(); time.sleep(60)"
IN_THE_MIDST = """
with leaving.undivided():
    ready()
    time.sleep(0.3)
    Path(sys.argv[1], "whole").touch()
time.sleep(60)
"""


def begun(code, folder, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)):
    """Start it; tests may themselves be run by nohup, whose children ignore that signal."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN + code, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 - it takes no lock
    )
    assert process.stdout.readline() == "ready\n"
    return process


def ended(process):
    said, complaint = process.communicate(timeout=30)
    return process.returncode, said, complaint


@pytest.mark.parametrize("code", [SLEEPS, COUNTS, CATCHES, QUERIES], ids=["sleep", "count", "catch", "query"])
def test_ctrl_c_ends_it_whatever_it_does_and_nothing_is_said(tmp_path, code):
    process = begun(code, tmp_path)
    process.send_signal(signal.SIGINT)
    assert ended(process) == (130, "", "")


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_what_is_half_written_is_cleared(tmp_path, number, status):
    process = begun(WRITES, tmp_path)
    assert list(tmp_path.iterdir())
    process.send_signal(number)
    assert ended(process) == (status, "", "")
    assert list(tmp_path.iterdir()) == []


def test_it_listens_also_where_a_shell_has_it_ignore_ctrl_c(tmp_path):
    process = begun(SLEEPS, tmp_path, before=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    process.send_signal(signal.SIGINT)
    assert ended(process) == (130, "", "")


def test_what_was_started_to_outlast_its_terminal_does(tmp_path):
    process = begun(SLEEPS, tmp_path, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    assert ended(process) == (143, "", "")


def test_its_children_go_with_it(tmp_path):
    process = begun(HAS_CHILD, tmp_path)
    process.send_signal(signal.SIGTERM)
    # The output is at its end only when the child, which has it too, is gone.
    assert ended(process) == (143, "", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_second_one_ends_it_though_it_is_still_closing(tmp_path):
    process = begun(POLITE_BUT_HANGS, tmp_path)
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    assert ended(process) == (143, "", "")


def test_a_window_that_does_not_close_after_ctrl_c_is_ended(tmp_path):
    process = begun(POLITE_BUT_HANGS, tmp_path)
    process.send_signal(signal.SIGINT)
    assert ended(process)[0] == 130


def test_what_must_be_done_whole_is_done_whole(tmp_path):
    process = begun(IN_THE_MIDST, tmp_path)
    process.send_signal(signal.SIGINT)
    assert ended(process)[0] == 130
    assert (tmp_path / "whole").exists()
