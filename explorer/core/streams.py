"""What goes out on standard output and standard error: data as UTF-8 whatever the locale, a full disk in a sentence."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal, Words

NO_OUTPUT: Final = N_(
    "Standard output cannot be written: {reason}. Free some space, or write a file with --out."
)
CLOSED: Final = N_("Standard output is closed; leave it open, or write a file with --out.")
NOT_WRITTEN: Final = 2


def prepare() -> None:
    """Make the streams of this process ready, before anything is written or opened.

    What is no screen gets UTF-8, with the ends of lines of a file. A letter
    that a screen lacks is written as an escape.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # Else the next file that is opened would get this number, and messages of libraries with it.
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        # Python would print what is meant for it on standard output.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it lasts as long as the process
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="backslashreplace")
        else:
            # Buffered: argparse, which writes the help, would keep a failure to itself.
            out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n", write_through=False)


def emit(text: str) -> None:
    """Write data on standard output, all of it.

    Raises
    ------
    Refusal
        When it is closed or full.
    BrokenPipeError
        When whoever read it has gone.
    """
    if sys.stdout is None:
        raise Refusal(CLOSED)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _silence(sys.stdout)
        raise Refusal(NO_OUTPUT, reason=error.strerror or str(error)) from None


def tell(text: str) -> None:
    """Write one line on standard error; where that cannot be, nobody can be told."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        _silence(sys.stderr)


def finish(status: int, words: Words) -> int:
    """Let go of standard output and return the exit status: that it could not be written is told, and no success."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has gone, and has what it wanted.
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        tell(words(NO_OUTPUT, reason=error.strerror or str(error)))
        return NOT_WRITTEN
    return status


def _silence(stream: Any) -> None:
    """Nothing more may be written, at exit neither: Python would complain there once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
