"""A forest on screen: estimates with intervals, a row each, around a line of no difference."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from widgets.pictures.chart import NO_AXIS
from widgets.pictures.kinds import ForestChart
from widgets.pictures.layout.forest import ForestLayout, lay_forest, paint_forest
from widgets.pictures.layout.rows import height_of
from widgets.pictures.palette import Theme
from widgets.plots.painted import PaintedPicture
from widgets.plots.painted_page import PaintedPage

EMPTY: Final = ForestChart(title="", x=NO_AXIS, empty=" ")


class ForestPlot(PaintedPicture):
    """A forest of estimates; it scrolls when the rows are higher than the room.

    With the keyboard: up and down go from row to row, Page Up and Page Down further, Home and End to the first and
    the last, Escape lets go. It tells no months: its rows have none.
    """

    laid: ForestLayout

    def __init__(self, parent: QWidget | None = None) -> None:
        # Nothing stands still: rows scroll and are few.
        super().__init__(EMPTY, lay_forest, lambda laid, page: None, parent)
        self._current: int | None = None
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.hide()
        self._bar.valueChanged.connect(lambda _: self.update())

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: ForestChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; the row in hand and the scrolling stay, no signal is sent."""
        key = "" if self._current is None else self.chart.rows[self._current].key
        self._current = None
        super().show_chart(chart, theme)
        if key and not chart.empty:
            self._current = next((at for at, row in enumerate(chart.rows) if row.key == key), None)

    def reading_text(self) -> str:
        """Return the row in hand in words: its heading, its label, and what is read of it."""
        if self._current is None or self.chart.empty:
            return ""
        row = self.chart.rows[self._current]
        heads = [one.label for one in self.chart.rows[: self._current] if one.kind == "heading"]
        said = [row.text] if row.text else []
        for one in row.estimates:
            name = self.chart.series[one.series][0] if len(self.chart.series) > 1 else ""
            said.append(f"{name}: {one.reading}" if name else one.reading)
        label = f"{heads[-1]}, {row.label}" if heads and row.kind != "heading" else row.label
        return f"{label}: {'; '.join(said)}" if said else label

    def arrange(self, page: PaintedPage) -> None:
        """Lay out the rows; a scroll bar stands at their right when they do not fit."""
        super().arrange(page)
        scrolls = self.laid.over > 0.5
        if scrolls:
            wide = self._bar.sizeHint().width()
            narrower = page.box._replace(width=page.box.width - wide - 4)
            self.laid = lay_forest(self.chart, PaintedPage(self.theme, narrower))
            rows = self.laid.rows
            self._bar.setGeometry(self.width() - wide, round(rows.top), wide, round(rows.height))
            self._bar.setPageStep(round(rows.height))
            self._bar.setSingleStep(round((page.line - 1) * 2))
        self._bar.setVisible(scrolls)
        self._bar.setRange(0, math.ceil(self.laid.over) if scrolls else 0)

    def ring(self) -> QRectF:
        """Frame the rows."""
        return QRectF(*self.laid.rows).adjusted(1, 0, -1, 0)

    def paint_hand(self, page: PaintedPage) -> None:
        """Paint head, axis and the rows in view."""
        paint_forest(self.laid, page, self._offset(), self._current)
        self._fade(page)

    def _fade(self, page: PaintedPage) -> None:
        """Let rows fade where they run on out of view."""
        rows, panel, high = self.laid.rows, QColor(self.theme.panel), page.line * 0.9
        clear = QColor(panel)
        clear.setAlpha(0)
        left = height_of(self.laid.places) - rows.height - self._offset()
        for hidden, top, first, last in (
            (self._offset(), rows.top, panel, clear),
            (left, rows.bottom - high, clear, panel),
        ):
            if hidden > 0.5:
                shades = QLinearGradient(0, top, 0, top + high)
                shades.setColorAt(0, first)
                shades.setColorAt(1, last)
                page.painter.fillRect(QRectF(rows.left, top, rows.width, high), shades)

    def _offset(self) -> float:
        return float(self._bar.value())

    # --- the rows --------------------------------------------------------------------------------------------

    def _row_at(self, at: QPointF) -> int | None:
        """Return the row under a place."""
        if not self.laid.rows.holds(at.x(), at.y()):
            return None
        boxes = (self.laid.row_box(place, self._offset()) for place in self.laid.places)
        return next((number for number, box in enumerate(boxes) if box.holds(at.x(), at.y())), None)

    def _stop_at(self, at: QPointF) -> int | None:
        """Return the row under a place; a heading is none."""
        number = self._row_at(at)
        return None if number is None or self.chart.rows[number].kind == "heading" else number

    def _take_row(self, number: int | None) -> None:
        if number != self._current:
            self._current = number
            self.update()

    # --- the hand --------------------------------------------------------------------------------------------

    def point_at(self, place: QPointF | None) -> None:
        """Emphasise the row under the mouse."""
        self._take_row(None if place is None else self._stop_at(place))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; where there is nothing to scroll the wheel is for whoever holds this figure."""
        if self._bar.maximum() <= 0:
            event.ignore()
            return
        pixels = event.pixelDelta().y() or event.angleDelta().y() / 120 * self._bar.singleStep() * 1.5
        self._bar.setValue(round(self._bar.value() - pixels))
        self._take_row(self._stop_at(event.position()))
        event.accept()

    def whole_text(self, at: QPointF) -> str:
        """Return the words under a place, whole, when they are cut there; else ""."""
        number = self._row_at(at)
        if number is None:
            return self.laid.whole_text(self.page, at.x(), at.y())
        row = self.chart.rows[number]
        readings = [one.reading for one in row.estimates]
        words = "\n".join(part for part in (row.label, row.text, *readings) if part)
        return words if self.laid.places[number].cut else ""

    # --- the keyboard ----------------------------------------------------------------------------------------

    def step(self, key: Qt.Key) -> bool:
        """Go from row to row."""
        stops = [at for at, row in enumerate(self.chart.rows) if row.kind != "heading"]
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        if not stops:
            return False
        if key in moves:
            now = stops.index(self._current) if self._current in stops else None
            first = 0 if moves[key] > 0 else len(stops) - 1
            self._go_to(stops[first if now is None else min(max(now + moves[key], 0), len(stops) - 1)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(stops[0 if key == Qt.Key.Key_Home else -1])
        else:
            return False
        return True

    def _go_to(self, number: int) -> None:
        """Move to a row by keyboard and scroll it into view."""
        self._take_row(number)
        first = number
        # The heading of the first row under it comes into view with it.
        while first and self.chart.rows[first - 1].kind == "heading":
            first -= 1
        place, high = self.laid.places[number], self.laid.rows.height
        # Rows fade where they run on: the one in hand stands clear of that.
        clear = self.page.line if number + 1 < len(self.chart.rows) else 0.0
        top, end = self.laid.places[first].top, place.top + place.height + clear
        if top - clear < self._offset():
            self._bar.setValue(int(top - clear) if first else 0)
        elif end > self._offset() + high:
            self._bar.setValue(math.ceil(end - high))
