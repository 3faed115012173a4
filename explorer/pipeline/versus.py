"""Two selections drawn together: who is in only one of them."""

from __future__ import annotations

import numpy as np

from models.selection import Predicate
from models.tally.choosing import Chosen, choose
from models.tally.codes import Codes

Versus = tuple[tuple[str, Predicate], ...]


def only_in_one(codes: Codes, versus: Versus) -> tuple[int, ...]:
    """Return how many persons are in each of the selections and not in all of them."""
    return tuple(
        int((one.group >= 0).sum()) for one in chosen_apart([choose(codes, part) for _, part in versus])
    )


def chosen_apart(sides: list[Chosen]) -> list[Chosen]:
    """Return of each side the persons who are not in all of them, from the month from which the side runs."""
    everywhere = np.logical_and.reduce([one.group >= 0 for one in sides])
    return [one.within(~everywhere) for one in sides]


def overlapping(codes: Codes, versus: Versus) -> bool:
    """Whether anyone is in all of the selections; else each of them stands apart as it is."""
    return bool(np.logical_and.reduce([choose(codes, part).group >= 0 for _, part in versus]).any())
