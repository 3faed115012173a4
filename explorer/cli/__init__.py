"""The headless path: tables, figures, fits, checks and samples without a display and without Qt."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Final

from explorer import __version__
from explorer.core.streams import tell
from explorer.core.words import N_, Refusal, Words

COMMANDS: Final = ("table", "figures", "fit", "project", "check", "sample")
NOT_USABLE: Final = 2
BROKEN: Final = 1

UNEXPECTED = N_(
    "Something went wrong that should not ({kind}); please report it, with the command and without any data."
)


def run(argv: Sequence[str]) -> int:
    """Run a headless command and return its exit status: 0, or 2 with one sentence on standard error."""
    arguments = _parser().parse_args(argv)
    words = Words(arguments.lang)
    command: Callable[[argparse.Namespace, Words], int] = arguments.run
    try:
        return command(arguments, words)
    except Refusal as refusal:
        tell(words.say(refusal.message))
        return NOT_USABLE
    except MemoryError:
        tell(words(N_("There is not enough memory for this dataset.")))
        return NOT_USABLE
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("COHORT_EXPLORER_DEBUG"):
            raise
        tell(words(UNEXPECTED, kind=type(error).__name__))
        return BROKEN


def _parser() -> argparse.ArgumentParser:
    from explorer.cli import figures, fits, projecting, tables

    parser = argparse.ArgumentParser(
        prog="cohort-explorer",
        description="What happens to people after they settle: departure, work and wages by arrival cohort. "
        "Without a command the window opens: cohort-explorer [DATASET | WORKSPACE.cohort.json] [--lang en|nl].",
    )
    parser.add_argument("--version", action="version", version=f"cohort-explorer {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tables.add_table(commands)
    figures.add_figures(commands)
    fits.add_fit(commands)
    projecting.add_project(commands)
    tables.add_check(commands)
    tables.add_sample(commands)
    return parser
