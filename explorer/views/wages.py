"""What people earn an hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class WagesOptions:
    """`threshold` in EUR per hour, for the share at or above it."""

    threshold: float = 15.0


def _estimate(source: Source, chosen: Chosen, options: WagesOptions) -> Result:
    from models.wages import wage_fan

    return wage_fan(source.codes, chosen, threshold=options.threshold)


def _note(released: ReleasedCurves, options: WagesOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Median gross hourly wage of those working on the month day, aged 18–64 and present: all wages "
                "over all hours of the calendar month, in euros of the day, not corrected for prices. Band: from "
                "the 25th to the 75th percentile, the spread between people, not an interval."
            )
        ),
    )


VIEW = ViewDef(
    name="wages",
    topic="work",
    title=N_("Hourly wage"),
    axis_label=N_("EUR per hour, median"),
    risk_label=N_("working"),
    options=WagesOptions,
    estimate=_estimate,
    note=_note,
    place=4,
)
