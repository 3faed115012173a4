"""What a person is asked with Qt's own dialogs over files: in one language throughout, and as what a file is saved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from explorer.services.context import Context
from explorer.shell.dialogs import Dialogs

ASKED = ("dataset_folder", "workspace_to_open", "workspace_file", "figure_file", "table_file")
SUGGESTED = ("workspace_file", "figure_file", "table_file")


@pytest.fixture
def asked(qtbot, monkeypatch, tmp_path):
    """Ask in Dutch; `answer` is what the person does with the dialog."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs = Dialogs(parent, Context("nl", "light"))
    dialogs._folder = tmp_path

    def ask(name, answer):
        monkeypatch.setattr(QFileDialog, "exec", answer)
        return getattr(dialogs, name)(*(("figuur",) if name in SUGGESTED else ()))

    return ask


@pytest.mark.parametrize("name", ASKED)
def test_the_labels_of_the_program_are_in_its_language(asked, name):
    said = []

    def look(dialog):
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        return 0

    assert asked(name, look) is None
    assert "Z&oeken in:" in said
    assert not [text for text in said if "Look" in text or "type" in text]


@pytest.mark.parametrize(("kind", "ending"), [(0, ".svg"), (1, ".pdf"), (2, ".png")])
def test_a_figure_is_saved_as_the_kind_that_was_chosen(asked, tmp_path, kind, ending):
    def choose(dialog):
        dialog.selectNameFilter(dialog.nameFilters()[kind])
        dialog.selectFile(str(tmp_path / "mijn figuur"))
        return 1

    assert asked("figure_file", choose) == tmp_path / f"mijn figuur{ending}"


def test_a_name_is_suggested_in_the_folder_looked_at_last(asked, tmp_path):
    assert asked("table_file", lambda dialog: 1) == tmp_path / "figuur.xlsx"
    (tmp_path / "a.cohort.json").write_text("{}", encoding="utf-8")

    def choose(dialog):
        dialog.selectFile(str(tmp_path / "a.cohort.json"))
        return 1

    assert asked("workspace_to_open", choose) == tmp_path / "a.cohort.json"
    assert asked("dataset_folder", lambda dialog: 1) == tmp_path
