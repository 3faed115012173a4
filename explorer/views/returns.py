"""Who comes back after a first departure."""

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

    tally = count_exits(source.codes, chosen, spans(source.codes, Event.RETURN))
    return share_by_cause(source.release(tally), "outcome")


VIEW = ViewDef(
    name="return",
    topic="departure",
    title=N_("Return after departure"),
    axis_label=N_("returned, % of those who departed"),
    risk_label=N_("at risk"),
    clock=N_("months since the first departure"),
    ask=_ask,
    note=always(
        N_(
            "Share of those who departed that has settled again, by months since the first departure; "
            "the deceased are not at risk. Only a later stay in the register is seen."
        ),
        AT_RISK,
        N_("Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."),
    ),
    place=4,
    explain=(
        N_(
            "The clock starts at the first departure, not at settling. A point at month 6 of 5% means that one in "
            "twenty of those who left are expected to have settled here again within half a year. People who left "
            "recently count for as long as they could be seen and then drop out of those at risk; whoever died is "
            "never at risk of returning. Only a new stay in the register is a return."
        ),
        N_(
            "Visits, and stays of people who do not register again, are not seen. A departure the register wrote down "
            "by mistake and put right afterwards can look like a return. In the share departed these people remain "
            "departed; in the states they count as present again. Few people return, so curves of small groups rest "
            "on a handful of events, and the band shows it. Why they came back is not in the register."
        ),
    ),
)
