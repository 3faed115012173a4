"""Files of every format that ever was open for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.core.words import Refusal
from explorer.workspace.document import FORMAT, SAMPLE, SUFFIX
from explorer.workspace.migrating import MIGRATIONS, Damaged, migrated
from explorer.workspace.reading import read
from models.selection import And, AtMonth, Between, IsIn, Not

DATA = Path(__file__).with_name("data")


def test_there_is_a_step_from_every_older_format_and_a_file_of_every_format():
    assert set(MIGRATIONS) == set(range(1, FORMAT))
    there = {json.loads(path.read_text(encoding="utf-8"))["format"] for path in DATA.iterdir()}
    assert there == set(range(1, FORMAT + 1))


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_every_file_that_was_ever_kept_opens(path):
    assert path.name.endswith(SUFFIX)
    workspace = read(path).workspace
    assert workspace.dataset.path == SAMPLE
    assert workspace.snapshots
    assert workspace.state.kept


def test_the_first_format_says_what_it_said():
    stored = read(DATA / "format-1.cohort.json")
    state = stored.workspace.state
    women = IsIn("sex", ("female",))
    assert state.selection == And(
        (women, Between("age", 18.0, 34.5), Not(AtMonth("contract", ("agency", "on-call"), 6)))
    )
    assert state.compare == ("cohort",)
    assert (state.page, state.beside, state.versus) == ("departure", (1,), True)
    assert dict(state.kept)["A"] == women
    assert state.panels[1].lock == women
    assert not state.panels[1].interval
    assert state.panels[2].options[0].threshold == 17.5
    assert [snapshot.name for snapshot in stored.workspace.snapshots] == ["Vrouwen – begin"]
    assert stored.workspace.language == "nl"


def test_steps_are_taken_one_after_another_and_change_nothing_they_were_given():
    before = {"format": 1, "state": {"sort": "x"}}
    steps = {
        1: lambda old: {**old, "state": {"kind": old["state"].pop("sort")}},
        2: lambda old: {**old, "state": {**old["state"], "seen": old["format"]}},
    }
    assert migrated(before, steps, 3) == {"format": 3, "state": {"kind": "x", "seen": 2}}
    assert before == {"format": 1, "state": {"sort": "x"}}
    assert migrated({**before, "format": 3}, steps, 3) == {**before, "format": 3}


def test_a_step_that_does_not_find_what_its_format_has_says_the_file_is_damaged(tmp_path):
    steps = {1: lambda old: {**old, "state": old["state"]["moved"]}}
    with pytest.raises(Damaged):
        migrated({"format": 1, "state": {}}, steps, 2)
    path = tmp_path / "old.cohort.json"
    path.write_text('{"format": 1, "dataset": {}, "state": {}}', encoding="utf-8")
    with pytest.raises(Refusal, match=r"old\.cohort\.json.*format 1"):
        read(path, steps, 2)


def test_a_file_of_an_older_format_is_read_through_its_steps(tmp_path):
    document = json.loads((DATA / "format-1.cohort.json").read_text(encoding="utf-8"))
    document["state"]["where"] = document["state"].pop("selection")
    path = tmp_path / "old.cohort.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    def step(old):
        state = {**old["state"], "selection": old["state"]["where"]}
        return {**old, "state": state}

    assert read(path, {1: step}, 2).workspace == read(DATA / "format-1.cohort.json").workspace
