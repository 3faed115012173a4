"""One collapsible section of the filter column: a heading that folds, a summary, a way to clear it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.glyphs import draw_glyph, frame_focus
from widgets.controls.labels import role_font
from widgets.controls.toggles import link_button, show_button


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetWords:
    """The words of the filter column.

    Attributes
    ----------
    show_all
        Words of the button that shows every level, given how many there are ("Show all 24").
    show_fewer
        Words of the button that folds them again.
    clear
        Word beside a heading whose facet filters ("Clear").
    only_this
        Words of the menu entry that keeps one level and drops the others ("Only this").
    level_hint
        Tooltip of a level ("Click to add or remove; double click or Ctrl+Enter for only this").
    range_hint
        Tooltip and description of a range ("Drag, or use the arrow keys; with Shift the upper end").
    """

    show_all: Callable[[int], str]
    show_fewer: str
    clear: str
    only_this: str
    level_hint: str = ""
    range_hint: str = ""


class SectionHeading(QAbstractButton):
    """The heading of a section: a chevron, the name, and on the right what is chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = ""
        self.is_open = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_heading(self, label: str, summary: str) -> None:
        """Show the name of the facet and the summary of its choice."""
        if (label, summary) != (self.text(), self._summary):
            self._summary = summary
            self.setText(label)
            self.setAccessibleName(label)
            self.setAccessibleDescription(summary)
            self.setToolTip(f"{label}: {summary}" if summary else label)
            self.update()

    def sizeHint(self) -> QSize:
        """One line of the heading's font with some air."""
        return QSize(120, self.fontMetrics().height() + 10)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be; as narrow as need be."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint chevron, name and summary, and a frame when the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = self.rect().adjusted(1, 1, -1, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.midlight())
            painter.drawRoundedRect(box, 4, 4)
        side = max(14, self.fontMetrics().ascent() - 1)
        sign = QRectF(4, (self.height() - side) / 2, side, side)
        draw_glyph(painter, "down" if self.is_open else "right", sign, palette.placeholderText().color())
        inside = box.adjusted(side + 7, 0, -6, 0)
        painter.setFont(role_font(1.0, bold=True))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(palette.text().color())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        room = inside.adjusted(metrics.horizontalAdvance(name) + 10, 0, 0, 0)
        painter.setFont(self.font())
        painter.setPen(palette.placeholderText().color())
        summary = painter.fontMetrics().elidedText(self._summary, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), summary)
        frame_focus(painter, self)


class Section(QFrame):
    """A heading and a body that folds away under it.

    Whether it is folded belongs to the screen, not to the state of the program: it is kept here.

    Signals
    -------
    cleared()
        The user wants nothing chosen in this facet.
    """

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self.heading = SectionHeading()
        self.heading.clicked.connect(self._fold)
        self.clear_button = link_button(self.cleared)
        self.clear_button.hide()
        self.body = QWidget()
        self.body_layout = column(self.body, margins=(4, 0, 4, 4))
        top = row(None, (self.heading, 1), self.clear_button, gap=2)
        column(self, top, self.body, gap=2)

    def show_section(self, label: str, summary: str, clear_text: str, *, filters: bool) -> None:
        """Show the heading; offer to clear only what filters."""
        self.heading.show_heading(label, summary)
        show_button(self.clear_button, clear_text)
        self.clear_button.setAccessibleName(f"{clear_text}: {label}")
        if not filters and self.clear_button.hasFocus():
            self.heading.setFocus()
        self.clear_button.setVisible(filters)

    def _fold(self) -> None:
        self.heading.is_open = not self.heading.is_open
        self.heading.update()
        self.body.setVisible(self.heading.is_open)
