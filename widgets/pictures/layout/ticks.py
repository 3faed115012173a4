"""Where an axis has its ticks, and how they are written: one way for every axis, on screen and on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from widgets.pictures.chart import Axis
from widgets.pictures.page import Page, widest

Room: TypeAlias = Callable[[Sequence[str]], float]
"""The least distance between two ticks that are written so; of no texts, that of any ticks."""

LEAST_APART: Final = 2.0
"""Between two ticks of a horizontal axis, in lines of text."""
BETWEEN_TEXTS: Final = 0.65
"""Between the texts of two ticks, in lines."""
UPWARDS: Final = 2.6
"""Between two ticks of a vertical axis, in lines."""
FEWEST_PARTS, MOST_PARTS = 2, 6
"""Ticks cut a vertical axis in so many parts."""
COARSER: Final = (2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
"""How many times the last step of an axis is taken where none of them has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value of an axis and its text."""

    value: float
    text: str


def ticks_of(
    axis: Axis, low: float, high: float, length: float, room: Room, origin: float = 0.0
) -> tuple[Tick, ...]:
    """Return the densest ticks from `low` to `high` that have room; the sparsest if none have.

    They are those of a set of `axis.choices`, or lie at whole steps from `origin`: the steps of the axis and multiples
    of the last of them, or 1, 2, 2.5 and 5 times powers of ten.

    Parameters
    ----------
    low, high
        The part of the axis that is seen.
    length
        How long it is drawn.
    """
    span = max(high - low, 1e-12)
    found: tuple[Tick, ...] = ()
    for values, step in _tries(axis, low, high, room(()) * span / max(length, 1e-12), origin):
        found = tuple(Tick(value=value, text=axis.text(value, step)) for value in values)
        if (step or span) * length / span >= room([tick.text for tick in found]) * 0.999:
            break
    return found


def along(page: Page, between: float = BETWEEN_TEXTS, under: float = 0.0) -> Room:
    """Return the room of ticks of a horizontal axis: `between` texts, in lines, and for what stands `under` them."""

    def room(texts: Sequence[str]) -> float:
        return max(
            LEAST_APART * page.line, under, widest(page, texts) + between * page.line if texts else 0.0
        )

    return room


def upwards(page: Page, length: float) -> Room:
    """Return the room of ticks of a vertical axis `length` high."""
    wanted = min(max(UPWARDS * page.line, length / MOST_PARTS), length / FEWEST_PARTS)
    return lambda texts: max(wanted, page.line)


def multiples(step: float, low: float, high: float, origin: float = 0.0) -> list[float]:
    """Return the whole steps from `origin` that lie from `low` to `high`."""
    first, last = math.ceil((low - origin) / step - 1e-9), math.floor((high - origin) / step + 1e-9)
    return [origin + index * step for index in range(first, last + 1)]


def nice_step(raw: float) -> float:
    """Return the step of 1, 2, 2.5 or 5 times a power of ten that is next above `raw`."""
    power = 10.0 ** math.floor(math.log10(max(raw, 1e-12)))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= raw * 0.999)


def _tries(
    axis: Axis, low: float, high: float, least: float, origin: float
) -> Iterator[tuple[list[float], float]]:
    """Give sets of ticks with the least distance in each, 0 of one tick, the densest first."""
    if axis.choices:
        slack = 1e-9 * max(high - low, 1e-12)
        for choice in axis.choices:
            found = [tick for tick in choice if low - slack <= tick <= high + slack]
            yield found, min((after - before for before, after in pairwise(found)), default=0.0)
        return
    for step in _steps(axis, least):
        found = multiples(step, low, high, origin)
        yield found, step
        if len(found) < 2:
            return


def _steps(axis: Axis, least: float) -> Iterator[float]:
    """Give the steps that are not less than `least`, without end."""
    if axis.steps:
        yield from (step for step in axis.steps if step >= least * 0.999)
        last = axis.steps[-1]
        yield from (last * factor for factor in COARSER if last * factor >= least * 0.999)
        least = max(least, last * COARSER[-1] * 1.01)
    step = max(axis.step, nice_step(least))
    while True:
        yield step
        step = nice_step(step * 1.01)
