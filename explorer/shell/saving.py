"""What was ordered to be saved: each is done, in order, and what became of it is told."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from explorer.core.words import N_, Message
from explorer.services.runner import Runner
from explorer.shell.jobs import Job

PAIR: Final = "{one} {other}"
"""Two sentences, one after the other."""
SAVED: Final = N_("Saved: {file}")
NOT_SAVED: Final = N_("Not saved: {file}. {reason}")
CALLED_OFF: Final = N_("Saving was cancelled: {file}")


class Saving(QObject):
    """Orders to write files. The newest of a kind wins among figures; an order to save is a kind of its own.

    Signals
    -------
    changed()
        There is something else to wait for, or nothing any more.
    told(object, bool)
        The Message says what became of the orders since nothing was waited for; whether one of them failed.
    finished(bool)
        Nothing is waited for any more; whether all went well.
    """

    changed = Signal()
    told = Signal(object, bool)
    finished = Signal(bool)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._numbers = count(1)
        self._waiting: dict[str, Path] = {}
        self._saved: list[Path] = []
        self._called_off: list[Path] = []
        self._failed: list[Message] = []
        runner.done.connect(self._done)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._cancelled)

    @property
    def waiting(self) -> tuple[Path, ...]:
        """Files that are still to be written, in order."""
        return tuple(self._waiting.values())

    def order(self, path: Path, job: Job) -> None:
        """Let `job` write `path`, after what was ordered before."""
        if not self._waiting:
            self._saved, self._called_off, self._failed = [], [], []
        kind = f"save:{next(self._numbers)}"
        self._waiting[kind] = path
        self._runner.submit(kind, job)
        self.changed.emit()

    def cancel(self) -> None:
        """Call off what is not yet in its place."""
        for kind in tuple(self._waiting):
            self._runner.cancel(kind)

    def _done(self, kind: str, answer: object) -> None:
        path = self._waiting.pop(kind, None)
        if path is not None:
            self._saved.append(path)
            self._tell()

    def _fail(self, kind: str, message: object) -> None:
        path = self._waiting.pop(kind, None)
        if path is not None and isinstance(message, Message):
            named = "file" in message.values
            self._failed.append(
                message if named else Message(NOT_SAVED, {"file": str(path), "reason": message})
            )
            self._tell()

    def _cancelled(self, kind: str) -> None:
        path = self._waiting.pop(kind, None)
        if path is not None:
            self._called_off.append(path)
            self._tell()

    def _tell(self) -> None:
        parts = list(self._failed)
        if self._called_off:
            parts.append(Message(CALLED_OFF, {"file": _listed(self._called_off)}))
        if self._saved:
            parts.append(Message(SAVED, {"file": _listed(self._saved)}))
        message = parts[0]
        for part in parts[1:]:
            message = Message(PAIR, {"one": message, "other": part})
        self.told.emit(message, bool(self._failed))
        self.changed.emit()
        if not self._waiting:
            self.finished.emit(not self._failed)


def _listed(paths: list[Path]) -> str:
    return ", ".join(str(path) for path in paths)
