"""What a hand did in a picture, in the picture's own terms. No Qt: views turn it into a predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

How: TypeAlias = Literal["replace", "and", "or", "not"]
"""How a brush joins the selection: plain, with Ctrl, with Shift, with both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """A brush that was let go.

    Attributes
    ----------
    kind
        ``x``: a range of x; ``y at x``: a range of y at x0; ``cells``: a rectangle of whole cells (columns x0 to x1,
        rows y0 to y1, both ends in it); ``diagonal``: a cohort, the columns x0 to x1 in row 0; ``item``: the layer,
        node or ribbon called `key` (a layer at x0).
    x0, x1, y0, y1
        In the units of the axes, ascending.
    how
        How it joins the selection.
    group
        Of whom the brushed pane is: columns and their levels; nothing where there is one pane for all.
    """

    kind: Literal["x", "y at x", "cells", "diagonal", "item"]
    how: How = "replace"
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    key: str = ""
    group: tuple[tuple[str, str], ...] = ()
