"""One open program: it joins state, counting thread and window, and does what commands ask."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from explorer.commands.figures import measures
from explorer.commands.file import recent
from explorer.commands.table import ALL
from explorer.commands.workspace import forgetting, restoring
from explorer.core.commands import Command, Ui, run
from explorer.core.events import Event, Restore
from explorer.core.folders import cache_folder
from explorer.core.formatting import Formats
from explorer.core.names import dataset_source, dataset_title
from explorer.core.sentences import sentence
from explorer.core.state import AppState
from explorer.core.views import all_views
from explorer.core.words import N_, Message, Refusal, Words
from explorer.pipeline import cache
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
from widgets.search import SearchDialog

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
        # Before any widget is made: a desktop may have given kinds of widgets fonts of its own.
        self.appearance = Appearance(app, preferences)
        self.appearance.apply()
        self.window = MainWindow(len(self.store.state.panels))
        self.overview = Overview(self.window, self.store, self.runner, self.fitter)
        self.ui: Ui = ui or Dialogs(self.window, lambda: self.words)
        self.documents = Documents(self.window, self.store, self.runner, preferences, lambda: self.words)
        self._table_wanted: bool | None = None
        self._closed = False
        self.menus = Menus(self.window.menuBar(), self, preferences)
        self.window.undo_button.setDefaultAction(self.menus.action("edit.undo"))
        self.window.redo_button.setDefaultAction(self.menus.action("edit.redo"))
        kept = ("select.keep_a", "select.keep_b", "select.compare_kept")
        for button, name, short in zip(self.window.kept_buttons, kept, ("A", "B", "A | B"), strict=True):
            self.menus.action(name).setIconText(short)
            button.setDefaultAction(self.menus.action(name))
        self.search = SearchDialog(self.window)
        self._connect()
        self.overview.show_theme(self.appearance.theme)
        self._retranslate()
        self._show_table_as_wanted()

    def _connect(self) -> None:
        self.store.changed.connect(self._changed)
        self.documents.opening.connect(self.overview.show_opening)
        self.documents.opened.connect(self._opened)
        self.documents.refused.connect(self.overview.show_no_dataset)
        self.window.dropped.connect(self.open_dataset)
        self.window.closing.connect(self.close)
        self.window.low.connect(lambda low: self._show_table_as_wanted())
        self.window.card.quality_requested.connect(self.show_quality)
        self.window.table.save_requested.connect(lambda: self._command("export.table"))
        self.overview.explain_requested.connect(self.explain)
        self.overview.told.connect(lambda message: self.documents.tell(message, "info"))
        self.search.chosen.connect(self._command)
        self.overview.save_requested.connect(lambda: self._command("export.figure"))
        self.overview.message_chosen.connect(self._command)
        self.overview.shown.connect(lambda: self.menus.refresh(self.words))

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
        return self.store.undo_words

    def redo_words(self) -> Message | None:
        """What redo would bring forward."""
        return self.store.redo_words

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
        if self.documents.dataset is None:
            return ""
        return sentence(self.state.selection, self.documents.dataset.codes.info, self.words)[:60]

    def say(self, message: Message) -> str:
        """Return a message in the reader's language."""
        return self.words.say(message)

    def has_figure(self, panel: int) -> bool:
        """Whether a panel shows a figure that can be saved."""
        figure = self.overview.figure(panel)
        return figure is not None and not figure.chart.empty

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what a panel shows."""
        return "-".join((self.state.view(panel), *self.overview.by(panel))).replace("_", "-")

    def save_figure(self, panel: int, path: Path) -> None:
        """Print a panel's chart in the background."""
        figure = self.overview.figure(panel)
        if figure is not None:
            self.runner.submit("save", jobs.print_figure(figure, path))

    def save_table(self, panel: int, path: Path) -> None:
        """Write a panel's table in the background."""
        figure = self.overview.figure(panel)
        if figure is not None:
            self.runner.submit("save", jobs.write_numbers(figure, path))

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
        self.appearance.apply()
        self.overview.show_theme(self.appearance.theme)

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
        view = all_views()[self.state.view(panel)]
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

    def close(self) -> None:
        """Stop work and remember the window; called once, when it closes."""
        if self._closed:
            return
        self._closed = True
        self.preferences.geometry = self.window.saveGeometry()
        self.documents.keeper.close()
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
        self._refresh()
        if (old.page in ROOMY) != (new.page in ROOMY):
            self._show_table_as_wanted()

    def _opened(self, dataset: Dataset) -> None:
        self.overview.show_dataset(dataset, self.words)
        self._refresh()

    # --- what is shown ---------------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self.appearance.speak(self.language)
        self.overview.show_words(self.words)
        self.window.banner.show_notice(None)
        self._show_status()
        self._refresh()

    def _refresh(self) -> None:
        self._show_status()
        self.menus.refresh(self.words)

    def _show_status(self) -> None:
        title = self.words(N_("Cohort Flow Explorer"))
        if self.documents.dataset is None:
            self.window.setWindowTitle(title)
            self.window.status.show_text("")
            return
        info = self.documents.dataset.codes.info
        self.window.setWindowTitle(f"{dataset_title(info, self.words)} – {title}")
        day = Formats(self.language).day(info.observed_until)
        parts = [
            self.words(N_("Synthetic data")) if info.synthetic else self.words(N_("Disclosure control: cbs")),
            self.words(N_("reference date {day}"), day=day),
            self.words(N_("Source: {source}"), source=dataset_source(info, self.words)),
        ]
        self.window.status.show_text("   ·   ".join(parts))

    def _show_table_as_wanted(self) -> None:
        """The table stands below; where the figures need the room it is a drawer, closed until asked for."""
        low = self.window.is_low or self.state.page in ROOMY
        shown = self._table_wanted if self._table_wanted is not None else not low
        self.window.table.setVisible(shown)
        self.overview.show_numbers()
        QTimer.singleShot(0, lambda: self.menus.refresh(self.words))
