"""The row of pages above the figures."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.controls.boxes import row
from widgets.controls.flow import FlowLayout
from widgets.controls.labels import role_font

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class PageBar(QWidget):
    """Pages by name, the present one marked; where the text is too large for one row, it takes two.

    Left and Right go along the names, Space or Enter turns to one, with Ctrl it is asked for beside the present one.

    Signals
    -------
    page_chosen(str)
        The user turned to a page.
    beside_requested(str)
        The user asked for a page beside the present one, or for it to go (Ctrl+click).
    """

    page_chosen = Signal(str)
    beside_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[tuple[str, str], ...] = ()
        self._present = ""
        self.tabs: list[PageTab] = []
        names = QWidget()
        self._names = FlowLayout(names, gap=2, row_gap=0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        names.setSizePolicy(policy)
        self._row = row(self, (names, 1), gap=4)

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_pages(
        self, pages: tuple[tuple[str, str], ...], present: str, beside: tuple[str, ...] = (), hint: str = ""
    ) -> None:
        """Show the pages, which one is open, and which stand beside it; `hint` says what Ctrl+click does."""
        turned = present != self._present
        self._pages, self._present = pages, present
        while len(self.tabs) < len(pages):
            self._add()
        stop = next((at for at, (key, _) in enumerate(pages) if key == present), 0)
        for at, tab in enumerate(self.tabs):
            tab.setVisible(at < len(pages))
            if at < len(pages):
                key, text = pages[at]
                tab.show_page(
                    text, present=key == present, beside=key in beside and key != present, hint=hint
                )
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus)
        if turned:
            self._follow(stop)

    def _follow(self, stop: int) -> None:
        """Take the keyboard along to the page that was turned to, if it stands on another's name."""
        held = next((tab for tab in self.tabs if tab.hasFocus()), None)
        if held is not None and held is not self.tabs[stop]:
            by_key = held.framed
            self.tabs[stop].setFocus(
                Qt.FocusReason.TabFocusReason if by_key else Qt.FocusReason.MouseFocusReason
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the names; the page turns when it is asked for, not on the way."""
        key, present = Qt.Key(event.key()), self.focusWidget()
        if key in _STEPS and isinstance(present, PageTab):
            at = min(max(self.tabs.index(present) + _STEPS[key], 0), len(self._pages) - 1)
            self.tabs[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        tab, at = PageTab(), len(self.tabs)
        tab.asked.connect(lambda beside: self._tell(at, beside))
        self.tabs.append(tab)
        self._names.addWidget(tab)

    def _tell(self, at: int, beside: bool) -> None:
        key = self._pages[at][0]
        if key == self._present:
            return
        signal = self.beside_requested if beside else self.page_chosen
        signal.emit(key)


class PageTab(QAbstractButton):
    """The name of one page: underlined in the accent when it is present, in grey when it stands beside it.

    Signals
    -------
    asked(bool)
        The user wants this page; whether beside the present one.
    """

    asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = False
        self._ctrl = False
        self._by_key = False
        self.clicked.connect(lambda: self.asked.emit(self._ctrl))
        self.setCheckable(True)
        # One of several: a screen reader says so, and which.
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def framed(self) -> bool:
        """Whether the keyboard is here and came by key."""
        return self.hasFocus() and self._by_key

    def show_page(self, text: str, *, present: bool, beside: bool, hint: str) -> None:
        """Show the name and how the page stands."""
        shown = (self.text(), self.isChecked(), self._beside, self.toolTip())
        if (text, present, beside, hint) != shown:
            self._beside = beside
            self.setText(text)
            self.setChecked(present)
            self.setAccessibleName(f"+ {text}" if beside else text)
            self.setToolTip(hint)
            self.setAccessibleDescription(hint)
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:
        """Stay as shown: which page is present is decided outside."""

    def sizeHint(self) -> QSize:
        """Room for the name in its heaviest form, so that nothing moves when another page is present."""
        metrics = QFontMetrics(role_font(1.0, bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 24, metrics.height() + 15)

    def minimumSizeHint(self) -> QSize:
        """As large as it wants to be: a name is never cut."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the page, beside the present one with Ctrl."""
        self._ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mouseReleaseEvent(event)
        self._ctrl = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the page with Space or Enter; arrows are left to the row."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.click()
            self._ctrl = False
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focus to those who came by key."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name and the line under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, box = self.palette(), self.rect()
        strong = self.isChecked() or self._beside or self.underMouse()
        painter.setFont(role_font(1.0, bold=self.isChecked()))
        painter.setPen((palette.text() if strong else palette.placeholderText()).color())
        painter.drawText(box.adjusted(0, 0, 0, -2), int(Qt.AlignmentFlag.AlignCenter), self.text())
        line = box.adjusted(10, box.height() - 3, -10, 0)
        if self.isChecked():
            painter.fillRect(line, palette.accent())
        elif self._beside:
            painter.fillRect(line.adjusted(0, 0, 0, -1), palette.dark())
        elif self.underMouse():
            painter.fillRect(line.adjusted(0, 1, 0, -1), palette.mid())
        if self.framed:
            painter.setPen(QPen(palette.accent().color(), 1.5))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -5), 4, 4)
