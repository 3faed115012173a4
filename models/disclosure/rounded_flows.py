"""States and moves between them as they are told.

Persons in a state are rounded at each month. Moves are rounded as they add up over the months, and their steps follow:
rounded month by month, moves of a few would vanish and nobody would ever leave a state.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.disclosure.rounding import rising, round_counts, rounded
from models.rules import Rules
from models.tally.flows import Flows, FlowsBetween


@round_counts.register
def round_flows(tally: Flows, rules: Rules) -> Flows:
    """Return who is in each state, and the steps of the moves so far."""
    so_far = rising(np.cumsum(tally.moves, axis=1), rules)
    moves = np.diff(so_far, axis=1, prepend=0)
    return replace(tally, persons=rounded(tally.persons, rules), moves=moves)


@round_counts.register
def round_flows_between(tally: FlowsBetween, rules: Rules) -> FlowsBetween:
    """Return the persons of each group and their moves between chosen months."""
    return replace(
        tally,
        persons=rounded(tally.persons, rules),
        moves=tuple(rounded(moves, rules) for moves in tally.moves),
    )
