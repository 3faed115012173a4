"""Figures on the command line: of one question, or every panel of a workspace as it is on screen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from explorer.cli.asking import (
    add_question,
    command,
    made,
    open_asked,
    refuse_by,
    rules_asked,
    spec_asked,
    view_called,
)
from explorer.cli.options import NO_OPTION, add_options, asked, options_asked
from explorer.cli.parsing import Parser, names, number, whole
from explorer.core.streams import tell
from explorer.core.views import ViewDef, all_views
from explorer.core.words import N_, Message, Refusal, Words

if TYPE_CHECKING:
    from explorer.pipeline.figure import Figure
    from explorer.pipeline.opening import Dataset
    from explorer.workspace.reading import Opened

DATASET = "dataset.toml"
SIZES_MM: Final = (10.0, 5000.0)
MM_AN_INCH: Final = 25.4
MOST_DOTS: Final = 400e6
NOT_ALL = 2
"""Exit status when a panel could not be printed."""


def figures_parser() -> Parser:
    """Return the parser of the command that prints figures."""
    parser = command(
        "figures",
        _figures,
        "print figures 8 and 9, or, with the file of a workspace for DATASET, all that it shows",
    )
    add_question(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--view", action="append", metavar="VIEW", help="default: departure and employment")
    parser.add_argument("--formats", type=names, default=("svg", "pdf", "png"), metavar="svg,pdf,png")
    parser.add_argument(
        "--numbers", action="store_true", help="write the numbers of each figure beside it, as CSV"
    )
    parser.add_argument("--width", type=number(*SIZES_MM), default=160.0, metavar="MM")
    parser.add_argument(
        "--height", type=number(*SIZES_MM), metavar="MM", help="default: 110, or more where a figure needs it"
    )
    parser.add_argument("--dpi", type=whole(30, 2400), default=300)
    add_options(parser, all_views().values())
    # Not asked, the language of a workspace is its own; elsewhere it is English.
    parser.set_defaults(lang="")
    return parser


def _figures(arguments: argparse.Namespace, words: Words) -> int:
    for suffix in arguments.formats:
        _known_ending(suffix)
    _small_enough(arguments)
    if _is_workspace(arguments.dataset):
        return _of_workspace(arguments)
    return _of_dataset(arguments, Words(arguments.lang or "en"))


def _is_workspace(path: Path | None) -> bool:
    """Whether a path names the file of a workspace, not a dataset."""
    from explorer.workspace.document import SUFFIX

    return path is not None and (
        (path.name.endswith(SUFFIX) and not path.is_dir()) or (path.is_file() and path.name != DATASET)
    )


def _known_ending(suffix: str) -> None:
    from explorer.export.printing import SUFFIXES

    if f".{suffix.lower()}" not in SUFFIXES:
        raise Refusal(
            N_("“{file}” has no known ending; choose one of {known}."), file=suffix, known=", ".join(SUFFIXES)
        )


def _small_enough(arguments: argparse.Namespace) -> None:
    """Refuse a picture of more dots than a program that opens it could hold; the lines of SVG and PDF have no dots."""
    high = arguments.height or arguments.width
    dots = arguments.width * high * (arguments.dpi / MM_AN_INCH) ** 2
    if dots > MOST_DOTS and "png" in {suffix.lower() for suffix in arguments.formats}:
        raise Refusal(
            N_(
                "A PNG of {width} by {height} mm at {dpi} dots an inch is too large to open; "
                "ask for less of one of them."
            ),
            width=arguments.width,
            height=high,
            dpi=arguments.dpi,
        )


def _of_dataset(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.pipeline.drawings.frame import Look
    from explorer.pipeline.figure import make_figure

    folder = made(arguments.out)
    views = [view_called(name) for name in dict.fromkeys(arguments.view or ("departure", "employment"))]
    options = _options(views, arguments)
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    for view in views:
        spec = spec_asked(dataset, view.name, arguments, options[view.name], view.by)
        _print(make_figure(dataset, spec, rules, Look(), words), folder, view.name, arguments, words)
    return 0


def _options(views: list[ViewDef], arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what is asked of each view: an option is of all that have it, and of one at least."""
    refuse_by(views, arguments)
    own = asked(views, arguments)
    for name in asked(all_views().values(), arguments):
        if name not in own:
            raise Refusal(NO_OPTION, view=", ".join(view.name for view in views), option=name)
    return {view.name: options_asked(view, arguments, asked([view], arguments)) for view in views}


def _of_workspace(arguments: argparse.Namespace) -> int:
    from explorer.pipeline.drawings.frame import Look
    from explorer.pipeline.figure import make_figure
    from explorer.workspace.reading import read

    for option, given in (
        ("where", arguments.where),
        ("by", arguments.by is not None),
        ("view", arguments.view),
        ("versus", arguments.versus),
        *((name, True) for name in asked(all_views().values(), arguments)),
    ):
        if given:
            raise Refusal(
                N_("A workspace says itself what it shows; leave out --{option}, or give a dataset instead."),
                option=option,
            )
    stored = read(arguments.dataset)
    words = Words(arguments.lang or stored.workspace.language)
    folder = made(arguments.out)
    arguments.dataset = stored.folder()
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    opened = _resolved(stored, dataset)
    if opened.lost:
        raise Refusal(
            N_(
                "“{file}” chooses people by “{condition}”, which these data do not have; print it of the data it was "
                "made of, or save it without that."
            ),
            file=str(stored.file),
            condition=opened.lost[0],
        )
    for note in opened.notes:
        _tell(words, note)
    state, known = opened.workspace.state, frozenset(dataset.codes.groupings)
    status = 0
    for place, index in enumerate(state.visible, start=1):
        panel = state.panel(index)
        look = Look(interval=panel.interval, published=panel.published)
        try:
            figure = make_figure(dataset, state.spec(index, known), rules, look, words)
            _print(figure, folder, f"{place:02d}-{panel.view}", arguments, words)
        except Refusal as refusal:
            # On screen its panel says so and the others stand; so it is here.
            _tell(words, Message(NOT_PRINTED, {"view": panel.view, "reason": refusal.message}))
            status = NOT_ALL
    return status


NOT_PRINTED = N_("The figure “{view}” is not printed: {reason}")


def _resolved(stored: Any, dataset: Dataset) -> Opened:
    from explorer.workspace.document import reference
    from explorer.workspace.reading import resolve

    codes = dataset.codes
    sample = stored.folder() is None
    return resolve(
        stored,
        levels={name: grouping.levels for name, grouping in codes.groupings.items()},
        numbers=frozenset(codes.numbers),
        present=reference(dataset.path, dataset.data_hash, codes.info, tuple(codes.groupings), sample=sample),
    )


def _tell(words: Words, message: Message) -> None:
    """Say something on one line of standard error."""
    tell(" ".join(words.say(message).split()))


def _print(figure: Figure, folder: Path, name: str, arguments: argparse.Namespace, words: Words) -> None:
    from explorer.core.formatting import Formats
    from explorer.export.formats import Written
    from explorer.export.paper import TooSmall
    from explorer.export.printing import HEIGHTS, print_on_first
    from explorer.export.tables import write_table
    from explorer.pipeline.about import about
    from widgets.pictures.kinds import TableChart

    # Of a table the numbers are what is wanted first: they are written whether or not they fit a page.
    numbers = isinstance(figure.chart, TableChart)
    suffixes = (".csv", ".xlsx") if numbers else (".csv",) if arguments.numbers else ()
    note = about(figure, words) if suffixes else ""
    written = Written(table=figure.table, name=figure.spec.view, note=note, formats=Formats(words.language))
    for suffix in suffixes:
        path = folder / f"{name}{suffix}"
        write_table(written, path)
    heights = HEIGHTS if arguments.height is None else (arguments.height,)
    try:
        for suffix in arguments.formats:
            path = folder / f"{name}.{suffix}"
            print_on_first(figure.chart, path, heights, width_mm=arguments.width, dpi=arguments.dpi)
    except TooSmall as refusal:
        if not numbers:
            raise
        _tell(words, Message(ONLY_NUMBERS, {"view": figure.spec.view, "reason": refusal.message}))


ONLY_NUMBERS = N_("Of the table “{view}” there are only files of its numbers (CSV, Excel): {reason}")
