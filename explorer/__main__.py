"""The way in: a headless command, or the window. It imports nothing heavy; a spawned process imports it again."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from explorer.core import leaving

NO_WINDOW = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    if argv is None:
        # Before anything else is imported: Ctrl-C ends the program from here on without a word.
        leaving.listen()
    import multiprocessing

    from explorer.core import streams
    from explorer.core.words import Words

    multiprocessing.freeze_support()
    if argv is None:
        streams.prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    words = Words("en")
    try:
        return streams.finish(_run(arguments, as_process=argv is None), words)
    except SystemExit as end:
        raise SystemExit(streams.finish(end.code if isinstance(end.code, int) else 0, words)) from None
    except KeyboardInterrupt:
        return leaving.INTERRUPTED
    except BrokenPipeError:
        return streams.finish(0, words)


def _run(arguments: list[str], *, as_process: bool) -> int:
    from explorer import cli

    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] in ("-h", "--help", "--version")):
        return cli.run(arguments)
    return _window(arguments, as_process=as_process)


def _window(arguments: list[str], *, as_process: bool) -> int:
    from pathlib import Path

    from explorer.cli import known
    from explorer.cli.parsing import Parser, language_of
    from explorer.core import streams
    from explorer.core.words import LANGUAGES, Refusal, Words

    parser = Parser(prog="cohort-explorer")
    parser.add_argument("path", nargs="?", type=Path, metavar="DATASET|WORKSPACE")
    parser.add_argument("--lang", choices=tuple(LANGUAGES))
    try:
        known(arguments)
        asked = parser.read(arguments)
    except Refusal as refusal:
        streams.tell(Words(language_of(arguments)).say(refusal.message))
        return NO_WINDOW
    from explorer.core.display import obstacle

    message = obstacle()
    if message is not None:
        streams.tell(Words(asked.lang or "en").say(message))
        return NO_WINDOW
    from explorer.app import run_window

    return run_window(asked.path, asked.lang, as_process=as_process)


if __name__ == "__main__":
    sys.exit(main())
