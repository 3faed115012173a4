"""How much of a surface's room its legend, titles, names and numbers get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from widgets.pictures.kinds import SurfaceChart
from widgets.pictures.layout.cells import (
    cohort_names,
    diagonal_ends,
    has_masked,
    row_ticks,
    scale_texts,
    shape_of,
)
from widgets.pictures.layout.rows import elide
from widgets.plots.room import GAP, TO_LABEL, line_height

BETWEEN_PANES: Final = 22.0
BAR: Final = 10.0
BAR_WIDE, BAR_NARROW = 190.0, 110.0
OVER: Final = 8.0
"""So far a calendar month's name may stand out of its pane."""
SWATCH: Final = 16.0
ENDS_SHARE: Final = 0.22
LEAST_PANE: Final = 90.0
"""Where panes would be narrower, the cohorts go without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendRoom:
    """Places of the legend: words, the bar of the scale, the middle of its numbers, the sample of a masked cell."""

    label: str
    label_at: tuple[float, float]
    bar: QRectF
    numbers: float
    swatch: QRectF | None
    masked: str
    masked_at: tuple[float, float]
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceRoom:
    """Places of the parts of a surface, in pixels; `names` are those of the cohorts that leave at the right."""

    legend: LegendRoom
    frames: tuple[QRectF, ...]
    titles: bool
    names: tuple[tuple[str, ...], ...]
    top_names: bool


def make_room(
    chart: SurfaceChart, width: float, height: float, head: float, metrics: QFontMetricsF
) -> SurfaceRoom:
    """Share out the room under the head."""
    line = line_height(metrics)
    legend = _legend(chart, width, head, metrics)
    rows, _ = shape_of(chart)
    panes = max(len(chart.panes), 1)
    titles = any(pane.title for pane in chart.panes)
    ends = diagonal_ends(chart)
    left = 24.0
    for tick in row_ticks(chart.y, rows, 1.0, 1.0):
        left = max(left, metrics.horizontalAdvance(tick.text) + 12)
    free = width - left - BETWEEN_PANES * (panes - 1) - OVER
    high = height - legend.bottom - line * 3
    names = cohort_names(chart, width * ENDS_SHARE, high, line, metrics.horizontalAdvance)
    wide = max((metrics.horizontalAdvance(part) for parts in names for part in parts), default=0.0)
    if (free - wide - TO_LABEL) / panes < LEAST_PANE:
        names, wide = (), 0.0
    each = max((free - (wide + TO_LABEL if names else 0.0)) / panes, 1.0)
    top_names = any(end.side == "top" for end in ends) and each >= LEAST_PANE
    top = legend.bottom + 4 + line * (titles + top_names) + 2
    bottom = height - (GAP + 2 * line + 2)
    area = QRectF(left, top, each * panes + BETWEEN_PANES * (panes - 1), max(bottom - top, 8.0))
    frames = tuple(frames_of(area, panes, BETWEEN_PANES))
    return SurfaceRoom(legend=legend, frames=frames, titles=titles, names=names, top_names=top_names)


def _legend(chart: SurfaceChart, width: float, head: float, metrics: QFontMetricsF) -> LegendRoom:
    """One row where the words fit beside the bar, else the words above it."""
    line = line_height(metrics)
    texts = scale_texts(chart)
    half = max(metrics.horizontalAdvance(text) for text in (texts[0], texts[2])) / 2
    least = sum(map(metrics.horizontalAdvance, texts)) + 20
    bar = min(max(width * 0.24, BAR_NARROW, least), max(BAR_WIDE, least), width - 2 * half - 4)
    said = metrics.horizontalAdvance(chart.scale_label)
    masked = (
        metrics.horizontalAdvance(chart.masked_label) if has_masked(chart) and chart.masked_label else 0.0
    )
    mask_room = SWATCH + 6 + masked + 18 if masked else 0.0
    beside = said + 12 + half + bar + half + mask_room + 2 <= width
    top = head + 4
    if beside:
        label_at, left, bar_top = (0.0, top + line / 2), said + 12 + half, top + (line - BAR) / 2
    else:
        label_at, left, bar_top = (0.0, top + line / 2), half + 1, top + line + 2
    box = QRectF(left, bar_top, bar, BAR)
    numbers = box.bottom() + 2 + line / 2
    bottom = numbers + line / 2
    swatch, masked_at = None, (0.0, 0.0)
    text = chart.masked_label if masked else ""
    if masked:
        x = box.right() + half + 18
        middle = box.center().y()
        if x + SWATCH + 6 + masked > width and x + SWATCH + 6 + masked * 0.6 > width:
            x, middle = 0.0, bottom + line / 2
            bottom += line
        text = elide(text, max(width - x - SWATCH - 6, 8.0), metrics.horizontalAdvance)
        swatch = QRectF(x, middle - BAR / 2, SWATCH, BAR)
        masked_at = (x + SWATCH + 6, middle)
    label = chart.scale_label if beside else elide(chart.scale_label, width, metrics.horizontalAdvance)
    return LegendRoom(
        label=label,
        label_at=label_at,
        bar=box,
        numbers=numbers,
        swatch=swatch,
        masked=text,
        masked_at=masked_at,
        bottom=bottom,
    )


def frames_of(area: QRectF, count: int, between: float) -> list[QRectF]:
    """Return the rectangles of `count` panes in `area`."""
    width = max((area.width() - between * (count - 1)) / max(count, 1), 1.0)
    return [
        QRectF(area.left() + place * (width + between), area.top(), width, max(area.height(), 1.0))
        for place in range(count)
    ]
