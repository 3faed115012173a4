"""Who has worked for more than one employer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from explorer.core.views import Published, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployersOptions:
    """Employers counted since settling (cumulative) or on the month day (concurrent)."""

    count: Literal["cumulative", "concurrent"] = "cumulative"


def _estimate(source: Source, chosen: Chosen, options: EmployersOptions) -> Result:
    from models.employment import several_employers

    return several_employers(source.codes, chosen, concurrent=options.count == "concurrent")


def _note(released: ReleasedCurves, options: EmployersOptions, info: DatasetInfo) -> tuple[Message, ...]:
    if options.count == "concurrent":
        return (
            Message(
                N_(
                    "Those with more than one employer on the month day, as a share of those working, aged 18–64 "
                    "and present that day."
                )
            ),
        )
    return (
        Message(
            N_(
                "Those who have worked for more than one employer since settling, as a share of those working on "
                "the month day, aged 18–64 and present."
            )
        ),
    )


VIEW = ViewDef(
    name="employers",
    topic="work",
    title=N_("More than one employer"),
    axis_label=N_("% of those working"),
    risk_label=N_("working"),
    options=EmployersOptions,
    estimate=_estimate,
    note=_note,
    published=(Published(id="jobs_6m"), Published(id="jobs_24m")),
    place=3,
)
