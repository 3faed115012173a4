"""The way in: a headless command, or the window. It imports nothing heavy; a spawned process imports it again."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.core.words import LANGUAGES, N_, Refusal, Words

INTERRUPTED = 130
NO_WINDOW = 2
NO_COMMAND = N_("There is no command “{name}”; there are {known}.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments, as_process=argv is None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more may be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str], *, as_process: bool) -> int:
    from explorer import cli

    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] in ("-h", "--help", "--version")):
        return cli.run(arguments)
    return _window(arguments, as_process=as_process)


def _mistyped(arguments: list[str]) -> bool:
    """Return whether the first of several words is neither a command nor anything on disk."""
    first = arguments[0] if len(arguments) > 1 else ""
    return first.isidentifier() and not arguments[1].startswith("-") and not Path(first).exists()


def _window(arguments: list[str], *, as_process: bool) -> int:
    from explorer.cli import COMMANDS
    from explorer.cli.parsing import Parser, language_of

    parser = Parser(prog="cohort-explorer")
    parser.add_argument("path", nargs="?", type=Path, metavar="DATASET|WORKSPACE")
    parser.add_argument("--lang", choices=tuple(LANGUAGES))
    try:
        if _mistyped(arguments):
            raise Refusal(NO_COMMAND, name=arguments[0], known=", ".join(COMMANDS))
        asked = parser.read(arguments)
    except Refusal as refusal:
        print(Words(language_of(arguments)).say(refusal.message), file=sys.stderr)  # noqa: T201
        return NO_WINDOW
    from explorer.core.display import obstacle

    message = obstacle()
    if message is not None:
        print(Words(asked.lang or "en").say(message), file=sys.stderr)  # noqa: T201
        return NO_WINDOW
    from explorer.app import run_window

    return run_window(asked.path, asked.lang, as_process=as_process)


if __name__ == "__main__":
    sys.exit(main())
