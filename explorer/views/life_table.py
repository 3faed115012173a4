"""What becomes of those at risk, month of stay by month of stay."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.life_table import life_table
    from models.tally.exits import count_departures

    return life_table(source.release(count_departures(source.codes, chosen)))


VIEW = ViewDef(
    name="life_table",
    topic="departure",
    title=N_("Life table of departures"),
    axis_label=N_("staying, % of those who settled"),
    ask=_ask,
    note=always(
        N_(
            "First stays by month of stay: at risk on its first day, departed and censored (last observed) in it, "
            "person-days lived in it, and departures per 30.4375 person-days."
        ),
        N_(
            "Share staying: Kaplan–Meier by day at the end of the month, 95% interval (Greenwood, log-log), which "
            "treats persons as independent."
        ),
    ),
    picture="table",
    by=("cohort",),
    place=5,
    explain=(
        N_(
            "Each row is one month of stay. It tells how many people were at risk on its first day, how many left in "
            "it, how many were censored, which means followed no further because observation ended, and how many days "
            "all of them lived here together. A rate of 2% is two departures for every hundred person-months. The "
            "share staying at the end of the row is what is left after all months so far."
        ),
        N_(
            "A life table describes people already here; it does not foretell how today's settlers will fare. "
            "Censored people are taken to leave like those who are still followed, and late rows rest on the earliest "
            "settlers. The share staying is computed by day, so it can differ in the last digit from multiplying the "
            "rows. Departures that the register noticed late stand in a later row than the one in which they "
            "happened."
        ),
    ),
)
