"""What a picture is drawn on: a page that measures text and knows a handful of strokes, on screen or on paper.

A layout says where everything stands, from the chart and the page; what it says is stroked on the same page. Lengths
are in the page's own unit (pixels, millimetres), from its upper left corner to the right and down. What must grow with
the text is said in lines of it, so that a picture on paper has the proportions of the screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from widgets.pictures.palette import Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Align: TypeAlias = Literal["left", "centre", "right"]
Point: TypeAlias = tuple[float, float]
Points: TypeAlias = Sequence[Point]
Edge: TypeAlias = tuple[float, float, float]
"""An upright edge: how far from the left it is, its top, and its bottom."""

_NOUGHTS: Final = str.maketrans("123456789", "0" * 9)


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.top + self.height / 2

    @property
    def centre(self) -> float:
        """Half its width from the left."""
        return self.left + self.width / 2

    def grown(self, across: float, along: float) -> Box:
        """Return it with so much more at either side, and above and below."""
        return Box(self.left - across, self.top - along, self.width + 2 * across, self.height + 2 * along)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Page(Protocol):
    """Measures text and strokes; what is stroked later lies over what was stroked before.

    `width` of a line is in pixels of a screen of usual size, also on paper; `dash` is in units of it. Text stands
    around its `middle`: capitals and figures are as far above it as below.
    """

    @property
    def theme(self) -> Theme:
        """The colours."""

    @property
    def box(self) -> Box:
        """The free room: everything that is drawn lies in it."""

    @property
    def line(self) -> float:
        """The height of a line of text."""

    def measure(self, text: str, *, bold: bool = False) -> float:
        """Return the width of `text`."""

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
        """Write one line that begins, has its centre, or ends at `x`."""

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

    def area(
        self, points: Points, hue: str, *, opacity: float = 1.0, edge: str = "", width: float = 1.0
    ) -> None:
        """Fill the area inside `points`, with a line around it where `edge` is a colour."""

    def ribbon(self, start: Edge, end: Edge, hue: str, *, opacity: float = 1.0) -> None:
        """Fill the band that leaves `start` level and comes in level at `end`: two cubics, their handles half way."""

    def image(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        """Fill `box` with cells of the shape (rows from the top, columns, red green blue and opacity)."""

    def hatch(self, boxes: Sequence[Box], ground: str, hue: str) -> None:
        """Fill boxes with one quiet hatch that runs on from box to box."""

    def clip(self, box: Box) -> AbstractContextManager[None]:
        """Give a context in which lines, areas and images end at the edges of `box`."""


def corners(box: Box) -> Points:
    """Return the corners of a box, to fill it."""
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def disc(x: float, y: float, radius: float) -> Points:
    """Return a circle, to fill it."""
    turns = (math.tau * place / 24 for place in range(24))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def diamond(x: float, y: float, half: float) -> Points:
    """Return a diamond `half` as high to either side, and a little narrower."""
    return ((x, y - half), (x + 0.84 * half, y), (x, y + half), (x - 0.84 * half, y))


def elide(page: Page, text: str, width: float, *, bold: bool = False) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `width`; "" where not even that fits."""
    # A name of any length costs no more than one that fits: no letter is narrower than a sixth of a line is high.
    most = min(len(text), int(max(width, 0.0) / page.line * 6) + 1)
    if most == len(text) and page.measure(text, bold=bold) <= width:
        return text
    if page.measure("…", bold=bold) > width:
        return ""
    low, high = 0, most
    while low < high:
        half = (low + high + 1) // 2
        wide = page.measure(text[:half].rstrip() + "…", bold=bold)
        low, high = (half, high) if wide <= width else (low, half - 1)
    return text[:low].rstrip() + "…"


def widest(page: Page, texts: Iterable[str], *, bold: bool = False) -> float:
    """Return the width of the widest of `texts`; 0 of none.

    All figures are as wide as a nought: of hundreds of numbers only the few shapes are measured.
    """
    shapes = dict.fromkeys(text.translate(_NOUGHTS) for text in texts)
    return max((page.measure(text, bold=bold) for text in shapes), default=0.0)
