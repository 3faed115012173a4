"""What contract people work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.views import NoOptions, Published, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


def _estimate(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.employment import contract_mix

    return contract_mix(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Contract of the main job (most hours in the calendar month) on the month day, as a share of "
                "those working, aged 18–64 and present that day."
            )
        ),
    )


VIEW = ViewDef(
    name="contracts",
    topic="work",
    title=N_("Contracts"),
    axis_label=N_("% of those working"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    published=(Published(id="agency_6m", key="agency"), Published(id="agency_24m", key="agency")),
    place=1,
)
