"""A figure in its frame: head, plot, note, source, and whether it may leave the building."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedLayout, QWidget

from widgets.controls.boxes import column, row
from widgets.controls.flow import FlowLayout
from widgets.controls.forms import FoldWords, Form, FormField
from widgets.controls.labels import ElidedLabel, TextLabel
from widgets.controls.messages import GlyphLabel, MessagePanel, PanelMessage
from widgets.controls.notes import NoteLabel
from widgets.controls.style import mark
from widgets.panels.panel_data import PanelData
from widgets.panels.panel_header import PanelHeader

FOLD_BELOW = 42
"""A panel lower than so many lines of text folds its note, so that the figure keeps its room."""

SMALL_PICTURE_LINES = 10
"""Lines of text for which a picture among others keeps its height: of a chart its legend and axes, and room to read."""

PICTURE_LINES = 10
"""Lines of text for which a picture by itself keeps its height; a form of many rows makes the desk scroll instead."""

_BY_USER = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FigurePanel(QFrame):
    """One figure: it takes over the plot it is given, and knows nothing of what that draws.

    Signals
    -------
    focused()
        The user clicked or tabbed into the figure.
    """

    focused = Signal()

    def __init__(self, plot: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = plot
        self._focused = False
        self._by_user = False
        self.setProperty("surface", "panel")
        self.header = PanelHeader()
        self.form = Form()
        self.form.hide()
        self._lock = ElidedLabel(tone="muted", scale=0.92)
        self._lock.hide()
        self._compact = False
        self._data: PanelData | None = None
        self.message = MessagePanel()
        self._room = QWidget()
        self._stack = QStackedLayout(self._room)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(plot)
        self._stack.addWidget(self.message)
        self._busy = TextLabel(tone="pill", parent=self._room)
        self._busy.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._busy.hide()
        self._note = NoteLabel()
        parts = (self.header, self._lock, self.form, (self._room, 1), self._note, self._make_foot())
        column(self, *parts, margins=(14, 10, 12, 8), gap=6)
        self._watch(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def show_panel(self, data: PanelData) -> None:
        """Show everything around the plot."""
        self.header.show_header(data)
        self._lock.show_text(data.lock_sentence)
        self._lock.setVisible(bool(data.lock_sentence))
        self._data = data
        self._show_note()
        self._source.show_text(data.source)
        self._status.show_text(data.status_text)
        self._sign.setVisible(bool(data.status_text))
        self._sign.setAccessibleName(data.status_text)
        if self.accessibleName() != data.title:
            self.setAccessibleName(data.title)
            self.plot.setAccessibleName(data.title)
        if self.plot.accessibleDescription() != data.description:
            self.plot.setAccessibleDescription(data.description)
        self._fit()

    def show_form(self, fields: tuple[FormField, ...], words: FoldWords | None = None) -> None:
        """Show what can be asked of the figure; on the overview there is no room for it."""
        self.form.show_form(fields, words)
        self.form.setVisible(bool(fields) and not self._compact)

    def set_compact(self, compact: bool) -> None:
        """Leave room to the picture: a small figure among others has no form, subtitle, note and source line."""
        if compact != self._compact:
            self._compact = compact
            self.header.set_compact(compact)
            self.form.setVisible(self.form.has_fields and not compact)
            self._show_note()
            self._fit()

    def show_message(self, message: PanelMessage | None) -> None:
        """Show `message` where the plot was; None brings the plot back."""
        if message is not None:
            self.message.show_message(message)
        self._stack.setCurrentWidget(self.plot if message is None else self.message)
        self._busy.raise_()

    def set_focused(self, focused: bool) -> None:
        """Frame the panel in the accent: the table below shows its numbers."""
        self._focused = focused
        mark(self, "focused", "true" if focused else "false")

    def set_busy(self, text: str | None) -> None:
        """Say over the picture that a newer one is on its way; None: it is there."""
        if text:
            self._busy.show_text(text)
            self._place_busy()
            self._busy.raise_()
        self._busy.setVisible(bool(text))

    def minimumSizeHint(self) -> QSize:
        """Room for the picture and every row of the form: how many there are follows from the width."""
        least, column = super().minimumSizeHint(), self.layout()
        if self._compact or column is None:
            return least
        return least.expandedTo(QSize(0, column.totalHeightForWidth(max(self.width(), least.width()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the note where the panel is low."""
        super().resizeEvent(event)
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Fold the note where the panel is low for the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the user turns to this figure, wherever in it the mouse or the keyboard goes."""
        kind = event.type()
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._by_user = event.reason() in _BY_USER
        elif kind == QEvent.Type.MouseButtonPress:
            self._turn_to()
        elif kind == QEvent.Type.Resize and watched is self._room:
            self._place_busy()
        elif isinstance(event, QChildEvent) and event.polished():
            # A form makes its controls when it is shown: they are part of the figure too.
            child = event.child()
            if isinstance(child, QWidget) and not child.isWindow():
                self._watch(child)
        return False

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Turn to this figure when the keyboard comes into it; called after the event that says by what.

        A widget that is hidden hands its focus on as if Tab had been pressed: that is nobody's wish.
        """
        if now is None or not self._by_user or not (now is self or self.isAncestorOf(now)):
            return
        self._by_user = False
        if old is None or old.isVisible():
            self._turn_to()

    def _watch(self, widget: QWidget) -> None:
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)

    def _make_foot(self) -> FlowLayout:
        self._source = ElidedLabel(tone="muted")
        self._sign = GlyphLabel("done")
        self._status = ElidedLabel(tone="muted")
        safety = QWidget()
        row(safety, self._sign, self._status, gap=6)
        foot = FlowLayout(gap=16, row_gap=2, ends=True)
        foot.addWidget(self._source)
        foot.addWidget(safety)
        return foot

    def _turn_to(self) -> None:
        """Say so once; whether the frame is drawn is decided outside."""
        if not self._focused:
            self._focused = True
            self.focused.emit()

    def _show_note(self) -> None:
        """A note that is not shown is not written: laying it out would move the picture at every answer."""
        if self._data is not None and not self._compact:
            self._note.show_note(self._data.note, self._data.more_text, self._data.less_text)

    def _fit(self) -> None:
        least = self.fontMetrics().height() * (SMALL_PICTURE_LINES if self._compact else PICTURE_LINES)
        if self._room.minimumHeight() != least:
            self._room.setMinimumHeight(least)
        self._note.set_short_of_room(self.height() < self.fontMetrics().height() * FOLD_BELOW)
        self._note.setVisible(bool(self._note.shown_text) and not self._compact)
        self._source.setVisible(not self._compact)

    def _place_busy(self) -> None:
        self._busy.adjustSize()
        self._busy.move((self._room.width() - self._busy.width()) // 2, 8)
