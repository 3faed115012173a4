"""Share departed by length of stay: figure 8, one minus Kaplan-Meier."""

from __future__ import annotations

from dataclasses import replace

from explorer.core.brushing import STILL_THERE, still_there
from explorer.core.comparing import ComparedOptions
from explorer.core.views import Published, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ComparedOptions) -> Result:
    from models.departure import log_rank, share_departed
    from models.results import FEWEST, Curves, Test
    from models.tally.exits import count_departures

    released = source.release(count_departures(source.codes, chosen))
    result = share_departed(released)
    test = log_rank(released.counts, FEWEST) if len(chosen.keys) > 1 else None
    if isinstance(result, Curves) and isinstance(test, Test):
        return replace(result, tests=(test,))
    return result


def _difference(source: Source, a: Chosen, b: Chosen, options: ComparedOptions) -> Result:
    from models.differences import difference_between

    return difference_between(source.codes, a, b, source.rules, tuple(range(source.codes.months)))


VIEW = ViewDef(
    name="departure",
    topic="departure",
    title=N_("Share departed"),
    subtitle=N_("after CBS figure 8: by length of stay and period of settling"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    risk_label=N_("at risk"),
    options=ComparedOptions,
    ask=_ask,
    note=always(
        N_(
            "The event is the end of the first stay, for whatever reason, death and removal by the register "
            "included; a later return does not undo it. Time runs in days from settling; at risk are those "
            "still resident and observed that long (one minus Kaplan–Meier)."
        ),
        N_(
            "Band: pointwise 95% interval (Greenwood, log-log), which treats persons as independent; families "
            "leave together, so it is somewhat too narrow."
        ),
    ),
    difference=_difference,
    by=("cohort",),
    published=(Published(id="departed_6m"), Published(id="departed_12m")),
    place=0,
    explain=(
        N_(
            "Each curve follows a group from the day of settling. A point at month 12 of 20% means that a fifth of "
            "those who settled are expected to have left within a year, for whatever reason. People who settled too "
            "recently to have lived here a year count for as long as they were seen and then drop out of those at "
            "risk. The numbers under the plot are the people who were still resident and followed at that month."
        ),
        N_(
            "Only the first stay counts: who comes back later remains departed here, and death and removal by the "
            "register are departures too. People who leave without telling the register depart on the day it finds "
            "out, often months late. The curve supposes that people no longer followed leave like those who are. The "
            "band shows chance alone, and somewhat too little of it, since families leave together. Cohorts live "
            "through the same month of stay in different calendar years."
        ),
    ),
    brush=still_there,
    brush_hint=STILL_THERE,
)
