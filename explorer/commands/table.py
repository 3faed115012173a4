"""Every command, in the order of the menus."""

from __future__ import annotations

from explorer.commands import edit, export, figures, file, help, select, view, workspace
from explorer.commands.app import App
from explorer.commands.command import Command, run

ALL: tuple[Command, ...] = (
    *file.OPENING,
    *workspace.COMMANDS,
    *file.COMMANDS,
    *edit.COMMANDS,
    *figures.COMMANDS,
    *workspace.SNAPSHOTS,
    *view.COMMANDS,
    *select.COMMANDS,
    *export.COMMANDS,
    figures.EXPLAIN,
    figures.SEARCH,
    *help.COMMANDS,
)


def everything(app: App) -> tuple[Command, ...]:
    """Return every command of the palette: those of the menus, and one for each measure, snapshot and dataset."""
    documents = app.documents
    return (
        *ALL,
        *figures.measures(app),
        *workspace.restoring(documents.snapshots),
        *workspace.forgetting(documents.snapshots),
        *file.recent(documents.recent),
    )


def run_named(name: str, app: App) -> None:
    """Run the command called `name`."""
    run(next(command for command in everything(app) if command.name == name), app)
