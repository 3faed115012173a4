"""The bars of a number's histogram, at whose edges the handles of its range stand: plain numbers, from the values.

Where at most MOST_BARS values can occur, each has its bar. Otherwise the bars hold nearly everyone, and the first and
the last also those few who lie far out: one value that is far too large does not press all others into one bar.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.core.formatting import digits_for
from explorer.core.person_numbers import NUMBERS, PersonNumber, ends_of
from models.results import FloatArray
from models.rules import Rules
from models.tally.codes import Codes, Grouping

MOST_BARS: Final = 60
FAR: Final = 0.005
"""So many at either side may lie far out: by more than half the width of all others."""
FINEST: Final = 6
"""Decimals that are looked at to find in what steps the values lie."""
LARGEST: Final = 1e300
NEAR: Final = 1e-9
"""Of a step: 0.3 / 0.1 is three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The bars of a number.

    Attributes
    ----------
    edges, step
        Where bars begin, and at last where they end; the width of each.
    width
        Distance from one value to the next, 0 where values lie anywhere: a range that ends with a bar ends so much
        before the next one begins.
    digits
        Decimals of the values, as far as they are told apart.
    ends
        What a range from the first or to the last bar is chosen by.
    below, above
        Whether the first and the last bar hold persons from beyond.
    """

    edges: tuple[float, ...]
    step: float
    width: float
    digits: int
    ends: tuple[float, float]
    below: bool
    above: bool

    @property
    def low(self) -> float:
        """The lowest value at which a range begins."""
        return self.edges[0]

    @property
    def high(self) -> float:
        """The highest value at which a range ends."""
        return round(self.edges[-1] - self.width, self.digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class InBars:
    """A number as its bars, and everybody's bar as a grouping; its last level is of those who have no number."""

    bars: Bars
    grouping: Grouping


_KEPT: Final[dict[tuple[int, int], tuple[weakref.ref[Codes], dict[str, InBars]]]] = {}


def numbers_in_bars(codes: Codes, rules: Rules) -> Mapping[str, InBars]:
    """Return the numbers of `codes` in bars, kept while the codes live; those that nobody has are left out."""
    key = id(codes), rules.threshold
    held = _KEPT.get(key)
    if held is None or held[0]() is not codes:
        found = {name: _in_bars(name, values, rules.threshold) for name, values in codes.numbers.items()}
        known = {name: one for name, one in found.items() if one is not None}
        held = (weakref.ref(codes, lambda _: _KEPT.pop(key, None)), known)
        _KEPT[key] = held
    return held[1]


def _in_bars(name: str, values: FloatArray, few: int) -> InBars | None:
    bars = bars_of(name, values, few)
    if bars is None:
        return None
    levels = tuple(map(str, range(len(bars.edges))))
    return InBars(bars=bars, grouping=Grouping(name=name, levels=levels, codes=bar_of(values, bars)))


def bar_of(values: FloatArray, bars: Bars) -> NDArray[np.uint16]:
    """Return the bar that holds each value, the first and the last also from beyond; behind them where there is none.

    Bars are equally wide: division finds the bar, or for its rounding the one beside it, faster than a search does.
    """
    inner, last = bars.edges[1:-1], len(bars.edges) - 2
    with np.errstate(over="ignore", invalid="ignore"):
        found = np.clip((values - bars.low) / bars.step, 0, last).astype(np.int64)
    found += values >= np.asarray((*inner, np.nan)).take(found, mode="clip")
    found -= values < np.asarray((-np.inf, *inner)).take(found, mode="clip")
    found[np.isnan(values)] = last + 1
    return found.astype(np.uint16)


def bars_of(column: str, values: FloatArray, few: int = 0) -> Bars | None:
    """Return the bars of `column`; None where nobody has a value.

    Those that are found from the values end with at least `few` persons: their ends tell of no single one.
    """
    known = np.clip(values[np.isfinite(values)], -LARGEST, LARGEST)
    if not len(known):
        return None
    if column in NUMBERS:
        edges, step, width = _declared(NUMBERS[column])
        digits = digits_for(width)
    else:
        edges, step, width, digits = _found(known, few)
    return Bars(
        edges=edges,
        step=step,
        width=width,
        digits=digits,
        ends=ends_of(column),
        below=bool((values < edges[0]).any()),
        above=bool((values > edges[-1] - width).any()),
    )


def _declared(number: PersonNumber) -> tuple[tuple[float, ...], float, float]:
    count = round((number.last - number.first) / number.step) + 1
    return tuple(number.first + number.step * at for at in range(count + 1)), number.step, number.step


def _found(known: FloatArray, few: int) -> tuple[tuple[float, ...], float, float, int]:
    """Return edges, step, width and digits: a bar for each value, or the fewest plain bars that are enough."""
    beyond = min(max(few - 1, 0), (len(known) - 1) // 2)
    low, high = np.partition(known, (beyond, -1 - beyond))[[beyond, -1 - beyond]].tolist()
    exponent = _exponent(known)
    unit = 0.0 if exponent is None else _times(1, 1, exponent)
    size = _size(known, exponent) if exponent is not None else 1
    # Not finer than floats at these values can be told apart.
    finest = max(8 * math.ulp(max(abs(low), abs(high))), 1 / LARGEST)
    if unit * size > finest and (high - low) / (unit * size) < MOST_BARS:
        steps = iter([(size, exponent or 0)])
        unit *= size
    else:
        low, high = _near(known, low, high)
        steps = _plain(max((high - low or abs(low)) / MOST_BARS, unit, finest))
    for times, power in steps:
        step = _times(1, times, power)
        width = unit if unit >= 1 or step == unit else 0.0
        first = math.floor(low / step + NEAR)
        last = math.floor(high / step + NEAR) if width else max(math.ceil(high / step - NEAR) - 1, first)
        # Beside steps of a billion one below an edge is near it, and still below.
        first -= _times(first, times, power) > low
        last -= last > first and _times(last, times, power) > high
        if last - first < MOST_BARS:
            break
    edges = tuple(_times(at, times, power) for at in range(first, last + 2))
    return edges, step, width, digits_for(step) + 3 if exponent is None else max(-exponent, 0)


def _near(known: FloatArray, least: float, most: float) -> tuple[float, float]:
    """Return the range of all but those who lie far out; of all where nearly everyone has the same value."""
    low, high = map(float, np.quantile(known, (FAR, 1 - FAR)))
    if low == high:
        return least, most
    room = (high - low) / 2
    return max(least, low - room), min(most, high + room)


def _exponent(known: FloatArray) -> int | None:
    """Return the power of ten of which all values are multiples; None where they have too many decimals."""
    digits = next((at for at in range(FINEST + 1) if (np.round(known, at) == known).all()), None)
    if digits is None or digits > 0 or not known.any():
        return None if digits is None else -digits
    return next(at for at in range(310) if at == 309 or (np.fmod(known, 10.0 ** (at + 1)) != 0).any())


def _size(known: FloatArray, exponent: int) -> int:
    """Return how many of this power of ten the values are multiples of: 5, 2 or 1."""
    counts = np.round(known * 10.0**-exponent) if exponent < 0 else known / 10.0**exponent
    return next(size for size in (5, 2, 1) if size == 1 or (np.fmod(counts, size) == 0).all())


def _plain(least: float) -> Iterator[tuple[int, int]]:
    """Yield the steps 1, 2 and 5 times a power of ten from `least` on, as these two numbers."""
    exponent = math.floor(math.log10(least) + NEAR)
    while True:
        for size in (1, 2, 5):
            if _times(1, size, exponent) >= least * (1 - NEAR):
                yield size, exponent
        exponent += 1


def _times(count: int, size: int, exponent: int) -> float:
    """Return a multiple of a step as the nearest float there is: 0.3 is 3 / 10, not three times 0.1."""
    return float(count * size * 10**exponent) if exponent >= 0 else count * size / 10**-exponent
