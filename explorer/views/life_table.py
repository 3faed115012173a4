"""What becomes of those at risk, month of stay by month of stay."""

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
    from models.life_table import life_table
    from models.tally.exits import count_departures

    return life_table(count_departures(source.codes, chosen))


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "First stays by month of stay: at risk on its first day, departed and censored (last observed) in it, "
                "person-days lived in it, and departures per 30.4375 person-days."
            )
        ),
        Message(
            N_(
                "Share staying: Kaplan–Meier by day at the end of the month, 95% interval (Greenwood, log-log), which "
                "treats persons as independent."
            )
        ),
    )


VIEW = ViewDef(
    name="life_table",
    topic="departure",
    title=N_("Life table of departures"),
    axis_label=N_("staying, % of those who settled"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    by=("cohort",),
    place=5,
)
