"""How does the program end when the system says so (Ctrl-C, SIGTERM)? At once, nothing said, nothing left behind.

A handler of Python waits until the library that computes comes back to it, and inside Qt's loop it never runs. So the
signal's number goes down a pipe, at the end of which a thread of its own waits.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERRUPTED = 128 + signal.SIGINT
PATIENCE_S = 1.0
"""So long a window may take to close by itself after Ctrl-C, and files to come in their place."""

_undivided = threading.Lock()
_politely: Callable[[int], None] | None = None


def listen() -> None:
    """End this process at the first signal from now on. Called once, on its main thread."""
    read, write = os.pipe()
    if sys.platform != "win32":
        os.set_blocking(write, False)
    threading.Thread(target=_wait, args=(read,), name="signals", daemon=True).start()
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in _numbers():
        # The handler need not do anything: it is there so that the number goes down the pipe.
        signal.signal(number, lambda number, frame: None)


def politely(act: Callable[[int], None] | None) -> None:
    """Let `act` (called on another thread) end the program at the first signal; at a second one it ends at once."""
    global _politely  # noqa: PLW0603 - signals are the process's own
    _politely = act


@contextmanager
def undivided() -> Iterator[None]:
    """What is done here is done whole, a few renames: a signal waits for it."""
    with _undivided:
        yield


def status_of(number: int) -> int:
    """Return the exit status of a process that a signal ended, as shells count."""
    return 128 + number


def _numbers() -> list[int]:
    found = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # Ignored where the program was started with nohup.
        found.append(signal.SIGHUP)
    return list(found)


def _wait(read: int) -> None:
    known = _numbers()
    while True:
        for number in os.read(read, 16):
            if number in known:
                _end(number)


def _end(number: int) -> None:
    act = _politely
    politely(None)
    if act is None:
        _end_at_once(number)
    else:
        if number == signal.SIGINT:
            patience = threading.Timer(PATIENCE_S, _end_at_once, (number,))
            patience.daemon = True
            patience.start()
        act(number)


def _end_at_once(number: int) -> None:
    from explorer.core import remains

    _undivided.acquire(timeout=PATIENCE_S)
    if "multiprocessing.process" in sys.modules:
        from multiprocessing import active_children

        # Another thread may just be starting one, which ends by itself when it finds nobody.
        with contextlib.suppress(Exception):
            for child in active_children():
                child.kill()
                child.join(PATIENCE_S)
    remains.clear_mine()
    os._exit(status_of(number))
