"""Share working by months since settling: figure 9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.views import NoOptions, Published, Source, ViewDef
from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo
    from models.results import Result
    from models.tally.choosing import Chosen


def _estimate(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.employment import share_working

    return share_working(source.codes, chosen)


def _note(released: ReleasedCurves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Persons with a job on the month day as a share of those present, aged 18–64 and observed that "
                "day; returned persons count again. Employees in the wage register only: self-employed people and "
                "work abroad are not seen, and late deregistration lowers the share."
            )
        ),
        Message(N_("Band: pointwise 95% interval (Wilson), which treats persons as independent.")),
    )


VIEW = ViewDef(
    name="employment",
    topic="work",
    title=N_("Share working"),
    subtitle=N_("after CBS figure 9: persons aged 18–64, by nationality and months since settling"),
    axis_label=N_("working, % of those present"),
    risk_label=N_("present"),
    options=NoOptions,
    estimate=_estimate,
    note=_note,
    by=("nationality_group",),
    published=(
        Published(id="working_4m_first", by="cohort", key="2022 H1"),
        Published(id="working_4m_later", by="cohort", key="2022 H2"),
        Published(id="working_4m_later", by="cohort", key="2023"),
        Published(id="working_4m_later", by="cohort", key="2024 H1"),
        Published(id="working_4m_third", by="nationality_group", key="other"),
    ),
    place=0,
)
