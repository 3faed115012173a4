"""State changes only by events, and every change can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.events import (
    ChooseMeasure,
    ChooseRange,
    ClearColumn,
    ClearSelection,
    CompareBy,
    DropCondition,
    FocusPanel,
    OnlyLevel,
    ShowInterval,
    ShowPublished,
    ToggleLevel,
)
from explorer.core.history import History
from explorer.core.reducing import chosen_levels, reduce
from explorer.core.state import AppState
from explorer.core.undoing import undo_words
from models.selection import EVERYONE, And, Between, IsIn

LEVELS = ("a", "b", "c")
KNOWN = frozenset({"cohort", "nationality_group", "sex"})


def after(*events, state=None):
    state = state or AppState()
    for event in events:
        state = reduce(state, event)
    return state


def test_toggling_a_level_twice_selects_everyone_again():
    once = after(ToggleLevel("x", "a", LEVELS))
    assert once.selection == IsIn("x", ("a",))
    assert after(ToggleLevel("x", "a", LEVELS), state=once).selection == EVERYONE


def test_levels_keep_their_own_order_whatever_the_order_of_clicks():
    state = after(ToggleLevel("x", "c", LEVELS), ToggleLevel("x", "a", LEVELS))
    assert chosen_levels(state.selection, "x") == ("a", "c")


def test_choosing_every_level_is_no_condition():
    assert after(*(ToggleLevel("x", level, LEVELS) for level in LEVELS)).selection == EVERYONE


def test_the_whole_range_is_no_condition():
    narrowed = after(ChooseRange("age", 18, 64, (0, 90)))
    assert narrowed.selection == Between("age", 18, 64)
    assert after(ChooseRange("age", 0, 90, (0, 90)), state=narrowed).selection == EVERYONE


def test_conditions_keep_their_places_when_one_is_changed():
    state = after(OnlyLevel("x", "a"), OnlyLevel("y", "b"), OnlyLevel("x", "c"))
    assert state.selection == And((IsIn("x", ("c",)), IsIn("y", ("b",))))


def test_a_condition_can_be_dropped_by_itself_or_with_its_column():
    state = after(OnlyLevel("x", "a"), OnlyLevel("y", "b"))
    assert after(DropCondition(IsIn("x", ("a",))), state=state).selection == IsIn("y", ("b",))
    assert after(ClearColumn("y"), state=state).selection == IsIn("x", ("a",))


def test_figures_have_their_own_comparison_until_the_reader_chooses_one():
    state = AppState()
    assert [state.by(index, KNOWN) for index in (0, 1)] == [("cohort",), ("nationality_group",)]
    chosen = after(CompareBy(("sex",)))
    assert [chosen.by(index, KNOWN) for index in (0, 1)] == [("sex",), ("sex",)]
    assert after(CompareBy(()), state=chosen).by(0, KNOWN) == ()


def test_a_default_comparison_is_dropped_where_the_dataset_lacks_the_column():
    assert AppState().by(1, frozenset({"cohort"})) == ()


events = st.one_of(
    st.sampled_from(LEVELS).map(lambda level: ToggleLevel("x", level, LEVELS)),
    st.sampled_from(LEVELS).map(lambda level: OnlyLevel("y", level)),
    st.integers(0, 80).map(lambda low: ChooseRange("age", low, 90, (0, 90))),
    st.just(ClearSelection()),
    st.sampled_from([None, (), ("sex",)]).map(CompareBy),
    st.sampled_from(["departure", "hazard"]).map(lambda view: ChooseMeasure(0, view)),
    st.booleans().map(lambda on: ShowInterval(1, on)),
    st.booleans().map(lambda on: ShowPublished(0, on)),
)


@given(st.lists(events, max_size=12))
def test_undo_takes_back_every_step_and_redo_brings_it_forward(steps):
    states, history = [], History(present=AppState())
    for event in steps:
        before = history
        history = history.after(event)
        if history is not before:
            states.append(before.present)
    final = history.present
    for expected in reversed(states):
        history = history.undone()
        assert history.present == expected
    assert not history.past
    for _ in states:
        history = history.redone()
    assert history.present == final
    assert not history.future


def test_a_drag_is_one_step():
    history = History(present=AppState()).hold()
    for low in range(1, 30):
        history = history.after(ChooseRange("age", low, 90, (0, 90)))
    history = history.let_go()
    assert len(history.past) == 1
    assert history.undone().present == AppState()


def test_a_drag_back_to_its_start_is_no_step():
    history = History(present=AppState()).hold()
    for low in (1, 2, 0):
        history = history.after(ChooseRange("age", low, 90, (0, 90)))
    assert not history.let_go().past


def test_two_drags_are_two_steps():
    history = History(present=AppState())
    for low in (10, 20):
        history = history.hold().after(ChooseRange("age", low, 90, (0, 90))).let_go()
    assert len(history.past) == 2


def test_turning_to_another_figure_is_not_undone():
    assert undo_words(FocusPanel(1), AppState()) is None
    assert not History(present=AppState()).after(FocusPanel(1)).past


def test_an_event_that_changes_nothing_leaves_no_step():
    history = History(present=AppState()).after(ClearSelection())
    assert not history.past
