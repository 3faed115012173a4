"""The headless path: tables, figures, fits, checks and samples without a display and without Qt."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from explorer import __version__
from explorer.cli import asking
from explorer.cli.parsing import Parser, language_of
from explorer.core.streams import emit, tell
from explorer.core.words import N_, Message, Refusal, Words

COMMANDS: Final = ("table", "figures", "fit", "project", "check", "sample", "import")
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
    words = Words(language_of(argv))
    try:
        if argv[0] not in COMMANDS:
            emit(f"cohort-explorer {__version__}\n" if argv[0] == "--version" else f"{_help()}\n")
            return 0
        arguments = _parsers()[argv[0]]().read(argv[1:])
        command: Callable[[argparse.Namespace, Words], int] = arguments.run
        status = command(arguments, Words(arguments.lang))
        for line in asking.noted(arguments):
            tell(line)
        return status
    except Refusal as refusal:
        tell(words.say(_as_written(refusal.message)))
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


def _as_written(message: Message) -> Message:
    """Return a message that calls columns as they are written here, not by the names of figures."""
    from explorer.core.names import ColumnOf

    columns = {name: value.name for name, value in message.values.items() if isinstance(value, ColumnOf)}
    return replace(message, values={**message.values, **columns})


def known(arguments: Sequence[str]) -> None:
    """Refuse arguments of which the first is neither a command nor anything on disk, and another word follows."""
    if len(arguments) > 1 and arguments[0].isidentifier() and not arguments[1].startswith("-"):
        if Path(arguments[0]).exists():
            return
        raise Refusal(
            N_("There is no command “{name}”; there are {known}."),
            name=arguments[0],
            known=", ".join(COMMANDS),
        )


def _parsers() -> dict[str, Callable[[], Parser]]:
    from explorer.cli import figures, fits, importing, projecting, tables

    return {
        "table": tables.table_parser,
        "figures": figures.figures_parser,
        "fit": fits.fit_parser,
        "project": projecting.project_parser,
        "check": tables.check_parser,
        "sample": tables.sample_parser,
        "import": importing.import_parser,
    }


def _help() -> str:
    """Return what can be asked, a line a command."""
    lines = [f"  {name:8} {make().description}" for name, make in _parsers().items()]
    return "\n".join(
        (ABOUT, "", *lines, "", "Each command has a page of its own: cohort-explorer COMMAND --help")
    )
