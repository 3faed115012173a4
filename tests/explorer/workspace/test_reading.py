"""Whatever is in the file: it opens, with what was left out told, or it is refused in one sentence."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.state import AppState, Panel
from explorer.core.views import all_views
from explorer.core.words import Refusal, Words
from explorer.workspace.document import Snapshot, Workspace
from explorer.workspace.reading import read, resolve
from explorer.workspace.writing import to_bytes, to_json, write
from models.selection import And, AtMonth, Between, Everyone, IsIn, Not, Or

ENGLISH = Words("en")


@pytest.fixture
def opened(dataset, has, tmp_path):
    """Open a state, or a changed document of it, and return the state and the notes in English."""

    def open_(state, change=lambda document: None, present=dataset):
        document = to_json(Workspace(state=state, dataset=dataset))
        change(document)
        path = tmp_path / "w.cohort.json"
        path.write_bytes(to_bytes(document))
        out = resolve(read(path), **has, present=present)
        return out.workspace.state, [ENGLISH.say(note) for note in out.notes]

    return open_


def test_a_level_that_is_gone_leaves_its_condition_and_a_column_that_is_gone_takes_it_along(opened):
    gone = IsIn("colour", ("red",))
    women = IsIn("sex", ("female",))
    state, notes = opened(
        AppState(selection=And((IsIn("sex", ("female", "x")), gone, Between("height", 1, 2))))
    )
    assert state.selection == women
    assert notes == [
        "The column “sex” no longer has the level “x”; it is left out of its condition.",
        "The column “colour” is no longer in the data; its condition is left out.",
        "The column “height” is no longer in the data; its condition is left out.",
    ]


@pytest.mark.parametrize(
    ("stored", "left"),
    [
        (IsIn("colour", ("red",)), Everyone()),
        (Not(IsIn("colour", ("red",))), Everyone()),
        (Not(IsIn("sex", ("x",))), Everyone()),
        (Or((IsIn("colour", ("red",)), IsIn("sex", ("male",)))), IsIn("sex", ("male",))),
        (And((IsIn("colour", ("red",)), IsIn("shape", ("round",)))), Everyone()),
        (AtMonth("wealth", (), 3), Everyone()),
        (AtMonth("contract", ("agency", "zero"), 3), AtMonth("contract", ("agency",), 3)),
        (AtMonth("present", ("x",), 3), Everyone()),
        (AtMonth("wage", ("12.5", "20"), 3), AtMonth("wage", ("12.5", "20"), 3)),
        (AtMonth("wage", ("12.5", "inf"), 3), Everyone()),
        (AtMonth("wage", ("20", "12.5"), 3), Everyone()),
        (AtMonth("wage", ("high",), 3), Everyone()),
        (AtMonth("state", ("not working", "asleep"), 3), AtMonth("state", ("not working",), 3)),
        (Between("sex", 1, 2), Everyone()),
        (IsIn("age", ("3",)), Everyone()),
        (IsIn("sex", ()), IsIn("sex", ())),
    ],
)
def test_only_what_the_data_lack_is_left_out(opened, stored, left):
    state, notes = opened(AppState(selection=stored, kept=(("A", stored), ("B", left))))
    assert state.selection == left
    assert state.kept == (("A", left), ("B", left))
    assert bool(notes) == (stored != left)


@pytest.mark.parametrize(
    ("stored", "lost"),
    [
        (IsIn("sex", ("x",)), ("sex = x",)),
        (IsIn("sex", ("female", "x")), ()),
        (Not(IsIn("colour", ("red",))), ("colour = red",)),
        (Or((IsIn("colour", ("red",)), IsIn("sex", ("male",)))), ("colour = red",)),
        (And((Between("height", 1, 2), IsIn("sex", ("x",)))), ("height between 1 and 2", "sex = x")),
        (AtMonth("contract", ("zero",), 3), ("contract = zero at 3",)),
        (AtMonth("followed", (), 12), ()),
    ],
)
def test_a_condition_that_is_lost_is_named_wherever_it_was_chosen(dataset, has, tmp_path, stored, lost):
    panel = Panel(
        topic="departure", view="departure", lock=Everyone(), lock_kept=(("A", stored), ("B", stored))
    )
    states = (
        AppState(selection=stored),
        AppState(kept=(("A", stored), ("B", Everyone()))),
        AppState(panels=(panel, *AppState().panels[1:])),
    )
    for state in states:
        path = tmp_path / "w.cohort.json"
        for kept, expected in (((), (lost, ())), ((Snapshot(name="then", state=state),), ((), lost))):
            whole = Workspace(state=AppState() if kept else state, dataset=dataset, snapshots=kept)
            path.write_bytes(to_bytes(to_json(whole)))
            out = resolve(read(path), **has, present=dataset)
            assert (out.lost, out.lost_in_snapshots) == expected


def test_a_comparison_loses_the_columns_that_are_gone(opened):
    state, notes = opened(AppState(compare=("colour", "sex")))
    assert state.compare == ("sex",)
    assert notes == ["The column “colour” is no longer in the data; the comparison by it is left out."]
    assert opened(AppState(compare=("colour",)))[0].compare is None
    assert opened(AppState(compare=()))[0].compare == ()


def test_a_locked_panel_keeps_its_lock_also_when_its_condition_is_gone(opened):
    panels = (Panel(topic="departure", view="departure", lock=IsIn("colour", ("red",))),)
    assert opened(AppState(panels=panels))[0].panels[0].lock == Everyone()


def test_a_figure_that_no_longer_exists_gives_way_to_the_usual_one(opened):
    for view in ("astrology", "stock"):
        state, notes = opened(AppState(), lambda document, view=view: _panel(document).update(view=view))
        assert state.panels[0].view == AppState().panels[0].view
        assert notes == [f"There is no figure “{view}” in this version; its panel shows its usual one."]


def test_a_panel_that_is_gone_moves_the_others_up_and_one_that_is_new_stands_behind(opened):
    def change(document):
        panels = document["state"]["panels"]
        document["state"]["panels"] = [{**panels[0], "topic": "stars"}, panels[2], panels[0]]
        document["state"].update(beside=[2], floating=[0, 1], focused=2)

    state, notes = opened(AppState(), change)
    usual = AppState().panels
    assert [panel.topic for panel in state.panels[:2]] == [usual[2].topic, usual[0].topic]
    assert {panel.topic for panel in state.panels} == {panel.topic for panel in usual}
    assert (state.beside, state.floating, state.focused) == ((1,), (0,), 1)
    assert notes == ["There is no panel “stars” in this version; it is left out."]


@pytest.mark.parametrize(
    "asked",
    [
        {"colour": "red"},
        {"threshold": "high"},
        {"threshold": True},
        {"threshold": None},
        {"threshold": [1]},
        {"real": 3},
        {"balanced": [6]},
        {"balanced": [6, 12, 24]},
        {"balanced": ["a", "b"]},
        {"balanced": [6.5, 24]},
    ],
)
def test_an_option_that_cannot_be_asked_is_left_out_and_the_others_stay(opened, asked):
    def change(document):
        _panel(document)["options"] = [
            {"view": "wages", "asked": {**asked, "balanced": asked.get("balanced", [6, 24])}}
        ]

    state, notes = opened(AppState(), change)
    (options,) = state.panels[0].options
    assert type(options) is type(all_views()["wages"].options())
    assert options.balanced == (None if "balanced" in asked else (6, 24))
    assert options.threshold == type(options)().threshold
    name = next(iter(asked))
    assert notes == [f"The figure “wages” cannot be asked “{name}” as the workspace does; it is left out."]


def test_a_value_that_is_none_of_its_choices_is_left_out(opened):
    def change(document):
        _panel(document)["options"] = [{"view": "employers", "asked": {"count": "twice"}}]

    state, notes = opened(AppState(), change)
    assert state.panels[0].options == (all_views()["employers"].options(),)
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("view", "name", "value", "stays"),
    [
        ("model_blocks", "shortest", -5, False),
        ("model_blocks", "shortest", 0, False),
        ("model_blocks", "shortest", 121, False),
        ("model_blocks", "shortest", True, False),
        ("model_blocks", "shortest", 1, True),
        ("model_blocks", "shortest", 120, True),
        ("projection", "factor", 5.0, False),
        ("projection", "factor", 4, True),
        ("naive_future", "month", 25, False),
        ("naive_future", "month", 24, True),
    ],
)
def test_a_number_beyond_its_ends_is_left_out_whether_a_form_shows_it_or_not(
    opened, view, name, value, stays
):
    def change(document):
        _panel(document)["options"] = [{"view": view, "asked": {name: value}}]

    state, notes = opened(AppState(), change)
    [options] = state.panels[0].options
    assert getattr(options, name) == (value if stays else getattr(all_views()[view].options(), name))
    assert bool(notes) != stays


def test_options_of_a_figure_that_is_gone_are_left_out(opened):
    def change(document):
        _panel(document)["options"] = [{"view": "astrology", "asked": {"sign": "lion"}}]

    state, notes = opened(AppState(), change)
    assert state.panels[0].options == ()
    assert notes == ["There is no figure “astrology” in this version; what was asked of it is left out."]


def test_entries_that_are_not_there_have_their_defaults(opened):
    state, _ = opened(AppState(), lambda document: document.update(state={}))
    assert state == AppState()


def test_changed_data_are_told_with_what_differs(opened, dataset):
    assert opened(AppState(), present=replace(dataset, title="Other"))[1] == []
    changed = replace(
        dataset,
        data_hash="0",
        title="Other",
        observed_until=date(2025, 1, 1),
        arrivals_from=date(2022, 3, 1),
        columns=("cohort", "sex", "education"),
    )
    assert opened(AppState(), present=changed)[1] == [
        "The data have changed since this workspace was saved.",
        "They are now called “Other”; they were “Aankomsten – één”.",
        "They are now observed until 2025-01-01; that was 2024-07-01.",
        "Arrivals now count from 2022-03-01; that was 2022-02-24.",
        "Columns added: education.",
        "Columns removed: nationality_group.",
    ]
    assert opened(AppState(), present=replace(dataset, data_hash="0"))[1] == [
        "The data have changed since this workspace was saved."
    ]


def test_data_in_another_place_are_told_by_their_place(opened, dataset):
    moved = replace(dataset, data_hash="0", path="/elsewhere")
    assert opened(AppState(), present=moved)[1] == [
        "The data are read from another place than when this workspace was saved: /elsewhere."
    ]


def test_data_that_moved_with_the_workspace_are_found(workspace, tmp_path):
    data = tmp_path / "before" / "data"
    data.mkdir(parents=True)
    about = replace(workspace.dataset, path=str(data))
    write(replace(workspace, dataset=about), tmp_path / "before" / "w.cohort.json")
    assert read(tmp_path / "before" / "w.cohort.json").folder() == data
    (tmp_path / "before").rename(tmp_path / "after")
    assert read(tmp_path / "after" / "w.cohort.json").folder() == tmp_path / "after" / "data"
    (tmp_path / "after" / "data").rmdir()
    assert read(tmp_path / "after" / "w.cohort.json").folder() == data


REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n", "empty"),
    "no JSON": (b"person_id,sex\n1,female\n", "no workspace"),
    "no text": (b"\xff\xfe\x00\x80", "no workspace"),
    "half": (b'{"format": 1, "dataset": {', "no workspace"),
    "a list": (b"[1, 2]", "no workspace"),
    "another object": (b'{"name": "x"}', "no workspace"),
    "format 0": (b'{"format": 0, "dataset": {}, "state": {}}', "no workspace"),
    "format true": (b'{"format": true, "dataset": {}, "state": {}}', "no workspace"),
    "not a number": (b'{"format": 1, "dataset": {}, "state": NaN}', "no workspace"),
    "an endless number": (b'{"format": 1, "dataset": {}, "state": 1e999}', "no workspace"),
    "a long number": (b'{"format": 1' + b"0" * 5000 + b"}", "no workspace"),
    "a deep hole": (b"[" * 100_000, "no workspace"),
    "a newer one": (b'{"format": 99, "saved_with": "7.2"}', "7.2"),
    "state a list": (b'{"format": 1, "dataset": {}, "state": []}', "state"),
    "no dataset": (b'{"format": 1, "dataset": {"path": 3}, "state": {}}', "dataset.path"),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_workspace_is_refused_by_name_and_with_a_remedy(tmp_path, content, says):
    path = tmp_path / "thesis.cohort.json"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read(path)
    said = str(refused.value)
    assert says in said
    assert "thesis.cohort.json" in said
    assert "choose" in said or "install" in said
    assert "\n" not in said


def test_a_folder_a_missing_file_and_a_device_are_refused(tmp_path):
    for path, says in ((tmp_path, "folder"), (tmp_path / "no", "not exist"), (tmp_path / ("x" * 300), "x")):
        with pytest.raises(Refusal, match=says):
            read(path)
    with pytest.raises(Refusal):
        read(tmp_path / "a\0b")


def test_a_file_with_a_byte_order_mark_opens(workspace, tmp_path):
    path = tmp_path / "w.cohort.json"
    path.write_bytes(b"\xef\xbb\xbf" + to_bytes(to_json(workspace)))
    assert read(path).workspace == workspace


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "sex", "female", "departure", "overview", "\0", "\ud800", "2024-07-01"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["and", "or", "not", "column", "in", "between", "at", "state", "view", "asked"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def _places(found, at=()):
    yield at
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in items:
        yield from _places(value, (*at, key))


def _opens_or_refuses(path, dataset, has):
    try:
        opened = resolve(read(path), **has, present=dataset)
    except Refusal as refusal:
        assert path.name in str(refusal)  # noqa: PT017
        return False
    for note in opened.notes:
        assert ENGLISH.say(note)
    state = opened.workspace.state
    assert state.focused in state.visible
    known = frozenset(has["levels"])
    for index in state.visible:
        if state.panels[index].view in all_views():
            assert set(state.spec(index, known).by) <= known
    write(opened.workspace, path)
    assert resolve(read(path), **has, present=dataset).workspace == opened.workspace
    return True


@settings(max_examples=200)
@given(data=st.data())
def test_a_file_with_strange_entries_opens_or_is_refused(data, workspace, dataset, has, tmp_path_factory):
    document = copy.deepcopy(to_json(workspace))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from([at for at in _places(document) if at]))
        found = document
        for key in way:
            found = found[key]
        if data.draw(st.booleans()):
            found[last] = data.draw(JUNK)
        else:
            del found[last]
    path = tmp_path_factory.getbasetemp() / "strange.cohort.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    _opens_or_refuses(path, dataset, has)


@settings(max_examples=150)
@given(cut=st.integers(0, 6000), length=st.integers(0, 40), junk=st.binary(max_size=20))
def test_a_file_with_strange_bytes_opens_or_is_refused(
    cut, length, junk, workspace, dataset, has, tmp_path_factory
):
    content = to_bytes(to_json(workspace))
    path = tmp_path_factory.getbasetemp() / "bytes.cohort.json"
    path.write_bytes(content[:cut] + junk + content[cut + length :])
    _opens_or_refuses(path, dataset, has)


def _panel(document):
    return document["state"]["panels"][0]
