"""A table on paper: headings over columns, numbers under each other at the right; smaller text where rows are many."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import N_
from explorer.export.paper import LONGEST, TooSmall, paper, stroke
from explorer.export.typesetting import Box, Pen, wrapped

if TYPE_CHECKING:
    from widgets.pictures.kinds import TableChart

LEAST_POINTS: Final = 6.5
SHRINK: Final = 0.25
GAP: Final = 1.1
"""Between columns, in lines of text."""
MOST_GAP: Final = 2.6
LEADING: Final = 1.18
"""Height of a row, in lines of text."""
STRETCH: Final = 1.35
"""Rows are at most so much higher than they must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A table as it is set: text of the cells, headings in lines, widths of the columns, all in millimetres."""

    pen: Pen
    cells: tuple[tuple[str, ...], ...]
    headings: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]

    @property
    def head(self) -> float:
        """Height of the headings."""
        return self.pen.line * self._heading_lines + 1.2

    @property
    def _heading_lines(self) -> int:
        return max((len(lines) for lines in self.headings), default=0)

    @property
    def width(self) -> float:
        """Width with the least gaps between columns."""
        return sum(self.widths) + GAP * self.pen.line * max(len(self.widths) - 1, 0)

    @property
    def height(self) -> float:
        """Height of headings and rows."""
        return _height(self.pen, self._heading_lines, len(self.cells))


def draw_table(figure: Any, pen: Pen, chart: TableChart, box: Box) -> None:
    """Draw `chart` in `box`.

    Raises
    ------
    TooSmall
        When the rows or the columns do not fit the page with text of 6.5 points.
    """
    rows, least = len(chart.data.rows), replace(pen, points=LEAST_POINTS)
    lowest = _height(least, 1, rows)
    if lowest > max(box[3], LONGEST):
        # Thousands of rows are not measured before they are refused.
        raise _too_low(pen.height + lowest - box[3], rows)
    found = _set(pen, chart)
    while (found.width > box[2] or found.height > box[3]) and found.pen.points > LEAST_POINTS:
        found = _set(replace(pen, points=max(found.pen.points - SHRINK, LEAST_POINTS)), chart)
    if found.width > box[2]:
        raise TooSmall(
            N_("The {columns} columns of this table need a page at least {width} mm wide."),
            columns=len(found.widths),
            width=math.ceil(pen.width + found.width - box[2]),
        )
    if found.height > box[3]:
        raise _too_low(pen.height + found.height - box[3], rows)
    _draw(figure, found, chart, box)


def _too_low(needed: float, rows: int) -> TooSmall:
    return TooSmall(
        N_("The {rows} rows of this table need a page at least {height} mm high."),
        needed=math.ceil(needed),
        rows=rows,
    )


def _height(pen: Pen, heading_lines: int, rows: int) -> float:
    return pen.line * heading_lines + 1.2 + rows * pen.line * LEADING + 0.6


def _set(pen: Pen, chart: TableChart) -> _Set:
    """Measure everything: a column is as wide as its widest cell, or as the longest word of its heading."""
    data = chart.data
    columns = range(len(data.columns))
    cells = tuple(tuple(data.text(row, column) for column in columns) for row in range(len(data.rows)))
    widths, headings = [], []
    for place, column in enumerate(data.columns):
        words = [*(row[place] for row in cells), *column.label.split()]
        # Letters drawn as dots are a little wider than measured.
        width = max((pen.text_width(text) for text in set(words)), default=0.0) * 1.04
        widths.append(width)
        headings.append(tuple(wrapped(pen, column.label, width)))
    return _Set(pen=pen, cells=cells, headings=tuple(headings), widths=tuple(widths))


def _draw(figure: Any, found: _Set, chart: TableChart, box: Box) -> None:
    left, bottom, width, height = box
    pen, theme = found.pen, found.pen.theme
    axes = paper(figure, pen)
    gaps = max(len(found.widths) - 1, 1)
    gap = min((width - sum(found.widths)) / gaps, MOST_GAP * pen.line)
    step = pen.line * LEADING
    step = min((height - found.head - 0.6) / max(len(found.cells), 1), step * STRETCH)
    right = left + sum(found.widths) + gap * (len(found.widths) - 1)
    top = bottom + height
    rule = top - found.head + 0.5
    x = left
    for place, column in enumerate(chart.data.columns):
        wide = found.widths[place]
        edge = x + wide if column.numeric else x
        lines = found.headings[place]
        for at, line in enumerate(lines):
            # Headings of one line stand on the rule as the others do.
            pen.write(
                line, edge, rule + 0.7 + pen.line * (len(lines) - at), theme.muted, right=column.numeric
            )
        for row, texts in enumerate(found.cells):
            middle = rule - step * (row + 0.5)
            pen.write(texts[place], edge, middle + pen.line * 0.41, theme.text, right=column.numeric)
        x += wide + gap
    stroke(axes, [(left, rule), (right, rule)], theme.muted, 0.6)
    for row in range(len(found.cells)):
        under = rule - step * (row + 1)
        last = row + 1 == len(found.cells)
        stroke(
            axes, [(left, under), (right, under)], theme.muted if last else theme.grid, 0.6 if last else 0.4
        )
