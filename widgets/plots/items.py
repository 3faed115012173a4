"""What lies in the view: curves with their bands, and the marks of published points. Made once, used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from widgets.chart import Line, Mark
from widgets.palette import Theme, colour
from widgets.plots.lettering import line_pen

if TYPE_CHECKING:
    from widgets.chart import FloatArray

BAND_ALPHA: Final = 0.16
FAINT: Final = 0.35
FAINT_GREY: Final = 0.7


class Curve:
    """The items of one line, used again for the next chart."""

    def __init__(self, view: Any) -> None:
        self._view = view
        self.line = pg.PlotCurveItem(antialias=True, connect="finite")
        self.line.setZValue(10)
        self.bands: list[QGraphicsPathItem] = []
        view.addItem(self.line, ignoreBounds=True)

    def show_line(self, line: Line, theme: Theme, *, strong: bool, faint: bool, banded: bool) -> None:
        """Draw `line`, with its bands when `banded`."""
        pen = line_pen(line.ink, theme, strong=strong)
        self.line.setData(line.x, line.y)
        self.line.setPen(pen)
        dim = FAINT_GREY if line.ink.kind == "grey" else FAINT
        self.line.setOpacity(dim if faint else 1.0)
        self.line.setZValue(12 if strong else 9 if line.ink.kind == "grey" else 10)
        self.line.setVisible(True)
        bands = line.bands if banded else ()
        while len(self.bands) < len(line.bands):
            self.bands.append(self._new_band())
        soft = QColor(pen.color())
        soft.setAlphaF(BAND_ALPHA)
        for place, item in enumerate(self.bands):
            item.setVisible(place < len(bands))
            if place < len(bands):
                item.setPath(band_path(line.x, bands[place].low, bands[place].high))
                item.setBrush(QBrush(soft))

    def hide(self) -> None:
        """Keep the items for later."""
        self.line.setVisible(False)
        for item in self.bands:
            item.setVisible(False)

    @property
    def banded(self) -> bool:
        """Whether an interval is drawn."""
        return any(item.isVisible() for item in self.bands)

    def _new_band(self) -> QGraphicsPathItem:
        item = _Area()
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setZValue(5)
        self._view.addItem(item, ignoreBounds=True)
        return item


class _Area(QGraphicsPathItem):
    """A band with smooth edges."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it smooth, whatever the scene does."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, option, widget)


class Marks(pg.ScatterPlotItem):  # type: ignore[misc]
    """Open diamonds: published points."""

    def __init__(self) -> None:
        super().__init__(pxMode=True, size=12, symbol=_diamond(), antialias=True)
        self.setZValue(25)

    def show_marks(self, marks: tuple[Mark, ...], theme: Theme) -> None:
        """Draw `marks` and no others."""
        hues = [theme.text if mark.ink.kind == "grey" else colour(mark.ink, theme) for mark in marks]
        self.setData(
            x=[mark.x for mark in marks],
            y=[mark.y for mark in marks],
            pen=[pg.mkPen(hue, width=1.8) for hue in hues],
            brush=pg.mkBrush(theme.panel),
        )


def band_path(x: FloatArray, low: FloatArray, high: FloatArray) -> QPainterPath:
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


def _diamond() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(0, -0.5)
    for x, y in ((0.42, 0.0), (0.0, 0.5), (-0.42, 0.0)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path
