"""Curves by months since settling, on screen. It knows Charts and nothing else."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.pictures.chart import NO_AXIS, Chart, Line
from widgets.pictures.layout.curve_places import lay_curves, place_ends
from widgets.pictures.layout.layers import readable
from widgets.pictures.layout.panes import Placed
from widgets.pictures.layout.strokes import MOST_BANDS, has_bands
from widgets.pictures.page import Box
from widgets.pictures.palette import Theme
from widgets.plots.brushing import Brushing
from widgets.plots.canvas import NEAREST_ZOOM, Canvas, View
from widgets.plots.crosshair import Crosshair, months_of
from widgets.plots.figure import Figure
from widgets.plots.hand import Hand
from widgets.plots.items import Curve, Marks
from widgets.plots.keys import next_month
from widgets.plots.overlay import Hint
from widgets.plots.painted_page import PaintedPage
from widgets.plots.rules import RuleLines

NEAR: Final = 11.0
"""Within so many pixels the hand is on a curve or a mark."""
ZOOM: Final = 1.25

EMPTY: Final = Chart(title="", subtitle="", x=NO_AXIS, y=NO_AXIS, crosshair=lambda x: "")


class CurvesPlot(Figure):
    """A figure of curves.

    The wheel zooms along the months; with Shift it moves along them, as a drag with the middle button or with Space
    held does. A drag brushes where the chart has a brush, and moves along the months where it has none. A rule that
    moves is dragged. A double click shows everything.

    With the keyboard: left and right by month, Home and End, up and down from curve to curve, + and - and 0 for the
    zoom; Shift and an arrow extend a brush from the month that is read and Enter lets it go; Ctrl and an arrow move a
    rule; Escape lets go of whatever is held.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, parent)
        self._pointer: QPointF | None = None
        self._emphasis = ""
        self._months: list[float] = []
        self._curves: list[Curve] = []
        self.view = View()
        self._canvas = Canvas(self, self.view)
        self._marks = Marks()
        self.view.addItem(self._marks, ignoreBounds=True)
        self._crosshair = Crosshair(self._reading, self._canvas)
        self._rules, self._brushing, self._hint = RuleLines(self.view), Brushing(self.view), Hint(self.view)
        self._hand = Hand(self._canvas, self._rules, self._brushing)
        self._listen()

    def _listen(self) -> None:
        hand = self._hand
        hand.pointed.connect(self._pointed)
        hand.gone.connect(self._gone)
        hand.pressed.connect(lambda: self.setFocus(Qt.FocusReason.MouseFocusReason))
        hand.began.connect(self._began)
        hand.doubled.connect(self.reset)
        hand.brushed.connect(self.brushed)
        hand.rule_moved.connect(self.rule_moved)
        hand.rule_dropped.connect(self.rule_dropped)
        self.view.sigRangeChanged.connect(self._follow)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: Chart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`. Items are used again; no signal is sent."""
        same_months = (chart.x.low, chart.x.high) == (self.chart.x.low, self.chart.x.high)
        self.show_head(chart, theme, chart.y.label)
        found = months_of(chart)
        points = [x for line in chart.lines for x in line.x.tolist()]
        self._months = readable(chart.x, points) if found else []
        self._canvas.show_theme(theme)
        self._canvas.setVisible(not chart.empty)
        if self._emphasis not in {line.key for line in chart.lines}:
            self._emphasis = ""
        self._draw_lines()
        self._marks.show_marks(() if chart.empty else chart.marks, theme)
        self._rules.show_rules(chart, theme)
        self._brushing.show_brush(chart, found, theme)
        self._hint.show_hint(chart.brush_hint, theme)
        self._show_hint()
        if not same_months:
            self.reset()
        self.view.setYRange(chart.y.low, chart.y.high, padding=0)
        self.rearrange()

    def paint_now(self) -> None:
        """Paint what changed before anything else happens, and only once."""
        self._canvas.paint_now()

    def mark(self, x: float | None) -> None:
        """Show the crosshair at a month that is hovered elsewhere; no signal is sent."""
        self._pointer = None
        self._show_at(x)

    def reset(self) -> None:
        """Show the whole range of months."""
        axis = self.chart.x
        least = NEAREST_ZOOM * axis.step or (axis.steps[0] if axis.steps else NEAREST_ZOOM)
        self.view.show_months(axis.low, axis.high, least)

    def reading_text(self) -> str:
        """Return what the crosshair reads, in words; "" without a crosshair."""
        return self._reading.text() if self._x is not None else ""

    def ends(self) -> tuple[Placed[Line], ...]:
        """Return the names beside the curves, from the top."""
        plane, page = self._canvas.around.plane(), self._canvas.around.page
        return () if plane is None or page is None else place_ends(self.laid, page, plane)

    def _draw_lines(self) -> None:
        lines = () if self.chart.empty else self.chart.lines
        while len(self._curves) < len(lines):
            self._curves.append(Curve(self.view))
        for place, curve in enumerate(self._curves):
            if place >= len(lines):
                curve.hide()
                continue
            line = lines[place]
            strong = line.key == self._emphasis
            faint = bool(self._emphasis) and not strong
            banded = has_bands(line, self.chart, self._emphasis)
            curve.show_line(line, self.theme, strong=strong, faint=faint, banded=banded)

    def rearrange(self) -> None:
        """Give every part its place for the size of the figure and of the text."""
        room = self.arrange_head().box
        self._canvas.setGeometry(0, round(room.top), round(room.width), round(room.height))
        page = PaintedPage(self.theme, Box(0, 0, room.width, room.height))
        chart = EMPTY if self.chart.empty else self.chart
        self.laid = lay_curves(chart, page, self._emphasis)
        self._marks.fit(page.line)
        for curve in self._curves:
            curve.fit(page.line)
        self._canvas.show_layout(self.laid, page)
        self._canvas.settle()
        self._fit_over()

    def _fit_over(self) -> None:
        """Give what lies over the curves its place in the view."""
        self._canvas.show_ring(self._canvas.has_ring)
        for over in (self._rules, self._brushing, self._hint):
            over.fit()
        self._rules.avoid = hint = self._hint.area()
        self._crosshair.words = [hint, *(label.box for label in self._rules.labels())]
        self._show_at(self._x)

    # --- reading ---------------------------------------------------------------------------------------------

    @property
    def _x(self) -> float | None:
        """The month that is read."""
        return self._crosshair.x

    def _show_at(self, x: float | None) -> None:
        if x is None or x not in self._months:
            self._crosshair.hide()
            return
        self._crosshair.show_at(self.chart, x, self.theme, self._emphasis, self.width() * 0.7)
        self._follow()

    def _follow(self, *_: object) -> None:
        """The months have moved under the crosshair."""
        self._crosshair.follow(self._pointer)

    def _show_hint(self) -> None:
        """Show the hint while the hand or the keyboard is here and nothing is dragged."""
        here = self._pointer is not None or self._canvas.has_ring
        wanted = bool(self._hint.text) and not self.chart.empty and not self._hand.busy
        self._hint.setVisible(here and wanted)

    def _hover(self, x: float | None) -> None:
        """The user points at a month."""
        before = self._x
        if x is not None and x == before:
            self._follow()
            return
        self._show_at(x)
        if self._x != before:
            self.hovered.emit(self._x)

    def _pointed(self, place: QPointF) -> None:
        """The mouse is at `place` in the canvas."""
        point = self._canvas.point_at(place)
        self._pointer = None if point is None else place
        self._show_hint()
        if point is None or not self._months:
            self._hover(None)
            self._emphasise("")
            return
        self._emphasise(self._line_near(point[0], place.y()))
        self._hover(min(self._months, key=lambda month: abs(month - point[0])))
        self._tell_mark(place)

    def _gone(self) -> None:
        """The mouse has left."""
        self._pointer = None
        self._show_hint()
        self._hover(None)
        self._emphasise("")

    def _began(self) -> None:
        """A rule or a brush is dragged: what is read steps aside, and tells nobody."""
        self._show_at(None)
        self._show_hint()

    def _line_near(self, x: float, height: float) -> str:
        """Return the key of the curve within reach of the mouse."""
        best, key, plane = NEAR, "", self._canvas.around.plane()
        if plane is None:
            return key
        for line in self.chart.lines:
            if len(line.x) and line.x[0] <= x <= line.x[-1]:
                # Over a gap this is no number, and no curve is near.
                y = float(np.interp(x, line.x, line.y))
                away = abs(plane.y_of(y) - height) if math.isfinite(y) else best
                if away < best:
                    best, key = away, line.key
        return key

    def _emphasise(self, key: str) -> None:
        if key != self._emphasis and len(self.chart.lines) > MOST_BANDS:
            self._emphasis = key
            self._draw_lines()
            self.rearrange()

    def _tell_mark(self, place: QPointF) -> None:
        for mark in self.chart.marks:
            if (self._canvas.place_of(mark.x, mark.y) - place).manhattanLength() < NEAR * 1.4:
                where = self._canvas.viewport().mapToGlobal(place.toPoint())
                QToolTip.showText(where, f"{mark.label}\n{mark.source}", self._canvas.viewport())
                return
        QToolTip.hideText()

    # --- the keyboard ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair by month, from curve to curve, zoom, show everything, let go; brush and move rules."""
        key = event.key()
        self._pointer = None
        if self._hand.key(event, self._x):
            self._tell_held()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End) and self._months:
            self._read(next_month(self._months, self._x, key))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and len(self.chart.lines) > MOST_BANDS:
            self._emphasise(self._next_line(-1 if key == Qt.Key.Key_Up else 1))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = ZOOM if key == Qt.Key.Key_Minus else 1 / ZOOM
            self.view.scaleBy(x=factor, center=None if self._x is None else QPointF(self._x, 0))
        elif key == Qt.Key.Key_0:
            self.reset()
        elif key == Qt.Key.Key_Escape and (self._x is not None or self._emphasis):
            self._hover(None)
            self._emphasise("")
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """With Space let go, the left button is a brush again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hand.hold_space(False)
        else:
            super().keyReleaseEvent(event)

    def _tell_held(self) -> None:
        """Keep the end of a range in view, and say what is held to those who cannot see it."""
        end = self._brushing.moving_end()
        if end is not None:
            self.view.reveal(end)
        self.announce(self._brushing.words() or self._rules.words_of_last())

    def _read(self, x: float) -> None:
        """Move the crosshair by keyboard, and say what it reads to those who cannot see it."""
        self.view.reveal(x)
        self._hover(x)
        self.announce(self.reading_text())

    def _next_line(self, move: int) -> str:
        """Return the key of the curve after the emphasised one, as the curves lie from the top."""
        order = [end.of.key for end in self.ends()]
        if len(order) < len(self.chart.lines):
            order = [line.key for line in self.chart.lines]
        now = order.index(self._emphasis) if self._emphasis in order else (-1 if move > 0 else 0)
        return order[(now + move) % len(order)]

    def show_ring(self, shown: bool) -> None:
        """Frame the curves while the keyboard is theirs."""
        self._canvas.show_ring(shown)
        if not shown:
            self._hand.hold_space(False)
        self._show_hint()
