"""Undo, redo, copy."""

from __future__ import annotations

from explorer.core.commands import App, Command
from explorer.core.words import N_, Message


def _undo(app: App) -> Message:
    what = app.undo_words()
    return Message(N_("&Undo: {what}"), {"what": what}) if what else Message(N_("&Undo"))


def _redo(app: App) -> Message:
    what = app.redo_words()
    return Message(N_("&Redo: {what}"), {"what": what}) if what else Message(N_("&Redo"))


COMMANDS = (
    Command(
        name="edit.undo",
        menu="edit",
        title=_undo,
        shortcut="Ctrl+Z",
        do=lambda app, _: app.undo(),
        lacks=lambda app: None if app.undo_words() else N_("There is nothing to undo."),
    ),
    Command(
        name="edit.redo",
        menu="edit",
        title=_redo,
        shortcut="Ctrl+Shift+Z",
        do=lambda app, _: app.redo(),
        lacks=lambda app: None if app.redo_words() else N_("There is nothing to redo."),
    ),
    Command(
        name="edit.copy",
        menu="edit",
        title=N_("&Copy numbers"),
        shortcut="Ctrl+Shift+C",
        do=lambda app, _: app.copy_table(),
        lacks=lambda app: None if app.has_figure(app.state.focused) else N_("There are no numbers to copy."),
        gap=True,
    ),
)
