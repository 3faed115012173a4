"""The process of fits: one at a time, the newest request of a kind wins, cancel is immediate.

A process of its own, because statsmodels holds the interpreter; a daemon with a pipe, because executors hold the exit.
Cancel terminates it: the next request starts another.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.pipeline import fit_worker
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
    """Sends fits to the process of fits and tells their answers on the thread it lives on.

    A kind is a place for an answer: a newer request replaces an older one that waits, and the answer of one that
    already runs is dropped.
    """

    done = Signal(str, object)
    failed = Signal(str, object)
    progressed = Signal(str, float)
    cancelled = Signal(str)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._codes: tuple[str, str, Codes | None] | None = None
        self._sent = False
        self._waiting: dict[str, tuple[int, Spec | None, Rules | None]] = {}
        self._running: tuple[str, int] | None = None
        self._newest: dict[str, int] = {}
        self._ticket = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN)
        self._timer.timeout.connect(self.look)

    def use(self, folder: Path, data_hash: str, codes: Codes | None = None) -> None:
        """Fit to these codes from now on: those stored in `folder`, or the ones given. Running fits are dropped."""
        self.cancel()
        self._codes = (str(folder), data_hash, codes)
        self._sent = False

    def submit(self, kind: str, spec: Spec | None = None, rules: Rules | None = None) -> int:
        """Ask for the answer to a spec; return its ticket. Without one the process only gets ready for the first."""
        self._ticket += 1
        self._newest[kind] = self._ticket
        self._waiting[kind] = (self._ticket, spec, rules)
        self._next()
        return self._ticket

    def look(self) -> None:
        """Tell the answers that are there. A timer looks too, but not while there are figures to show."""
        try:
            while self._pipe is not None and self._running is not None and self._pipe.poll():
                self._receive(*self._pipe.recv())
        except (EOFError, OSError):
            self._lost()

    def cancel(self) -> None:
        """Stop what runs, at once, and drop what waits."""
        kinds = list(self._waiting)
        if self._running is not None:
            kinds.append(self._running[0])
            self._stop()
        self._waiting.clear()
        self._running = None
        for kind in dict.fromkeys(kinds):
            self._newest.pop(kind, None)
            self.cancelled.emit(kind)

    def drop(self, kind: str) -> None:
        """Let the answer of a kind go: what waits is dropped, of what runs the answer is."""
        self._waiting.pop(kind, None)
        self._newest.pop(kind, None)

    def busy(self) -> bool:
        """Return whether a fit waits or runs."""
        return self._running is not None or bool(self._waiting)

    @property
    def pid(self) -> int | None:
        """The process of fits, if it runs."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process."""
        self._waiting.clear()
        self._running = None
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
        if self._running is not None or not self._waiting or self._codes is None:
            return
        pipe = self._start()
        if not self._sent:
            pipe.send(("codes", *self._codes))
            self._sent = True
        kind = next(iter(self._waiting))
        ticket, spec, rules = self._waiting.pop(kind)
        self._running = (kind, ticket)
        pipe.send(("do", ticket, spec, rules))
        self._timer.start()

    def _receive(self, what: str, ticket: int, answer: object) -> None:
        if self._running is None or ticket != self._running[1]:
            return
        kind = self._running[0]
        newest = self._newest.get(kind) == ticket
        if what == "progress":
            if newest and isinstance(answer, float):
                self.progressed.emit(kind, answer)
            return
        self._running = None
        self._timer.stop()
        if newest:
            (self.done if what == "done" else self.failed).emit(kind, answer)
        self._next()
        if not self.busy():
            self.idle.emit()

    def _lost(self) -> None:
        """The process ended by itself: say so, and start another for what waits."""
        from explorer.core.words import Message

        kind = self._running[0] if self._running is not None else None
        self._running = None
        self._stop()
        if kind is not None:
            self.failed.emit(kind, Message(fit_worker.NO_MEMORY))
        self._next()
        if not self.busy():
            self.idle.emit()
