"""What is saved comes back equal, and nothing that was counted is in the file."""

from __future__ import annotations

import csv
import re
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sample_data
from explorer.core import events
from explorer.core.modelling import ModelOptions
from explorer.core.options import Choice, Number, Switch, form_of
from explorer.core.reducing import reduce
from explorer.core.schema import strict
from explorer.core.state import AppState, Panel
from explorer.core.views import PAGES, all_views, views_of
from explorer.workspace.document import SAMPLE, Snapshot, Workspace, reference
from explorer.workspace.reading import read, resolve
from explorer.workspace.states import Asked, converter, state_known
from explorer.workspace.writing import write
from models.register import CONTRACTS
from models.selection import AtMonth, Between, IsIn, Not


def leaves(levels, numbers):
    """Conditions on the columns there are."""
    columns = st.sampled_from(sorted(levels))
    some = columns.flatmap(
        lambda column: st.builds(
            IsIn,
            st.just(column),
            st.lists(st.sampled_from(levels[column]), min_size=1, max_size=4, unique=True).map(tuple),
        )
    )
    ends = st.floats(allow_nan=False, width=32) | st.integers(-5, 120)
    ranges = st.builds(
        lambda column, pair: Between(column, *sorted(pair)),
        st.sampled_from(sorted(numbers)),
        st.tuples(ends, ends),
    )
    contracts = st.lists(st.sampled_from(CONTRACTS), min_size=1, unique=True).map(tuple)
    months = st.integers(0, 120)
    return (
        some
        | ranges
        | st.builds(AtMonth, st.sampled_from(["present", "working"]), st.just(()), months)
        | st.builds(AtMonth, st.just("contract"), contracts, months)
        | st.builds(AtMonth, st.just("sector"), st.just(("N", "G")), months)
        | st.builds(AtMonth, st.just("state"), st.just(("not working", "agency")), months)
        | st.builds(AtMonth, st.just("wage"), st.just(("12.50", "20")), months)
    )


@st.composite
def option_set(draw, state):
    """Something asked of a panel by a control of its form, or of its wages."""
    panel = draw(st.sampled_from(range(len(state.panels))))
    # What stands there: on the overview another figure may stand in for the one that the panel remembers.
    if state.panel(panel).view not in all_views():
        return None
    options = state.panel(panel).asked()
    asks = []
    for shown in form_of(options):
        match shown.control:
            case Switch():
                asks.append((shown.name, st.booleans()))
            case Choice(values=values):
                asks.append((shown.name, st.sampled_from([value for value, _ in values])))
            case Number(low=low, high=high) if isinstance(shown.value, float):
                asks.append((shown.name, st.floats(low, high)))
            case Number(low=low, high=high):
                asks.append((shown.name, st.integers(int(low), int(high))))
    if hasattr(options, "balanced") and not any(name == "balanced" for name, _ in asks):
        asks.append(("balanced", st.none() | st.just((6, 24))))
    if not asks:
        return None
    name, value = draw(st.sampled_from(asks))
    return events.SetOption(panel, name, draw(value))


@st.composite
def states(draw, levels, numbers):
    """States that real events lead to."""
    state = AppState()
    leaf = leaves(levels, numbers)
    panels = st.sampled_from(range(len(state.panels)))
    columns = st.lists(st.sampled_from(sorted(levels)), max_size=3, unique=True).map(tuple)
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 12))
        panel, on = draw(panels), draw(st.booleans())
        how = draw(st.sampled_from(["replace", "and", "or", "not"]))
        topic = state.panels[panel].topic
        measures = [view.name for view in views_of(topic)] or [state.panels[panel].view]
        event = [
            lambda how=how: events.JoinSelection(draw(leaf), how),
            lambda how=how: events.JoinSelection(Not(draw(leaf)), how),
            lambda on=on: events.CompareBy(draw(columns) if on else None),
            lambda panel=panel, known=measures: events.ChooseMeasure(panel, draw(st.sampled_from(known))),
            lambda panel=panel, on=on: events.ShowInterval(panel, on),
            lambda panel=panel, on=on: events.ShowPublished(panel, on),
            lambda panel=panel, on=on: events.LockPanel(panel, on),
            lambda: events.TurnTo(draw(st.sampled_from(list(PAGES)))),
            lambda panel=panel, on=on: events.PutBeside(panel, on),
            lambda panel=panel, on=on: events.Float(panel, on),
            lambda: events.KeepAs(draw(st.sampled_from(["A", "B"]))),
            lambda on=on: events.CompareKept(on),
            lambda state=state: draw(option_set(state)),
        ][kind]()
        if event is not None:
            state = reduce(state, event)
        if draw(st.booleans()):
            state = reduce(state, events.FocusPanel(draw(st.sampled_from(state.visible))))
    return state


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_state_that_events_lead_to_comes_back_equal(data, has, dataset, tmp_path_factory):
    state, kept = (data.draw(states(**has)) for _ in range(2))
    path = tmp_path_factory.getbasetemp() / "round.cohort.json"
    saved = Workspace(state=state, dataset=dataset, snapshots=(Snapshot(name="kept", state=kept),))
    write(saved, path)
    first = path.read_bytes()
    opened = resolve(read(path), **has, present=dataset)
    assert opened.workspace == saved
    write(opened.workspace, path)
    assert path.read_bytes() == first


def test_a_workspace_comes_back_equal_with_nothing_to_tell(workspace, has, tmp_path):
    write(workspace, tmp_path / "a.cohort.json")
    stored = read(tmp_path / "a.cohort.json")
    opened = resolve(stored, **has, present=workspace.dataset)
    assert opened.workspace == workspace
    assert not opened.notes


OPTIONS = {name: view.options() for name, view in all_views().items()} | {
    "model_terms": ModelOptions(
        model="wage", terms=("sex",), numbers=("age",), of_job=("sector",), by_month="sex"
    )
}


@pytest.mark.parametrize("view", OPTIONS)
def test_each_option_of_each_view_comes_back_equal_also_where_it_is_written_out(view):
    written = Asked(view=view, asked=strict().unstructure(OPTIONS[view]))
    panels = tuple(replace(panel, options=(written,)) for panel in AppState().panels)
    notes = []
    known = state_known(replace(AppState(), panels=panels), notes)
    assert [panel.options for panel in known.panels] == [(OPTIONS[view],)] * len(panels)
    assert notes == []


def test_each_field_of_a_state_and_of_a_panel_is_in_the_file():
    document = converter().unstructure(AppState())
    assert set(document) == {field.name for field in fields(AppState)}
    assert set(document["panels"][0]) == {field.name for field in fields(Panel)}


def test_the_file_holds_no_count_of_the_data_and_no_person(workspace, small, tmp_path):
    codes = small.codes
    counts = {codes.persons, len(codes.wages.cents)}
    for grouping in codes.groupings.values():
        counts |= {int(n) for n in np.bincount(grouping.codes)}
    counts |= {int(n) for maps in (codes.present, codes.working) for n in np.bitwise_count(maps).sum(axis=1)}
    counted = {n for n in counts if n > 31}
    assert len(counted) > 50
    about = reference(small.path, small.data_hash, codes.info, tuple(codes.groupings))
    path = tmp_path / "small.cohort.json"
    write(Workspace(state=workspace.state, dataset=about, snapshots=workspace.snapshots), path)
    text = path.read_text(encoding="utf-8")
    for known in (about.data_hash, read(path).workspace.dataset.relative, about.path):
        assert known in text
        text = text.replace(known, "")
    ages_asked = {34, 60, 99}
    written = {int(digits) for digits in re.findall(r"\d+", text)}
    assert ages_asked < written
    assert not (written - ages_asked) & counted
    with (sample_data.small_path() / "persons.csv").open(encoding="utf-8") as file:
        persons = [row["person_id"] for row in csv.DictReader(file)]
    assert len(persons) > 1000
    assert not [person for person in persons if person in text]


def test_the_bundled_sample_is_named_and_not_by_its_place(workspace, small, tmp_path):
    about = reference(small.path, small.data_hash, small.codes.info, ("sex",), sample=True)
    elsewhere = reference(tmp_path, "another", small.codes.info, ("sex",), sample=True)
    assert about == elsewhere
    write(Workspace(state=workspace.state, dataset=about), tmp_path / "s.cohort.json")
    text = (tmp_path / "s.cohort.json").read_text(encoding="utf-8")
    assert '"path": "sample"' in text
    assert str(small.path) not in text
    assert read(tmp_path / "s.cohort.json").folder() is None


def test_the_sample_is_known_by_where_it_lies(small):
    from explorer.core.folders import cache_folder

    folder = cache_folder() / "samples" / sample_data.folder_name()
    assert reference(folder, "x", small.codes.info, ()).path == SAMPLE
    assert reference(small.path, "x", small.codes.info, ()).path == str(small.path.absolute())
