"""Taking figures and numbers out."""

from __future__ import annotations

from pathlib import Path

from explorer.core.commands import App, Command
from explorer.core.words import N_

NO_FIGURE = N_("There is no figure to save yet.")


def _figure(app: App) -> Path | None:
    return app.ui.figure_file(app.suggested_name(app.state.focused))


def _table(app: App) -> Path | None:
    return app.ui.table_file(app.suggested_name(app.state.focused))


COMMANDS = (
    Command(
        name="export.figure",
        menu="export",
        title=N_("Save &figure…"),
        shortcut="Ctrl+E",
        ask=_figure,
        do=lambda app, path: app.save_figure(app.state.focused, path),
        lacks=lambda app: None if app.has_figure(app.state.focused) else NO_FIGURE,
    ),
    Command(
        name="export.table",
        menu="export",
        title=N_("Save &numbers…"),
        shortcut="Ctrl+Shift+E",
        ask=_table,
        do=lambda app, path: app.save_table(app.state.focused, path),
        lacks=lambda app: None if app.has_figure(app.state.focused) else NO_FIGURE,
    ),
)
