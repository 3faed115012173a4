"""Regressions on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.cli.asking import (
    add_selection,
    command,
    open_asked,
    rules_asked,
    selection_asked,
    share_for,
    writable,
)
from explorer.cli.parsing import Parser, months, names
from explorer.core.fits import MODELS
from explorer.core.streams import emit, tell
from explorer.core.words import N_, Refusal, Words

if TYPE_CHECKING:
    from explorer.core.fits import FitSpec
    from explorer.pipeline.opening import Dataset
    from models.disclosure.gate import Rules
    from models.regression.formula import Formula


def fit_parser() -> Parser:
    """Return the parser of the command that fits a regression."""
    parser = command("fit", _fit, "fit a regression and write its coefficients")
    parser.add_argument("model", choices=tuple(MODELS), metavar="MODEL", help=", ".join(MODELS))
    add_selection(parser)
    parser.add_argument(
        "--terms",
        default="cohort",
        metavar="TERMS",
        help="as “cohort + sex + age + cohort:sex”; default: cohort",
    )
    parser.add_argument(
        "--cause", type=names, default=(), metavar="DESTINATIONS", help="as origin, for departure"
    )
    parser.add_argument("--baseline", choices=("steps", "spline", "linear"), help="dependence on month")
    parser.add_argument(
        "--by-month", type=names, default=(), metavar="COLUMNS", help="columns that interact with month"
    )
    parser.add_argument(
        "--in-blocks",
        default="",
        metavar="COLUMN",
        help="log hazard ratios of a column by blocks of months, to look at proportionality",
    )
    parser.add_argument(
        "--reference", action="append", default=[], metavar="COLUMN=LEVEL", help="another reference level"
    )
    parser.add_argument(
        "--removals",
        choices=("event", "censored", "redated"),
        default="event",
        help="administrative removals: a departure, censored, or moved to the day after the last work",
    )
    parser.add_argument("--real", default="", metavar="MONTH", help="wages in prices of a month, as 2024-01")
    parser.add_argument(
        "--balanced",
        type=months,
        metavar="FIRST-LAST",
        help="only persons with a wage at every month, as 6-24",
    )
    parser.add_argument("--ties", choices=("efron", "breslow"), default="efron", help="for cox")
    parser.add_argument(
        "--standardise",
        metavar="COLUMN",
        help="write the share departed if everyone had each level of a column, instead of coefficients",
    )
    parser.add_argument(
        "--differences", action="store_true", help="with --standardise: differences at 6, 12 and 24 months"
    )
    parser.add_argument(
        "--profile",
        metavar="LEVELS",
        help="write the share departed of a profile, as “cohort=2023, sex=male”",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=".csv, .xlsx or .parquet; default: standard output"
    )
    return parser


def _fit(arguments: argparse.Namespace, words: Words) -> int:
    from explorer.core.formatting import Formats
    from explorer.core.lacks import left_out_message, no_fit_message
    from explorer.core.tables import coefficient_table
    from explorer.export.fits import header
    from explorer.export.tables import to_csv, write_table
    from explorer.pipeline.fitting import fit
    from models.disclosure.fits import ReleasedNoFit

    formula = _formula(arguments)
    if arguments.out is not None:
        writable(arguments.out)
    dataset = open_asked(arguments, words)
    rules = rules_asked(dataset, arguments, words)
    spec = _spec(dataset, arguments, formula)
    if arguments.standardise or arguments.profile:
        return _predict(dataset, spec, rules, arguments)
    released = fit(dataset.codes, spec, rules, share_for(words, FITTING))
    if isinstance(released, ReleasedNoFit):
        formats = Formats(words.language)
        for lack in released.no_fit.lacks:
            tell(words.say(left_out_message(lack, formats)))
        raise _no_fit(no_fit_message(released.no_fit))
    table = coefficient_table(released)
    lines = header(released, spec, dataset.codes.info, words)
    if arguments.out is None:
        emit(to_csv(table, lines))
    else:
        write_table(table, arguments.out, sheet=spec.model, header=lines, language=words.language)
    return 0


def _predict(dataset: Dataset, spec: FitSpec, rules: Rules, arguments: argparse.Namespace) -> int:
    from explorer.core.lacks import no_fit_message
    from explorer.core.tables import tabulate
    from explorer.export.tables import to_csv, write_table
    from explorer.pipeline.predicting import predicted_profile, standardised
    from models.disclosure.gate import release
    from models.fit import NoFit

    if arguments.profile:
        result = predicted_profile(dataset.codes, spec, _profile(arguments.profile))
    else:
        result = standardised(dataset.codes, spec, arguments.standardise, differences=arguments.differences)
    if isinstance(result, NoFit):
        raise _no_fit(no_fit_message(result))
    table = tabulate(release(result, rules))
    if arguments.out is None:
        emit(to_csv(table))
    else:
        write_table(table, arguments.out, sheet=spec.model, language=arguments.lang)
    return 0


def _profile(text: str) -> dict[str, str]:
    return dict(_reference(piece) for piece in text.split(",") if piece.strip())


def _no_fit(message: Any) -> Refusal:
    return Refusal(message.text, **message.values)


def _formula(arguments: argparse.Namespace) -> Formula:
    from models.regression.formula import Formula, FormulaError, parse_terms

    try:
        terms = parse_terms(arguments.terms)
    except FormulaError as error:
        raise Refusal(
            N_("“{piece}” is no term; write terms as “cohort + sex + cohort:sex”."), piece=error.piece
        ) from None
    references = dict(_reference(text) for text in arguments.reference)
    return Formula(
        terms=terms,
        baseline=arguments.baseline or MODELS[arguments.model].baseline or "steps",
        by_month=arguments.by_month,
        references=references,
    )


def _reference(text: str) -> tuple[str, str]:
    column, sign, level = text.partition("=")
    if not sign:
        raise Refusal(N_("“{text}” is no reference; write it as sex=male."), text=text)
    return column.strip(), level.strip()


def _spec(dataset: Dataset, arguments: argparse.Namespace, formula: Formula) -> FitSpec:
    from explorer.core.fits import FitSpec
    from models.tally.spans import Removal

    model = MODELS[arguments.model]
    _refuse_unused(arguments, model.family)
    return FitSpec(
        model=arguments.model,
        formula=formula,
        selection=selection_asked(dataset, arguments),
        causes=arguments.cause,
        removals=Removal(arguments.removals),
        real_month=arguments.real,
        balanced=arguments.balanced,
        ties=arguments.ties,
        in_blocks=arguments.in_blocks,
    )


def _refuse_unused(arguments: argparse.Namespace, family: str) -> None:
    """An option that a model cannot honour is refused, never ignored."""
    wages = family in ("wage", "within", "median")
    wrong = {
        "--real": bool(arguments.real) and not wages,
        "--balanced": arguments.balanced is not None and not wages,
        "--removals": arguments.removals != "event" and family not in ("hazard", "cox"),
        "--ties": arguments.ties != "efron" and family != "cox",
        "--baseline": arguments.baseline is not None and family == "cox",
    }
    for option, is_wrong in wrong.items():
        if is_wrong:
            raise Refusal(
                N_("The model “{model}” has no option {option}."), model=arguments.model, option=option
            )


FITTING = N_("Fitting the model")
