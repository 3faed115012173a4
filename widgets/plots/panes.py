"""Panes side by side on the same axes: their room, their axes, their titles and the names of what is in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets.pictures.chart import Axis
from widgets.pictures.layout.fitting import fit_names
from widgets.pictures.layout.layers import reach
from widgets.pictures.layout.naming import End, Name, heights_of
from widgets.pictures.layout.spacing import nice_step
from widgets.pictures.palette import Theme, colour, text_colour
from widgets.plots.axes import BETWEEN_NUMBERS, BETWEEN_TICKS
from widgets.plots.lettering import baseline, small_font
from widgets.plots.room import ENDS_SHARE, GAP, NARROW, TO_LABEL, line_height

BETWEEN_PANES: Final = 22.0
SWATCH: Final = 11.0
BESIDE, APART = 6.0, 16.0
FAINT: Final = 0.4
LEAST_LEFT, LEAST_RIGHT = 24.0, 16.0
LEGEND_SHARE: Final = 0.42
"""Of the height of a picture, the most a legend takes with whole names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEnd:
    """A name at the end of a layer or node: its lines, where it belongs, and the middle where it stands."""

    end: End
    parts: tuple[str, ...]
    at: QPointF
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name in the legend row: the left end of its swatch, the middle of its line, and its text."""

    name: Name
    text: str
    left: float
    middle: float


def ends_room(
    ends: Sequence[End] | None, width: float, height: float, metrics: QFontMetricsF
) -> tuple[tuple[str, ...], ...] | None:
    """Return the lines of every name at the right; None when a legend row must name what is drawn."""
    if ends is None or (width < NARROW and len(ends) > 1):
        return None
    labels = [end.name.label for end in ends]
    return fit_names(labels, metrics.horizontalAdvance, width * ENDS_SHARE, height, line_height(metrics))


def right_margin(names: Sequence[Sequence[str]] | None, metrics: QFontMetricsF) -> float:
    """Return the room of the names at the right."""
    longest = max((metrics.horizontalAdvance(part) for parts in names or () for part in parts), default=0.0)
    return max(LEAST_RIGHT, longest + TO_LABEL + 4 if longest else 0.0)


def frames_of(area: QRectF, count: int, between: float) -> list[QRectF]:
    """Return the rectangles of `count` panes in `area`."""
    width = max((area.width() - between * (count - 1)) / max(count, 1), 1.0)
    return [
        QRectF(area.left() + place * (width + between), area.top(), width, max(area.height(), 1.0))
        for place in range(count)
    ]


def place_ends(
    ends: Sequence[End],
    names: Sequence[tuple[str, ...]],
    places: Sequence[QPointF],
    frame: QRectF,
    metrics: QFontMetricsF,
) -> list[PlacedEnd]:
    """Return every name with its place beside `frame`; names do not overlap."""
    line = line_height(metrics)
    middles = heights_of(
        [place.y() for place in places],
        [len(parts) for parts in names],
        line,
        frame.top() - line / 2,
        frame.bottom() + line / 2,
    )
    return [
        PlacedEnd(end=end, parts=parts, at=at, middle=middle)
        for end, parts, at, middle in zip(ends, names, places, middles, strict=True)
    ]


def place_legend(names: Sequence[Name], area: QRectF, metrics: QFontMetricsF) -> list[Entry]:
    """Return the entries of a legend at the top of `area`, in as many rows as it must.

    Where those would take the room of the picture, names stand in even columns, and long ones are cut.
    """
    line, width = line_height(metrics), area.width()
    spots, x, row = [], 0.0, 0
    for name in names:
        wide = min(SWATCH + BESIDE + metrics.horizontalAdvance(name.label), width)
        if x > 0 and x + wide > width:
            x, row = 0.0, row + 1
        spots.append((x, row, width))
        x += wide + APART
    most = max(2, int(area.height() * LEGEND_SHARE / line))
    if row + 1 > most:
        columns = math.ceil(len(names) / most)
        pitch = (width + APART) / columns
        spots = [(place % columns * pitch, place // columns, pitch - APART) for place in range(len(names))]
    return [
        Entry(
            name=name,
            text=metrics.elidedText(name.label, Qt.TextElideMode.ElideRight, room - SWATCH - BESIDE - 2),
            left=area.left() + x,
            middle=area.top() + 4 + (row + 0.5) * line,
        )
        for name, (x, row, room) in zip(names, spots, strict=True)
    ]


def whole_text(
    titles: Sequence[tuple[str, QRectF]], entries: Sequence[Entry], ends: Sequence[PlacedEnd], at: QPointF
) -> str:
    """Return the whole text of what is cut under a place: a title of several panes, a name of a state; else ""."""
    metrics = QFontMetricsF(small_font())
    for title, frame in titles if len(titles) > 1 else ():
        above = 0 <= frame.top() - at.y() <= 2 * metrics.height()
        if (
            above
            and frame.left() <= at.x() <= frame.right()
            and metrics.horizontalAdvance(title) > frame.width()
        ):
            return title
    right = titles[-1][1].right() if titles else 0.0
    return _whole_name(entries, ends, right, at, line_height(metrics))


def _whole_name(
    entries: Sequence[Entry], ends: Sequence[PlacedEnd], right: float, at: QPointF, line: float
) -> str:
    """Return the whole name of a state that is cut, in the legend or beside `right`; else ""."""
    for entry in entries:
        if abs(at.y() - entry.middle) <= line / 2 and at.x() >= entry.left and entry.text != entry.name.label:
            later = [one.left for one in entries if one.middle == entry.middle and one.left > entry.left]
            if at.x() < min(later, default=math.inf):
                return entry.name.label
    for end in ends:
        high = len(end.parts) * line / 2
        if abs(at.y() - end.middle) <= high and at.x() >= right and "…" in "".join(end.parts):
            return end.end.name.label
    return ""


def paint_ends(
    painter: QPainter, ends: Sequence[PlacedEnd], right: float, strong: set[Name], theme: Theme
) -> None:
    """Paint names beside `right`, with a thin leader where one had to move or what it names ends early."""
    metrics = QFontMetricsF(painter.font())
    line = line_height(metrics)
    for label in ends:
        name = label.end.name
        painter.setOpacity(FAINT if strong and name not in strong else 1.0)
        hue = QColor(colour(name.ink, theme))
        edge = QPointF(right, label.at.y())
        if right - label.at.x() > 6:
            painter.setPen(QPen(hue, 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(label.at + QPointF(4, 0), edge)
        if abs(label.middle - label.at.y()) > 3:
            painter.setPen(QPen(hue, 1.0))
            painter.drawLine(edge + QPointF(1, 0), QPointF(right + TO_LABEL - 3, label.middle))
        painter.setPen(QColor(text_colour(name.ink, theme)))
        top = label.middle - (len(label.parts) - 1) * line / 2
        for place, part in enumerate(label.parts):
            painter.drawText(QPointF(right + TO_LABEL, baseline(metrics, top + place * line)), part)
    painter.setOpacity(1.0)


def paint_legend(painter: QPainter, entries: Sequence[Entry], strong: set[Name], theme: Theme) -> None:
    """Paint a legend row: a swatch and a name each."""
    metrics = QFontMetricsF(painter.font())
    for entry in entries:
        painter.setOpacity(FAINT if strong and entry.name not in strong else 1.0)
        paint_swatch(painter, entry.name, theme, entry.left, entry.middle)
        painter.setPen(QColor(text_colour(entry.name.ink, theme)))
        painter.drawText(QPointF(entry.left + SWATCH + BESIDE, baseline(metrics, entry.middle)), entry.text)
    painter.setOpacity(1.0)


def paint_swatch(painter: QPainter, name: Name, theme: Theme, left: float, middle: float) -> None:
    """Paint a small square in the colour of `name`."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour(name.ink, theme)))
    painter.drawRoundedRect(QRectF(left, middle - SWATCH / 2, SWATCH, SWATCH), 2, 2)


def paint_title(painter: QPainter, text: str, frame: QRectF, middle: float, theme: Theme) -> None:
    """Write the title of a pane above it, cut to its width."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(theme.text))
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, frame.width())
    painter.drawText(QPointF(frame.left(), baseline(metrics, middle)), cut)


def month_ticks(axis: Axis, width: float, metrics: QFontMetricsF) -> tuple[list[float], float]:
    """Return the ticks of a month axis `width` pixels long, and their distance."""
    low, high = reach(axis)
    scale = (high - low) / max(width, 1.0)
    texts = (axis.text(value, axis.step or 1.0) for value in (axis.low, axis.high))
    least = max(BETWEEN_TICKS, max(map(metrics.horizontalAdvance, texts)) + BETWEEN_NUMBERS)
    steps = axis.steps or (nice_step(least * scale),)
    coarser = steps[-1] * max(1.0, math.ceil(least * scale / steps[-1]))
    step = next((one for one in steps if one / scale >= least), coarser)
    return _multiples(axis, step), step


def value_ticks(axis: Axis, height: float, metrics: QFontMetricsF) -> tuple[list[float], float]:
    """Return the ticks of a value axis `height` pixels long, and their distance."""
    least = (axis.high - axis.low) / max(2.0, min(6.0, height / max(44.0, 2.4 * metrics.height())))
    step = max(axis.step, nice_step(least))
    if axis.steps:
        step = next((one for one in axis.steps if one >= least * 0.999), axis.steps[-1])
    return _multiples(axis, step), step


def values_width(axis: Axis, height: float, metrics: QFontMetricsF) -> float:
    """Return the room of the numbers of a value axis."""
    values, step = value_ticks(axis, height, metrics)
    widest = max((metrics.horizontalAdvance(axis.text(value, step)) for value in values), default=0.0)
    return max(widest + 12, LEAST_LEFT)


def x_of(axis: Axis, frame: QRectF, value: float) -> float:
    """Return the place of a value of the horizontal axis."""
    low, high = reach(axis)
    return frame.left() + (value - low) / (high - low) * frame.width()


def y_of(axis: Axis, frame: QRectF, value: float) -> float:
    """Return the place of a value of the vertical axis."""
    return frame.bottom() - (value - axis.low) / max(axis.high - axis.low, 1e-12) * frame.height()


def paint_months(painter: QPainter, axis: Axis, frame: QRectF, theme: Theme) -> None:
    """Paint the line, ticks and numbers under a pane."""
    metrics = QFontMetricsF(painter.font())
    ticks, step = month_ticks(axis, frame.width(), metrics)
    # On the half pixel a thin line is one pixel, not two grey ones.
    top = math.floor(frame.bottom()) + 0.5
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.drawLine(QPointF(frame.left(), top), QPointF(frame.right(), top))
    middle = frame.bottom() + GAP + line_height(metrics) / 2
    for tick in ticks:
        x, text = x_of(axis, frame, tick), axis.text(tick, step)
        painter.drawLine(QPointF(x, top), QPointF(x, top + 3.5))
        painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, baseline(metrics, middle)), text)


def paint_grid(painter: QPainter, axis: Axis, frame: QRectF, hue: QColor) -> None:
    """Paint the lines of the values across a pane."""
    painter.setPen(QPen(hue, 1))
    for value in value_ticks(axis, frame.height(), QFontMetricsF(painter.font()))[0]:
        y = math.floor(y_of(axis, frame, value)) + 0.5
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))


def paint_values(painter: QPainter, axis: Axis, frame: QRectF, theme: Theme) -> None:
    """Write the numbers of the values at the left of a pane."""
    metrics = QFontMetricsF(painter.font())
    ticks, step = value_ticks(axis, frame.height(), metrics)
    painter.setPen(QColor(theme.muted))
    for value in ticks:
        text, y = axis.text(value, step), y_of(axis, frame, value)
        left = frame.left() - 8 - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(left, baseline(metrics, y)), text)


def _multiples(axis: Axis, step: float) -> list[float]:
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]
