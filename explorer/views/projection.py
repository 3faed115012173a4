"""How many of those present will still be there: observed, then carried forward under a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from explorer.core.formulas import model_asked
from explorer.core.modelling import ModelOptions
from explorer.core.options import Choice, ChoiceOf, Number, Switch, Written, option
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message, Refusal
from models.fit import NoFit
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen
from models.tally.codes import Codes

END_OF_PROTECTION: Final = date(2027, 3, 4)
"""Temporary protection of displaced persons from Ukraine ends on this day (Council of the EU, July 2025)."""
ENDS: Final = (
    (date(2025, 7, 1), N_("1 July 2025")),
    (date(2026, 3, 4), N_("4 March 2026")),
    (END_OF_PROTECTION, N_("4 March 2027")),
)
"""Days to project to."""
QUARTERS: Final = (1, 4, 7, 10)
LONGEST_YEARS: Final = 10


def _ends(codes: Codes) -> tuple[tuple[date, str], ...]:
    later = tuple((day, name) for day, name in ENDS if day > codes.info.observed_until)
    return later or ENDS[-1:]


def _quarters(codes: Codes) -> tuple[tuple[date, date], ...]:
    first, last = codes.info.observed_until, END_OF_PROTECTION
    days = (date(year, month, 1) for year in range(first.year, last.year + 1) for month in QUARTERS)
    return tuple((day, day) for day in days if first <= day < last)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionOptions:
    """What is assumed of the future.

    Attributes
    ----------
    kind
        Beyond the last month observed: the rate as now, or along its trend.
    factor, factor_from
        Departure rates are multiplied from that day on; None: from the end of observation.
    arrivals
        Persons who settle each month, evenly over its days, like those of the last year.
    observed
        Whether it begins with what was observed before it.
    terms
        Terms of the departure rate; None: the cohort and the columns that are compared.
    """

    until: date = option(  # noqa: RUF009
        END_OF_PROTECTION,
        label=N_("Until"),
        control=ChoiceOf(values=_ends),
        written=Written(help="last day of the projection"),
    )
    kind: Literal["as-now", "trend"] = option(
        "as-now",
        label=N_("Later departure rate"),
        control=Choice(values=(("as-now", N_("as now")), ("trend", N_("along its trend")))),
        written=Written(name="scenario", help="departure rate beyond the last month observed"),
    )
    factor: float = option(
        1.0,
        label=N_("Factor on the departure rate"),
        control=Number(low=0.0, high=4.0, step=0.1, digits=1),
        written=Written(high=100, help="multiply departure rates by this"),
    )
    factor_from: date | None = option(  # noqa: RUF009
        date(2025, 10, 1),
        label=N_("Factor from"),
        control=ChoiceOf(values=_quarters),
        unless=("factor", 1.0),
        written=Written(name="from", help="the day from which --factor multiplies them"),
    )
    arrivals: float = option(
        0.0,
        label=N_("Arrivals"),
        control=Number(low=0.0, high=5000.0, step=50.0, unit=N_("persons a month")),
        written=Written(high=10_000_000, help="settling after the last day observed"),
    )
    observed: bool = option(
        True,
        label=N_("What was observed before"),
        control=Switch(),
        written=Written(help="begin with those counted before the last day observed"),
    )
    terms: tuple[str, ...] | None = option(
        None, label=N_("Terms"), written=Written(reads="terms", help="terms of the model of departure")
    )


def _ask(source: Source, chosen: Chosen, options: ProjectionOptions) -> Result | NoFit:
    from models.clocks import day_number
    from models.present import observed_then_projected
    from models.projection import Scenario, project
    from models.results import Curves

    codes, first = source.codes, source.codes.info.observed_until
    if not first < options.until <= first + timedelta(days=366 * LONGEST_YEARS):
        raise Refusal(
            N_("A projection runs from {first} to at most {years} years later; choose another last day."),
            first=first.isoformat(),
            years=LONGEST_YEARS,
        )
    if chosen.start_month:
        raise Refusal(N_("A projection takes those present at the end; leave out conditions on a month."))
    since = (options.factor_from or first) if options.factor != 1 else None
    if since is not None and not first <= since < options.until:
        raise Refusal(
            N_("The factor must begin between {first} and {last}; choose another day for it."),
            first=first.isoformat(),
            last=options.until.isoformat(),
        )
    names = tuple(dict.fromkeys(("cohort", *chosen.by))) if options.terms is None else options.terms
    model = model_asked(source, ModelOptions(terms=names))
    scenario = Scenario(
        until=day_number(options.until),
        kind=options.kind,
        factor=options.factor,
        factor_from=None if since is None else day_number(since),
        arrivals=options.arrivals,
    )
    found = project(codes, chosen, model.formula, scenario, source.rules)
    if not options.observed or not isinstance(found, Curves):
        return found
    return observed_then_projected(found, codes, chosen)


CARRIED: Final = N_(
    "Those present on {first} carried forward at the fitted departure rate of their month of stay; who returned is on "
    "the clock of the current stay; returns are not counted."
)
_BEYOND: Final = {
    "as-now": N_(
        "Beyond the last month of stay that ten persons were followed through, the rate of the last twelve calendar "
        "months at stays of a year or more holds."
    ),
    "trend": N_(
        "Beyond the last month of stay that ten persons were followed through, the rate goes on along its trend over "
        "the last twelve calendar months, at stays of a year or more."
    ),
}


def _note(released: Curves, options: ProjectionOptions, info: DatasetInfo) -> tuple[Message, ...]:
    out = [
        Message(
            N_(
                "Until {day}: persons present on the first of each month, counted. After it, dashed: those present "
                "then carried forward at the fitted departure rate of their month of stay; who leaves does not "
                "return."
            ),
            {"day": info.observed_until},
        )
        if options.observed
        else Message(CARRIED, {"first": info.observed_until}),
        Message(_BEYOND[options.kind]),
    ]
    if options.factor != 1:
        out.append(
            Message(
                N_("Departure rates are multiplied by {factor} from {day} on."),
                {"factor": options.factor, "day": options.factor_from or info.observed_until},
            )
        )
    if options.arrivals:
        out.append(
            Message(
                N_("{persons} persons settle each month, evenly over its days, like those of the last year."),
                {"persons": options.arrivals},
            )
        )
    else:
        out.append(Message(N_("Nobody settles after it.")))
    out.append(
        Message(
            N_(
                "Band: 95% of seeded draws of the coefficients and of who leaves. It does not cover the choice of "
                "scenario, which matters more."
            )
        )
    )
    return tuple(out)


VIEW = ViewDef(
    name="projection",
    topic="departure",
    title=N_("Projection of those present"),
    subtitle=N_("observed, then under a scenario"),
    axis_label=N_("persons present"),
    clock=N_("date"),
    options=ProjectionOptions,
    runs="fits",
    ask=_ask,
    note=_note,
    place=9,
    explain=(
        N_(
            "The first part counts who was resident on the first of each month. From the end of the data on, "
            "everybody who was present then leaves at the rate that people of the same length of stay had; the "
            "dashed line is the number that remains, the band the part of the uncertainty that comes from chance. "
            "Move the factor to see what a departure rate twice as high, or half, would do from a quarter of your "
            "choice."
        ),
        N_(
            "This is no forecast. Nobody knows how people will decide when temporary protection ends, what peace "
            "would change, or who will come; the scenario says what you assume, and the band does not cover it. "
            "Returns are not counted, and a departure that the register has not yet learnt of still counts as a "
            "person present."
        ),
    ),
)
