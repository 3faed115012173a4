"""Where people go: cumulative incidence per destination."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE, still_there
from explorer.core.sentences import AT_RISK
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.destinations import share_by_destination
    from models.tally.exits import count_departures

    return share_by_destination(source.release(count_departures(source.codes, chosen)))


VIEW = ViewDef(
    name="destinations",
    topic="departure",
    title=N_("Share departed by destination"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    risk_label=N_("at risk"),
    ask=_ask,
    note=always(
        N_(
            "Share that has departed to each destination (cumulative incidence, Aalen–Johansen); the "
            "destinations compete and add up to the share departed. A departure without a known destination "
            "counts as destination unknown."
        ),
        AT_RISK,
        N_("Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."),
    ),
    place=2,
    explain=(
        N_(
            "Each curve is one destination. A point at month 12 of 10% for the country of origin means that a tenth "
            "of all who settled have left for that country within a year; the others stayed or went elsewhere. At "
            "every month the destinations add up to the share departed, because a person can leave for one place "
            "only. People who can no longer be followed drop out from that day on."
        ),
        N_(
            "Read a low curve with care: it may mean that few wish to go there, or that most had already left for "
            "another place. The register knows a destination only when people report it; unknown is shown as a "
            "destination of its own, and removal by the register may hide a return home. Deaths are included. The "
            "band covers chance, not wrong or missing destinations, nor the delay with which a departure is written "
            "down."
        ),
    ),
    brush=still_there,
    brush_hint=STILL_THERE,
)
