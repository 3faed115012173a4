"""How much of a forest's room its columns, legend and axis get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from widgets.pictures.chart import Ink
from widgets.pictures.kinds import ForestChart
from widgets.pictures.layout.rows import (
    Columns,
    RowPlace,
    elide,
    place_rows,
    share_out,
    stretched,
    tick_values,
)
from widgets.plots.lettering import SAMPLE, small_font
from widgets.plots.room import GAP, line_height

BETWEEN_TICKS: Final = 14.0
BESIDE, BETWEEN = 6.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesName:
    """An entry of the legend: its left end, the middle of its line, its name and its ink."""

    left: float
    middle: float
    text: str
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRoom:
    """Places of the parts of a forest, in pixels.

    Attributes
    ----------
    columns, places
        The columns and the rows, from the left and the top of `rows`.
    rows
        The window through which the rows are seen; `content` is how high they are together.
    ticks
        Values of the axis with their texts.
    heading, axis_name
        Over the readings and under the axis, cut to their rectangles.
    """

    columns: Columns
    places: tuple[RowPlace, ...]
    rows: QRectF
    content: float
    ticks: tuple[tuple[float, str], ...]
    legend: tuple[SeriesName, ...]
    heading: str
    heading_rect: QRectF
    axis_name: str
    axis_name_rect: QRectF


def make_room(chart: ForestChart, width: float, height: float, head: float, bar: float) -> ForestRoom:
    """Share out the room under the head; `bar` is the width of the scroll bar."""
    plain, bold = QFontMetricsF(small_font()), QFontMetricsF(small_font(bold=True))
    line, wide = line_height(plain), width - bar
    columns = share_out(chart, wide, line, plain.horizontalAdvance)
    places = place_rows(chart, columns, wide, line, plain.horizontalAdvance, bold.horizontalAdvance)
    legend = _legend(chart, wide, head + 2, plain)
    heading = elide(chart.reading_heading, wide - columns.plot_left, plain.horizontalAdvance)
    said = plain.horizontalAdvance(heading)
    top = head + 2
    if legend:
        last = legend[-1]
        end = last.left + SAMPLE + BESIDE + plain.horizontalAdvance(last.text)
        # The heading stands in the last line of the legend where there is room for both.
        top = last.middle + (-line / 2 if end + BETWEEN + said <= wide else line / 2)
    heading_rect = QRectF(wide - said, top, said, line)
    top += (line if heading or legend else 0.0) + 3
    bottom = height - (GAP + 2 * line + 2)
    places = stretched(places, bottom - top)
    content = places[-1].top + places[-1].height if places else 0.0
    axis_right = columns.plot_left + columns.plot
    name = elide(chart.x.label, axis_right, plain.horizontalAdvance)
    named = plain.horizontalAdvance(name)
    ticks = tick_values(chart.x, chart.zero, columns.plot, BETWEEN_TICKS, plain.horizontalAdvance)
    rows = QRectF(0, top, wide, max(min(bottom - top, content), line))
    return ForestRoom(
        columns=columns,
        places=places,
        rows=rows,
        content=content,
        ticks=tuple(ticks),
        legend=legend,
        heading=heading,
        heading_rect=heading_rect,
        axis_name=name,
        axis_name_rect=QRectF(axis_right - named, rows.bottom() + GAP + line, named, line),
    )


def _legend(chart: ForestChart, width: float, top: float, metrics: QFontMetricsF) -> tuple[SeriesName, ...]:
    """Place the names of two or more series in as many lines as they need."""
    out: list[SeriesName] = []
    x, line = 0.0, line_height(metrics)
    middle = top + line / 2
    for text, ink in chart.series if len(chart.series) > 1 else ():
        name = elide(text, width - SAMPLE - BESIDE, metrics.horizontalAdvance)
        wide = SAMPLE + BESIDE + metrics.horizontalAdvance(name)
        if x > 0 and x + wide > width:
            x, middle = 0.0, middle + line
        out.append(SeriesName(left=x, middle=middle, text=name, ink=ink))
        x += wide + BETWEEN
    return tuple(out)
