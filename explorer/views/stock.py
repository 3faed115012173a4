"""Counts on a calendar date: settled, departed, present, working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from explorer.core.dates import DATES, ON
from explorer.core.options import Choice, Written, option
from explorer.core.views import Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen

AGES: Final = (
    (None, N_("all ages")),
    ((15, 64), "15–64"),
    ((15, 74), "15–74"),
    ((18, 64), "18–64"),
    ((0, 17), "0–17"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockOptions:
    """`on` is the date (the end of observation when not given); `ages` the ages counted, both ends included."""

    on: date | None = option(None, label=N_("On"), control=DATES, written=ON)  # noqa: RUF009 - made once, and a day does not change
    ages: tuple[int, int] | None = option(
        None,
        label=N_("Ages"),
        control=Choice(values=AGES),
        written=Written(reads="ages", help="ages that are counted"),
    )


def _ask(source: Source, chosen: Chosen, options: StockOptions) -> Result:
    from models.stock import stock
    from models.tally.stock import count_stock

    on = options.on or source.codes.info.observed_until
    tally = count_stock(source.register, source.codes, chosen, on, options.ages, source.pause)
    return stock(source.release(tally))


VIEW = ViewDef(
    name="stock",
    topic="work",
    title=N_("Persons on a date"),
    axis_label=N_("working, % of those present"),
    options=StockOptions,
    ask=_ask,
    note=always(
        N_(
            "Settled and departed count first stays on or before the date; present are residents that day, "
            "working those of them with a job that covers the day. Interval: 95%, Wilson."
        )
    ),
    picture="table",
    place=8,
    explain=(
        N_(
            "The table is a photograph on one date. Settled is everyone who had settled by then, departed those whose "
            "first stay had ended, present those resident that day, working those of them with a job as employee that "
            "covers it. A share of 46% with an interval from 45% to 47% means that forty-six in a hundred of the "
            "people present were working. The date and the ages can be chosen."
        ),
        N_(
            "A photograph mixes people who came last week with people who have been here for years, so two dates "
            "differ because of who arrived as much as because of what people did. To follow the same people use the "
            "months since settling. Who returned is present again although counted as departed, so settled less "
            "departed is not present. Departures not yet noticed by the register make present too large and the share "
            "working too low."
        ),
    ),
)
