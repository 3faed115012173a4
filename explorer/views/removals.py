"""What removals by the register do to the share departed: counted, censored, or moved to the last day worked."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.removals import share_departed_by_removals
    from models.tally.exits import count_exits
    from models.tally.spans import Event, Removal, spans

    codes = source.codes
    return share_departed_by_removals(
        {
            removals: source.release(count_exits(codes, chosen, spans(codes, Event.DEPARTURE, removals)))
            for removals in Removal
        }
    )


VIEW = ViewDef(
    name="removals",
    topic="departure",
    title=N_("Share departed, by treatment of removals"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    risk_label=N_("at risk"),
    ask=_ask,
    note=always(
        N_(
            "One minus Kaplan–Meier three times, with removals by the register (administrative) counted as "
            "departures on the day the register noticed, censored that day, or moved to the day after the last day "
            "worked; removed persons who never worked keep the register's day."
        ),
        N_("Band: pointwise 95% interval (Greenwood, log-log), which treats persons as independent."),
    ),
    place=5,
    explain=(
        N_(
            "Three curves treat the same doubtful departures in three ways. A removal by the register says only that "
            "somebody was found to be gone, not when. Counted as departures on that day, they give one curve; left "
            "out of those at risk from that day, a second; moved to the day after the last day worked, a third. "
            "Curves of 20%, 18% and 21% at month 12 mean that the choice of treatment moves the answer by three "
            "percentage points."
        ),
        N_(
            "None of the three is the truth: it lies where people really left, which nobody wrote down. Treating "
            "removals as censored supposes that removed people go on like the others, which is unlikely. Moving the "
            "date helps only for those who worked as employees; who never did keeps the register's day. The distance "
            "between the curves is a measure of what the register cannot know, and the bands say nothing about it."
        ),
    ),
)
