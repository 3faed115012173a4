"""Room for labels and steps for ticks, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise


def spread(places: Sequence[float], least: float, first: float, last: float) -> list[float]:
    """Return ascending places moved as little as needed to lie `least` apart between `first` and `last`."""
    out: list[float] = []
    for place in places:
        out.append(max(place, first, (out[-1] + least) if out else first))
    limit = last
    for at in range(len(out) - 1, -1, -1):
        out[at] = min(out[at], limit)
        limit = out[at] - least
    return out


def nice_step(raw: float) -> float:
    """Return the step of 1, 2, 2.5 or 5 times a power of ten that is next above `raw`."""
    power = 10.0 ** math.floor(math.log10(max(raw, 1e-12)))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= raw * 0.999)


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
