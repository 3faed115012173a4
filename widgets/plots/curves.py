"""Curves by months since settling, on screen. It knows Charts and nothing else."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.chart import Axis, Chart
from widgets.labels import ElidedLabel, TextLabel
from widgets.palette import LIGHT, Theme, colour
from widgets.plots.axes import MonthAxis, ValueAxis
from widgets.plots.canvas import Canvas, View
from widgets.plots.empty import EmptyState
from widgets.plots.ends import EndLabels
from widgets.plots.items import Curve, Marks
from widgets.plots.legend import Legend
from widgets.plots.lettering import small_font
from widgets.plots.reading import ReadingBox
from widgets.plots.room import make_room
from widgets.plots.veil import Veil

MOST_BANDS: Final = 3
"""With more curves, only the hovered one has its band."""
NEAR: Final = 11.0
"""Within so many pixels the hand is on a curve or a mark."""
ZOOM: Final = 1.25

_NOTHING: Final = Axis(label="", low=0.0, high=1.0, text=lambda value, spacing: "")
EMPTY: Final = Chart(title="", subtitle="", x=_NOTHING, y=_NOTHING, crosshair=lambda x: "")

_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_FONT_EVENTS: Final = (
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
    QEvent.Type.StyleChange,
)


class CurvesPlot(QWidget):
    """A figure of curves.

    The mouse wheel zooms along the months, dragging moves, a double click shows everything. With the keyboard: left
    and right by month, Home and End, up and down from curve to curve, + and - and 0 for the zoom, Escape lets go.

    Signals
    -------
    hovered(object)
        The month (a float) under the hand, or None when it has left; on user action only.
    """

    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.theme = EMPTY, LIGHT
        self._x: float | None = None
        self._hand: QPointF | None = None
        self._emphasis = ""
        self._months: list[float] = []
        self._curves: list[Curve] = []
        self.months, self.values, self.ends = MonthAxis(), ValueAxis(), EndLabels()
        self.view = View()
        axes = {"bottom": self.months, "left": self.values, "right": self.ends}
        self._canvas = Canvas(self, self.view, axes)
        self._name = ElidedLabel(tone="muted", parent=self)
        self._badge = TextLabel(tone="muted", parent=self)
        self._legend = Legend(self)
        self._empty = EmptyState(self)
        self._veil = Veil(self)
        self._reading = ReadingBox(self)
        self._make_overlays()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 170)
        self._canvas.viewport().installEventFilter(self)
        self.view.sigRangeChanged.connect(self._follow)

    def _make_overlays(self) -> None:
        self._rule = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(pxMode=True, size=8)
        self._marks = Marks()
        for depth, item in ((20, self._rule), (30, self._dots), (25, self._marks)):
            item.setZValue(depth)
            self.view.addItem(item, ignoreBounds=True)
        self._rule.hide()

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: Chart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`. Items are used again; no signal is sent."""
        same_months = (chart.x.low, chart.x.high) == (self.chart.x.low, self.chart.x.high)
        self.chart, self.theme = chart, theme
        self._months = _months_of(chart)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self._badge.show_text(chart.badge)
        self._name.show_text(chart.y.label)
        self._veil.show_theme(theme)
        self._canvas.show_theme(theme)
        self._empty.setVisible(bool(chart.empty))
        self._canvas.setVisible(not chart.empty)
        self._name.setVisible(not chart.empty)
        if chart.empty:
            self._empty.show_sentence(chart.empty, theme)
        for axis in (self.months, self.values, self.ends):
            axis.show_theme(theme)
        if self._emphasis not in {line.key for line in chart.lines}:
            self._emphasis = ""
        self._draw_lines()
        self._marks.show_marks(() if chart.empty else chart.marks, theme)
        if not same_months:
            self.reset()
        self.view.setYRange(chart.y.low, chart.y.high, padding=0)
        self._arrange()

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the picture while a newer one is counted."""
        self._veil.setVisible(dimmed)

    def mark(self, x: float | None) -> None:
        """Show the crosshair at a month that is hovered elsewhere; no signal is sent."""
        self._hand = None
        self._show_at(x)

    def reset(self) -> None:
        """Show the whole range of months."""
        self.view.show_months(self.chart.x.low, self.chart.x.high)

    def reading_text(self) -> str:
        """Return what the crosshair reads, in words; "" without a crosshair."""
        return self._reading.text() if self._x is not None else ""

    def _draw_lines(self) -> None:
        lines = () if self.chart.empty else self.chart.lines
        while len(self._curves) < len(lines):
            self._curves.append(Curve(self.view))
        few = sum(line.ink.kind != "grey" for line in lines) <= MOST_BANDS
        for place, curve in enumerate(self._curves):
            if place >= len(lines):
                curve.hide()
                continue
            line = lines[place]
            strong = line.key == self._emphasis
            faint = bool(self._emphasis) and not strong
            banded = strong or (few and not faint and line.ink.kind != "grey")
            curve.show_line(line, self.theme, strong=strong, faint=faint, banded=banded)

    def _arrange(self) -> None:
        """Give every part its place for the size of the figure and of the text."""
        width, height = self.width(), self.height()
        metrics = QFontMetricsF(small_font())
        head = self._arrange_head(width)
        self._veil.setGeometry(self.rect())
        self._empty.setGeometry(0, head, width, max(0, height - head))
        legend = 0
        room = make_room(self.chart, width, height - head, metrics, self._emphasis)
        shown = room.ends is None and not self.chart.empty
        if shown:
            self._legend.show_lines(self.chart.lines, self.theme, self._emphasis)
            legend = self._legend.height_for(width)
            room = make_room(self.chart, width, height - head - legend, metrics, self._emphasis)
            shown = room.ends is None
            legend = legend if shown else 0
            self._legend.setGeometry(0, head + 2, width, legend)
        self._legend.setVisible(shown)
        self._canvas.setGeometry(0, head + legend, width, max(1, height - head - legend))
        self._canvas.set_top(metrics.height() / 2 + 3)
        self.values.show_axis(self.chart.y, room.left)
        self.months.show_axis(self.chart.x, self._heading(len(room.rows)), room)
        self.ends.show_lines(self.chart.lines, room, self._emphasis)
        self._canvas.settle()
        self._show_at(self._x)

    def _arrange_head(self, width: int) -> int:
        """Place the name of the values and the badge above the figure; return the height they take."""
        badge = self._badge.sizeHint().width() if self.chart.badge else 0
        high = max(self._name.sizeHint().height(), self._badge.sizeHint().height())
        self._badge.setGeometry(width - badge, 0, badge, high)
        self._name.setGeometry(0, 0, max(0, width - badge - 12), high)
        return high

    def _heading(self, rows: int) -> str:
        """Return the heading of the numbers at risk; it says when not all rows are there."""
        all_rows = len(self.chart.risk)
        return self.chart.risk_label + (f" ({rows} / {all_rows})" if rows < all_rows else "")

    # --- reading ---------------------------------------------------------------------------------------------

    def _show_at(self, x: float | None) -> None:
        if x is None or x not in self._months:
            self._x = None
            self._rule.hide()
            self._dots.setData([], [])
            self._reading.hide()
            return
        self._x = x
        self._rule.setPen(pg.mkPen(self.theme.muted, width=1))
        self._rule.setValue(x)
        self._rule.show()
        xs, ys, brushes = [], [], []
        for line in self.chart.lines:
            at = np.flatnonzero((line.x == x) & np.isfinite(line.y))
            if len(at):
                xs.append(x)
                ys.append(float(line.y[int(at[0])]))
                strong = line.key == self._emphasis and line.ink.kind == "grey"
                brushes.append(pg.mkBrush(self.theme.accent if strong else colour(line.ink, self.theme)))
        self._dots.setData(x=xs, y=ys, brush=brushes, pen=pg.mkPen(self.theme.panel, width=1.5))
        self._reading.show_reading(self.chart, x, self.theme, self._emphasis, self.width() * 0.7)
        self._follow()

    def _follow(self, *_: object) -> None:
        """Keep the box beside its month when the months move under it; a month out of view is not read."""
        if self._x is None:
            return
        low, high = self.view.viewRange()[0]
        seen = low - 1e-9 <= self._x <= high + 1e-9
        self._reading.setVisible(seen)
        if not seen:
            return
        offset = QPointF(self._canvas.pos())
        frame = self._canvas.frame().translated(offset)
        points = [offset + self._canvas.place_of(x, y) for x, y in self._points()]
        at = offset + self._canvas.place_of(self._x, self.chart.y.low)
        self._reading.place(at.x(), frame, points, None if self._hand is None else self._hand + offset)

    def _points(self) -> list[tuple[float, float]]:
        """Return some points of the curves, for the box to avoid."""
        found: list[tuple[float, float]] = []
        for line in self.chart.lines[:12]:
            seen = np.isfinite(line.y)
            found += zip(line.x[seen].tolist(), line.y[seen].tolist(), strict=True)
        return found

    def _hover(self, x: float | None) -> None:
        """The user points at a month."""
        before = self._x
        self._show_at(x)
        if self._x != before:
            self.hovered.emit(self._x)

    def _pointed(self, place: QPointF) -> None:
        """The mouse is at `place` in the canvas."""
        point = self._canvas.point_at(place)
        self._hand = None if point is None else place
        if point is None or not self._months:
            self._hover(None)
            self._emphasise("")
            return
        self._emphasise(self._line_near(point[0], place.y()))
        self._hover(min(self._months, key=lambda month: abs(month - point[0])))
        self._follow()
        self._tell_mark(place)

    def _line_near(self, x: float, height: float) -> str:
        """Return the key of the curve within reach of the mouse."""
        best, key = NEAR, ""
        for line in self.chart.lines:
            seen = np.isfinite(line.y)
            if seen.any() and line.x[seen][0] <= x <= line.x[seen][-1]:
                y = float(np.interp(x, line.x[seen], line.y[seen]))
                away = abs(self._canvas.place_of(x, y).y() - height)
                if away < best:
                    best, key = away, line.key
        return key

    def _emphasise(self, key: str) -> None:
        if key != self._emphasis and len(self.chart.lines) > MOST_BANDS:
            self._emphasis = key
            self._draw_lines()
            self._arrange()

    def _tell_mark(self, place: QPointF) -> None:
        for mark in self.chart.marks:
            if (self._canvas.place_of(mark.x, mark.y) - place).manhattanLength() < NEAR * 1.4:
                where = self._canvas.viewport().mapToGlobal(place.toPoint())
                QToolTip.showText(where, f"{mark.label}\n{mark.source}", self._canvas.viewport())
                return
        QToolTip.hideText()

    # --- the hand --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Follow the mouse over the canvas."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove and not event.buttons():  # type: ignore[attr-defined]
            self._pointed(event.position())  # type: ignore[attr-defined]
        elif kind == QEvent.Type.Leave:
            self._hand = None
            self._hover(None)
            self._emphasise("")
        elif kind == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.reset()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair by month, from curve to curve, zoom, show everything, let go."""
        key = event.key()
        self._hand = None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End) and self._months:
            self._read(_next_month(self._months, self._x, Qt.Key(key)))
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

    def _read(self, x: float) -> None:
        """Move the crosshair by keyboard, and say what it reads to those who cannot see it."""
        self.view.reveal(x)
        self._hover(x)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.reading_text()))

    def _next_line(self, move: int) -> str:
        """Return the key of the curve after the emphasised one, as the curves lie from the top."""
        order = [label.line.key for label in self.ends.places()]
        if len(order) < len(self.chart.lines):
            order = [line.key for line in self.chart.lines]
        now = order.index(self._emphasis) if self._emphasis in order else (-1 if move > 0 else 0)
        return order[(now + move) % len(order)]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the keyboard came here by the keyboard."""
        super().focusInEvent(event)
        self._canvas.show_ring(event.reason() in _BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self._canvas.show_ring(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew for the size."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange anew for another size of text."""
        super().changeEvent(event)
        if event.type() in _FONT_EVENTS and hasattr(self, "_reading"):
            for axis in (self.months, self.values, self.ends):
                axis.show_theme(self.theme)
            self._arrange()


def _months_of(chart: Chart) -> list[float]:
    """Return every month at which some curve has a value, ascending."""
    found: set[float] = set()
    for line in () if chart.empty else chart.lines:
        found.update(line.x[np.isfinite(line.y)].tolist())
    return sorted(found)


def _next_month(months: list[float], now: float | None, key: Qt.Key) -> float:
    """Return the month to which a key leads from `now`."""
    if key == Qt.Key.Key_Home or (now is None and key == Qt.Key.Key_Right):
        return months[0]
    if key == Qt.Key.Key_End or now not in months:
        return months[-1]
    place = months.index(now) + (1 if key == Qt.Key.Key_Right else -1)
    return months[min(max(place, 0), len(months) - 1)]
