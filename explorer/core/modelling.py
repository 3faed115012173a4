"""What is asked of the page of models: one set of options, shared by all its views, and the regression it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from explorer.core.fits import MODELS, FitSpec
from explorer.core.names import COLUMNS, ColumnOf
from explorer.core.options import Choice, ChoiceOf, Several, Text, option
from explorer.core.paying import price_months
from explorer.core.words import N_, Refusal
from models.register import DESTINATIONS
from models.regression.formula import LAGGED_WORK, Formula, FormulaError, Term, parse_terms
from models.tally.person_months import TIME_VARYING
from models.tally.spans import Removal

if TYPE_CHECKING:
    from models.selection import Predicate
    from models.tally.codes import Codes

DEFAULT_TERMS: Final = ("cohort", "nationality_group", "sex", "age_band")
"""Terms until a reader chooses others; those that a dataset lacks are then left out."""

MODEL_NAMES: Final = (
    ("departure", N_("Departure")),
    ("return", N_("Return")),
    ("first-job", N_("First job")),
    ("job-loss", N_("Loss of work")),
    ("employment", N_("Working")),
    ("wage", N_("Hourly wage")),
    ("wage-within", N_("Hourly wage within persons")),
    ("median-wage", N_("Median hourly wage")),
    ("cox", N_("Departure, Cox regression")),
)
BASELINE_NAMES: Final = (
    ("", N_("as usual for the model")),
    ("steps", N_("one step a month")),
    ("spline", N_("natural cubic spline, five knots")),
    ("linear", N_("a straight line in months")),
)
_CAUSE_NAMES: Final = {
    "origin": N_("to the country of origin"),
    "onward": N_("to another country"),
    "unknown": N_("destination unknown"),
    "administrative": N_("removed by the register"),
    "deceased": N_("deceased"),
}
_REMOVAL_NAMES: Final = (
    (Removal.EVENT.value, N_("counted as departures")),
    (Removal.CENSORED.value, N_("censored")),
    (Removal.REDATED.value, N_("moved to the last day worked")),
)


def models_of(*families: str) -> tuple[str, ...]:
    """Return the names of the models of some families."""
    return tuple(name for name, model in MODELS.items() if model.family in families)


HAZARDS: Final = models_of("hazard")
WAGES: Final = models_of("wage", "within", "median")
WITH_MONTHS: Final = tuple(name for name in MODELS if name != "cox")
LAGGED: Final = tuple(name for name, model in MODELS.items() if model.lagged)


def _groupings(codes: Codes) -> tuple[tuple[str, ColumnOf], ...]:
    return tuple((name, ColumnOf(name, codes.info.columns)) for name in codes.groupings)


def _numbers(codes: Codes) -> tuple[tuple[str, ColumnOf], ...]:
    return tuple((name, ColumnOf(name, codes.info.columns)) for name in codes.numbers)


def _of_job(codes: Codes) -> tuple[tuple[str, str], ...]:
    known = {"contract": codes.contract, "sector": codes.sector}
    return tuple((name, COLUMNS[name]) for name in TIME_VARYING if known[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """What a reader asks of a model. An option that the model cannot honour is not looked at.

    Attributes
    ----------
    terms, numbers, of_job, lagged_work
        Main effects: columns that group persons, numbers, columns of the main job, work the month before. Age as a
        number takes the place of the age bands.
    interactions
        Further terms as text; what enters an interaction enters by itself too.
    by_month
        A column whose effect changes with month; "" for none.
    compared
        The column by which curves are drawn; "" for the first category among the terms.
    """

    model: str = option("departure", label=N_("Model"), control=Choice(values=MODEL_NAMES))
    terms: tuple[str, ...] = option(DEFAULT_TERMS, label=N_("Terms"), control=Several(values=_groupings))
    numbers: tuple[str, ...] = option((), label=N_("Numbers"), control=Several(values=_numbers))
    lagged_work: str = option(
        "",
        label=N_("Work the month before"),
        control=Choice(values=(("", N_("is no term")), (LAGGED_WORK, N_("is a term")))),
        when=("model", LAGGED),
    )
    of_job: tuple[str, ...] = option(
        (), label=N_("Of the main job"), control=Several(values=_of_job), when=("model", WAGES)
    )
    interactions: str = option("", label=N_("Interactions"), control=Text(example="cohort:sex"))
    by_month: str = option(
        "",
        label=N_("Changes with month"),
        control=ChoiceOf(values=_groupings, none=N_("none")),
        when=("model", WITH_MONTHS),
    )
    baseline: str = option(
        "", label=N_("Baseline"), control=Choice(values=BASELINE_NAMES), when=("model", WITH_MONTHS)
    )
    cause: str = option(
        "",
        label=N_("Destination"),
        control=Choice(
            values=(
                ("", N_("every destination")),
                *((name, _CAUSE_NAMES[name]) for name in DESTINATIONS),
            )
        ),
        when=("model", ("departure", "cox")),
    )
    removals: str = option(
        Removal.EVENT.value,
        label=N_("Removals by the register"),
        control=Choice(values=_REMOVAL_NAMES),
        when=("model", models_of("hazard", "cox")),
    )
    real_month: str = option(
        "",
        label=N_("In prices of"),
        control=ChoiceOf(values=price_months, none=N_("the day itself")),
        when=("model", WAGES),
    )
    compared: str = option(
        "",
        label=N_("Curves by"),
        control=ChoiceOf(values=_groupings, none=N_("the first term")),
        when=("model", WITH_MONTHS),
    )


def fit_spec(selection: Predicate, options: ModelOptions) -> FitSpec:
    """Return the regression that `options` ask of `selection`; what does not go with the model is not looked at.

    Raises
    ------
    Refusal
        When the interactions cannot be read.
    """
    model = MODELS[options.model]
    acts = _acting(options)
    return FitSpec(
        model=options.model,
        formula=Formula(
            terms=_terms(options, acts),
            baseline=acts["baseline"] or model.baseline or "steps",
            by_month=(acts["by_month"],) if acts["by_month"] else (),
        ),
        selection=selection,
        causes=(acts["cause"],) if acts["cause"] else (),
        removals=Removal(acts["removals"] or Removal.EVENT),
        real_month=acts["real_month"],
    )


def in_blocks(selection: Predicate, options: ModelOptions) -> FitSpec:
    """Return the regression in which the compared column has a coefficient for each block of months.

    Raises
    ------
    Refusal
        When the model is no hazard, or has no term whose change could be shown.
    """
    if options.model not in HAZARDS:
        raise Refusal(
            N_(
                "Blocks of months are for hazards. Choose the model of departure, return, first job or loss of work."
            )
        )
    spec = fit_spec(selection, options)
    column = options.compared or next(
        (term[0] for term in spec.formula.terms if term[0] in options.terms), ""
    )
    if not column:
        raise Refusal(N_("There is no category among the terms. Choose one under “Terms”."))
    terms = tuple(dict.fromkeys(((column,), *spec.formula.terms)))
    return replace(spec, formula=replace(spec.formula, terms=terms, by_month=()), in_blocks=column)


def known_terms(spec: FitSpec, known: Iterable[str]) -> FitSpec:
    """Return `spec` without the default terms that a dataset lacks; terms that a reader chose stay, to be refused."""
    here = frozenset(known)
    named = [term[0] for term in spec.formula.terms if len(term) == 1]
    # Age as a number takes the place of the default age bands.
    if not set(DEFAULT_TERMS) - {"age_band"} <= set(named):
        return spec
    lacking = {(name,) for name in DEFAULT_TERMS if name not in here}
    terms = tuple(term for term in spec.formula.terms if term not in lacking)
    return replace(spec, formula=replace(spec.formula, terms=terms))


def _acting(options: ModelOptions) -> dict[str, Any]:
    """Return the options that go with the model; the others as if nobody had chosen them."""
    out = {}
    for one in fields(options):
        when = one.metadata["when"]
        value = getattr(options, one.name)
        out[one.name] = value if when is None or getattr(options, when[0]) in when[1] else type(value)()
    return out


def _terms(options: ModelOptions, acts: dict[str, Any]) -> tuple[Term, ...]:
    try:
        more = parse_terms(options.interactions.replace(",", "+"))
    except FormulaError as error:
        raise Refusal(
            N_("“{piece}” is no term; write terms as “cohort + sex + cohort:sex”."), piece=error.piece
        ) from None
    single = [
        *(name for name in options.terms if not (name == "age_band" and "age" in options.numbers)),
        *options.numbers,
        *acts["of_job"],
        *([acts["lagged_work"]] if acts["lagged_work"] else []),
        *(name for term in more for name in term),
        *([acts["by_month"]] if acts["by_month"] else []),
    ]
    return tuple(dict.fromkeys([*((name,) for name in single), *(term for term in more if len(term) > 1)]))
