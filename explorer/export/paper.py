"""A page on paper: what a layout measures and strokes, by matplotlib and in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import Refusal
from explorer.export.typesetting import POINT_MM, Pen, printable
from widgets.pictures.page import Align, Box, Edge, Points, corners
from widgets.pictures.palette import Theme

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from numpy.typing import NDArray

LONGEST: Final = 1000.0
"""Most millimetres a page is made high for the rows on it."""


class TooSmall(Refusal):
    """The page is too small for what is to be printed on it; `needed` is the height in millimetres that would do."""

    def __init__(self, text: str, /, *, needed: float = math.inf, **values: object) -> None:
        super().__init__(text, height=needed, **values)
        self.needed = needed


HATCH: str = "/" * 7
POINTS_A_PIXEL: Final = 0.68
"""Width of a line on paper for one pixel on screen."""
CAPITAL: Final = 0.66
"""Height of a capital, in parts of the size of the font."""


class PaperPage:
    """A page in millimetres; see `widgets.pictures.page.Page`."""

    def __init__(self, figure: Any, pen: Pen, box: Box) -> None:
        self.box, self.line = box, pen.line
        self._pen = pen
        self._figure = figure
        self._clip: Any = None

    @cached_property
    def _axes(self) -> Axes:
        """Axes over the whole figure whose units are millimetres, made when something is drawn."""
        axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, self._pen.width)
        axes.set_ylim(self._pen.height, 0)
        axes.set_axis_off()
        return axes

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._pen.theme

    def measure(self, text: str, *, bold: bool = False) -> float:
        """Return the width of `text`."""
        return self._pen.text_width(text, bold=bold)

    def write(
        self,
        text: str,
        x: float,
        middle: float,
        hue: str,
        *,
        align: Align = "left",
        bold: bool = False,
        opacity: float = 1.0,
    ) -> None:
        """Write one line."""
        if text:
            self._axes.text(
                x,
                middle + CAPITAL / 2 * self._pen.points * POINT_MM,
                printable(text).replace("$", r"\$"),
                color=hue,
                alpha=opacity,
                fontsize=self._pen.points,
                fontweight="semibold" if bold else "normal",
                ha="center" if align == "centre" else align,
                va="baseline",
                zorder=1,
            )

    def stroke(
        self,
        points: Points,
        hue: str,
        width: float = 1.0,
        *,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw a line through `points`."""
        from matplotlib.lines import Line2D

        across, down = zip(*points, strict=True)
        line = Line2D(
            across,
            down,
            color=hue,
            alpha=opacity,
            linewidth=width * POINTS_A_PIXEL,
            linestyle=(0, tuple(dash)) if dash else "-",
            solid_capstyle="butt",
            zorder=1,
        )
        self._axes.add_line(line)
        line.set_clip_path(self._clip)

    def area(
        self, points: Points, hue: str, *, opacity: float = 1.0, edge: str = "", width: float = 1.0
    ) -> None:
        """Fill the area inside `points`."""
        from matplotlib.patches import Polygon

        patch = Polygon(
            points,
            facecolor=hue,
            alpha=opacity,
            edgecolor=edge or "none",
            linewidth=width * POINTS_A_PIXEL if edge else 0,
            zorder=1,
        )
        self._add(patch)

    def ribbon(self, start: Edge, end: Edge, hue: str, *, opacity: float = 1.0) -> None:
        """Fill the band from `start` to `end`."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        (x0, top0, bottom0), (x1, top1, bottom1) = start, end
        half, curve = (x0 + x1) / 2, [Path.CURVE4] * 3
        there = [(x0, top0), (half, top0), (half, top1), (x1, top1)]
        back = [(x1, bottom1), (half, bottom1), (half, bottom0), (x0, bottom0)]
        path = Path([*there, *back, there[0]], [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])
        self._add(PathPatch(path, facecolor=hue, alpha=opacity, linewidth=0, zorder=1))

    def image(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        """Fill `box` with cells, as shapes that stay sharp at any size."""
        from matplotlib.collections import PolyCollection

        rows, columns = pixels.shape[:2]
        wide, high = box.width / columns, box.height / rows
        seen = [(row, column) for row in range(rows) for column in range(columns) if pixels[row, column, 3]]
        cells = [corners(Box(box.left + at * wide, box.top + row * high, wide, high)) for row, at in seen]
        hues = ["#" + bytes(pixels[at][:3]).hex() for at in seen]
        # Their hair of an edge keeps seams from showing.
        tiles = PolyCollection(cells, facecolors=hues, edgecolors=hues, linewidths=0.2, zorder=1)
        self._axes.add_collection(tiles, autolim=False)

    def hatch(self, boxes: Sequence[Box], ground: str, hue: str) -> None:
        """Fill boxes with one quiet hatch that runs on from box to box."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if not boxes:
            return
        outlines = [Path([*corners(box), (box.left, box.top)], closed=True) for box in boxes]
        patch = PathPatch(
            Path.make_compound_path(*outlines),
            facecolor=ground,
            edgecolor=hue,
            linewidth=0,
            hatch=HATCH,
            zorder=1,
        )
        patch.set_hatch_linewidth(0.35)
        self._axes.add_patch(patch)

    def _add(self, patch: Patch) -> None:
        self._axes.add_patch(patch)
        patch.set_clip_path(self._clip)

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Let no line and no area be drawn outside `box`."""
        from matplotlib.patches import Polygon

        self._clip = Polygon(corners(box), transform=self._axes.transData)
        yield
        self._clip = None
