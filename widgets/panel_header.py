"""The head of a figure: what it shows, which measure, what is drawn with it, and how to take it out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from widgets.labels import ElidedLabel, TextLabel, role_font
from widgets.toggles import Toggle, show_button


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One entry of the measure list; entries of the same `group`, in a row, stand under its name."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelData:
    """Everything around the plot of one figure, in the reader's language.

    Attributes
    ----------
    title, subtitle
        The measure in words; where the figure comes from.
    measures, measure, measure_text
        What can be shown, the key of what is shown, and the name of the list for a screen reader.
    interval_*, published_*
        The two toggles; a tooltip of a disabled one says why it cannot act. An empty text: no such toggle.
    save_text, save_enabled, save_tooltip
        The button that takes the figure out; an empty text: no such button.
    options_text
        The button that stands for toggles and Save where the panel is narrow ("Options").
    note, more_text, less_text
        The note, and the words of the button that opens and folds it where room is short.
    source, badge
        The source line; "Synthetic", or "".
    status_text, safe
        What disclosure control did ("nothing hidden"); `safe` picks the sign, never a colour alone.
    description
        The figure in words, for a screen reader.
    """

    title: str
    subtitle: str = ""
    measures: tuple[Measure, ...] = ()
    measure: str = ""
    measure_text: str = ""
    interval_text: str = ""
    interval_on: bool = False
    interval_enabled: bool = True
    interval_tooltip: str = ""
    published_text: str = ""
    published_on: bool = False
    published_enabled: bool = True
    published_tooltip: str = ""
    save_text: str = ""
    save_enabled: bool = True
    save_tooltip: str = ""
    options_text: str = ""
    note: str = ""
    more_text: str = ""
    less_text: str = ""
    source: str = ""
    badge: str = ""
    status_text: str = ""
    safe: bool = True
    description: str = ""


class PanelHeader(QWidget):
    """Title and controls in two rows; where they do not fit, the controls go into a menu with words.

    Signals
    -------
    measure_chosen(str), interval_toggled(bool), published_toggled(bool), save_requested()
        What the user did.
    """

    measure_chosen = Signal(str)
    interval_toggled = Signal(bool)
    published_toggled = Signal(bool)
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: PanelData | None = None
        self._title = ElidedLabel(scale=1.2, bold=True)
        self._subtitle = ElidedLabel(tone="muted")
        self._badge = TextLabel(tone="badge")
        self.measure_box = _MeasureBox()
        self.measure_box.activated.connect(self._choose_measure)
        self.interval_button, self.published_button = Toggle(), Toggle()
        self.interval_button.switched.connect(self.interval_toggled)
        self.published_button.switched.connect(self.published_toggled)
        self.save_button = QPushButton()
        self.save_button.setProperty("kind", "quiet")
        self.save_button.clicked.connect(self.save_requested)
        self._make_menu()
        self._arrange()

    def show_header(self, data: PanelData) -> None:
        """Show title, controls and their state."""
        self._data = data
        self._title.show_text(data.title)
        self._subtitle.show_text(data.subtitle)
        self._badge.show_text(data.badge)
        self._badge.setVisible(bool(data.badge))
        self.measure_box.show_measures(data.measures, data.measure, data.measure_text)
        self.measure_box.setVisible(bool(data.measures))
        self.interval_button.show_toggle(
            data.interval_text,
            on=data.interval_on,
            enabled=data.interval_enabled,
            tooltip=data.interval_tooltip,
        )
        self.published_button.show_toggle(
            data.published_text,
            on=data.published_on,
            enabled=data.published_enabled,
            tooltip=data.published_tooltip,
        )
        show_button(self.save_button, data.save_text, enabled=data.save_enabled, tooltip=data.save_tooltip)
        show_button(self.menu_button, data.options_text)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Room for the folded head, so that the panel can be made narrow enough to fold it."""
        shown = [self._title.minimumSizeHint().width()]
        shown += [self._badge.sizeHint().width()] if not self._badge.isHidden() else []
        folded = self.measure_box.minimumSizeHint().width() + self.menu_button.sizeHint().width() + 6
        return QSize(max(sum(shown) + 8 * len(shown), folded), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls into the menu, or back, at the new width."""
        super().resizeEvent(event)
        self._fold()

    def _make_menu(self) -> None:
        self.menu_button = QPushButton()
        self.menu_button.setProperty("kind", "menu")
        self.menu = QMenu(self.menu_button)
        self.menu.setToolTipsVisible(True)
        self.interval_action, self.published_action = QAction(self), QAction(self)
        self.save_action = QAction(self)
        for action in (self.interval_action, self.published_action):
            action.setCheckable(True)
        self.interval_action.triggered.connect(self.interval_toggled)
        self.published_action.triggered.connect(self.published_toggled)
        self.save_action.triggered.connect(self.save_requested.emit)
        self.menu.addActions([self.interval_action, self.published_action])
        self.menu.addSeparator()
        self.menu.addAction(self.save_action)
        self.menu.aboutToShow.connect(self._show_menu)
        self.menu_button.setMenu(self.menu)

    def _arrange(self) -> None:
        self._titles = QHBoxLayout()
        self._titles.setSpacing(8)
        self._titles.addWidget(self._title)
        self._titles.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self._titles.addStretch(1)
        self._titles.addWidget(self.measure_box)
        self._controls = QHBoxLayout()
        self._controls.setSpacing(6)
        self._controls.addWidget(self._subtitle, 1)
        self._controls.addStretch(0)
        for button in (self.interval_button, self.published_button, self.save_button, self.menu_button):
            self._controls.addWidget(button)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(self._titles)
        rows.addLayout(self._controls)

    def _fold(self) -> None:
        """Show buttons where they leave the subtitle its room, else the menu."""
        if self._data is None:
            return
        narrow = self._narrow()
        pairs = (
            (self.interval_button, self._data.interval_text),
            (self.published_button, self._data.published_text),
            (self.save_button, self._data.save_text),
        )
        wide = [button for button, text in pairs if text]
        needed = sum(button.sizeHint().width() + 6 for button in wide)
        words = self.measure_box.sizeHint().width() if narrow else min(self._subtitle.sizeHint().width(), 160)
        fits = needed + words + 10 <= self.width() or not self._data.options_text
        for button, text in pairs:
            button.setVisible(bool(text) and fits)
        self.menu_button.setVisible(bool(wide) and not fits)
        self._rows.activate()

    def _narrow(self) -> bool:
        """Let the measures go down a row, where the subtitle was, when the title would lose letters to them."""
        if self._data is None:
            return False
        parts = [self._title, self._badge, self.measure_box]
        needed = sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden()) + 8
        narrow = needed > self.width() and bool(self._data.measures)
        at, other = (self._controls, self._titles) if narrow else (self._titles, self._controls)
        if at.indexOf(self.measure_box) < 0:
            other.removeWidget(self.measure_box)
            at.insertWidget(0 if narrow else -1, self.measure_box)
        self._subtitle.setVisible(not narrow)
        self._title.setAccessibleDescription(self._data.subtitle)
        return narrow

    def _show_menu(self) -> None:
        data = self._data
        if data is None:
            return
        entries = (
            (self.interval_action, data.interval_text, data.interval_enabled, data.interval_tooltip),
            (self.published_action, data.published_text, data.published_enabled, data.published_tooltip),
            (self.save_action, data.save_text, data.save_enabled, data.save_tooltip),
        )
        for action, text, enabled, tooltip in entries:
            action.setText(text)
            action.setVisible(bool(text))
            action.setEnabled(enabled)
            action.setToolTip(tooltip)
        self.interval_action.setChecked(data.interval_on)
        self.published_action.setChecked(data.published_on)

    def _choose_measure(self, at: int) -> None:
        key = self.measure_box.itemData(at)
        if self._data is not None and isinstance(key, str) and key != self._data.measure:
            self.measure_chosen.emit(key)


class _MeasureBox(QComboBox):
    """The list of measures, under the names of their groups; the wheel is left to the page."""

    def __init__(self) -> None:
        super().__init__()
        self._measures: tuple[Measure, ...] = ()
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(20)

    def show_measures(self, measures: tuple[Measure, ...], chosen: str, name: str) -> None:
        """Show the list with `chosen` on top; `name` says what is chosen from it."""
        self.setAccessibleName(name)
        with QSignalBlocker(self):
            if measures != self._measures:
                self._measures = measures
                self._fill()
            at = self.findData(chosen)
            if at != self.currentIndex():
                self.setCurrentIndex(at)
        if self.toolTip() != self.currentText():
            self.setToolTip(self.currentText())

    def sizeHint(self) -> QSize:
        """Room for the longest entry, up to 36 letters."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 36 + 40), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a dozen letters; the rest is cut with an ellipsis."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 12 + 40), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with its text cut to the room there is."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.ComplexControl.CC_ComboBox
        painter.drawComplexControl(box, option)
        room = self.style().subControlRect(box, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _fill(self) -> None:
        model = self._entries
        model.clear()
        group = ""
        for measure in self._measures:
            if measure.group and measure.group != group:
                heading = QStandardItem(measure.group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(role_font(1.0, bold=True))
                model.appendRow(heading)
            group = measure.group
            entry = QStandardItem(measure.label)
            entry.setData(measure.key, Qt.ItemDataRole.UserRole)
            entry.setToolTip(measure.label)
            model.appendRow(entry)
        longest = max((self.fontMetrics().horizontalAdvance(one.label) for one in self._measures), default=0)
        self.view().setMinimumWidth(min(longest + 48, 520))
