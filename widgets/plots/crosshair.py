"""The crosshair: a line at one month, a dot on every curve there, and the box that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from widgets.pictures.chart import Chart
from widgets.pictures.layout.readings import rows_at
from widgets.pictures.layout.strokes import hue_of
from widgets.pictures.page import Box
from widgets.pictures.palette import Theme
from widgets.plots.reading import NOTHING, ReadingBox

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray
    from widgets.plots.canvas import Canvas

MOST_AVOIDED: Final = 12
"""The box avoids the points of so many curves; of more it cannot."""
APART: Final = 20.0
"""Distance between the points of words that the box avoids."""


class Crosshair:
    """What is read of a chart at one month.

    Attributes
    ----------
    x
        The month; None when nothing is read.
    words
        Rooms of words over the curves, in the view's pixels, that the box covers no sooner than a curve.
    """

    def __init__(self, box: ReadingBox, canvas: Canvas) -> None:
        self.x: float | None = None
        self.box = box
        self._canvas = canvas
        self.words: list[Box] = []
        self._chart: Chart | None = None
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(pxMode=True, size=8)
        for depth, item in ((20, self._line), (30, self._dots)):
            item.setZValue(depth)
            canvas.view.addItem(item, ignoreBounds=True)
        self._line.hide()

    def hide(self) -> None:
        """Read nothing."""
        self.x = None
        self._line.hide()
        self._dots.setData([], [])
        self.box.hide()

    def show_at(self, chart: Chart, x: float, theme: Theme, emphasis: str, most_width: float) -> None:
        """Read every curve of `chart` at `x`; `follow` then gives the box its place."""
        self.x, self._chart = x, chart
        self._line.setPen(pg.mkPen(theme.muted, width=1))
        self._line.setValue(x)
        self._line.show()
        xs, ys, brushes = [], [], []
        for line in chart.lines:
            at = np.flatnonzero((line.x == x) & np.isfinite(line.y))
            if len(at):
                xs.append(x)
                ys.append(float(line.y[int(at[0])]))
                brushes.append(pg.mkBrush(hue_of(line, theme, strong=line.key == emphasis)))
        self._dots.setData(x=xs, y=ys, brush=brushes, pen=pg.mkPen(theme.panel, width=1.5))
        heading, rows = chart.crosshair(x), rows_at(chart, x, emphasis)
        if rows:
            self.box.show_rows(heading, rows, theme, most_width)
        else:
            self.box.show_words(heading, None, chart.lack(x), theme, most_width)

    def follow(self, pointer: QPointF | None) -> None:
        """Keep the box beside its month when the months move under it; a month out of view is not read.

        `pointer` is where the mouse is in the canvas, None while it is elsewhere.
        """
        if self.x is None or self._chart is None:
            return
        low, high = self._canvas.view.viewRange()[0]
        seen = low - 1e-9 <= self.x <= high + 1e-9
        self.box.setVisible(seen)
        if not seen:
            return
        offset, plane = QPointF(self._canvas.pos()), self._canvas.around.plane()
        if plane is None:
            return
        frame = QRectF(*plane.box).translated(offset)
        curves = [plane.spots(line.x, line.y) for line in self._chart.lines[:MOST_AVOIDED]]
        words = [_along(box) + np.array(plane.box[:2]) for box in self.words]
        points = np.concatenate([NOTHING, *curves, *words]) + offset.toTuple()
        hand = None if pointer is None else pointer + offset
        self.box.place(offset.x() + plane.x_of(self.x), frame, points, hand)


def months_of(chart: Chart) -> list[float]:
    """Return every month at which some curve has a value, ascending."""
    found: set[float] = set()
    for line in () if chart.empty else chart.lines:
        found.update(line.x[np.isfinite(line.y)].tolist())
    return sorted(found)


def _along(box: Box) -> FloatArray:
    """Return points through the middle of a box, from end to end, shape (points, 2)."""
    count = max(2, round(box.width / APART)) if box.width > 0 else 0
    return np.linspace((box.left, box.middle), (box.right, box.middle), count)
