"""What pictures of panes side by side have in common: their frames, titles, axes, and the names of what is in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

from widgets.pictures.kinds import FlowChart, StackChart
from widgets.pictures.layout import legend
from widgets.pictures.layout.fitting import fit_names, stack
from widgets.pictures.layout.naming import End, Name, ends_of, names_of
from widgets.pictures.page import Box, Page, Point, corners, elide, widest
from widgets.pictures.palette import colour, text_colour

NARROW: Final = 30.0
"""In lines of text; narrower pictures have a legend instead of names at the right."""
ENDS_SHARE: Final = 0.28
TO_LABEL: Final = 0.7
"""All of these in lines of text: from the last pane to the names beside it,"""
EDGE: Final = 0.25
"""from those to the edge,"""
SWATCH: Final = 0.66
"""the square of a legend,"""
GAP: Final = 0.37
"""from a pane to what stands under it,"""
TITLE: Final = 0.95
"""and from a pane up to the middle of its title."""
LEADER: Final = 0.2
"""A name that had to move so far has a line to its place; one whose place is twice as far inside, a dotted one."""
FAINT: Final = 0.4

Spot: TypeAlias = Callable[[End], Point]
"""Where on the page what a name names ends."""
Legend: TypeAlias = tuple[tuple[Name, legend.Spot], ...]
Of = TypeVar("Of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Generic[Of]):
    """A name: of what, its lines, where that ends, where it stands: its left, and the middle of its lines."""

    of: Of
    parts: tuple[str, ...]
    at: Point
    left: float
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The room that is left to the panes, and the names: at the right of it, or in a legend above it."""

    room: Box
    ends: tuple[tuple[End, tuple[str, ...]], ...] = ()
    legend: Legend = ()


def share_sides(page: Page, chart: StackChart | FlowChart) -> Sides:
    """Make room for the names of states at the right of the page, or for a legend at its top."""
    box, line = page.box, page.line
    room = Box(box.left, box.top, max(box.width - line, 1.0), box.height)
    ends = ends_of(chart)
    if ends and (box.width >= NARROW * line or len(ends) == 1):
        labels = [end.name.label for end in ends]
        folded = fit_names(page, labels, box.width * ENDS_SHARE, box.height - 3 * line)
        if folded is not None:
            wide = widest(page, [part for parts in folded for part in parts]) + (TO_LABEL + EDGE) * line
            room = room._replace(width=max(box.width - max(wide, line), 1.0))
            return Sides(room=room, ends=tuple(zip(ends, folded, strict=True)))
    names = names_of(chart)
    spots = legend.place_names(page, [(name.label, SWATCH * line) for name in names], line * 0.25)
    if spots:
        down = spots[-1].middle + line * 0.75 - box.top
        room = room._replace(top=box.top + down, height=box.height - down)
    return Sides(room=room, legend=tuple(zip(names, spots, strict=True)))


def frames_of(room: Box, count: int, between: float) -> list[Box]:
    """Return the boxes of `count` panes side by side."""
    wide = max((room.width - between * (count - 1)) / max(count, 1), 1.0)
    return [
        Box(room.left + place * (wide + between), room.top, wide, max(room.height, 1.0))
        for place in range(count)
    ]


def place_ends(page: Page, sides: Sides, frame: Box, spot: Spot) -> tuple[Placed[Name], ...]:
    """Return every name with its place beside the last pane."""
    return place_beside(page, frame, [(end.name, parts, spot(end)) for end, parts in sides.ends])


def place_beside(
    page: Page, frame: Box, names: Iterable[tuple[Of, tuple[str, ...], Point]]
) -> tuple[Placed[Of], ...]:
    """Return names, given in lines and with where what they name ends, right of `frame`; none overlap."""
    line, found = page.line, sorted(names, key=lambda name: name[2][1])
    sizes = [len(parts) * line for _, parts, _ in found]
    middles = stack([y for _, _, (_, y) in found], sizes, frame.top - line / 2, frame.bottom + line / 2)
    left = frame.right + TO_LABEL * line
    return tuple(
        Placed(of=of, parts=parts, at=at, left=left, middle=middle)
        for (of, parts, at), middle in zip(found, middles, strict=True)
    )


def write_names(
    page: Page, ends: Sequence[Placed[Name]], named: Legend, strong: Collection[Name] = ()
) -> None:
    """Write the names at the right and in the legend; where some are `strong`, the others faintly."""
    for end in ends:
        opacity = FAINT if strong and end.of not in strong else 1.0
        leader(page, end.at, end.left, end.middle, colour(end.of.ink, page.theme), opacity)
        write_lines(page, end.parts, end.left, end.middle, text_colour(end.of.ink, page.theme), opacity)
    for name, spot in named:
        opacity = FAINT if strong and name not in strong else 1.0
        swatch(page, name, spot.left, spot.middle, opacity)
        page.write(spot.text, spot.name, spot.middle, text_colour(name.ink, page.theme), opacity=opacity)


def leader(page: Page, at: Point, left: float, middle: float, hue: str, opacity: float) -> None:
    """Draw a thin line from where a curve or a layer ends to its name, where one had to move or ends early."""
    line, (x, y) = page.line, at
    edge = left - TO_LABEL * line
    if edge - x > 2 * LEADER * line:
        page.stroke([(x + LEADER * line, y), (edge, y)], hue, dash=(1, 2), opacity=opacity)
    if abs(middle - y) > LEADER * line:
        page.stroke([(edge + 0.06 * line, y), (left - LEADER * line, middle)], hue, opacity=opacity)


def write_lines(
    page: Page, parts: Sequence[str], x: float, middle: float, hue: str, opacity: float = 1.0, **how: Any
) -> None:
    """Write lines one under the other around `middle`; `how` as in `Page.write`."""
    first = middle - (len(parts) - 1) * page.line / 2
    for row, part in enumerate(parts):
        page.write(part, x, first + row * page.line, hue, opacity=opacity, **how)


def swatch(page: Page, name: Name, left: float, middle: float, opacity: float = 1.0) -> None:
    """Draw a small square in the colour of `name`."""
    size = SWATCH * page.line
    box = Box(left, middle - size / 2, size, size)
    page.area(corners(box), colour(name.ink, page.theme), opacity=opacity)


def write_titles(page: Page, titles: Sequence[str], frames: Sequence[Box]) -> None:
    """Write the title of every pane above it, cut to its width; one pane has none."""
    for title, frame in zip(titles, frames, strict=True) if len(titles) > 1 else ():
        middle = frame.top - TITLE * page.line
        page.write(elide(page, title, frame.width), frame.left, middle, page.theme.text)


def whole_text(
    page: Page,
    titles: Sequence[tuple[str, Box]],
    named: Legend,
    x: float,
    y: float,
) -> str:
    """Return the whole text of what is cut at a place: a title of several panes, a name of a state; else ""."""
    line = page.line
    for title, frame in titles if len(titles) > 1 else ():
        above = 0 <= frame.top - y <= 2 * line and frame.left <= x <= frame.right
        if above and page.measure(title) > frame.width:
            return title
    labels, spots = [name.label for name, _ in named], [spot for _, spot in named]
    return legend.cut_name(labels, spots, line, x, y)
