"""What can be done with the figures that are shown: saved, copied, and which of their switches act."""

from __future__ import annotations

from pathlib import Path

from explorer.core.words import N_, Message
from explorer.pipeline.figure import Figure
from explorer.services.context import Context
from explorer.services.store import Store
from explorer.shell import jobs, panel_data
from explorer.shell.notices import Notices
from explorer.shell.overview import Overview
from explorer.shell.saving import Saving
from widgets.controls.tables import NumberTable

COPIED = N_("Copied: {count} lines of numbers")


class Figures:
    """The figures that are shown, by panel, as commands see them."""

    def __init__(
        self,
        store: Store,
        context: Context,
        overview: Overview,
        table: NumberTable,
        saving: Saving,
        notices: Notices,
    ) -> None:
        self._store, self._context, self._overview = store, context, overview
        self._table, self._saving, self._notices = table, saving, notices
        table.copied.connect(
            lambda rows: notices.tell(Message(COPIED, {"count": rows}), "done", passing=True)
        )

    def has_interval(self, panel: int) -> bool:
        """Whether what is shown has an interval."""
        return panel_data.has_interval(self._overview.figure(panel))

    def no_published(self, panel: int) -> str | None:
        """Why no published figures are drawn; None where they can be."""
        return panel_data.no_published(self._store.state, panel, self._context.dataset)

    def can_save(self, panel: int) -> bool:
        """Whether a figure is shown that can be saved."""
        figure = self._overview.ready(panel)
        return figure is not None and not figure.chart.empty

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what is shown."""
        state = self._store.state
        return "-".join((state.view(panel), *state.by(panel, self._context.groupings))).replace("_", "-")

    def save(self, panel: int, path: Path) -> None:
        """Print a figure in the background."""
        if (figure := self._ready(panel)) is not None:
            self._saving.order(path, jobs.print_figure(figure, path))

    def save_numbers(self, panel: int, path: Path) -> None:
        """Write the numbers of a figure in the background."""
        if (figure := self._ready(panel)) is not None:
            self._saving.order(path, jobs.write_numbers(figure, path, self._context.words))

    def copy_numbers(self) -> None:
        """Copy the numbers below to the clipboard."""
        self._overview.show_numbers(hidden_too=True)
        self._table.copy()

    def _ready(self, panel: int) -> Figure | None:
        """Return the figure that may leave; while another is counted the reader is told that it is not there yet."""
        figure = self._overview.ready(panel)
        if figure is None:
            self._notices.tell(Message(panel_data.COUNTED), "info", passing=True)
        return figure
