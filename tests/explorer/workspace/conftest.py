"""The small sample, what it has, and a workspace about it that uses everything a workspace can hold."""

from __future__ import annotations

from datetime import date

import pytest

import sample_data
from explorer.core.events import (
    ChooseMeasure,
    ChooseRange,
    CompareBy,
    CompareKept,
    JoinSelection,
    KeepAs,
    LockPanel,
    OnlyLevel,
    SetOption,
    ShowInterval,
    TurnTo,
)
from explorer.core.reducing import reduce
from explorer.core.state import AppState
from explorer.workspace.document import DatasetReference, Snapshot, Workspace
from models.selection import AtMonth, Between, IsIn, Not


@pytest.fixture(scope="session")
def small(own_folders):
    """The small sample, open."""
    from explorer.pipeline.opening import open_dataset
    from explorer.registers.engine import Engine

    return open_dataset(sample_data.small_path(), Engine())


@pytest.fixture(scope="session")
def has(small):
    """What the small sample has, as `resolve` asks it."""
    codes = small.codes
    return {
        "levels": {name: grouping.levels for name, grouping in codes.groupings.items()},
        "numbers": frozenset(codes.numbers),
    }


@pytest.fixture(scope="session")
def dataset():
    """A reference to a dataset that lies nowhere."""
    return DatasetReference(
        path="/registers/arrivals",
        data_hash="fedcba",
        title="Aankomsten – één",
        arrivals_from=date(2022, 2, 24),
        observed_until=date(2024, 7, 1),
        columns=("cohort", "nationality_group", "sex"),
    )


@pytest.fixture(scope="session")
def rich():
    """A state in which everything is other than at the start."""
    state = AppState()
    for event in (
        OnlyLevel("sex", "female"),
        KeepAs("A"),
        ChooseRange("age", 18, 34.5, (0, 100)),
        JoinSelection(Not(AtMonth("contract", ("agency", "on-call"), 6)), "and"),
        KeepAs("B"),
        CompareKept(True),
        JoinSelection(IsIn("province", ("Flevoland",)), "or"),
        JoinSelection(Between("age", 60, 99), "or"),
        CompareBy(("sex", "cohort")),
        ChooseMeasure(0, "destinations"),
        ChooseMeasure(2, "wages"),
        SetOption(2, "threshold", 17.5),
        LockPanel(1, True),
        ShowInterval(1, False),
        TurnTo("work"),
    ):
        state = reduce(state, event)
    return state


@pytest.fixture(scope="session")
def workspace(dataset, rich):
    kept = (Snapshot(name="first", state=AppState()), Snapshot(name='vrouwen, \'24 "ja"', state=rich))
    return Workspace(state=rich, dataset=dataset, snapshots=kept, language="nl")
