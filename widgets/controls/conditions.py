"""The conditions of a selection on one line, with a list that opens where the line does not hold all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QWidget

from widgets.controls.boxes import column
from widgets.controls.chips import Chip, ChipWidget
from widgets.controls.labels import ElidedLabel, WrapLabel

GAP: Final = 8
LEAST_LETTERS: Final = 16
"""A chip, or the sentence, is cut to no fewer letters than these."""
LIST_WIDTH: Final = 440
"""Width of the list of all conditions."""
LIST_SHARE: Final = 0.6
"""Of the height of the window, the most the list takes."""


def fit(widths: Sequence[int], least: int, room: int, more: int) -> list[int]:
    """Return the widths of as many items, from the first, as `room` holds; the last of them may be cut.

    Parameters
    ----------
    widths
        What each item wants.
    least
        The least width to which an item is cut.
    more
        The room of the button that opens the list, kept free where not everything fits.
    """
    if sum(widths) + GAP * max(len(widths) - 1, 0) <= room:
        return list(widths)
    out: list[int] = []
    left = room - more
    for wide in widths:
        given = min(wide, left - GAP)
        if given < min(wide, least):
            break
        out.append(given)
        left -= given + GAP
    return out


class ConditionList(QFrame):
    """All of the selection, in full, over the window: the sentence and every chip; it closes by itself.

    Signals
    -------
    removed(str)
        Key of the condition the user took off.
    """

    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "panel")
        self._sentence = WrapLabel(bold=True)
        self._inside = QWidget()
        self._column = column(self._inside, self._sentence, margins=(10, 8, 10, 8), gap=6)
        self._chips: list[ChipWidget] = []
        self._shown = 0
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        column(self, self._scroll, margins=(1, 1, 1, 1))

    @property
    def chips(self) -> tuple[ChipWidget, ...]:
        """The chips in use."""
        return tuple(self._chips[: self._shown])

    def show_conditions(self, sentence: str, chips: tuple[Chip, ...]) -> None:
        """Show `sentence` and `chips`; where nothing is left to take off it closes."""
        self._sentence.show_text(sentence)
        while len(self._chips) < len(chips):
            self._add()
        self._shown = len(chips)
        for at, widget in enumerate(self._chips):
            if at < len(chips):
                widget.show_chip(chips[at])
            widget.setVisible(at < len(chips))
        if not self.isHidden():
            self._size()
            if not chips:
                self.close()

    def open_under(self, place: QPoint) -> None:
        """Open with its upper right corner at `place` on the screen; the keyboard goes to the first chip."""
        self._size()
        screen = self.screen().availableGeometry()
        left = min(max(place.x() - self.width(), screen.left()), screen.right() - self.width())
        self.move(left, min(place.y(), screen.bottom() - self.height()))
        self.show()
        (self._chips[0] if self._shown else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def _size(self) -> None:
        parent = self.parentWidget()
        most = parent.window().height() if parent is not None else LIST_WIDTH
        self._column.activate()
        inner = LIST_WIDTH - 2 * self.frameWidth() - 2
        high = self._column.heightForWidth(inner) + 4
        bounded = min(high, round(most * LIST_SHARE))
        self.resize(
            LIST_WIDTH + (self._scroll.verticalScrollBar().sizeHint().width() if bounded < high else 0),
            bounded,
        )

    def _add(self) -> None:
        widget = ChipWidget(wraps=True)
        widget.removed.connect(lambda: self.removed.emit(widget.chip.key))
        self._chips.append(widget)
        self._column.addWidget(widget)


class ConditionLine(QWidget):
    """A sentence and chips on one line, always as high; what the line does not hold is told by a button ("+2").

    Signals
    -------
    removed(str)
        Key of the condition the user took off.
    """

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ElidedLabel(bold=True, parent=self)
        self._chips: list[ChipWidget] = []
        self._shown: tuple[Chip, ...] = ()
        self.more_button = QToolButton(self)
        self.more_button.setProperty("kind", "more")
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.more_button.clicked.connect(self._open)
        self.more_button.hide()
        self.list = ConditionList(self)
        self.list.removed.connect(self.removed)
        self._add()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def chips(self) -> tuple[ChipWidget, ...]:
        """The chips of all conditions; those that do not fit are hidden here and stand in the list."""
        return tuple(self._chips[: len(self._shown)])

    @property
    def stops(self) -> list[QWidget]:
        """What takes the keyboard, from left to right."""
        return [*self._chips, self.more_button]

    def show_conditions(self, sentence: str, chips: tuple[Chip, ...], more_text: str) -> bool:
        """Show `sentence` and `chips`; `more_text` names the button. Return whether new widgets were made."""
        self._sentence.show_text(sentence)
        made = len(self._chips) < len(chips)
        while len(self._chips) < len(chips):
            self._add()
        self._shown = chips
        for widget, chip in zip(self._chips, chips, strict=False):
            widget.show_chip(chip)
        self.more_button.setToolTip(more_text)
        self.more_button.setAccessibleName(more_text)
        self.list.show_conditions(sentence, chips)
        self.place()
        return made

    def sizeHint(self) -> QSize:
        """Return the room of everything on one line; the height is that of a chip, whether or not there is one."""
        wide = [self._sentence.sizeHint().width(), *(chip.sizeHint().width() for chip in self.chips)]
        high = max(
            self._chips[0].sizeHint().height(),
            self.more_button.sizeHint().height(),
            self._sentence.sizeHint().height(),
        )
        return QSize(sum(wide) + GAP * (len(wide) - 1), high)

    def minimumSizeHint(self) -> QSize:
        """Room for a few words and the button, whatever is said."""
        return QSize(self._least() + GAP + self._more_width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Give sentence, chips and button their places; a chip that does not fit goes, and the button counts it."""
        held = next((chip for chip in self._chips if chip.hasFocus()), None)
        items: list[QWidget] = [self._sentence, *self.chips]
        wanted = [item.sizeHint().width() for item in items]
        given = fit(wanted, self._least(), self.width(), self._more_width()) or [
            max(self.width() - self._more_width() - GAP, 0)
        ]
        left = 0
        for at, item in enumerate(items[: len(given)]):
            high = item.sizeHint().height()
            item.setGeometry(QRect(left, (self.height() - high) // 2, given[at], high))
            left += given[at] + GAP
        fitting = len(given) - 1
        missing = len(self._shown) - fitting
        brief = any(chip.chip.whole not in ("", chip.chip.text) for chip in self.chips[:fitting])
        cut = brief or given != wanted[: len(given)]
        self.more_button.setText(f"+{missing}" if missing else "…")
        self.more_button.adjustSize()
        self.more_button.move(left, (self.height() - self.more_button.height()) // 2)
        self.more_button.setVisible(bool(missing) or cut)
        if held is not None and held not in self._chips[:fitting]:
            (self._chips[fitting - 1] if fitting else self.more_button).setFocus()
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < fitting)

    def _least(self) -> int:
        return self.fontMetrics().averageCharWidth() * LEAST_LETTERS

    def _more_width(self) -> int:
        """Return the room of the button at its widest."""
        now = self.more_button.sizeHint().width()
        metrics = self.more_button.fontMetrics()
        return now - metrics.horizontalAdvance(self.more_button.text()) + metrics.horizontalAdvance("+00")

    def _open(self) -> None:
        """Show all conditions in full."""
        corner = QPoint(self.more_button.width(), self.more_button.height() + 2)
        self.list.open_under(self.more_button.mapToGlobal(corner))

    def _add(self) -> None:
        widget = ChipWidget(parent=self)
        widget.hide()
        widget.removed.connect(lambda: self.removed.emit(widget.chip.key))
        self._chips.append(widget)
