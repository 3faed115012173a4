"""Occupancy beside the shortcut that looks at those still present only."""

from __future__ import annotations

from explorer.core.brushing import STATE_THEN, in_state_then
from explorer.core.sentences import NET_OF_DEATHS, NO_BAND
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.flows import occupancy_beside_naive
    from models.tally.flows import count_flows

    return occupancy_beside_naive(source.release(count_flows(source.codes, chosen)))


VIEW = ViewDef(
    name="occupancy_naive",
    topic="flows",
    title=N_("States, beside those of the people still present"),
    axis_label=N_("% of those who settled"),
    axis_label_then=N_("% of those present then"),
    ask=_ask,
    note=always(
        N_(
            "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
            "(contract of the main job). Beside the occupancy stands the share among those still "
            "present, which is often shown instead: it leaves out who departed, as if those who stay "
            "were like those who left."
        ),
        NET_OF_DEATHS,
        NO_BAND,
    ),
    place=2,
    explain=(
        N_(
            "Two pictures stand side by side, with the same states in the same colours. The first is of all who "
            "settled at 18 to 64 years old; the second is of those among them who are still here. If 40% of those "
            "present have a job at month 24, but only 28% of all who settled, the difference of twelve points is made "
            "by people who have left and dropped out of the second count."
        ),
        N_(
            "The second share is not wrong; it answers another question, about the people who can be met today. It "
            "goes wrong when it is read as the fate of those who came, because stayers may have stayed since they had "
            "work. Neither tells what leavers do elsewhere: some work in another country, where the register does not "
            "look. Late deregistration makes people seem present without work in both."
        ),
    ),
    picture="stack",
    brush=in_state_then,
    brush_hint=STATE_THEN,
)
