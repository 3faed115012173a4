"""The statutory minimum wage under which people work, and who is paid less."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE_OF_AGE, still_there_of_age
from explorer.core.sentences import NO_BAND, RETURNED
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.tally.pay import count_below_minimum
    from models.wages import minimum_wage

    return minimum_wage(source.release(count_below_minimum(source.codes, chosen, source.prices.minimum_on)))


VIEW = ViewDef(
    name="minimum_wage",
    topic="wages",
    title=N_("Paid less than the statutory minimum"),
    axis_label=N_("below the minimum, % of those working"),
    risk_label=N_("working"),
    ask=_ask,
    note=always(
        N_(
            "Persons with an hourly wage below the statutory minimum for adults, as a share of those working on "
            "the month day for a known wage, aged 18–64 and present. Each is compared with the minimum of the own "
            "month day: people settled on different days, so one month of stay lies under different minimums. "
            "Until 2023 the law set an amount a month, here for a 38-hour week. A lower wage can be of a young "
            "worker, for whom the law sets less."
        ),
        RETURNED,
        NO_BAND,
    ),
    place=3,
    explain=(
        N_(
            "The curve gives, of those who work at a month of stay for a known wage, the part paid less an hour than "
            "the legal minimum for adults. A point at month 12 of 6% means that six in a hundred workers were, one "
            "year after settling. Each is compared with the minimum that held on that day, so at one month some are "
            "held to the amount before a rise and others to the one after it. The table gives the mean of these "
            "amounts too."
        ),
        N_(
            "A wage below the minimum need not break the law: young workers may be paid less, and the amount supposes "
            "a 38-hour week for the years in which the law set one a month. Hours may be recorded wrongly, which moves "
            "hourly wages up or down. The minimum rises with the calendar, so a later cohort meets a higher one at the "
            "same month of stay. Undeclared work and the self-employed are not seen."
        ),
    ),
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
)
