"""How long people spend in each state."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.flows import time_in_state
    from models.tally.flows import count_flows

    return time_in_state(source.release(count_flows(source.codes, chosen)))


VIEW = ViewDef(
    name="time_in_state",
    topic="flows",
    title=N_("Months spent in each state"),
    axis_label=N_("months"),
    ask=_ask,
    note=always(
        N_(
            "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
            "(contract of the main job). Mean months in each state up to month 12 and 24: the sum "
            "over months of the occupancy at the start of the month times its days, for groups "
            "observed that long."
        )
    ),
    picture="estimates",
    place=13,
    explain=(
        N_(
            "The table answers how the first twelve or twenty-four months were spent. A value of 3.5 months on an "
            "agency contract within twelve means that, averaged over everyone of 18 to 64 who settled, also those who "
            "never worked or soon left, three and a half of twelve months passed in that state. The states, departed "
            "among them, add up to the whole time. Only groups that were followed that long are given."
        ),
        N_(
            "It is an average, and averages hide people: 3.5 months can be everybody for a season or a third of "
            "people for nearly a year. States are read once a month and taken to last until the next reading, so jobs "
            "of a few days weigh too much or not at all. Time after the twelve or twenty-four months plays no part. "
            "The self-employed stand under not working, as do people who left without deregistering."
        ),
    ),
)
