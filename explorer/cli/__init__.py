"""The headless path: tables, figures, fits, checks and samples without a display and without Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from explorer import __version__
from explorer.cli.parsing import Parser, language_of
from explorer.core.words import N_, Refusal, Words

COMMANDS: Final = ("table", "figures", "fit", "project", "check", "sample")
NOT_USABLE: Final = 2
BROKEN: Final = 1

ABOUT: Final = (
    "What happens to people after they settle: departure, work and wages by arrival cohort. "
    "Without a command the window opens: cohort-explorer [DATASET | WORKSPACE.cohort.json] [--lang en|nl]."
)

UNEXPECTED = N_(
    "Something went wrong that should not ({kind}); please report it, with the command and without any data."
)


def run(argv: Sequence[str]) -> int:
    """Run a headless command and return its exit status: 0, or 2 with one sentence on standard error."""
    if argv[0] not in COMMANDS:
        print(f"cohort-explorer {__version__}" if argv[0] == "--version" else _help())  # noqa: T201
        return 0
    words = Words(language_of(argv))
    try:
        arguments = _parsers()[argv[0]]().read(argv[1:])
        command: Callable[[argparse.Namespace, Words], int] = arguments.run
        return command(arguments, Words(arguments.lang))
    except Refusal as refusal:
        print(words.say(refusal.message), file=sys.stderr)  # noqa: T201
        return NOT_USABLE
    except MemoryError:
        print(words(N_("There is not enough memory for this dataset.")), file=sys.stderr)  # noqa: T201
        return NOT_USABLE
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("COHORT_EXPLORER_DEBUG"):
            raise
        print(words(UNEXPECTED, kind=type(error).__name__), file=sys.stderr)  # noqa: T201
        return BROKEN


def _parsers() -> dict[str, Callable[[], Parser]]:
    from explorer.cli import figures, fits, projecting, tables

    return {
        "table": tables.table_parser,
        "figures": figures.figures_parser,
        "fit": fits.fit_parser,
        "project": projecting.project_parser,
        "check": tables.check_parser,
        "sample": tables.sample_parser,
    }


def _help() -> str:
    """Return what can be asked, a line a command."""
    lines = [f"  {name:8} {make().description}" for name, make in _parsers().items()]
    return "\n".join(
        (ABOUT, "", *lines, "", "Each command has a page of its own: cohort-explorer COMMAND --help")
    )
