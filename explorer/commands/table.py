"""Every command, in the order of the menus."""

from __future__ import annotations

from explorer.commands import edit, export, figures, file, help, select, view, workspace
from explorer.commands.app import App
from explorer.core.commands import Command, CommandTable, Submenu
from explorer.core.words import N_

_ALWAYS: tuple[Command[App], ...] = (
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

COMMANDS: CommandTable[App] = CommandTable(
    always=_ALWAYS,
    submenus=(
        Submenu(after="file.sample", title=N_("Open &recent"), commands=file.recent),
        Submenu(after="view.snapshot", title=N_("S&napshots"), commands=workspace.snapshots),
    ),
    palette=figures.measures,
)
