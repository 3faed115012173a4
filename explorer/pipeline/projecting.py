"""Those present carried forward to a date, under a scenario."""

from __future__ import annotations

import math
from datetime import date

from explorer.core.fits import FitSpec
from explorer.core.words import N_, Refusal
from explorer.pipeline.fitting import check
from models.clocks import day_number
from models.fit import NoFit
from models.projection import Scenario, project
from models.results import Result
from models.tally.choosing import choose
from models.tally.codes import Codes

LONGEST_YEARS = 10


def projection(codes: Codes, spec: FitSpec, by: tuple[str, ...], scenario: Scenario) -> Result | NoFit:
    """Project those of the selection who are present at the end of observation.

    Raises
    ------
    Refusal
        When a column does not exist, the date lies before the end of observation or too far after it, or the
        selection looks at a month after settling.
    """
    check(codes, spec)
    until = codes.info.observed_until
    if not day_number(until) < scenario.until <= day_number(until) + 366 * LONGEST_YEARS:
        raise Refusal(
            N_("A projection runs from {first} to at most {years} years later; choose another last day."),
            first=until.isoformat(),
            years=LONGEST_YEARS,
        )
    for name in by:
        if name not in codes.groupings:
            raise Refusal(
                N_("There is no column “{column}” to compare by; there are {known}."),
                column=name,
                known=", ".join(codes.groupings),
            )
    chosen = choose(codes, spec.selection, by)
    if chosen.start_month:
        raise Refusal(N_("A projection takes those present at the end; leave out conditions on a month."))
    return project(codes, chosen, spec.formula, scenario)


def scenario_of(until: date, kind: str, factor: float, factor_from: date | None, arrivals: float) -> Scenario:
    """Return the scenario asked for.

    Raises
    ------
    Refusal
        When a factor or a number of arrivals is negative or no number, or a date is given without a factor.
    """
    if not (0 <= factor < math.inf and 0 <= arrivals < math.inf):
        raise Refusal(
            N_("A factor on the departure rate and a number of arrivals cannot be negative or infinite.")
        )
    if factor_from is not None and factor == 1:
        raise Refusal(
            N_("A date for the scenario needs a factor on the departure rate other than 1 as well.")
        )
    start = None if factor == 1 else day_number(factor_from) if factor_from else 0
    return Scenario(
        until=day_number(until),
        kind="trend" if kind == "trend" else "as-now",
        factor=factor,
        factor_from=start,
        arrivals=arrivals,
    )
