"""How fast people leave, by calendar month and month of stay at once."""

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
    from models.lexis import lexis_surface

    return lexis_surface(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "First departures per 30.4375 person-days by calendar month and month of stay; a departure lies in "
                "the cell of its last resident day. No rate is given for cells of fewer than 10 persons or 30 "
                "person-months."
            )
        ),
    )


VIEW = ViewDef(
    name="lexis",
    topic="departure",
    title=N_("Departure rate by calendar month and month of stay"),
    axis_label=N_("departures, % a month"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=4,
)
