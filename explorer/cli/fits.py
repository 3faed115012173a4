"""Regressions on the command line: the views of the model, asked with a model and its terms."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final

from explorer.cli.asking import (
    add_out,
    add_selection,
    answered,
    command,
    share_for,
    view_called,
    write,
)
from explorer.cli.options import NEEDS, NOT_BOTH, add_options, asked, options_asked
from explorer.cli.parsing import Parser
from explorer.core.fits import MODELS
from explorer.core.formulas import with_compared
from explorer.core.views import ViewDef
from explorer.core.words import N_, Refusal, Words

FITTING = N_("Fitting the model")
VIEWS: Final = ("model_terms", "model_profile", "model_blocks", "model_standardised", "model_differences")
BEGIN: Final[Mapping[str, Any]] = {"terms": ("cohort",), "shortest": 1}
"""Options that are otherwise at first than in the window."""
NEEDED: Final = (("differences", "standardise"), ("shortest", "in-blocks"))
"""Options that act beside another only."""
APART: Final = (
    ("profile", "standardise"),
    ("profile", "in-blocks"),
    ("standardise", "in-blocks"),
    ("by-month", "in-blocks"),
)
"""Options of which one alone can act."""


def fit_parser() -> Parser:
    """Return the parser of the command that fits a regression."""
    parser = command("fit", _fit, "fit a regression and write its coefficients")
    parser.add_argument("model", choices=tuple(MODELS), metavar="MODEL", help=", ".join(MODELS))
    add_selection(parser)
    # Which column curves and blocks are of, the options below say.
    add_options(parser, map(view_called, VIEWS), leave=("model", "compared"), begin=BEGIN)
    parser.add_argument(
        "--in-blocks",
        default="",
        metavar="COLUMN",
        help="log hazard ratios of a column by blocks of months, to look at proportionality",
    )
    parser.add_argument(
        "--standardise",
        default="",
        metavar="COLUMN",
        help="write the share departed if everyone had each level of a column, instead of coefficients",
    )
    parser.add_argument(
        "--differences", action="store_true", help="with --standardise: differences at 6, 12 and 24 months"
    )
    add_out(parser)
    return parser


def _fit(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.export.fits import header
    from models.disclosure.fits import ReleasedFit

    view = _view(arguments)
    options = options_asked(
        view,
        arguments,
        tuple(name for name in asked(map(view_called, VIEWS), arguments) if name != "model"),
        model=arguments.model,
        compared=arguments.standardise or arguments.in_blocks,
        **BEGIN,
    )
    if arguments.in_blocks:
        options = with_compared(options)
    released, spec, codes = answered(view, options, arguments, words, progress=share_for(words, FITTING))
    lines = header(released, spec, codes, words) if isinstance(released, ReleasedFit) else ()
    write(released, arguments, words, sheet=arguments.model, header=lines)
    return 0


def _view(arguments: argparse.Namespace) -> ViewDef:
    """Return the view that is asked; refuse what would have no effect on it."""
    given = {name.replace("_", "-") for name, value in vars(arguments).items() if value}
    for option, other in NEEDED:
        if option in given and other not in given:
            raise Refusal(NEEDS, option=option, other=other)
    for option, other in APART:
        if {option, other} <= given:
            raise Refusal(NOT_BOTH, option=option, other=other)
    if arguments.profile:
        return view_called("model_profile")
    if arguments.standardise:
        return view_called("model_differences" if arguments.differences else "model_standardised")
    return view_called("model_blocks" if arguments.in_blocks else "model_terms")
