"""How many earn at least a chosen wage."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE_OF_AGE, still_there_of_age
from explorer.core.paying import WageOptions, euros, panel_messages, prices_message, with_wages
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: WageOptions) -> Result:
    from models.wages import share_at_or_above

    return with_wages(
        source, chosen, options, lambda wages: share_at_or_above(wages, threshold=options.threshold)
    )


def _note(released: Curves, options: WageOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons with a gross hourly wage of at least {threshold} as a share of those working on the month "
                "day for a known wage, aged 18–64 and present: all wages over all hours of the calendar month, "
                "{prices}."
            ),
            {"threshold": euros(options.threshold), "prices": prices_message(options)},
        ),
        *panel_messages(options),
        Message(N_("Band: pointwise 95% interval (Wilson), which treats persons as independent.")),
    )


VIEW = ViewDef(
    name="wage_threshold",
    topic="wages",
    title=N_("Share at or above a wage"),
    axis_label=N_("at or above the threshold, % of those working"),
    risk_label=N_("working"),
    options=WageOptions,
    ask=_ask,
    note=_note,
    place=1,
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
    explain=(
        N_(
            "A point at month 12 of 40% with the threshold at € 15 means that four in ten of those working a year "
            "after settling earned at least € 15 an hour, before tax. The threshold can be changed; the hourly wage "
            "is all pay of a calendar month divided by all its paid hours, over all jobs. The numbers under the plot "
            "are those working for a wage that is known. The band shows how far chance alone could move the share."
        ),
        N_(
            "A fixed threshold in euros is passed by ever more people as all wages rise, without anyone doing better "
            "than others; wages in prices of one month correct for prices, not for the rise of wages in general. "
            "People without work are not in it at all, so the share can rise because those with low pay stopped or "
            "left. Bonuses are left out, hours may be recorded wrongly, and the self-employed are not seen."
        ),
    ),
)
