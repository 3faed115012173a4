"""A table on screen in the place of a figure: numbers that are read as numbers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.boxes import column, row
from widgets.controls.labels import ElidedLabel, TextLabel
from widgets.controls.number_view import NumberView
from widgets.controls.table_model import NumberModel
from widgets.pictures.kinds import TableChart
from widgets.pictures.palette import LIGHT, Theme
from widgets.pictures.table_data import EMPTY as NO_NUMBERS
from widgets.plots.empty import EmptyState
from widgets.plots.room import LEAST
from widgets.plots.veil import Veil

EMPTY: Final = TableChart(title="", empty=" ")


class TablePlot(QWidget):
    """A table of numbers: sorted by its headings, copied with the usual keys, read row by row.

    With the keyboard: arrows go from cell to cell, Alt with Down or Up sorts by the column in hand, Escape lets go. It
    tells no months.

    Signals
    -------
    hovered(object), brushed(object), rule_moved(str, float), rule_dropped(str, float)
        Never: nothing is chosen here.
    """

    hovered = Signal(object)
    brushed = Signal(object)
    rule_moved = Signal(str, float)
    rule_dropped = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.theme = EMPTY, LIGHT
        self.model = NumberModel(self)
        self.view = NumberView(self.model, self)
        self.view.copy_asked.connect(self.view.copy)
        self._caption = ElidedLabel(tone="muted")
        self._badge = TextLabel(tone="muted")
        self._empty, self._veil = EmptyState(self), Veil(self)
        head = row(None, (self._caption, 1), self._badge, gap=12)
        column(self, head, (self.view, 1), gap=4)
        self.setFocusProxy(self.view)
        self.setMinimumSize(LEAST)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: TableChart, theme: Theme) -> None:
        """Show `chart`; order, selection and scroll stay while the columns are the same. No signal is sent."""
        self.chart, self.theme = chart, theme
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self.view.setAccessibleName(chart.title)
        self._badge.show_text(chart.badge)
        self._caption.show_text("" if chart.empty else chart.caption)
        self._veil.show_theme(theme)
        self.view.setVisible(not chart.empty)
        self._empty.setVisible(bool(chart.empty))
        if chart.empty:
            self._empty.show_sentence(chart.empty, theme)
        self.view.show_data(NO_NUMBERS if chart.empty else chart.data)

    def paint_now(self) -> None:
        """Paint what changed before anything else happens, and only once."""
        self.repaint()

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the table while a newer one is counted."""
        self._veil.setVisible(dimmed)
        self._veil.raise_()

    def mark(self, x: float | None) -> None:
        """Do nothing: a row is read where it stands."""

    def reading_text(self) -> str:
        """Return the row in hand in words: every column with its number."""
        # Where the keyboard comes to a table a cell is current, but nothing is in hand yet.
        at = self.view.currentIndex()
        if self.chart.empty or not at.isValid() or not self.view.selectionModel().hasSelection():
            return ""
        columns = self.chart.data.columns
        cells = [str(self.model.index(at.row(), place).data()) for place in range(len(columns))]
        return "; ".join(
            f"{column.label}: {cell}" for column, cell in zip(columns, cells, strict=True) if cell
        )

    # --- room ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cover the whole room with what lies over the table."""
        super().resizeEvent(event)
        self._veil.setGeometry(self.rect())
        self._empty.setGeometry(self.rect())
