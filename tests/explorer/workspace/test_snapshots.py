"""Snapshots have names that are trimmed and stand once."""

from __future__ import annotations

import pytest

from explorer.core.events import OnlyLevel
from explorer.core.reducing import reduce
from explorer.core.state import AppState
from explorer.core.words import Refusal
from explorer.workspace.snapshots import LONGEST, add, named, remove, rename

START = AppState()
WOMEN = reduce(START, OnlyLevel("sex", "female"))


def names(snapshots):
    return [snapshot.name for snapshot in snapshots]


def test_a_name_that_is_taken_gets_a_number():
    kept = add(add(add((), "  Women\n 2022 ", START), "women 2022", WOMEN), "Women 2022", START)
    assert names(kept) == ["Women 2022", "women 2022 (2)", "Women 2022 (3)"]
    assert named(kept, "women 2022 (2)") == WOMEN
    assert named(kept, "men") is None


def test_a_long_name_is_cut_and_still_stands_once():
    kept = add(add((), "x" * 500, START), "x" * 500, START)
    assert len(set(names(kept))) == 2
    assert all(len(name) <= LONGEST for name in names(kept))


def test_renaming_keeps_the_place_and_the_state():
    kept = add(add((), "a", START), "b", WOMEN)
    assert names(rename(kept, "a", " c ")) == ["c", "b"]
    assert named(rename(kept, "b", "B"), "B") == WOMEN
    with pytest.raises(Refusal, match="“B”"):
        rename(kept, "a", "B")


def test_removing_takes_one():
    assert names(remove(add(add((), "a", START), "b", WOMEN), "a")) == ["b"]


@pytest.mark.parametrize("name", ["", " \t\n"])
def test_a_snapshot_without_a_name_is_refused(name):
    with pytest.raises(Refusal, match="name"):
        add((), name, START)
