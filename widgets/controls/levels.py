"""A facet of categories: one row a level, to tick, with a thin bar and a count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from widgets.controls.focus import chain_focus
from widgets.controls.glyphs import draw_glyph, frame_focus
from widgets.controls.labels import role_font
from widgets.controls.sections import FacetWords, Section
from widgets.controls.toggles import link_button, show_button

FIRST_LEVELS: Final = 8
"""So many levels are shown before the reader asks for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLevel:
    """One level of a facet.

    Attributes
    ----------
    key, label
        The level and its name as shown.
    count_text
        How many persons, already formatted; "" when `status_text` stands in its place.
    fraction
        Length of the bar, 0 to 1.
    chosen
        Whether the selection names this level.
    status_text
        Why no count is shown ("hidden: fewer than 10 persons").
    """

    key: str
    label: str
    count_text: str
    fraction: float
    chosen: bool
    status_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacet:
    """A facet with levels to tick; `summary` stands beside its heading ("2 of 5", "all")."""

    name: str
    label: str
    levels: tuple[FacetLevel, ...]
    summary: str = ""


_NOTHING: Final = FacetLevel(key="", label="", count_text="", fraction=0.0, chosen=False)


class LevelRow(QCheckBox):
    """One level: a check box that paints its label, its bar and its count itself.

    Signals
    -------
    only_asked()
        The user wants this level alone.
    moved(int)
        The user pressed Up (-1) or Down (+1), or wants the first (-1000) or last (+1000) row.
    """

    only_asked = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = _NOTHING
        self._strong = True
        self._only_text = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def level(self) -> FacetLevel:
        """The level shown now."""
        return self._level

    def show_level(self, level: FacetLevel, words: FacetWords, *, strong: bool) -> None:
        """Show `level`; its bar in the accent when `strong`, else in grey."""
        self._only_text = words.only_this
        parts = [part for part in (level.label, level.count_text, level.status_text) if part]
        spoken, tooltip = ", ".join(parts), "\n".join([*parts, *filter(None, [words.level_hint])])
        shown = (self._level, self._strong, self.toolTip(), self.isChecked())
        if (level, strong, tooltip, level.chosen) == shown:
            return
        self._level = level
        self._strong = strong
        with QSignalBlocker(self):
            self.setText(level.label.replace("&", "&&"))
            self.setChecked(level.chosen)
        self.setAccessibleName(spoken)
        self.setToolTip(tooltip)
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text and the bar under it."""
        return QSize(120, self.fontMetrics().height() + 9)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be; as narrow as need be."""
        return QSize(80, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """Make the whole row act."""
        return self.rect().contains(pos)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for this level alone."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.only_asked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer this level alone."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self._only_text, menu)
        action.triggered.connect(self.only_asked)
        menu.addAction(action)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End move along the levels; Ctrl+Enter asks for this one alone."""
        steps = {
            int(Qt.Key.Key_Up): -1,
            int(Qt.Key.Key_Down): 1,
            int(Qt.Key.Key_Home): -1000,
            int(Qt.Key.Key_End): 1000,
        }
        if event.key() in steps:
            self.moved.emit(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.only_asked.emit()
            else:
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, label, count and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.midlight())
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._paint_box(painter)
        left = self._box_side() + 14
        line = QRect(left, 2, self.width() - left - 6, self.fontMetrics().height())
        used = self._paint_count(painter, line)
        painter.setPen(palette.text().color())
        label = self.fontMetrics().elidedText(
            self._level.label, Qt.TextElideMode.ElideRight, max(line.width() - used - 8, 0)
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), label)
        self._paint_bar(painter, QRectF(left, self.height() - 5.5, line.width(), 3))
        frame_focus(painter, self)

    def _paint_count(self, painter: QPainter, line: QRect) -> int:
        """Paint the count, or why there is none, and return the width it takes."""
        painter.setPen(self.palette().placeholderText().color())
        place = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        text, metrics = self._level.count_text, self.fontMetrics()
        used = metrics.horizontalAdvance(text)
        if not text:
            label = metrics.horizontalAdvance(self._level.label)
            painter.setFont(role_font(0.9))
            metrics = painter.fontMetrics()
            room = max(line.width() - label - 8, line.width() // 2)
            text = metrics.elidedText(self._level.status_text, Qt.TextElideMode.ElideRight, room)
            used = metrics.horizontalAdvance(text)
        painter.drawText(line, place, text)
        painter.setFont(self.font())
        return used

    def _box_side(self) -> int:
        return max(14, self.fontMetrics().ascent() - 1)

    def _paint_box(self, painter: QPainter) -> None:
        palette = self.palette()
        side = self._box_side()
        box = QRectF(6.5, (self.fontMetrics().height() + 3 - side) // 2 + 0.5, side, side)
        edge = palette.accent() if self.isChecked() else palette.placeholderText()
        painter.setPen(QPen(edge.color(), 1))
        painter.setBrush(palette.accent() if self.isChecked() else palette.base())
        painter.drawRoundedRect(box, 3.5, 3.5)
        if self.isChecked():
            draw_glyph(painter, "check", box, palette.highlightedText().color(), weight=2.2)

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.mid() if self.underMouse() else palette.midlight())
        painter.drawRoundedRect(track, 1.5, 1.5)
        fraction = min(max(self._level.fraction, 0.0), 1.0)
        if fraction > 0 and self._level.count_text:
            painter.setBrush(palette.accent() if self._strong else palette.dark())
            track.setWidth(max(track.width() * fraction, 2.0))
            painter.drawRoundedRect(track, 1.5, 1.5)


class CategorySection(Section):
    """The rows of one category facet.

    Signals
    -------
    level_toggled(str), only_level(str)
        Key of the level the user ticked or unticked, or wants alone.
    reached(QWidget)
        The arrow keys came to this row; a column that scrolls should bring it into view.
    """

    level_toggled = Signal(str)
    only_level = Signal(str)
    reached = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LevelRow] = []
        self._facet: CategoryFacet | None = None
        self._words: FacetWords | None = None
        self._all = False
        self.more_button = link_button(self._switch_all)
        self.body_layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> tuple[LevelRow, ...]:
        """The rows in use, shown or folded away."""
        return tuple(self._rows[: len(self._facet.levels)] if self._facet else ())

    def show_facet(self, facet: CategoryFacet, words: FacetWords) -> None:
        """Show the levels; the first eight and those chosen unless all are asked for."""
        self._facet, self._words = facet, words
        some = any(level.chosen for level in facet.levels)
        self.show_section(facet.label, facet.summary, words.clear, filters=some)
        if len(self._rows) < len(facet.levels):
            while len(self._rows) < len(facet.levels):
                self._add_row()
            chain_focus([self.heading, self.clear_button, *self._rows, self.more_button])
        for at, row in enumerate(self._rows):
            if at < len(facet.levels):
                level = facet.levels[at]
                row.show_level(level, words, strong=level.chosen or not some)
        self._show_rows()
        many = len(facet.levels) > FIRST_LEVELS
        if many:
            text = words.show_fewer if self._all else words.show_all(len(facet.levels))
            show_button(self.more_button, text)
        self.more_button.setVisible(many)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Keep one row a facet in the tab order: the one the user was on last."""
        if isinstance(event, QFocusEvent) and event.gotFocus() and isinstance(watched, LevelRow):
            self._stop_at(watched)
        return False

    def _add_row(self) -> None:
        row = LevelRow()
        row.clicked.connect(lambda: self.level_toggled.emit(row.level.key))
        row.only_asked.connect(lambda: self.only_level.emit(row.level.key))
        row.moved.connect(lambda step: self._move(row, step))
        row.installEventFilter(self)
        self.body_layout.insertWidget(len(self._rows), row)
        self._rows.append(row)

    def _show_rows(self) -> None:
        levels = self._facet.levels if self._facet else ()
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(levels) and (self._all or at < FIRST_LEVELS or levels[at].chosen))
        stops = [row for row in self._shown() if row.focusPolicy() == Qt.FocusPolicy.StrongFocus]
        if len(stops) != 1 and self._shown():
            self._stop_at(stops[0] if stops else self._shown()[0])

    def _stop_at(self, stop: LevelRow) -> None:
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)

    def _shown(self) -> list[LevelRow]:
        return [row for row in self._rows if not row.isHidden()]

    def _move(self, row: LevelRow, step: int) -> None:
        shown = self._shown()
        at = min(max(shown.index(row) + step, 0), len(shown) - 1)
        shown[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.reached.emit(shown[at])

    def _switch_all(self) -> None:
        self._all = not self._all
        if self._facet and self._words:
            self.show_facet(self._facet, self._words)
