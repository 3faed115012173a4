"""What is read of a picture at one place: rows of a sign, a name and a number."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from widgets.pictures.chart import Chart, Ink, Line, Mark
from widgets.pictures.layout.naming import Name
from widgets.pictures.layout.panes import SWATCH, swatch
from widgets.pictures.layout.strokes import (
    SAMPLE,
    draw_diamond,
    draw_line_sample,
    draw_shade,
    has_bands,
    hue_of,
    shaded,
)
from widgets.pictures.page import Page
from widgets.pictures.palette import colour

MOST_ROWS: Final = 14
GREY: Final = Ink(kind="grey")

Sign: TypeAlias = Callable[[Page, float, float], None]
"""Draws the sign of what is read from a left end around a middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: what is called `name`, and what is read of it; "" where its name goes on in the next row.

    `width` is that of the sign, in lines of text; without an ink the name is quiet.
    """

    name: str
    reading: str
    key: str = ""
    ink: Ink = GREY
    sign: Sign | None = None
    width: float = SAMPLE
    strong: bool = False


def state_row(name: Name, reading: str, *, strong: bool, signed: bool = True) -> Row:
    """Return the row of a state, with a square in its colour."""
    sign = partial(_sign_of_state, name) if signed else None
    return Row(name=name.label, reading=reading, ink=name.ink, sign=sign, width=SWATCH, strong=strong)


def rows_at(chart: Chart, x: float, emphasis: str = "") -> list[Row]:
    """Return the readings at `x`, highest curve first, then the published points of that month.

    Of more curves than can be read at once the highest are kept, and the one under the hand.
    """
    found = []
    for line in chart.lines:
        for place, (at, text) in enumerate(zip(line.x.tolist(), line.readings, strict=True)):
            if at == x and text:
                row = Row(
                    key=line.key,
                    ink=line.ink,
                    name=line.label,
                    reading=text,
                    sign=partial(_sign_of_line, line),
                    strong=line.key == emphasis,
                )
                shown = has_bands(line, chart, emphasis)
                found.append(
                    (float(line.y[place]), [row, *(_band_rows(chart, line, place) if shown else ())])
                )
    # Where a curve has a gap its row, which says why, comes last.
    found.sort(key=lambda item: (math.isnan(item[0]), -item[0]))
    groups = [rows for _, rows in found]
    if len(groups) > MOST_ROWS:
        hovered = [rows for rows in groups[MOST_ROWS:] if rows[0].key == emphasis]
        groups = groups[: MOST_ROWS - len(hovered)] + hovered
    marks = [mark for mark in chart.marks if abs(mark.x - x) < 1e-6]
    return [row for rows in groups for row in rows] + [
        Row(
            ink=mark.ink,
            name=mark.label,
            reading=chart.y.text(mark.y, 0.0),
            sign=partial(_sign_of_mark, mark),
        )
        for mark in marks
    ]


def _band_rows(chart: Chart, line: Line, place: int) -> list[Row]:
    """Return what the named bands of a line say at one of its points, the narrowest first."""
    rows = []
    for band, shade in reversed(shaded(line.bands)):
        ends = (float(band.low[place]), float(band.high[place]))
        if band.label and all(map(math.isfinite, ends)):
            reading = "–".join(chart.y.text(end, 0.0) for end in ends)
            rows.append(
                Row(key=line.key, name=band.label, reading=reading, sign=partial(_sign_of_band, line, shade))
            )
    return rows


def _sign_of_line(line: Line, page: Page, left: float, middle: float) -> None:
    draw_line_sample(page, line, left, middle)


def _sign_of_band(line: Line, opacity: float, page: Page, left: float, middle: float) -> None:
    draw_shade(page, hue_of(line, page.theme), opacity, left, middle)


def _sign_of_mark(mark: Mark, page: Page, left: float, middle: float) -> None:
    hue = page.theme.text if mark.ink.kind == "grey" else colour(mark.ink, page.theme)
    draw_diamond(page, hue, left + SAMPLE * page.line / 2, middle)


def _sign_of_state(name: Name, page: Page, left: float, middle: float) -> None:
    swatch(page, name, left, middle)
