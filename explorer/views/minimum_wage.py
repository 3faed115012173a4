"""The statutory minimum wage under which people work, and who is paid less."""

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
    from models.wages import minimum_wage

    return minimum_wage(source.codes, chosen, source.prices.minimum_on)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Mean statutory minimum hourly wage for adults of those working, each on the own month day: people "
                "settled on different days, so one month of stay lies under different minimums. Until 2023 the law set "
                "an amount a month, here for a 38-hour week. A lower wage can be of a young worker, for whom the law "
                "sets less."
            )
        ),
    )


VIEW = ViewDef(
    name="minimum_wage",
    topic="work",
    title=N_("Statutory minimum wage"),
    axis_label=N_("EUR per hour"),
    risk_label=N_("working"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=14,
)
