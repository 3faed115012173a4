"""Curves that a departure model predicts: of a profile, or of everyone as if they were of one level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from explorer.core.fits import FitSpec
from explorer.core.words import N_, Refusal
from explorer.pipeline.fitting import check, person_time
from models.fit import NoFit
from models.results import Result
from models.tally.choosing import choose
from models.tally.codes import Codes
from models.tally.exits import last_months

if TYPE_CHECKING:
    from models.regression.hazard import Hazard
    from models.tally.person_time import PersonTime


def standardised(codes: Codes, spec: FitSpec, column: str, *, differences: bool = False) -> Result | NoFit:
    """Return standardised curves by `column`, or with `differences` how they differ from the first.

    Raises
    ------
    Refusal
        When `column` is no category of the terms, or the model cannot be predicted from.
    """
    from models.regression.predicted import standardised_curves, standardised_differences

    if column not in spec.formula.columns or column not in codes.groupings:
        known = [name for name in spec.formula.columns if name in codes.groupings]
        raise Refusal(
            N_("“{column}” is no category among the terms; there are {known}."),
            column=column,
            known=", ".join(known) or "–",
        )
    made = _hazard(codes, spec)
    if isinstance(made, NoFit):
        return made
    hazard, tally = made
    drawn = standardised_differences if differences else standardised_curves
    return drawn(hazard, tally, column, _last_month(codes, spec, column))


def predicted_profile(codes: Codes, spec: FitSpec, profile: Mapping[str, str]) -> Result | NoFit:
    """Return the predicted share departed of one profile.

    Raises
    ------
    Refusal
        When the profile lacks a column of the terms, or a level is unknown.
    """
    from models.regression.predicted import profile_curve

    for name in spec.formula.columns:
        if name not in profile:
            raise Refusal(N_("The profile says nothing of “{column}”; add it as {column}=…."), column=name)
        if name in codes.groupings and profile[name] not in codes.groupings[name].levels:
            raise Refusal(
                N_("“{level}” is no level of “{column}”; there are {known}."),
                level=profile[name],
                column=name,
                known=", ".join(codes.groupings[name].levels),
            )
        if name not in codes.groupings and not _is_number(profile[name]):
            raise Refusal(
                N_("“{level}” is no number, which “{column}” needs."), level=profile[name], column=name
            )
    made = _hazard(codes, spec)
    return made if isinstance(made, NoFit) else profile_curve(*made, profile, _last_month(codes, spec)[""])


def _hazard(codes: Codes, spec: FitSpec) -> tuple[Hazard, PersonTime] | NoFit:
    from models.regression.hazard import fit_hazard

    check(codes, spec)
    if spec.model != "departure" or spec.causes or spec.formula.lagged_work:
        raise Refusal(
            N_(
                "Only the model departure, for all destinations and with what is known at settling, gives a share "
                "departed; leave out the destination and work the month before."
            )
        )
    tally = person_time(codes, spec)
    fitted = fit_hazard(tally, spec.formula, spec.model, tests=False)
    return fitted if isinstance(fitted, NoFit) else (fitted, tally)


def _last_month(codes: Codes, spec: FitSpec, column: str = "") -> dict[str, int]:
    """Return by level of `column` ("" without one) the last month that somebody in it could be followed through."""
    chosen = choose(codes, spec.selection, (column,) if column else ())
    levels = (key[0] if key else "" for key in chosen.keys)
    return dict(zip(levels, last_months(codes, chosen).tolist(), strict=True))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
