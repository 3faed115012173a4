"""The numbers of a figure in the table below the figures."""

from __future__ import annotations

from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.table import written
from explorer.pipeline.figure import Figure
from models.register import DatasetInfo
from widgets.tables import NumberTable, TableData

NONE = TableData(columns=(), rows=(), text=lambda row, column: "")


class Numbers:
    """Writes the table of a figure once, however often it is shown."""

    def __init__(self, table: NumberTable) -> None:
        self._table = table
        # What was written last, and of what.
        self._written: tuple[Figure, Words, TableData] | None = None

    def show(self, figure: Figure | None, view: ViewDef, info: DatasetInfo | None, words: Words) -> None:
        """Show the numbers of `figure`, or that `view` has none yet."""
        data = NONE
        if figure is not None and not figure.chart.empty and info is not None:
            data = self._numbers_of(figure, info, words)
        copy = words(N_("Copy"))
        self._table.show_table(words(N_("Numbers of “{title}”"), title=words(view.title)), data, copy)
        lack = words(N_("There are no numbers to save yet.")) if data is NONE else ""
        self._table.show_buttons(copy, words(N_("Save numbers…")), data is not NONE, lack)

    def forget(self) -> None:
        """Let go of the figure."""
        self._written = None

    def _numbers_of(self, figure: Figure, info: DatasetInfo, words: Words) -> TableData:
        held = self._written
        if held is None or held[0] is not figure or held[1] is not words:
            held = self._written = (figure, words, written(figure.table, info, words))
        return held[2]
