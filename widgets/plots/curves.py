"""Curves by months since settling, on screen: lines, bands, marks, crosshair. It knows Charts and nothing else."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QGraphicsPathItem,
    QHBoxLayout,
    QLabel,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from widgets.chart import Axis, Chart, Line
from widgets.labels import ElidedLabel, TextLabel, WrapLabel
from widgets.palette import LIGHT, Theme, colour, dash
from widgets.plots.axes import EndLabels, MonthAxis, ValueAxis, small_font
from widgets.plots.reading import ReadingBox

NARROW: Final = 480
"""Narrower plots have a legend row instead of labels at the curve ends."""
MOST_BANDS: Final = 3
"""With more curves, only the hovered one has its band."""
NEAR: Final = 11.0

_NOTHING: Final = Axis(label="", low=0.0, high=1.0, text=lambda value, spacing: "")
EMPTY: Final = Chart(title="", subtitle="", x=_NOTHING, y=_NOTHING, crosshair=lambda x: "")


class _View(pg.ViewBox):  # type: ignore[misc]
    """Wheel and drag move along the months only; there is no menu, and a double click shows everything."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(x=True, y=False)
        self.setDefaultPadding(0.0)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Show everything again."""
        self.parent_plot.reset()


class _Curve:
    """The items of one line, used again for the next chart."""

    def __init__(self, view: _View) -> None:
        self.line = pg.PlotCurveItem(antialias=True, connect="finite")
        self.band = QGraphicsPathItem()
        self.band.setPen(QPen(Qt.PenStyle.NoPen))
        self.line.setZValue(10)
        self.band.setZValue(5)
        view.addItem(self.band, ignoreBounds=True)
        view.addItem(self.line, ignoreBounds=True)

    def show_line(self, line: Line, theme: Theme, *, strong: bool, faint: bool, banded: bool) -> None:
        """Draw `line`, with its first band when `banded`."""
        hue = QColor(colour(line.ink, theme))
        if strong and line.ink.kind == "grey":
            hue = QColor(theme.accent)
        pen = QPen(hue, 3.0 if strong else 1.2 if line.ink.kind == "grey" else 2.2)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if not dash(line.ink) else Qt.PenCapStyle.FlatCap)
        if dash(line.ink):
            pen.setDashPattern(list(dash(line.ink)))
        self.line.setData(line.x, line.y)
        self.line.setPen(pen)
        self.line.setOpacity(0.45 if faint else 1.0)
        self.line.setVisible(True)
        self.band.setVisible(banded and bool(line.bands))
        if banded and line.bands:
            self.band.setPath(_polygon(line.x, line.bands[0].low, line.bands[0].high))
            soft = QColor(hue)
            soft.setAlphaF(0.16)
            self.band.setBrush(QBrush(soft))

    def hide(self) -> None:
        """Keep the items for later."""
        self.line.setVisible(False)
        self.band.setVisible(False)


class CurvesPlot(QWidget):
    """A figure of curves.

    Signals
    -------
    hovered(object)
        The month (a float) under the hand, or None when the mouse has left; on user action only.
    """

    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.theme = EMPTY, LIGHT
        self._x: float | None = None
        self._emphasis = ""
        self._curves: list[_Curve] = []
        self.months, self.values, self.ends = MonthAxis(), ValueAxis(), EndLabels()
        self.view = _View()
        self.view.parent_plot = self
        self._canvas = pg.PlotWidget(
            viewBox=self.view, axisItems={"bottom": self.months, "left": self.values, "right": self.ends}
        )
        self._canvas.setFrameShape(self._canvas.Shape.NoFrame)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # With the smallest update a crosshair moved from elsewhere leaves its old line behind.
        self._canvas.setViewportUpdateMode(self._canvas.ViewportUpdateMode.FullViewportUpdate)
        self._plot = self._canvas.getPlotItem()
        self._plot.hideButtons()
        self._plot.setMenuEnabled(False)
        self._plot.showAxis("right")
        self._plot.layout.setContentsMargins(0, 4, 0, 0)
        self._make_overlays()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 170)
        self._canvas.viewport().installEventFilter(self)
        self._canvas.viewport().setMouseTracking(True)

    def _make_overlays(self) -> None:
        self._rule = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(pxMode=True, size=8)
        self._marks = pg.ScatterPlotItem(pxMode=True, size=13, symbol="d")
        for depth, item in ((20, self._rule), (30, self._dots), (25, self._marks)):
            item.setZValue(depth)
            self.view.addItem(item, ignoreBounds=True)
        self._rule.hide()
        self._reading = ReadingBox(self)
        self._fade: QGraphicsOpacityEffect | None = None

    def _lay_out(self) -> None:
        self._name = ElidedLabel(tone="muted")
        self._badge = TextLabel(tone="muted")
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._legend.hide()
        self._empty = WrapLabel(tone="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.hide()
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._legend)
        column.addWidget(self._canvas, 1)
        column.addWidget(self._empty, 1)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: Chart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`. Items are used again; no signal is sent."""
        same_range = (chart.x.low, chart.x.high) == (self.chart.x.low, self.chart.x.high)
        self.chart, self.theme = chart, theme
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self._empty.setVisible(bool(chart.empty))
        self._canvas.setVisible(not chart.empty)
        self._name.setVisible(not chart.empty)
        if chart.empty:
            self._empty.show_text(chart.empty)
            self._legend.hide()
            self._reading.hide()
            self._badge.show_text(chart.badge)
            return
        self._badge.show_text(chart.badge)
        self._name.show_text(chart.y.label)
        self._canvas.setBackground(theme.panel)
        for axis in (self.months, self.values, self.ends):
            axis.show_theme(theme)
        self._draw_lines()
        self._draw_marks()
        if not same_range:
            self.reset()
        self.view.setYRange(chart.y.low, chart.y.high, padding=0)
        self._arrange()
        self._show_at(self._x)

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the picture while a newer one is counted."""
        if dimmed == (self._fade is not None):
            return
        self._fade = QGraphicsOpacityEffect(self._canvas) if dimmed else None
        if self._fade is not None:
            self._fade.setOpacity(0.4)
        self._canvas.setGraphicsEffect(self._fade)

    def mark(self, x: float | None) -> None:
        """Show the crosshair at a month that is hovered elsewhere; no signal is sent."""
        self._show_at(x)

    def reset(self) -> None:
        """Show the whole range of months."""
        span = self.chart.x.high - self.chart.x.low
        self.view.setLimits(xMin=self.chart.x.low, xMax=self.chart.x.high, minXRange=min(3.0, span))
        self.view.setXRange(self.chart.x.low, self.chart.x.high, padding=0)

    def _draw_lines(self) -> None:
        lines = self.chart.lines
        while len(self._curves) < len(lines):
            self._curves.append(_Curve(self.view))
        if self._emphasis not in {line.key for line in lines}:
            self._emphasis = ""
        few = sum(line.ink.kind != "grey" for line in lines) <= MOST_BANDS
        for place, curve in enumerate(self._curves):
            if place >= len(lines):
                curve.hide()
                continue
            line = lines[place]
            strong = line.key == self._emphasis
            banded = strong or (few and line.ink.kind != "grey")
            curve.show_line(
                line, self.theme, strong=strong, faint=bool(self._emphasis) and not strong, banded=banded
            )

    def _draw_marks(self) -> None:
        pens = [pg.mkPen(self._mark_colour(mark.ink), width=2) for mark in self.chart.marks]
        self._marks.setData(
            x=[mark.x for mark in self.chart.marks],
            y=[mark.y for mark in self.chart.marks],
            pen=pens,
            brush=pg.mkBrush(self.theme.panel),
        )

    def _mark_colour(self, ink: Any) -> str:
        return self.theme.text if ink.kind == "grey" else colour(ink, self.theme)

    def _arrange(self) -> None:
        """Give axes, labels and legend the room that the plot's size allows."""
        chart = self.chart
        if chart.empty:
            return
        narrow = self.width() < NARROW
        self._legend.setVisible(narrow and len(chart.lines) > 1)
        if self._legend.isVisibleTo(self):
            self._legend.setFont(small_font())
            self._legend.setText(self._legend_html())
        self.ends.show_lines(() if narrow else chart.lines, self._emphasis, self.width() * 0.3)
        room = self.height() * 0.34
        self.months.show_axis(chart.x, chart.risk_label, chart.risk, room)
        self.values.show_axis(chart.y, min(self.months.label_width + 34, self.width() * 0.26))

    def _legend_html(self) -> str:
        parts = []
        for line in self.chart.lines[:8]:
            name = line.label.replace(" ", "&nbsp;")
            parts.append(f"<span style='color:{colour(line.ink, self.theme)}'>&#9473;&nbsp;{name}</span>")
        return " &nbsp; ".join(parts)

    # --- reading ---------------------------------------------------------------------------------------------

    def months_drawn(self) -> list[float]:
        """Return every month at which some curve has a value, ascending."""
        found: set[float] = set()
        for line in self.chart.lines:
            found.update(line.x[np.isfinite(line.y)].tolist())
        return sorted(found)

    def _show_at(self, x: float | None) -> None:
        months = self.months_drawn() if x is not None and not self.chart.empty else []
        if x is None or x not in months:
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
                brushes.append(pg.mkBrush(colour(line.ink, self.theme)))
        self._dots.setData(x=xs, y=ys, brush=brushes, pen=pg.mkPen(self.theme.panel, width=1.5))
        self._reading.show_reading(self.chart, x, self.theme)
        self._reading.place(self._place_of(x), self._view_box(), float(self.width()))

    def _view_box(self) -> QRectF:
        """Return the rectangle of the view in this widget."""
        scene = self.view.mapRectToScene(self.view.rect())
        corner = self._canvas.mapTo(self, self._canvas.mapFromScene(scene.topLeft()))
        return QRectF(QPointF(corner), scene.size())

    def _place_of(self, x: float) -> float:
        scene = self.view.mapViewToScene(QPointF(x, 0))
        return float(self._canvas.mapTo(self, self._canvas.mapFromScene(scene)).x())

    def _hover(self, x: float | None) -> None:
        """The user points at a month."""
        before = self._x
        self._show_at(x)
        if self._x != before:
            self.hovered.emit(self._x)

    def _pointed(self, place: QPointF) -> None:
        scene = self._canvas.mapToScene(place.toPoint())
        if not self.view.sceneBoundingRect().contains(scene):
            self._hover(None)
            self._emphasise("")
            return
        point = self.view.mapSceneToView(scene)
        months = self.months_drawn()
        if months:
            self._hover(min(months, key=lambda month: abs(month - point.x())))
        self._emphasise(self._line_near(scene))
        self._tell_mark(scene, place)

    def _line_near(self, scene: QPointF) -> str:
        """Return the key of the curve within reach of the mouse at the month under it."""
        if self._x is None:
            return ""
        best, key = NEAR, ""
        for line in self.chart.lines:
            at = np.flatnonzero((line.x == self._x) & np.isfinite(line.y))
            if len(at):
                y = self.view.mapViewToScene(QPointF(self._x, float(line.y[int(at[0])]))).y()
                if abs(y - scene.y()) < best:
                    best, key = abs(y - scene.y()), line.key
        return key

    def _emphasise(self, key: str) -> None:
        if key != self._emphasis and len(self.chart.lines) > MOST_BANDS:
            self._emphasis = key
            self._draw_lines()
            self._arrange()

    def _tell_mark(self, scene: QPointF, place: QPointF) -> None:
        for mark in self.chart.marks:
            at = self.view.mapViewToScene(QPointF(mark.x, mark.y))
            if (at - scene).manhattanLength() < NEAR * 1.4:
                where = self._canvas.viewport().mapToGlobal(place.toPoint())
                QToolTip.showText(where, f"{mark.label}\n{mark.source}", self._canvas.viewport())
                return
        QToolTip.hideText()

    # --- the hand --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Follow the mouse over the canvas."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            self._pointed(event.position())  # type: ignore[attr-defined]
        elif kind == QEvent.Type.Leave:
            self._hover(None)
            self._emphasise("")
        elif kind == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair by month, zoom, show everything, let go."""
        months = self.months_drawn()
        key = event.key()
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in moves and months:
            now = (
                months.index(self._x)
                if self._x in months
                else (-1 if moves[Qt.Key(key)] > 0 else len(months))
            )
            self._hover(months[min(max(now + moves[Qt.Key(key)], 0), len(months) - 1)])
        elif key == Qt.Key.Key_Home and months:
            self._hover(months[0])
        elif key == Qt.Key.Key_End and months:
            self._hover(months[-1])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1.25 if key == Qt.Key.Key_Minus else 0.8
            centre = None if self._x is None else QPointF(self._x, 0)
            self.view.scaleBy(x=factor, center=centre)
        elif key == Qt.Key.Key_0:
            self.reset()
        elif key == Qt.Key.Key_Escape:
            self._hover(None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew for the size."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange anew for another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_reading"):
            for axis in (self.months, self.values, self.ends):
                axis.show_theme(self.theme)
            self._arrange()


def _polygon(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> QPainterPath:
    """Return the area between two curves as one path, in pieces where there is a gap."""
    path = QPainterPath()
    known = np.isfinite(low) & np.isfinite(high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if stop - start < 2:
            continue
        around = [*zip(x[start:stop], high[start:stop], strict=True)]
        around += [*zip(x[start:stop][::-1], low[start:stop][::-1], strict=True)]
        path.moveTo(*map(float, around[0]))
        for point in around[1:]:
            path.lineTo(*map(float, point))
        path.closeSubpath()
    return path
