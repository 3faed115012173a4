"""The window: people on the left, figures in the middle, their numbers below. It lays out; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QMainWindow,
    QSplitter,
    QStatusBar,
    QToolButton,
    QWidget,
)

from explorer.shell.showing import Layout
from widgets.controls.boxes import column
from widgets.controls.buttons import ElidedButton
from widgets.controls.cards import DatasetCard
from widgets.controls.facets import FacetPanel
from widgets.controls.focus import next_stop
from widgets.controls.labels import ElidedLabel, TextLabel
from widgets.controls.messages import Banner
from widgets.controls.pages import PageBar
from widgets.controls.progress import ProgressStrip
from widgets.controls.selection_bar import SelectionBar
from widgets.controls.tables import NumberTable
from widgets.panels.desk import Desk
from widgets.panels.panel import FigurePanel
from widgets.plots.stage import Stage

DRAWER_BELOW: Final = 850
"""Lower than this, the table is a drawer: hidden until it is asked for."""
COLUMN_WIDTH: Final = 272
OPEN_SIZES: Final = (620, 210)
"""Heights of the figures and of the table below them until the reader chooses others."""


class MainWindow(QMainWindow):
    """All widgets of the window and where they stand.

    `may_close` is asked before it closes.

    Signals
    -------
    dropped(object)
        The path of a folder or file let go over the window.
    compare_chosen(str)
        What to compare by: "=" the CBS figures' own, "" nothing, else a column.
    closing()
        The window is about to close.
    table_toggled()
        The table is shown, or is not any more.
    """

    dropped = Signal(object)
    compare_chosen = Signal(str)
    closing = Signal()
    table_toggled = Signal()

    def __init__(self, panels: int) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.may_close: Callable[[], bool] = lambda: True
        self.card = DatasetCard()
        self.facets = FacetPanel()
        self.compare_label, self.compare = TextLabel(bold=True), QComboBox()
        self.filter_label = TextLabel(bold=True)
        self.selection = SelectionBar()
        self.undo_button, self.redo_button = ElidedButton(), ElidedButton()
        self.banner = Banner()
        self.plots = tuple(Stage() for _ in range(panels))
        self.panels = tuple(FigurePanel(plot) for plot in self.plots)
        self.pages = PageBar()
        self.desk = Desk(self.panels)
        self.kept_buttons = (QToolButton(), QToolButton(), QToolButton())
        self.table = NumberTable()
        self.progress = ProgressStrip()
        self.status = ElidedLabel(tone="muted")
        self._middle = QSplitter(Qt.Orientation.Vertical)
        # Whether the figures need the room of the table, and what the reader chose, if anything.
        self._roomy = False
        self._table_wanted: bool | None = None
        self._choices: tuple[tuple[str, str], ...] = ()
        self._open_sizes = list(OPEN_SIZES)
        self._lay_out()
        self.compare.activated.connect(lambda at: self.compare_chosen.emit(self.compare.itemData(at)))

    def _lay_out(self) -> None:
        self.selection.add_left(self.undo_button)
        self.selection.add_left(self.redo_button)
        for button in self.kept_buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self.pages.add_right(button)
        figures = QWidget()
        column(figures, self.pages, self.selection, self.banner, (self.desk, 1), gap=8)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(figures)
        self._middle.addWidget(self.table)
        self._middle.setStretchFactor(0, 5)
        self._middle.setStretchFactor(1, 2)
        self._middle.setSizes(self._open_sizes)
        left = QWidget()
        parts = (self.card, self.compare_label, self.compare, self.filter_label, (self.facets, 1))
        column(left, *parts, gap=8)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.addWidget(left)
        whole.addWidget(self._middle)
        whole.setStretchFactor(0, 0)
        whole.setStretchFactor(1, 1)
        whole.setSizes([COLUMN_WIDTH, 1000])
        frame = QWidget()
        column(frame, whole, margins=(10, 8, 10, 4))
        self.setCentralWidget(frame)
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.status, 1)
        bar.addPermanentWidget(self.progress)
        self.setStatusBar(bar)
        self.compare_label.setBuddy(self.compare)

    @property
    def table_shown(self) -> bool:
        """Whether the numbers below are shown."""
        return not self.table.isHidden()

    def show_table(self, shown: bool) -> None:
        """Show or hide the numbers below, from now on."""
        self._table_wanted = shown
        self._arrange()

    def _arrange(self) -> None:
        """The table stands below; where the figures need the room it is a drawer, closed until asked for."""
        room = self.height() >= DRAWER_BELOW and not self._roomy
        shown = room if self._table_wanted is None else self._table_wanted
        before = self.table_shown
        self.table.setVisible(shown)
        if shown != before:
            self.table_toggled.emit()

    def show_layout(self, layout: Layout) -> None:
        """Show a page: its figures on the desk, the focused one framed."""
        self.pages.show_pages(layout.pages, layout.page, layout.beside, layout.hint)
        self.desk.show_desk(layout.desk)
        for at, panel in enumerate(self.panels):
            panel.set_focused(at == layout.focused)
        self._fold_table(layout.only_tables)
        self._roomy = layout.roomy
        self._arrange()

    def show_people(self, shown: bool) -> None:
        """Show the column of the dataset; without one there is nothing in it to choose from."""
        for widget in (self.card, self.compare_label, self.compare, self.filter_label, self.facets):
            widget.setVisible(shown)

    def _fold_table(self, folded: bool) -> None:
        """Numbers that stand in the figure are not shown once more below it: their title and buttons remain."""
        if folded == self.table.folded:
            return
        if folded and self._middle.sizes()[1]:
            self._open_sizes = self._middle.sizes()
        self.table.set_folded(folded)
        if not folded:
            self._middle.setSizes(self._open_sizes)

    def show_compare(
        self, label: str, choices: tuple[tuple[str, str], ...], chosen: str, lack: str = ""
    ) -> None:
        """Show what figures can be compared by; `lack` says why nothing can be chosen now."""
        self.compare_label.show_text(label)
        self.compare.setAccessibleName(label)
        blocker = QSignalBlocker(self.compare)
        if self._choices != choices:
            self._choices = choices
            self.compare.clear()
            for key, text in choices:
                self.compare.addItem(text, key)
        keys = [key for key, _ in choices]
        self.compare.setCurrentIndex(keys.index(chosen) if chosen in keys else 0)
        self.compare.setEnabled(bool(choices) and not lack)
        self.compare.setToolTip(lack)
        del blocker

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on with Tab as the window is read: people, pages, selection, figures, numbers."""
        stop = next_stop(self._regions(), self.focusWidget(), forward=forward)
        if stop is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
        return True

    def _regions(self) -> list[QWidget]:
        left = (self.card, self.compare, *self.facets.sections)
        above = (self.pages, self.selection, self.banner)
        figures = (self.panels[index] for row in self.desk.rows for index in row)
        return [*left, *above, *figures, self.desk.away, self.table]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange at the heights where the layout changes."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes, unless it may not; work is stopped by whoever started it."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a folder, or a file in one."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(Path(url.toLocalFile()))
                return
