"""How fast people leave: departures per month of stay."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE, still_there
from explorer.core.sentences import WHATEVER
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.departure import departure_rate
    from models.tally.exits import count_departures

    return departure_rate(source.release(count_departures(source.codes, chosen)))


VIEW = ViewDef(
    name="hazard",
    topic="departure",
    title=N_("Departure rate"),
    axis_label=N_("departures, % a month"),
    ask=_ask,
    note=always(
        N_(
            "First departures in each month of stay per 30.4375 person-days lived in that month, in percent; "
            "exposure is counted to the day, also for months observed in part."
        ),
        N_("Band: pointwise exact 95% interval (Garwood), given the exposure."),
        WHATEVER,
    ),
    by=("cohort",),
    place=3,
    explain=(
        N_(
            "A point at month 6 of 2% means: among those still resident in their sixth month, two in a hundred left "
            "per month of presence. Where the share departed adds up everything since settling, this rate looks at "
            "one month at a time, so it shows when leaving speeds up or slows down. It divides departures by the days "
            "people really lived here in that month, also for those followed only a part of it."
        ),
        N_(
            "A rate that falls does not prove that people grow attached: those most ready to leave go first, and the "
            "others remain. Months with few departures jump up and down; the band shows how far that may be chance. "
            "Month of stay and calendar time run together within a cohort, so a wave of returns in one spring appears "
            "at another month for each cohort. Departures noticed late by the register come too late here."
        ),
    ),
    brush=still_there,
    brush_hint=STILL_THERE,
)
