"""The program as a process of its own ends with the status of what it did, and with everything said."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = "import sys; from explorer.__main__ import main; sys.exit(main())"


def ended(*arguments, before=""):
    done = subprocess.run(
        [sys.executable, "-c", before + PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("--version",), 0), (("table", "--nosuch"), 2), (("table", "departure", "/nosuch"), 2)],
)
def test_the_status_is_that_of_the_command(arguments, status):
    found, said, complaint = ended(*arguments)
    assert found == status
    assert said or complaint


def test_what_others_registered_for_the_end_is_done_before_it_ends():
    later = "import explorer.cli as c; run = c.run\n"
    later += "def late(a):\n import atexit; atexit.register(print, 'cleared'); return run(a)\nc.run = late\n"
    status, said, _ = ended("--version", before=later)
    assert (status, said.splitlines()[-1]) == (0, "cleared")


def test_a_fault_of_the_program_is_no_success():
    broken = "import explorer.cli as c\ndef run(a): raise RuntimeError\nc.run = run\n"
    status, _, _ = ended("--version", before=broken)
    assert status == 1
