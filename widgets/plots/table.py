"""A table on screen in the place of a figure: numbers that are read as numbers."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.boxes import column, row
from widgets.controls.number_view import NumberView
from widgets.controls.table_model import NumberModel
from widgets.pictures.kinds import TableChart
from widgets.pictures.palette import Theme
from widgets.pictures.table_data import EMPTY as NO_NUMBERS
from widgets.plots.painter import Painter

EMPTY: Final = TableChart(title="", empty=" ")


class TablePlot(Painter):
    """A table of numbers: sorted by its headings, copied with the usual keys, read row by row.

    With the keyboard: arrows go from cell to cell, Alt with Down or Up sorts by the column in hand, Escape lets go. It
    tells no months, and nothing is chosen in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EMPTY, parent)
        self.model = NumberModel(self)
        self.view = NumberView(self.model, self)
        self.view.copy_asked.connect(self.view.copy)
        head = row(None, (self._name, 1), self._badge, gap=12)
        column(self, head, (self.view, 1), gap=4)
        self.setFocusProxy(self.view)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_chart(self, chart: TableChart, theme: Theme) -> None:
        """Show `chart`; order, selection and scroll stay while the columns are the same. No signal is sent."""
        self.show_head(chart, theme, "" if chart.empty else chart.caption)
        self.view.setAccessibleName(chart.title)
        self.view.setVisible(not chart.empty)
        self.view.show_data(NO_NUMBERS if chart.empty else chart.data)

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
