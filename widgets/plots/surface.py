"""A surface on screen: a value by calendar month and month of stay, cohorts as diagonals."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.pictures.chart import NO_AXIS
from widgets.pictures.gestures import Brush, How
from widgets.pictures.kinds import SurfaceChart
from widgets.pictures.layout.cells import cohort_at, shape_of
from widgets.pictures.layout.plane import GAP
from widgets.pictures.layout.surface import SurfaceLayout, cell_box, lay_surface, paint_surface
from widgets.pictures.page import Box, Points, corners
from widgets.pictures.palette import Theme
from widgets.plots.brushing import how_of
from widgets.plots.keys import TAKE
from widgets.plots.painted import PaintedPicture
from widgets.plots.painted_page import PaintedPage

EMPTY: Final = SurfaceChart(title="", x=NO_AXIS, y=NO_AXIS, reading=lambda pane, row, column: "", empty=" ")
DRAGGED: Final = 4
"""Pixels after which a press is a drag and not a click."""
NEAR: Final = 6
"""Pixels beside the line of a cohort in which a click still means it."""
WIDEST, BOX_SHARE = 340.0, 0.7
"""Most pixels, and most of the width, that the box of the reading takes."""
AXIS: Final = -1
"""The row of the calendar axis, under row 0: there whole cohorts are chosen."""
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a pane; in the row under row 0 it is a month of the calendar axis."""

    pane: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A choice under way: where it began, whether it takes cohorts; until the mouse is dragged, where it went down."""

    start: Cell
    cohorts: bool
    keyboard: bool = False
    pressed: QPointF | None = None


class SurfacePlot(PaintedPicture):
    """A Lexis surface.

    Dragging chooses a rectangle of cells; a click on a line chooses its cohort; dragging with the right button, or
    along the calendar axis, chooses cohorts by month. With the keyboard: arrows move the cell (down from the first
    month of stay to the calendar axis), Home and End, Space or Enter begins and ends a choice, Escape lets go.
    """

    laid: SurfaceLayout

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, lay_surface, paint_surface, parent)
        self._at: Cell | None = None
        self._row: int | None = None
        self._hold: Hold | None = None

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: SurfaceChart, theme: Theme) -> None:
        """Draw `chart` in the colours of `theme`; no signal is sent."""
        if (
            shape_of(chart) != shape_of(self.chart)
            or len(chart.panes) != len(self.chart.panes)
            or chart.empty
        ):
            self._at = self._row = self._hold = None
        super().show_chart(chart, theme)

    def mark(self, x: float | None) -> None:
        """Outline the row of a month that is hovered elsewhere; no signal is sent."""
        inside = x is not None and 0 <= round(x) < shape_of(self.chart)[0] and not self.chart.empty
        self._row = round(x) if x is not None and inside else None
        self._show_at(None)

    def value_name(self, chart: SurfaceChart) -> str:
        """Return the name of the months of stay."""
        return chart.y.label

    def show_hand(self) -> None:
        """Read the cell in hand anew."""
        self._show_at(self._at)

    def ring(self) -> QRectF:
        """Frame all panes."""
        frames = [QRectF(*plane.box) for plane in self.laid.panes]
        return frames[0].united(frames[-1]) if frames else QRectF(self.rect())

    def hint_room(self) -> tuple[float, float, float]:
        """Return the room of the hint: under the months, left of the axis's name."""
        box, page = self.ring(), self.page
        right = box.right() - page.measure(self.chart.x.label) - page.line
        return 0.0, right, box.bottom() + (GAP + 1.5) * page.line

    def paint_hand(self, page: PaintedPage) -> None:
        """Paint the row of another picture, the choice under way and the cell in hand."""
        columns = shape_of(self.chart)[1]
        if self._row is not None:
            for plane in self.laid.panes:
                _outline(page, cell_box(plane, 0, self._row, columns - 1, self._row), self.theme.muted, 1)
        if self._hold is not None and self._at is not None and self._moved():
            self._paint_choice(page, self._hold, self._at)
        if self._at is not None:
            for hue, wide in ((self.theme.panel, 3.5), (self.theme.text, 1.5)):
                _outline(page, self._box_of(self._at), hue, wide)

    def _paint_choice(self, page: PaintedPage, hold: Hold, at: Cell) -> None:
        plane = self.laid.panes[hold.start.pane]
        rows = shape_of(self.chart)[0]
        if hold.cohorts:
            x0, x1 = _ordered(_cohort(hold.start, self._most()), _cohort(at, self._most()))
            edge = ((x0, 0), (x1 + 1, 0), (x1 + 1 + rows, rows), (x0 + rows, rows))
            points: Points = [(plane.x_of(x), plane.y_of(y)) for x, y in edge]
        else:
            x0, x1 = _ordered(hold.start.column, at.column)
            y0, y1 = _ordered(hold.start.row, max(at.row, 0))
            points = corners(cell_box(plane, x0, y0, x1, y1))
        with page.clip(plane.box):
            page.area(points, self.theme.accent, opacity=0.22, edge=self.theme.accent, width=2)

    def _box_of(self, at: Cell) -> Box:
        """Return the box of a cell; of a month on the axis, a narrow one under it."""
        plane = self.laid.panes[at.pane]
        box = cell_box(plane, at.column, max(at.row, 0), at.column, max(at.row, 0))
        return box._replace(top=plane.box.bottom + 1, height=5) if at.row == AXIS else box

    # --- reading ---------------------------------------------------------------------------------------------

    def _show_at(self, at: Cell | None) -> None:
        """Outline a cell and read it."""
        if at is None or at.pane >= len(self.laid.panes):
            self._at = None
            self._reading.hide()
            self.update()
            return
        self._at = at
        title, text = self.chart.panes[at.pane].title, self.chart.reading(at.pane, max(at.row, 0), at.column)
        if at.row == AXIS:
            title, text = "", self.chart.x.text(float(at.column), 0.0)
        self._reading.show_words(title, None, text, self.theme, min(WIDEST, self.width() * BOX_SHARE))
        self._reading.setVisible(bool(text))
        self._reading.place_beside(QRectF(*self._box_of(at)))
        self.update()

    def _hover(self, at: Cell | None) -> None:
        """The user points at a cell; the month of stay is told when it changes."""
        before, self._row = _month(self._at), None
        self._show_at(at)
        if _month(self._at) != before:
            self.hovered.emit(_month(self._at))

    def _cell_at(self, place: QPointF, pane: int | None = None) -> Cell | None:
        """Return the cell under a place, or on the axis under it; of `pane` the nearest when it is stated."""
        rows, columns = shape_of(self.chart)
        for number, plane in enumerate(self.laid.panes):
            x, y = plane.value_at(place.x(), place.y())
            column, row = math.floor(x), math.floor(y)
            if pane == number:
                return Cell(
                    pane=pane, row=min(max(row, 0), rows - 1), column=min(max(column, 0), columns - 1)
                )
            under = plane.box.bottom < place.y() <= self.height()
            if pane is None and 0 <= column < columns and (0 <= row < rows or under):
                return Cell(pane=number, row=AXIS if under else row, column=column)
        return None

    def _line_at(self, place: QPointF) -> tuple[int, int] | None:
        """Return the columns of the cohort whose line passes under a place."""
        for plane in self.laid.panes:
            if plane.box.holds(place.x(), place.y()):
                near = NEAR * shape_of(self.chart)[1] / plane.box.width
                return cohort_at(self.chart, *plane.value_at(place.x(), place.y()), near)
        return None

    # --- the hand --------------------------------------------------------------------------------------------

    def point_at(self, place: QPointF | None) -> None:
        """Read what lies under the mouse; on the axis nothing is read. The hand shows where a click chooses."""
        at = None if place is None else self._cell_at(place)
        line = None if place is None else self._line_at(place)
        self.setCursor(Qt.CursorShape.ArrowCursor if line is None else Qt.CursorShape.PointingHandCursor)
        self._hover(None if at is not None and at.row == AXIS else at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a choice."""
        at = self._cell_at(event.position())
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton) or at is None:
            super().mousePressEvent(event)
            return
        cohorts = event.button() == Qt.MouseButton.RightButton or at.row == AXIS
        self._hold = Hold(start=at, cohorts=cohorts, pressed=event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a cell, or draw the choice on."""
        hold = self._hold
        if hold is None or hold.keyboard:
            if not event.buttons() and not self.chart.empty:
                self.point_at(event.position())
            return
        if hold.pressed is not None and (event.position() - hold.pressed).manhattanLength() >= DRAGGED:
            # Once it was a drag it stays one, also when the hand comes back.
            self._hold = replace(hold, pressed=None)
        at = self._cell_at(event.position(), hold.start.pane)
        if (
            at is not None
            and hold.start.row == AXIS
            and event.position().y() > self.laid.panes[at.pane].box.bottom
        ):
            at = Cell(pane=at.pane, row=AXIS, column=at.column)
        self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the choice; a click without a drag chooses the cohort whose line is under it, or nothing."""
        hold = self._hold
        if hold is None or hold.keyboard:
            super().mouseReleaseEvent(event)
            return
        if self._moved() and self._at is not None:
            self._choose(hold, self._at, how_of(event.modifiers()))
        elif not hold.cohorts and (line := self._line_at(event.position())) is not None:
            x0, x1 = map(float, line)
            self._brush("diagonal", (x0, x1), (0.0, 0.0), how_of(event.modifiers()), hold.start.pane)
        self._hold = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the cell when the mouse has left, but not of a choice under way."""
        if self._hold is None:
            super().leaveEvent(event)

    def contextMenuEvent(self, event: object) -> None:
        """The right button chooses cohorts; there is no menu under it."""

    def _moved(self) -> bool:
        hold = self._hold
        return hold is not None and hold.pressed is None

    def _choose(self, hold: Hold, at: Cell, how: How) -> None:
        if hold.cohorts:
            x0, x1 = _ordered(_cohort(hold.start, self._most()), _cohort(at, self._most()))
            self._brush("diagonal", (x0, x1), (0.0, 0.0), how, hold.start.pane)
            return
        x0, x1 = _ordered(hold.start.column, at.column)
        y0, y1 = _ordered(hold.start.row, max(at.row, 0))
        self._brush("cells", (x0, x1), (y0, y1), how, hold.start.pane)

    def _brush(
        self,
        kind: Literal["diagonal", "cells"],
        x: tuple[float, float],
        y: tuple[float, float],
        how: How,
        pane: int,
    ) -> None:
        """Tell of a choice in a pane."""
        (x0, x1), (y0, y1) = map(float, x), map(float, y)
        group = self.chart.panes[pane].group
        self.brushed.emit(Brush(kind=kind, x0=x0, x1=x1, y0=y0, y1=y1, how=how, group=group))

    # --- the keyboard ----------------------------------------------------------------------------------------

    def step(self, key: Qt.Key) -> bool:
        """Move the cell by a key; Escape lets go of a choice first."""
        if not self.laid.panes:
            return False
        if key in _ARROWS:
            self._go(*_ARROWS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(-self._most() if key == Qt.Key.Key_Home else self._most(), 0)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin and end a choice, let go of it, or move the cell."""
        key = Qt.Key(event.key())
        if key in TAKE and self._at is not None:
            self._hold_on(how_of(event.modifiers()))
        elif key == Qt.Key.Key_Escape and self._hold is not None:
            self._hold = None
            self.update()
        else:
            super().keyPressEvent(event)

    def _go(self, across: int, up: int) -> None:
        """Move the cell by keyboard; over the edge of a pane it goes to the next."""
        rows, most, at = shape_of(self.chart)[0], self._most(), self._at
        if at is None:
            self._hover(Cell(pane=0, row=self._row or 0, column=most))
            return
        pane, column = at.pane, at.column + across
        if abs(across) == 1 and not 0 <= column <= most and self._hold is None:
            moved = min(max(pane + across, 0), len(self.laid.panes) - 1)
            column = column if moved == pane else (0 if across > 0 else most)
            pane = moved
        lowest = AXIS if self._hold is None or self._hold.start.row == AXIS else 0
        row = min(max(at.row + up, lowest), rows - 1)
        self._hover(Cell(pane=pane, row=row, column=min(max(column, 0), most)))

    def _hold_on(self, how: How) -> None:
        """Begin a choice at the cell in hand, or end the one under way."""
        if self._at is None:
            return
        if self._hold is None:
            self._hold = Hold(start=self._at, cohorts=self._at.row == AXIS, keyboard=True)
        else:
            hold, self._hold = self._hold, None
            self._choose(hold, self._at, how)
        self.update()

    def _most(self) -> int:
        """Return the last column."""
        return shape_of(self.chart)[1] - 1


def _outline(page: PaintedPage, box: Box, hue: str, width: float) -> None:
    page.stroke([*corners(box), (box.left, box.top)], hue, width)


def _cohort(at: Cell, most: int) -> int:
    """Return the column in which the people of a cell settled."""
    return min(max(at.column - max(at.row, 0), 0), most)


def _month(at: Cell | None) -> float | None:
    return None if at is None or at.row == AXIS else float(at.row)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
