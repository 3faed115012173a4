"""Title, note, numbers and what is saved are of the figure that is seen, also while another is counted."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QGuiApplication

from explorer.core.events import (
    ChooseMeasure,
    CompareKept,
    Float,
    JoinSelection,
    KeepAs,
    LockPanel,
    OnlyLevel,
    SetOption,
    TurnTo,
)
from models.selection import IsIn
from tests.explorer.worlds import nobody_settled

PANELS = range(6)


def heads(session, index):
    """What is read around the picture of a panel, and below."""
    data = session.overview._around[index]
    return data.title, data.subtitle, data.note, data.description, data.source, data.status_text


@pytest.mark.parametrize(
    ("page", "events"),
    [
        ("overview", (ChooseMeasure(0, "hazard"), ChooseMeasure(1, "contracts"), ChooseMeasure(3, "flows"))),
        ("overview", (KeepAs("A"), OnlyLevel("sex", "female"), KeepAs("B"), CompareKept(True))),
        ("departure", (OnlyLevel("sex", "female"),)),
        ("wages", (ChooseMeasure(2, "wage_growth"), OnlyLevel("sex", "male"))),
        ("lexis", (OnlyLevel("sex", "female"),)),
    ],
)
def test_what_stands_around_a_figure_is_of_that_figure_until_the_next_is_there(opened, settled, page, events):
    opened.send(TurnTo(page))
    settled()
    # The counting thread is kept at work, so that nothing that is asked comes back.
    go = threading.Event()
    opened.runner.submit("held", lambda job: go.wait(60))
    try:
        shown = [at for at in opened.state.visible if at != 5]
        before = {at: heads(opened, at) for at in shown}
        focused = opened.state.focused
        numbers = opened.window.table.view.accessibleName()
        for event in events:
            opened.send(event)
        stale = [at for at in shown if not opened.overview.answers.current(at)]
        assert stale
        for at in stale:
            assert heads(opened, at) == before[at]
            assert not opened.figures.can_save(at)
        # It takes long: what is seen is dimmed, and nothing of it leaves the program.
        opened.overview._dim()
        for at in stale:
            header = opened.window.panels[at].header
            assert heads(opened, at) == before[at]
            assert not header.save.button.isEnabled()
            assert "still being counted" in header.save.button.toolTip()
        if focused in stale:
            table = opened.window.table
            opened.window.show_table(True)
            assert table.view.accessibleName() == numbers or not numbers
            assert not table.save_button.isEnabled()
            assert not table.copy_button.isEnabled()
        count = opened.window.selection
        assert opened.state.versus or opened.overview._counted or "… of" in shown_count(count)
    finally:
        go.set()
    settled()
    for at in stale:
        assert opened.overview._around[at].title == opened.context.words(opened.overview.view(at).title)
        assert opened.overview.figure(at).spec == opened.overview.answers.spec(at)
        assert opened.figures.can_save(at) == opened.window.panels[at].header.save.button.isEnabled()


def shown_count(bar):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in bar.findChildren(QLabel))


def test_numbers_that_are_being_counted_are_not_copied(opened, settled):
    QGuiApplication.clipboard().setText("before")
    opened.send(OnlyLevel("sex", "female"))
    opened.menus.action("edit.copy").trigger()
    assert QGuiApplication.clipboard().text() == "before"
    settled()
    opened.menus.action("edit.copy").trigger()
    assert "before" not in QGuiApplication.clipboard().text()


def test_a_window_of_its_own_is_called_by_the_figure_in_it(opened, settled):
    opened.send(Float(0, True))
    settled()
    window = opened.window.panels[0].window()
    opened.send(ChooseMeasure(0, "hazard"))
    assert "Share departed" in window.windowTitle()
    settled()
    assert "Departure rate" in window.windowTitle()


def test_after_a_refusal_the_figure_before_it_comes_back_with_its_own_words(opened, settled):
    opened.send(TurnTo("wages"))
    settled()
    before = heads(opened, 2)
    opened.send(SetOption(2, "real", "1850-01"))
    settled()
    assert opened.overview.figure(2) is None
    opened.store.undo()
    settled()
    assert heads(opened, 2) == before
    assert not opened.window.panels[2].message.isVisible()


# --- locks ---------------------------------------------------------------------------------------------------


def test_locking_a_beside_b_keeps_a_beside_b(opened, settled):
    for event in (
        OnlyLevel("sex", "female"),
        KeepAs("A"),
        OnlyLevel("sex", "male"),
        KeepAs("B"),
        CompareKept(True),
    ):
        opened.send(event)
    settled()
    shown = opened.overview.figure(0)
    opened.send(LockPanel(0, True))
    assert opened.overview.answers.spec(0) == shown.spec
    settled()
    assert opened.overview.figure(0) is shown
    sentence = opened.overview._around[0].lock_sentence
    assert "A: Sex: female" in sentence
    assert "B: Sex: male" in sentence
    # Whatever becomes of A, B and the selection elsewhere.
    for event in (CompareKept(False), OnlyLevel("sex", "unknown"), KeepAs("A")):
        opened.send(event)
    settled()
    assert opened.overview.figure(0) is shown
    assert opened.overview.figure(1).spec.versus == ()
    opened.send(LockPanel(0, False))
    settled()
    assert opened.overview.figure(0).spec.versus == ()


def test_a_figure_of_one_selection_that_was_locked_stays_that_while_a_and_b_are_compared(opened, settled):
    opened.send(OnlyLevel("sex", "female"))
    settled()
    opened.send(LockPanel(0, True))
    for event in (KeepAs("A"), OnlyLevel("sex", "male"), KeepAs("B"), CompareKept(True)):
        opened.send(event)
    settled()
    assert opened.overview.figure(0).spec.selection == IsIn("sex", ("female",))
    assert opened.overview.figure(0).spec.versus == ()
    assert opened.overview.figure(1).spec.versus


def test_what_is_chosen_in_a_locked_figure_is_of_its_own_people(opened, settled):
    opened.send(OnlyLevel("sex", "female"))
    opened.send(LockPanel(0, True))
    opened.send(JoinSelection(IsIn("cohort", ("2023",)), whom=opened.state.panels[0].lock))
    opened.send(OnlyLevel("sex", "male"))
    opened.send(JoinSelection(IsIn("cohort", ("2023",)), whom=opened.overview.answers.spec(0).selection))
    assert opened.state.selection.parts == (IsIn("sex", ("female",)), IsIn("cohort", ("2023",)))


# --- a dataset with nobody in it -----------------------------------------------------------------------------


def test_a_dataset_in_which_nobody_settled_says_so_and_has_its_own_filters(opened, settled, tmp_path):
    opened.documents.open_dataset(nobody_settled(tmp_path / "nobody"))
    settled()
    for at in PANELS[:5]:
        chart = opened.overview.figure(at).chart
        assert "Nobody in these data settled from 30 June 2024" in chart.empty
        assert not opened.figures.can_save(at)
    assert [row.level.key for row in opened.window.facets.section("cohort").rows] == ["2024 H1"]
    assert not opened.window.facets.section("sex").rows
    for page in ("work", "wages", "flows", "lexis"):
        opened.send(TurnTo(page))
        settled()


def test_the_filters_of_the_dataset_before_are_gone_before_those_of_the_next_are_counted(
    opened, settled, tmp_path
):
    seen = []
    opened.context.dataset_changed.connect(lambda: seen.append(len(opened.window.facets._sections)))
    opened.documents.open_dataset(nobody_settled(tmp_path / "nobody"))
    settled()
    assert seen == [0]
