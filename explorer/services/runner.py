"""One counting thread: it alone uses the database; the newest request of a kind wins, stale answers are dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from explorer.core.words import N_, Message, Refusal
from explorer.registers.engine import Engine

UNEXPECTED = N_(
    "Something went wrong that should not: {kind}. Undo the last step, or open the dataset again."
)
NO_MEMORY = N_("There is not enough memory for this. Choose fewer people, or close other programs.")


class Cancelled(Exception):
    """The job was cancelled while it ran."""


class Job:
    """What a job may use on the counting thread: the engine, a way to tell progress, a way to stop."""

    def __init__(
        self,
        kind: str,
        ticket: int,
        engine: Engine,
        tell: Callable[[str, int, float, object], None],
    ):
        self.kind, self.ticket, self.engine = kind, ticket, engine
        self._tell = tell
        self._stop = threading.Event()

    def progress(self, share: float, message: Message) -> None:
        """Tell how far the job is; raises Cancelled when it should stop."""
        self.check()
        self._tell(self.kind, self.ticket, share, message)

    @property
    def stopped(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled when the job should stop."""
        if self._stop.is_set():
            raise Cancelled

    def stop(self) -> None:
        """Ask the job to stop; a running query is interrupted."""
        self._stop.set()
        self.engine.interrupt()


class Runner(QObject):
    """Runs jobs one after another on a thread of its own and answers on the thread it lives on.

    A kind is a place for an answer (a panel, the facets, the dataset): a newer job of the same kind replaces an
    older one that waits, and the answer of one that already runs is dropped.
    """

    done = Signal(str, object)
    failed = Signal(str, object)
    cancelled = Signal(str)
    progressed = Signal(str, float, object)
    idle = Signal()

    _finished = Signal(str, int, str, object)
    _told = Signal(str, int, float, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = Engine()
        self._newest: dict[str, int] = {}
        self._waiting: dict[str, tuple[int, Callable[[Job], Any]]] = {}
        self._running: Job | None = None
        # Outcomes among the events that wait to be received.
        self._posted = 0
        self._condition = threading.Condition()
        self._open = True
        self._finished.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="counting", daemon=True)
        self._thread.start()

    def submit(self, kind: str, job: Callable[[Job], Any]) -> int:
        """Ask for an answer of a kind; return its ticket."""
        with self._condition:
            ticket = self._newest.get(kind, 0) + 1
            self._newest[kind] = ticket
            self._waiting.pop(kind, None)
            self._waiting[kind] = (ticket, job)
            self._condition.notify()
        return ticket

    def cancel(self, kind: str) -> None:
        """Drop what waits of a kind and stop what runs."""
        with self._condition:
            waiting = self._waiting.pop(kind, None)
            running = self._running if self._running is not None and self._running.kind == kind else None
            self._newest[kind] = self._newest.get(kind, 0) + 1
            if running is not None:
                # Before another job can begin, whose query it would interrupt.
                running.stop()
        if running is not None or waiting is not None:
            self.cancelled.emit(kind)

    def busy(self, kind: str | None = None) -> bool:
        """Return whether a job waits or runs, of a kind or at all."""
        with self._condition:
            running = {self._running.kind} if self._running is not None else set()
            kinds = running | set(self._waiting)
        return bool(kinds) if kind is None else kind in kinds

    def close(self, seconds: float = 0.1) -> None:
        """Stop the thread, which lets go of the database; wait for it at most `seconds`.

        Longer it works only while libraries load at a first opening: nobody waits for them, it ends with the process.
        """
        with self._condition:
            self._open = False
            self._waiting.clear()
            running = self._running
            self._condition.notify()
        if running is not None:
            running.stop()
        self._thread.join(seconds)
        if self._thread.is_alive():
            self.engine.clear()

    def _work(self) -> None:
        while True:
            taken = self._take()
            if taken is None:
                self.engine.close()
                return
            job, work = taken
            outcome, answer = self._outcome(work, job)
            with self._condition:
                # Told and free at once: who finds the runner idle has every answer among the events that wait.
                if self._open:
                    self._posted += 1
                    self._finished.emit(job.kind, job.ticket, outcome, answer)
                self._running = None

    def _take(self) -> tuple[Job, Callable[[Job], Any]] | None:
        """Wait for a job; None when the runner is closed."""
        with self._condition:
            self._condition.wait_for(lambda: not self._open or bool(self._waiting))
            if not self._open:
                return None
            kind = next(iter(self._waiting))
            ticket, work = self._waiting.pop(kind)
            self._running = Job(kind, ticket, self.engine, self._told.emit)
            self.engine.pause = self._running.check
            return self._running, work

    @staticmethod
    def _outcome(work: Callable[[Job], Any], job: Job) -> tuple[str, object]:
        """Run one job; whatever goes wrong becomes a message, never a traceback."""
        try:
            job.check()
            return "done", work(job)
        except Cancelled:
            return "cancelled", None
        except Refusal as refusal:
            return "failed", refusal.message
        except MemoryError:
            return "failed", Message(NO_MEMORY)
        except Exception as error:
            stopped = job.stopped
            return (
                ("cancelled", None)
                if stopped
                else ("failed", Message(UNEXPECTED, {"kind": type(error).__name__}))
            )

    @Slot(str, int, str, object)
    def _receive(self, kind: str, ticket: int, outcome: str, answer: object) -> None:
        if ticket == self._newest.get(kind):
            if outcome == "done":
                self.done.emit(kind, answer)
            elif outcome == "failed":
                self.failed.emit(kind, answer)
        with self._condition:
            self._posted -= 1
            quiet = not self._posted
        if quiet and not self.busy():
            self.idle.emit()

    @Slot(str, int, float, object)
    def _pass_on(self, kind: str, ticket: int, share: float, message: object) -> None:
        if ticket == self._newest.get(kind):
            self.progressed.emit(kind, share, message)
