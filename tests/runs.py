"""Another run of the program beside that of the tests."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

CODE = "from explorer.core.runs import this_run; print(this_run(), flush=True); input()"


@contextmanager
def another_run():
    """Give the process of another run, and the name of that run."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", CODE], stdin=pipe, stdout=pipe, text=True) as process:
        yield process, process.stdout.readline().strip()
        process.kill()
