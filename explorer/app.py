"""The composition root of the window: the one place that constructs everything."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT as INTERRUPT
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from explorer.commands.table import COMMANDS
from explorer.core import leaving
from explorer.services.preferences import Preferences
from explorer.shell.session import Session
from widgets.controls.style import clear_signs
from widgets.plots.stage import load_painters

SWITCH_S: Final = 0.0005
"""So long at most the counting thread keeps the interpreter when the screen's thread wants it; by default 5 ms."""

LATEST_MS: Final = 1000
"""Reading begins after this long though nothing was painted."""


def run_window(
    path: Path | None = None,
    language: str | None = None,
    watch: Callable[[Session], None] | None = None,
    *,
    as_process: bool = False,
) -> int:
    """Open the window on the dataset or workspace at `path`, or on the bundled sample, and return the exit status.

    The window is shown first; reading and counting begin after its first paint. `watch` is given the session
    before the window is shown: measurements and screenshots use it.

    With `as_process` the process ends here, as soon as nothing could be lost. Taking widgets and modules apart takes up
    to a second while the counting thread still loads libraries; the system frees it all at once.
    """
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cohort-flow-explorer")
    app.setApplicationDisplayName("")
    preferences = Preferences()
    if language is not None:
        preferences.language = language
    session = Session(app, preferences, COMMANDS)
    _place(session)
    if watch is not None:
        watch(session)

    def begin() -> None:
        if path:
            session.documents.open_path(path)
        else:
            session.documents.open_sample()
        # While another thread reads, before the first figure asks for them.
        load_painters()

    FirstPaint(session.window, begin)
    session.window.show()
    signals = Signals(session, app)
    leaving.politely(signals.came.emit)
    status = int(app.exec())
    leaving.politely(None)
    if as_process:
        session.release()
        clear_signs()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    _tear_down(session, app)
    return status


class Signals(QObject):
    """Signals of the system (Ctrl-C, SIGTERM), which come on a thread of their own, end the window on the screen's."""

    came = Signal(int)

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app)
        self._session, self._app = session, app
        self.came.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @Slot(int)
    def _end(self, number: int) -> None:
        status = leaving.status_of(number)
        if number == INTERRUPT:
            # At once: what is being saved is not waited for.
            self._session.documents.saving.cancel()
        self._session.end(lambda: self._app.exit(status))


class FirstPaint(QObject):
    """Calls back once: after the first paint of a window, or soon where nothing is painted (shown minimised)."""

    def __init__(self, window: QWidget, begin: Callable[[], None]) -> None:
        super().__init__(window)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._end)
        self._timer.timeout.connect(begin)
        self._timer.start(LATEST_MS)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin at the next turn of the event loop, when what is painted now is on the screen."""
        if event.type() == QEvent.Type.Paint:
            self._end()
            self._timer.start(0)
        return False

    def _end(self) -> None:
        """Watch no more: a first paint that comes late would begin a second time."""
        self._window.removeEventFilter(self)


def _tear_down(session: Session, app: QApplication) -> None:
    """Let go in order: datasets and the database, then scenes, and the application last."""
    session.release()
    session.window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    del session
    gc.collect()


def _place(session: Session) -> None:
    geometry = session.preferences.geometry
    if geometry is None or not session.window.restoreGeometry(geometry):
        screen = session.window.screen().availableGeometry()
        session.window.resize(min(1440, screen.width()), min(900, screen.height()))
