"""The note under a figure: whole where there is room, two lines and a button where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from widgets.controls.boxes import column
from widgets.controls.labels import WrapLabel, size_by_width
from widgets.controls.toggles import link_button, show_button

FOLDED_LINES = 2


class NoteLabel(QWidget):
    """Words that wrap and can be selected; folded to two lines when told that room is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._short_of_room = False
        self._opened = False
        self._texts = ("", "")
        self._laid_out: tuple[object, ...] = ()
        self._label = WrapLabel(tone="muted")
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.more_button = link_button(self._switch)
        self.more_button.hide()
        column(self, self._label, (self.more_button, Qt.AlignmentFlag.AlignLeft))
        size_by_width(self)

    @property
    def shown_text(self) -> str:
        """The text on the screen, folded or whole."""
        return self._label.text()

    def show_note(self, text: str, more_text: str, less_text: str) -> None:
        """Show `text`; the other two are the words of the button that opens and folds it."""
        if (text, more_text, less_text) == (self._whole, *self._texts):
            return
        self._whole, self._texts = text, (more_text, less_text)
        self._label.setAccessibleName(text)
        self.setVisible(bool(text))
        self._lay_out()

    def set_short_of_room(self, short: bool) -> None:
        """Fold to two lines, or give the whole."""
        if short != self._short_of_room:
            self._short_of_room = short
            self._opened = False
            self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Room for a short word and a line."""
        return self._label.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Cut again in the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def _switch(self) -> None:
        self._opened = not self._opened
        self._lay_out()

    def _lay_out(self) -> None:
        state = (self._whole, self._texts, self._short_of_room, self._opened, self.width(), self.font().key())
        if state == self._laid_out:
            return
        self._laid_out = state
        first = self._first_lines() if self._short_of_room else self._whole
        cut = first != self._whole
        self._label.show_text(self._whole if self._opened else first)
        show_button(self.more_button, self._texts[1 if self._opened else 0])
        self.more_button.setAccessibleDescription(self._whole)
        self.more_button.setVisible(cut)
        self.updateGeometry()

    def _first_lines(self) -> str:
        """Return as much of the note as two lines hold, with an ellipsis where it is cut."""
        layout = QTextLayout(self._whole, self._label.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(max(self.width(), 40))
            starts.append(line.textStart())
            line = layout.createLine()
        layout.endLayout()
        if len(starts) <= FOLDED_LINES:
            return self._whole
        last = starts[FOLDED_LINES - 1]
        rest = self._whole[last : starts[FOLDED_LINES]].rstrip(" .,;:") + "…"
        room = max(self.width() - self._label.fontMetrics().averageCharWidth(), 40)
        return self._whole[:last] + self._label.fontMetrics().elidedText(
            rest, Qt.TextElideMode.ElideRight, room
        )
