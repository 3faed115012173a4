"""One open program: it joins state, counting thread and window, and does what commands ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from explorer.commands.figures import measures
from explorer.commands.file import recent
from explorer.commands.table import ALL
from explorer.commands.workspace import forgetting, restoring
from explorer.core.commands import Command, Ui, run
from explorer.core.events import Event, Restore
from explorer.core.folders import cache_folder
from explorer.core.formatting import Formats
from explorer.core.history import Step
from explorer.core.names import dataset_title
from explorer.core.state import AppState
from explorer.core.undoing import undo_words
from explorer.core.words import N_, Message, Refusal, Words
from explorer.pipeline import cache
from explorer.pipeline.figure import Figure
from explorer.pipeline.opening import Dataset
from explorer.services.fitter import Fitter
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs, showing
from explorer.shell.appearance import Appearance
from explorer.shell.dialogs import Dialogs
from explorer.shell.documents import Documents
from explorer.shell.menus import Menus, searched, shortcut_rows
from explorer.shell.overview import Overview
from explorer.shell.pages import Page, about_html, explain_html, quality_html, shortcuts_html
from explorer.shell.window import MainWindow
from explorer.workspace.document import is_workspace
from models.register import DatasetInfo
from widgets.controls.search import SearchDialog

COPIED = N_("Copied: {count} lines of numbers")

ROOMY = ("overview", "model")
"""Pages whose figures need the room of the table: it is there when it is asked for."""


class Session(QObject):
    """The App that commands see. It lives on the screen's thread and computes nothing there."""

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences,
        ui: Ui | None = None,
        *,
        fitter: Fitter | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences
        self.words = Words(preferences.language)
        self.store = Store(self)
        self.runner = Runner(self)
        # A process of fits that was given is another's to close.
        self._own_fitter = fitter is None
        self.fitter = fitter or Fitter(self)
        # Fonts before any widget is made: a desktop may have given kinds of widgets fonts of its own. The style sheet
        # after all are: Qt would look it up anew for a whole branch each time one is put into another.
        self.appearance = Appearance(app, preferences)
        self.appearance.set_fonts()
        self.window = MainWindow(len(self.store.state.panels))
        self.overview = Overview(self.window, self.store, self.runner, self.fitter, self.appearance.theme)
        self.ui: Ui = ui or Dialogs(self.window, lambda: self.words)
        self.documents = Documents(
            self.window, self.store, self.runner, preferences, lambda: self.words, self.ui
        )
        self._table_wanted: bool | None = None
        self._closed = False
        self.menus = Menus(self.window.menuBar(), self, preferences)
        self.menus.put_on(self.window.undo_button, "edit.undo")
        self.menus.put_on(self.window.redo_button, "edit.redo")
        kept = ("select.keep_a", "select.keep_b", "select.compare_kept")
        for button, name, short in zip(self.window.kept_buttons, kept, ("A", "B", "A | B"), strict=True):
            self.menus.put_on(button, name, short)
        self.search = SearchDialog(self.window)
        self.appearance.dress()
        self._connect()
        self._retranslate()
        self._show_table_as_wanted()

    def _connect(self) -> None:
        self.overview.followed.connect(self._changed)
        self.documents.opening.connect(self.overview.show_opening)
        self.documents.opened.connect(self._opened)
        self.documents.refused.connect(self.overview.show_no_dataset)
        self.documents.saved.connect(self._refresh)
        # Queued: what was dragged from waits until the drop has been taken, and there may be a question first.
        self.window.dropped.connect(self.open_path, Qt.ConnectionType.QueuedConnection)
        self.window.may_close = lambda: self._closed or self.documents.may_close()
        self.window.closing.connect(self.close)
        self.window.low.connect(lambda low: self._show_table_as_wanted())
        self.window.card.quality_requested.connect(self.show_quality)
        self.window.table.save_requested.connect(lambda: self._command("export.table"))
        self.overview.hands.explain_requested.connect(self.explain)
        self.window.table.copied.connect(
            lambda rows: self.documents.tell(Message(COPIED, {"count": rows}), "done", passing=True)
        )
        self.overview.hands.told.connect(lambda message: self.documents.tell(message, "info", passing=True))
        self.search.chosen.connect(self._command)
        self.overview.hands.save_requested.connect(lambda: self._command("export.figure"))
        self.overview.hands.message_chosen.connect(self._command)
        self.overview.shown.connect(self._refresh_menus_soon)

    def _command(self, name: str) -> None:
        """Run a command by name: one of the menus, or one of the palette alone."""
        command = next(command for command in self._commands() if command.name == name)
        run(command, self)

    def _commands(self) -> tuple[Command, ...]:
        return (
            *ALL,
            *measures(self),
            *restoring(self.snapshots),
            *forgetting(self.snapshots),
            *recent(self.preferences.recent),
        )

    # --- what commands see -----------------------------------------------------------------------------------

    @property
    def state(self) -> AppState:
        """The present state of the analysis."""
        return self.store.state

    @property
    def has_dataset(self) -> bool:
        """Whether a dataset is open."""
        return self.documents.dataset is not None

    @property
    def _info(self) -> DatasetInfo | None:
        return None if self.documents.dataset is None else self.documents.dataset.codes.info

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Columns that figures can be compared by, and their names in the reader's language."""
        if self.documents.dataset is None:
            return ()
        return tuple(
            (name, text)
            for name, text in showing.compare_choices(self.documents.dataset, self.words)
            if name not in ("", "=")
        )

    @property
    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots."""
        return self.documents.keeper.names

    @property
    def workspace(self) -> Path | None:
        """The file of the workspace, once it has one."""
        return self.documents.keeper.path

    @property
    def language(self) -> str:
        """Language of the interface."""
        return self.words.language

    @property
    def theme(self) -> str:
        """Name of the appearance."""
        return self.preferences.theme

    def send(self, event: Event) -> None:
        """Change the state."""
        self.store.send(event)

    def undo(self) -> None:
        """Go one step back."""
        self.store.undo()

    def redo(self) -> None:
        """Go one step forward."""
        self.store.redo()

    def undo_words(self) -> Message | None:
        """What undo would take back."""
        return self._words_of(self.store.undo_step)

    def redo_words(self) -> Message | None:
        """What redo would bring forward."""
        return self._words_of(self.store.redo_step)

    def _words_of(self, step: Step | None) -> Message | None:
        own = self.documents.dataset.codes.info.columns if self.documents.dataset is not None else ()
        return undo_words(step.event, step.state, own) if step is not None else None

    def open_path(self, path: Path) -> None:
        """Open what lies at `path`: a workspace, or else a dataset."""
        if is_workspace(path):
            self.open_workspace(path)
        else:
            self.open_dataset(path)

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background; what is shown stays until it is there."""
        self.documents.open_dataset(path)

    def open_sample(self) -> None:
        """Open the bundled sample in the background, made on first use."""
        self.documents.open_sample()

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""
        self.documents.open_workspace(path)

    def save_workspace(self, path: Path) -> None:
        """Save the workspace."""
        self.documents.save_workspace(path)

    def take_snapshot(self, name: str) -> None:
        """Keep the present state under a name."""
        try:
            kept = self.documents.keeper.take(name)
        except Refusal as refusal:
            self.documents.tell(refusal.message, "warning")
            return
        self.documents.tell(
            Message(N_("Snapshot “{name}” is kept; find it in the View menu."), {"name": kept}), "done"
        )
        self._refresh()

    def restore_snapshot(self, name: str) -> None:
        """Bring a snapshot back; undo takes it away again."""
        self.send(Restore(self.documents.keeper.snapshot(name), name))

    def remove_snapshot(self, name: str) -> None:
        """Forget a snapshot."""
        self.documents.keeper.forget(name)
        self._refresh()

    def suggested_snapshot(self) -> str:
        """A name for a snapshot of the present state: its selection in words."""
        return self.documents.suggested_name()

    def say(self, message: Message) -> str:
        """Return a message in the reader's language."""
        return self.words.say(message)

    def has_interval(self, panel: int) -> bool:
        """Whether what a panel shows has an interval."""
        return showing.has_interval(self.overview.figure(panel))

    def no_published(self, panel: int) -> str | None:
        """Why no published figures are drawn in a panel; None where they can be."""
        return showing.no_published(self.state, panel, self.documents.dataset)

    def has_figure(self, panel: int) -> bool:
        """Whether a panel shows a figure that can be saved."""
        figure = self.overview.ready(panel)
        return figure is not None and not figure.chart.empty

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what a panel shows."""
        return "-".join((self.state.view(panel), *self.overview.by(panel))).replace("_", "-")

    def _taken(self, panel: int) -> Figure | None:
        """Return the figure that may leave; while another is counted the reader is told that it is not there yet."""
        figure = self.overview.ready(panel)
        if figure is None:
            self.documents.tell(Message(showing.COUNTED), "info", passing=True)
        return figure

    def save_figure(self, panel: int, path: Path) -> None:
        """Print a panel's chart in the background."""
        if (figure := self._taken(panel)) is not None:
            self.documents.saving.order(path, jobs.print_figure(figure, path))

    def save_table(self, panel: int, path: Path) -> None:
        """Write a panel's table in the background."""
        if (figure := self._taken(panel)) is not None:
            self.documents.saving.order(path, jobs.write_numbers(figure, path, self.words))

    def copy_table(self) -> None:
        """Copy the numbers below to the clipboard."""
        self.overview.show_numbers(hidden_too=True)
        self.window.table.copy()

    def set_language(self, language: str) -> None:
        """Switch the interface to another language."""
        self.preferences.language = language
        self.words = Words(language)
        self._retranslate()

    def set_theme(self, theme: str) -> None:
        """Switch the appearance."""
        self.preferences.theme = theme
        self.appearance.apply()
        self.overview.show_theme(self.appearance.theme)
        self._refresh()

    def zoom_text(self, steps: int) -> None:
        """Make all text larger or smaller; 0 is the size it began with."""
        self.preferences.text_steps = self.preferences.text_steps + steps if steps else 0
        self.appearance.set_fonts()

    def show_table(self, shown: bool) -> None:
        """Show or hide the numbers below."""
        self._table_wanted = shown
        self._show_table_as_wanted()

    @property
    def table_shown(self) -> bool:
        """Whether the numbers below are shown."""
        return not self.window.table.isHidden()

    def show_quality(self) -> None:
        """Show the quality report."""
        from explorer.registers.wording import report_lines

        if self.documents.dataset is not None:
            lines = report_lines(self.documents.dataset.quality, self.words, Formats(self.language).count)
            title = self.words(N_("Quality report"))
            Page(
                self.window,
                title,
                quality_html(dataset_title(self.documents.dataset.codes.info, self.words), lines, self.words),
            ).open()

    def explain(self, panel: int) -> None:
        """Show how to read a figure and what it does not say."""
        view = self.overview.view(panel)
        title = self.words(view.title)
        Page(self.window, title, explain_html(view, self.overview.figure(panel), self.words)).open()

    def show_search(self) -> None:
        """Show the command palette."""
        self.search.show_search(
            searched(self._commands(), self, self.words),
            self.words(N_("Find a command, a measure or a comparison")),
            self.words(N_("Nothing is called that.")),
        )

    def show_help(self, page: Literal["shortcuts", "about"]) -> None:
        """Show a page of help."""
        if page == "shortcuts":
            title, html = N_("Keys and commands"), shortcuts_html(shortcut_rows(self, self.words), self.words)
        else:
            title, html = N_("About this program"), about_html(self.words)
        Page(self.window, self.words(title), html).open()

    def clear_cache(self) -> None:
        """Remove the counts kept for a faster start."""
        cache.clear(cache_folder() / "codes")
        self.documents.tell(Message(N_("The stored counts are removed. The next start counts anew.")), "done")

    def quit(self) -> None:
        """Close the program."""
        self.window.close()

    def end(self, leave: Callable[[], None]) -> None:
        """Close because the system says so: nothing is asked, what was ordered is saved, and then `leave` is called.

        An analysis that is not saved comes back at the next start, if the reader wants it.
        """
        if self.documents.saving.waiting:
            self.documents.saving.finished.connect(lambda well: self.end(leave))
            return
        self.close(keep=True)
        leave()

    def close(self, *, keep: bool = False) -> None:
        """Stop work and remember the window; called once, when it closes. With `keep`, what is not saved comes back."""
        if self._closed:
            return
        self._closed = True
        self.menus.stop()
        self.preferences.geometry = self.window.saveGeometry()
        self.preferences.sync()
        self.documents.keeper.close(keep=keep)
        self.runner.close()
        if self._own_fitter:
            self.fitter.close()
        else:
            self.fitter.cancel()

    def release(self) -> None:
        """Let go of the dataset, once the window has closed; the database goes with the counting thread."""
        self.close()
        self.documents.release()
        self.overview.release()

    def _changed(self, old: AppState, new: AppState) -> None:
        self.documents.move_on()
        self._show_status()
        if self.overview.dragging:
            self._refresh_menus_soon()
        else:
            self.menus.refresh(self.words)
        if (old.page in ROOMY) != (new.page in ROOMY):
            self._show_table_as_wanted()

    def _opened(self, dataset: Dataset) -> None:
        self.overview.show_dataset(dataset, self.words)
        self._refresh()

    # --- what is shown ---------------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self.appearance.speak(self.language)
        self.overview.show_words(self.words)
        self.documents.retell()
        self._show_status()
        self._refresh()

    def _refresh(self) -> None:
        self._show_status()
        self.menus.refresh(self.words)

    def _refresh_menus_soon(self) -> None:
        self.menus.refresh_soon(self.words, dragging=self.overview.dragging)

    def _show_status(self) -> None:
        info, unsaved = self._info, self.documents.keeper.unsaved
        self.window.setWindowTitle(showing.window_title(info, self.workspace, self.words))
        self.window.setWindowModified(self.workspace is not None and unsaved)
        self.window.status.show_text("" if info is None else showing.status_text(info, self.words))

    def _show_table_as_wanted(self) -> None:
        """The table stands below; where the figures need the room it is a drawer, closed until asked for."""
        low = self.window.is_low or self.state.page in ROOMY
        shown = self._table_wanted if self._table_wanted is not None else not low
        self.window.table.setVisible(shown)
        self.overview.show_numbers()
        self._refresh_menus_soon()
