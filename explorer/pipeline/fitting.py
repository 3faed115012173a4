"""From a FitSpec and the codes to a released fit: the road of every regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.core.fits import MODELS, FitSpec, ModelDef
from explorer.core.words import N_, Refusal
from models.disclosure.fits import ReleasedFitted, release_fit
from models.fit import Fitted, NoFit
from models.register import DESTINATIONS
from models.regression.formula import LAGGED_WORK, Formula
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.codes import Codes
from models.tally.person_months import TIME_VARYING
from models.tally.spans import Event, spans

if TYPE_CHECKING:
    from models.rules import Rules
    from models.tally.covariates import Covariates
    from models.tally.person_months import PersonMonths
    from models.tally.person_time import PersonTime
    from models.tally.spans import Spans

Progress = Callable[[float], None]


def fit(codes: Codes, spec: FitSpec, rules: Rules, progress: Progress | None = None) -> ReleasedFitted:
    """Fit what `spec` asks and release it under `rules`.

    Raises
    ------
    Refusal
        When a term, level, cause or model does not exist, or does not go with the model.
    """
    check(codes, spec)
    return release_fit(fitted(codes, spec, progress), rules)


def fitted(codes: Codes, spec: FitSpec, progress: Progress | None = None) -> Fitted:
    """Fit what `spec` asks; nothing of it may be shown before it is released."""
    family = MODELS[spec.model].family
    if family == "hazard":
        from models.regression.blocks import fit_in_blocks
        from models.regression.hazard import fit_hazard

        lived = person_time(codes, spec)
        if spec.in_blocks:
            hazard = fit_in_blocks(lived, spec.formula, spec.in_blocks, spec.model)
        else:
            hazard = fit_hazard(lived, spec.formula, spec.model)
        return hazard if isinstance(hazard, NoFit) else hazard.fit
    if family == "cox":
        return _cox(codes, spec, progress)
    if family == "work":
        from models.regression.clustered import fit_working
        from models.tally.person_months import count_work_months

        tally = count_work_months(codes, choose(codes, spec.selection), spec.formula.columns)
        work = fit_working(tally, spec.formula, spec.model)
        return work if isinstance(work, NoFit) else work.fit
    return _wages(codes, spec)


def person_time(codes: Codes, spec: FitSpec) -> PersonTime:
    """Return the tally of person-time that a hazard model of `spec` is fitted to."""
    from models.tally.person_time import count_person_time

    covariates, at_risk, start = _at_risk(codes, spec)
    return count_person_time(
        codes,
        covariates,
        at_risk,
        causes=spec.causes,
        start_month=start,
        lagged_work=spec.formula.lagged_work,
    )


def _at_risk(codes: Codes, spec: FitSpec) -> tuple[Covariates, Spans, int]:
    from models.tally.covariates import group_by

    chosen = choose(codes, spec.selection)
    event = Event.DEPARTURE if spec.model == "cox" else Event(spec.model)
    at_risk = spans(codes, event, spec.removals)
    covariates = group_by(codes, (chosen.group >= 0) & at_risk.member, spec.formula.columns)
    return covariates, at_risk, chosen.start_month


def _cox(codes: Codes, spec: FitSpec, progress: Progress | None) -> Fitted:
    from models.regression.cox import fit_cox
    from models.tally.episodes import episodes

    covariates, at_risk, start = _at_risk(codes, spec)
    rows = episodes(
        codes,
        covariates,
        at_risk,
        causes=spec.causes,
        start_month=start,
        lagged_work=spec.formula.lagged_work,
    )
    return fit_cox(rows, spec.formula, spec.model, ties=spec.ties, progress=progress)


def _wages(codes: Codes, spec: FitSpec) -> Fitted:
    from models.regression.clustered import fit_wage
    from models.regression.median import fit_median
    from models.regression.within import fit_within

    makers = {"wage": fit_wage, "within": fit_within, "median": fit_median}
    found = makers[MODELS[spec.model].family](wage_months(codes, spec), spec.formula, spec.model)
    return found if isinstance(found, NoFit) else found.fit


def wage_months(codes: Codes, spec: FitSpec) -> PersonMonths:
    """Return the person-months with a wage that a wage model of `spec` is fitted to."""
    from explorer.pipeline.prices import BundledPrices
    from models.tally.person_months import count_wage_months

    return count_wage_months(
        codes,
        choose(codes, spec.selection),
        spec.formula.columns,
        deflator=BundledPrices().deflator(spec.real_month) if spec.real_month else None,
        balanced=spec.balanced,
    )


def check(codes: Codes, spec: FitSpec) -> None:
    """Refuse, in one sentence, what the dataset or the model does not have."""
    model = MODELS.get(spec.model)
    if model is None:
        raise Refusal(
            N_("There is no model “{model}”; there are {known}."), model=spec.model, known=", ".join(MODELS)
        )
    for name in dict.fromkeys(
        [name for term in spec.formula.terms for name in term] + list(spec.formula.by_month)
    ):
        _check_column(codes, model, name)
    for column, level in spec.formula.references.items():
        _check_reference(codes, spec.formula, column, level)
    for cause in spec.causes:
        if cause not in DESTINATIONS or model.name not in ("departure", "cox"):
            raise Refusal(
                N_("“{cause}” is no destination to depart to; the models departure and cox know {known}."),
                cause=cause,
                known=", ".join(DESTINATIONS),
            )
    if spec.in_blocks and (model.family != "hazard" or spec.in_blocks not in spec.formula.columns):
        raise Refusal(
            N_("Blocks of months need a column among the terms of a hazard model; “{column}” is none."),
            column=spec.in_blocks,
        )
    if model.family == "cox" and spec.formula.by_month:
        raise Refusal(
            N_(
                "A Cox regression has no steps of months; use the model “departure” for a term that changes with month."
            )
        )
    if spec.selection == EVERYONE and not codes.persons:
        raise Refusal(N_("There is nobody in this dataset who settled in the window of arrivals."))


def _check_column(codes: Codes, model: ModelDef, name: str) -> None:
    if name == LAGGED_WORK:
        if not model.lagged:
            raise Refusal(N_("“{term}” may enter the models departure and cox only."), term=name)
    elif name in TIME_VARYING:
        if not model.of_job:
            raise Refusal(
                N_(
                    "“{term}” is known only of those who work, after settling; it may enter the wage models only. For "
                    "others use working[lag1], or a selection with its month, as “contract = agency at 6”."
                ),
                term=name,
            )
    elif name in ("month", "working"):
        raise Refusal(
            N_(
                "“{term}” is no term: let a column change with month, or use working[lag1] for work the month before."
            ),
            term=name,
        )
    elif name not in codes.groupings and name not in codes.numbers:
        known = [*codes.groupings, *codes.numbers]
        raise Refusal(
            N_("There is no column “{column}”; there are {known}."), column=name, known=", ".join(known)
        )


def _check_reference(codes: Codes, formula: Formula, column: str, level: str) -> None:
    levels = codes.groupings[column].levels if column in codes.groupings else ()
    if column not in formula.columns or level not in levels:
        raise Refusal(
            N_("“{column}[{level}]” cannot be the reference; choose a level of a term: {known}."),
            column=column,
            level=level,
            known=", ".join(levels) or ", ".join(formula.columns),
        )
