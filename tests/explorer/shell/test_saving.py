"""What was ordered to be saved is saved, all of it, in order, before the window closes; what became of it is told."""

from __future__ import annotations

import threading

import pytest

import sample_data
from explorer.core.events import OnlyLevel
from explorer.export.formats import Written
from explorer.export.formats.csv_text import to_csv
from explorer.workspace.recovery import RecoveryFile
from models.selection import IsIn


@pytest.fixture
def held(opened):
    """The counting thread, busy until the test opens the gate."""
    gate = threading.Event()
    opened.runner.submit("gate", lambda job: gate.wait(30))
    yield gate
    gate.set()


def order(session, *paths):
    for path in paths:
        if path.suffix in (".csv", ".xlsx", ".parquet"):
            session.figures.save_numbers(0, path)
        else:
            session.figures.save(0, path)


def said(session):
    banner = session.window.banner
    return "" if banner.isHidden() else banner.accessibleName()


def strip(session):
    return session.window.progress


def test_of_many_saves_in_a_row_none_is_lost_and_all_are_told(opened, qtbot, tmp_path):
    paths = [tmp_path / name for name in ("a.svg", "b.csv", "c.xlsx", "d.svg")]
    order(opened, *paths)
    # The first figure of a run of the tests looks up every font of the machine.
    qtbot.waitUntil(lambda: not opened.documents.saving.waiting, timeout=120_000)
    assert all(path.stat().st_size for path in paths)
    assert said(opened) == "Saved: " + ", ".join(str(path) for path in paths)


def test_they_are_done_in_order(opened, held, settled, tmp_path):
    done = []
    for name in ("a.csv", "b.csv", "c.csv"):
        opened.documents.saving.order(tmp_path / name, lambda job, name=name: done.append(name))
    held.set()
    settled()
    assert done == ["a.csv", "b.csv", "c.csv"]


def test_the_same_file_twice_holds_what_was_ordered_last(opened, settled, tmp_path):
    path = tmp_path / "a.csv"
    order(opened, path)
    first = opened.overview.figure(0)
    opened.send(OnlyLevel("sex", "female"))
    settled()
    assert opened.overview.figure(0) is not first
    order(opened, path)
    settled()
    assert path.read_text(encoding="utf-8") == to_csv(Written(table=opened.overview.figure(0).table))


def test_what_cannot_be_saved_is_told_by_name_and_the_others_are_saved(opened, settled, tmp_path):
    (tmp_path / "b.svg").mkdir()
    order(opened, tmp_path / "a.svg", tmp_path / "b.svg", tmp_path / "c.svg")
    settled()
    assert (tmp_path / "a.svg").is_file()
    assert (tmp_path / "c.svg").is_file()
    assert f"“{tmp_path / 'b.svg'}” cannot be written" in said(opened)
    assert str(tmp_path / "c.svg") in said(opened)


def test_a_fault_while_saving_names_the_file(opened, settled, tmp_path):
    def fault(job):
        raise ZeroDivisionError

    opened.documents.saving.order(tmp_path / "a.svg", fault)
    settled()
    assert str(tmp_path / "a.svg") in said(opened)


def test_what_is_saved_while_another_dataset_opens_is_what_was_shown(opened, held, settled, tmp_path):
    figure = opened.overview.figure(0)
    opened.documents.open_dataset(sample_data.small_path())
    order(opened, tmp_path / "a.csv")
    held.set()
    settled()
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == to_csv(Written(table=figure.table))


def test_it_is_shown_as_long_as_it_lasts_and_can_be_called_off(opened, held, settled, tmp_path):
    order(opened, tmp_path / "a.svg", tmp_path / "b.svg")
    assert strip(opened)._text.text() == "Saving a.svg (2 to go)"
    strip(opened).cancel_button.click()
    held.set()
    settled()
    assert list(tmp_path.glob("*.svg")) == []
    assert said(opened) == f"Saving was cancelled: {tmp_path / 'a.svg'}, {tmp_path / 'b.svg'}"
    assert not strip(opened).isVisible()


def test_what_is_in_its_place_when_saving_is_called_off_is_told_as_saved(opened, qtbot, tmp_path):
    order(opened, tmp_path / "a.csv")
    while opened.runner.busy():
        # It is written, and nobody has been told.
        pass
    opened.documents.saving.cancel()
    qtbot.waitUntil(lambda: not opened.documents.saving.waiting)
    assert (tmp_path / "a.csv").is_file()
    assert said(opened) == f"Saved: {tmp_path / 'a.csv'}"


@pytest.mark.parametrize(
    "close",
    [
        lambda session: session.window.close(),
        lambda session: session.menus.action("file.quit").trigger(),
    ],
)
def test_the_window_closes_when_what_was_ordered_is_saved(opened, held, qtbot, tmp_path, close):
    order(opened, tmp_path / "a.svg", tmp_path / "b.csv")
    close(opened)
    assert opened.window.isVisible()
    assert strip(opened)._text.text() == "Closes when a.svg is saved (2 to go)"
    held.set()
    qtbot.waitUntil(lambda: not opened.window.isVisible(), timeout=30_000)
    assert (tmp_path / "a.svg").stat().st_size
    assert (tmp_path / "b.csv").stat().st_size


def test_waiting_to_close_can_be_called_off_and_the_files_come_all_the_same(opened, held, settled, tmp_path):
    order(opened, tmp_path / "a.svg")
    opened.window.close()
    strip(opened).cancel_button.click()
    assert strip(opened)._text.text() == "Saving a.svg"
    held.set()
    settled()
    assert opened.window.isVisible()
    assert (tmp_path / "a.svg").stat().st_size


def test_a_figure_that_is_still_counted_is_not_saved_and_that_is_said(opened, held, settled, tmp_path):
    opened.send(OnlyLevel("sex", "female"))
    order(opened, tmp_path / "a.csv", tmp_path / "a.svg")
    assert "still being counted" in said(opened)
    held.set()
    settled()
    assert not list(tmp_path.glob("a.*"))
    order(opened, tmp_path / "a.csv")
    settled()
    assert (tmp_path / "a.csv").exists()


def test_copying_the_numbers_is_told(opened):
    opened.figures.copy_numbers()
    assert said(opened) == f"Copied: {1 + len(opened.overview.figure(0).table.rows)} lines of numbers"


def test_the_window_stays_when_something_could_not_be_saved(opened, held, settled, tmp_path):
    (tmp_path / "a.svg").mkdir()
    order(opened, tmp_path / "a.svg")
    opened.window.close()
    held.set()
    settled()
    assert opened.window.isVisible()
    assert "a.svg” cannot be written" in said(opened)


def test_what_is_not_saved_as_a_workspace_is_asked_after_the_files_are(opened, held, qtbot, tmp_path):
    order(opened, tmp_path / "a.csv")
    opened.send(OnlyLevel("sex", "female"))
    opened.window.close()
    assert opened.ui.asked == []
    held.set()
    qtbot.waitUntil(lambda: not opened.window.isVisible(), timeout=30_000)
    assert opened.ui.asked == [None]


def test_the_system_ends_it_when_what_was_ordered_is_saved_and_asks_nothing(opened, held, qtbot, tmp_path):
    order(opened, tmp_path / "a.csv")
    opened.send(OnlyLevel("sex", "female"))
    left = []
    opened.end(lambda: left.append((tmp_path / "a.csv").is_file()))
    assert left == []
    held.set()
    qtbot.waitUntil(lambda: bool(left), timeout=30_000)
    assert left == [True]
    assert opened.ui.asked == []
    opened.documents.workspace._recovery.clear()


def test_an_analysis_that_was_not_saved_when_the_system_ended_it_comes_back(opened, tmp_path, monkeypatch):
    opened.send(OnlyLevel("sex", "female"))
    opened.end(lambda: None)
    folder = opened.documents.workspace._recovery.path.parent
    monkeypatch.setattr("explorer.workspace.recovery.goes_on", lambda run: False)
    found = RecoveryFile(folder, "next").load()
    assert found is not None
    assert found.stored.workspace.state.selection == IsIn("sex", ("female",))
    opened.documents.workspace._recovery.clear()


def test_nothing_comes_back_where_nothing_was_lost(opened):
    opened.end(lambda: None)
    assert not opened.documents.workspace._recovery.path.exists()


def test_a_message_of_what_was_saved_speaks_the_language_of_now(opened, settled, tmp_path):
    order(opened, tmp_path / "a.csv")
    settled()
    opened.appearance.set_language("nl")
    assert said(opened) == f"Opgeslagen: {tmp_path / 'a.csv'}"
