"""The cells of a surface: its shape, where its cohorts leave it, and what is written of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from widgets.pictures.chart import Axis
from widgets.pictures.kinds import Diagonal, SurfaceChart
from widgets.pictures.layout.fitting import fit_names
from widgets.pictures.page import Page

YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagonalEnd:
    """Where a cohort leaves the surface, in cells, and by which side."""

    diagonal: Diagonal
    x: float
    y: float
    side: str


def shape_of(chart: SurfaceChart) -> tuple[int, int]:
    """Return rows and columns, of the largest pane."""
    rows = max((pane.values.shape[0] for pane in chart.panes), default=0)
    return rows, max((pane.values.shape[1] for pane in chart.panes), default=0)


def diagonal_ends(chart: SurfaceChart) -> tuple[DiagonalEnd, ...]:
    """Return where each cohort leaves the surface: at the right, or at the top when the rows end first."""
    rows, columns = shape_of(chart)
    found = []
    for diagonal in chart.diagonals:
        rise = columns - diagonal.column
        if rise <= 0:
            continue
        side = "right" if rise <= rows else "top"
        up = min(rise, float(rows))
        found.append(DiagonalEnd(diagonal=diagonal, x=diagonal.column + up, y=up, side=side))
    return tuple(found)


def cohort_at(chart: SurfaceChart, x: float, y: float, near: float) -> tuple[int, int] | None:
    """Return the columns of row 0 in which the cohort begins whose line passes a point in cells within `near` columns.

    A line is the first day of a cohort; it ends where the next one begins.
    """
    lines = sorted(diagonal.column for diagonal in chart.diagonals)
    found = min(lines, key=lambda column: abs(x - y - column), default=None)
    if found is None or abs(x - y - found) > near:
        return None
    after = [column for column in lines if column > found]
    most = shape_of(chart)[1] - 1
    first = math.floor(found)
    return first, max(first, math.ceil(after[0]) - 1 if after else most)


def cohort_names(chart: SurfaceChart, page: Page, width: float, height: float) -> tuple[tuple[str, ...], ...]:
    """Return the names of the cohorts that leave at the right in their lines, whole; none when they do not fit.

    Cut they would all look the same. Folded they are only where one line is too wide.
    """
    labels = [end.diagonal.label for end in diagonal_ends(chart) if end.side == "right"]
    if all(page.measure(label) <= width for label in labels) and len(labels) * page.line <= height:
        return tuple((label,) for label in labels)
    return fit_names(page, labels, width, height) or ()


def scale_texts(chart: SurfaceChart) -> tuple[str, str, str]:
    """Return the values at the ends and in the middle of the scale as text."""
    low, high = chart.scale
    return chart.scale_text(low), chart.scale_text((low + high) / 2), chart.scale_text(high)


def has_masked(chart: SurfaceChart) -> bool:
    """Return whether some cell is masked, so that the legend must say what that means."""
    return any(bool(pane.masked.any()) for pane in chart.panes)


def runs(places: list[int]) -> list[tuple[int, int]]:
    """Return the first and last of every run of neighbouring places."""
    out: list[tuple[int, int]] = []
    for at in places:
        if out and at == out[-1][1] + 1:
            out[-1] = (out[-1][0], at)
        else:
            out.append((at, at))
    return out


def first_of_year(axis: Axis, columns: int) -> int:
    """Return the first column that begins a year: where the year changes, if the axis writes years alone."""
    years = [axis.text(float(at), float(YEAR)) for at in range(min(columns, YEAR + 1))]
    changes = [at for at in range(1, len(years)) if years[at] != years[at - 1]]
    # Two changes in a year mean that the axis writes the month as well: any column may begin.
    return changes[0] if len(changes) == 1 else 0
