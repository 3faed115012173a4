"""Share departed by length of stay: figure 8, one minus Kaplan-Meier."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.core.views import NoOptions, Published, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


def _estimate(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.departure import log_rank, share_departed
    from models.results import Curves, Test
    from models.tally.exits import count_departures

    tally = count_departures(source.codes, chosen)
    result = share_departed(tally)
    test = log_rank(tally) if len(tally.keys) > 1 else None
    if isinstance(result, Curves) and isinstance(test, Test):
        return replace(result, tests=(test,))
    return result


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "The event is the end of the first stay, for whatever reason, death and removal by the register "
                "included; a later return does not undo it. Time runs in days from settling; at risk are those "
                "still resident and observed that long (one minus Kaplan–Meier)."
            )
        ),
        Message(
            N_(
                "Band: pointwise 95% interval (Greenwood, log-log), which treats persons as independent; families "
                "leave together, so it is somewhat too narrow."
            )
        ),
    )


VIEW = ViewDef(
    name="departure",
    topic="departure",
    title=N_("Share departed"),
    subtitle=N_("after CBS figure 8: by length of stay and period of settling"),
    axis_label=N_("departed, % of those who settled"),
    risk_label=N_("at risk"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    by=("cohort",),
    published=(Published(id="departed_6m"), Published(id="departed_12m")),
    place=0,
)
