"""Room for labels and steps for ticks, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise


def chosen_ticks(
    choices: Sequence[Sequence[float]],
    low: float,
    high: float,
    length: float,
    between: Callable[[Sequence[float]], float],
) -> list[float]:
    """Return the ticks from `low` to `high` of the densest of `choices` that has room; of the sparsest if none has.

    Parameters
    ----------
    choices
        Sets of ascending ticks, the densest first.
    length
        Length of the axis from `low` to `high`.
    between
        Least distance between two ticks of a set, in the unit of `length`.
    """
    found: list[float] = []
    scale, slack = length / max(high - low, 1e-12), 1e-9 * max(high - low, 1e-12)
    for choice in choices:
        found = [tick for tick in choice if low - slack <= tick <= high + slack]
        nearest = min((right - left for left, right in pairwise(found)), default=high - low)
        if nearest * scale >= between(found):
            break
    return found


def spacing_of(ticks: Sequence[float]) -> float:
    """Return the least distance between two of `ticks`; 0 when there are none."""
    return min((right - left for left, right in pairwise(ticks)), default=0.0)
