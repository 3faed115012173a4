"""A brush over the plot: a range of months, or a range of values at one month, drawn by mouse or by keyboard."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt

from widgets.pictures.chart import Axis, Chart
from widgets.pictures.gestures import Brush, How
from widgets.pictures.layout.rules import lay_paper
from widgets.pictures.page import Box, corners
from widgets.pictures.palette import Theme
from widgets.plots.overlay import Overlay, round_value
from widgets.plots.painted_page import PaintedPage

if TYPE_CHECKING:
    from widgets.plots.canvas import View

LEAST_DRAG: Final = 4.0
"""A drag of fewer pixels is a click and does nothing."""
FILL: Final = 0.14
BAR: Final = (10.0, 22.0)
"""Least and most width of the bar at one month."""
KEYBOARD_STEP: Final = 0.05
"""Part of the range of values that a key moves the end of a bar, when the axis has no step."""


class Brushing(Overlay):
    """The range that is being drawn. It is seen only until it is let go: what was chosen is shown elsewhere."""

    def __init__(self, view: View) -> None:
        super().__init__(view, 35)
        self.chart: Chart | None = None
        self.shown: Brush | None = None
        self._months: list[float] = []
        self._start: QPointF | None = None
        self._began = (0.0, 0.0)
        self._ends: tuple[float, float] | None = None

    # --- showing ---------------------------------------------------------------------------------------------

    def show_brush(self, chart: Chart, months: list[float], theme: Theme) -> None:
        """Take what can be brushed from `chart`; a range that no longer fits it is let go."""
        before, self.chart, self._months, self.theme = self.chart, chart, months, theme
        if before is None or chart.empty or _reach(before) != _reach(chart):
            self.let_go()
        self.update()

    @property
    def dragging(self) -> bool:
        """Whether the mouse draws."""
        return self._start is not None

    def let_go(self) -> bool:
        """Forget the range; return whether there was one."""
        had = self.dragging or self.shown is not None
        self._start = self._ends = None
        self._show(None)
        return had

    # --- the mouse -------------------------------------------------------------------------------------------

    def can_begin(self, place: QPointF) -> bool:
        """Return whether there is anything to brush at `place`."""
        chart = self.chart
        return chart is not None and not chart.empty and bool(chart.brush) and self._box.contains(place)

    def press(self, place: QPointF) -> bool:
        """Begin at `place`; nothing begins where there is nothing to brush."""
        if not self.can_begin(place):
            return False
        self.let_go()
        self._start, self._began = place, self.values(place)
        return True

    def drag(self, place: QPointF) -> None:
        """Draw the range from where it began to `place`."""
        if self._start is None or self.chart is None:
            return
        moved = place - self._start
        along = moved.x() if self.chart.brush == "x" else moved.y()
        if abs(along) < LEAST_DRAG:
            self._show(None)
            return
        x, y = self.values(place)
        if self.chart.brush == "x":
            self._show(_months_between(self._began[0], x, self.chart.x))
            return
        pixel = self.pixel()[1]
        ends = [round_value(value, pixel, self.chart.y) for value in (self._began[1], y)]
        self._show(_values_at(self._month_near(self._began[0]), *ends))

    def release(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Brush | None:
        """Let go at `place`; return the brush, or None after a click."""
        self.drag(place)
        return self.take(modifiers)

    # --- the keyboard ----------------------------------------------------------------------------------------

    def extend(self, month: float, key: int) -> bool:
        """Move an end of the range by one step, the range beginning at `month`; return whether it can be."""
        chart = self.chart
        if chart is None or chart.empty:
            return False
        up = key in (Qt.Key.Key_Right, Qt.Key.Key_Up)
        if chart.brush == "x" and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = chart.x.step or 1.0
            first, last = self._ends or (month, month)
            last = min(max(last + (step if up else -step), chart.x.low), chart.x.high)
            self._ends = first, last
            self._show(None if first == last else _months_between(first, last, chart.x))
            return True
        if chart.brush == "y at x" and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = chart.y.step or (chart.y.high - chart.y.low) * KEYBOARD_STEP
            first, last = self._ends or (self._value_at(month),) * 2
            last = round_value(last + (step if up else -step), step / 10, chart.y)
            self._ends = first, last
            self._show(None if first == last else _values_at(month, first, last))
            return True
        return False

    def take(self, modifiers: Qt.KeyboardModifier) -> Brush | None:
        """Return the range as a brush that joins as the keys held say, and forget it; None when there is none."""
        shown = self.shown
        self.let_go()
        return None if shown is None else replace(shown, how=how_of(modifiers))

    def moving_end(self) -> float | None:
        """Return the month to which the keyboard has led the range."""
        chart = self.chart
        return self._ends[1] if self._ends and chart is not None and chart.brush == "x" else None

    def words(self) -> str:
        """Return the range as it is written over the plot."""
        if self.shown is None or self.chart is None:
            return ""
        brush, chart = self.shown, self.chart
        ends = (
            (chart.x.text(brush.x0, 0.0), chart.x.text(brush.x1, 0.0))
            if brush.kind == "x"
            else (chart.y.text(brush.y0, 0.0), chart.y.text(brush.y1, 0.0))
        )
        return (" – " if any(" " in end for end in ends) else "–").join(ends)

    def _show(self, brush: Brush | None) -> None:
        if brush != self.shown:
            self.shown = brush
            self.update()

    def _month_near(self, x: float) -> float:
        if self._months:
            return min(self._months, key=lambda month: abs(month - x))
        return x if self.chart is None else snapped(x, self.chart.x)

    def _value_at(self, month: float) -> float:
        """Return the value of the first curve at `month`, from where the keyboard draws a bar."""
        chart = self.chart
        if chart is None:
            return 0.0
        step = (chart.y.step or (chart.y.high - chart.y.low) * KEYBOARD_STEP) / 10
        for line in chart.lines:
            for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True):
                if x == month and math.isfinite(y):
                    return round_value(y, step, chart.y)
        return round_value((chart.y.low + chart.y.high) / 2, step, chart.y)

    # --- painting --------------------------------------------------------------------------------------------

    def area(self) -> Box:
        """Return the room of the range in the view, in pixels; none without a range."""
        brush, plane = self.shown, self.plane
        if brush is None or self.chart is None:
            return Box(0, 0, 0, 0)
        left, right = plane.x_of(brush.x0), plane.x_of(brush.x1)
        if brush.kind == "x":
            return Box(left, plane.box.top, right - left, plane.box.height)
        step = (self.chart.x.step or 1.0) / max(self.pixel()[0], 1e-12)
        wide = min(max(step * 0.7, BAR[0]), BAR[1])
        top = plane.y_of(brush.y1)
        return Box(left - wide / 2, top, wide, plane.y_of(brush.y0) - top)

    def paint_over(self, page: PaintedPage) -> None:
        """Paint the range and what it holds."""
        area, accent = self.area(), self.theme.accent
        if self.shown is None or area.width <= 0 or area.height <= 0:
            return
        page.area(corners(area), accent, opacity=FILL)
        edges = corners(area)
        if self.shown.kind == "x":
            page.stroke([edges[0], edges[3]], accent, 1.2)
            page.stroke([edges[1], edges[2]], accent, 1.2)
        else:
            page.stroke([*edges, edges[0]], accent, 1.2)
        self._write_words(page, area)

    def _write_words(self, page: PaintedPage, area: Box) -> None:
        """Write the range: of months above it, of values beside it."""
        box, text = page.box, self.words()
        wide, high = page.measure(text, bold=True) + 10, page.line
        if self.shown is not None and self.shown.kind == "x":
            left, top = area.centre - wide / 2, box.top + 4
        else:
            beside = area.right + 4
            left = beside if beside + wide <= box.right else area.left - 4 - wide
            top = area.middle - high / 2
        left = min(max(left, box.left + 2), max(box.right - wide - 2, box.left))
        paper = Box(left, top, wide, high)
        lay_paper(page, paper)
        page.write(text, left + 5, paper.middle, self.theme.accent, bold=True)


def how_of(modifiers: Qt.KeyboardModifier) -> How:
    """Return how a brush joins the selection, by the keys that are held.

    Alt has no part in it: on many desktops Alt and the mouse move the window.
    """
    ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if ctrl and shift:
        return "not"
    return "and" if ctrl else "or" if shift else "replace"


def snapped(x: float, axis: Axis) -> float:
    """Return the whole step of `axis` nearest to `x` (a whole month), counted from its low end."""
    step = axis.step or 1.0
    return min(max(axis.low + round((x - axis.low) / step) * step, axis.low), axis.high)


def _months_between(one: float, other: float, axis: Axis) -> Brush:
    """Return the range of whole months between two places; at least one month, to the side of the hand."""
    first, last = snapped(one, axis), snapped(other, axis)
    if first == last:
        step = (axis.step or 1.0) if other >= one else -(axis.step or 1.0)
        last = snapped(first + step, axis)
        first = first if last != first else snapped(first - step, axis)
    return Brush(kind="x", x0=min(first, last), x1=max(first, last))


def _values_at(month: float, one: float, other: float) -> Brush:
    return Brush(kind="y at x", x0=month, x1=month, y0=min(one, other), y1=max(one, other))


def _reach(chart: Chart) -> tuple[object, ...]:
    """Return what must stay the same for a range to mean the same."""
    values = (chart.y.low, chart.y.high) if chart.brush == "y at x" else ()
    return chart.brush, chart.x.low, chart.x.high, values
