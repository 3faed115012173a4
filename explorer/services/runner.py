"""One counting thread: it alone uses the database, and does one request after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal, Slot

from explorer.core.faults import in_words
from explorer.core.words import Message, Refusal
from explorer.registers.engine import Engine
from explorer.services.requests import Request, Requests


class Cancelled(Exception):
    """The job was cancelled while it ran."""


class Job:
    """What a job may use on the counting thread: the engine, a way to tell progress, a way to stop."""

    def __init__(self, engine: Engine, tell: Callable[[float, Message], None]) -> None:
        self.engine, self._tell = engine, tell
        self._stop = threading.Event()

    def progress(self, share: float, message: Message) -> None:
        """Tell how far the job is; raises Cancelled when it should stop."""
        self.check()
        self._tell(share, message)

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


Work: TypeAlias = Callable[[Job], Any]
"""What is done on the counting thread."""


class Runner(QObject):
    """Runs jobs one after another on a thread of its own and answers, by key, on the thread it lives on."""

    done = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal(object)
    progressed = Signal(object, float, object)
    idle = Signal()
    """Every answer has been received: for tests, the window needs no such moment."""

    _finished = Signal(object, str, object)
    _told = Signal(object, float, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = Engine()
        # What waits, what runs and the job are used under the condition; what is wanted is the screen's thread's own.
        self._requests: Requests[Work] = Requests()
        self._job: Job | None = None
        # Outcomes among the events that wait to be received.
        self._posted = 0
        self._condition = threading.Condition()
        self._open = True
        self._finished.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="counting", daemon=True)
        self._thread.start()

    def submit(self, key: Hashable, work: Work) -> None:
        """Ask for the answer that belongs at `key`."""
        with self._condition:
            self._requests.add(key, work)
            self._condition.notify()

    def cancel(self, key: Hashable) -> None:
        """Drop what waits for `key`, stop what runs for it, and tell no answer that has come."""
        with self._condition:
            wanted = self._requests.drop(key)
            if self._job is not None and self._requests.runs(key):
                # Before another job can begin, whose query it would interrupt.
                self._job.stop()
        if wanted:
            self.cancelled.emit(key)

    def stop(self, key: Hashable) -> None:
        """Drop what waits for `key`; what runs for it is asked to stop, and tells itself whether it was done before."""
        with self._condition:
            waited = self._requests.waits(key) and self._requests.drop(key)
            if self._job is not None and self._requests.runs(key):
                self._job.stop()
        if waited:
            self.cancelled.emit(key)

    def busy(self, key: Hashable = None) -> bool:
        """Return whether a job waits or runs, for `key` or at all."""
        with self._condition:
            return self._requests.busy(key)

    def close(self, seconds: float = 0.1) -> None:
        """Stop the thread, which lets go of the database; wait for it at most `seconds`.

        Longer it works only while libraries load at a first opening: nobody waits for them, it ends with the process.
        """
        with self._condition:
            self._open = False
            self._requests.clear()
            job = self._job
            self._condition.notify()
        if job is not None:
            job.stop()
        self._thread.join(seconds)
        if self._thread.is_alive():
            self.engine.clear()

    def _work(self) -> None:
        while True:
            taken = self._take()
            if taken is None:
                self.engine.close()
                return
            request, job = taken
            outcome, answer = self._outcome(request.work, job)
            with self._condition:
                # Worded and free at once: who finds the runner idle has every answer among the events that wait.
                if self._open:
                    self._posted += 1
                    self._finished.emit(request, outcome, answer)
                self._requests.end()
                self._job = None

    def _take(self) -> tuple[Request[Work], Job] | None:
        """Wait for a job; None when the runner is closed."""
        with self._condition:
            self._condition.wait_for(lambda: not self._open or self._requests.ready)
            if not self._open:
                return None
            request = self._requests.begin()
            self._job = Job(self.engine, partial(self._told.emit, request))
            self.engine.pause = self._job.check
            return request, self._job

    @staticmethod
    def _outcome(work: Work, job: Job) -> tuple[str, object]:
        """Run one job; whatever goes wrong becomes a message, never a traceback."""
        try:
            job.check()
            return "done", work(job)
        except Cancelled:
            return "cancelled", None
        except Exception as error:
            if job.stopped and not isinstance(error, Refusal | MemoryError):
                return "cancelled", None
            return "failed", in_words(error)

    @Slot(object, str, object)
    def _receive(self, request: Request[Work], outcome: str, answer: object) -> None:
        if self._requests.answered(request):
            if outcome == "done":
                self.done.emit(request.key, answer)
            elif outcome == "failed":
                self.failed.emit(request.key, answer)
            else:
                self.cancelled.emit(request.key)
        with self._condition:
            self._posted -= 1
            quiet = not self._posted
        if quiet and not self.busy():
            self.idle.emit()

    @Slot(object, float, object)
    def _pass_on(self, request: Request[Work], share: float, message: object) -> None:
        if self._requests.wanted(request):
            self.progressed.emit(request.key, share, message)
