"""Every command, in the order of the menus."""

from __future__ import annotations

from explorer.commands import edit, export, file, help, select, view
from explorer.core.commands import Command

ALL: tuple[Command, ...] = (
    *file.COMMANDS,
    *edit.COMMANDS,
    *view.COMMANDS,
    *select.COMMANDS,
    *export.COMMANDS,
    *help.COMMANDS,
)
