"""The canvas of a figure: pyqtgraph with its menus, buttons and habits taken away."""

from __future__ import annotations

from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from widgets.pictures.layout.curve_places import CurvesLayout, paint_around
from widgets.pictures.layout.plane import Plane
from widgets.pictures.palette import Theme
from widgets.plots.painted_page import Kept, PaintedPage

NEAREST_ZOOM: Final = 3.0
"""Fewest months (steps of the axis) in view."""
WHEEL_PART: Final = 0.1
"""Part of the months in view that one notch of the wheel moves."""
NOTCH: Final = 120.0
BEHIND: Final = -200.0

_MOVING: Final = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)


class View(pg.ViewBox):  # type: ignore[misc]
    """Wheel and drag move along the months only; there is no menu.

    Whether the left button moves the months or brushes them is decided before it comes here (`widgets.plots.hand`).
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(x=True, y=False)
        self.setDefaultPadding(0.0)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Move with the left or the middle button; pyqtgraph's zoom with the right one is not ours."""
        if event.button() in _MOVING:
            super().mouseDragEvent(event, axis)
        else:
            event.ignore()

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom along the months; with Shift, or with a wheel that turns sideways, move along them."""
        sideways = event.orientation() == Qt.Orientation.Horizontal
        if not sideways and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().wheelEvent(event, axis)
            return
        low, high = self.viewRange()[0]
        self.translateBy(x=-event.delta() / NOTCH * WHEEL_PART * (high - low))
        event.accept()

    def show_months(self, low: float, high: float, least: float = NEAREST_ZOOM) -> None:
        """Show the whole range and keep the hand inside it; no zoom shows less than `least`."""
        span = max(high - low, 1e-9)
        self.setLimits(xMin=low, xMax=high, minXRange=min(least, span), maxXRange=span)
        self.setXRange(low, high, padding=0)

    def reveal(self, x: float) -> None:
        """Move along the months until `x` is in view."""
        low, high = self.viewRange()[0]
        if x < low:
            self.translateBy(x=x - low)
        elif x > high:
            self.translateBy(x=x - high)


class Around(QGraphicsItem):
    """What stands around the curves and behind them: axes, numbers at risk, names, legend.

    It is painted when the layout or the months in view change, not with all that moves with the mouse.
    """

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.laid: CurvesLayout | None = None
        self.page: PaintedPage | None = None
        self._kept = Kept()
        view.sigRangeChanged.connect(self._kept.forget)
        self.setZValue(BEHIND)

    def show_layout(self, laid: CurvesLayout, page: PaintedPage) -> None:
        """Take where everything stands."""
        self.prepareGeometryChange()
        self.laid, self.page = laid, page
        self._kept.forget()
        self.update()

    def plane(self) -> Plane | None:
        """Return the plane of the months that are seen; None before the first picture."""
        if self.laid is None:
            return None
        low, high = self._view.viewRange()[0]
        return self.laid.over((low, high))

    def boundingRect(self) -> QRectF:
        """All of the figure."""
        return QRectF() if self.page is None else QRectF(*self.page.box)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it."""
        laid, plane = self.laid, self.plane()
        if laid is not None and self.page is not None and plane is not None:
            self._kept.show(painter, self.page, lambda page: paint_around(laid, page, plane))


class Canvas(pg.GraphicsView):  # type: ignore[misc]
    """One view and what stands around it; it takes no focus, its figure does."""

    def __init__(self, parent: QWidget, view: View) -> None:
        super().__init__(parent)
        self.view = view
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # With the smallest update a crosshair moved from elsewhere leaves its old line behind, and ticks would stay.
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.around = Around(view)
        self.scene().addItem(view)
        self.scene().addItem(self.around)
        self._ring = QGraphicsRectItem(view)
        self._ring.setZValue(1000)
        self._ring.hide()
        self.has_ring = self._painted = False
        self.viewport().setMouseTracking(True)

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setBackground(theme.panel)
        self._ring.setPen(QPen(QColor(theme.accent), 2))

    def show_layout(self, laid: CurvesLayout, page: PaintedPage) -> None:
        """Give the curves and what stands around them their places."""
        self.around.show_layout(laid, page)
        self.view.setGeometry(QRectF(*laid.box))

    def show_ring(self, shown: bool) -> None:
        """Frame the curves while the keyboard is theirs."""
        self._ring.setRect(self.view.rect())
        self._ring.setVisible(shown)
        self.has_ring = shown

    def settle(self) -> None:
        """Give every part its place now, and not at the next turn of the event loop."""
        # Otherwise the range of the values is taken up while painting, after which all is painted again.
        self.scene().prepareForPaint()

    def paint_now(self) -> None:
        """Paint what changed now, and once.

        The scene tells of changes at the next turn of the event loop, and then paints without waiting further. What is
        painted before that would be painted again.
        """
        self._painted = False
        QCoreApplication.sendPostedEvents(self.scene(), QEvent.Type.MetaCall)
        if not self._painted:
            self.viewport().repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and remember it."""
        super().paintEvent(event)
        self._painted = True

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where a point of the figure lies in the canvas."""
        return QPointF(self.mapFromScene(self.view.mapViewToScene(QPointF(x, y))))

    def inside(self, place: QPointF) -> QPointF:
        """Return a place in the canvas in the view's own pixels."""
        return QPointF(self.view.mapFromScene(self.mapToScene(place.toPoint())))

    def point_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the point of the figure under a place in the canvas; None outside the curves' room."""
        scene = self.mapToScene(place.toPoint())
        if not self.view.sceneBoundingRect().contains(scene):
            return None
        point = self.view.mapSceneToView(scene)
        return float(point.x()), float(point.y())
