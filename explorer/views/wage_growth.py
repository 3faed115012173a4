"""How the median wage of each cohort grows with months since settling."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE_OF_AGE, still_there_of_age
from explorer.core.paying import GrowthOptions, panel_messages, prices_message, with_wages
from explorer.core.sentences import NO_BAND, RETURNED
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: GrowthOptions) -> Result:
    from models.wages import median_growth

    return with_wages(source, chosen, options, lambda wages: median_growth(wages, options.balanced))


def _note(released: Curves, options: GrowthOptions, info: DatasetInfo) -> tuple[Message, ...]:
    from models.wages import base_month

    base = base_month(released.start_month, options.balanced)
    return (
        Message(
            N_(
                "Median gross hourly wage of those working at each month, aged 18–64 and present, above that of those "
                "working at month {base} in the same group, {prices}. It compares medians, not persons with "
                "themselves: who works changes from month to month."
            ),
            {"base": base, "prices": prices_message(options)},
        ),
        *panel_messages(options),
        Message(
            N_(
                "Months of stay of different cohorts lie in different calendar years, so that no difference between "
                "them is free of what happened then (the minimum wage rose by 10.15% in January 2023)."
            )
        ),
        Message(RETURNED),
        Message(NO_BAND),
    )


VIEW = ViewDef(
    name="wage_growth",
    topic="wages",
    title=N_("Growth of the median wage"),
    axis_label=N_("growth of the median hourly wage, %"),
    risk_label=N_("working"),
    options=GrowthOptions,
    ask=_ask,
    note=_note,
    by=("cohort",),
    place=2,
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
    explain=(
        N_(
            "Each curve starts at zero and tells how much higher the wage in the middle is than it was at the start. "
            "A point at month 12 of 9% means that the median hourly wage of those working then lies nine percent "
            "above the median of those working in the first month shown. Medians are used because a few very high "
            "wages hardly move them. The numbers under the plot are the people working in that month."
        ),
        N_(
            "It compares two crowds, not persons with themselves: when badly paid people stop working or leave, the "
            "median grows though nobody got a rise. A balanced panel keeps the same workers, at the price of leaving "
            "out everyone who ever paused. Cohorts pass the same month of stay in different calendar years, so a jump "
            "of the minimum wage falls at another month for each. Hours worked, bonuses and work for oneself are not "
            "part of it."
        ),
    ),
)
