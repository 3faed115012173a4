"""What a regression is asked: a model, its terms, and of whom. The models by name, with what each allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from explorer.core.words import N_
from models.fit import Baseline
from models.regression.formula import Formula
from models.selection import EVERYONE, Predicate
from models.tally.spans import Removal

Family = Literal["hazard", "cox", "work", "wage", "within", "median"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDef:
    """A model that can be fitted.

    `family` says how; `method` in words how it is estimated; `event` in words what happens; `lagged` whether the work
    state of the month before may enter, `of_job` whether columns of the main job may.
    """

    name: str
    family: Family
    method: str
    event: str
    baseline: Baseline | Literal[""]
    lagged: bool = False
    of_job: bool = False


PIECEWISE: Final = N_("piecewise-exponential hazard (Poisson, log person-days)")

MODELS: Final[Mapping[str, ModelDef]] = {
    model.name: model
    for model in (
        ModelDef(
            name="departure",
            family="hazard",
            method=PIECEWISE,
            event=N_("end of the first stay, in days since settling"),
            baseline="steps",
            lagged=True,
        ),
        ModelDef(
            name="return",
            family="hazard",
            method=PIECEWISE,
            event=N_("return, in days since the first departure; the deceased are not at risk"),
            baseline="steps",
        ),
        ModelDef(
            name="first-job",
            family="hazard",
            method=PIECEWISE,
            event=N_(
                "first day worked, in days since settling, among those aged 18–64 at settling and not working that "
                "day; departure competes and is censored"
            ),
            baseline="steps",
        ),
        ModelDef(
            name="job-loss",
            family="hazard",
            method=PIECEWISE,
            event=N_(
                "the day after the last day worked when more than 31 days of presence without work follow, in days "
                "since the first day worked; departure competes and is censored"
            ),
            baseline="steps",
        ),
        ModelDef(
            name="employment",
            family="work",
            method=N_("binomial logit on person-months"),
            event=N_("working on the month day, among those present and aged 18–64 that day"),
            baseline="steps",
        ),
        ModelDef(
            name="wage",
            family="wage",
            method=N_("least squares on the log hourly wage, person-months"),
            event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
            baseline="spline",
            of_job=True,
        ),
        ModelDef(
            name="wage-within",
            family="within",
            method=N_("least squares on the log hourly wage within persons (fixed effects), person-months"),
            event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
            baseline="spline",
            of_job=True,
        ),
        ModelDef(
            name="median-wage",
            family="median",
            method=N_("median regression of the log hourly wage, person-months"),
            event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
            baseline="spline",
            of_job=True,
        ),
        ModelDef(
            name="cox",
            family="cox",
            method=N_("Cox regression (partial likelihood)"),
            event=N_("end of the first stay, in days since settling"),
            baseline="",
            lagged=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSpec:
    """A regression as asked.

    Attributes
    ----------
    model
        Name in MODELS.
    causes
        Destinations that count as the event; all when empty.
    removals
        What becomes of administrative removals.
    real_month
        Calendar month, as ``2024-01``, in whose prices wages are counted; "" for euros of the day.
    balanced
        Only persons with a wage at every month from the first to the last.
    ties
        For a Cox model.
    in_blocks
        A column of a hazard model that is to have a coefficient for each block of months.
    """

    model: str
    formula: Formula = field(default_factory=Formula)
    selection: Predicate = EVERYONE
    causes: tuple[str, ...] = ()
    removals: Removal = Removal.EVENT
    real_month: str = ""
    balanced: tuple[int, int] | None = None
    ties: Literal["efron", "breslow"] = "efron"
    in_blocks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitTask:
    """What a view asks of the process of fits: the task there, the regression, and what the task takes beside it.

    Tasks and their arguments: ``fit``; ``observed`` (observed beside fitted); ``standardise`` (column, differences);
    ``project`` (by, scenario).
    """

    task: Literal["fit", "observed", "standardise", "project"]
    spec: FitSpec
    arguments: tuple[Any, ...] = ()
