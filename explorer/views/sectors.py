"""In what sector people work."""

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
    return main_job_mix(source.release(count_main_jobs(codes, chosen, codes.sector)), "sector")


VIEW = ViewDef(
    name="sectors",
    topic="work",
    title=N_("Sectors"),
    axis_label=N_("% of those working"),
    ask=_ask,
    note=always(
        N_(
            "Sector (NACE/SBI section) of the main job (most hours in the calendar month) on the month day, "
            "as a share of those working, aged 18–64 and present that day. People hired through an agency "
            "are in the sector of the agency."
        ),
        RETURNED,
        NO_BAND,
    ),
    published=(Published(id="hospitality", key="I"),),
    place=2,
    explain=(
        N_(
            "Of those working on the day, each curve gives the part whose main job lies in one sector of the economy. "
            "A point at month 12 of 15% for hospitality means that fifteen in a hundred workers earned most of their "
            "hours in hotels, restaurants and the like, a year after settling. The sector is that of the employer as "
            "registered, by section of the NACE or SBI classification; sections add up to all those working."
        ),
        N_(
            "People hired through an agency are counted in the sector of the agency, other business services, and not "
            "where they really work. That sector is therefore too large and others too small, most of all in the "
            "first months. Sectors say nothing of the occupation or the level of the work. The mix changes because "
            "people change jobs, but also because other people start, stop or leave, and because the seasons turn."
        ),
    ),
    brush=still_there_of_age,
    brush_hint=STILL_THERE_OF_AGE,
)
