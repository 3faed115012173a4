"""Where people go: cumulative incidence per destination."""

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
    from models.destinations import share_by_destination
    from models.tally.exits import count_departures

    return share_by_destination(count_departures(source.codes, chosen))


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Share that has departed to each destination (cumulative incidence, Aalen–Johansen); the "
                "destinations compete and add up to the share departed. A departure without a known destination "
                "counts as destination unknown."
            )
        ),
        Message(
            N_(
                "Band: pointwise 95% interval (log-log on the incidence), which treats persons as independent."
            )
        ),
    )


VIEW = ViewDef(
    name="destinations",
    topic="departure",
    title=N_("Share departed by destination"),
    axis_label=N_("departed, % of those who settled"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    place=2,
)
