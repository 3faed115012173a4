"""Who is in, always in sight: the selection as a sentence, as chips to take off, and n of N."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.flow import FlowLayout
from widgets.focus import chain_focus
from widgets.glyphs import draw_glyph
from widgets.labels import TextLabel, WrapLabel
from widgets.toggles import show_button


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One condition of the selection; `remove_text` names its cross ("Remove: women"), `text` when empty."""

    key: str
    text: str
    remove_text: str = ""


class CrossButton(QToolButton):
    """A small cross that takes something away; its accessible name and tooltip say what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "close")
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_name(self, name: str) -> None:
        """Say what the cross takes away."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Follow the text's size."""
        side = self.fontMetrics().height() + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cross over the button's own background."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self.fontMetrics().ascent()
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        strong = self.underMouse() or self.hasFocus()
        palette = self.palette()
        draw_glyph(painter, "cross", box, (palette.text() if strong else palette.placeholderText()).color())


class ChipWidget(QFrame):
    """One chip: words, on several lines where they are long, and a cross; Delete or Backspace takes it off.

    Signals
    -------
    removed()
        The user took it off.
    """

    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.chip = Chip(key="", text="")
        self._label = WrapLabel()
        self.cross = CrossButton()
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 4, 2)
        row.setSpacing(3)
        row.addWidget(self._label, 1)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chip(self, chip: Chip) -> None:
        """Show `chip`."""
        if chip != self.chip:
            self.chip = chip
            self._label.show_text(chip.text)
            self.cross.show_name(chip.remove_text or chip.text)
            self.setAccessibleName(chip.text)
            self.setAccessibleDescription(chip.remove_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chip off with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rounded ground, with a frame when the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        focus = self.hasFocus()
        painter.setPen(QPen((palette.accent() if focus else palette.mid()).color(), 2 if focus else 1))
        painter.setBrush(palette.alternateBase())
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        # Of several lines the ends are as round as those of one.
        bend = min(box.height(), self.fontMetrics().height() + 6) / 2
        painter.drawRoundedRect(box, bend, bend)


class SelectionBar(QFrame):
    """The bar above the figures: sentence, chips, n of N, and a button that clears everything.

    Signals
    -------
    chip_removed(str)
        Key of the condition the user took off.
    cleared()
        The user wants no selection.
    """

    chip_removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._chips: list[ChipWidget] = []
        self._sentence = WrapLabel(bold=True)
        self._count = TextLabel(bold=True)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clear_button = QPushButton()
        self.clear_button.clicked.connect(self.cleared)
        self._flow_box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._flow_box.setSizePolicy(policy)
        self._flow = FlowLayout(self._flow_box, gap=8, row_gap=4)
        self._flow.addWidget(self._sentence)
        self._gap = QWidget(self)
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._gap.hide()
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        self._row.addLayout(self._left)
        self._row.addWidget(self._flow_box, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._count)
        self._row.addLayout(self._right)
        self._row.addWidget(self.clear_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 6)
        self._column.setSpacing(6)
        self._column.addLayout(self._row)
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy.verticalPolicy())

    @property
    def chips(self) -> tuple[ChipWidget, ...]:
        """The chips in use."""
        return tuple(chip for chip in self._chips if not chip.isHidden())

    def add_left(self, widget: QWidget) -> None:
        """Put a widget before the sentence (undo, redo)."""
        self._left.addWidget(widget)
        self._chain()

    def add_right(self, widget: QWidget) -> None:
        """Put a widget between the count and the button that clears (A and B)."""
        self._right.addWidget(widget)
        self._chain()

    def show_selection(
        self,
        sentence: str,
        count_text: str,
        chips: tuple[Chip, ...],
        *,
        clear_text: str,
        clear_enabled: bool,
        clear_tooltip: str,
    ) -> None:
        """Show who is in; `clear_tooltip` says why there is nothing to clear."""
        self._sentence.show_text(sentence)
        self._count.show_text(count_text)
        self.setAccessibleName(f"{sentence}, {count_text}")
        if len(self._chips) < len(chips):
            while len(self._chips) < len(chips):
                self._add_chip()
            self._chain()
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for at, widget in enumerate(self._chips):
            if at < len(chips):
                widget.show_chip(chips[at])
        show_button(self.clear_button, clear_text, enabled=clear_enabled, tooltip=clear_tooltip)
        if focused is not None and focused >= len(chips):
            (self._chips[len(chips) - 1] if chips else self.clear_button).setFocus()
        for at, widget in enumerate(self._chips):
            widget.setVisible(at < len(chips))
        self._stack()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give sentence and chips the whole width where they would need more than two rows beside the rest."""
        super().resizeEvent(event)
        self._stack()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out again when the text's size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._flow.invalidate()
            self._stack()

    def _stack(self) -> None:
        margins = self._column.contentsMargins()
        parts = (self._left, self._right, self._count, self.clear_button)
        taken = sum(part.sizeHint().width() + self._row.spacing() for part in parts)
        room = self.width() - margins.left() - margins.right() - taken
        rows = 2 * self.fontMetrics().height() + 24
        stacked = room < 160 or self._flow.heightForWidth(room) > rows
        if stacked == self._stacked:
            return
        self._stacked = stacked
        if stacked:
            self._row.replaceWidget(self._flow_box, self._gap)
            self._gap.show()
            self._column.insertWidget(0, self._flow_box)
        else:
            self._column.removeWidget(self._flow_box)
            self._row.replaceWidget(self._gap, self._flow_box)
            self._row.setAlignment(self._flow_box, Qt.AlignmentFlag.AlignVCenter)
            self._gap.hide()

    def _chain(self) -> None:
        """Let Tab go from left to right."""
        sides = [
            [item.widget() for at in range(side.count()) if (item := side.itemAt(at)) is not None]
            for side in (self._left, self._right)
        ]
        left, right = ([widget for widget in side if widget is not None] for side in sides)
        chain_focus([*left, *self._chips, *right, self.clear_button])

    def _add_chip(self) -> None:
        widget = ChipWidget()
        widget.removed.connect(lambda: self.chip_removed.emit(widget.chip.key))
        self._chips.append(widget)
        self._flow.addWidget(widget)
