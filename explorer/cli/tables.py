"""Tables, quality reports and samples on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from explorer.cli.asking import (
    add_out,
    add_question,
    answered,
    command,
    made,
    progress_for,
    share_for,
    view_called,
    warn,
    write,
)
from explorer.cli.options import add_options, asked, options_asked
from explorer.cli.parsing import Parser, whole
from explorer.core.streams import emit
from explorer.core.views import all_views
from explorer.core.words import N_, Refusal, Words

MOST_PERSONS: Final = 20_000_000
MOST_SEED: Final = 2**63 - 1


def table_parser() -> Parser:
    """Return the parser of the command that writes a table."""
    parser = command("table", _table, "write a table as CSV, Excel or Parquet")
    parser.add_argument("view", metavar="VIEW", help="for instance departure, employment, stock")
    add_question(parser)
    add_out(parser)
    add_options(parser, all_views().values())
    return parser


def check_parser() -> Parser:
    """Return the parser of the command that prints the quality report."""
    parser = command("check", _check, "print the quality report; exit status 0 (usable) or 2")
    parser.add_argument("dataset", nargs="?", type=Path, metavar="DATASET")
    return parser


def sample_parser() -> Parser:
    """Return the parser of the command that writes a synthetic dataset."""
    parser = command("sample", _sample, "write a synthetic dataset of any size")
    parser.add_argument("--persons", type=whole(1, MOST_PERSONS), default=None, help="default: 157000")
    parser.add_argument("--seed", type=whole(0, MOST_SEED), default=None)
    parser.add_argument("--format", choices=("parquet", "csv", "sav", "dta"), default="parquet")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--layout", choices=("tidy", "cbs"), default="tidy", help="cbs: component files as CBS delivers them"
    )
    parser.add_argument(
        "--dialect",
        choices=("mixed", "semicolon", "comma"),
        default=None,
        help="of CSV files with --layout cbs",
    )
    return parser


def _table(arguments: argparse.Namespace, words: Words) -> int:
    view = view_called(arguments.view)
    options = options_asked(view, arguments, asked(all_views().values(), arguments))
    released, _, _ = answered(view, options, arguments, words)
    write(released, arguments, words, sheet=view.name)
    return 0


def _check(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.formatting import Formats
    from explorer.pipeline.opening import open_dataset, sample_path
    from explorer.registers.engine import Engine
    from explorer.registers.wording import report_lines

    path = arguments.dataset or sample_path(progress_for(words))
    dataset = open_dataset(path, Engine(), use_cache=False)
    emit("".join(f"{line}\n" for line in report_lines(dataset.quality, words, Formats(arguments.lang).count)))
    warn(dataset, arguments, words)
    return 0


def _sample(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core import placing, remains
    from explorer.registers.info import NAME
    from sample_data import generator, writing

    asked = {
        name: getattr(arguments, name) for name in ("persons", "seed") if getattr(arguments, name) is not None
    }
    folder = made(arguments.out)
    progress = share_for(words, SAMPLE_WORDS)
    try:
        if arguments.layout == "cbs":
            _components(folder, arguments, asked, progress)
            return 0
        if arguments.dialect:
            raise Refusal(N_("--dialect is for --layout cbs; the tidy layout has one."))
        _not_over_others(folder, arguments.format)
        tables = generator.generate(**asked, progress=progress)
        with remains.own_folder(folder) as ready:
            writing.write(tables, ready, arguments.format)
            placing.move_in(ready, folder, last=NAME)
    except OSError as error:
        raise Refusal(
            N_(
                "The sample cannot be written to “{folder}”: {reason}. Choose another folder or free some space."
            ),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from None
    return 0


def _components(
    folder: Path,
    arguments: argparse.Namespace,
    asked: dict[str, Any],
    progress: Callable[[float], None] | None,
) -> None:
    """Write component files and what they stand for: both folders whole, in the place of nothing."""
    from explorer.core import remains
    from sample_data.cbs.writing import COMPONENTS, TIDY, write_cbs

    if arguments.dialect and arguments.format != "csv":
        raise Refusal(N_("--dialect is for --format csv."))
    for name in (COMPONENTS, TIDY):
        if (folder / name).exists():
            raise Refusal(
                N_("“{folder}” already holds {file}; remove it, or choose another folder."),
                folder=str(folder),
                file=name,
            )
    with remains.own_folder(folder) as ready:
        if arguments.dialect:
            asked = {**asked, "dialect": arguments.dialect}
        write_cbs(ready, arguments.format, progress=progress, **asked)
        for name in (TIDY, COMPONENTS):
            (ready / name).rename(folder / name)


def _not_over_others(folder: Path, form: str) -> None:
    """Refuse a folder in which the sample would take the place of real data, or stand beside tables of another kind."""
    from explorer.registers.fingerprint import TABLES, table_files
    from explorer.registers.info import NAME, read_info

    if (folder / NAME).is_file() and not read_info(folder).synthetic:
        raise Refusal(
            N_("“{folder}” holds a dataset that is no sample; choose another folder."), folder=str(folder)
        )
    for table in TABLES:
        for found in table_files(folder, table):
            if found.name != f"{table}.{form}":
                raise Refusal(
                    N_("“{folder}” already holds {file}; remove it, or choose another folder."),
                    folder=str(folder),
                    file=found.name,
                )


SAMPLE_WORDS = N_("Making synthetic people")
