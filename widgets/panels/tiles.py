"""Widgets in rows and columns with grips between them. They never change their parent: moving them is cheap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

Rows: TypeAlias = tuple[tuple[int, ...], ...]

LEAST_LINES: Final = 12
"""A tile is at least so many lines of text high."""
GAP: Final = 8
"""Room between two tiles, where the grip is."""


@dataclass(slots=True)
class _Shares:
    """How the room is divided: weights of the rows, and in each row of its tiles."""

    rows: list[int]
    cells: list[list[int]]


class Tiles(QWidget):
    """A grid of widgets, given once; which are shown, and where, may change at any time.

    A splitter would have to adopt every figure at every change, which costs a quarter of a second for six of them.
    What the user made of the sizes of an arrangement is kept as long as the grid lives.
    """

    def __init__(self, widgets: Sequence[QWidget], least_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        self._least_height = least_height
        self._rows: Rows = ()
        self._kept: dict[Rows, _Shares] = {}
        self._placed_for: tuple[QSize, ...] = ()
        self._grips = [Grip(self) for _ in self._widgets]
        for grip in self._grips:
            grip.hide()
        for widget in self._widgets:
            widget.hide()
            widget.setParent(self)

    def show_tiles(self, rows: Rows) -> None:
        """Show these widgets, by number, in these rows; all others are hidden."""
        if rows == self._rows:
            return
        self._rows = rows
        shown = {index for row in rows for index in row}
        for index, widget in enumerate(self._widgets):
            if index not in shown and widget.parentWidget() is self:
                widget.hide()
        self._kept.setdefault(rows, _Shares([1000] * len(rows), [[1000] * len(row) for row in rows]))
        # The room is asked for at once, so that every tile is laid out once, at the size it gets.
        self.updateGeometry()
        holder = self.parentWidget()
        if holder is not None:
            QCoreApplication.sendEvent(holder, QEvent(QEvent.Type.LayoutRequest))
        self._place()
        # They come to light at their places, so that nothing is laid out twice.
        for index in shown:
            self._widgets[index].show()

    def adopt(self, index: int) -> None:
        """Take back a widget that was elsewhere."""
        self._widgets[index].hide()
        self._widgets[index].setParent(self)

    def least_width(self, rows: Rows) -> int:
        """Return the width below which something would be cut off in these rows."""
        return max((self._needed(self._widths(row)) for row in rows), default=0)

    def least_height(self, rows: Rows) -> int:
        """Return the height below which something would be cut off in these rows."""
        return self._needed(self._heights(rows))

    def minimumSizeHint(self) -> QSize:
        """Room for every tile at its smallest."""
        return QSize(self.least_width(self._rows), self.least_height(self._rows))

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new room as the old one was."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Follow a tile, or a text, that needs more room."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            # Texts change at every figure; what they need at least seldom does.
            least = self._all_least()
            if least != self._placed_for or event.type() == QEvent.Type.FontChange:
                self.updateGeometry()
                self._place()
        return super().event(event)

    def _widths(self, row: tuple[int, ...]) -> list[int]:
        return [self._least(self._widgets[index]).width() for index in row]

    def _heights(self, rows: Rows) -> list[int]:
        # What is least at the usual text is so many lines of it at any other.
        least = max(self._least_height, self.fontMetrics().height() * LEAST_LINES)
        return [max(least, *(self._least(self._widgets[index]).height() for index in row)) for row in rows]

    def _all_least(self) -> tuple[QSize, ...]:
        return tuple(self._least(self._widgets[index]) for row in self._rows for index in row)

    @staticmethod
    def _least(widget: QWidget) -> QSize:
        return widget.minimumSizeHint().expandedTo(widget.minimumSize()).expandedTo(QSize(0, 0))

    @staticmethod
    def _needed(sizes: list[int]) -> int:
        return sum(sizes) + GAP * max(len(sizes) - 1, 0)

    def _place(self) -> None:
        """Give every tile and every grip its place."""
        grips: Iterator[Grip] = iter(self._grips)
        self._placed_for = self._all_least()
        if self._rows:
            shares = self._kept[self._rows]
            least = self._heights(self._rows)
            heights = share(self.height() - GAP * (len(self._rows) - 1), shares.rows, least)
            for at, (y, row) in enumerate(zip(_starts(heights), self._rows, strict=True)):
                if at:
                    next(grips).show_grip(
                        QRect(0, y - GAP, self.width(), GAP),
                        partial(self._drag, shares.rows, heights, least, at),
                    )
                self._place_row(row, shares.cells[at], y, heights[at], grips)
        for grip in grips:
            grip.hide()

    def _place_row(
        self, row: tuple[int, ...], weights: list[int], y: int, height: int, grips: Iterator[Grip]
    ) -> None:
        least = self._widths(row)
        widths = share(self.width() - GAP * (len(row) - 1), weights, least)
        for at, (x, index) in enumerate(zip(_starts(widths), row, strict=True)):
            if at:
                next(grips).show_grip(
                    QRect(x - GAP, y, GAP, height), partial(self._drag, weights, widths, least, at)
                )
            self._widgets[index].setGeometry(x, y, widths[at], height)

    def _drag(self, weights: list[int], sizes: list[int], least: list[int], at: int, step: int) -> None:
        """Move the edge before `at` by `step` pixels from where it was when it was taken."""
        step = min(max(step, least[at - 1] - sizes[at - 1]), max(sizes[at] - least[at], 0))
        new = list(sizes)
        new[at - 1] += step
        new[at] -= step
        weights[:] = new
        self._place()


class Grip(QWidget):
    """The room between two tiles, to drag."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._move: partial[None] | None = None
        self._held: partial[None] | None = None
        self._from = QPointF()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_grip(self, box: QRect, move: partial[None]) -> None:
        """Stand at `box`; `move` is called with how far it is dragged."""
        self._move = move
        self.setGeometry(box)
        upright = box.height() > box.width()
        shape = Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._from = self._move, event.globalPosition()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the edge along with the hand."""
        if self._held is not None:
            way = event.globalPosition() - self._from
            upright = self.height() > self.width()
            self._held(round(way.x() if upright else way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line in the accent while the hand is on it."""
        if self.underMouse() or self._held is not None:
            painter = QPainter(self)
            line = self.rect()
            if line.height() > line.width():
                line.adjust(GAP // 2 - 1, 0, 1 - GAP // 2, 0)
            else:
                line.adjust(0, GAP // 2 - 1, 0, 1 - GAP // 2)
            painter.fillRect(line, self.palette().accent())


def share(room: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """Divide `room` by `weights`, none less than its `least`; where all are at their least they may exceed the room."""
    sizes, free = list(least), set(range(len(weights)))
    while free:
        left = room - sum(sizes[at] for at in range(len(sizes)) if at not in free)
        total = sum(weights[at] for at in free)
        wanted = {at: left * weights[at] / total for at in free}
        short = {at for at in free if wanted[at] < least[at]}
        if not short:
            edges = [0.0, *accumulate(wanted[at] for at in sorted(free))]
            for at, (start, end) in zip(sorted(free), pairwise(edges), strict=True):
                sizes[at] = round(end) - round(start)
            return sizes
        free -= short
    return sizes


def _starts(sizes: Sequence[int]) -> list[int]:
    return [0, *accumulate(size + GAP for size in sizes[:-1])]
