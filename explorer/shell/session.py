"""One open program: it joins state, counting thread, process of fits and window, and lets go of them in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from explorer.core.commands import CommandTable, Ui
from explorer.core.events import Event
from explorer.core.state import AppState
from explorer.core.words import N_
from explorer.registers.info import NAME as DATASET
from explorer.services.context import Context
from explorer.services.fitter import Fitter
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import showing
from explorer.shell.appearance import Appearance
from explorer.shell.dialogs import Dialogs
from explorer.shell.documents import Documents
from explorer.shell.figures import Figures
from explorer.shell.help import Help
from explorer.shell.importing import Importing
from explorer.shell.jobs import write_report
from explorer.shell.menus import Menus
from explorer.shell.notices import Notices
from explorer.shell.overview import Overview
from explorer.shell.window import MainWindow
from explorer.shell.window_events import WindowEvents


class Session(QObject):
    """The App that commands see. It lives on the screen's thread and computes nothing there."""

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences,
        commands: CommandTable[Session],
        ui: Ui | None = None,
        *,
        fitter: Fitter | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences
        self.context = Context(preferences.language, preferences.theme, self)
        self.store = Store(self)
        self.runner = Runner(self)
        # A process of fits that was given is another's to close.
        self._own_fitter = fitter is None
        self.fitter = fitter or Fitter(self)
        # Fonts before any widget is made: a desktop may have given kinds of widgets fonts of its own. The style sheet
        # after all are: Qt would look it up anew for a whole branch each time one is put into another.
        self.appearance = Appearance(app, preferences, self.context)
        self.appearance.set_fonts()
        self.window = MainWindow(len(self.store.state.panels))
        self.overview = Overview(self.window, self.store, self.context, self.runner, self.fitter)
        self.ui: Ui = ui or Dialogs(self.window, self.context)
        self.notices = Notices(self.window.banner, self.context)
        self.documents = Documents(
            self.window, self.store, self.context, self.runner, preferences, self.notices, self.ui
        )
        self.figures = Figures(
            self.store,
            self.context,
            self.overview,
            self.window.table,
            self.documents.saving,
            self.notices,
        )
        self.importing = Importing(
            self.window, self.context, self.runner, self.notices, self.documents.open_dataset
        )
        self.menus = Menus(self.window.menuBar(), self.context, self, commands)
        self.help = Help(self.window, self.context, self.overview, self.menus, self._save_report)
        self.events = WindowEvents(
            self.window, self.store, self.context, self.overview, self.notices, self.menus.run
        )
        self._closed = False
        self._put_on_buttons()
        self.appearance.dress()
        self._connect()
        self.context.speak(preferences.language)

    def _put_on_buttons(self) -> None:
        self.menus.put_on(self.window.undo_button, "edit.undo")
        self.menus.put_on(self.window.redo_button, "edit.redo")
        kept = ("select.keep_a", "select.keep_b", "select.compare_kept")
        for button, name, short in zip(self.window.kept_buttons, kept, ("A", "B", "A | B"), strict=True):
            self.menus.put_on(button, name, short)

    def _connect(self) -> None:
        window, documents, overview = self.window, self.documents, self.overview
        overview.followed.connect(self._changed)
        overview.shown.connect(self._refresh_menus_soon)
        documents.opening.connect(overview.show_opening)
        documents.refused.connect(overview.show_no_dataset)
        for changed in (
            documents.workspace.kept,
            self.context.dataset_changed,
            self.context.words_changed,
            self.context.theme_changed,
        ):
            changed.connect(self._refresh)
        # Queued: what was dragged from waits until the drop has been taken, and there may be a question first.
        window.dropped.connect(self._take, Qt.ConnectionType.QueuedConnection)
        window.may_close = lambda: self._closed or documents.may_close()
        window.closing.connect(self.close)
        window.table_toggled.connect(overview.show_numbers)
        window.table_toggled.connect(self._refresh_menus_soon)
        window.card.quality_requested.connect(self.help.show_quality)
        for index, panel in enumerate(window.panels):
            panel.header.explain.asked.connect(lambda _, at=index: self.help.explain(at))

    def _take(self, path: Path) -> None:
        """Open what was dropped; a folder without dataset.toml holds files as they were delivered."""
        if path.is_dir() and not (path / DATASET).exists():
            self.importing.begin(path)
        else:
            self.documents.open_path(path)

    def _save_report(self) -> None:
        dataset, words = self.context.dataset, self.context.words
        path = self.ui.table_file(words(N_("quality report"))) if dataset is not None else None
        if dataset is not None and path is not None:
            self.documents.saving.order(path, write_report(dataset, path, words))

    @property
    def state(self) -> AppState:
        """The present state of the analysis."""
        return self.store.state

    def send(self, event: Event) -> None:
        """Change the state."""
        self.store.send(event)

    # --- the end ---------------------------------------------------------------------------------------------

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
        self.documents.workspace.close(keep=keep)
        self.runner.close()
        if self._own_fitter:
            self.fitter.close()
        else:
            self.fitter.cancel()

    def release(self) -> None:
        """Let go of the dataset, once the window has closed; the database goes with the counting thread."""
        self.close()
        self.context.use(None)

    # --- what is shown ---------------------------------------------------------------------------------------

    def _changed(self, old: AppState, new: AppState) -> None:
        self.notices.move_on()
        if self.overview.dragging:
            self._show_status()
            self._refresh_menus_soon()
        else:
            self._refresh()

    def _refresh(self) -> None:
        if not self._closed:
            self._show_status()
            self.menus.refresh()

    def _refresh_menus_soon(self) -> None:
        self.menus.refresh_soon(dragging=self.overview.dragging)

    def _show_status(self) -> None:
        info, words, file = self.context.info, self.context.words, self.documents.workspace.path
        self.window.setWindowTitle(showing.window_title(info, file, words))
        self.window.setWindowModified(file is not None and self.documents.workspace.unsaved)
        self.window.status.show_text("" if info is None else showing.status_text(info, words))
