"""What the names in a picture of states say and where they stand; the same on screen and on paper. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from widgets.pictures.chart import Ink
from widgets.pictures.kinds import FlowChart, StackChart
from widgets.pictures.layout.fitting import fold, stack
from widgets.pictures.layout.layers import edges_of
from widgets.pictures.page import Page, elide


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The name of a state and its colour."""

    label: str
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnName:
    """The name of a column: which column, the middle of the name from the left, and its lines."""

    place: int
    centre: float
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A name at the right of the last pane: `x` and `y`, on its axes, are the place it belongs to."""

    name: Name
    x: float
    y: float


def names_of(chart: StackChart | FlowChart) -> list[Name]:
    """Return the name of every state, each once, from the top of the picture down."""
    if isinstance(chart, StackChart):
        return _once(Name(label=one.label, ink=one.ink) for pane in chart.panes for one in pane.layers[::-1])
    nodes = [node for pane in chart.panes for node in sorted(pane.nodes, key=lambda one: -one.high)]
    return _once(Name(label=node.label, ink=node.ink) for node in nodes)


def ends_of(chart: StackChart | FlowChart) -> list[End] | None:
    """Return where each state ends in the last pane, from the top; None when not all states are seen there."""
    if not chart.panes:
        return None
    ends = _ends_of_stack(chart) if isinstance(chart, StackChart) else _ends_of_flow(chart)
    ends.sort(key=lambda end: -end.y)
    return ends if {end.name for end in ends} == set(names_of(chart)) else None


def under_columns(
    page: Page, names: Sequence[str], centres: Sequence[float], width: float, shorts: Sequence[str] = ()
) -> list[ColumnName]:
    """Return the names under columns; none meets another or leaves 0 to `width`, and all that are there are whole.

    When not all fit on one line they are folded; then `shorts` stand there; then every second is left out, and so on.
    Only when the first and the last alone do not fit are they cut.
    """
    count = len(names)
    for whole in (names, shorts):
        for lines in (1, 2) if len(whole) == count else ():
            placed = _placed(page, range(count), [fold(page, name, lines) for name in whole], centres, width)
            if placed is not None:
                return placed
    names = shorts or names
    for stride in range(2, max(count - 1, 1) + 1):
        shown = range(0, count, stride)
        for lines in (1, 2):
            folded = [fold(page, names[place], lines) for place in shown]
            placed = _placed(page, shown, folded, centres, width)
            if placed is not None:
                return placed
    ends = list(dict.fromkeys((0, count - 1))) if count else []
    room = width / max(len(ends), 1) - page.measure("  ")
    cut = [(elide(page, names[place], room),) for place in ends]
    return _placed(page, ends, cut, centres, width) or []


def _placed(
    page: Page,
    places: Sequence[int],
    folded: Sequence[tuple[str, ...]],
    centres: Sequence[float],
    width: float,
) -> list[ColumnName] | None:
    """Return names moved apart; None when one would leave the width, or no longer stand over its column."""
    gap = page.measure("  ")
    sizes = [max(map(page.measure, parts)) + gap for parts in folded]
    if sum(sizes) > width + gap:
        return None
    wanted = [centres[place] for place in places]
    middles = stack(wanted, sizes, -gap / 2, width + gap / 2)
    pairs = zip(wanted, middles, sizes, strict=True)
    if len(sizes) > 2 and any(abs(middle - want) > size / 2 for want, middle, size in pairs):
        return None
    return [
        ColumnName(place=place, centre=middle, parts=parts)
        for place, middle, parts in zip(places, middles, folded, strict=True)
    ]


def _ends_of_stack(chart: StackChart) -> list[End]:
    pane = chart.panes[-1]
    edges = edges_of(pane)
    if not edges.known.any():
        return []
    out = []
    for place, layer in enumerate(pane.layers):
        seen = edges.seen[place].nonzero()[0]
        if len(seen):
            last = int(seen[-1])
            middle = (edges.low[place, last] + edges.high[place, last]) / 2
            out.append(
                End(name=Name(label=layer.label, ink=layer.ink), x=float(pane.x[last]), y=float(middle))
            )
    return out


def _ends_of_flow(chart: FlowChart) -> list[End]:
    last = len(chart.columns) - 1
    return [
        End(name=Name(label=node.label, ink=node.ink), x=float(last), y=(node.low + node.high) / 2)
        for node in chart.panes[-1].nodes
        if node.column == last
    ]


def _once(names: Iterable[Name]) -> list[Name]:
    return list(dict.fromkeys(names))
