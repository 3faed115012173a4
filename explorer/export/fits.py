"""A fit as a table of coefficients under a header that says what it is."""

from __future__ import annotations

import math

from explorer.core.fits import MODELS
from explorer.core.formatting import Formats
from explorer.core.formulas import formula_of
from explorer.core.lacks import left_out_message
from explorer.core.modelling import ModelOptions
from explorer.core.names import dataset_source
from explorer.core.sentences import extract_message, sentence
from explorer.core.spec import Spec
from explorer.core.words import N_, Message, Words
from models.disclosure.fits import ReleasedFit
from models.fit import Errors, Fit
from models.tally.codes import Codes

ERRORS = {
    Errors.MODEL: N_("from the model (inverse information)"),
    Errors.CLUSTER: N_("clustered by person (HC0 × G/(G−1))"),
    Errors.ARELLANO: N_("clustered by person (Arellano, HC0)"),
    Errors.NID: N_("sandwich for independent, not identically distributed errors; not clustered by person"),
}
BASELINES = {
    "steps": N_("one step a month"),
    "spline": N_("natural cubic spline"),
    "linear": N_("a straight line in months"),
    "": N_("left unspecified"),
}
SCALES = {
    "log hazard": N_(
        "estimates are log hazard ratios; month[m] is the log of the rate per person-day in month m"
    ),
    "log odds": N_("estimates are log odds ratios; month[m] is the log odds at month m"),
    "log wage": N_("estimates are on the natural logarithm of the hourly wage"),
}


def header(released: ReleasedFit, spec: Spec, codes: Codes, words: Words) -> tuple[str, ...]:
    """Return the lines that say what was fitted, to whom, and how the errors were made."""
    fit, formats, info = released.fit, Formats(words.language), codes.info
    model = MODELS[spec.options.model]
    lines = [
        ("model", f"{fit.model}: {words(model.method)}"),
        ("event", words(model.event)),
        ("terms", _terms(spec.options, codes) or words(N_("none"))),
        ("baseline", words(BASELINES[fit.baseline])),
        *([("knots", "months " + ", ".join(f"{knot:.12g}" for knot in fit.knots))] if fit.knots else []),
        ("scale", words(SCALES[fit.scale])),
        ("selection", sentence(spec.selection, info, words)),
        ("n", str(fit.persons)),
        ("events" if fit.scale != "log wage" else "wages", str(fit.events)),
        *_numbers(fit),
        ("errors", words(ERRORS[fit.errors])),
        *([("ties", fit.ties)] if fit.ties else []),
        ("interval", words(N_("95 %, Wald: estimate ± 1.96 standard errors"))),
        ("reference", ", ".join(fit.references) or words(N_("none"))),
        *_asked(spec.options, fit, words),
    ]
    lines += [
        (
            f"test {test.term}",
            f"{test.kind} chi-square {test.statistic!r}, df {test.df}, p {test.p_value!r}"
            + (" (" + words(N_("proportionality")) + ")" if test.proportionality else ""),
        )
        for test in fit.tests
    ]
    lines += [("note", words.say(left_out_message(lack, formats))) for lack in fit.left_out]
    if released.hidden.any():
        hidden = Message(
            N_(
                "Coefficients hidden: {count}. Fewer than {threshold} persons or events stand behind them or their "
                "reference."
            ),
            {"count": int(released.hidden.sum()), "threshold": released.rules.threshold},
        )
        lines.append(("note", words.say(hidden)))
    lines += [("note", words.say(part)) for part in extract_message(info)]
    lines.append(("source", dataset_source(info, words)))
    if info.synthetic:
        lines.append(("note", words(N_("Synthetic data"))))
    return tuple(f"{name}: {text}" for name, text in lines)


def _numbers(fit: Fit) -> list[tuple[str, str]]:
    lines = []
    if not math.isnan(fit.person_days):
        lines.append(("person_days", str(int(fit.person_days))))
    if fit.observations != fit.persons:
        lines.append(("observations", str(fit.observations)))
    if not math.isnan(fit.log_likelihood):
        lines += [("log_likelihood", repr(fit.log_likelihood)), ("aic", repr(fit.aic))]
    lines.append(("df_residual", str(fit.df_residual)))
    return lines


def _terms(options: ModelOptions, codes: Codes) -> str:
    formula = formula_of(options, frozenset((*codes.groupings, *codes.numbers)))
    terms = [":".join(term) for term in formula.terms]
    return " + ".join([*terms, *(f"{name}:month" for name in formula.by_month)])


def _asked(options: ModelOptions, fit: Fit, words: Words) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if options.cause:
        lines.append(("cause", options.cause.replace(",", ", ")))
    if options.removals != "event":
        lines.append(("removals", options.removals))
    if options.real_month:
        lines.append(("prices", options.real_month))
    if options.balanced:
        lines.append(("balanced", "{}-{}".format(*options.balanced)))
    if fit.start_month:
        text = N_("risk starts at month {month}, among those selected and present then (delayed entry)")
        lines.append(("start", words(text, month=fit.start_month)))
    if fit.missing > 0:
        text = N_("{count} persons are left out because a covariate is unknown")
        lines.append(("missing", words(text, count=fit.missing)))
    elif fit.missing:
        lines.append(("missing", words(N_("some persons are left out because a covariate is unknown"))))
    return lines
