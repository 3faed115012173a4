"""The command palette: type a few letters, choose with the arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from widgets.controls.boxes import column
from widgets.controls.labels import TextLabel
from widgets.controls.matching import fits

ROLE: Final = Qt.ItemDataRole.UserRole
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing to find, with its keys; `detail` says where it stands or, of a disabled one, why it cannot act."""

    key: str
    text: str
    detail: str = ""
    keys: str = ""
    enabled: bool = True
    tooltip: str = ""


class SearchDialog(QFrame):
    """A list over the window that closes when something is chosen, on Escape, or when the focus goes.

    Signals
    -------
    chosen(str)
        Key of what the user chose.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "panel")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._window = parent
        self._entries: tuple[Found, ...] = ()
        self.line, self.list = QLineEdit(), QListWidget()
        self.list.setItemDelegate(_Entry(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self._nothing = TextLabel(tone="muted")
        within = column(self, self.line, (self.list, 1), margins=(10, 10, 10, 10), gap=6)
        within.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.currentItemChanged.connect(self._speak)
        self.list.itemClicked.connect(self._choose)

    def show_search(self, entries: tuple[Found, ...], placeholder: str, nothing_text: str) -> None:
        """Open over the upper part of the window."""
        self._entries = entries
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(placeholder)
        self.list.setAccessibleName(placeholder)
        self._nothing.show_text(nothing_text)
        self.line.clear()
        self._filter("")
        self._place()
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Close when the user turns to another window."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the line keeps the focus."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }.get(Qt.Key(event.key()))
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
            if step is not None:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
        return False

    def _place(self) -> None:
        """Stand in the middle of the upper third of the window."""
        window, em = self._window, self.fontMetrics().height()
        size = QSize(min(38 * em, window.width() - 40), min(22 * em, window.height() - 80))
        self.resize(size)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - size.width()) // 2, corner.y() + window.height() // 9)

    def _filter(self, typed: str) -> None:
        ranked = [(fits(entry.text, typed), place, entry) for place, entry in enumerate(self._entries)]
        found = sorted((rank, not entry.enabled, place) for rank, place, entry in ranked if rank is not None)
        self.list.clear()
        for _, _, place in found:
            entry = self._entries[place]
            item = QListWidgetItem(entry.text)
            item.setData(ROLE, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(entry))
            item.setToolTip(entry.tooltip)
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        first = next((at for at, (_, disabled, _) in enumerate(found) if not disabled), 0)
        self.list.setCurrentRow(first if found else -1)

    def _move(self, step: int) -> None:
        if self.list.count():
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))

    def _speak(self, item: QListWidgetItem | None) -> None:
        """Tell a screen reader, which stays at the line, where in the list the user is."""
        entry = item.data(ROLE) if item is not None else None
        self.line.setAccessibleDescription(
            _spoken(entry) if isinstance(entry, Found) else self._nothing.text()
        )

    def _choose(self, item: QListWidgetItem | None) -> None:
        entry = item.data(ROLE) if item is not None else None
        if isinstance(entry, Found) and entry.enabled:
            self.hide()
            self.chosen.emit(entry.key)


class _Entry(QStyledItemDelegate):
    """Draws an entry: what it is, where it stands or why it cannot act, and its keys at the right end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        entry: Found = index.data(ROLE)
        palette = option.palette
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            ground = QColor((palette.accent() if chosen else palette.midlight()).color())
            ground.setAlphaF(0.16 if chosen else 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 4, 4)
        room, metrics = option.rect.adjusted(10, 0, -10, 0), option.fontMetrics
        # A style sheet makes the placeholder of a list half transparent, too pale to read.
        muted = QApplication.palette().placeholderText().color()
        painter.setPen(muted)
        painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), entry.keys)
        room.setRight(room.right() - (metrics.horizontalAdvance(entry.keys) + 16 if entry.keys else 0))
        painter.setPen(palette.text().color() if entry.enabled else muted)
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), text)
        room.setLeft(room.left() + metrics.horizontalAdvance(text) + 14)
        painter.setPen(muted)
        detail = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), detail)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A line with air."""
        return QSize(100, round(option.fontMetrics.height() * 1.7))


def _spoken(entry: Found) -> str:
    return ", ".join(part for part in (entry.text, entry.detail, entry.keys) if part)
