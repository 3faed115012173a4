"""The models by name, with what each allows, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from explorer.core.words import N_
from models.fit import Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDef:
    """A model that can be fitted.

    `title` is what a reader calls it; `method` says in words how it is estimated, `event` what happens; `lagged`
    whether the work state of the month before may enter, `of_job` whether columns of the main job may.
    """

    title: str
    method: str
    event: str
    baseline: Baseline | Literal[""]
    lagged: bool = False
    of_job: bool = False


PIECEWISE: Final = N_("piecewise-exponential hazard (Poisson, log person-days)")

MODELS: Final[Mapping[str, ModelDef]] = {
    "departure": ModelDef(
        title=N_("Departure"),
        method=PIECEWISE,
        event=N_("end of the first stay, in days since settling"),
        baseline="steps",
        lagged=True,
    ),
    "return": ModelDef(
        title=N_("Return"),
        method=PIECEWISE,
        event=N_("return, in days since the first departure; the deceased are not at risk"),
        baseline="steps",
    ),
    "first-job": ModelDef(
        title=N_("First job"),
        method=PIECEWISE,
        event=N_(
            "first day worked, in days since settling, among those aged 18–64 at settling and not working that "
            "day; departure competes and is censored"
        ),
        baseline="steps",
    ),
    "job-loss": ModelDef(
        title=N_("Loss of work"),
        method=PIECEWISE,
        event=N_(
            "the day after the last day worked when more than 31 days of presence without work follow, in days "
            "since the first day worked; departure competes and is censored"
        ),
        baseline="steps",
    ),
    "employment": ModelDef(
        title=N_("Working"),
        method=N_("binomial logit on person-months"),
        event=N_("working on the month day, among those present and aged 18–64 that day"),
        baseline="steps",
    ),
    "wage": ModelDef(
        title=N_("Hourly wage"),
        method=N_("least squares on the log hourly wage, person-months"),
        event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
        baseline="spline",
        of_job=True,
    ),
    "wage-within": ModelDef(
        title=N_("Hourly wage within persons"),
        method=N_("least squares on the log hourly wage within persons (fixed effects), person-months"),
        event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
        baseline="spline",
        of_job=True,
    ),
    "median-wage": ModelDef(
        title=N_("Median hourly wage"),
        method=N_("median regression of the log hourly wage, person-months"),
        event=N_("gross hourly wage on the month day, among those working and aged 18–64"),
        baseline="spline",
        of_job=True,
    ),
    "cox": ModelDef(
        title=N_("Departure, Cox regression"),
        method=N_("Cox regression (partial likelihood)"),
        event=N_("end of the first stay, in days since settling"),
        baseline="",
        lagged=True,
    ),
}
