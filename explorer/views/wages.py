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
    """What a reader may ask of wages.

    `threshold` in EUR per hour, for the share at or above it; `real` a calendar month, as ``2024-01``, in whose prices
    wages are counted; `balanced` the first and last month of a panel of persons with a wage at every one of them.
    """

    threshold: float = 15.0
    real: str = ""
    balanced: tuple[int, int] | None = None


def _estimate(source: Source, chosen: Chosen, options: WagesOptions) -> Result:
    from models.wages import wage_fan

    deflator = source.prices.deflator(options.real) if options.real else None
    return wage_fan(
        source.codes, chosen, threshold=options.threshold, deflator=deflator, balanced=options.balanced
    )


def _note(released: ReleasedCurves, options: WagesOptions, info: DatasetInfo) -> tuple[Message, ...]:
    prices = (
        Message(N_("in prices of {month} (consumer price index)"), {"month": options.real})
        if options.real
        else Message(N_("in euros of the day, not corrected for prices"))
    )
    sentences = [
        Message(
            N_(
                "Median gross hourly wage of those working on the month day, aged 18–64 and present: all wages "
                "over all hours of the calendar month, {prices}. Band: from the 25th to the 75th percentile, the "
                "spread between people, not an interval."
            ),
            {"prices": prices},
        )
    ]
    if options.balanced is not None:
        first, last = options.balanced
        sentences.append(
            Message(
                N_("Balanced panel: only persons with a wage at every month from {first} to {last}."),
                {"first": first, "last": last},
            )
        )
    return tuple(sentences)


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
