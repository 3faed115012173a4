"""The process of fits: one at a time, cancel is immediate.

A process of its own, because statsmodels holds the interpreter; a daemon with a pipe, because executors hold the exit.
Cancel terminates it: the next request starts another.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.faults import in_words
from explorer.pipeline import fit_worker
from explorer.services.requests import Requests
from models.tally.codes import Codes

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from models.rules import Rules

LISTEN: Final = 3
"""Milliseconds between looks at the pipe, while a fit runs."""


@contextmanager
def _deaf_to_the_terminal() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal: the one that is started here leaves it to the window, from the start.

    What comes meanwhile is not lost: the window gets it afterwards.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Fitter(QObject):
    """Sends fits to the process of fits and tells their answers, by key, on the thread it lives on."""

    done = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal(object)
    idle = Signal()
    """Nothing waits or runs any more: for tests, the window needs no such moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._codes: tuple[str, str, Codes | None] | None = None
        self._sent = False
        self._requests: Requests[tuple[Spec | None, Rules | None]] = Requests()
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN)
        self._timer.timeout.connect(self.look)

    def use(self, folder: Path, data_hash: str, codes: Codes | None = None) -> None:
        """Fit to these codes from now on: those stored in `folder`, or the ones given. Running fits are dropped."""
        self.cancel()
        self._codes = (str(folder), data_hash, codes)
        self._sent = False

    def submit(self, key: Hashable, spec: Spec | None = None, rules: Rules | None = None) -> None:
        """Ask for the answer to a spec, which belongs at `key`; without one the process only gets ready."""
        self._requests.add(key, (spec, rules))
        self._next()

    def look(self) -> None:
        """Tell the answers that are there. A timer looks too, but not while there are figures to show."""
        try:
            while self._pipe is not None and self._requests.running is not None and self._pipe.poll():
                self._receive(*self._pipe.recv())
        except (EOFError, OSError):
            self._lost()

    def cancel(self) -> None:
        """Stop what runs, at once, and drop what waits."""
        runs = self._requests.running is not None
        keys = self._requests.clear()
        if runs:
            self._stop()
        for key in keys:
            self.cancelled.emit(key)

    def drop(self, key: Hashable) -> None:
        """Let the answer at `key` go: what waits is dropped, of what runs the answer is."""
        self._requests.drop(key)

    def busy(self) -> bool:
        """Return whether a fit waits or runs."""
        return self._requests.busy()

    @property
    def pid(self) -> int | None:
        """The process of fits, if it runs."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process."""
        self._requests.clear()
        self._stop()

    def _start(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self._stop()
        here, there = self._context.Pipe()
        self._process = self._context.Process(target=fit_worker.serve, args=(there,), daemon=True)
        with _deaf_to_the_terminal():
            self._process.start()
        there.close()
        self._pipe = here
        return here

    def _stop(self) -> None:
        self._timer.stop()
        if self._process is not None:
            self._process.terminate()
            self._process.join(1.0)
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        self._sent = False

    def _next(self) -> None:
        if self._codes is None or not self._requests.ready:
            return
        pipe = self._start()
        if not self._sent:
            pipe.send(("codes", *self._codes))
            self._sent = True
        request = self._requests.begin()
        pipe.send(("do", request.number, *request.work))
        self._timer.start()

    def _receive(self, what: str, number: int, answer: object) -> None:
        request = self._requests.running
        if request is None or number != request.number:
            return
        self._timer.stop()
        self._end(what, answer)

    def _lost(self) -> None:
        """The process ended by itself: say so, and start another for what waits."""
        self._stop()
        self._end("failed", in_words(MemoryError()))

    def _end(self, what: str, answer: object) -> None:
        """Tell the answer of what runs, if it is still wanted, and go on."""
        request = self._requests.running
        self._requests.end()
        if request is not None and self._requests.answered(request):
            (self.done if what == "done" else self.failed).emit(request.key, answer)
        self._next()
        if not self.busy():
            self.idle.emit()
