"""Where the headings and numbers of a table stand on a page that does not scroll, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from widgets.pictures.kinds import TableChart
from widgets.pictures.layout.fitting import TooLarge, wrap
from widgets.pictures.layout.rows import SLACK
from widgets.pictures.page import Align, Page, widest

GAP, MOST_GAP = 1.1, 2.6
"""All in lines of text: least and greatest distance between columns,"""
ROW, MOST_ROW = 1.18, 1.6
"""height of a row,"""
RULE: Final = 0.2
"""from the headings to the rule under them,"""
UNDER: Final = 0.15
"""and from that, and from the last row, to what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the edge its words begin or end at, its heading and its cells; numbers end at the same edge."""

    x: float
    align: Align
    heading: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """The columns, how far right they reach, the rule under the headings, and the height of a row."""

    columns: tuple[Column, ...]
    right: float
    rule: float
    row: float


def lay_table(chart: TableChart, page: Page) -> TableLayout:
    """Give every column the width of its widest cell, or of the longest word of its heading.

    Raises
    ------
    TooLarge
        When not all rows or columns fit the page.
    """
    box, line, data = page.box, page.line, chart.data
    count = len(data.rows)
    words = [column.label.split() for column in data.columns]
    if _height(1, count) * line > box.height:
        # Thousands of rows are not measured before they are refused.
        most = max(map(len, words), default=1)
        raise TooLarge(rows=count, higher=_height(most, count) * line - box.height)
    cells = [tuple(data.text(row, place) for row in range(count)) for place in range(len(data.columns))]
    widths = [widest(page, [*one, *parts]) + SLACK * line for one, parts in zip(cells, words, strict=True)]
    headings = [
        wrap(page, column.label, width, len(parts))[0]
        for column, width, parts in zip(data.columns, widths, words, strict=True)
    ]
    gaps = max(len(widths) - 1, 0)
    wider = sum(widths) + GAP * line * gaps - box.width
    if wider > 1e-6:
        raise TooLarge(columns=len(widths), wider=wider)
    head = max(map(len, headings), default=0)
    higher = _height(head, count) * line - box.height
    if higher > 1e-6:
        raise TooLarge(rows=count, higher=higher)
    gap = min((box.width - sum(widths)) / max(gaps, 1), MOST_GAP * line)
    lefts = [box.left + sum(widths[:place]) + gap * place for place in range(len(widths))]
    rule = box.top + (head + RULE) * line
    return TableLayout(
        columns=tuple(
            Column(
                x=left + (width if column.numeric else 0.0),
                align="right" if column.numeric else "left",
                heading=parts,
                cells=one,
            )
            for left, width, column, parts, one in zip(
                lefts, widths, data.columns, headings, cells, strict=True
            )
        ),
        right=box.left + sum(widths) + gap * gaps,
        rule=rule,
        row=min((box.bottom - UNDER * line - rule) / max(count, 1), MOST_ROW * line),
    )


def _height(heading: int, rows: int) -> float:
    """Return the height in lines of text, with so many lines of headings."""
    return heading + RULE + rows * ROW + UNDER


def draw_table(chart: TableChart, page: Page) -> None:
    """Draw all of it."""
    layout, theme, line = lay_table(chart, page), page.theme, page.line
    for column in layout.columns:
        for above, part in enumerate(reversed(column.heading)):
            # Headings of one line stand on the rule as the others do.
            middle = layout.rule - (RULE + above + 0.5) * line
            page.write(part, column.x, middle, theme.muted, align=column.align)
        for row, text in enumerate(column.cells):
            page.write(text, column.x, layout.rule + layout.row * (row + 0.5), theme.text, align=column.align)
    for row in range(len(chart.data.rows) + 1):
        y, edge = layout.rule + layout.row * row, row in (0, len(chart.data.rows))
        hue = theme.muted if edge else theme.grid
        page.stroke([(page.box.left, y), (layout.right, y)], hue, 0.9 if edge else 0.6)
