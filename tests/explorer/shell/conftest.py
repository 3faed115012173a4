"""A real window on a real dataset, driven by mouse and keyboard; questions are answered without a dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

import sample_data
from explorer.services.preferences import Preferences
from explorer.shell.session import Session


class Answers:
    """Answers every question with what the test put there; None cancels."""

    folder: Path | None = None
    file: Path | None = None

    def dataset_folder(self):
        return self.folder

    def figure_file(self, suggested):
        return self.file

    def table_file(self, suggested):
        return self.file


@pytest.fixture
def preferences(tmp_path):
    made = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.language = "en"
    return made


@pytest.fixture
def session(qtbot, qapp, preferences):
    made = Session(qapp, preferences, ui=Answers())
    qtbot.addWidget(made.window)
    made.window.resize(1400, 950)
    made.window.show()
    yield made
    made.window.close()
    made.release()


@pytest.fixture
def settled(qtbot, session):
    """Wait until everything asked has been answered and shown."""

    def wait():
        qtbot.waitUntil(lambda: not session.runner.busy() and session.overview.settled, timeout=20_000)

    return wait


@pytest.fixture
def opened(session, settled):
    """The window on the small sample."""
    session.open_dataset(sample_data.small_path())
    settled()
    return session
