"""Datasets and workspaces: opening, saving, and bringing back what an earlier run could not save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from explorer.core.commands import Ui
from explorer.core.sentences import sentence
from explorer.core.words import N_, Message, Refusal, Words
from explorer.pipeline.opening import Dataset
from explorer.services.preferences import Preferences
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs
from explorer.shell.keeping import Keeper
from explorer.shell.saving import SAVED, Saving
from explorer.shell.window import MainWindow
from explorer.workspace.reading import read
from widgets.controls.messages import Notice
from widgets.controls.progress import Progress

Kind = Literal["info", "warning", "done"]
SAVING_ONE: Final = N_("Saving {file}")
SAVING: Final = N_("Saving {file} ({count} to go)")
CLOSES: Final = N_("Closes when {file} is saved ({count} to go)")


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
    saved()
        The workspace is in its file.
    """

    opening = Signal()
    opened = Signal(object)
    refused = Signal(object)
    saved = Signal()

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        runner: Runner,
        preferences: Preferences,
        words: Callable[[], Words],
        ui: Ui,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._runner = window, store, runner
        self._preferences, self._words, self._ui = preferences, words, ui
        self.keeper = Keeper(store, lambda: words().language, self)
        self.saving = Saving(runner, self)
        self.saving.told.connect(lambda message, failed: self.tell(message, "warning" if failed else "done"))
        self.saving.changed.connect(self._show_work)
        self.saving.finished.connect(self._saved_all)
        # What is shown of opening; whether the window closes when all is saved.
        self._opening: tuple[float | None, Message] | None = None
        self._closing = False
        self.dataset: Dataset | None = None
        self._path = ""
        self._asking = False
        runner.done.connect(self._done)
        runner.failed.connect(self._failed)
        runner.cancelled.connect(self._cancelled)
        runner.progressed.connect(self._progressed)
        window.progress.cancelled.connect(self._cancel)
        # What is said until it is closed, and over it what is said until the next step.
        self._standing: tuple[Message, Kind, str] | None = None
        self._passing: tuple[Message, Kind, str] | None = None
        window.banner.closed.connect(self._hush)
        window.banner.acted.connect(self._recover)

    # --- opening and saving ----------------------------------------------------------------------------------

    def open_dataset(self, path: Path) -> None:
        """Open a dataset in the background; what is shown stays until it is there."""
        if self.leave():
            self.keeper.expect_none()
            self._open(path)

    def open_sample(self) -> None:
        """Open the bundled sample in the background, made on first use."""
        if self.leave():
            self.keeper.expect_none()
            self._open(None)

    def open_workspace(self, path: Path) -> None:
        """Open a workspace and its dataset in the background."""
        try:
            stored = read(path)
        except Refusal as refusal:
            self._refuse(refusal.message)
            return
        if self.leave():
            self._open(self.keeper.expect(stored, path))

    def save_workspace(self, path: Path) -> bool:
        """Save the workspace; return whether that was done."""
        if self.dataset is None:
            return False
        try:
            self.keeper.save(path)
        except Refusal as refusal:
            self.tell(refusal.message, "warning")
            return False
        self.tell(Message(SAVED, {"file": str(path)}), "done")
        self.saved.emit()
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
        if not self.keeper.unsaved:
            return True
        self._asking = True
        try:
            answer = self._ui.unsaved(self.keeper.path)
            if answer != "save":
                return answer == "drop"
            path = self.keeper.path or self._ui.workspace_file(self.suggested_name())
        finally:
            self._asking = False
        return path is not None and self.save_workspace(path)

    def suggested_name(self) -> str:
        """Return a name for what is shown: its selection in words."""
        if self.dataset is None:
            return ""
        return sentence(self._store.state.selection, self.dataset.codes.info, self._words())[:60]

    def release(self) -> None:
        """Let go of the dataset."""
        self.dataset = None

    def tell(self, message: Message, kind: Kind, action: str = "", *, passing: bool = False) -> None:
        """Say something in the line above the figures; what is done, or is `passing`, only until the next step."""
        if passing or kind == "done":
            self._passing = (message, kind, action)
        else:
            self._standing, self._passing = (message, kind, action), None
        self.retell()

    def retell(self) -> None:
        """Say it in the language of now."""
        told, words = self._passing or self._standing, self._words()
        notice = None
        if told is not None:
            message, kind, action = told
            notice = Notice(
                text=words.say(message),
                close_text=words(N_("Close this line")),
                action_text=words(action) if action else "",
                kind=kind,
            )
        self._window.banner.show_notice(notice)

    def move_on(self) -> None:
        """Something else is done: what was said of the last step is past, an offer still stands."""
        if self._passing is not None:
            self._passing = None
            self.retell()

    def _silence(self) -> None:
        self._standing = self._passing = None
        self.retell()

    def _hush(self) -> None:
        """Close the line that is read; one under it comes back."""
        if self._passing is not None:
            self._passing = None
        else:
            self._standing = None
        self.retell()

    # --- what comes back -------------------------------------------------------------------------------------

    def _open(self, path: Path | None) -> None:
        """Open the dataset in a folder; None is the bundled sample."""
        self._path = "" if path is None else str(path)
        self._silence()
        self._runner.submit("open", jobs.open_sample() if path is None else jobs.open_folder(path))
        self._show_progress(None, Message(N_("Opening the dataset")))
        if self.dataset is None:
            self.opening.emit()

    def _done(self, kind: str, answer: object) -> None:
        if kind == "open" and isinstance(answer, Dataset):
            self._opened(answer)

    def _wanted(self, dataset: Dataset) -> bool:
        """Return whether a workspace is wanted on `dataset`, also where its selections lose conditions by it."""
        lost = self.keeper.lost_on(dataset)
        if not lost:
            return True
        self._show_progress(1.0, Message(""))
        self._asking = True
        try:
            return self._ui.without(self.keeper.expected, lost)
        finally:
            self._asking = False

    def _opened(self, dataset: Dataset) -> None:
        if not self._wanted(dataset):
            self._cancelled("open")
            return
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
            self.tell(Message(lost), "info", N_("Bring it back"))

    def _recover(self) -> None:
        if self.leave():
            self._open(self.keeper.recover())

    def _refuse(self, message: Message) -> None:
        """Say why nothing else is opened: in the place of the figures where there are none."""
        if self.dataset is None:
            self.refused.emit(message)
        else:
            self.tell(message, "warning")

    def _failed(self, kind: str, message: object) -> None:
        if not isinstance(message, Message):
            return
        if kind == "open":
            self.keeper.expect_none()
            self._show_progress(1.0, Message(""))
            self._refuse(message)
        elif not kind.startswith(("panel", "save")):
            self.tell(message, "warning")

    def _cancelled(self, kind: str) -> None:
        if kind == "open":
            self.keeper.expect_none()
            self._show_progress(1.0, Message(""))
            if self.dataset is None:
                self.refused.emit(Message(N_("Opening was cancelled.")))

    def _progressed(self, kind: str, share: float, message: object) -> None:
        if kind == "open" and isinstance(message, Message):
            self._show_progress(share, message)

    def _show_progress(self, share: float | None, message: Message) -> None:
        """Show how far opening is; a share of 1 ends it."""
        self._opening = (share, message) if share is None or share < 1 else None
        self._show_work()

    def _show_work(self) -> None:
        """Show what the window waits for: a dataset that opens, else files that are written."""
        words, share, message = self._words(), None, None
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
            self._runner.cancel("open")
        else:
            self.saving.cancel()
