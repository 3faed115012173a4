"""Workspaces and snapshots."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.app import App, no_dataset
from explorer.core.commands import Command
from explorer.core.events import Restore
from explorer.core.words import N_, Message


def _place(app: App) -> Path | None:
    return app.ui.workspace_file(app.documents.suggested_name())


def _snapshot(app: App) -> str | None:
    return app.ui.name(app.context.words(N_("Name of the snapshot")), app.documents.suggested_name())


COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="file.open_workspace",
        menu="file",
        title=N_("Open &workspace…"),
        shortcut="Ctrl+Shift+O",
        ask=lambda app: app.ui.workspace_to_open(),
        do=lambda app, path: app.documents.open_workspace(path),
        gap=True,
    ),
    Command(
        name="file.save",
        menu="file",
        title=N_("Sa&ve workspace"),
        shortcut="Ctrl+S",
        ask=lambda app: app.documents.workspace.path or _place(app),
        do=lambda app, path: app.documents.save_workspace(path),
        unavailable=no_dataset,
    ),
    Command(
        name="file.save_as",
        menu="file",
        title=N_("Save workspace &as…"),
        shortcut="Ctrl+Shift+S",
        ask=_place,
        do=lambda app, path: app.documents.save_workspace(path),
        unavailable=no_dataset,
    ),
)

SNAPSHOTS: tuple[Command[App], ...] = (
    Command(
        name="view.snapshot",
        menu="view",
        title=N_("Take a &snapshot…"),
        shortcut="Ctrl+Shift+N",
        ask=_snapshot,
        do=lambda app, name: app.documents.take_snapshot(name),
        unavailable=no_dataset,
        gap=True,
    ),
)


def snapshots(app: App) -> tuple[Command[App], ...]:
    """Return a command for each snapshot that brings it back, and one for each that forgets it."""

    def restore(name: str) -> Command[App]:
        return Command(
            name=f"view.snapshot.{name}",
            menu="view",
            title=lambda app: Message(N_("Snapshot: {name}"), {"name": name}),
            do=lambda app, _: app.send(Restore(app.documents.workspace.snapshot(name), name)),
        )

    def forget(name: str) -> Command[App]:
        return Command(
            name=f"view.forget.{name}",
            menu="view",
            title=lambda app: Message(N_("Forget snapshot: {name}"), {"name": name}),
            do=lambda app, _: app.documents.workspace.forget(name),
            gap=name == names[0],
        )

    names = app.documents.workspace.names
    return (*map(restore, names), *map(forget, names))
