"""The way in: a headless command, or the window. It imports nothing heavy; a spawned process imports it again."""

from __future__ import annotations

import argparse
import atexit
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.core.words import LANGUAGES, Words

INTERRUPTED = 130
NO_WINDOW = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        return _as_process(arguments)
    return _guarded(arguments)


def _as_process(arguments: list[str]) -> int:
    """Run as a process of its own, which ends as soon as everything registered for its end is done.

    Freeing modules one by one takes the interpreter up to half a second; the system does it at once.
    """
    status = 1

    def end() -> None:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)

    # Registered before all others, it is called after them.
    atexit.register(end)
    try:
        status = _guarded(arguments)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
        raise
    return status


def _guarded(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more may be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str]) -> int:
    from explorer import cli

    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] in ("-h", "--help", "--version")):
        return cli.run(arguments)
    return _window(arguments)


def _window(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="cohort-explorer")
    parser.add_argument("path", nargs="?", type=Path, metavar="DATASET|WORKSPACE")
    parser.add_argument("--lang", choices=tuple(LANGUAGES))
    asked = parser.parse_args(arguments)
    from explorer.core.display import obstacle

    message = obstacle()
    if message is not None:
        print(Words(asked.lang or "en").say(message), file=sys.stderr)  # noqa: T201
        return NO_WINDOW
    from explorer.app import run_window

    return run_window(asked.path, asked.lang)


if __name__ == "__main__":
    sys.exit(main())
