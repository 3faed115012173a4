"""Opening datasets and leaving."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.app import App, no_dataset
from explorer.core.commands import Command
from explorer.core.words import N_, Message

OPENING: tuple[Command[App], ...] = (
    Command(
        name="file.open",
        menu="file",
        title=N_("&Open dataset…"),
        shortcut="Ctrl+O",
        ask=lambda app: app.ui.dataset_folder(),
        do=lambda app, path: app.documents.open_dataset(path),
    ),
    Command(
        name="file.import",
        menu="file",
        title=N_("&Import files…"),
        shortcut="Ctrl+Shift+I",
        ask=lambda app: app.ui.delivery_folder(),
        do=lambda app, path: app.importing.begin(path),
    ),
    Command(
        name="file.sample",
        menu="file",
        title=N_("Open the synthetic &sample"),
        do=lambda app, _: app.documents.open_sample(),
    ),
)

COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="file.quality",
        menu="file",
        title=N_("&Quality report…"),
        shortcut="Ctrl+Shift+Q",
        do=lambda app, _: app.help.show_quality(),
        unavailable=no_dataset,
        gap=True,
    ),
    Command(
        name="file.clear_cache",
        menu="file",
        title=N_("&Forget stored counts"),
        do=lambda app, _: app.documents.forget_counts(),
    ),
    Command(
        name="file.quit",
        menu="file",
        title=N_("&Quit"),
        shortcut="Ctrl+Q",
        do=lambda app, _: app.window.close(),
        gap=True,
    ),
)


def recent(app: App) -> tuple[Command[App], ...]:
    """Return one command for each dataset opened lately."""

    def command(number: int, path: Path) -> Command[App]:
        def title(app: App) -> Message:
            return Message(N_("&{number} {path}"), {"number": number, "path": str(path)})

        return Command(
            name=f"file.recent.{number}",
            menu="file",
            title=title,
            do=lambda app, _: app.documents.open_dataset(path),
        )

    return tuple(command(number, path) for number, path in enumerate(app.preferences.recent, start=1))
