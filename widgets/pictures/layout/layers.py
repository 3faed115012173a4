"""Layers stacked: their edges, the pieces in which they are drawn, and where they are read. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.chart import Axis
from widgets.pictures.kinds import Stack

if TYPE_CHECKING:
    from widgets.pictures.chart import BoolArray, FloatArray

MOST_STEPS: Final = 1200
"""Of an axis with more steps only the points of the data are read."""
HALF_ALONE: Final = 0.35
"""A month alone between two gaps is drawn as a bar of so much to either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Where the layers of a pane lie.

    Attributes
    ----------
    x
        The months, shape (months,).
    low, high
        The edges of every layer, shape (layers, months).
    seen
        Whether the layer has a share there, shape (layers, months).
    known
        Whether any layer has, shape (months,).
    """

    x: FloatArray
    low: FloatArray
    high: FloatArray
    seen: BoolArray
    known: BoolArray

    @property
    def breaks(self) -> BoolArray:
        """Whether other layers are seen at a month than at the one before, shape (months - 1,)."""
        return np.asarray((self.seen[:, 1:] != self.seen[:, :-1]).any(axis=0))

    def layer_at(self, x: float, y: float) -> int | None:
        """Return the layer at a point of the pane, as it is drawn there."""
        for place in range(len(self.low)):
            for xs, low, high in pieces_of(self, place):
                if xs[0] <= x <= xs[-1] and np.interp(x, xs, low) <= y < np.interp(x, xs, high):
                    return place
        return None


def reach(axis: Axis) -> tuple[float, float]:
    """Return the ends of an axis; an axis of one month has half a month at either side of it."""
    return (axis.low, axis.high) if axis.high > axis.low else (axis.low - 0.5, axis.low + 0.5)


def edges_of(pane: Stack) -> Edges:
    """Return the edges of the layers of `pane`; a layer without a share takes no room."""
    shape = (len(pane.layers), len(pane.x))
    shares = np.array([layer.shares for layer in pane.layers], dtype=np.float64).reshape(shape)
    seen = np.isfinite(shares)
    high = np.cumsum(np.where(seen, shares, 0.0), axis=0)
    low = np.vstack([np.zeros((1, shape[1])), high[:-1]]) if len(high) else high
    return Edges(x=pane.x, low=low, high=high, seen=seen, known=np.any(seen, axis=0))


def pieces_of(edges: Edges, place: int) -> list[tuple[FloatArray, FloatArray, FloatArray]]:
    """Return (x, low, high) of every piece of a layer without a gap.

    Between two months the edges run straight. Where other layers are seen than a month before they do not: what is
    unknown did not shrink to nothing. There each month keeps its edges up to halfway. A month alone becomes a bar.
    """
    seen, breaks = edges.seen[place], edges.breaks
    starts = seen & np.append(True, ~seen[:-1] | breaks)
    stops = seen & np.append(~seen[1:] | breaks, True)
    out = []
    for first, last in zip(np.flatnonzero(starts), np.flatnonzero(stops), strict=True):
        places = np.arange(first, last + 1)
        before = first > 0 and edges.known[first - 1]
        after = last + 1 < len(edges.x) and edges.known[last + 1]
        x = edges.x[places]
        if before:
            places, x = np.append(first, places), np.append((edges.x[first - 1] + edges.x[first]) / 2, x)
        if after:
            places, x = np.append(places, last), np.append(x, (edges.x[last] + edges.x[last + 1]) / 2)
        if len(places) == 1:
            places, x = np.repeat(places, 2), np.array([x[0] - HALF_ALONE, x[0] + HALF_ALONE])
        out.append((x, edges.low[place, places], edges.high[place, places]))
    return out


def readable(axis: Axis, found: Iterable[float]) -> list[float]:
    """Return every point at which something may be read: those of the data, and the whole steps of the axis.

    A month without a value is one of them: who points at it is told that nothing is there, not what another month says.
    """
    inside = {x for x in found if axis.low <= x <= axis.high}
    if axis.step > 0 and not axis.choices:
        steps = round((axis.high - axis.low) / axis.step)
        inside.update(axis.low + axis.step * place for place in range(steps + 1) if steps <= MOST_STEPS)
    return sorted(inside)
