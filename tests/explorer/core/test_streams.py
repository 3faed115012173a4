"""What goes out is UTF-8 in any locale, and an output that takes nothing is told in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sample_data

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="devices and descriptors of POSIX")
PROGRAM = [sys.executable, "-m", "explorer"]
TABLE = ("table", "departure", str(sample_data.small_path()))
DATA, MESSAGE = "één ≥ “x” \udcff", "“ł”"
EMIT = f"""
from explorer.core import streams
streams.prepare()
streams.emit({DATA!a} + chr(10))
streams.tell({MESSAGE!a})
"""


def ended(*arguments, env=None, **streams):
    return subprocess.run(arguments, check=False, timeout=120, env={**os.environ, **(env or {})}, **streams)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "cp1252:strict"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_data_are_utf_8_and_messages_lose_no_letter_in_any_code_page(env):
    done = ended(sys.executable, "-c", EMIT, env=env, capture_output=True)
    assert done.returncode == 0
    assert done.stdout.decode() == "één ≥ “x” \\udcff\n"
    assert done.stderr.strip() in (MESSAGE.encode(), ascii(MESSAGE).strip("'").encode(), b"\x93\\u0142\x94")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("arguments", [TABLE, ("--help",), ("--version",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_output_is_told_once(arguments, unbuffered):
    with Path("/dev/full").open("wb") as full:
        done = ended(
            *PROGRAM,
            *arguments,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Standard output cannot be written: No space left on device. Free some space, or write a file with --out."
    ]


def test_a_closed_output_is_told_once():
    done = ended("sh", "-c", '"$@" >&-', "sh", *PROGRAM, *TABLE, capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        ["Standard output is closed; leave it open, or write a file with --out."],
    )


def test_a_closed_standard_error_is_no_standard_output():
    wrong = (*PROGRAM, "table", "departure", "/nosuch")
    done = ended("sh", "-c", '"$@" 2>&-', "sh", *wrong, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_who_stops_reading_has_what_was_wanted_and_hears_nothing():
    command = '{ "$@"; echo $? >&2; } | head -1'
    done = ended(
        "sh", "-c", command, "sh", *PROGRAM, *TABLE, "--by", "cohort,sex", capture_output=True, text=True
    )
    assert done.stdout.startswith("cohort,sex,month")
    assert done.stderr == "0\n"
