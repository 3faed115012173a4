"""In what sector people work."""

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
    from models.employment import sector_mix

    return sector_mix(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Sector (NACE/SBI section) of the main job (most hours in the calendar month) on the month day, "
                "as a share of those working, aged 18–64 and present that day. People hired through an agency "
                "are in the sector of the agency."
            )
        ),
    )


VIEW = ViewDef(
    name="sectors",
    topic="work",
    title=N_("Sectors"),
    axis_label=N_("% of those working"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    published=(Published(id="hospitality", key="I"),),
    place=2,
)
