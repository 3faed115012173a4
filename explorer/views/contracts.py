"""What contract people work on."""

from __future__ import annotations

from explorer.core.brushing import STILL_THERE_OF_AGE, still_there_of_age
from explorer.core.sentences import NO_BAND, RETURNED
from explorer.core.views import NoOptions, Published, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.employment import main_job_mix
    from models.tally.states import count_main_jobs

    codes = source.codes
    return main_job_mix(source.release(count_main_jobs(codes, chosen, codes.contract)), "contract")


VIEW = ViewDef(
    name="contracts",
    topic="work",
    title=N_("Contracts"),
    axis_label=N_("% of those working"),
    ask=_ask,
    note=always(
        N_(
            "Contract of the main job (most hours in the calendar month) on the month day, as a share of "
            "those working, aged 18–64 and present that day."
        ),
        RETURNED,
        NO_BAND,
    ),
    published=(Published(id="agency_6m", key="agency"), Published(id="agency_24m", key="agency")),
    place=1,
    explain=(
        N_(
            "Of those working on the day, each curve gives the part with one kind of contract. A point at month 6 of "
            "40% for agency means that forty in a hundred workers had an agency contract in their main job, six "
            "months after settling. The main job is the one with most hours in that calendar month. At every month "
            "the contracts add up to one hundred percent of those working."
        ),
        N_(
            "A falling share of agency work does not tell that agency workers moved to a better contract: new workers "
            "with other contracts may have joined, or agency workers may have left or stopped working. The curves say "
            "nothing of how many work at all. Second jobs are left out, and so are the self-employed. Late months "
            "rest on the earliest settlers. For moves of the same people from one contract to another, look at the "
            "flows."
        ),
    ),
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
)
