"""When there is nothing to draw, or something to say: a panel in the figure's place, a line above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.chips import CrossButton
from widgets.controls.glyphs import Glyph, draw_glyph
from widgets.controls.labels import WrapLabel
from widgets.controls.style import mark
from widgets.controls.toggles import link_button, show_button

Kind: TypeAlias = Literal["info", "warning", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageButton:
    """One thing the reader can do about it; the first of a message is the one proposed."""

    key: str
    text: str
    enabled: bool = True
    tooltip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMessage:
    """What happened and what to try, in a title and a sentence; buttons for it."""

    title: str
    sentence: str = ""
    buttons: tuple[MessageButton, ...] = ()
    kind: Kind = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line to know of; `close_text` names its cross; `action_text` is a button, "" for none."""

    text: str
    close_text: str
    action_text: str = ""
    kind: Kind = "info"


class GlyphLabel(QWidget):
    """A sign as high as the text beside it; it never stands without words."""

    def __init__(self, glyph: Glyph = "info", *, scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self._scale = scale

    def show_glyph(self, glyph: Glyph) -> None:
        """Show another sign."""
        if glyph != self._glyph:
            self._glyph = glyph
            self.update()

    def sizeHint(self) -> QSize:
        """Follow the text's size."""
        side = round(self.fontMetrics().height() * self._scale)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign, in the warning's colour if it warns."""
        palette = self.palette()
        colour = palette.brightText() if self._glyph == "warning" else palette.placeholderText()
        side = self.sizeHint().width() - 2
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw_glyph(QPainter(self), self._glyph, box, colour.color(), weight=1.4)


class _Words(QWidget):
    """Words in a layout, at least as high as they are at the width they get."""

    def minimumSizeHint(self) -> QSize:
        """Room for every line."""
        least, column = super().minimumSizeHint(), self.layout()
        wide = max(self.width(), least.width())
        return least if column is None else least.expandedTo(QSize(0, column.totalHeightForWidth(wide)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of the height that follows from another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class MessagePanel(QScrollArea):
    """A message in the middle of the room a figure would have; where that is too low for it, it scrolls.

    Signals
    -------
    chosen(str)
        Key of the button the user pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = GlyphLabel(scale=1.8)
        self._title = WrapLabel(scale=1.15, bold=True)
        self._sentence = WrapLabel()
        self._buttons: list[QPushButton] = []
        self._message = PanelMessage(title="")
        # The widget is no wider, and not its labels: their heights are asked for at the width they get.
        said = QWidget()
        said.setMaximumWidth(560)
        self._row = row(None, 1, margins=(0, 6, 0, 0), gap=8)
        column(said, self._title, self._sentence, self._row, gap=6)
        across = row(None, 1, (self._sign, Qt.AlignmentFlag.AlignTop), (said, 100), 1, gap=14)
        inside = _Words()
        column(inside, 1, across, 1, margins=(16, 6, 16, 6))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The wheel and the buttons scroll: a stop of its own in the order of Tab would be one without a use.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.viewport(), inside):
            part.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """What scrolls can be low."""
        return QSize(0, self.fontMetrics().height() * 3)

    def show_message(self, message: PanelMessage) -> None:
        """Show `message`."""
        if message == self._message:
            return
        self._message = message
        self._sign.show_glyph(message.kind)
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.sentence)
        for label, text in ((self._title, message.title), (self._sentence, message.sentence)):
            label.show_text(text)
            label.setVisible(bool(text))
        while len(self._buttons) < len(message.buttons):
            self._add_button()
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(message.buttons))
            if at < len(message.buttons):
                new = message.buttons[at]
                show_button(button, new.text, enabled=new.enabled, tooltip=new.tooltip)

    def _add_button(self) -> None:
        button = QPushButton()
        at = len(self._buttons)
        mark(button, "kind", "primary" if at == 0 else "")
        button.clicked.connect(lambda: self.chosen.emit(self._message.buttons[at].key))
        self._buttons.append(button)
        self._row.insertWidget(at, button)


class Banner(QFrame):
    """One line across the window, to read and close.

    Signals
    -------
    closed(), acted()
        The user closed it, or pressed its button.
    """

    closed = Signal()
    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._sign = GlyphLabel()
        self._text = WrapLabel()
        self.action_button = link_button(self.acted)
        self.close_button = CrossButton()
        self.close_button.clicked.connect(self.closed)
        parts = (self._sign, (self._text, 1), self.action_button, self.close_button)
        row(self, *parts, margins=(12, 5, 8, 5), gap=8)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show `notice`; None hides the line."""
        if notice is not None:
            mark(self, "surface", "notice" if notice.kind == "warning" else "panel")
            self._sign.show_glyph(notice.kind)
            self._text.show_text(notice.text)
            self.setAccessibleName(notice.text)
            show_button(self.action_button, notice.action_text)
            self.action_button.setVisible(bool(notice.action_text))
            self.close_button.show_name(notice.close_text)
        self.setVisible(notice is not None)
