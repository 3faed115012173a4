"""What pictures of panes have in common on paper: titles, and the names of states at the right or above."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from explorer.export.typesetting import Box, Pen
from widgets.pictures.kinds import FlowChart, StackChart
from widgets.pictures.layout.fitting import fit_names
from widgets.pictures.layout.naming import End, Name, ends_of, heights_of, names_of
from widgets.pictures.palette import colour, text_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDS_SHARE: Final = 0.28
LEGEND_SHARE: Final = 0.4
LEAST_WIDTH: Final = 90.0
"""On narrower pages a legend above names what is drawn."""
TO_LABEL: Final = 2.2
SWATCH: Final = 2.4
BESIDE, APART = 1.3, 4.0

Place: TypeAlias = Callable[[End], tuple[float, float]]
"""Where on the page, in millimetres, what a name at the right names ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The room of the panes, and the names at their right; `ends` is empty when a legend has been written above."""

    box: Box
    ends: tuple[tuple[End, tuple[str, ...]], ...]


def write_names(figure: Any, pen: Pen, chart: StackChart | FlowChart, box: Box) -> Sides:
    """Make room for the names of states at the right of `box`, or write them at its top."""
    left, bottom, width, height = box
    ends = ends_of(chart)
    if ends and width >= LEAST_WIDTH:
        labels = [end.name.label for end in ends]
        names = fit_names(labels, pen.text_width, width * ENDS_SHARE, height * 0.85, pen.line)
        if names is not None:
            widest = max(pen.text_width(part) for parts in names for part in parts)
            room = (left, bottom, width - widest - TO_LABEL - 0.5, height)
            return Sides(box=room, ends=tuple(zip(ends, names, strict=True)))
    rows = _write_legend(figure, pen, names_of(chart), box)
    return Sides(box=(left, bottom, width, height - rows * pen.line - 1.0), ends=())


def write_ends(figure: Any, pen: Pen, sides: Sides, frame: Box, place: Place) -> None:
    """Write the names beside the last pane, each where its state ends, moved apart where they would meet."""
    left, bottom, width, height = frame
    right, top = left + width, bottom + height
    places = [place(end) for end, _ in sides.ends]
    counts = [len(parts) for _, parts in sides.ends]
    down = heights_of([top - y for _, y in places], counts, pen.line, -pen.line / 2, height + pen.line / 2)
    for (end, parts), (x, y), middle in zip(sides.ends, places, down, strict=True):
        stands = top - middle
        hue = colour(end.name.ink, pen.theme)
        if right - x > 1.5:
            _rule(figure, pen, (x + 0.8, y), (right, y), hue, dotted=True)
        if abs(stands - y) > 0.8:
            _rule(figure, pen, (right + 0.2, y), (right + TO_LABEL - 0.6, stands), hue)
        for row, part in enumerate(parts):
            at = stands + (len(parts) / 2 - row) * pen.line
            pen.write(part, right + TO_LABEL, at, text_colour(end.name.ink, pen.theme))


def write_titles(pen: Pen, titles: Sequence[str], frames: Sequence[Box]) -> None:
    """Write the title of every pane above it, cut to its width."""
    for title, (left, bottom, width, height) in zip(titles, frames, strict=True):
        pen.write(pen.elided(title, width), left, bottom + height + pen.line + 1.2, pen.theme.text)


def frames_of(box: Box, count: int, between: float) -> list[Box]:
    """Return the rooms of `count` panes side by side in `box`."""
    left, bottom, width, height = box
    each = (width - between * (count - 1)) / max(count, 1)
    return [(left + place * (each + between), bottom, each, height) for place in range(count)]


def add_axes(figure: Any, pen: Pen, frame: Box) -> Axes:
    """Return axes in `frame` without any line, tick or number."""
    left, bottom, width, height = frame
    axes: Axes = figure.add_axes(
        (left / pen.width, bottom / pen.height, width / pen.width, height / pen.height)
    )
    axes.set_facecolor(pen.theme.panel)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def _write_legend(figure: Any, pen: Pen, names: Sequence[Name], box: Box) -> int:
    """Write swatches and names at the top of `box`; return the number of rows."""
    left, bottom, width, height = box
    spots: list[tuple[float, int, float]] = []
    x, row = 0.0, 0
    for name in names:
        wide = min(SWATCH + BESIDE + pen.text_width(name.label), width)
        if x > 0 and x + wide > width:
            x, row = 0.0, row + 1
        spots.append((x, row, width))
        x += wide + APART
    most = max(2, int(height * LEGEND_SHARE / pen.line))
    if row + 1 > most:
        columns = math.ceil(len(names) / most)
        pitch = (width + APART) / columns
        spots = [(place % columns * pitch, place // columns, pitch - APART) for place in range(len(names))]
    for name, (across, down, room) in zip(names, spots, strict=True):
        top = bottom + height - down * pen.line
        _swatch(figure, pen, left + across, top - pen.line * 0.5, colour(name.ink, pen.theme))
        text = pen.elided(name.label, room - SWATCH - BESIDE)
        pen.write(text, left + across + SWATCH + BESIDE, top, text_colour(name.ink, pen.theme))
    return max((down + 1 for _, down, _ in spots), default=0)


def _swatch(figure: Any, pen: Pen, left: float, middle: float, hue: str) -> None:
    from matplotlib.patches import Rectangle

    corner = (left / pen.width, (middle - SWATCH / 2) / pen.height)
    size = SWATCH / pen.width, SWATCH / pen.height
    figure.add_artist(Rectangle(corner, *size, transform=figure.transFigure, facecolor=hue, linewidth=0))


def _rule(
    figure: Any,
    pen: Pen,
    start: tuple[float, float],
    end: tuple[float, float],
    hue: str,
    *,
    dotted: bool = False,
) -> None:
    from matplotlib.lines import Line2D

    across = [start[0] / pen.width, end[0] / pen.width]
    along = [start[1] / pen.height, end[1] / pen.height]
    style: Any = (0, (1.0, 1.6)) if dotted else "-"
    figure.add_artist(
        Line2D(across, along, transform=figure.transFigure, color=hue, linewidth=0.6, linestyle=style)
    )
