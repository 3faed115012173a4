"""States by months since settling: who works on which contract, and who has departed."""

from __future__ import annotations

from explorer.core.brushing import STATE_THEN, in_state_then
from explorer.core.sentences import NET_OF_DEATHS, NO_BAND
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.flows import occupancy
    from models.tally.flows import count_flows

    return occupancy(source.release(count_flows(source.codes, chosen)))


VIEW = ViewDef(
    name="occupancy",
    topic="flows",
    title=N_("States"),
    axis_label=N_("% of those who settled"),
    axis_label_then=N_("% of those present then"),
    ask=_ask,
    note=always(
        N_(
            "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
            "(contract of the main job). Shares are Aalen–Johansen occupancy, which censoring leaves "
            "unbiased. “Departed” is net of returns and therefore not the share departed of figure 8."
        ),
        NET_OF_DEATHS,
        NO_BAND,
    ),
    place=0,
    explain=(
        N_(
            "Everyone of 18 to 64 who settled is in exactly one state at each month: without work, in one kind of "
            "contract, or departed. At month 12 a width of 25% for not working means that a quarter of all who "
            "settled are expected to be here without a job as employee. The states add up to one hundred percent, "
            "because the people stay the same. Those who can no longer be followed are not counted as stayers; the "
            "chances of moving from state to state carry the figure on."
        ),
        N_(
            "The picture shows how many are in a state, not who moves: a steady width can hide many coming and going. "
            "Departed here is net of returns, and so lies a little below the share departed. Late months rest on "
            "moves seen among early settlers. Not working includes the self-employed, who are not seen, and people "
            "who left without deregistering. Days between two month days are not looked at, so short jobs may be "
            "missed."
        ),
    ),
    picture="stack",
    brush=in_state_then,
    brush_hint=STATE_THEN,
)
