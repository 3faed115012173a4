"""The composition root of the window: the one place that constructs everything."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from explorer.services.preferences import Preferences
from explorer.shell.session import Session
from widgets.style import clear_signs


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
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cohort-flow-explorer")
    app.setApplicationDisplayName("")
    preferences = Preferences()
    if language is not None:
        preferences.language = language
    session = Session(app, preferences)
    _place(session)
    if watch is not None:
        watch(session)
    session.window.show()
    QTimer.singleShot(0, lambda: session.open_path(path) if path else session.open_sample())
    status = int(app.exec())
    if as_process:
        session.release()
        clear_signs()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    _tear_down(session, app)
    return status


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
