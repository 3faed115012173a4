"""Where the axes, names and numbers at risk of curves stand, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from widgets.pictures.chart import Chart, Key, Line, RiskRow
from widgets.pictures.layout.fitting import fit_names
from widgets.pictures.layout.legend import Spot, place_names
from widgets.pictures.layout.panes import (
    EDGE,
    ENDS_SHARE,
    FAINT,
    NARROW,
    TO_LABEL,
    Placed,
    leader,
    place_beside,
    write_lines,
)
from widgets.pictures.layout.plane import (
    GAP,
    UNDER,
    Plane,
    draw_grid,
    value_ticks,
    values_width,
    write_axis_name,
    write_months,
    write_values,
)
from widgets.pictures.layout.strokes import (
    SAMPLE,
    draw_key,
    draw_line_sample,
    draw_sample,
    key_width,
    stroke_of_ink,
)
from widgets.pictures.layout.ticks import Tick, along, ticks_of
from widgets.pictures.page import Box, Page, Point, elide, widest
from widgets.pictures.palette import colour, text_colour

MOST_NAMED: Final = 8
"""With more curves, a grey one is named only while it is hovered, on paper never."""
MOST_ROWS: Final = 8
"""Of more rows only one is shown, that of the hovered curve."""
ROWS_SHARE, ROW_NAMES_SHARE = 0.36, 0.24
LEAST_PLANE: Final = 6.0
"""All in lines of text: no row of numbers at risk takes the height that the curves need;"""
ROW_GAP: Final = 0.6
"""from the name of a row to its first number,"""
ROWS_GAP: Final = 0.2
"""above the first row,"""
BETWEEN_NUMBERS: Final = 0.9
"""between two numbers at risk,"""
ABOVE: Final = 0.7
"""and above the plane: half of the uppermost number."""

Entry = tuple[Line | Key, Spot]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvesLayout:
    """Where everything stands, whatever part of the months is seen.

    Attributes
    ----------
    box
        The room of the curves.
    rows, row_names
        The numbers at risk that fit, and whether their names do; otherwise a sample of the line stands for each.
    ends
        The lines of the name at the end of every curve; none: the legend names them, if anything does.
    """

    chart: Chart
    box: Box
    values: tuple[Tick, ...]
    rows: tuple[RiskRow, ...]
    row_names: bool
    ends: tuple[tuple[str, ...], ...]
    legend: tuple[Entry, ...]
    emphasis: str

    @property
    def whole(self) -> Plane:
        """The plane with all months."""
        return self.over((self.chart.x.low, self.chart.x.high))

    def over(self, months: tuple[float, float]) -> Plane:
        """Return the plane with some of the months."""
        return Plane(box=self.box, x=months, y=(self.chart.y.low, self.chart.y.high))

    @property
    def heading(self) -> str:
        """The name of the numbers at risk; it says when not all rows are there."""
        shown, every = len(self.rows), len(self.chart.risk)
        return self.chart.risk_label + (f" ({shown} / {every})" if shown < every else "")


def lay_curves(chart: Chart, page: Page, emphasis: str = "", *, hovers: bool = True) -> CurvesLayout:
    """Share out the page.

    Parameters
    ----------
    emphasis
        Key of the curve under the hand: it is named, and its numbers at risk are kept when not all fit.
    hovers
        Whether curves can be hovered: then a name that is not seen has its room, so that nothing moves when it comes.
    """
    box, line = page.box, page.line
    legend = _legend(chart, page, (), "")
    top = _under(legend, page)
    rows = _rows(chart, box.bottom - top, line, emphasis if hovers else None)
    under = UNDER * line + (len(rows) * line + ROWS_GAP * line if rows else 0.0)
    named = chart.lines if hovers else tuple(one for one in chart.lines if _named(chart, one, ""))
    found = _fit_ends(page, named, max(box.bottom - top - under, 0.0), hovers=hovers)
    if found is None:
        legend = _legend(chart, page, chart.lines, emphasis)
        # One row at least, so that nothing jumps when a name comes and goes.
        top = max(_under(legend, page), box.top + line * 1.25 if chart.lines else box.top)
        rows = _rows(chart, box.bottom - top, line, emphasis if hovers else None)
        under = UNDER * line + (len(rows) * line + ROWS_GAP * line if rows else 0.0)
    folded = dict(zip((one.key for one in named), found or (), strict=False))
    right = widest(page, [text for row in rows for text in row.texts]) / 2 + EDGE * line
    if found:
        right = max(
            right, widest(page, [part for parts in found for part in parts]) + (TO_LABEL + EDGE) * line
        )
    top += ABOVE * line
    plane = Box(box.left, top, box.width, max(box.bottom - under - top, 1.0))
    values = value_ticks(page, chart.y, Plane(box=plane, x=(0.0, 1.0), y=(chart.y.low, chart.y.high)))
    first = widest(page, [row.texts[0] for row in rows if row.texts]) / 2 + ROW_GAP * line
    name = widest(page, [row.label for row in rows])
    row_names = name + first <= box.width * ROW_NAMES_SHARE
    beside = (name if row_names else SAMPLE * line) + first if rows else 0.0
    left = max(values_width(page, [tick.text for tick in values]), beside)
    plane = plane._replace(left=box.left + left, width=max(box.width - left - max(right, line), 1.0))
    return CurvesLayout(
        chart=chart,
        box=plane,
        values=values,
        rows=rows,
        row_names=row_names,
        ends=tuple(folded.get(one.key, ()) for one in chart.lines) if found else (),
        legend=legend,
        emphasis=emphasis,
    )


def month_ticks(layout: CurvesLayout, page: Page, plane: Plane) -> tuple[Tick, ...]:
    """Return the ticks of the months that are seen, with room for the numbers at risk under them."""
    numbers = widest(page, (text for row in layout.rows for text in row.texts))
    under = numbers + BETWEEN_NUMBERS * page.line if layout.rows else 0.0
    axis = layout.chart.x
    return ticks_of(axis, *plane.x, plane.box.width, along(page, under=under), axis.low)


def place_ends(layout: CurvesLayout, page: Page, plane: Plane) -> tuple[Placed[Line], ...]:
    """Return every name with its place beside the plane, from the top."""
    found = []
    for one, parts in zip(layout.chart.lines, layout.ends, strict=True) if layout.ends else ():
        at = _end_of(one, plane)
        if at is not None and parts and _named(layout.chart, one, layout.emphasis):
            found.append((one, parts, at))
    return place_beside(page, plane.box, found)


def risk_places(
    layout: CurvesLayout, page: Page, plane: Plane, ticks: Sequence[Tick]
) -> list[tuple[float, float, str, RiskRow]]:
    """Return (x, middle, text, row) of every number at risk; x is the centre of the text."""
    out = []
    for place, row in enumerate(layout.rows):
        texts = dict(zip(row.x.tolist(), row.texts, strict=True))
        middle = _row_middle(page, plane, place)
        out += [(plane.x_of(tick.value), middle, texts.get(tick.value, ""), row) for tick in ticks]
    return out


def paint_around(layout: CurvesLayout, page: Page, plane: Plane) -> None:
    """Draw all but the curves: axes, numbers at risk, names and legend; it lies behind the curves."""
    draw_grid(page, plane, layout.values, page.theme.grid)
    write_values(page, plane, layout.values)
    months = month_ticks(layout, page, plane)
    write_months(page, plane, months)
    _write_rows(layout, page, plane, months)
    _write_ends(layout, page, plane)
    _write_legend(layout, page)


def _write_rows(layout: CurvesLayout, page: Page, plane: Plane, months: Sequence[Tick]) -> None:
    line, left, bottom = page.line, page.box.left, plane.box.bottom
    name = write_axis_name(page, layout.chart.x.label, plane.box.left, plane.box.right, bottom)
    if not layout.rows:
        return
    heading = elide(page, layout.heading, name - left - 0.75 * line)
    page.write(heading, left, bottom + (GAP + 1.5) * line, page.theme.muted)
    for place, row in enumerate(layout.rows):
        middle = _row_middle(page, plane, place)
        if layout.row_names:
            page.write(row.label, left, middle, text_colour(row.ink, page.theme))
        else:
            draw_sample(page, stroke_of_ink(row.ink, page.theme), left, middle)
    for x, middle, text, row in risk_places(layout, page, plane, months):
        page.write(text, x, middle, text_colour(row.ink, page.theme), align="centre")


def _row_middle(page: Page, plane: Plane, place: int) -> float:
    return plane.box.bottom + (GAP + 2.5 + ROWS_GAP + place) * page.line


def _write_ends(layout: CurvesLayout, page: Page, plane: Plane) -> None:
    """Write each name in the colour of its curve, made readable."""
    for end in place_ends(layout, page, plane):
        ink, strong = end.of.ink, end.of.key == layout.emphasis
        opacity = FAINT if layout.emphasis and not strong else 1.0
        leader(page, end.at, end.left, end.middle, colour(ink, page.theme), opacity * 0.6)
        hue = page.theme.accent if strong and ink.kind == "grey" else text_colour(ink, page.theme)
        write_lines(page, end.parts, end.left, end.middle, hue, opacity)


def _write_legend(layout: CurvesLayout, page: Page) -> None:
    for entry, spot in layout.legend:
        if isinstance(entry, Key):
            draw_key(page, entry, spot.left, spot.middle)
            page.write(spot.text, spot.name, spot.middle, page.theme.muted)
            continue
        opacity = FAINT if layout.emphasis and entry.key != layout.emphasis else 1.0
        draw_line_sample(page, entry, spot.left, spot.middle, opacity)
        hue = text_colour(entry.ink, page.theme)
        page.write(spot.text, spot.name, spot.middle, hue, opacity=opacity)


def _legend(chart: Chart, page: Page, lines: Sequence[Line], emphasis: str) -> tuple[Entry, ...]:
    """Place the names of `lines`, then what the keys of the chart mean."""
    entries: list[Line | Key] = [one for one in lines if _named(chart, one, emphasis)]
    entries += chart.keys
    names = [
        (one.label, key_width(one, page.line)) if isinstance(one, Key) else (one.end, SAMPLE * page.line)
        for one in entries
    ]
    return tuple(zip(entries, place_names(page, names, page.line * 0.15), strict=True))


def _under(legend: Sequence[Entry], page: Page) -> float:
    return legend[-1][1].middle + page.line * 0.65 if legend else page.box.top


def _named(chart: Chart, line: Line, emphasis: str) -> bool:
    """Of too many curves the grey ones are named only while they are hovered; some have no name."""
    if not line.end:
        return False
    return line.ink.kind != "grey" or line.key == emphasis or len(chart.lines) <= MOST_NAMED


def _fit_ends(
    page: Page, lines: Sequence[Line], height: float, *, hovers: bool
) -> tuple[tuple[str, ...], ...] | None:
    """Return the name of every curve in the lines that fit beside the plane; None when they do not all fit."""
    if page.box.width < NARROW * page.line and len(lines) > 1:
        return None
    # Of more curves than can be named at once only one is: each may use all the height.
    tall = height * (len(lines) if hovers and len(lines) > MOST_NAMED else 1)
    return fit_names(page, [one.end for one in lines], page.box.width * ENDS_SHARE, tall)


def _rows(chart: Chart, height: float, line: float, emphasis: str | None) -> tuple[RiskRow, ...]:
    fitting = min(height * ROWS_SHARE, height - (UNDER + ROWS_GAP + LEAST_PLANE) * line) // line
    most = len(chart.risk) if len(chart.risk) <= MOST_ROWS else int(emphasis is not None)
    count = max(0, min(most, int(fitting)))
    kept = chart.risk[:count]
    if count and emphasis not in {row.key for row in kept}:
        kept = (*kept[:-1], next((row for row in chart.risk if row.key == emphasis), kept[-1]))
    return kept


def _end_of(line: Line, plane: Plane) -> Point | None:
    """Return where the curve leaves the months in view; None when it ended before them."""
    seen, (left, right) = np.isfinite(line.y), plane.x
    if not seen.any():
        return None
    x, y = line.x[seen], line.y[seen]
    last = min(float(x[-1]), right)
    if last < max(left, float(x[0])):
        return None
    return plane.x_of(last), plane.y_of(float(np.interp(last, x, y)))
