"""What was ordered to be saved: each is done, in order, and what became of it is told."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from explorer.core.words import N_, Message
from explorer.services.runner import Runner, Work
from explorer.shell.jobs import FileOrder

PAIR: Final = "{one} {other}"
"""Two sentences, one after the other."""
SAVED: Final = N_("Saved: {file}")
NOT_SAVED: Final = N_("Not saved: {file}. {reason}")
CALLED_OFF: Final = N_("Saving was cancelled: {file}")


class Saving(QObject):
    """Orders to write files. Among figures the newest request wins; each order to save has a place of its own.

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
        self._waiting: list[FileOrder] = []
        self._saved: list[Path] = []
        self._called_off: list[Path] = []
        self._failed: list[Message] = []
        runner.done.connect(self._done)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._cancelled)

    @property
    def waiting(self) -> tuple[Path, ...]:
        """Files that are still to be written, in order."""
        return tuple(order.path for order in self._waiting)

    def order(self, path: Path, job: Work) -> None:
        """Let `job` write `path`, after what was ordered before."""
        if not self._waiting:
            self._saved, self._called_off, self._failed = [], [], []
        order = FileOrder(next(self._numbers), path)
        self._waiting.append(order)
        self._runner.submit(order, job)
        self.changed.emit()

    def cancel(self) -> None:
        """Call off what is not yet in its place; a file that is there is told as saved."""
        for order in tuple(self._waiting):
            self._runner.stop(order)

    def _done(self, order: object, answer: object) -> None:
        if isinstance(order, FileOrder):
            self._saved.append(order.path)
            self._tell(order)

    def _fail(self, order: object, message: object) -> None:
        if isinstance(order, FileOrder) and isinstance(message, Message):
            named = "file" in message.values
            self._failed.append(
                message if named else Message(NOT_SAVED, {"file": str(order.path), "reason": message})
            )
            self._tell(order)

    def _cancelled(self, order: object) -> None:
        if isinstance(order, FileOrder):
            self._called_off.append(order.path)
            self._tell(order)

    def _tell(self, order: FileOrder) -> None:
        self._waiting.remove(order)
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
