"""Help."""

from __future__ import annotations

from explorer.commands.app import App
from explorer.core.commands import Command
from explorer.core.words import N_

COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="help.shortcuts",
        menu="help",
        title=N_("&Keys and commands"),
        shortcut="F1",
        do=lambda app, _: app.help.show_shortcuts(),
    ),
    Command(
        name="help.about",
        menu="help",
        title=N_("&About this program"),
        do=lambda app, _: app.help.show_about(),
    ),
)
