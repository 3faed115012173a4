"""Lines, areas and hatches on a page, placed in millimetres as text is by the Pen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import Refusal
from explorer.export.typesetting import Pen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from explorer.export.typesetting import Box


LONGEST: Final = 1000.0
"""Most millimetres a page is made high for the rows on it."""


class TooSmall(Refusal):
    """The page is too small for what is to be printed on it; `needed` is the height in millimetres that would do."""

    def __init__(self, text: str, /, *, needed: float = math.inf, **values: object) -> None:
        super().__init__(text, height=needed, **values)
        self.needed = needed


HATCH: str = "/" * 7


def paper(figure: Any, pen: Pen) -> Axes:
    """Return axes over the whole page whose units are millimetres, without a frame and without ticks."""
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, pen.width)
    axes.set_ylim(0, pen.height)
    axes.set_axis_off()
    return axes


def stroke(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    hue: str,
    width: float,
    *,
    depth: float = 3.0,
    alpha: float = 1.0,
) -> None:
    """Draw a line `width` points wide through `points`."""
    axes.plot(
        [x for x, _ in points],
        [y for _, y in points],
        color=hue,
        linewidth=width,
        solid_capstyle="butt",
        zorder=depth,
        alpha=alpha,
    )


def tiles(axes: Axes, boxes: Sequence[Box], hues: Sequence[str], *, depth: float = 2.0) -> None:
    """Fill boxes, each in its colour; their hair of an edge keeps seams from showing."""
    from matplotlib.collections import PolyCollection

    shapes = [((x, y), (x + w, y), (x + w, y + h), (x, y + h)) for x, y, w, h in boxes]
    axes.add_collection(
        PolyCollection(shapes, facecolors=hues, edgecolors=hues, linewidths=0.2, zorder=depth), autolim=False
    )


def hatched(axes: Axes, boxes: Sequence[Box], ground: str, hue: str, *, depth: float = 2.1) -> None:
    """Fill boxes with one quiet hatch that runs on from box to box."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not boxes:
        return
    corners: list[tuple[float, float]] = []
    codes: list[Any] = []
    for x, y, w, h in boxes:
        corners += [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
        codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    patch = PathPatch(
        Path(corners, codes), facecolor=ground, edgecolor=hue, linewidth=0, hatch=HATCH, zorder=depth
    )
    patch.set_hatch_linewidth(0.35)
    axes.add_patch(patch)


def centred(pen: Pen, text: str, x: float, middle: float, hue: str, **how: Any) -> None:
    """Write one line around the height `middle`."""
    pen.write(text, x, middle + pen.line * 0.41, hue, **how)
