"""When people find a first job: cumulative incidence, with departure as competing outcome."""

from __future__ import annotations

from explorer.core.sentences import AT_RISK
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.destinations import share_by_cause
    from models.tally.exits import count_exits
    from models.tally.spans import Event, spans

    tally = count_exits(source.codes, chosen, spans(source.codes, Event.FIRST_JOB))
    return share_by_cause(source.release(tally), "outcome")


VIEW = ViewDef(
    name="first_job",
    topic="work",
    title=N_("First job"),
    axis_label=N_("had a first job, % of those without work at settling"),
    axis_label_then=N_("had a first job, % of those without it until then"),
    risk_label=N_("at risk"),
    clock=N_("months since settling"),
    ask=_ask,
    note=always(
        N_(
            "Share that has had a first job (any day worked on or after the day after settling), "
            "among persons aged 18–64 who did not work on the day of settling. Departure competes: "
            "who leaves before a job counts as departed, never as one who would still find work "
            "(Aalen–Johansen, not one minus Kaplan–Meier)."
        ),
        AT_RISK,
        N_("Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."),
    ),
    place=5,
    explain=(
        N_(
            "The curves follow people of 18 to 64 who did not work on the day they settled. A point at month 12 of "
            "45% for first job means that by then forty-five in a hundred have worked as an employee at least one "
            "day. Departed means gone before any job. What is left over to one hundred percent is still here and "
            "still looking, or not looking. People followed for less than twelve months count for as long as they "
            "were seen."
        ),
        N_(
            "A first job may last one day; it does not mean lasting work. Who had work on the day of settling is left "
            "out, so the curve describes later starters only. Leaving first and working first are rivals: a low curve "
            "can come from many departures. The self-employed are not seen, nor is work not declared, so some who "
            "appear without a job do work. The register does not say who wishes to work or may do so."
        ),
    ),
)
