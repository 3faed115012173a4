"""Share departed among those observed long enough: the simple share with fixed follow-up."""

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
    from models.departure import share_departed_followed

    return share_departed_followed(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Those who departed by month m, for whatever reason, as a share of those who settled long enough "
                "ago to be observed at month m. The people change from month to month, so the curve may fall."
            )
        ),
        Message(N_("Band: pointwise 95% interval (Wilson), which treats persons as independent.")),
    )


VIEW = ViewDef(
    name="departure_followed",
    topic="departure",
    title=N_("Share departed, fixed follow-up"),
    axis_label=N_("departed, % of those observed that long"),
    risk_label=N_("observable"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    by=("cohort",),
    place=1,
)
