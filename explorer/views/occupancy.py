"""States by months since settling: who works on which contract, and who has departed."""

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
    from models.flows import occupancy

    return occupancy(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
                "(contract of the main job). Shares are Aalen–Johansen occupancy, which censoring leaves "
                "unbiased. “Departed” is net of returns and therefore not the share departed of figure 8."
            )
        ),
    )


VIEW = ViewDef(
    name="occupancy",
    topic="work",
    title=N_("States"),
    axis_label=N_("% of those who settled"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=True,
    place=10,
)
