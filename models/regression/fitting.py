"""From the codes and the persons chosen to a fit: what each model is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from models.fit import Fitted, NoFit
from models.regression.formula import Formula
from models.results import Result
from models.rules import Rules
from models.tally.choosing import Chosen, regrouped
from models.tally.codes import Codes
from models.tally.covariates import Covariates, group_by
from models.tally.exits import count_exits, last_months
from models.tally.person_months import Deflator, PersonMonths, count_wage_months, count_work_months
from models.tally.person_time import PersonTime, count_person_time
from models.tally.spans import Event, Removal, Spans, spans

if TYPE_CHECKING:
    from models.regression.hazard import Hazard

Family = Literal["hazard", "cox", "work", "wage", "within", "median"]
Progress = Callable[[float], None]

FAMILIES: Final[Mapping[str, Family]] = {
    **{event.value: "hazard" for event in Event},
    "employment": "work",
    "wage": "wage",
    "wage-within": "within",
    "median-wage": "median",
    "cox": "cox",
}
"""How each model is fitted."""
WITH_MEANS: Final = ("hazard", "work", "wage")
"""Families that say a rate, a share or a wage for each month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A regression as asked; of whom, says who is chosen.

    Attributes
    ----------
    name
        Name in FAMILIES.
    causes
        Destinations that count as the event; all when empty.
    removals
        What becomes of administrative removals.
    deflator
        Makes wages real; without one they are in euros of the day.
    balanced
        Only persons with a wage at every month from the first to the last.
    ties
        For a Cox model.
    """

    name: str
    formula: Formula = field(default_factory=Formula)
    causes: tuple[str, ...] = ()
    removals: Removal = Removal.EVENT
    deflator: Deflator | None = None
    balanced: tuple[int, int] | None = None
    ties: Literal["efron", "breslow"] = "efron"

    @property
    def family(self) -> Family:
        """How it is fitted."""
        return FAMILIES[self.name]


def fit(codes: Codes, chosen: Chosen, model: Model, progress: Progress | None = None) -> Fitted:
    """Fit what is asked; nothing of it may be shown before it is released."""
    from models.regression.clustered import fit_wage, fit_working
    from models.regression.hazard import fit_hazard
    from models.regression.median import fit_median
    from models.regression.within import fit_within

    if model.family == "cox":
        return _cox(codes, chosen, model, progress)
    if model.family == "hazard":
        hazard = fit_hazard(person_time(codes, chosen, model), model.formula, model.name)
        return hazard if isinstance(hazard, NoFit) else hazard.fit
    makers = {"work": fit_working, "wage": fit_wage, "within": fit_within, "median": fit_median}
    found = makers[model.family](person_months(codes, chosen, model), model.formula, model.name)
    return found if isinstance(found, NoFit) else found.fit


def fit_by_blocks(codes: Codes, chosen: Chosen, model: Model, column: str, shortest: int) -> Fitted:
    """Fit a hazard in which `column` has a coefficient for each block of at least `shortest` months."""
    from models.regression.blocks import fit_in_blocks

    tally = person_time(codes, chosen, model)
    found = fit_in_blocks(tally, model.formula, column, model.name, shortest=shortest)
    return found if isinstance(found, NoFit) else found.fit


def observed_beside_fitted(
    codes: Codes, chosen: Chosen, model: Model, column: str, rules: Rules
) -> Result | NoFit:
    """Return observed and fitted rates, shares or wages by month and by `column`, which need not be a term."""
    from models.regression.clustered import fit_wage, fit_working
    from models.regression.hazard import fit_hazard
    from models.regression.observed import observed_hazard, observed_months
    from models.regression.told import as_told

    formula = model.formula
    split = model
    if column and column not in formula.columns:
        # The likelihood of cells does not change when they are split.
        split = replace(model, formula=replace(formula, terms=(*formula.terms, (column,))))
    if model.family != "hazard":
        months = person_months(codes, chosen, split)
        found = (fit_working if model.family == "work" else fit_wage)(months, formula, model.name)
        told = found if isinstance(found, NoFit) else as_told(found, rules)
        return told if isinstance(told, NoFit) else observed_months(told, months, formula, column)
    tally = person_time(codes, chosen, split)
    fitted = fit_hazard(tally, formula, model.name, tests=False)
    hazard = fitted if isinstance(fitted, NoFit) else as_told(fitted, rules)
    if isinstance(hazard, NoFit):
        return hazard
    groups = regrouped(codes, chosen, (column,) if column in codes.groupings else ())
    followed = count_exits(codes, groups, spans(codes, Event(model.name), model.removals))
    return observed_hazard(hazard, tally, column, _by_level(groups, followed.last_month.tolist()))


def standardised(
    codes: Codes, chosen: Chosen, model: Model, column: str, rules: Rules, *, differences: bool = False
) -> Result | NoFit:
    """Return standardised curves by `column`, or with `differences` how they differ from the first."""
    from models.regression.predicted import standardised_curves, standardised_differences

    tally, hazard = _hazard(codes, chosen, model, rules)
    if isinstance(hazard, NoFit):
        return hazard
    groups = regrouped(codes, chosen, (column,))
    make = standardised_differences if differences else standardised_curves
    return make(hazard, tally, column, _by_level(groups, last_months(codes, groups).tolist()))


def of_profile(
    codes: Codes, chosen: Chosen, model: Model, profile: Mapping[str, str], rules: Rules
) -> Result | NoFit:
    """Return the predicted share departed of one profile: a level, or a number, of each column of the terms."""
    from models.regression.predicted import profile_curve

    tally, hazard = _hazard(codes, chosen, model, rules)
    if isinstance(hazard, NoFit):
        return hazard
    return profile_curve(hazard, tally, profile, int(last_months(codes, regrouped(codes, chosen, ()))[0]))


def person_time(codes: Codes, chosen: Chosen, model: Model) -> PersonTime:
    """Return the tally of person-time that a hazard model is fitted to."""
    covariates, at_risk = _at_risk(codes, chosen, model, Event(model.name))
    return count_person_time(
        codes,
        covariates,
        at_risk,
        causes=model.causes,
        start_month=chosen.start_month,
        lagged_work=model.formula.lagged_work,
    )


def person_months(codes: Codes, chosen: Chosen, model: Model) -> PersonMonths:
    """Return the person-months of work, or with a wage, that such a model is fitted to."""
    columns = model.formula.columns
    if model.family == "work":
        return count_work_months(codes, chosen, columns)
    return count_wage_months(codes, chosen, columns, deflator=model.deflator, balanced=model.balanced)


def _hazard(codes: Codes, chosen: Chosen, model: Model, rules: Rules) -> tuple[PersonTime, Hazard | NoFit]:
    """Return the tally and the fit as it may predict."""
    from models.regression.hazard import fit_hazard
    from models.regression.told import as_told

    tally = person_time(codes, chosen, model)
    found = fit_hazard(tally, model.formula, model.name, tests=False)
    return tally, found if isinstance(found, NoFit) else as_told(found, rules)


def _cox(codes: Codes, chosen: Chosen, model: Model, progress: Progress | None) -> Fitted:
    from models.regression.cox import fit_cox
    from models.tally.episodes import episodes

    covariates, at_risk = _at_risk(codes, chosen, model, Event.DEPARTURE)
    rows = episodes(
        codes,
        covariates,
        at_risk,
        causes=model.causes,
        start_month=chosen.start_month,
        lagged_work=model.formula.lagged_work,
    )
    return fit_cox(rows, model.formula, model.name, ties=model.ties, progress=progress)


def _at_risk(codes: Codes, chosen: Chosen, model: Model, event: Event) -> tuple[Covariates, Spans]:
    at_risk = spans(codes, event, model.removals)
    return group_by(codes, (chosen.group >= 0) & at_risk.member, model.formula.columns), at_risk


def _by_level(groups: Chosen, months: list[int]) -> dict[str, int]:
    return dict(zip((key[0] if key else "" for key in groups.keys), months, strict=True))
