"""The open window ends at Ctrl-C and SIGTERM, with its process of fits, without a word."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sample_data

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

WINDOW = """
import sys
import explorer.app as app
real = app.run_window
def shown(session):
    def warm(*_):
        print("shown", session.fitter.pid or 0, flush=True)
    session.fitter.idle.connect(warm)
def run(path, language, *, as_process):
    return real(path, language, shown, as_process=as_process)
app.run_window = run
from explorer.__main__ import main
if __name__ == "__main__":
    sys.argv = ["cohort-explorer", sys.argv[1]]
    sys.exit(main())
"""


def running_in(group):
    """Return the processes of a group that still run; what has ended waits for whoever reaps orphans."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, own = path.read_text().rpartition(")")[2].split()[:3]
            if int(own) == group and state != "Z":
                found.append(path)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_window_and_the_process_of_fits_end_without_a_word(tmp_path, number, status):
    script = tmp_path / "window.py"
    script.write_text(WINDOW, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(sample_data.small_path())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    word, child = process.stdout.readline().split()
    assert word == "shown"
    assert int(child)
    # As a terminal does: to all processes of the group at once.
    os.killpg(process.pid, number)
    begun = time.monotonic()
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == status
    # Qt's own plugin without a screen says this of every window.
    assert {line for line in complaint.splitlines() if "propagateSizeHints" not in line} == set()
    while group := running_in(process.pid):
        assert time.monotonic() - begun < 30, group
    assert not list((tmp_path / "cache").rglob("*.part"))
    assert not list((tmp_path / "cache").rglob("spill/*"))
