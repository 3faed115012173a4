"""What every headless command asks alike: a dataset, whom, by what, and which rules; and how it answers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from explorer.cli.options import NO_OPTION, NOT_BOTH
from explorer.cli.parsing import Parser, names
from explorer.core.streams import emit, tell
from explorer.core.words import LANGUAGES, N_, Message, Refusal, Words

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from explorer.core.views import ViewDef
    from explorer.pipeline.opening import Dataset
    from models.disclosure.fits import Answer
    from models.register import DatasetInfo
    from models.rules import Rules
    from models.selection import Predicate
    from models.tally.codes import Codes

NOTES: Final = "_notes"
ONE_GROUP: Final = N_(
    "The view “{view}” compares groups, and here there is only one: give a column of several levels to compare by, "
    "for instance --by cohort."
)
ONE_SELECTION: Final = N_("The view “{view}” compares groups within one selection; leave out --versus.")
ONE_LEVEL: Final = N_(
    "Levels of a term are compared, and here there is only one: choose more people or another column."
)
NOT_SAFE: Final = N_("Written without disclosure control: this output is not safe to publish.")


def command(name: str, run_: Callable[[argparse.Namespace, Words], int], help_: str) -> Parser:
    """Return the parser of a command, with the options that all of them have."""
    parser = Parser(prog=f"cohort-explorer {name}", description=f"{help_[:1].upper()}{help_[1:]}.")
    parser.add_argument(
        "--lang", choices=tuple(LANGUAGES), default="en", help="language of messages and figures"
    )
    parser.set_defaults(run=run_)
    return parser


def add_question(parser: argparse.ArgumentParser) -> None:
    """Add what every table and figure asks: of whom, grouped how, under which rules."""
    add_selection(parser)
    parser.add_argument("--by", type=names, default=None, metavar="COLUMNS", help="group by, as cohort,sex")
    parser.add_argument(
        "--versus", default="", metavar="PREDICATE", help="beside those of --where (A), these people (B)"
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add where a table is written."""
    from explorer.export.formats import table_formats

    endings = ", ".join(table_formats())
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"{endings}; default: standard output")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add what every command on people asks: of whom, under which rules."""
    parser.add_argument(
        "dataset", nargs="?", type=Path, metavar="DATASET", help="default: the bundled sample"
    )
    parser.add_argument(
        "--where", default="", metavar="PREDICATE", help="as “sex = female and age between 18 and 34”"
    )
    parser.add_argument(
        "--disclosure", choices=("none", "cbs"), help="default: none for synthetic data, else cbs"
    )


def open_asked(arguments: argparse.Namespace, words: Words) -> Dataset:
    """Open the dataset asked for, the bundled sample when there is none; say what nobody should overlook."""
    from explorer.pipeline.opening import open_dataset, sample_path
    from explorer.registers.engine import Engine

    progress = progress_for(words)
    dataset = open_dataset(arguments.dataset or sample_path(progress), Engine(), progress)
    warn(dataset, arguments, words)
    return dataset


def note(arguments: argparse.Namespace, text: str) -> None:
    """Keep what is to be said on standard error beside an answer; a refusal is said alone."""
    vars(arguments).setdefault(NOTES, []).append(text)


def noted(arguments: argparse.Namespace) -> list[str]:
    """Return what was kept to be said beside the answer."""
    return list(vars(arguments).get(NOTES, ()))


def warn(dataset: Dataset, arguments: argparse.Namespace, words: Words) -> None:
    """Note which tables lost much and which columns say nothing."""
    from explorer.core.formatting import Formats
    from explorer.registers.wording import warnings

    for line in warnings(dataset.quality, words, Formats(words.language).count):
        note(arguments, line)


def rules_asked(dataset: Dataset, arguments: argparse.Namespace, words: Words) -> Rules:
    """Return the disclosure rules asked for; say so when real data goes out without any."""
    from models.rules import NONE, rules_for

    synthetic = dataset.codes.info.synthetic
    rules = rules_for(synthetic=synthetic, name=arguments.disclosure)
    if rules == NONE and not synthetic:
        note(arguments, words(NOT_SAFE))
    return rules


def answered(
    view: ViewDef, options: Any, arguments: argparse.Namespace, words: Words, **source: Any
) -> tuple[Answer, Spec, Codes]:
    """Return what a view answers, with what was asked and of which data; `source` is said of these.

    Raises
    ------
    Refusal
        When there is no fit, or the question cannot be answered.
    """
    from explorer.core.comparing import untold
    from explorer.pipeline.answering import answer

    refuse_by([view], arguments)
    if arguments.out is not None:
        writable(arguments.out)
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    spec = spec_asked(dataset, view.name, arguments, options)
    released = answer(replace(dataset.source, **source), spec, rules)
    _refuse_no_fit(released, words)
    _refuse_nothing(released, view, spec, dataset.codes.info)
    for part in untold(spec, released):
        note(arguments, words.say(part))
    return released, spec, dataset.codes


def _refuse_no_fit(released: Answer, words: Words) -> None:
    """Refuse what has no fit, and say before it which terms are lacking."""
    from explorer.core.formatting import Formats
    from explorer.core.lacks import left_out_message, no_fit_message
    from models.disclosure.fits import ReleasedNoFit

    if isinstance(released, ReleasedNoFit):
        for lack in released.no_fit.lacks:
            tell(words.say(left_out_message(lack, Formats(words.language))))
        message = no_fit_message(released.no_fit)
        raise Refusal(message.text, **message.values)


def _refuse_nothing(released: Answer, view: ViewDef, spec: Spec, info: DatasetInfo) -> None:
    """Refuse what cannot be answered; that nobody is selected or nothing may be shown is an answer."""
    from explorer.pipeline.drawings.frame import REFUSED, reason_message
    from models.results import Nothing, Reason

    if isinstance(released, Nothing) and released.reason is Reason.ONE_GROUP:
        text = ONE_LEVEL if not view.grouped else ONE_SELECTION if spec.versus else ONE_GROUP
        raise Refusal(text, view=view.name)
    if isinstance(released, Nothing) and released.reason in REFUSED:
        why = reason_message(released.reason, info)
        raise Refusal(why.text, **why.values)


def refuse_by(views: Sequence[ViewDef], arguments: argparse.Namespace) -> None:
    """Refuse --by where none of the views can be compared by columns."""
    if getattr(arguments, "by", None) and not any(view.grouped for view in views):
        raise Refusal(NO_OPTION, view=", ".join(view.name for view in views), option="by")


def spec_asked(
    dataset: Dataset, view: str, arguments: argparse.Namespace, options: Any, default: tuple[str, ...] = ()
) -> Spec:
    """Return the question put to a view."""
    from explorer.core.spec import Spec

    codes = dataset.codes
    selection, by = _people(codes, arguments.where), getattr(arguments, "by", None)
    if getattr(arguments, "versus", ""):
        if by:
            raise Refusal(NOT_BOTH, option="by", other="versus")
        beside = (("A", selection), ("B", _people(codes, arguments.versus)))
        return Spec(view=view, options=options, versus=beside)
    if by is None:
        by = tuple(name for name in default if name in codes.groupings)
    return Spec(view=view, selection=selection, by=by, options=options)


def write(
    released: Answer, arguments: argparse.Namespace, words: Words, sheet: str, header: tuple[str, ...] = ()
) -> None:
    """Write the table of what was released to --out, or as CSV on standard output."""
    from explorer.core.formatting import Formats
    from explorer.export.formats import Written
    from explorer.export.formats.csv_text import to_csv
    from explorer.export.tables import write_table

    written = Written(table=released.table(), name=sheet, header=header, formats=Formats(words.language))
    if arguments.out is None:
        emit(to_csv(written))
    else:
        write_table(written, arguments.out)


def _people(codes: Codes, where: str) -> Predicate:
    from explorer.core.where import parse

    levels = {name: grouping.levels for name, grouping in codes.groupings.items()}
    return parse(where, levels, frozenset(codes.numbers))


def view_called(name: str) -> ViewDef:
    """Return the view of a name, or refuse."""
    from explorer.core.views import all_views

    views = all_views()
    if name not in views:
        raise Refusal(
            N_("There is no view “{view}”; there are {known}."), view=name, known=", ".join(sorted(views))
        )
    return views[name]


def progress_for(words: Words) -> Callable[[float, Message], None] | None:
    """Progress on one line of standard error, where a person is looking."""
    if not sys.stderr.isatty():
        return None

    def show(share: float, message: Message) -> None:
        end = "\n" if share >= 1 else ""
        print(f"\r\x1b[K{words.say(message)} {share:4.0%}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return show


def share_for(words: Words, what: str) -> Callable[[float], None] | None:
    """Progress on that line of one thing, a message id."""
    tell = progress_for(words)
    return None if tell is None else lambda share: tell(share, Message(what))


def made(folder: Path) -> Path:
    """Make a folder, or refuse."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            N_("The folder “{folder}” cannot be made: {reason}."),
            folder=str(folder),
            reason=error.strerror or "",
        ) from None
    return folder


def writable(path: Path) -> None:
    """Refuse before any work is done what could not be written after it."""
    from explorer.export.tables import format_of

    format_of(path)
    if not path.parent.is_dir():
        raise Refusal(N_("The folder “{folder}” does not exist."), folder=str(path.parent))
