"""What is asked of the page of models: one set of options, shared by all its views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from explorer.core.fits import MODELS
from explorer.core.names import COLUMNS, DESTINATION_NAMES, LEVELS, ColumnOf
from explorer.core.options import Choice, ChoiceOf, Several, Text, Written, option
from explorer.core.paying import IN_PRICES, OF_PANEL, PANEL, price_months
from explorer.core.words import N_
from models.clocks import LAST_MONTH
from models.regression.fitting import FAMILIES
from models.regression.formula import LAGGED_WORK
from models.tally.codes import Codes
from models.tally.person_months import TIME_VARYING
from models.tally.spans import Removal

DEFAULT_TERMS: Final = ("cohort", "nationality_group", "sex", "age_band")
"""Terms until a reader chooses others; those that a dataset lacks are then left out."""

BASELINE_NAMES: Final = (
    ("", N_("as usual for the model")),
    ("steps", N_("one step a month")),
    ("spline", N_("natural cubic spline, five knots")),
    ("linear", N_("a straight line in months")),
)


def models_of(*families: str) -> tuple[str, ...]:
    """Return the names of the models of some families."""
    return tuple(name for name in MODELS if FAMILIES[name] in families)


HAZARDS: Final = models_of("hazard")
WAGES: Final = models_of("wage", "within", "median")
STANDARDISED: Final = ("model_standardised", "model_differences")
"""Views of the share departed if everyone had each level of a column."""
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
    by_month, cause
        A column whose effect changes with month, a destination that counts as the event; "" for none and for all. On
        the command line several, with commas.
    balanced
        Wages of persons with one at every month from the first to the last.
    references
        Levels that others are compared with, as ``cohort=2023, sex=male``.
    compared
        The column by which curves are drawn; "" for the first category among the terms.
    profile
        Levels of one person whose curve is drawn instead of standardised ones; "" for none.
    shortest
        The least number of months of a block, where a column has a coefficient for each.
    """

    model: str = option(
        "departure",
        label=N_("Model"),
        control=Choice(values=tuple((name, model.title) for name, model in MODELS.items())),
    )
    terms: tuple[str, ...] = option(
        DEFAULT_TERMS,
        label=N_("Terms"),
        control=Several(values=_groupings),
        written=Written(reads="terms", help="terms of the model"),
    )
    numbers: tuple[str, ...] = option(
        (),
        label=N_("Numbers"),
        control=Several(values=_numbers),
        written=Written(name="numeric", help="columns of numbers among the terms, as age"),
    )
    lagged_work: str = option(
        "",
        label=N_("Work the month before"),
        control=Choice(values=(("", N_("is no term")), (LAGGED_WORK, N_("is a term")))),
        when=("model", LAGGED),
    )
    of_job: tuple[str, ...] = option(
        (),
        label=N_("Of the main job"),
        control=Several(values=_of_job),
        when=("model", WAGES),
        written=Written(help="columns of the main job among the terms, as contract,sector"),
    )
    interactions: str = option("", label=N_("Interactions"), control=Text(example="cohort:sex"))
    by_month: str = option(
        "",
        label=N_("Changes with month"),
        control=ChoiceOf(values=_groupings, none=N_("none")),
        when=("model", WITH_MONTHS),
        views=("model_terms", "model_fitted", "model_profile", *STANDARDISED),
        written=Written(reads="list", help="columns whose effect changes with month, as cohort,sex"),
    )
    baseline: str = option(
        "",
        label=N_("Baseline"),
        control=Choice(values=BASELINE_NAMES),
        when=("model", WITH_MONTHS),
        written=Written(help="dependence on month"),
    )
    cause: str = option(
        "",
        label=N_("Destination"),
        control=Choice(values=(("", N_("every destination")), *DESTINATION_NAMES.items())),
        when=("model", LAGGED),
        written=Written(reads="list", help="only these destinations count as the event, as origin,onward"),
    )
    removals: str = option(
        Removal.EVENT.value,
        label=N_("Removals by the register"),
        control=Choice(values=tuple((one.value, LEVELS[one.value]) for one in Removal)),
        when=("model", models_of("hazard", "cox")),
    )
    real_month: str = option(
        "",
        label=N_("In prices of"),
        control=ChoiceOf(values=price_months, none=N_("the day itself")),
        when=("model", WAGES),
        written=replace(IN_PRICES, name="real"),
    )
    balanced: tuple[int, int] | None = option(
        None, label=N_("Persons"), control=PANEL, when=("model", WAGES), written=OF_PANEL
    )
    references: str = option(
        "",
        label=N_("Reference levels"),
        control=Text(example="sex=male"),
        written=Written(name="reference", reads="levels", help="another reference level"),
    )
    ties: Literal["efron", "breslow"] = option(
        "efron",
        label=N_("Ties"),
        control=Choice(values=(("efron", "Efron"), ("breslow", "Breslow"))),
        when=("model", models_of("cox")),
        written=Written(help="how events on the same day are treated"),
    )
    compared: str = option(
        "",
        label=N_("Curves by"),
        control=ChoiceOf(values=_groupings, none=N_("the first term")),
        when=("model", WITH_MONTHS),
        views=("model_fitted", "model_blocks", *STANDARDISED),
        written=Written(help="column that is compared; where none is given, the first among the terms"),
    )
    profile: str = option(
        "",
        label=N_("Profile"),
        control=Text(example="cohort=2023, sex=male"),
        when=("model", ("departure",)),
        views=("model_profile",),
        written=Written(reads="levels", help="write the share departed of a profile"),
    )
    shortest: int = option(
        3,
        label=N_("Months of a block"),
        views=("model_blocks",),
        written=Written(low=1, high=LAST_MONTH, help="least number of months of a block"),
    )
