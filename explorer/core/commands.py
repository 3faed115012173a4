"""What a command is. One table of them makes the menus, the toolbar, the shortcuts and the help page.

`ask` may cancel and changes nothing; `do` changes. What a command is given is the open program: its store, documents,
figures and window. Dialogs sit behind `Ui`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from explorer.core.words import N_, Message

MENUS: Final = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "select": N_("&Select"),
    "export": N_("E&xport"),
    "help": N_("&Help"),
}
NO_FIGURE: Final = N_("There is no figure to save yet.")
NO_INTERVAL: Final = N_("This measure has no interval.")
Menu = Literal["file", "edit", "view", "select", "export", "help"]
App = TypeVar("App")
"""The open program, which the core does not know."""


class Ui(Protocol):
    """The questions a command may ask a person; tests answer them without a dialog."""

    def dataset_folder(self) -> Path | None:
        """Ask for the folder of a dataset."""

    def delivery_folder(self) -> Path | None:
        """Ask for a folder of files as they were delivered."""

    def workspace_file(self, suggested: str) -> Path | None:
        """Ask where to save a workspace."""

    def workspace_to_open(self) -> Path | None:
        """Ask which workspace to open."""

    def unsaved(self, file: Path | None) -> Literal["save", "drop"] | None:
        """Ask what is to become of an analysis that would be lost; `file` is where it was saved before."""

    def without(self, file: Path | None, lost: Sequence[str]) -> bool:
        """Ask whether a workspace is to be opened without the conditions that the data do not have."""

    def name(self, question: str, suggested: str) -> str | None:
        """Ask for a name, in words that are translated already."""

    def figure_file(self, suggested: str) -> Path | None:
        """Ask where to save a figure."""

    def table_file(self, suggested: str) -> Path | None:
        """Ask where to save a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[App]):
    """One thing a person can do.

    Attributes
    ----------
    name
        A stable identifier.
    title
        Message id, or a function of the program that gives a Message when the title changes with the state.
    shortcut
        Keys in Qt's portable text, "" for none.
    ask
        Asks what `do` needs; None means cancelled. Without it `do` gets None.
    unavailable
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
    unavailable: Callable[[App], str | None] = lambda app: None
    on: Callable[[App], bool] | None = None
    gap: bool = False

    def words(self, app: App) -> Message:
        """Return the title as it reads now."""
        return Message(self.title) if isinstance(self.title, str) else self.title(app)

    def run(self, app: App) -> None:
        """Ask and do; a command that is unavailable or cancelled does nothing."""
        if self.unavailable(app) is not None:
            return
        answer = None if self.ask is None else self.ask(app)
        if self.ask is None or answer is not None:
            self.do(app, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submenu(Generic[App]):
    """Commands that come and go: a menu of their own, below the command called `after`."""

    after: str
    title: str
    commands: Callable[[App], tuple[Command[App], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTable(Generic[App]):
    """Every command: those of the menus in their order, those that come and go, and those of the palette alone."""

    always: tuple[Command[App], ...]
    submenus: tuple[Submenu[App], ...]
    palette: Callable[[App], tuple[Command[App], ...]]

    def all(self, app: App) -> tuple[Command[App], ...]:
        """Return every command there is now."""
        listed = (command for submenu in self.submenus for command in submenu.commands(app))
        return (*self.always, *self.palette(app), *listed)
