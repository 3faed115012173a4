"""The command that makes a dataset of delivered files."""

from __future__ import annotations

import argparse
from pathlib import Path

from explorer.cli.asking import command, progress_for
from explorer.cli.parsing import Parser, day, names, whole
from explorer.core.streams import emit
from explorer.core.words import Words

MOST_DAYS = 36_525


def import_parser() -> Parser:
    """Return the parser of the command that makes a dataset of delivered files."""
    parser = command("import", _import, "make a dataset of files as they are delivered, for instance by CBS")
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="the delivered files, also in folders below it"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DATASET", help="a new folder")
    parser.add_argument(
        "--layout",
        type=Path,
        metavar="FILE",
        help="what files and columns are; default: recognised by their names",
    )
    parser.add_argument("--arrivals-from", type=day, metavar="DATE", help="first day that counts as arrival")
    parser.add_argument(
        "--observed-until", type=day, metavar="DATE", help="day on which presence is last known"
    )
    parser.add_argument(
        "--reference-nationality", default="", metavar="CODE", help="as UA, to compare with others"
    )
    parser.add_argument("--nationality", type=names, default=(), metavar="CODES", help="only these, as UA,MD")
    parser.add_argument(
        "--days", type=whole(0, MOST_DAYS), default=0, help="only who is resident for so many days"
    )
    parser.add_argument(
        "--bridge",
        type=whole(0, MOST_DAYS),
        default=0,
        metavar="DAYS",
        help="stays at most so many days apart are one, after an administrative removal",
    )
    parser.add_argument("--no-births", action="store_true", help="leave out children who were born here")
    parser.add_argument("--title", default="", help="what the dataset is called")
    parser.add_argument("--synthetic", action="store_true", help="the files are made up: free to publish")
    return parser


def _import(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.formatting import Formats
    from explorer.registers.importing import find, import_files, report_lines
    from explorer.registers.population import Wishes

    wishes = Wishes(
        arrivals_from=arguments.arrivals_from,
        observed_until=arguments.observed_until,
        reference_nationality=arguments.reference_nationality,
        nationalities=arguments.nationality,
        days=arguments.days,
        bridge=arguments.bridge,
        born_here=not arguments.no_births,
        title=arguments.title,
        synthetic=arguments.synthetic,
    )
    tell = progress_for(words) or (lambda share, message: None)
    imported = import_files(find(arguments.folder, arguments.layout), arguments.out, wishes, tell=tell)
    emit("".join(f"{line}\n" for line in report_lines(imported, words, Formats(words.language).count)))
    return 0
