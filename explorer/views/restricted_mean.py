"""How long people stay on average within a year or two."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.restricted_mean import restricted_mean
    from models.tally.exits import count_departures

    return restricted_mean(source.release(count_departures(source.codes, chosen)))


VIEW = ViewDef(
    name="restricted_mean",
    topic="departure",
    title=N_("Mean stay within 12 and 24 months"),
    axis_label=N_("months"),
    ask=_ask,
    note=always(
        N_(
            "Mean stay restricted to the first 12 or 24 months: the area under the share staying (Kaplan–Meier) up "
            "to that day, for groups observed that long. A month is 30.4375 days."
        ),
        N_("Interval: 95%, Wald from Greenwood errors, which treats persons as independent."),
    ),
    picture="estimates",
    by=("cohort",),
    place=6,
    explain=(
        N_(
            "The number answers: of the first twelve months after settling, how many did people spend here on "
            "average? A value of 11.2 months means that, taken over everyone, 0.8 of a month was lost to early "
            "departure. It is the area under the share staying, so departures early in the year weigh more than late "
            "ones. It is given for 12 and for 24 months, and only for groups that were followed that long."
        ),
        N_(
            "It is not how long people will stay: whatever comes after the twelve or twenty-four months plays no "
            "part, and the average cannot exceed them. Two groups with the same mean may differ in when they leave. "
            "Time after a return is not added. Late deregistration lengthens every stay a little. The interval covers "
            "chance, treating people as independent, while families leave together, so it is somewhat too narrow."
        ),
    ),
)
