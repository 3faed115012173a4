"""Where those who had departed by a calendar date had gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from explorer.core.dates import DATES, ON
from explorer.core.options import option
from explorer.core.views import Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOptions:
    """`on` is the date; the end of observation when not given."""

    on: date | None = option(None, label=N_("On"), control=DATES, written=ON)  # noqa: RUF009 - made once, and a day does not change


def _ask(source: Source, chosen: Chosen, options: DateOptions) -> Result:
    from models.stock import stock_destinations
    from models.tally.stock import count_departed_to

    on = options.on or source.codes.info.observed_until
    return stock_destinations(source.release(count_departed_to(source.codes, chosen, on)))


VIEW = ViewDef(
    name="stock_destinations",
    topic="departure",
    title=N_("Destinations of those departed by a date"),
    axis_label=N_("% of those departed"),
    options=DateOptions,
    ask=_ask,
    note=always(
        N_("Destinations of those whose first departure lies on or before the date, in parts of one.")
    ),
    picture="table",
    place=9,
    explain=(
        N_(
            "The table looks back from one date on all whose first stay had ended by then and tells where they went. "
            "A share of 0.52 for the country of origin means that fifty-two in a hundred of those who had left went "
            "there. The shares add up to one over all destinations, unknown, removal by the register and death among "
            "them. Only people who left are in it; how many stayed stands in the persons on a date."
        ),
        N_(
            "It is not the chance of going somewhere: that depends on how many leave at all, and is shown month by "
            "month in the share departed by destination. Destinations are what people told when they deregistered; "
            "those who said nothing stand under unknown, and many who were removed by the register may have gone "
            "home. Early leavers weigh most, as they had most time to leave, so a change of destination shows only "
            "slowly."
        ),
    ),
)
