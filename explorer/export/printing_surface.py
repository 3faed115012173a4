"""A surface on paper: the same cells, cohorts, scale and words as on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from explorer.export.paper import centred, hatched, paper, stroke, tiles
from explorer.export.typesetting import Box, Pen
from widgets.pictures.layout.cells import (
    cohort_names,
    column_ticks,
    diagonal_ends,
    has_masked,
    row_ticks,
    runs,
    scale_texts,
    shape_of,
)
from widgets.pictures.layout.fitting import stack
from widgets.pictures.layout.rows import wrap
from widgets.pictures.layout.scale import hue_at, pixels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.pictures.kinds import Surface, SurfaceChart

BAR_HIGH, SWATCH = 2.4, 4.5
SHADES: Final = 64
BETWEEN_PANES: Final = 5.0
OVER: Final = 2.0
"""So far a calendar month's name may stand out of its pane."""
ENDS_SHARE: Final = 0.2
TO_LABEL: Final = 3.2
LEAST_PANE: Final = 24.0
"""Where panes would be narrower, the cohorts go without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What every part needs: where to draw, how to write, what, and the frames of the panes in millimetres."""

    axes: Axes
    pen: Pen
    chart: SurfaceChart
    frames: tuple[Box, ...]
    names: tuple[tuple[str, ...], ...]
    top_names: bool

    def spot(self, frame: Box, x: float, y: float) -> tuple[float, float]:
        """Return where a point in cells lies."""
        rows, columns = shape_of(self.chart)
        left, bottom, width, height = frame
        return left + x / max(columns, 1) * width, bottom + y / max(rows, 1) * height

    def cells(self, frame: Box, x0: int, x1: int, y: int) -> Box:
        """Return the box of the columns x0 to x1 of a row."""
        left, bottom = self.spot(frame, x0, y)
        right, top = self.spot(frame, x1 + 1, y + 1)
        return left, bottom, right - left, top - bottom


def draw_surface(figure: Any, pen: Pen, chart: SurfaceChart, box: Box) -> None:
    """Draw the panes of `chart` in `box`, with the scale above and the calendar below them."""
    axes = paper(figure, pen)
    top = _legend(axes, pen, chart, box)
    page = _share_out(axes, pen, chart, (box[0], box[1], box[2], top - box[1]))
    for place, frame in enumerate(page.frames):
        _grid(page, frame, numbered=place == 0)
        _cells(page, frame, chart.panes[place])
        _cohorts(page, frame, named=place == len(page.frames) - 1)
        _calendar(page, frame)
        title = pen.elided(chart.panes[place].title, frame[2])
        pen.write(title, frame[0], frame[1] + frame[3] + pen.line * (1.2 + page.top_names), pen.theme.text)
    if page.frames:
        left, bottom, width, _ = page.frames[-1]
        name = pen.elided(chart.x.label, left + width - page.frames[0][0])
        pen.write(name, left + width, bottom - 1.4 - pen.line, pen.theme.muted, right=True)


def _legend(axes: Axes, pen: Pen, chart: SurfaceChart, box: Box) -> float:
    """Draw the scale with its words and what a masked cell means; return the height below it."""
    theme, (left, _, width, _) = pen.theme, box
    top = box[1] + box[3]
    texts = scale_texts(chart)
    half = max(pen.text_width(texts[0]), pen.text_width(texts[2])) / 2
    bar = max(min(width * 0.26, 45.0), sum(map(pen.text_width, texts)) + 6)
    said = pen.text_width(chart.scale_label)
    masked = chart.masked_label if has_masked(chart) else ""
    beside = said + 3 + half * 2 + bar <= width
    x, middle = (
        (left + said + 3 + half, top - pen.line / 2) if beside else (left + half, top - pen.line * 1.5)
    )
    lines, _ = wrap(chart.scale_label, width, 1, pen.text_width)
    centred(pen, lines[0] if lines else "", left, top - pen.line / 2, theme.text)
    step = bar / SHADES
    shades = [(x + at * step, middle - BAR_HIGH / 2, step, BAR_HIGH) for at in range(SHADES)]
    tiles(axes, shades, [hue_at(at / (SHADES - 1), theme) for at in range(SHADES)])
    under = middle - BAR_HIGH / 2 - 0.6 - pen.line / 2
    for share, text in zip((0.0, 0.5, 1.0), texts, strict=True):
        at = x + share * bar
        stroke(axes, [(at, middle - BAR_HIGH / 2), (at, middle - BAR_HIGH / 2 - 0.8)], theme.muted, 0.5)
        centred(pen, text, at, under - 0.4, theme.muted, centre=True)
    bottom = under - pen.line / 2 - 0.4
    if masked:
        at = x + bar + half + 5
        if at + SWATCH + 2 + pen.text_width(masked) > left + width:
            at, middle = left, bottom - pen.line / 2
            bottom -= pen.line
        hatched(axes, [(at, middle - BAR_HIGH / 2, SWATCH, BAR_HIGH)], theme.raised, theme.grey)
        text = pen.elided(masked, left + width - at - SWATCH - 2)
        centred(pen, text, at + SWATCH + 2, middle, theme.muted)
    return bottom - 1.0


def _share_out(axes: Axes, pen: Pen, chart: SurfaceChart, box: Box) -> _Page:
    left, bottom, width, height = box
    panes, ends = len(chart.panes), diagonal_ends(chart)
    numbers = max(
        (pen.text_width(tick.text) for tick in row_ticks(chart.y, shape_of(chart)[0], 1.0, 1.0)), default=0.0
    )
    numbers += 2.0
    free = width - numbers - BETWEEN_PANES * (panes - 1)
    names = cohort_names(chart, width * ENDS_SHARE, height - 3 * pen.line, pen.line, pen.text_width)
    wide = max((pen.text_width(part) for parts in names for part in parts), default=0.0) + TO_LABEL
    if not names or (free - wide) / max(panes, 1) < LEAST_PANE:
        names, wide = (), OVER
    each = (free - wide) / max(panes, 1)
    top_names = any(end.side == "top" for end in ends) and each >= LEAST_PANE
    foot = pen.line * 2 + 1.8
    head = pen.line * (any(pane.title for pane in chart.panes) + top_names) + 0.5
    frames = tuple(
        (left + numbers + at * (each + BETWEEN_PANES), bottom + foot, each, max(height - foot - head, 4.0))
        for at in range(panes)
    )
    return _Page(axes=axes, pen=pen, chart=chart, frames=frames, names=names, top_names=top_names)


def _grid(page: _Page, frame: Box, *, numbered: bool) -> None:
    pen, rows = page.pen, shape_of(page.chart)[0]
    for tick in row_ticks(page.chart.y, rows, frame[3] / max(rows, 1), max(7.0, pen.line * 2)):
        _, y = page.spot(frame, 0, tick.cell + 0.5)
        stroke(page.axes, [(frame[0], y), (frame[0] + frame[2], y)], pen.theme.grid, 0.6, depth=1)
        if numbered:
            centred(pen, tick.text, frame[0] - 1.4, y, pen.theme.muted, right=True)


def _cells(page: _Page, frame: Box, pane: Surface) -> None:
    values = np.where(pane.masked, np.nan, pane.values)
    colours = pixels(values, page.chart.scale, page.pen.theme)
    boxes, hues = [], []
    for row, column in np.argwhere(np.isfinite(values)).tolist():
        boxes.append(page.cells(frame, column, column, row))
        red, green, blue, _ = colours[row, column].tolist()
        hues.append(f"#{red:02x}{green:02x}{blue:02x}")
    tiles(page.axes, boxes, hues)
    masked = [
        page.cells(frame, first, last, row)
        for row in range(len(pane.masked))
        for first, last in runs(np.flatnonzero(pane.masked[row]).tolist())
    ]
    hatched(page.axes, masked, page.pen.theme.raised, page.pen.theme.grey)


def _cohorts(page: _Page, frame: Box, *, named: bool) -> None:
    pen, ends = page.pen, diagonal_ends(page.chart)
    for end in ends:
        # A cohort from before the first month comes in at the left edge.
        start = max(end.diagonal.column, 0.0)
        line = [page.spot(frame, start, start - end.diagonal.column), page.spot(frame, end.x, end.y)]
        stroke(page.axes, line, pen.theme.panel, 1.4, depth=4, alpha=0.55)
        stroke(page.axes, line, pen.theme.text, 0.5, depth=5, alpha=0.8)
    if named and page.names:
        _names_at_right(page, frame)
    if named and page.top_names:
        _names_above(page, frame)


def _names_at_right(page: _Page, frame: Box) -> None:
    pen, edge = page.pen, frame[0] + frame[2]
    ends = [end for end in diagonal_ends(page.chart) if end.side == "right"]
    found = sorted(
        (page.spot(frame, end.x, end.y)[1], parts) for end, parts in zip(ends, page.names, strict=True)
    )
    half, sizes = pen.line / 2, [len(parts) * pen.line for _, parts in found]
    places = stack([y for y, _ in found], sizes, frame[1] - half, frame[1] + frame[3] + half)
    for (y, parts), middle in zip(found, places, strict=True):
        stroke(page.axes, [(edge + 0.3, y), (edge + TO_LABEL - 0.6, middle)], pen.theme.muted, 0.5)
        first = middle + (len(parts) - 1) * half
        for at, part in enumerate(parts):
            centred(pen, part, edge + TO_LABEL, first - at * pen.line, pen.theme.muted)


def _names_above(page: _Page, frame: Box) -> None:
    """Write the names of cohorts that leave at the top, as many as there is room for, the newest first."""
    pen, free = page.pen, page.pen.width - page.pen.margin
    for end in sorted(
        (one for one in diagonal_ends(page.chart) if one.side == "top"), key=lambda one: -one.x
    ):
        wide = pen.text_width(end.diagonal.label)
        x, top = page.spot(frame, end.x, end.y)
        left = min(x - wide / 2, free - wide)
        if left >= frame[0] and x <= free:
            centred(pen, end.diagonal.label, left, top + pen.line / 2 + 0.3, pen.theme.muted)
            free = left - 2.5


def _calendar(page: _Page, frame: Box) -> None:
    pen, columns = page.pen, shape_of(page.chart)[1]
    left, bottom, width, _ = frame
    stroke(page.axes, [(left, bottom), (left + width, bottom)], pen.theme.muted, 0.6)
    for tick in column_ticks(page.chart.x, columns, width / max(columns, 1), 2.5, pen.text_width, OVER):
        x, _ = page.spot(frame, tick.cell + 0.5, 0)
        stroke(page.axes, [(x, bottom), (x, bottom - (1.3 if tick.strong else 0.9))], pen.theme.muted, 0.5)
        pen.write(tick.text, x, bottom - 1.4, pen.theme.muted, centre=True)
