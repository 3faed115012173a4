"""When people lose their first work: cumulative incidence, with departure as competing outcome."""

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

    tally = count_exits(source.codes, chosen, spans(source.codes, Event.JOB_LOSS))
    return share_by_cause(source.release(tally), "outcome")


VIEW = ViewDef(
    name="job_loss",
    topic="work",
    title=N_("Loss of work"),
    axis_label=N_("lost it, % of those who found work"),
    risk_label=N_("at risk"),
    clock=N_("months since the first day worked"),
    ask=_ask,
    note=always(
        N_(
            "Share that has lost its first work: the day after the last day worked when more than 31 "
            "days of presence without work follow, among persons aged 18–64 at settling who found "
            "work. Time runs from the first day worked and everyone is followed until 31 days before "
            "the end of observation; departure competes (Aalen–Johansen)."
        ),
        AT_RISK,
        N_("Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."),
    ),
    place=6,
    explain=(
        N_(
            "The clock starts on the first day worked. A point at month 6 of 30% for loss of work means that thirty "
            "in a hundred of those who found work have, half a year later, lost it: more than 31 days passed here "
            "without any job. Changing employer within that time is no loss. Departed means that they left the "
            "country while still counted as working. Everyone is followed until 31 days before observation ends, so "
            "that a gap can be seen."
        ),
        N_(
            "Loss says nothing of its reason: dismissal, the end of an agency job, study, illness or choice. Who "
            "becomes self-employed looks as if work was lost. People may find work again soon after; the curve counts "
            "only the first loss. Somebody who left without deregistering seems to lose work here although he left. "
            "Those who found work at once and those who took long are different people, so the curve is not about "
            "everyone who settled."
        ),
    ),
)
