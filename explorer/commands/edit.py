"""Undo, redo, copy."""

from __future__ import annotations

from explorer.commands.app import App
from explorer.core.commands import Command
from explorer.core.history import Step
from explorer.core.undoing import undo_words
from explorer.core.words import N_, Message


def _undone(app: App) -> Message | None:
    return _what(app, app.store.undo_step)


def _redone(app: App) -> Message | None:
    return _what(app, app.store.redo_step)


def _what(app: App, step: Step | None) -> Message | None:
    """Return what undo calls a step, in the words of the dataset."""
    dataset = app.context.dataset
    own = () if dataset is None else dataset.codes.info.columns
    return None if step is None else undo_words(step.event, step.state, own)


def _undo(app: App) -> Message:
    what = _undone(app)
    return Message(N_("&Undo: {what}"), {"what": what}) if what else Message(N_("&Undo"))


def _redo(app: App) -> Message:
    what = _redone(app)
    return Message(N_("&Redo: {what}"), {"what": what}) if what else Message(N_("&Redo"))


COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="edit.undo",
        menu="edit",
        title=_undo,
        shortcut="Ctrl+Z",
        do=lambda app, _: app.store.undo(),
        unavailable=lambda app: None if _undone(app) else N_("There is nothing to undo."),
    ),
    Command(
        name="edit.redo",
        menu="edit",
        title=_redo,
        shortcut="Ctrl+Shift+Z",
        do=lambda app, _: app.store.redo(),
        unavailable=lambda app: None if _redone(app) else N_("There is nothing to redo."),
    ),
    Command(
        name="edit.copy",
        menu="edit",
        title=N_("&Copy numbers"),
        shortcut="Ctrl+Shift+C",
        do=lambda app, _: app.figures.copy_numbers(),
        unavailable=lambda app: (
            None if app.figures.can_save(app.state.focused) else N_("There are no numbers to copy.")
        ),
        gap=True,
    ),
)
