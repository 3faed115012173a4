"""What a command is. One table of them makes the menus, the toolbar, the shortcuts and the help page.

`ask` may cancel and changes nothing; `do` changes. What a command may touch is `App`; dialogs sit behind its `Ui`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from explorer.commands.app import App
from explorer.core.words import N_, Message

MENUS: Final = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "select": N_("&Select"),
    "export": N_("E&xport"),
    "help": N_("&Help"),
}
Menu = Literal["file", "edit", "view", "select", "export", "help"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a person can do.

    Attributes
    ----------
    name
        A stable identifier.
    title
        Message id, or a function of the App that gives a Message when the title changes with the state.
    shortcut
        Keys in Qt's portable text, "" for none.
    ask
        Asks what `do` needs; None means cancelled. Without it `do` gets None.
    lacks
        Why the command cannot act now, or None.
    on
        For a switch: whether it is on.
    gap
        A line above it in the menu.
    """

    name: str
    menu: Menu
    title: str | Callable[[App], Message]
    shortcut: str = ""
    ask: Callable[[App], Any | None] | None = None
    do: Callable[[App, Any], object]
    lacks: Callable[[App], str | None] = lambda app: None
    on: Callable[[App], bool] | None = None
    gap: bool = False

    def words(self, app: App) -> Message:
        """Return the title as it reads now."""
        return Message(self.title) if isinstance(self.title, str) else self.title(app)


def run(command: Command, app: App) -> None:
    """Ask and do; a command that lacks something or is cancelled does nothing."""
    if command.lacks(app) is not None:
        return
    if command.ask is None:
        command.do(app, None)
        return
    answer = command.ask(app)
    if answer is not None:
        command.do(app, answer)
