"""States and moves between them as they are told.

Persons in a state are rounded at each month. Moves to another state are rounded as they add up over the months, and
their steps follow: rounded month by month, moves of a few would vanish and nobody would ever leave a state. Who stays
in a state is counted again every month, so that sums over the months would tell how many they are: they are those who
were in it, rounded at each month, less those who moved.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.disclosure.rounding import last_told, rising, round_counts, rounded
from models.results import IntArray
from models.rules import Rules
from models.tally.flows import Flows, FlowsBetween


@round_counts.register
def round_flows(tally: Flows, rules: Rules) -> Flows:
    """Return who is in each state, the steps of the moves so far, and who stays."""
    persons = rounded(tally.persons, rules)
    return replace(
        tally,
        persons=persons,
        moves=_moves(tally.moves, rules),
        last_month=last_told(np.asarray(~np.isnan(persons).all(axis=2)), tally.months),
    )


def _moves(moves: IntArray, rules: Rules) -> IntArray:
    """Return moves as they are told, shape (groups, months, states, states); none from a state of too few."""
    states = np.arange(moves.shape[2])
    away = moves.copy()
    away[:, :, states, states] = 0
    steps = np.diff(rising(np.cumsum(away, axis=1), rules), axis=1, prepend=0)
    origin = np.nan_to_num(rounded(moves.sum(axis=3), rules)).astype(np.int64)
    steps = np.where(origin[..., None] > 0, steps, 0)
    steps[:, :, states, states] = np.maximum(origin - steps.sum(axis=3), 0)
    return steps


@round_counts.register
def round_flows_between(tally: FlowsBetween, rules: Rules) -> FlowsBetween:
    """Return the persons of each group and their moves between chosen months."""
    return replace(
        tally,
        persons=rounded(tally.persons, rules),
        moves=tuple(rounded(moves, rules) for moves in tally.moves),
    )
