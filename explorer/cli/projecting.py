"""Projection on the command line."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from explorer.cli.asking import add_question, command, open_asked, rules_asked, selection_asked, writable
from explorer.cli.parsing import Parser, day, number
from explorer.core.streams import emit
from explorer.core.words import N_, Refusal, Words

if TYPE_CHECKING:
    from explorer.pipeline.opening import Dataset

END_OF_PROTECTION: Final = date(2027, 3, 4)
"""Temporary protection of displaced persons from Ukraine ends on this day (Council of the EU, July 2025)."""
HIGHEST_FACTOR: Final = 100
MOST_ARRIVALS: Final = 10_000_000

ABOUT = (
    N_(
        "Those present on {first} carried forward at the fitted departure rate of their month of stay; who returned is "
        "on the clock of the current stay; returns are not counted."
    ),
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
    parser.add_argument(
        "--until", type=day, default=END_OF_PROTECTION, metavar="DATE", help="default: 2027-03-04"
    )
    parser.add_argument(
        "--scenario",
        choices=("as-now", "trend"),
        default="as-now",
        help="departure rate beyond the last month observed: as now, or along its trend",
    )
    parser.add_argument(
        "--factor", type=number(0, HIGHEST_FACTOR), default=1.0, help="multiply departure rates by this"
    )
    parser.add_argument("--from", dest="factor_from", type=day, metavar="DATE", help="from this day on")
    parser.add_argument(
        "--arrivals",
        type=number(0, MOST_ARRIVALS),
        default=0.0,
        metavar="PERSONS",
        help="who settle each month; default: nobody",
    )
    parser.add_argument("--terms", default="cohort", help="terms of the departure model; default: cohort")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=".csv, .xlsx or .parquet; default: standard output"
    )
    return parser


def _check_start(arguments: argparse.Namespace, observed_until: date) -> None:
    """Refuse a factor from a day on which nothing is projected."""
    start = arguments.factor_from
    if start is not None and not observed_until <= start < arguments.until:
        raise Refusal(
            N_("The factor must begin between {first} and {last}; choose another day for --from."),
            first=observed_until.isoformat(),
            last=arguments.until.isoformat(),
        )


def _project(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.fits import FitSpec
    from explorer.core.lacks import no_fit_message
    from explorer.core.tables import tabulate
    from explorer.export.tables import to_csv, write_table
    from explorer.pipeline.projecting import projection, scenario_of
    from models.disclosure.fits import ReleasedNoFit, release_fit
    from models.disclosure.gate import release
    from models.fit import NoFit
    from models.regression.formula import Formula, FormulaError, parse_terms

    try:
        terms = parse_terms(arguments.terms)
    except FormulaError as error:
        raise Refusal(
            N_("“{piece}” is no term; write terms as “cohort + sex + cohort:sex”."), piece=error.piece
        ) from None
    scenario = scenario_of(
        arguments.until, arguments.scenario, arguments.factor, arguments.factor_from, arguments.arrivals
    )
    if arguments.out is not None:
        writable(arguments.out)
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    spec = FitSpec(
        model="departure", formula=Formula(terms=terms), selection=selection_asked(dataset, arguments)
    )
    _check_start(arguments, dataset.codes.info.observed_until)
    result = projection(dataset.codes, spec, arguments.by or (), scenario)
    if isinstance(result, NoFit):
        released = release_fit(result, rules)
        assert isinstance(released, ReleasedNoFit)
        message = no_fit_message(released.no_fit)
        raise Refusal(message.text, **message.values)
    table = tabulate(release(result, rules))
    header = _header(arguments, dataset, words)
    if arguments.out is None:
        emit(to_csv(table, header))
    else:
        write_table(table, arguments.out, sheet="projection", header=header, language=words.language)
    return 0


def _header(arguments: argparse.Namespace, dataset: Dataset, words: Words) -> tuple[str, ...]:
    """Return the lines that say what was assumed."""
    from explorer.core.names import dataset_source
    from explorer.core.sentences import extract_message, sentence

    info = dataset.codes.info
    first = info.observed_until.isoformat()
    factor = f", × {arguments.factor:g}" if arguments.factor != 1 else ""
    start, synthetic = words(N_("from")), words(N_("Synthetic data"))
    since = f" {start} {arguments.factor_from.isoformat()}" if arguments.factor_from else ""
    model, a_month = words(N_("departure")), words(N_("a month"))
    selection = sentence(selection_asked(dataset, arguments), info, words)
    return (
        f"model: {model}, {arguments.terms}",
        f"scenario: {arguments.scenario}{factor}{since}",
        f"arrivals: {arguments.arrivals:g} {a_month}",
        f"selection: {selection}",
        *(f"note: {words(text, first=first, kind=arguments.scenario)}" for text in ABOUT),
        *(f"note: {words.say(part)}" for part in extract_message(info)),
        f"source: {dataset_source(info, words)}",
        *((f"note: {synthetic}",) if info.synthetic else ()),
    )
