"""How much of a figure's room its names and numbers at risk get; what does not fit is dropped gracefully."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF

from widgets.pictures.chart import Axis, Chart, RiskRow
from widgets.pictures.layout.fitting import fit_names
from widgets.pictures.layout.spacing import nice_step
from widgets.plots.lettering import SAMPLE, widest

LEAST: Final = QSize(260, 170)
"""Room that every picture needs at least, in pixels."""
NARROW: Final = 480.0
"""Narrower plots have a legend row instead of labels at the curve ends."""
MOST_NAMED: Final = 8
"""With more curves, a grey one is named only while it is hovered."""
FEWEST_PARTS: Final = 2
MOST_PARTS: Final = 6
"""Parts that ticks cut the axis of values in."""
MOST_ROWS: Final = 8
"""Of more rows only one is shown, that of the hovered curve."""
GAP: Final = 6.0
ROW_GAP: Final = 10.0
"""From the name of a row to its first number."""
ENDS_SHARE, ROWS_SHARE, ROW_NAMES_SHARE = 0.28, 0.36, 0.24
LEAST_PLOT: Final = 96.0
"""No row of numbers at risk takes the height that the curves need."""
TO_LABEL: Final = 12.0
"""From the edge of the plot to the labels at the curve ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The room of a figure's parts, in pixels.

    Attributes
    ----------
    left, right, bottom
        Margins around the curves.
    ends
        The lines of every curve's name at its end, in the order of the curves; None: a legend row names them.
    rows
        The numbers at risk that fit.
    row_names
        Whether the rows have their names; otherwise a sample of the line stands for it.
    """

    left: float
    right: float
    bottom: float
    ends: tuple[tuple[str, ...], ...] | None
    rows: tuple[RiskRow, ...]
    row_names: bool


def line_height(metrics: QFontMetricsF) -> float:
    """Return the height of a line of text in a figure."""
    return metrics.height() + 1


def make_room(chart: Chart, width: float, height: float, metrics: QFontMetricsF, hovered: str = "") -> Room:
    """Share out `width` by `height` pixels.

    Parameters
    ----------
    hovered
        Key of the curve under the hand: its numbers at risk are kept when not all fit.
    """
    line = line_height(metrics)
    rows = _rows(chart, height, line, hovered)
    base = GAP + 2 * line + 2
    bottom = base + (len(rows) * line + 3 if rows else 0)
    names = [curve.end for curve in chart.lines]
    ends = None
    if width >= NARROW or len(names) <= 1:
        # Of more curves than can be named at once only one is: each may use all the height.
        tall = (height - bottom) * (len(names) if len(names) > MOST_NAMED else 1)
        ends = fit_names(names, metrics.horizontalAdvance, width * ENDS_SHARE, tall, line)
    right = widest((text for row in rows for text in row.texts), metrics) / 2 + 4
    if ends:
        longest = max(metrics.horizontalAdvance(part) for parts in ends for part in parts)
        right = max(right, longest + TO_LABEL + 4)
    first = widest((row.texts[0] for row in rows if row.texts), metrics)
    name = widest((row.label for row in rows), metrics)
    row_names = name + first / 2 + ROW_GAP <= width * ROW_NAMES_SHARE
    label = (name if row_names else SAMPLE) + first / 2 + ROW_GAP if rows else 0.0
    return Room(
        left=max(_ticks_width(chart.y, metrics), label, 24.0),
        right=max(right, 16.0),
        bottom=bottom,
        ends=ends,
        rows=rows,
        row_names=row_names,
    )


def _rows(chart: Chart, height: float, line: float, hovered: str) -> tuple[RiskRow, ...]:
    base = GAP + 2 * line + 5
    fitting = min(height * ROWS_SHARE, height - base - LEAST_PLOT) // line
    most = len(chart.risk) if len(chart.risk) <= MOST_ROWS else 1
    count = max(0, min(most, int(fitting)))
    kept = chart.risk[:count]
    if count and hovered not in {row.key for row in kept}:
        kept = (*kept[:-1], next((row for row in chart.risk if row.key == hovered), kept[-1]))
    return kept


def _ticks_width(axis: Axis, metrics: QFontMetricsF) -> float:
    """Room for the widest number that may be painted: how many ticks there are follows from a height not known yet."""
    span, width = axis.high - axis.low, 0.0
    least, most = (value_step(axis, span / parts) for parts in (MOST_PARTS, FEWEST_PARTS))
    step = least
    while step <= most:
        texts = (axis.text(value, step) for value in value_ticks(axis.low, axis.high, step))
        width = max(width, widest(texts, metrics))
        step = value_step(axis, step * 1.01) if step < most else math.inf
    return width + 12


def value_step(axis: Axis, least: float) -> float:
    """Return the distance between ticks of an axis of values that is next above `least`."""
    if axis.steps:
        return next((one for one in axis.steps if one >= least * 0.999), axis.steps[-1])
    return max(axis.step, nice_step(least))


def value_ticks(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of `step` from `low` to `high`."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]
