"""Observed beside fitted: the regression of a FitSpec, and the same cells split by the column it is drawn by."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from explorer.core.fits import MODELS, FitSpec
from explorer.core.words import N_, Refusal
from explorer.pipeline.fitting import check, person_time, wage_months
from models.fit import NoFit
from models.results import Result
from models.tally.choosing import choose
from models.tally.codes import Codes
from models.tally.person_months import TIME_VARYING

DRAWN: Final = ("hazard", "work", "wage")


def observed_beside_fitted(codes: Codes, spec: FitSpec, column: str) -> Result | NoFit:
    """Return observed and fitted rates, shares or wages by month and by `column`, which need not be a term.

    Raises
    ------
    Refusal
        When the model has no fitted value by month, or a column does not exist.
    """
    check(codes, spec)
    family = MODELS[spec.model].family
    if family not in DRAWN:
        raise Refusal(
            N_(
                "Observed beside fitted is drawn for departure, return, first job, loss of work, working and the "
                "hourly wage. Choose one of those models."
            )
        )
    if column and column not in codes.groupings and not (family == "wage" and column in TIME_VARYING):
        raise Refusal(
            N_("There is no column “{column}” to compare by; there are {known}."),
            column=column,
            known=", ".join(codes.groupings),
        )
    split = spec
    if column and column not in spec.formula.columns:
        # The likelihood of cells does not change when they are split.
        split = replace(spec, formula=replace(spec.formula, terms=(*spec.formula.terms, (column,))))
    return _hazard(codes, spec, split, column) if family == "hazard" else _months(codes, spec, split, column)


def _hazard(codes: Codes, spec: FitSpec, split: FitSpec, column: str) -> Result | NoFit:
    from models.regression.hazard import fit_hazard
    from models.regression.observed import observed_hazard
    from models.tally.exits import count_exits
    from models.tally.spans import Event, spans

    tally = person_time(codes, split)
    hazard = fit_hazard(tally, spec.formula, spec.model, tests=False)
    if isinstance(hazard, NoFit):
        return hazard
    grouped = column if column in codes.groupings else ""
    chosen = choose(codes, spec.selection, (grouped,) if grouped else ())
    followed = count_exits(codes, chosen, spans(codes, Event(spec.model), spec.removals))
    last = dict(
        zip((key[0] if key else "" for key in chosen.keys), followed.last_month.tolist(), strict=True)
    )
    return observed_hazard(hazard, tally, column, last)


def _months(codes: Codes, spec: FitSpec, split: FitSpec, column: str) -> Result | NoFit:
    from models.regression.clustered import fit_wage, fit_working
    from models.regression.observed import observed_months
    from models.tally.person_months import count_work_months

    if MODELS[spec.model].family == "work":
        tally = count_work_months(codes, choose(codes, spec.selection), split.formula.columns)
        fitted = fit_working(tally, spec.formula, spec.model)
    else:
        tally = wage_months(codes, split)
        fitted = fit_wage(tally, spec.formula, spec.model)
    return fitted if isinstance(fitted, NoFit) else observed_months(fitted, tally, spec.formula, column)
