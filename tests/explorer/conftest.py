"""A real window on a real dataset, driven by mouse and keyboard; questions are answered without a dialog.

Qt is imported inside the fixtures: the tests beside this file that need no window never load it.
"""

from __future__ import annotations

import pytest

import sample_data


class Answers:
    """Answers every question with what the test put there; None cancels."""

    folder = None
    file = None
    called = None
    leaving = "drop"
    goes_on = True

    def __init__(self):
        self.asked = []
        self.lost = []

    def unsaved(self, file):
        self.asked.append(file)
        return self.leaving

    def without(self, file, lost):
        self.lost.append((file, tuple(lost)))
        return self.goes_on

    def dataset_folder(self):
        return self.folder

    def delivery_folder(self):
        return self.folder

    def workspace_file(self, suggested):
        return self.file

    def workspace_to_open(self):
        return self.file

    def name(self, question, suggested):
        return self.called

    def figure_file(self, suggested):
        return self.file

    def table_file(self, suggested):
        return self.file


@pytest.fixture
def preferences(tmp_path):
    from PySide6.QtCore import QSettings

    from explorer.services.preferences import Preferences

    made = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.language = "en"
    return made


@pytest.fixture(scope="session")
def fitter(qapp):
    """One process of fits for all windows: importing what it fits with takes seconds."""
    from explorer.services.fitter import Fitter

    made = Fitter()
    yield made
    made.close()


@pytest.fixture
def plain_looks(qapp):
    """Give the application back as it was: a window sets font, style and language for everything after it."""
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QFont, QPalette

    font, palette, sheet, locale = QFont(qapp.font()), QPalette(qapp.palette()), qapp.styleSheet(), QLocale()
    yield
    # Without a kind of widget this also forgets the fonts of every kind.
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


@pytest.fixture
def session(qtbot, qapp, plain_looks, preferences, fitter):
    from PySide6.QtCore import QEvent

    from explorer.commands.table import COMMANDS
    from explorer.shell.session import Session

    made = Session(qapp, preferences, COMMANDS, ui=Answers(), fitter=fitter)
    qtbot.addWidget(made.window)
    made.window.resize(1400, 950)
    made.window.show()
    yield made
    made.window.close()
    made.release()
    # Before the application gets its looks back: thousands of widgets would look up their style once more.
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settled(qtbot, session):
    """Wait until everything asked has been answered and shown."""

    from PySide6.QtWidgets import QApplication

    def quiet():
        if session.runner.busy():
            return False
        # Answers that were given wait among the events; they may be the reason for other questions.
        QApplication.processEvents()
        return not session.runner.busy() and session.overview.settled

    def wait():
        qtbot.waitUntil(quiet, timeout=30_000)
        # The menus follow when nothing else waits.
        QApplication.processEvents()

    return wait


@pytest.fixture
def opened(session, settled):
    """The window on the small sample."""
    session.documents.open_dataset(sample_data.small_path())
    settled()
    return session
