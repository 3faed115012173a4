"""Names of the curves at their ends, each at the height where its curve ends, moved apart where they would meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.pictures.chart import Line
from widgets.pictures.layout.fitting import stack
from widgets.pictures.palette import colour, text_colour
from widgets.plots.axes import BEHIND_THE_VIEW, PaintedAxis
from widgets.plots.lettering import baseline
from widgets.plots.room import MOST_NAMED, TO_LABEL, Room, line_height

FAINT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLabel:
    """One name: its lines of text, where its curve ends and where the name stands, in the axis's own space."""

    line: Line
    parts: tuple[str, ...]
    end: QPointF
    middle: float


class EndLabels(PaintedAxis):
    """The right margin: names, and a thin leader from each curve that ends early or whose name had to move."""

    def __init__(self) -> None:
        super().__init__("right")
        self.lines: tuple[Line, ...] = ()
        self.names: tuple[tuple[str, ...], ...] = ()
        self.emphasis = ""
        self.setZValue(BEHIND_THE_VIEW + 1)

    def show_lines(self, lines: tuple[Line, ...], room: Room, emphasis: str) -> None:
        """Show the names that `room` holds; none when a legend row names the curves."""
        self.prepareGeometryChange()
        self.names = room.ends or ()
        self.lines = lines if room.ends else ()
        self.emphasis = emphasis
        self.setWidth(room.right)
        self.update()

    def boundingRect(self) -> QRectF:
        """The room of the names and, for the leaders, of the view."""
        return super().boundingRect().united(self.view_rect())

    def places(self) -> list[EndLabel]:
        """Return every name with its place, from the top; names do not overlap."""
        box, line = self.view_rect(), line_height(self.metrics())
        found = []
        for one, parts in zip(self.lines, self.names, strict=True):
            end = self._end_of(one, box)
            if end is not None and self._named(one):
                found.append((end.y(), one, parts, end))
        found.sort(key=lambda item: item[0])
        sizes = [len(parts) * line for _, _, parts, _ in found]
        half = line / 2
        middles = stack([item[0] for item in found], sizes, box.top() - half, box.bottom() + half)
        return [
            EndLabel(line=one, parts=parts, end=end, middle=middle)
            for (_, one, parts, end), middle in zip(found, middles, strict=True)
        ]

    def paint_axis(self, painter: QPainter) -> None:
        """Paint each name in the colour of its curve, made readable."""
        metrics, line, box = self.metrics(), line_height(self.metrics()), self.view_rect()
        for label in self.places():
            strong = label.line.key == self.emphasis
            faint = bool(self.emphasis) and not strong
            painter.setOpacity(FAINT if faint else 1.0)
            self._paint_leader(painter, label, box)
            hue = text_colour(label.line.ink, self.theme)
            painter.setPen(QColor(self.theme.accent if strong and label.line.ink.kind == "grey" else hue))
            top = label.middle - (len(label.parts) - 1) * line / 2
            for place, part in enumerate(label.parts):
                at = QPointF(box.right() + TO_LABEL, baseline(metrics, top + place * line))
                painter.drawText(at, part)
        painter.setOpacity(1.0)

    def _paint_leader(self, painter: QPainter, label: EndLabel, box: QRectF) -> None:
        early = box.right() - label.end.x() > 6
        moved = abs(label.middle - label.end.y()) > 3
        if not early and not moved:
            return
        hue = QColor(colour(label.line.ink, self.theme))
        hue.setAlphaF(0.6)
        pen = QPen(hue, 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPointF(box.right(), label.end.y())
        if early:
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(label.end + QPointF(4, 0), edge)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        if moved:
            painter.drawLine(edge + QPointF(1, 0), QPointF(box.right() + TO_LABEL - 3, label.middle))

    def _named(self, line: Line) -> bool:
        """Of too many curves the grey ones are named only while they are hovered; some have no name."""
        if not line.end:
            return False
        return line.ink.kind != "grey" or line.key == self.emphasis or len(self.lines) <= MOST_NAMED

    def _end_of(self, line: Line, box: QRectF) -> QPointF | None:
        """Return where the curve leaves the months in view; None when it ended before them."""
        view = self.linkedView()
        seen = np.isfinite(line.y)
        if view is None or not seen.any():
            return None
        (left, right), (low, high) = view.viewRange()
        x, y = line.x[seen], line.y[seen]
        last = min(float(x[-1]), right)
        if last < max(left, float(x[0])):
            return None
        value = float(np.interp(last, x, y))
        return QPointF(
            box.left() + (last - left) / max(right - left, 1e-9) * box.width(),
            box.bottom() - (value - low) / max(high - low, 1e-12) * box.height(),
        )
