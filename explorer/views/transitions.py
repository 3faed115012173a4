"""Who moves from which state to which between month days."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.flows import transitions
    from models.tally.flows import count_flows

    return transitions(source.release(count_flows(source.codes, chosen)))


VIEW = ViewDef(
    name="transitions",
    topic="flows",
    title=N_("Moves between states"),
    axis_label=N_("persons"),
    ask=_ask,
    note=always(
        N_(
            "Persons aged 18–64 at settling, the same at every month, by their state on the month day "
            "(contract of the main job). Row m counts moves from month m − 1 to month m among persons "
            "observable at both."
        )
    ),
    picture="table",
    place=12,
    explain=(
        N_(
            "Each row counts people who moved from one state to another between two month days. A row for month 7 "
            "with 120 persons from agency to permanent means that 120 people had an agency contract in their main job "
            "at month 6 and a permanent one at month 7. People who stayed in their state have a row too. Only those "
            "who could be followed at both months are counted, all of them 18 to 64 at settling."
        ),
        N_(
            "These are counts of people, not chances: divide by all who were in the first state to get the part that "
            "moves. Moves back and forth within a month are not seen, and a change of main job can look like a change "
            "of contract. Fewer recent settlers reach late months, so counts fall without any change in behaviour. "
            "From departed to a state is a return. The self-employed and undeclared work are not seen."
        ),
    ),
)
