"""Occupancy beside the shortcut that looks at those still present only."""

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
    from models.flows import occupancy_beside_naive

    return occupancy_beside_naive(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
                "(contract of the main job). Beside the occupancy stands the share among those still "
                "present, which is often shown instead: it leaves out who departed, as if those who stay "
                "were like those who left."
            )
        ),
    )


VIEW = ViewDef(
    name="occupancy_naive",
    topic="work",
    title=N_("States, beside those of the people still present"),
    axis_label=N_("% of those who settled"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=11,
)
