"""The rows of a forest of estimates: how high each is and how its words are broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from widgets.pictures.kinds import ForestChart, ForestRow
from widgets.pictures.layout.fitting import wrap
from widgets.pictures.page import Page, elide, widest

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

SLACK: Final = 0.1
"""Of a line: on paper figures are measured to the end of their ink, which is not quite that of a nought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """One row and its words in lines.

    Attributes
    ----------
    top, height
        From the top of the first row.
    readings
        Of every estimate how far under the middle of the row it stands, and what is read of it.
    text_under
        How far under the middle of the row the middle of its text stands: words on one of two series stand under
        the estimate of the other.
    cut
        Whether some of the words are not whole.
    """

    row: ForestRow
    top: float
    height: float
    label: tuple[str, ...]
    text: tuple[str, ...] = ()
    readings: tuple[tuple[float, tuple[str, ...]], ...] = ()
    text_under: float = 0.0
    cut: bool = False


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


def share_out(chart: ForestChart, page: Page) -> Columns:
    """Share the page out: labels and readings get what they need, as long as the intervals keep their part."""
    width, line = page.box.width, page.line
    gap, broken = line * 0.8, width < line * NARROW
    readings = [
        part for row in chart.rows for one in row.estimates for part in reading_lines(one.reading, broken)
    ]
    readings += [row.text for row in chart.rows if row.kind == "reference"]
    # A heading may run over all columns and asks for no room of its own.
    label = widest(page, [row.label for row in chart.rows if row.kind != "heading"]) + line * (INDENT + SLACK)
    reading = min(widest(page, readings) + line * SLACK, width * READING_SHARE)
    label = min(label, max(width * (1 - LEAST_PLOT) - reading - 2 * gap, width * 0.2), width * LABEL_SHARE)
    plot = max(width - label - reading - 2 * gap, 1.0)
    return Columns(label=label, plot=plot, reading=reading, gap=gap, broken=broken)


def reading_lines(reading: str, broken: bool) -> tuple[str, ...]:
    """Return a reading in its lines: broken at its first space, before the interval."""
    return tuple(reading.split(" ", 1)) if broken else (reading,)


def place_rows(chart: ForestChart, columns: Columns, page: Page) -> tuple[RowPlace, ...]:
    """Return every row under the other; none overlaps another."""
    places: list[RowPlace] = []
    for row in chart.rows:
        places.append(_place(row, columns, page, height_of(places)))
    return tuple(places)


def height_of(places: Sequence[RowPlace]) -> float:
    """Return how high all rows are together."""
    return places[-1].top + places[-1].height if places else 0.0


def stretched(places: Sequence[RowPlace], room: float) -> tuple[RowPlace, ...]:
    """Return the rows with more air where `room` is higher than they are; never lower."""
    factor = min(max(room / max(height_of(places), 1e-9), 1.0), MOST_AIR)
    return tuple(replace(one, top=one.top * factor, height=one.height * factor) for one in places)


def _place(row: ForestRow, columns: Columns, page: Page, top: float) -> RowPlace:
    width, line = page.box.width, page.line
    if row.kind == "heading":
        name = elide(page, row.label, width, bold=True)
        height = line * (1.55 if top else 1.1)
        return RowPlace(row=row, top=top, height=height, label=(name,), cut=name != row.label)
    label, cut = wrap(page, row.label, columns.label - line * INDENT, LABEL_LINES)
    beside = row.kind == "reference"
    room = columns.reading if beside else width - columns.plot_left
    text, text_cut = wrap(page, row.text, room, 1 if beside else TEXT_LINES)
    whole = [reading_lines(one.reading, columns.broken) for one in row.estimates]
    said = [tuple(elide(page, part, columns.reading) for part in parts) for parts in whole]
    readings = sum(map(len, said))
    lines = readings + (0 if beside else len(text))
    middles, done = [], -lines / 2
    for parts in said:
        middles.append((done + len(parts) / 2) * line)
        done += len(parts)
    return RowPlace(
        row=row,
        top=top,
        height=line * (max(len(label), lines, 1) + 0.45),
        label=label,
        text=text,
        readings=tuple(zip(middles, said, strict=True)),
        text_under=readings * line / 2,
        cut=cut or text_cut or said != whole,
    )
