"""Counts on a calendar date: settled, departed, present, working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class StockOptions:
    """`on` is the date (the end of observation when not given); `ages` the ages counted, both ends included."""

    on: date | None = None
    ages: tuple[int, int] | None = None


def _estimate(source: Source, chosen: Chosen, options: StockOptions) -> Result:
    from models.stock import Ages, stock

    on = options.on or source.codes.info.observed_until
    ages = Ages(low=options.ages[0], high=options.ages[1]) if options.ages else None
    return stock(source.register(), source.codes, chosen, on, ages)


def _note(released: ReleasedCurves, options: StockOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Settled and departed count first stays on or before the date; present are residents that day, "
                "working those of them with a job that covers the day. Interval: 95%, Wilson."
            )
        ),
    )


VIEW = ViewDef(
    name="stock",
    topic="stock",
    title=N_("Persons on a date"),
    axis_label=N_("working, % of those present"),
    options=StockOptions,
    estimate=_estimate,
    note=_note,
    figure=False,
    place=8,
)
