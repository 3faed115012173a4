"""A workspace is printed as it stands on screen: the same panels, the same pictures, the same numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

import sample_data
from explorer.__main__ import main
from explorer.core.events import (
    ChooseMeasure,
    ClearSelection,
    CompareBy,
    CompareKept,
    KeepAs,
    LockPanel,
    OnlyLevel,
    PutBeside,
    SetOption,
    ShowInterval,
    TurnTo,
)
from explorer.core.reducing import reduce
from explorer.core.state import AppState
from explorer.core.words import Words
from explorer.workspace.document import Workspace, reference
from explorer.workspace.writing import write
from models.selection import And, IsIn
from tests.explorer.worlds import without_men

SMALL = sample_data.small_path()


@pytest.fixture(scope="module")
def small(own_folders):
    from explorer.pipeline.opening import open_dataset
    from explorer.registers.engine import Engine

    return open_dataset(SMALL, Engine())


@pytest.fixture
def saved(small, tmp_path):
    """Save a workspace on the small sample after some events; return its file."""

    def save(*events, language="en", **changed):
        state = AppState()
        for event in events:
            state = reduce(state, event)
        about = reference(small.path, small.data_hash, small.codes.info, tuple(small.codes.groupings))
        path = tmp_path / "w.cohort.json"
        write(Workspace(state=state, dataset=replace(about, **changed), language=language), path)
        return path, state

    return save


def run(capsys, *arguments):
    status = main(["figures", *(str(argument) for argument in arguments)])
    out, err = capsys.readouterr()
    return status, out, err


TWO = (
    OnlyLevel("sex", "female"),
    LockPanel(1, True),
    OnlyLevel("sex", "male"),
    ChooseMeasure(0, "destinations"),
    ShowInterval(1, False),
    CompareBy(("cohort",)),
    TurnTo("work"),
    PutBeside(0, True),
)


def test_every_visible_panel_is_printed_as_on_screen_with_its_numbers(capsys, saved, small, tmp_path):
    from explorer.export.formats import Written
    from explorer.export.formats.csv_text import to_csv
    from explorer.export.printing import print_chart
    from explorer.pipeline.drawings.frame import Look
    from explorer.pipeline.figure import default_rules, make_figure

    path, state = saved(*TWO, language="nl")
    out = tmp_path / "out"
    assert run(capsys, path, "--out", out, "--formats", "svg,png", "--numbers") == (0, "", "")
    assert sorted(file.name for file in out.iterdir()) == [
        f"{name}.{suffix}"
        for name in ("01-employment", "02-destinations")
        for suffix in ("about.txt", "csv", "png", "svg")
    ]
    for name, index in (("01-employment", 1), ("02-destinations", 0)):
        panel = state.panels[index]
        look = Look(interval=panel.interval, published=panel.published)
        spec = state.spec(index, frozenset(small.codes.groupings))
        figure = make_figure(small, spec, default_rules(small), look, Words("nl"))
        print_chart(figure.chart, tmp_path / "screen.svg")
        assert (out / f"{name}.svg").read_bytes() == (tmp_path / "screen.svg").read_bytes()
        assert (out / f"{name}.csv").read_text(encoding="utf-8") == to_csv(Written(table=figure.table))
        about = (out / f"{name}.about.txt").read_text(encoding="utf-8")
        for part in (figure.chart.title, figure.chart.note, figure.chart.source, "none"):
            assert part in about


def test_the_language_can_be_another_than_that_of_the_workspace(capsys, saved, tmp_path):
    path, _ = saved(TurnTo("departure"), language="nl")
    for lang, options in (("own", ()), ("nl", ("--lang", "nl")), ("en", ("--lang", "en"))):
        assert run(capsys, path, "--out", tmp_path / lang, "--formats", "svg", *options)[0] == 0
    own, dutch, english = (
        (tmp_path / lang / "01-departure.svg").read_bytes() for lang in ("own", "nl", "en")
    )
    assert own == dutch != english


def test_the_overview_prints_every_panel(capsys, saved, tmp_path):
    path, state = saved()
    status, _, err = run(capsys, path, "--out", tmp_path / "out", "--formats", "svg")
    assert (status, err) == (0, "")
    assert sorted(file.stem for file in (tmp_path / "out").iterdir()) == [
        f"{number:02d}-{panel.view}" for number, panel in enumerate(state.panels, start=1)
    ]


def test_two_kept_selections_are_printed_together(capsys, saved, tmp_path):
    path, _ = saved(
        OnlyLevel("sex", "female"),
        KeepAs("A"),
        OnlyLevel("sex", "male"),
        KeepAs("B"),
        CompareKept(True),
        TurnTo("work"),
    )
    assert run(capsys, path, "--out", tmp_path / "out", "--formats", "svg", "--numbers")[0] == 0
    text = (tmp_path / "out" / "01-employment.csv").read_text(encoding="utf-8")
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == {"A", "B"}


def test_a_panel_without_anybody_is_printed_with_the_sentence_that_says_so(capsys, small, tmp_path):
    from explorer.export.printing import print_chart
    from explorer.pipeline.drawings.frame import Look
    from explorer.pipeline.figure import default_rules, make_figure

    nobody = And((IsIn("sex", ("female",)), IsIn("sex", ("male",))))
    state = AppState(selection=nobody, page="departure")
    about = reference(small.path, small.data_hash, small.codes.info, tuple(small.codes.groupings))
    write(Workspace(state=state, dataset=about), tmp_path / "w.cohort.json")
    asked = ("--formats", "svg", "--numbers")
    assert run(capsys, tmp_path / "w.cohort.json", "--out", tmp_path / "out", *asked) == (0, "", "")
    spec = state.spec(0, frozenset(small.codes.groupings))
    figure = make_figure(small, spec, default_rules(small), Look(), Words("en"))
    assert figure.chart.empty
    print_chart(figure.chart, tmp_path / "screen.svg")
    assert (tmp_path / "out" / "01-departure.svg").read_bytes() == (tmp_path / "screen.svg").read_bytes()
    assert (tmp_path / "out" / "01-departure.csv").read_text(encoding="utf-8") == "status\n"


def test_what_was_left_out_is_told_one_line_each(capsys, saved, small, tmp_path):
    path, _ = saved(TurnTo("departure"), data_hash="0", columns=("colour", *small.codes.groupings))
    text = path.read_text(encoding="utf-8").replace('"compare": null', '"compare": ["colour"]')
    path.write_text(text, encoding="utf-8")
    status, _, err = run(capsys, path, "--out", tmp_path / "out", "--formats", "svg")
    assert status == 0
    assert err.splitlines() == [
        "The data have changed since this workspace was saved.",
        "Columns removed: colour.",
        "The column “colour” is no longer in the data; the comparison by it is left out.",
    ]
    assert (tmp_path / "out" / "01-departure.svg").exists()


@pytest.mark.parametrize(
    "events", [(), (LockPanel(0, True), ClearSelection()), (KeepAs("A"), ClearSelection())]
)
def test_a_selection_that_would_lose_a_condition_is_refused_and_the_condition_named(
    capsys, saved, tmp_path, events
):
    folder = without_men(tmp_path / "women")
    path, _ = saved(OnlyLevel("sex", "male"), *events, path=str(folder), relative="", data_hash="0")
    status, _, err = run(capsys, path, "--out", tmp_path / "out", "--formats", "svg")
    assert status == 2
    [line] = err.splitlines()
    assert str(path) in line
    assert "“sex = male”" in line
    assert not list((tmp_path / "out").iterdir())


def test_a_panel_that_cannot_be_answered_is_told_and_the_others_are_printed(capsys, saved, tmp_path):
    path, _ = saved(SetOption(2, "real", "1850-01"), TurnTo("wages"), PutBeside(0, True))
    status, _, err = run(capsys, path, "--out", tmp_path / "out", "--formats", "svg")
    assert status == 2
    assert "1850-01" in err
    assert "wages" in err
    assert len(err.splitlines()) == 1
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["02-departure.svg"]


def test_the_bundled_sample_needs_no_place(capsys, saved, small, tmp_path, monkeypatch):
    from explorer.pipeline import opening

    monkeypatch.setattr(opening, "sample_path", lambda progress=None: SMALL)
    path, _ = saved(TurnTo("departure"), path="sample", data_hash="0")
    status, _, err = run(capsys, path, "--out", tmp_path / "out", "--formats", "svg")
    assert status == 0
    assert err == "The data have changed since this workspace was saved.\n"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--where", "sex = female"), "--where"),
        (("--by", "sex"), "--by"),
        (("--view", "wages"), "--view"),
        (("--formats", "svg,doc"), "doc"),
        (("--width", "3"), "3"),
    ],
)
def test_what_does_not_go_with_a_workspace_is_refused(capsys, saved, tmp_path, options, named):
    path, _ = saved(TurnTo("departure"))
    status, _, err = run(capsys, path, "--out", tmp_path / "out", *options)
    assert status == 2
    assert named in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["gone.cohort.json", "persons.csv"])
def test_a_file_that_is_no_workspace_is_refused_by_name(capsys, tmp_path, name):
    path = tmp_path / name if name.startswith("gone") else SMALL / name
    status, _, err = run(capsys, path, "--out", tmp_path / "out")
    assert status == 2
    assert name in err


def test_a_dataset_is_still_a_dataset_by_its_folder_or_its_description(capsys, tmp_path):
    for number, path in enumerate((SMALL, SMALL / "dataset.toml")):
        out = tmp_path / str(number)
        asked = ("--view", "hazard", "--formats", "svg", "--numbers")
        assert run(capsys, path, "--out", out, *asked)[0] == 0
        assert sorted(file.name for file in out.iterdir()) == ["hazard.about.txt", "hazard.csv", "hazard.svg"]


HEADLESS = """
import sys
from explorer.__main__ import main
status = main(sys.argv[1:])
print([name for name in ("PySide6", "shiboken6", "pyqtgraph") if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""


def test_printing_a_workspace_never_imports_qt(saved, tmp_path):
    path, _ = saved(TurnTo("departure"))
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", HEADLESS, "figures", str(path), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stderr.strip() == "[]"


def test_a_table_is_printed_as_a_page_and_as_its_numbers(capsys, saved, tmp_path):
    path, state = saved(TurnTo("departure"), ChooseMeasure(0, "life_table"))
    assert state.view(0) == "life_table"
    out = tmp_path / "out"
    status, _, err = run(capsys, path, "--out", out, "--formats", "svg")
    assert (status, err) == (0, "")
    assert sorted(one.name for one in out.iterdir()) == [
        f"01-life_table.{end}" for end in ("about.txt", "csv", "svg", "xlsx")
    ]
    main(["table", "life_table", str(SMALL), "--by", "cohort"])
    assert (out / "01-life_table.csv").read_text(encoding="utf-8") == capsys.readouterr().out


def test_a_table_too_long_for_a_page_is_written_as_numbers_and_that_is_said(capsys, saved, tmp_path):
    path, _ = saved(TurnTo("flows"), ChooseMeasure(3, "transitions"))
    out = tmp_path / "out"
    status, _, err = run(capsys, path, "--out", out, "--formats", "svg")
    assert status == 0
    assert "only files of its numbers" in err
    assert sorted(one.suffix for one in out.iterdir()) == [".csv", ".txt", ".xlsx"]
