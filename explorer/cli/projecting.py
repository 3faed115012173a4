"""Projection on the command line: the view of it without what was observed before, under a header."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from explorer.cli.asking import (
    add_out,
    add_question,
    command,
    open_asked,
    rules_asked,
    spec_asked,
    view_called,
    writable,
    write,
)
from explorer.cli.options import add_options, asked, options_asked
from explorer.cli.parsing import Parser
from explorer.core.words import N_, Refusal, Words

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


def project_parser() -> Parser:
    """Return the parser of the command that projects those present."""
    parser = command("project", _project, "carry those present forward to a date, under a scenario")
    add_question(parser)
    add_options(parser, [view_called("projection")])
    add_out(parser)
    return parser


def _project(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.lacks import no_fit_message
    from explorer.pipeline.answering import answer
    from models.disclosure.fits import ReleasedNoFit

    view = view_called("projection")
    begin = {"observed": False, "terms": ("cohort",), "factor_from": None}
    options = options_asked(view, arguments, asked([view], arguments), **begin)
    if arguments.out is not None:
        writable(arguments.out)
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    spec = spec_asked(dataset, view.name, arguments, options)
    released = answer(dataset.source, spec, rules)
    if isinstance(released, ReleasedNoFit):
        message = no_fit_message(released.no_fit)
        raise Refusal(message.text, **message.values)
    write(released, arguments, words, sheet="projection", header=_header(spec, dataset.codes.info, words))
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
        f"selection: {sentence(spec.selection, info, words)}",
        *(f"note: {words(text, first=first, kind=options.kind)}" for text in (CARRIED, *ABOUT)),
        *(f"note: {words.say(part)}" for part in extract_message(info)),
        f"source: {dataset_source(info, words)}",
        *((f"note: {synthetic}",) if info.synthetic else ()),
    )
