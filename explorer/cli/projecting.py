"""Projection on the command line: the view of it without what was observed before, under a header."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from explorer.cli.asking import (
    add_out,
    add_question,
    answered,
    command,
    view_called,
    write,
)
from explorer.cli.options import add_options, asked, options_asked
from explorer.cli.parsing import Parser
from explorer.core.words import N_, Words

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from models.register import DatasetInfo

ABOUT = (
    N_(
        "Beyond the last month of stay that ten persons were followed through: the rate of the last twelve calendar "
        "months at stays of twelve months or more ({kind})."
    ),
    N_(
        "Limits: 95 % of seeded draws of the coefficients with binomial noise; they do not cover the choice of "
        "scenario."
    ),
)


BEGIN: Final[Mapping[str, Any]] = {"observed": False, "terms": ("cohort",), "factor_from": None}
"""Options that are otherwise at first than in the window."""


def project_parser() -> Parser:
    """Return the parser of the command that projects those present."""
    parser = command("project", _project, "carry those present forward to a date, under a scenario")
    add_question(parser)
    add_options(parser, [view_called("projection")], begin=BEGIN)
    add_out(parser)
    return parser


def _project(arguments: argparse.Namespace, words: Words) -> int:
    view = view_called("projection")
    options = options_asked(view, arguments, asked([view], arguments), **BEGIN)
    released, spec, codes = answered(view, options, arguments, words)
    write(released, arguments, words, sheet=view.name, header=_header(spec, codes.info, words))
    return 0


def _header(spec: Spec, info: DatasetInfo, words: Words) -> tuple[str, ...]:
    """Return the lines that say what was assumed."""
    from explorer.core.names import dataset_source
    from explorer.core.sentences import extract_message, sentence
    from explorer.views.projection import CARRIED

    options = spec.options
    first, factor = info.observed_until.isoformat(), f", × {options.factor:g}" if options.factor != 1 else ""
    start, synthetic = words(N_("from")), words(N_("Synthetic data"))
    since = f" {start} {options.factor_from.isoformat()}" if options.factor_from else ""
    model, a_month = words(N_("departure")), words(N_("a month"))
    return (
        f"model: {model}, {' + '.join(options.terms)}",
        f"scenario: {options.kind}{factor}{since}",
        f"arrivals: {options.arrivals:g} {a_month}",
        *(
            f"{name}: {sentence(part, info, words)}"
            for name, part in spec.versus or (("selection", spec.selection),)
        ),
        *(f"note: {words(text, first=first, kind=options.kind)}" for text in (CARRIED, *ABOUT)),
        *(f"note: {words.say(part)}" for part in extract_message(info)),
        f"source: {dataset_source(info, words)}",
        *((f"note: {synthetic}",) if info.synthetic else ()),
    )
