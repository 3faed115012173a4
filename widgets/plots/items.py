"""What lies in the view: curves with their bands, and the marks of published points. Made once, used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from widgets.pictures.chart import Line, Mark
from widgets.pictures.layout.panes import FAINT
from widgets.pictures.layout.strokes import (
    DIAMOND,
    DIAMOND_EDGE,
    DOT,
    THIN_LIGHTER,
    Stroke,
    dots_of,
    hue_of,
    lighter,
    pieces_of,
    shaded,
    stroke_of,
    thick_and_thin,
)
from widgets.pictures.page import diamond
from widgets.pictures.palette import Theme, colour

if TYPE_CHECKING:
    from widgets.pictures.chart import BoolArray, FloatArray

FAINT_GREY: Final = 0.7
LARGER: Final = 1.3
"""So many times as large are the dots of the curve under the hand."""


class Curve:
    """The items of one line, used again for the next chart: the line, its bands, and dots once they are needed."""

    def __init__(self, view: Any) -> None:
        self._view = view
        self.line = pg.PlotCurveItem(antialias=True, connect="finite")
        self.line.setZValue(10)
        self.thin: Any = None
        self.bands: list[QGraphicsPathItem] = []
        self.dots: Any = None
        self._larger = 1.0
        view.addItem(self.line, ignoreBounds=True)

    def show_line(self, line: Line, theme: Theme, *, strong: bool, faint: bool, banded: bool) -> None:
        """Draw `line` in its style, with its bands when `banded`."""
        opacity = (FAINT_GREY if line.ink.kind == "grey" else FAINT) if faint else 1.0
        depth = 12 if strong else 9 if line.ink.kind == "grey" else 10
        dotted = line.style == "dots"
        whole, faintly = thick_and_thin(line)
        self.line.setVisible(not dotted)
        dots = dots_of(line)
        if dots.any():
            self._show_dots(line, dots, theme, strong=strong)
            self.dots.setOpacity(opacity)
            # Dots that were observed lie on the line that was fitted to them.
            self.dots.setZValue(depth + 1)
        else:
            self._hide_dots()
        if not dotted:
            self.line.setData(line.x, whole)
            self.line.setPen(_pen(stroke_of(line, theme, strong=strong)))
            self.line.setOpacity(opacity)
            self.line.setZValue(depth)
        self._show_thin(line, faintly, theme, strong=strong, shown=not dotted)
        if self.thin is not None:
            self.thin.setOpacity(opacity)
        self._show_bands(line, theme, strong=strong, banded=banded)

    def _show_thin(self, line: Line, y: FloatArray, theme: Theme, *, strong: bool, shown: bool) -> None:
        """Draw what rests on a handful, under the rest."""
        shown = shown and bool(np.isfinite(y).any())
        if self.thin is None:
            if not shown:
                return
            self.thin = pg.PlotCurveItem(antialias=True, connect="finite")
            self._view.addItem(self.thin, ignoreBounds=True)
            self.thin.setZValue(8)
        self.thin.setVisible(shown)
        if shown:
            stroke = stroke_of(line, theme, strong=strong)
            self.thin.setData(line.x, y)
            self.thin.setPen(_pen(stroke._replace(hue=lighter(stroke.hue, theme, THIN_LIGHTER))))

    def _show_dots(self, line: Line, dots: BoolArray, theme: Theme, *, strong: bool) -> None:
        if self.dots is None:
            self.dots = pg.ScatterPlotItem(pxMode=True, antialias=True)
            self._view.addItem(self.dots, ignoreBounds=True)
        self._larger = LARGER if strong else 1.0
        brush = pg.mkBrush(hue_of(line, theme, strong=strong))
        self.dots.setData(line.x[dots], line.y[dots], pen=None, brush=brush)
        self.dots.setVisible(True)

    def _show_bands(self, line: Line, theme: Theme, *, strong: bool, banded: bool) -> None:
        bands = shaded(line.bands) if banded else []
        while len(self.bands) < len(line.bands):
            self.bands.append(self._new_band(len(self.bands)))
        for item in self.bands[len(bands) :]:
            item.setVisible(False)
        for (band, opacity), item in zip(bands, self.bands, strict=False):
            soft = QColor(hue_of(line, theme, strong=strong))
            soft.setAlphaF(opacity)
            item.setPath(band_path(line.x, band.low, band.high))
            item.setBrush(QBrush(soft))
            item.setVisible(True)

    def fit(self, line: float) -> None:
        """Make dots as large as goes with text of which a line is `line` high."""
        if self.dots is not None:
            _resize(self.dots, 2 * DOT * line * self._larger)

    def hide(self) -> None:
        """Keep the items for later."""
        self.line.setVisible(False)
        if self.thin is not None:
            self.thin.setVisible(False)
        self._hide_dots()
        for item in self.bands:
            item.setVisible(False)

    @property
    def banded(self) -> bool:
        """Whether an interval is drawn."""
        return any(item.isVisible() for item in self.bands)

    def _hide_dots(self) -> None:
        if self.dots is not None:
            self.dots.setVisible(False)

    def _new_band(self, place: int) -> QGraphicsPathItem:
        item = _Area()
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setZValue(5 + 0.1 * place)
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
        super().__init__(pxMode=True, symbol=_diamond(), antialias=True)
        self.setZValue(25)

    def fit(self, line: float) -> None:
        """Make them as large as goes with text of which a line is `line` high."""
        _resize(self, 2 * DIAMOND * line)

    def show_marks(self, marks: tuple[Mark, ...], theme: Theme) -> None:
        """Draw `marks` and no others."""
        hues = [theme.text if mark.ink.kind == "grey" else colour(mark.ink, theme) for mark in marks]
        self.setData(
            x=[mark.x for mark in marks],
            y=[mark.y for mark in marks],
            pen=[pg.mkPen(hue, width=DIAMOND_EDGE) for hue in hues],
            brush=pg.mkBrush(theme.panel),
        )


def band_path(x: FloatArray, low: FloatArray, high: FloatArray) -> QPainterPath:
    """Return the area between two curves as one path, in pieces where there is a gap."""
    path = QPainterPath()
    for there in pieces_of(low + high):
        if there.stop - there.start > 1:
            across = np.concatenate([x[there], x[there][::-1]])
            up = np.concatenate([high[there], low[there][::-1]])
            path.addPolygon(pg.functions.arrayToQPolygonF(across, up))
            path.closeSubpath()
    return path


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(QColor(stroke.hue), stroke.width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
    if stroke.dash:
        pen.setDashPattern(list(stroke.dash))
    return pen


def _diamond() -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in diamond(0.0, 0.0, 0.5)]))
    path.closeSubpath()
    return path


def _resize(signs: pg.ScatterPlotItem, size: float) -> None:
    if signs.opts["size"] != size:
        signs.setSize(size)
