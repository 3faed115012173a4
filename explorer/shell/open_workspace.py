"""The workspace of the open window: its file, its snapshots, and the autosave that survives a fall."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.folders import cache_folder
from explorer.core.state import AppState
from explorer.core.words import Message, Refusal
from explorer.pipeline.opening import Dataset
from explorer.services.context import Context
from explorer.services.store import Store
from explorer.workspace import snapshots
from explorer.workspace.document import DatasetReference, Snapshot, Workspace, reference
from explorer.workspace.reading import Opened, Stored, resolve
from explorer.workspace.recovery import Recovered, RecoveryFile
from explorer.workspace.writing import write

AUTOSAVE_MS: Final = 3000
"""So long after the last change the state is kept for recovery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """The workspace whose dataset is on its way; `file` is None when it has none, `saved`: what it holds is in it."""

    stored: Stored
    file: Path | None
    saved: bool


class OpenWorkspace(QObject):
    """Holds what a workspace is made of, and writes it; `path` is its file, once it has one.

    Signals
    -------
    kept()
        The workspace is in its file, or its snapshots are others.
    """

    kept = Signal()

    def __init__(self, store: Store, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._context = store, context
        self._snapshots: tuple[Snapshot, ...] = ()
        self._next: _Next | None = None
        self._saved: tuple[AppState, tuple[Snapshot, ...]] | None = None
        self._found: Recovered | None = None
        self._recovery = RecoveryFile(cache_folder() / "recovery")
        self.path: Path | None = None
        self._timer = QTimer(self, singleShot=True, interval=AUTOSAVE_MS)
        self._timer.timeout.connect(self._autosave)
        store.changed.connect(lambda old, new: self._timer.start())
        context.dataset_changed.connect(self._timer.start)

    # --- snapshots -------------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the snapshots, in the order they were taken."""
        return tuple(one.name for one in self._snapshots)

    def take(self, name: str) -> str:
        """Keep the present state; return the name it got.

        Raises
        ------
        Refusal
            When nothing is left of the name.
        """
        self._snapshots = snapshots.add(self._snapshots, name, self._store.state)
        self._timer.start()
        self.kept.emit()
        return self._snapshots[-1].name

    def snapshot(self, name: str) -> AppState:
        """Return the state kept under `name`; the present one where there is none."""
        return snapshots.named(self._snapshots, name) or self._store.state

    def forget(self, name: str) -> None:
        """Forget a snapshot."""
        self._snapshots = snapshots.remove(self._snapshots, name)
        self._timer.start()
        self.kept.emit()

    # --- files -----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost: the analysis is not as it was opened or saved last."""
        return self._context.dataset is not None and self._saved != _work(self._store.state, self._snapshots)

    def expect(self, stored: Stored, file: Path | None, *, saved: bool = True) -> Path | None:
        """Return the folder of the dataset of a workspace that was read, None for the bundled sample.

        Its state is that of the window once that dataset is open.
        """
        self._next = _Next(stored=stored, file=file, saved=saved)
        return stored.folder()

    def expect_none(self) -> None:
        """What is opened next is no workspace; the one that is open keeps its file until then."""
        self._next = None

    def save(self, path: Path) -> None:
        """Write the workspace.

        Raises
        ------
        Refusal
            In one sentence, when it cannot be written.
        """
        assert self._context.dataset is not None
        write(self._workspace(self._context.dataset), path)
        self.path = path
        self._saved = _work(self._store.state, self._snapshots)
        self.kept.emit()

    @property
    def expected(self) -> Path | None:
        """The file of the workspace whose dataset is on its way; None without one."""
        return self._next.file if self._next is not None else None

    def lost_on(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the conditions of the workspace that was asked for which `dataset` does not have."""
        if self._next is None:
            return ()
        found = _resolved(self._next, dataset)
        return tuple(dict.fromkeys((*found.lost, *found.lost_in_snapshots)))

    def opened(self, dataset: Dataset) -> tuple[AppState | None, tuple[Message, ...]]:
        """Return the state to begin with on `dataset`, None as the program begins, and what there is to tell."""
        expected, self._next = self._next, None
        if expected is None:
            self.path, self._snapshots = None, ()
            self._saved = _work(AppState(), ())
            return None, ()
        found = _resolved(expected, dataset)
        self.path, self._snapshots = expected.file, found.workspace.snapshots
        self._saved = _work(found.workspace.state, self._snapshots) if expected.saved else None
        return found.workspace.state, found.notes

    # --- recovery --------------------------------------------------------------------------------------------

    def recoverable(self) -> bool:
        """Whether an earlier run ended without closing and left what it showed."""
        self._found = self._recovery.load()
        return self._found is not None

    def recover(self) -> Path | None:
        """Return the folder of the dataset of what was left, None for the sample; its state follows when it is open."""
        assert self._found is not None
        return self.expect(self._found.stored, self._found.file, saved=False)

    def close(self, *, keep: bool = False) -> None:
        """The program ends by itself: nothing is left to recover, except, with `keep`, what is not saved."""
        self._timer.stop()
        if keep and self.unsaved:
            self._autosave()
        else:
            self._recovery.clear()

    def _autosave(self) -> None:
        if self._context.dataset is not None:
            # A full disk costs the recovery, never the work.
            with contextlib.suppress(Refusal):
                self._recovery.save(self._workspace(self._context.dataset), self.path)

    def _workspace(self, dataset: Dataset) -> Workspace:
        return Workspace(
            state=self._store.state,
            dataset=_reference(dataset),
            snapshots=self._snapshots,
            language=self._context.words.language,
        )


def _reference(dataset: Dataset) -> DatasetReference:
    codes = dataset.codes
    return reference(dataset.path, dataset.data_hash, codes.info, tuple(codes.groupings))


def _resolved(expected: _Next, dataset: Dataset) -> Opened:
    codes = dataset.codes
    return resolve(
        expected.stored,
        levels={name: grouping.levels for name, grouping in codes.groupings.items()},
        numbers=frozenset(codes.numbers),
        present=_reference(dataset),
    )


def _work(state: AppState, kept: tuple[Snapshot, ...]) -> tuple[AppState, tuple[Snapshot, ...]]:
    """Return what it would be a pity to lose: where the reader looks is no work."""
    return replace(state, page=AppState().page, focused=0), kept
