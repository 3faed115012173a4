"""The headless path: tables, figures, checks and samples without a display and without Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from explorer import __version__
from explorer.core.words import LANGUAGES, N_, Message, Refusal, Words

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from explorer.pipeline.opening import Dataset
    from models.disclosure import Rules

COMMANDS: Final = ("table", "figures", "check", "sample")
NOT_USABLE: Final = 2
BROKEN: Final = 1

UNEXPECTED = N_(
    "Something went wrong that should not ({kind}); please report it, with the command and without any data."
)

NOT_SAFE = N_("Written without disclosure control: this output is not safe to publish.")


def run(argv: Sequence[str]) -> int:
    """Run a headless command and return its exit status: 0, or 2 with one sentence on standard error."""
    arguments = _parser().parse_args(argv)
    words = Words(arguments.lang)
    command: Callable[[argparse.Namespace, Words], int] = arguments.run
    try:
        return command(arguments, words)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cohort-explorer",
        description="What happens to people after they settle: departure, work and wages by arrival cohort. "
        "Without a command the window opens: cohort-explorer [DATASET] [--lang en|nl].",
    )
    parser.add_argument("--version", action="version", version=f"cohort-explorer {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_table(commands)
    _add_figures(commands)
    check = _command(commands, "check", _check, "print the quality report; exit status 0 (usable) or 2")
    check.add_argument("dataset", nargs="?", type=Path, metavar="DATASET")
    sample = _command(commands, "sample", _sample, "write a synthetic dataset of any size")
    sample.add_argument("--persons", type=_positive, default=None, help="default: 157000")
    sample.add_argument("--seed", type=int, default=None)
    sample.add_argument("--format", choices=("parquet", "csv", "sav", "dta"), default="parquet")
    sample.add_argument("--out", type=Path, required=True, metavar="DIR")
    return parser


def _command(
    commands: Any, name: str, run_: Callable[[argparse.Namespace, Words], int], help_: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help_, description=help_.capitalize() + "."
    )
    parser.add_argument(
        "--lang", choices=tuple(LANGUAGES), default="en", help="language of messages and figures"
    )
    parser.set_defaults(run=run_)
    return parser


def _add_table(commands: Any) -> None:
    parser = _command(commands, "table", _table, "write a table as CSV, Excel or Parquet")
    parser.add_argument("view", metavar="VIEW", help="for instance departure, employment, stock")
    _add_question(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=".csv, .xlsx or .parquet; default: standard output"
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="date of stock tables, as 2023-01-01")
    parser.add_argument("--ages", type=_ages, metavar="LOW-HIGH", help="ages counted by stock, as 15-64")
    parser.add_argument("--threshold", type=float, help="EUR per hour, for wages")
    parser.add_argument("--count", choices=("cumulative", "concurrent"), help="how employers are counted")


def _add_figures(commands: Any) -> None:
    parser = _command(commands, "figures", _figures, "print figures 8 and 9 as SVG, PDF and PNG")
    _add_question(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--view", action="append", metavar="VIEW", help="default: departure and employment")
    parser.add_argument("--formats", type=_names, default=("svg", "pdf", "png"), metavar="svg,pdf,png")
    parser.add_argument("--width", type=float, default=160.0, metavar="MM")
    parser.add_argument("--height", type=float, default=110.0, metavar="MM")
    parser.add_argument("--dpi", type=int, default=300)


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "dataset", nargs="?", type=Path, metavar="DATASET", help="default: the bundled sample"
    )
    parser.add_argument("--by", type=_names, default=None, metavar="COLUMNS", help="group by, as cohort,sex")
    parser.add_argument(
        "--where", default="", metavar="PREDICATE", help="as “sex = female and age between 18 and 34”"
    )
    parser.add_argument(
        "--disclosure", choices=("none", "cbs"), help="default: none for synthetic data, else cbs"
    )


def _table(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.tables import tabulate
    from explorer.export.tables import to_csv, write_table
    from explorer.pipeline.answering import answer

    view = _view(arguments.view)
    options = _options(view.options(), arguments)
    if arguments.out is not None:
        _writable(arguments.out)
    dataset = _open(arguments, words)
    rules = _rules(dataset, arguments, words)
    table = tabulate(answer(dataset.source, _spec(dataset, view.name, arguments, options), rules))
    if arguments.out is None:
        sys.stdout.write(to_csv(table))
    else:
        write_table(table, arguments.out, sheet=view.name)
    return 0


def _figures(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.export.printing import print_chart
    from explorer.pipeline.drawing import Look
    from explorer.pipeline.figure import make_figure

    folder = _made(arguments.out)
    views = [_view(name) for name in arguments.view or ("departure", "employment")]
    for view in views:
        if not view.figure:
            raise Refusal(N_("“{view}” is a table without a figure; use the table command."), view=view.name)
    dataset = _open(arguments, words)
    rules = _rules(dataset, arguments, words)
    for view in views:
        spec = _spec(dataset, view.name, arguments, view.options(), view.by)
        figure = make_figure(dataset, spec, rules, Look(), words)
        for suffix in arguments.formats:
            print_chart(
                figure.chart,
                folder / f"{view.name}.{suffix}",
                width_mm=arguments.width,
                height_mm=arguments.height,
                dpi=arguments.dpi,
            )
    return 0


def _check(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.formatting import Formats
    from explorer.pipeline.opening import open_dataset, sample_path
    from explorer.registers.engine import Engine
    from explorer.registers.wording import report_lines

    path = arguments.dataset or sample_path(_progress(words))
    dataset = open_dataset(path, Engine(), use_cache=False)
    for line in report_lines(dataset.quality, words, Formats(arguments.lang).count):
        print(line)  # noqa: T201
    return 0


def _sample(arguments: argparse.Namespace, words: Words) -> int:
    from sample_data import generator, writing

    asked = {
        name: getattr(arguments, name) for name in ("persons", "seed") if getattr(arguments, name) is not None
    }
    folder = _made(arguments.out)
    progress = _progress(words)
    tables = generator.generate(
        **asked, progress=None if progress is None else lambda share: progress(share, Message(SAMPLE_WORDS))
    )
    try:
        writing.write(tables, folder, arguments.format)
    except OSError as error:
        raise Refusal(
            N_(
                "The sample cannot be written to “{folder}”: {reason}. Choose another folder or free some space."
            ),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from None
    return 0


SAMPLE_WORDS = N_("Making synthetic people")


def _open(arguments: argparse.Namespace, words: Words) -> Dataset:
    from explorer.pipeline.opening import open_dataset, sample_path
    from explorer.registers.engine import Engine

    progress = _progress(words)
    return open_dataset(arguments.dataset or sample_path(progress), Engine(), progress)


def _rules(dataset: Dataset, arguments: argparse.Namespace, words: Words) -> Rules:
    from models.disclosure import NONE, rules_for

    synthetic = dataset.codes.info.synthetic
    rules = rules_for(synthetic=synthetic, name=arguments.disclosure)
    if rules == NONE and not synthetic:
        print(words(NOT_SAFE), file=sys.stderr)  # noqa: T201
    return rules


def _spec(
    dataset: Dataset, view: str, arguments: argparse.Namespace, options: Any, default: tuple[str, ...] = ()
) -> Spec:
    from explorer.core.spec import Spec
    from explorer.core.where import parse

    codes = dataset.codes
    levels = {name: grouping.levels for name, grouping in codes.groupings.items()}
    compared = tuple(name for name in default if name in levels)
    return Spec(
        view=view,
        selection=parse(arguments.where, levels, frozenset(codes.numbers)),
        by=compared if arguments.by is None else arguments.by,
        options=options,
    )


def _view(name: str) -> Any:
    from explorer.core.views import all_views

    views = all_views()
    if name not in views:
        raise Refusal(
            N_("There is no view “{view}”; there are {known}."), view=name, known=", ".join(sorted(views))
        )
    return views[name]


def _options(options: Any, arguments: argparse.Namespace) -> Any:
    """Fill a view's options from the command line; an option that the view does not know is refused."""
    from dataclasses import fields, replace

    known = {field.name for field in fields(options)}
    asked = {
        name: getattr(arguments, name)
        for name in ("on", "ages", "threshold", "count")
        if getattr(arguments, name) is not None
    }
    for name in asked:
        if name not in known:
            raise Refusal(N_("The view “{view}” has no option --{option}."), view=arguments.view, option=name)
    return replace(options, **asked)


def _progress(words: Words) -> Callable[[float, Message], None] | None:
    """Progress on one line of standard error, where a person is looking."""
    if not sys.stderr.isatty():
        return None

    def tell(share: float, message: Message) -> None:
        end = "\n" if share >= 1 else ""
        print(f"\r\x1b[K{words.say(message)} {share:4.0%}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return tell


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            N_("The folder “{folder}” cannot be made: {reason}."),
            folder=str(folder),
            reason=error.strerror or "",
        ) from None
    return folder


def _writable(path: Path) -> None:
    """Refuse before any work is done what could not be written after it."""
    from explorer.export.tables import SUFFIXES

    if path.suffix.lower() not in SUFFIXES:
        raise Refusal(
            N_("“{file}” has no known ending; choose one of {known}."),
            file=path.name,
            known=", ".join(SUFFIXES),
        )
    if not path.parent.is_dir():
        raise Refusal(N_("The folder “{folder}” does not exist."), folder=str(path.parent))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it as 2023-01-01") from None


def _ages(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    if not (low.isdigit() and high.isdigit() and int(low) <= int(high)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a range of ages; write it as 15-64")
    return int(low), int(high)
