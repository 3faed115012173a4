"""Two selections drawn together: who is in only one of them."""

from __future__ import annotations

from models.selection import Predicate
from models.tally.choosing import choose
from models.tally.codes import Codes


def only_in_one(codes: Codes, versus: tuple[tuple[str, Predicate], ...]) -> tuple[int, ...]:
    """Return how many persons are in each of the selections and not in all of them."""
    masks = [choose(codes, part).group >= 0 for _, part in versus]
    everywhere = masks[0]
    for mask in masks[1:]:
        everywhere = everywhere & mask
    return tuple(int((mask & ~everywhere).sum()) for mask in masks)
