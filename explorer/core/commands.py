"""What a command is. One table of them makes the menus, the toolbar, the shortcuts and the help page.

`ask` may cancel and changes nothing; `do` changes. What a command may touch is `App`; dialogs sit behind `Ui`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from explorer.core.events import Event
from explorer.core.state import AppState
from explorer.core.words import N_, Message

MENUS: Final = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "select": N_("&Select"),
    "export": N_("E&xport"),
    "help": N_("&Help"),
}
NO_INTERVAL: Final = N_("This measure has no interval.")
NO_PUBLISHED: Final = N_("There are no published figures for this measure.")
NOT_SAMPLE: Final = N_("Published figures are about the people of the sample; these are others.")
Menu = Literal["file", "edit", "view", "select", "export", "help"]


class Ui(Protocol):
    """The questions a command may ask a person; tests answer them without a dialog."""

    def dataset_folder(self) -> Path | None:
        """Ask for the folder of a dataset."""

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


class App(Protocol):
    """What commands may read and do."""

    ui: Ui

    @property
    def state(self) -> AppState:
        """The present state of the analysis."""

    @property
    def has_dataset(self) -> bool:
        """Whether a dataset is open."""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Columns that figures can be compared by, and their names in the reader's language."""

    @property
    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots."""

    @property
    def workspace(self) -> Path | None:
        """The file of the workspace, once it has one."""

    @property
    def language(self) -> str:
        """Language of the interface."""

    @property
    def theme(self) -> str:
        """Name of the appearance."""

    def send(self, event: Event) -> None:
        """Change the state."""

    def undo(self) -> None:
        """Go one step back."""

    def redo(self) -> None:
        """Go one step forward."""

    def undo_words(self) -> Message | None:
        """What undo would take back."""

    def redo_words(self) -> Message | None:
        """What redo would bring forward."""

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background."""

    def open_sample(self) -> None:
        """Open the bundled sample."""

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""

    def save_workspace(self, path: Path) -> None:
        """Save the workspace."""

    def take_snapshot(self, name: str) -> None:
        """Keep the present state under a name."""

    def restore_snapshot(self, name: str) -> None:
        """Bring a snapshot back."""

    def remove_snapshot(self, name: str) -> None:
        """Forget a snapshot."""

    def suggested_snapshot(self) -> str:
        """A name for a snapshot of the present state."""

    def say(self, message: Message) -> str:
        """Return a message in the reader's language."""

    def has_interval(self, panel: int) -> bool:
        """Whether what a panel shows has an interval."""

    def no_published(self, panel: int) -> str | None:
        """Why no published figures are drawn in a panel; None where they can be."""

    def has_figure(self, panel: int) -> bool:
        """Whether a panel shows a figure that can be saved."""

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what a panel shows."""

    def save_figure(self, panel: int, path: Path) -> None:
        """Print a panel's chart in the background."""

    def save_table(self, panel: int, path: Path) -> None:
        """Write a panel's table in the background."""

    def copy_table(self) -> None:
        """Copy the numbers below to the clipboard."""

    def set_language(self, language: str) -> None:
        """Switch the interface to another language."""

    def set_theme(self, theme: str) -> None:
        """Switch the appearance."""

    def zoom_text(self, steps: int) -> None:
        """Make all text larger or smaller; 0 is the size it began with."""

    def show_table(self, shown: bool) -> None:
        """Show or hide the numbers below."""

    @property
    def table_shown(self) -> bool:
        """Whether the numbers below are shown."""

    def show_quality(self) -> None:
        """Show the quality report."""

    def explain(self, panel: int) -> None:
        """Show how to read a figure and what it does not say."""

    def show_search(self) -> None:
        """Show the command palette."""

    def show_help(self, page: Literal["shortcuts", "about"]) -> None:
        """Show a page of help."""

    def clear_cache(self) -> None:
        """Remove the counts kept for a faster start."""

    def quit(self) -> None:
        """Close the program."""


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
    do: Callable[[App, Any], None]
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


def by_name(commands: Sequence[Command], name: str) -> Command:
    """Return the command called `name`."""
    return next(command for command in commands if command.name == name)
