"""Every command, in the order of the menus."""

from __future__ import annotations

from explorer.commands import edit, export, figures, file, help, select, view, workspace
from explorer.core.commands import Command

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
