"""Workspaces and snapshots."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.app import App, lacks_dataset
from explorer.commands.command import Command
from explorer.core.words import N_, Message


def _place(app: App) -> Path | None:
    return app.ui.workspace_file(app.documents.suggested_name())


def _snapshot(app: App) -> str | None:
    return app.ui.name(app.context.words(N_("Name of the snapshot")), app.documents.suggested_name())


COMMANDS = (
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
        ask=lambda app: app.documents.path or _place(app),
        do=lambda app, path: app.documents.save_workspace(path),
        lacks=lacks_dataset,
    ),
    Command(
        name="file.save_as",
        menu="file",
        title=N_("Save workspace &as…"),
        shortcut="Ctrl+Shift+S",
        ask=_place,
        do=lambda app, path: app.documents.save_workspace(path),
        lacks=lacks_dataset,
    ),
)

SNAPSHOTS = (
    Command(
        name="view.snapshot",
        menu="view",
        title=N_("Take a &snapshot…"),
        shortcut="Ctrl+Shift+N",
        ask=_snapshot,
        do=lambda app, name: app.documents.take_snapshot(name),
        lacks=lacks_dataset,
        gap=True,
    ),
)


def restoring(names: tuple[str, ...]) -> tuple[Command, ...]:
    """Return one command for each snapshot that brings it back."""

    def command(name: str) -> Command:
        return Command(
            name=f"view.snapshot.{name}",
            menu="view",
            title=lambda app: Message(N_("Snapshot: {name}"), {"name": name}),
            do=lambda app, _: app.documents.restore_snapshot(name),
        )

    return tuple(command(name) for name in names)


def forgetting(names: tuple[str, ...]) -> tuple[Command, ...]:
    """Return one command for each snapshot that forgets it."""

    def command(name: str) -> Command:
        return Command(
            name=f"view.forget.{name}",
            menu="view",
            title=lambda app: Message(N_("Forget snapshot: {name}"), {"name": name}),
            do=lambda app, _: app.documents.forget_snapshot(name),
        )

    return tuple(command(name) for name in names)
