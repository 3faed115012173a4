"""One open program: it joins state, counting thread and window, and does what commands ask."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from explorer.core.commands import Ui
from explorer.core.folders import cache_folder
from explorer.core.formatting import Formats
from explorer.core.names import dataset_source, dataset_title
from explorer.core.state import AppState, Event
from explorer.core.words import N_, Message, Words
from explorer.pipeline import cache
from explorer.pipeline.opening import Dataset
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs
from explorer.shell.appearance import Appearance
from explorer.shell.dialogs import Dialogs
from explorer.shell.menus import Menus, shortcut_rows
from explorer.shell.overview import Overview
from explorer.shell.pages import Page, about_html, quality_html, shortcuts_html
from explorer.shell.window import MainWindow
from widgets.messages import Notice
from widgets.progress import Progress


class Session(QObject):
    """The App that commands see. It lives on the screen's thread and computes nothing there."""

    def __init__(self, app: QApplication, preferences: Preferences, ui: Ui | None = None) -> None:
        super().__init__()
        self.preferences = preferences
        self.words = Words(preferences.language)
        self.store = Store(self)
        self.runner = Runner(self)
        # Before any widget is made: a desktop may have given kinds of widgets fonts of its own.
        self.appearance = Appearance(app, preferences)
        self.appearance.apply()
        self.window = MainWindow(len(self.store.state.panels))
        self.overview = Overview(self.window, self.store, self.runner)
        self.ui: Ui = ui or Dialogs(self.window, lambda: self.words)
        self._dataset: Dataset | None = None
        self._table_wanted: bool | None = None
        self._opening = ""
        self._closed = False
        self.menus = Menus(self.window.menuBar(), self, preferences)
        self.window.undo_button.setDefaultAction(self.menus.action("edit.undo"))
        self.window.redo_button.setDefaultAction(self.menus.action("edit.redo"))
        self._connect()
        self.overview.show_theme(self.appearance.theme)
        self._retranslate()
        self._show_table_as_wanted()

    def _connect(self) -> None:
        self.store.changed.connect(lambda old, new: self._refresh())
        self.runner.done.connect(self._done)
        self.runner.failed.connect(self._failed)
        self.runner.cancelled.connect(self._cancelled)
        self.runner.progressed.connect(self._progressed)
        self.window.dropped.connect(self.open_dataset)
        self.window.closing.connect(self.close)
        self.window.low.connect(lambda low: self._show_table_as_wanted())
        self.window.progress.cancelled.connect(lambda: self.runner.cancel("open"))
        self.window.card.quality_requested.connect(self.show_quality)
        self.window.banner.closed.connect(lambda: self.window.banner.show_notice(None))
        self.window.table.save_requested.connect(lambda: self._command("export.table"))
        self.overview.save_requested.connect(lambda: self._command("export.figure"))
        self.overview.message_chosen.connect(self._command)
        self.overview.shown.connect(lambda: self.menus.refresh(self.words))

    def _command(self, name: str) -> None:
        self.menus.action(name).trigger()

    # --- what commands see -----------------------------------------------------------------------------------

    @property
    def state(self) -> AppState:
        """The present state of the analysis."""
        return self.store.state

    @property
    def has_dataset(self) -> bool:
        """Whether a dataset is open."""
        return self._dataset is not None

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
        self._open(str(path), jobs.open_folder(path))

    def open_sample(self) -> None:
        """Open the bundled sample in the background, made on first use."""
        self._open("", jobs.open_sample())

    def _open(self, name: str, job: jobs.Job) -> None:
        self._opening = name
        self.window.banner.show_notice(None)
        self.runner.submit("open", job)
        self._show_progress(None, Message(N_("Opening the dataset")))
        if self._dataset is None:
            self.overview.show_opening()

    def has_figure(self, panel: int) -> bool:
        """Whether a panel shows a figure that can be saved."""
        figure = self.overview.figure(panel)
        return figure is not None and not figure.chart.empty

    def suggested_name(self, panel: int) -> str:
        """File name, without ending, for what a panel shows."""
        return "-".join((self.state.panels[panel].view, *self.overview.by(panel))).replace("_", "-")

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

        if self._dataset is not None:
            lines = report_lines(self._dataset.quality, self.words, Formats(self.language).count)
            title = self.words(N_("Quality report"))
            Page(
                self.window,
                title,
                quality_html(dataset_title(self._dataset.codes.info, self.words), lines, self.words),
            ).open()

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
        self._notice(Message(N_("The stored counts are removed. The next start counts anew.")), "done")

    def quit(self) -> None:
        """Close the program."""
        self.window.close()

    def close(self) -> None:
        """Stop work and remember the window; called once, when it closes."""
        if self._closed:
            return
        self._closed = True
        self.preferences.geometry = self.window.saveGeometry()
        self.runner.close()

    def release(self) -> None:
        """Let go of the dataset and the database, once the window has closed."""
        self.close()
        self._dataset = None
        self.overview.release()
        self.runner.engine.close()

    # --- what comes back -------------------------------------------------------------------------------------

    def _done(self, kind: str, answer: object) -> None:
        if kind == "open" and isinstance(answer, Dataset):
            self._opened(answer)
        elif kind == "save" and isinstance(answer, Path):
            self._notice(Message(N_("Saved: {file}"), {"file": str(answer)}), "done")

    def _opened(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._show_progress(1.0, Message(""))
        if self._opening:
            self.preferences.add_recent(dataset.path.resolve())
        self.store.reset()
        self.overview.show_dataset(dataset, self.words)
        self._refresh()

    def _failed(self, kind: str, message: object) -> None:
        if not isinstance(message, Message):
            return
        if kind == "open":
            self._show_progress(1.0, Message(""))
            if self._dataset is None:
                self.overview.show_refusal(message)
                return
        if not kind.startswith("panel"):
            self._notice(message, "warning")

    def _cancelled(self, kind: str) -> None:
        if kind == "open":
            self._show_progress(1.0, Message(""))
            if self._dataset is None:
                self.overview.show_refusal(Message(N_("Opening was cancelled.")))

    def _progressed(self, kind: str, share: float, message: object) -> None:
        if kind == "open" and isinstance(message, Message):
            self._show_progress(share, message)

    def _show_progress(self, share: float | None, message: Message) -> None:
        """Show how far opening is; a share of 1 ends it."""
        progress = None
        if share is None or share < 1:
            progress = Progress(
                text=self.words.say(message),
                fraction=share,
                cancel_text=self.words(N_("Cancel")),
                cancelling_text=self.words(N_("Cancelling…")),
            )
        self.window.progress.show_progress(progress)

    def _notice(self, message: Message, kind: Literal["info", "warning", "done"]) -> None:
        notice = Notice(text=self.words.say(message), close_text=self.words(N_("Close this line")), kind=kind)
        self.window.banner.show_notice(notice)

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
        if self._dataset is None:
            self.window.setWindowTitle(title)
            self.window.status.show_text("")
            return
        info = self._dataset.codes.info
        self.window.setWindowTitle(f"{dataset_title(info, self.words)} – {title}")
        day = Formats(self.language).day(info.observed_until)
        parts = [
            self.words(N_("Synthetic data")) if info.synthetic else self.words(N_("Disclosure control: cbs")),
            self.words(N_("reference date {day}"), day=day),
            self.words(N_("Source: {source}"), source=dataset_source(info, self.words)),
        ]
        self.window.status.show_text("   ·   ".join(parts))

    def _show_table_as_wanted(self) -> None:
        """The table stands below; in a low window it is a drawer, closed until asked for."""
        low = self.window.is_low
        shown = self._table_wanted if self._table_wanted is not None else not low
        self.window.table.setVisible(shown)
        QTimer.singleShot(0, lambda: self.menus.refresh(self.words))
