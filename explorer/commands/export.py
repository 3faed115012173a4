"""Taking figures and numbers out."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.app import App
from explorer.core.commands import NO_FIGURE, Command
from explorer.core.words import N_


def _figure(app: App) -> Path | None:
    return app.ui.figure_file(app.figures.suggested_name(app.state.focused))


def _table(app: App) -> Path | None:
    return app.ui.table_file(app.figures.suggested_name(app.state.focused))


def _no_figure(app: App) -> str | None:
    return None if app.figures.can_save(app.state.focused) else NO_FIGURE


COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="export.figure",
        menu="export",
        title=N_("Save &figure…"),
        shortcut="Ctrl+E",
        ask=_figure,
        do=lambda app, path: app.figures.save(app.state.focused, path),
        unavailable=_no_figure,
    ),
    Command(
        name="export.table",
        menu="export",
        title=N_("Save &numbers…"),
        shortcut="Ctrl+Shift+E",
        ask=_table,
        do=lambda app, path: app.figures.save_numbers(app.state.focused, path),
        unavailable=_no_figure,
    ),
)
