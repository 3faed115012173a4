"""What commands may see and do: the store, the dataset and its words, documents, figures and the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from explorer.core.comparing import NO_COLUMN, only_both
from explorer.core.events import Event
from explorer.core.history import Step
from explorer.core.state import AppState
from explorer.core.words import N_, Words
from explorer.pipeline.opening import Dataset
from widgets.pictures.palette import Theme


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


class Store(Protocol):
    """The analysis, and how it changes."""

    @property
    def state(self) -> AppState:
        """The present state."""

    @property
    def undo_step(self) -> Step | None:
        """What undo would take back."""

    @property
    def redo_step(self) -> Step | None:
        """What redo would bring forward."""

    def send(self, event: Event) -> None:
        """Change the state."""

    def undo(self) -> None:
        """Go one step back."""

    def redo(self) -> None:
        """Go one step forward."""


class Context(Protocol):
    """What everything that is shown is about."""

    @property
    def dataset(self) -> Dataset | None:
        """The dataset that is open."""

    @property
    def words(self) -> Words:
        """The words of the reader's language."""

    @property
    def theme(self) -> Theme:
        """The colours of everything."""


class Documents(Protocol):
    """Datasets, the workspace and its snapshots."""

    @property
    def path(self) -> Path | None:
        """The file of the workspace, once it has one."""

    @property
    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots."""

    @property
    def recent(self) -> tuple[Path, ...]:
        """Datasets opened lately, newest first."""

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background."""

    def open_sample(self) -> None:
        """Open the bundled sample."""

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""

    def save_workspace(self, path: Path) -> bool:
        """Save the workspace."""

    def take_snapshot(self, name: str) -> None:
        """Keep the present state under a name."""

    def restore_snapshot(self, name: str) -> None:
        """Bring a snapshot back."""

    def forget_snapshot(self, name: str) -> None:
        """Forget a snapshot."""

    def suggested_name(self) -> str:
        """Return a name for what is shown: its selection in words."""

    def forget_counts(self) -> None:
        """Remove the counts kept for a faster start."""


class Figures(Protocol):
    """The figures that are shown, by panel."""

    def has_interval(self, panel: int) -> bool:
        """Whether what is shown has an interval."""

    def no_published(self, panel: int) -> str | None:
        """Why no published figures are drawn; None where they can be."""

    def can_leave(self, panel: int) -> bool:
        """Whether a figure is shown that can be saved."""

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what is shown."""

    def save(self, panel: int, path: Path) -> None:
        """Print a figure in the background."""

    def save_numbers(self, panel: int, path: Path) -> None:
        """Write the numbers of a figure in the background."""

    def copy_numbers(self) -> None:
        """Copy the numbers below to the clipboard."""


class Window(Protocol):
    """The window."""

    @property
    def table_shown(self) -> bool:
        """Whether the numbers below are shown."""

    def show_table(self, shown: bool) -> None:
        """Show or hide the numbers below."""

    def close(self) -> bool:
        """Close the program."""


class Appearance(Protocol):
    """Language, colours and size of text."""

    def set_language(self, language: str) -> None:
        """Switch to another language."""

    def set_theme(self, theme: str) -> None:
        """Switch the colours."""

    def zoom_text(self, steps: int) -> None:
        """Make all text larger or smaller; 0 is the size it began with."""


class Help(Protocol):
    """What is read beside the figures."""

    def explain(self, panel: int) -> None:
        """Show how to read a figure and what it does not say."""

    def show_quality(self) -> None:
        """Show the quality report."""

    def show_search(self) -> None:
        """Show the command palette."""

    def show_shortcuts(self) -> None:
        """Show all keys and commands."""

    def show_about(self) -> None:
        """Show what this program is."""


class App(Protocol):
    """What a command is given."""

    ui: Ui

    @property
    def store(self) -> Store: ...  # noqa: D102

    @property
    def context(self) -> Context: ...  # noqa: D102

    @property
    def documents(self) -> Documents: ...  # noqa: D102

    @property
    def figures(self) -> Figures: ...  # noqa: D102

    @property
    def window(self) -> Window: ...  # noqa: D102

    @property
    def appearance(self) -> Appearance: ...  # noqa: D102

    @property
    def help(self) -> Help: ...  # noqa: D102


def lacks_dataset(app: App) -> str | None:
    """Return why nothing can be done with a dataset; None where one is open."""
    return N_("No dataset is open.") if app.context.dataset is None else None


def lacks_columns(app: App) -> str | None:
    """Return why figures cannot be compared by a column now: only a locked one could be while A and B are drawn."""
    return NO_COLUMN if only_both(app.store.state) else lacks_dataset(app)
