"""A page on paper: what a layout measures and strokes, by matplotlib and in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import Refusal
from explorer.export.typesetting import POINT_MM, Pen, printable
from widgets.pictures.page import Align, Box, Points, corners
from widgets.pictures.palette import Theme

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from explorer.export import typesetting


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
        self._axes = paper(figure, pen)
        self._axes.set_ylim(pen.height, 0)
        self._clip: Any = None

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
        self._axes.add_patch(patch)
        patch.set_clip_path(self._clip)

    def image(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        """Fill `box` with cells, as shapes that stay sharp at any size."""
        rows, columns = pixels.shape[:2]
        wide, high = box.width / columns, box.height / rows
        seen = [(row, column) for row in range(rows) for column in range(columns) if pixels[row, column, 3]]
        boxes = [(box.left + column * wide, box.top + row * high, wide, high) for row, column in seen]
        tiles(self._axes, boxes, ["#" + bytes(pixels[at][:3]).hex() for at in seen], depth=1)

    def hatch(self, boxes: Sequence[Box], ground: str, hue: str) -> None:
        """Fill boxes with one quiet hatch."""
        hatched(self._axes, boxes, ground, hue, depth=1)

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Let no line and no area be drawn outside `box`."""
        from matplotlib.patches import Polygon

        self._clip = Polygon(corners(box), transform=self._axes.transData)
        yield
        self._clip = None


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


def tiles(axes: Axes, boxes: Sequence[typesetting.Box], hues: Sequence[str], *, depth: float = 2.0) -> None:
    """Fill boxes, each in its colour; their hair of an edge keeps seams from showing."""
    from matplotlib.collections import PolyCollection

    shapes = [((x, y), (x + w, y), (x + w, y + h), (x, y + h)) for x, y, w, h in boxes]
    axes.add_collection(
        PolyCollection(shapes, facecolors=hues, edgecolors=hues, linewidths=0.2, zorder=depth), autolim=False
    )


def hatched(
    axes: Axes, boxes: Sequence[typesetting.Box], ground: str, hue: str, *, depth: float = 2.1
) -> None:
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
