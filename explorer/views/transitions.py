"""Who moves from which state to which between month days."""

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
    from models.flows import transitions

    return transitions(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
                "(contract of the main job). Row m counts moves from month m − 1 to month m among persons "
                "observable at both."
            )
        ),
    )


VIEW = ViewDef(
    name="transitions",
    topic="work",
    title=N_("Moves between states"),
    axis_label=N_("persons"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=12,
)
