"""Room for labels and steps for ticks, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

import math
from collections.abc import Sequence


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
