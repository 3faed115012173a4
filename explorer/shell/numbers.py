"""The numbers of a figure in the table below the figures."""

from __future__ import annotations

from explorer.core.sentences import called
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.table import written
from explorer.pipeline.figure import Figure
from explorer.shell.panel_data import COUNTED
from models.register import DatasetInfo
from widgets.controls.tables import NumberTable, TableData
from widgets.controls.toggles import show_button

NONE = TableData(columns=(), rows=(), text=lambda row, column: "")


class Numbers:
    """Writes the table of a figure once, however often it is shown."""

    def __init__(self, table: NumberTable) -> None:
        self._table = table
        # What was written last, and of what.
        self._written: tuple[Figure, Words, TableData] | None = None

    def show(
        self, figure: Figure | None, view: ViewDef, info: DatasetInfo | None, words: Words, *, late: bool
    ) -> None:
        """Show the numbers of `figure`, or that `view` has none yet; `late`: others are being counted."""
        data = NONE
        if figure is not None and not figure.chart.empty and info is not None:
            data = self._numbers_of(figure, info, words)
        copy = words(N_("Copy"))
        self._table.show_table(words(N_("Numbers of “{title}”"), title=words(view.title)), data, copy)
        lack = (
            words(COUNTED) if late else words(N_("There are no numbers to save yet.")) if data is NONE else ""
        )
        self._table.show_buttons(copy, words(N_("Save numbers…")), not lack, lack)
        show_button(self._table.copy_button, copy, enabled=not lack, tooltip=lack)

    def forget(self) -> None:
        """Let go of the figure."""
        self._written = None

    def _numbers_of(self, figure: Figure, info: DatasetInfo, words: Words) -> TableData:
        held, spec = self._written, figure.spec
        if held is None or held[0] is not figure or held[1] is not words:
            whom = "" if spec.versus else called(spec.selection, info, words)
            held = self._written = (figure, words, written(figure.table, info, words, whom))
        return held[2]
