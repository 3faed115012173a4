"""When people find a first job: cumulative incidence, with departure as competing outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.views import NoOptions, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


def _estimate(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.destinations import share_by_cause
    from models.tally.exits import count_exits
    from models.tally.spans import Event, spans

    return share_by_cause(count_exits(source.codes, chosen, spans(source.codes, Event.FIRST_JOB)), "outcome")


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Share that has had a first job (any day worked on or after the day after settling), "
                "among persons aged 18–64 who did not work on the day of settling. Departure competes: "
                "who leaves before a job counts as departed, never as one who would still find work "
                "(Aalen–Johansen, not one minus Kaplan–Meier)."
            )
        ),
        Message(
            N_(
                "Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."
            )
        ),
    )


VIEW = ViewDef(
    name="first_job",
    topic="work",
    title=N_("First job"),
    axis_label=N_("had it, % of those without work at settling"),
    clock=N_("months since settling"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    place=5,
)
