"""The rows of a forest of estimates: how high each is and how its words are broken, on screen and on paper.

No Qt, no matplotlib: lengths are in whatever the text is measured in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from widgets.pictures.chart import Axis
from widgets.pictures.kinds import ForestChart, ForestRow
from widgets.pictures.layout.fitting import Measure
from widgets.pictures.layout.spacing import chosen_ticks, spacing_of
from widgets.pictures.layout.ticks import nice_step

LABEL_LINES: Final = 2
TEXT_LINES: Final = 3
LABEL_SHARE, READING_SHARE = 0.42, 0.36
LEAST_PLOT: Final = 0.26
"""Of the width, for the intervals; the readings go before they take it."""
NARROW: Final = 23.0
"""In lines of text; a narrower forest writes the interval of a reading under its estimate."""
MOST_AIR: Final = 1.45
"""Rows are at most so much higher than they must be."""
INDENT: Final = 0.8
"""Of a line: terms stand under their heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """One row: where it begins under the first row's top, how high it is, its label and its text in lines."""

    row: ForestRow
    top: float
    height: float
    label: tuple[str, ...]
    text: tuple[str, ...]
    cut: bool

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Widths of the three columns: labels, intervals, readings, with `gap` between them.

    `broken`: a reading is in two lines, the estimate and under it the interval.
    """

    label: float
    plot: float
    reading: float
    gap: float
    broken: bool = False

    @property
    def plot_left(self) -> float:
        """Where the intervals begin."""
        return self.label + self.gap

    @property
    def reading_left(self) -> float:
        """Where the readings begin."""
        return self.label + self.plot + 2 * self.gap


def elide(text: str, width: float, measure: Measure) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `width`."""
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle].rstrip() + "…") <= width else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(text: str, width: float, most: int, measure: Measure) -> tuple[tuple[str, ...], bool]:
    """Return `text` in at most `most` lines of `width`, and whether something had to be cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    cut = tuple(elide(line, width, measure) for line in lines)
    return cut, cut != tuple(lines)


def share_out(chart: ForestChart, width: float, line: float, plain: Measure) -> Columns:
    """Share `width` out: labels and readings get what they need, as long as the intervals keep their part."""
    gap, broken = line * 0.8, width < line * NARROW
    readings = [
        part for row in chart.rows for one in row.estimates for part in reading_lines(one.reading, broken)
    ]
    readings += [row.text for row in chart.rows if row.kind == "reference"]
    reading = max((plain(text) for text in readings), default=0.0)
    # A heading may run over all columns and asks for no room of its own.
    names = (plain(row.label) for row in chart.rows if row.kind != "heading")
    label = max(names, default=0.0) + line * INDENT
    reading = min(reading, width * READING_SHARE)
    label = min(label, max(width * (1 - LEAST_PLOT) - reading - 2 * gap, width * 0.2), width * LABEL_SHARE)
    plot = max(width - label - reading - 2 * gap, 1.0)
    return Columns(label=label, plot=plot, reading=reading, gap=gap, broken=broken)


def reading_lines(reading: str, broken: bool) -> tuple[str, ...]:
    """Return a reading in its lines: broken at its first space, before the interval."""
    return tuple(reading.split(" ", 1)) if broken else (reading,)


def place_rows(
    chart: ForestChart, columns: Columns, width: float, line: float, plain: Measure, bold: Measure
) -> tuple[RowPlace, ...]:
    """Return every row under the other; none overlaps another.

    Parameters
    ----------
    width
        Of all columns together; a heading may use it.
    line
        Height of a line of text.
    """
    places, top = [], 0.0
    for row in chart.rows:
        if row.kind == "heading":
            label, cut = wrap(row.label, width, 1, bold)
            text: tuple[str, ...] = ()
            more = 0.55 if top else 0.1
        else:
            label, cut = wrap(row.label, columns.label - line * INDENT, LABEL_LINES, plain)
            room = columns.reading if row.kind == "reference" else width - columns.plot_left
            text, text_cut = wrap(row.text, room, 1 if row.kind == "reference" else TEXT_LINES, plain)
            cut, more = cut or text_cut, 0.45
        said = [reading_lines(one.reading, columns.broken) for one in row.estimates]
        readings = sum(map(len, said))
        cut = cut or any(plain(part) > columns.reading for parts in said for part in parts)
        beside = readings + len(text) if row.kind != "reference" else readings
        height = line * (max(len(label), beside, 1) + more)
        places.append(RowPlace(row=row, top=top, height=height, label=label, text=text, cut=cut))
        top += height
    return tuple(places)


def tick_values(
    axis: Axis, zero: float, width: float, between: float, measure: Measure
) -> list[tuple[float, str]]:
    """Return the ticks of the values with their texts, as many as fit `width`; the line of no difference is one."""
    span = max(axis.high - axis.low, 1e-12)
    if axis.choices:

        def least(ticks: Sequence[float]) -> float:
            return max((measure(axis.text(tick, spacing_of(ticks))) for tick in ticks), default=0.0) + between

        ticks = chosen_ticks(axis.choices, axis.low, axis.high, width, least)
        return [(tick, axis.text(tick, spacing_of(ticks))) for tick in ticks]
    steps: Sequence[float] = axis.steps or tuple(
        step for factor in (0.05, 0.1, 0.2, 0.25, 0.34, 0.5, 1.0) if (step := nice_step(span * factor))
    )
    found: list[tuple[float, str]] = []
    for step in (*steps, steps[-1] * 2, steps[-1] * 4):
        first, last = math.ceil((axis.low - zero) / step - 1e-9), math.floor((axis.high - zero) / step + 1e-9)
        values = [zero + index * step for index in range(first, last + 1)]
        found = [(value, axis.text(value, step)) for value in values]
        widest = max((measure(text) for _, text in found), default=0.0)
        if widest + between <= step / span * width:
            break
    return found


def stretched(places: Sequence[RowPlace], room: float) -> tuple[RowPlace, ...]:
    """Return the rows with more air where `room` is higher than they are; never lower."""
    high = places[-1].top + places[-1].height if places else 0.0
    factor = min(max(room / max(high, 1e-9), 1.0), MOST_AIR)
    return tuple(replace(one, top=one.top * factor, height=one.height * factor) for one in places)


def text_under(place: RowPlace, line: float, *, broken: bool = False) -> tuple[float, float]:
    """Return how far under the middle of a row the middle of its text stands, and how high the text is.

    Words on one of two series stand under the estimate of the other; without an estimate they have the row.
    """
    said = sum(len(reading_lines(one.reading, broken)) for one in place.row.estimates)
    return said * line / 2, len(place.text) * line if said else place.height


def offsets(place: RowPlace, line: float, *, broken: bool = False) -> list[float]:
    """Return how far under the middle of the row each of its estimates stands, above the words on others."""
    row = place.row
    sizes = [len(reading_lines(one.reading, broken)) * line for one in row.estimates]
    under = len(place.text) * line if row.kind != "reference" else 0.0
    out, done = [], -(sum(sizes) + under) / 2
    for size in sizes:
        out.append(done + size / 2)
        done += size
    return out
