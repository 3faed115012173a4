"""Share working by months since settling: figure 9."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE_OF_AGE, still_there_of_age
from explorer.core.comparing import ComparedOptions
from explorer.core.views import Published, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ComparedOptions) -> Result:
    from models.employment import share_working
    from models.tally.states import count_work

    return share_working(source.release(count_work(source.codes, chosen)))


def _difference(source: Source, a: Chosen, b: Chosen, options: ComparedOptions) -> Result:
    from models.differences_of_work import difference_in_work
    from models.tally.two_selections import count_work_of_two

    months = tuple(range(source.codes.months))
    return difference_in_work(source.release(count_work_of_two(source.codes, a, b, months)))


VIEW = ViewDef(
    name="employment",
    topic="work",
    title=N_("Share working"),
    subtitle=N_("after CBS figure 9: persons aged 18–64, by nationality and months since settling"),
    axis_label=N_("working, % of those present"),
    risk_label=N_("present"),
    options=ComparedOptions,
    ask=_ask,
    note=always(
        N_(
            "Persons with a job on the month day as a share of those present, aged 18–64 and observed that "
            "day; returned persons count again. Employees in the wage register only: self-employed people and "
            "work abroad are not seen, and late deregistration lowers the share."
        ),
        N_("Band: pointwise 95% interval (Wilson), which treats persons as independent."),
    ),
    difference=_difference,
    by=("nationality_group",),
    published=(
        Published(id="working_4m_first", by="cohort", key="2022 H1"),
        Published(id="working_4m_later", by="cohort", key="2022 H2"),
        Published(id="working_4m_later", by="cohort", key="2023"),
        Published(id="working_4m_later", by="cohort", key="2024 H1"),
        Published(id="working_4m_third", by="nationality_group", key="other"),
    ),
    place=0,
    explain=(
        N_(
            "A point at month 12 of 50% means: of those who were still here twelve months after settling, aged 18 to "
            "64 that day, half had a job as an employee on that very day. A job counts when a wage record with paid "
            "hours covers that day; how many hours does not matter. The numbers under the plot are the people "
            "present. Whoever came back after leaving is counted again."
        ),
        N_(
            "The people change from month to month: some leave, the young grow up, and late months rest on those who "
            "settled first, so a rise need not mean that the same people find work. The self-employed and those "
            "working abroad are not seen. People who left without deregistering count as present without work and "
            "press the share down. The band covers chance only. The economy and the rules changed over the calendar "
            "years as well."
        ),
    ),
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
)
