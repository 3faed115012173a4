"""What is open is never lost by accident, and what is opened is taken for what it is."""

from __future__ import annotations

import json
import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

import sample_data
from explorer.core.events import FocusPanel, KeepAs, OnlyLevel, TurnTo
from explorer.core.words import Message
from explorer.shell import jobs
from explorer.shell.dialogs import Dialogs
from explorer.shell.jobs import Place
from models.selection import EVERYONE, IsIn
from tests.explorer.worlds import without_men

WOMEN, MEN = IsIn("sex", ("female",)), IsIn("sex", ("male",))


@pytest.fixture
def named(opened, tmp_path):
    """A workspace of women that is in its file."""
    opened.send(OnlyLevel("sex", "female"))
    opened.documents.save_workspace(tmp_path / "women.cohort.json")
    return opened


def other_dataset(folder):
    return shutil.copytree(sample_data.small_path(), folder / "other")


def dropped(session, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    session.window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_the_state_of_a_workspace_is_asked_of_its_own_dataset_alone(named, settled, monkeypatch):
    named.send(OnlyLevel("sex", "male"))
    settled()
    asked, made = [], jobs.figure_of
    monkeypatch.setattr(
        jobs, "figure_of", lambda dataset, *more: (asked.append(dataset), made(dataset, *more))[1]
    )
    named.documents.open_workspace(named.documents.workspace.path)
    settled()
    assert named.state.selection == WOMEN
    assert asked
    assert all(dataset is named.context.dataset for dataset in asked)


# --- closing -------------------------------------------------------------------------------------------------


def test_nothing_is_asked_where_nothing_is_lost(opened, settled, tmp_path):
    opened.send(TurnTo("work"))
    opened.send(FocusPanel(1))
    assert opened.documents.leave()
    opened.send(OnlyLevel("sex", "male"))
    opened.store.undo()
    assert opened.documents.leave()
    opened.send(OnlyLevel("sex", "female"))
    opened.documents.save_workspace(tmp_path / "women.cohort.json")
    assert opened.documents.leave()
    opened.documents.open_dataset(sample_data.small_path())
    settled()
    opened.documents.open_workspace(tmp_path / "women.cohort.json")
    settled()
    assert opened.state.selection == WOMEN
    assert opened.window.close()
    assert opened.ui.asked == []


def test_a_window_whose_first_dataset_is_on_its_way_closes_without_a_question(session):
    session.documents.open_dataset(sample_data.small_path())
    assert session.window.close()
    assert session.ui.asked == []


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_workspace_that_would_lose_a_condition_asks_first(opened, settled, tmp_path, goes_on):
    path = tmp_path / "men.cohort.json"
    opened.send(OnlyLevel("sex", "male"))
    opened.send(KeepAs("A"))
    opened.documents.save_workspace(path)
    folder = without_men(tmp_path / "women")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["dataset"].update(path=str(folder), relative="")
    path.write_text(json.dumps(document), encoding="utf-8")
    opened.send(OnlyLevel("sex", "female"))
    opened.documents.save_workspace(tmp_path / "before.cohort.json")
    settled()
    before, state = opened.context.dataset, opened.state
    opened.ui.goes_on = goes_on
    opened.documents.open_workspace(path)
    settled()
    assert opened.ui.lost == [(path, ("sex = male",))]
    if goes_on:
        assert opened.context.dataset.path == folder
        assert opened.state.selection == EVERYONE
        assert "no longer has the level “male”" in " ".join(
            label.text() for label in opened.window.banner.findChildren(QLabel)
        )
    else:
        assert opened.context.dataset is before
        assert opened.state is state
        assert opened.documents.workspace.path == tmp_path / "before.cohort.json"
        assert opened.overview.figure(0).spec.selection == WOMEN
        assert opened.documents.leave()


def test_a_workspace_that_keeps_its_conditions_asks_nothing(opened, settled, tmp_path):
    opened.send(OnlyLevel("sex", "female"))
    opened.documents.save_workspace(tmp_path / "women.cohort.json")
    opened.documents.open_workspace(tmp_path / "women.cohort.json")
    settled()
    assert opened.ui.lost == []


@pytest.mark.parametrize(("role", "answer"), [("AcceptRole", True), ("RejectRole", False)])
def test_the_question_names_the_condition_as_plain_text(opened, tmp_path, role, answer):
    seen = []

    def press():
        box = QApplication.activeModalWidget()
        seen.append((box.text(), box.textFormat(), box.escapeButton() is box.defaultButton()))
        [button] = [
            one for one in box.buttons() if box.buttonRole(one) == getattr(QMessageBox.ButtonRole, role)
        ]
        button.click()

    QTimer.singleShot(0, press)
    dialogs = Dialogs(opened.window, opened.context)
    assert dialogs.without(tmp_path / "men.cohort.json", ("sex = <b>male</b>",)) is answer
    assert seen == [
        (
            "“men.cohort.json” chooses people by “sex = <b>male</b>”, which these data do not have.",
            Qt.TextFormat.PlainText,
            True,
        )
    ]


def test_closing_is_cancelled_and_work_goes_on(named, settled):
    named.ui.leaving = None
    named.send(OnlyLevel("sex", "male"))
    assert not named.window.close()
    assert named.ui.asked == [named.documents.workspace.path]
    assert named.window.isVisible()
    settled()
    assert named.overview.figure(0).spec.selection == MEN


def test_closing_without_saving_ends_the_work_and_leaves_the_file_as_it_was(named):
    before = named.documents.workspace.path.read_bytes()
    named.send(OnlyLevel("sex", "male"))
    assert named.runner.busy()
    assert named.window.close()
    assert not named.runner.busy()
    assert named.ui.asked == [named.documents.workspace.path]
    assert named.documents.workspace.path.read_bytes() == before


def test_saving_on_closing_writes_the_file_and_closes(named):
    named.ui.leaving = "save"
    named.send(OnlyLevel("sex", "male"))
    assert named.window.close()
    assert '"male"' in named.documents.workspace.path.read_text(encoding="utf-8")


def test_a_snapshot_taken_since_is_something_to_lose(named):
    named.documents.take_snapshot("before the lesson")
    named.window.close()
    assert named.ui.asked == [named.documents.workspace.path]


@pytest.mark.parametrize("place", [None, "new.cohort.json"])
def test_an_analysis_without_a_file_asks_for_one_and_closes_when_it_has_it(opened, tmp_path, place):
    opened.ui.leaving = "save"
    opened.ui.file = None if place is None else tmp_path / place
    opened.send(OnlyLevel("sex", "male"))
    assert opened.window.close() == (place is not None)
    assert opened.ui.asked == [None]
    assert [path.name for path in tmp_path.glob("*.cohort.json")] == ([] if place is None else [place])


def test_a_workspace_that_cannot_be_written_keeps_the_window_open_and_says_why(named, tmp_path):
    named.ui.leaving = "save"
    named.send(OnlyLevel("sex", "male"))
    named.documents.workspace.path.unlink()
    named.documents.workspace.path.mkdir()
    assert not named.window.close()
    assert "women.cohort.json" in " ".join(label.text() for label in named.window.banner.findChildren(QLabel))


def test_a_second_wish_to_leave_while_the_question_stands_is_refused(named):
    seen = []
    named.ui.unsaved = lambda file: seen.append(named.documents.leave())
    named.send(OnlyLevel("sex", "male"))
    assert not named.window.close()
    assert seen == [False]
    del named.ui.unsaved


def test_what_was_brought_back_after_a_fall_is_in_no_file_yet(named, settled):
    kept = named.documents.workspace
    kept.expect(*stored(named.documents.workspace.path), saved=False)
    named.documents._open(sample_data.small_path())
    settled()
    assert named.state.selection == WOMEN
    named.window.close()
    assert named.ui.asked == [named.documents.workspace.path]


def stored(path):
    from explorer.workspace.reading import read

    return read(path), path


# --- opening -------------------------------------------------------------------------------------------------


def test_opening_something_else_asks_first_and_cancelling_leaves_everything(named, tmp_path):
    named.ui.leaving = None
    named.send(OnlyLevel("sex", "male"))
    path = named.documents.workspace.path
    for opening in (
        lambda: named.documents.open_dataset(other_dataset(tmp_path)),
        named.documents.open_sample,
        lambda: named.documents.open_workspace(path),
    ):
        named.ui.asked.clear()
        opening()
        assert named.ui.asked == [path]
        assert not named.runner.busy(Place.DATASET)
    assert (named.state.selection, named.documents.workspace.path) == (MEN, path)


def test_opening_something_else_after_saving_begins_anew_without_a_file(named, settled, tmp_path):
    named.ui.leaving = "save"
    named.send(OnlyLevel("sex", "male"))
    path = named.documents.workspace.path
    named.documents.open_dataset(other_dataset(tmp_path))
    settled()
    assert (named.state.selection, named.documents.workspace.path) == (EVERYONE, None)
    assert '"male"' in path.read_text(encoding="utf-8")


def test_a_dataset_that_cannot_be_opened_leaves_the_workspace_its_file(qtbot, named, tmp_path):
    path = named.documents.workspace.path
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(named.runner.idle, timeout=10_000):
        named.documents.open_dataset(tmp_path / "empty")
    assert (named.state.selection, named.documents.workspace.path) == (WOMEN, path)


def test_the_title_of_the_window_has_the_file_and_marks_what_is_not_saved(named):
    assert named.window.windowTitle().startswith("women.cohort.json[*] – ")
    assert not named.window.isWindowModified()
    named.send(OnlyLevel("sex", "male"))
    assert named.window.isWindowModified()
    named.store.undo()
    assert not named.window.isWindowModified()
    named.send(OnlyLevel("sex", "male"))
    named.documents.save_workspace(named.documents.workspace.path)
    assert not named.window.isWindowModified()


def test_a_workspace_dropped_on_the_window_is_opened_with_its_dataset(named, session, settled):
    path = named.documents.workspace.path
    session.documents.open_dataset(sample_data.small_path())
    settled()
    assert session.state.selection == EVERYONE
    dropped(session, path)
    settled()
    assert (session.state.selection, session.documents.workspace.path) == (WOMEN, path)


def test_a_file_of_a_dataset_dropped_on_the_window_opens_the_dataset(session, settled):
    dropped(session, sample_data.small_path() / "dataset.toml")
    settled()
    assert session.context.dataset is not None


def test_a_first_workspace_that_is_none_leaves_two_ways_on(session, tmp_path):
    (tmp_path / "no.cohort.json").write_text("[]", encoding="utf-8")
    session.documents.open_path(tmp_path / "no.cohort.json")
    buttons = {one.text() for one in session.window.findChildren(QPushButton) if one.isVisible()}
    assert {"Open dataset…", "Open the synthetic sample"} <= buttons


# --- the question --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pressed", "answer"), [("Save", "save"), ("Do not save", "drop"), ("Cancel", None)])
def test_the_question_is_answered_by_its_buttons(session, tmp_path, pressed, answer):
    said = ask(session, tmp_path, lambda box: button(box, pressed).click(), answer)
    assert said == "Save the changes in “women.cohort.json”?"


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, "save"), (Qt.Key.Key_Escape, None)])
def test_the_question_is_answered_by_keyboard(qtbot, session, tmp_path, key, answer):
    ask(session, tmp_path, lambda box: qtbot.keyClick(box, key), answer)


def ask(session, folder, press, answer):
    """Put the real question, have it answered, and return what it said."""
    seen = []

    def look():
        box = QApplication.activeModalWidget()
        seen.append(box.text())
        press(box)
        # An answer that was not taken would leave the question standing for ever.
        box.close()

    QTimer.singleShot(0, look)
    asked = Dialogs(session.window, session.context)
    assert asked.unsaved(folder / "women.cohort.json") == answer
    return seen[0]


def button(box, text):
    [found] = [one for one in box.buttons() if one.text().replace("&", "") == text]
    return found


def said(session):
    banner = session.window.banner
    return "" if banner.isHidden() else banner.accessibleName()


def test_an_offer_stands_under_what_is_said_of_one_step_and_in_another_language(opened, settled):
    opened.notices.tell(Message("An offer."), "info", "Bring it back")
    opened.notices.tell(Message("Nobody can be followed from there."), "info", passing=True)
    assert said(opened) == "Nobody can be followed from there."
    opened.appearance.set_language("nl")
    assert said(opened) == "Nobody can be followed from there."
    opened.send(OnlyLevel("sex", "female"))
    assert said(opened) == "An offer."
    assert opened.window.banner.action_button.text() == "Haal het terug"
    settled()
    opened.window.banner.close_button.click()
    assert said(opened) == ""
    opened.appearance.set_language("en")
    assert said(opened) == ""


def test_opening_something_silences_what_was_said_of_the_last(opened, settled):
    opened.notices.tell(Message("The file is broken."), "warning")
    opened.documents.open_dataset(sample_data.small_path())
    settled()
    opened.appearance.set_language("nl")
    assert said(opened) == ""
