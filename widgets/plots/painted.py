"""What the painted pictures share: head, veil, reading box, focus ring, hint, and what mouse and keys do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from widgets.pictures.gestures import Brush, How
from widgets.pictures.page import Box, Page
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.brushing import how_of
from widgets.plots.figure import Figure
from widgets.plots.keys import TAKE
from widgets.plots.painted_page import Kept, PaintedPage


class PaintedPicture(Figure):
    """A picture that paints itself once and keeps it; over it lies what is under the hand.

    A kind of picture gives its `nothing`, how it is laid out and how that is painted; it paints what is under the hand
    (`paint_hand`), and tells what is pointed at (`point_at`), where keys lead (`step`), and what a click chooses
    (`brush`).
    """

    def __init__(
        self,
        nothing: Any,
        lay: Callable[[Any, Page], Any],
        paint: Callable[[Any, Page], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(nothing, parent)
        self._nothing, self._lay, self._paint = nothing, lay, paint
        self.page = PaintedPage(LIGHT, Box(0, 0, 1, 1))
        self.laid: Any = lay(nothing, self.page)
        self._hand: QPointF | None = None
        self._pressed: QPointF | None = None
        self._ring = False
        self._kept = Kept()
        self.setMouseTracking(True)

    # --- what a kind of picture fills in -----------------------------------------------------------------------

    def value_name(self, chart: Any) -> str:
        """Return what stands above the picture at the left."""
        return ""

    def arrange(self, page: PaintedPage) -> None:
        """Give every part its place on `page`."""
        self.laid = self._lay(self._nothing if self.chart.empty else self.chart, page)

    def paint_hand(self, page: PaintedPage) -> None:
        """Paint the names, and what is emphasised."""
        raise NotImplementedError

    def ring(self) -> QRectF:
        """Return the rectangle that is framed while the keyboard is here."""
        raise NotImplementedError

    def hint_room(self) -> tuple[float, float, float]:
        """Return the left end, the right end and the middle of the line where the hint may stand."""
        return 0.0, 0.0, 0.0

    def point_at(self, place: QPointF | None) -> None:
        """Read what lies under the mouse; None: the mouse has left."""
        raise NotImplementedError

    def step(self, key: Qt.Key) -> bool:
        """Move the reading by a key; return whether the key means something here."""
        raise NotImplementedError

    def brush(self, how: How) -> Brush | None:
        """Return the brush of what is read; None when nothing is, or a click chooses nothing."""
        return None

    def show_hand(self) -> None:
        """Place the reading box anew, where there is one."""

    # --- showing -----------------------------------------------------------------------------------------------

    def show_chart(self, chart: Any, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; no signal is sent."""
        self._pressed = None
        self.show_head(chart, theme, self.value_name(chart))
        self.rearrange()

    def rearrange(self) -> None:
        """Give every part its place for the size of the figure and of the text, and paint anew."""
        self.page = self.arrange_head()
        self.arrange(self.page)
        self._kept.forget()
        self.show_hand()
        self.update()

    def reading_text(self) -> str:
        """Return what is read at the hand, in words; "" without."""
        return "" if self._reading.isHidden() else self._reading.text()

    def whole_text(self, at: QPointF) -> str:
        """Return the words under a place, whole, when they are cut there; else ""."""
        return str(self.laid.whole_text(self.page, at.x(), at.y()))

    def event(self, event: QEvent) -> bool:
        """Offer the whole of words that are cut."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return bool(super().event(event))
        if text := self.whole_text(QPointF(event.pos())):
            QToolTip.showText(event.globalPos(), text, self)
        else:
            QToolTip.hideText()
        return True

    # --- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what was kept, and the hand over it."""
        painter = QPainter(self)
        if self.chart.empty:
            return
        self._kept.show(painter, self.page, partial(self._paint, self.laid))
        page = self.page.on(painter)
        self.paint_hand(page)
        self._paint_hint(page)
        if self._ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRect(self.ring())

    def _paint_hint(self, page: PaintedPage) -> None:
        """Write what a click chooses, while someone is here and there is room for all of it."""
        if not self.chart.brush_hint or not (self.underMouse() or self.hasFocus()):
            return
        left, right, middle = self.hint_room()
        if page.measure(self.chart.brush_hint) <= right - left:
            page.write(self.chart.brush_hint, left, middle, self.theme.muted)

    # --- the hand ----------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if not event.buttons() and not self.chart.empty:
            self._hand = event.position()
            self.point_at(self._hand)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        if event.button() == Qt.MouseButton.LeftButton and not self.chart.empty:
            self._pressed = event.position()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked; after a drag nothing is."""
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            super().mouseReleaseEvent(event)
            return
        if (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            self._hand = event.position()
            self.point_at(self._hand)
            self._take(how_of(event.modifiers()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hint."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Let go."""
        super().leaveEvent(event)
        self._hand = None
        self.point_at(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move what is read, choose it, or let it go."""
        key = Qt.Key(event.key())
        if self.chart.empty:
            super().keyPressEvent(event)
        elif key in TAKE and self.brush("replace") is not None:
            self._take(how_of(event.modifiers()))
        elif key == Qt.Key.Key_Escape and self.reading_text():
            self._hand = None
            self.point_at(None)
        elif self._step(key):
            self.announce(self.reading_text())
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> bool:
        """Move by a key; the reading box need no longer keep out of the mouse's way."""
        hand, self._hand = self._hand, None
        moved = self.step(key)
        self._hand = None if moved else hand
        return moved

    def _take(self, how: How) -> None:
        brush = self.brush(how)
        if brush is not None:
            self.brushed.emit(brush)

    def show_ring(self, shown: bool) -> None:
        """Frame the picture while the keyboard is here."""
        self._ring = shown
        self.update()
