"""How many of those present will still be there: observed, then carried forward under a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from explorer.core.fits import FitSpec, FitTask
from explorer.core.options import Choice, ChoiceOf, Number, option
from explorer.core.views import ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.regression.formula import Formula
from models.selection import Predicate

if TYPE_CHECKING:
    from models.disclosure.gate import ReleasedCurves
    from models.tally.codes import Codes

END_OF_PROTECTION: Final = "2027-03-04"
"""Temporary protection of displaced persons from Ukraine ends on this day (Council of the EU, July 2025)."""
ENDS: Final = (
    ("2025-07-01", N_("1 July 2025")),
    ("2026-03-04", N_("4 March 2026")),
    (END_OF_PROTECTION, N_("4 March 2027")),
)
"""Days to project to."""
QUARTERS: Final = (1, 4, 7, 10)
CHANGING: Final = tuple(step / 10 for step in range(41) if step != 10)
"""Factors that change something."""


def _ends(codes: Codes) -> tuple[tuple[str, str], ...]:
    later = tuple((day, name) for day, name in ENDS if day > codes.info.observed_until.isoformat())
    return later or ENDS[-1:]


def _quarters(codes: Codes) -> tuple[tuple[str, date], ...]:
    first, last = codes.info.observed_until, date.fromisoformat(END_OF_PROTECTION)
    days = (date(year, month, 1) for year in range(first.year, last.year + 1) for month in QUARTERS)
    return tuple((day.isoformat(), day) for day in days if first <= day < last)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionOptions:
    """What is assumed of the future.

    Attributes
    ----------
    kind
        Beyond the last month observed: the rate as now, or along its trend.
    factor, factor_from
        Departure rates are multiplied from that day on.
    arrivals
        Persons who settle each month, evenly over its days, like those of the last year.
    """

    until: str = option(END_OF_PROTECTION, label=N_("Until"), control=ChoiceOf(values=_ends))
    kind: str = option(
        "as-now",
        label=N_("Later departure rate"),
        control=Choice(values=(("as-now", N_("as now")), ("trend", N_("along its trend")))),
    )
    factor: float = option(
        1.0, label=N_("Factor on the departure rate"), control=Number(low=0.0, high=4.0, step=0.1, digits=1)
    )
    factor_from: str = option(
        "2025-10-01", label=N_("Factor from"), control=ChoiceOf(values=_quarters), when=("factor", CHANGING)
    )
    arrivals: float = option(
        0.0,
        label=N_("Arrivals"),
        control=Number(low=0.0, high=5000.0, step=50.0, unit=N_("persons a month")),
    )


def _fit(selection: Predicate, by: tuple[str, ...], options: ProjectionOptions) -> FitTask:
    columns = tuple(dict.fromkeys(("cohort", *by)))
    since = date.fromisoformat(options.factor_from) if options.factor != 1 else None
    return FitTask(
        task="project",
        spec=FitSpec(
            model="departure",
            formula=Formula(terms=tuple((name,) for name in columns)),
            selection=selection,
        ),
        arguments=(
            by,
            (date.fromisoformat(options.until), options.kind, options.factor, since, options.arrivals),
        ),
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


def _note(released: ReleasedCurves, options: ProjectionOptions, info: DatasetInfo) -> tuple[Message, ...]:
    out = [
        Message(
            N_(
                "Until {day}: persons present on the first of each month, counted. After it, dashed: those present "
                "then carried forward at the fitted departure rate of their month of stay; who leaves does not "
                "return."
            ),
            {"day": info.observed_until},
        ),
        Message(_BEYOND[options.kind]),
    ]
    if options.factor != 1:
        out.append(
            Message(
                N_("Departure rates are multiplied by {factor} from {day} on."),
                {"factor": options.factor, "day": date.fromisoformat(options.factor_from)},
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
    fit=_fit,
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
