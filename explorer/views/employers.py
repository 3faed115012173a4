"""Who has worked for more than one employer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explorer.core.options import Choice, Written, option
from explorer.core.sentences import NO_BAND, RETURNED
from explorer.core.views import Published, Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployersOptions:
    """Employers counted since settling (cumulative) or on the month day (concurrent)."""

    count: Literal["cumulative", "concurrent"] = option(
        "cumulative",
        label=N_("Employers"),
        control=Choice(
            values=(("cumulative", N_("since settling")), ("concurrent", N_("at the same time"))),
        ),
        written=Written(help="how employers are counted"),
    )


def _ask(source: Source, chosen: Chosen, options: EmployersOptions) -> Result:
    from models.employment import several_employers
    from models.tally.states import count_employers

    tally = count_employers(source.codes, chosen, concurrent=options.count == "concurrent")
    return several_employers(source.release(tally))


_COUNTED = {
    "cumulative": N_(
        "Those who have worked for more than one employer since settling, as a share of those working on "
        "the month day, aged 18–64 and present."
    ),
    "concurrent": N_(
        "Those with more than one employer on the month day, as a share of those working, aged 18–64 "
        "and present that day."
    ),
}


def _note(released: Curves, options: EmployersOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return tuple(Message(text) for text in (_COUNTED[options.count], RETURNED, NO_BAND))


VIEW = ViewDef(
    name="employers",
    topic="work",
    title=N_("More than one employer"),
    axis_label=N_("% of those working"),
    risk_label=N_("working"),
    options=EmployersOptions,
    ask=_ask,
    note=_note,
    published=tuple(Published(id=name, when=("count", "cumulative")) for name in ("jobs_6m", "jobs_24m")),
    place=3,
    explain=(
        N_(
            "Among those working on the day, the curve gives the part with more than one employer. Counted since "
            "settling, a point at month 12 of 30% means that three in ten workers have worked for at least two "
            "employers so far, one after the other or at once. Counted at the same time, it means that they had two "
            "jobs on that very day. The choice stands above the figure."
        ),
        N_(
            "The share since settling can only grow for a person, yet the curve can fall, because the people working "
            "differ from month to month. Many employers can mean moving up or never finding a steady place; the "
            "figure does not tell which. Agency workers have one employer, the agency, however many firms they work "
            "in. A firm that changes its legal form may look like a new employer. Work for oneself is not seen."
        ),
    ),
)
