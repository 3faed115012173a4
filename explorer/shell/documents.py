"""Datasets and workspaces: opening, saving, and bringing back what an earlier run could not save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from explorer.core.words import N_, Message, Refusal, Words
from explorer.pipeline.opening import Dataset
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs
from explorer.shell.keeping import Keeper
from explorer.shell.window import MainWindow
from widgets.messages import Notice
from widgets.progress import Progress

Kind = Literal["info", "warning", "done"]


class Documents(QObject):
    """What is open. It tells of it in the strip of progress and in the line above the figures.

    Signals
    -------
    opening()
        The first dataset is on its way.
    opened(object)
        A Dataset is open, and the state is that of its workspace or the first.
    refused(object)
        There is no dataset: the Message says why.
    """

    opening = Signal()
    opened = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        runner: Runner,
        preferences: Preferences,
        words: Callable[[], Words],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._runner = window, store, runner
        self._preferences, self._words = preferences, words
        self.keeper = Keeper(store, lambda: words().language, self)
        self.dataset: Dataset | None = None
        self._path = ""
        runner.done.connect(self._done)
        runner.failed.connect(self._failed)
        runner.cancelled.connect(self._cancelled)
        runner.progressed.connect(self._progressed)
        window.progress.cancelled.connect(lambda: runner.cancel("open"))
        window.banner.closed.connect(lambda: window.banner.show_notice(None))
        window.banner.acted.connect(self._recover)

    # --- opening and saving ----------------------------------------------------------------------------------

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background; what is shown stays until it is there."""
        self.keeper.forget_file()
        self._open(path)

    def open_sample(self) -> None:
        """Open the bundled sample in the background, made on first use."""
        self.keeper.forget_file()
        self._open(None)

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""
        try:
            dataset = self.keeper.read(path)
        except Refusal as refusal:
            self.tell(refusal.message, "warning")
            return
        self._open(dataset)

    def save_workspace(self, path: Path) -> None:
        """Save the workspace."""
        if self.dataset is None:
            return
        try:
            self.keeper.save(path)
        except Refusal as refusal:
            self.tell(refusal.message, "warning")
            return
        self.tell(Message(N_("Saved: {file}"), {"file": str(path)}), "done")

    def release(self) -> None:
        """Let go of the dataset."""
        self.dataset = None

    def tell(self, message: Message, kind: Kind, action: str = "") -> None:
        """Say something in the line above the figures."""
        words = self._words()
        notice = Notice(
            text=words.say(message), close_text=words(N_("Close this line")), action_text=action, kind=kind
        )
        self._window.banner.show_notice(notice)

    # --- what comes back -------------------------------------------------------------------------------------

    def _open(self, path: Path | None) -> None:
        """Open the dataset in a folder; None is the bundled sample."""
        self._path = "" if path is None else str(path)
        self._window.banner.show_notice(None)
        self._runner.submit("open", jobs.open_sample() if path is None else jobs.open_folder(path))
        self._show_progress(None, Message(N_("Opening the dataset")))
        if self.dataset is None:
            self.opening.emit()

    def _done(self, kind: str, answer: object) -> None:
        if kind == "open" and isinstance(answer, Dataset):
            self._opened(answer)
        elif kind == "save" and isinstance(answer, Path):
            self.tell(Message(N_("Saved: {file}"), {"file": str(answer)}), "done")

    def _opened(self, dataset: Dataset) -> None:
        first, self.dataset = self.dataset is None, dataset
        self._show_progress(1.0, Message(""))
        if self._path:
            self._preferences.add_recent(dataset.path.resolve())
        state, notes = self.keeper.opened(dataset)
        self._store.reset(state)
        self.opened.emit(dataset)
        if notes:
            self.tell(Message(" ".join(self._words().say(note) for note in notes)), "info")
        elif first and state is None and self.keeper.recoverable():
            lost = N_(
                "The last time the program did not close by itself. What it showed can be brought back."
            )
            self.tell(Message(lost), "info", self._words()(N_("Bring it back")))

    def _recover(self) -> None:
        self._window.banner.show_notice(None)
        self._open(self.keeper.recover())

    def _failed(self, kind: str, message: object) -> None:
        if not isinstance(message, Message):
            return
        if kind == "open":
            self.keeper.forget_file()
            self._show_progress(1.0, Message(""))
            if self.dataset is None:
                self.refused.emit(message)
                return
        if not kind.startswith("panel"):
            self.tell(message, "warning")

    def _cancelled(self, kind: str) -> None:
        if kind == "open":
            self.keeper.forget_file()
            self._show_progress(1.0, Message(""))
            if self.dataset is None:
                self.refused.emit(Message(N_("Opening was cancelled.")))

    def _progressed(self, kind: str, share: float, message: object) -> None:
        if kind == "open" and isinstance(message, Message):
            self._show_progress(share, message)

    def _show_progress(self, share: float | None, message: Message) -> None:
        """Show how far opening is; a share of 1 ends it."""
        words, progress = self._words(), None
        if share is None or share < 1:
            progress = Progress(
                text=words.say(message),
                fraction=share,
                cancel_text=words(N_("Cancel")),
                cancelling_text=words(N_("Cancelling…")),
            )
        self._window.progress.show_progress(progress)
