"""Layers stacked: their edges, and the pieces in which they are drawn; the same on screen and on paper. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.chart import Axis
from widgets.pictures import Stack

if TYPE_CHECKING:
    from widgets.pictures import BoolArray, FloatArray

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

    def layer_at(self, x: float, y: float) -> int | None:
        """Return the layer at a point of the pane; between two months its edges run straight."""
        if not self.known.any() or not self.x[self.known][0] - 0.5 <= x <= self.x[self.known][-1] + 0.5:
            return None
        months = self.x[self.known]
        for place in range(len(self.low)):
            low = float(np.interp(x, months, self.low[place, self.known]))
            high = float(np.interp(x, months, self.high[place, self.known]))
            if low <= y < high:
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
    """Return (x, low, high) of every piece of a layer without a gap; a month alone becomes a bar."""
    seen = edges.seen[place]
    turns = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(np.int8)))
    out = []
    for start, stop in zip(turns[::2], turns[1::2], strict=True):
        x, low, high = edges.x[start:stop], edges.low[place, start:stop], edges.high[place, start:stop]
        if stop - start == 1:
            x = np.array([x[0] - HALF_ALONE, x[0] + HALF_ALONE])
            low, high = np.repeat(low, 2), np.repeat(high, 2)
        out.append((x, low, high))
    return out
