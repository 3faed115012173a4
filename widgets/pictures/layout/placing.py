"""Where words over curves cover least, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

Spot: TypeAlias = tuple[float, float, float, float]
"""Left, one side, right, the other side of a box; the second is less than the fourth."""

TAKEN: Final = 60.0
"""Words on other words are as bad as words on so many points of curves."""
LATER: Final = 0.4
"""What a later choice costs: of places that cover the same the first is taken."""
KEPT: Final = 4.0
"""Words stay where they are until another place covers so many points fewer."""


def best_spot(spots: Sequence[Spot], points: FloatArray, taken: Iterable[Spot], before: int = -1) -> int:
    """Return the number of the spot that covers least.

    Parameters
    ----------
    spots
        The places to choose from, the most wanted first.
    points
        Points of curves, shape (n, 2), better not covered.
    taken
        Boxes of other words.
    before
        Where the words stand now; they do not jump for little. -1: nowhere.
    """
    others = list(taken)
    costs = [covered(spot, points) + LATER * place for place, spot in enumerate(spots)]
    costs = [
        cost + TAKEN * sum(meet(spot, other) for other in others)
        for cost, spot in zip(costs, spots, strict=True)
    ]
    best = int(np.argmin(costs))
    return before if 0 <= before < len(costs) and costs[before] < costs[best] + KEPT else best


def covered(spot: Spot, points: FloatArray) -> float:
    """Return how many of `points` lie in a box."""
    left, low, right, high = spot
    x, y = points[:, 0], points[:, 1]
    return float(((x >= left) & (x <= right) & (y >= low) & (y <= high)).sum())


def meet(one: Spot, other: Spot) -> bool:
    """Return whether two boxes lie on one another."""
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
