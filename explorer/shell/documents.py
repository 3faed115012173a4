"""Datasets and workspaces: opening, saving, and bringing back what an earlier run could not save."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from explorer.core.commands import Ui
from explorer.core.folders import cache_folder
from explorer.core.sentences import sentence
from explorer.core.words import N_, Message, Refusal
from explorer.pipeline import cache
from explorer.pipeline.opening import Dataset
from explorer.services.context import Context
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs
from explorer.shell.jobs import FileOrder, PanelFigure, Place
from explorer.shell.notices import Notices
from explorer.shell.open_workspace import OpenWorkspace
from explorer.shell.saving import SAVED, Saving
from explorer.shell.window import MainWindow
from explorer.workspace.document import is_workspace
from explorer.workspace.reading import read
from widgets.controls.progress import Progress

SAVING_ONE: Final = N_("Saving {file}")
SAVING: Final = N_("Saving {file} ({count} to go)")
CLOSES: Final = N_("Closes when {file} is saved ({count} to go)")


class Documents(QObject):
    """What is open. It tells of it in the strip of progress and in the line above the figures.

    Signals
    -------
    opening()
        The first dataset is on its way.
    refused(object)
        There is no dataset: the Message says why.
    """

    opening = Signal()
    refused = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        context: Context,
        runner: Runner,
        preferences: Preferences,
        notices: Notices,
        ui: Ui,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._context, self._runner = window, store, context, runner
        self._preferences, self._notices, self._ui = preferences, notices, ui
        self.workspace = OpenWorkspace(store, context, self)
        self.saving = Saving(runner, self)
        self.saving.told.connect(
            lambda message, failed: notices.tell(message, "warning" if failed else "done")
        )
        self.saving.changed.connect(self._show_work)
        self.saving.finished.connect(self._saved_all)
        # What is shown of opening; whether the window closes when all is saved.
        self._opening: tuple[float | None, Message] | None = None
        self._closing = False
        self._remembered = False
        self._asking = False
        runner.done.connect(self._done)
        runner.failed.connect(self._failed)
        runner.cancelled.connect(self._cancelled)
        runner.progressed.connect(self._progressed)
        window.progress.cancelled.connect(self._cancel)
        window.banner.acted.connect(self._recover)

    # --- opening and saving ----------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open what lies at `path`: a workspace, or else a dataset."""
        if is_workspace(path):
            self.open_workspace(path)
        else:
            self.open_dataset(path)

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background; what is shown stays until it is there."""
        if self.leave():
            self.workspace.expect_none()
            self._open(path)

    def open_sample(self) -> None:
        """Open the bundled sample in the background, made on first use."""
        if self.leave():
            self.workspace.expect_none()
            self._open(None)

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""
        try:
            stored = read(path)
        except Refusal as refusal:
            self._refuse(refusal.message)
            return
        if self.leave():
            self._open(self.workspace.expect(stored, path))

    def save_workspace(self, path: Path) -> bool:
        """Save the workspace; return whether that was done."""
        if self._context.dataset is None:
            return False
        try:
            self.workspace.save(path)
        except Refusal as refusal:
            self._notices.tell(refusal.message, "warning")
            return False
        self._notices.tell(Message(SAVED, {"file": str(path)}), "done")
        return True

    def may_close(self) -> bool:
        """Return whether the window may close now: not before what was ordered is saved; then it closes by itself."""
        if self.saving.waiting:
            self._closing = True
            self._window.progress.show_progress(None)
            self._show_work()
            return False
        return self.leave()

    def _saved_all(self, well: bool) -> None:
        """Close, if that waited for it; where something could not be saved, the reader is told instead."""
        closing, self._closing = self._closing, False
        if closing and well:
            self._window.close()

    def leave(self) -> bool:
        """Return whether what is open may be let go; where that loses something, the reader is asked.

        While the question stands, whatever else would let go waits for its answer and is refused.
        """
        if self._asking:
            return False
        if not self.workspace.unsaved:
            return True
        self._asking = True
        try:
            answer = self._ui.unsaved(self.workspace.path)
            if answer != "save":
                return answer == "drop"
            path = self.workspace.path or self._ui.workspace_file(self.suggested_name())
        finally:
            self._asking = False
        return path is not None and self.save_workspace(path)

    def suggested_name(self) -> str:
        """Return a name for what is shown: its selection in words."""
        info = self._context.info
        return "" if info is None else sentence(self._store.state.selection, info, self._context.words)[:60]

    def forget_counts(self) -> None:
        """Remove the counts kept for a faster start."""
        cache.clear(cache_folder() / "codes")
        self._notices.tell(Message(N_("The stored counts are removed. The next start counts anew.")), "done")

    def take_snapshot(self, name: str) -> None:
        """Keep the present state under a name."""
        try:
            kept = self.workspace.take(name)
        except Refusal as refusal:
            self._notices.tell(refusal.message, "warning")
        else:
            text = N_("Snapshot “{name}” is kept; find it in the View menu.")
            self._notices.tell(Message(text, {"name": kept}), "done")

    # --- what comes back -------------------------------------------------------------------------------------

    def _open(self, path: Path | None) -> None:
        """Open the dataset in a folder; None is the bundled sample."""
        self._remembered = path is not None
        self._notices.silence()
        self._runner.submit(Place.DATASET, jobs.open_sample() if path is None else jobs.open_folder(path))
        self._show_progress(None, Message(N_("Opening the dataset")))
        if self._context.dataset is None:
            self.opening.emit()

    def _done(self, place: object, answer: object) -> None:
        if place is Place.DATASET and isinstance(answer, Dataset):
            self._opened(answer)

    def _wanted(self, dataset: Dataset) -> bool:
        """Return whether a workspace is wanted on `dataset`, also where its selections lose conditions by it."""
        lost = self.workspace.lost_on(dataset)
        if not lost:
            return True
        self._show_progress(1.0, Message(""))
        self._asking = True
        try:
            return self._ui.without(self.workspace.expected, lost)
        finally:
            self._asking = False

    def _opened(self, dataset: Dataset) -> None:
        if not self._wanted(dataset):
            self._cancelled(Place.DATASET)
            return
        first = self._context.dataset is None
        self._show_progress(1.0, Message(""))
        if self._remembered:
            self._preferences.add_recent(dataset.path.resolve())
        state, notes = self.workspace.opened(dataset)
        self._store.reset(state)
        self._context.use(dataset)
        if notes:
            text = " ".join(self._context.words.say(note) for note in notes)
            self._notices.tell(Message(text), "info")
        elif first and state is None and self.workspace.recoverable():
            lost = N_(
                "The last time the program did not close by itself. What it showed can be brought back."
            )
            self._notices.tell(Message(lost), "info", N_("Bring it back"))

    def _recover(self) -> None:
        if self.leave():
            self._open(self.workspace.recover())

    def _refuse(self, message: Message) -> None:
        """Say why nothing else is opened: in the place of the figures where there are none."""
        if self._context.dataset is None:
            self.refused.emit(message)
        else:
            self._notices.tell(message, "warning")

    def _failed(self, place: object, message: object) -> None:
        if not isinstance(message, Message):
            return
        if place is Place.DATASET:
            self.workspace.expect_none()
            self._show_progress(1.0, Message(""))
            self._refuse(message)
        elif not isinstance(place, PanelFigure | FileOrder):
            # These say it themselves.
            self._notices.tell(message, "warning")

    def _cancelled(self, place: object) -> None:
        if place is Place.DATASET:
            self.workspace.expect_none()
            self._show_progress(1.0, Message(""))
            if self._context.dataset is None:
                self.refused.emit(Message(N_("Opening was cancelled.")))

    def _progressed(self, place: object, share: float, message: object) -> None:
        if place is Place.DATASET and isinstance(message, Message):
            self._show_progress(share, message)

    def _show_progress(self, share: float | None, message: Message) -> None:
        """Show how far opening is; a share of 1 ends it."""
        self._opening = (share, message) if share is None or share < 1 else None
        self._show_work()

    def _show_work(self) -> None:
        """Show what the window waits for: a dataset that opens, else files that are written."""
        words, share, message = self._context.words, None, None
        if self._opening is not None and not self._closing:
            share, message = self._opening
        elif self.saving.waiting:
            first, *others = self.saving.waiting
            text = CLOSES if self._closing else SAVING_ONE if not others else SAVING
            message = Message(text, {"file": first.name, "count": len(others) + 1})
        progress = None
        if message is not None:
            progress = Progress(
                text=words.say(message),
                fraction=share,
                cancel_text=words(N_("Cancel")),
                cancelling_text=words(N_("Cancelling…")),
            )
        self._window.progress.show_progress(progress)

    def _cancel(self) -> None:
        """Stop what is shown: closing, opening, or what is still to be saved."""
        if self._closing:
            self._closing = False
            # What was to be saved still is, and can be called off in its turn.
            self._window.progress.show_progress(None)
            self._show_work()
        elif self._opening is not None:
            self._runner.cancel(Place.DATASET)
        else:
            self.saving.cancel()
