"""How long people spend in each state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.views import NoOptions, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


def _estimate(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.flows import time_in_state

    return time_in_state(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
                "(contract of the main job). Mean months in each state up to month 12 and 24: the sum "
                "over months of the occupancy at the start of the month times its days, for groups "
                "observed that long."
            )
        ),
    )


VIEW = ViewDef(
    name="time_in_state",
    topic="work",
    title=N_("Months spent in each state"),
    axis_label=N_("months"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=13,
)
