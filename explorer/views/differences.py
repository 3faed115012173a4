"""How much the share departed differs between groups."""

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
    from models.differences import differences_from_first
    from models.tally.exits import count_departures

    return differences_from_first(count_departures(source.codes, chosen))


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Share departed (one minus Kaplan–Meier) 6, 12 and 24 months after settling, less that of the first "
                "group; both from the same day on."
            )
        ),
        Message(
            N_(
                "Interval: 95%, Wald from Greenwood errors, which treats persons as independent; the p-value is of no "
                "difference, for each month and group on its own."
            )
        ),
    )


VIEW = ViewDef(
    name="differences",
    topic="departure",
    title=N_("Differences in the share departed"),
    axis_label=N_("percentage points"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    by=("cohort",),
    place=7,
)
