"""A line says whose it is, a subtitle says what stands there, and published figures stand beside their own people."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

import sample_data
from explorer.core.formatting import Formats
from explorer.core.views import all_views
from explorer.core.words import Words
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.drawings.groups import groups_of
from explorer.pipeline.drawings.table import written
from explorer.pipeline.figure import sheet_of
from explorer.pipeline.truth import is_sample
from models.results import FEWEST
from models.rules import CBS
from models.selection import AtMonth, Between, IsIn, Not
from sample_data.writing import SampleInfo, truth_text

WOMEN, MEN = IsIn("sex", ("female",)), IsIn("sex", ("male",))
CURVES = ("departure", "employment", "hazard", "wage_threshold", "wage_growth")


def words_of(chart) -> str:
    """Every word of a picture: names of lines and rows, keys, description."""
    lines = [(line.label, line.name or "") for line in getattr(chart, "lines", ())]
    rows = [(row.label,) for row in (*getattr(chart, "risk", ()), *getattr(chart, "rows", ()))]
    return " | ".join(text for part in (*lines, *rows) for text in part) + chart.description


@pytest.mark.parametrize("view", [*CURVES, "restricted_mean", "naive_future", "first_job"])
@pytest.mark.parametrize(
    ("lang", "all_", "women"), [("en", "everyone", "female"), ("nl", "iedereen", "vrouw")]
)
def test_a_line_without_groups_is_called_by_who_is_selected(figure, view, lang, all_, women):
    chart = figure(view, selection=WOMEN, lang=lang).chart
    assert all_ not in words_of(chart)
    if view in CURVES:
        assert [line.label for line in chart.lines] == [women]
        assert all(row.label == women for row in chart.risk)
        assert [line.label for line in figure(view, lang=lang).chart.lines] == [all_]


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Between("age", 18, 34), "Age at settling: 18–34"),
        (Not(WOMEN), "not (Sex: female)"),
        (AtMonth("present", (), 6), "present in month 6"),
        (
            IsIn("education", ("low", "middle", "high", "at school")),
            "Education: low or middle or high or at…",
        ),
    ],
)
def test_the_name_of_a_selection_is_short(figure, selection, name):
    [line] = figure("departure", selection=selection).chart.lines
    assert line.label == name
    assert len(name) <= 40


def test_a_and_b_are_each_called_by_who_is_in_them(figure):
    chart = figure("departure", versus=(("A", WOMEN), ("B", MEN))).chart
    assert [line.label for line in chart.lines] == ["A: female", "B: male"]


def test_the_pooled_curve_of_a_shortcut_is_called_by_the_selection_in_figure_and_table(figure, dataset):
    made = figure("naive_month24", by=("cohort",), selection=WOMEN)
    assert not any("everyone" in line.label for line in made.chart.lines)
    assert "everyone" not in made.chart.note
    assert "female · shortcut" in words_of(made.chart)
    data = written(made.table, dataset.codes.info, Words("en"), "female")
    assert {data.text(row, 0) for row in range(len(data.rows))} >= {"female", "2023"}


@pytest.mark.parametrize(("view", "number"), [("departure", 8), ("employment", 9)])
def test_a_figure_is_after_that_of_cbs_only_where_it_is_grouped_and_measured_so(figure, view, number):
    usual = all_views()[view].by
    assert f"figure {number}" in figure(view, by=usual).chart.subtitle
    assert f"figure {number}" in figure(view, by=usual, selection=WOMEN).chart.subtitle
    for made in (
        figure(view),
        figure(view, by=("sex",)),
        figure(view, by=(*usual, "sex")),
        figure(view, by=usual, curves="difference"),
        figure(view, versus=(("A", WOMEN), ("B", MEN))),
        figure(view, selection=IsIn("sex", ()), by=("sex",)),
    ):
        assert made.chart.subtitle == "" or "minus" in made.chart.subtitle


def test_a_subtitle_that_speaks_of_no_group_stays(figure):
    assert figure("naive_censoring", by=("sex",)).chart.subtitle
    assert figure("naive_censoring").chart.subtitle


def test_published_figures_are_drawn_of_the_people_of_the_sample_only(figure, dataset):
    made = figure("departure", by=("cohort",))
    assert made.chart.marks
    other = replace(sheet_of(dataset), sample=False)
    assert other.info.synthetic
    assert not draw(made.released, made.spec, other, Look(), Words("en")).marks


def test_the_sample_is_known_by_what_its_generator_wrote(tmp_path):
    assert is_sample(sample_data.small_path())
    small = tmp_path / "small"
    shutil.copytree(sample_data.small_path(), small)
    assert is_sample(small)
    with (small / "stays.csv").open("a", encoding="utf-8") as file:
        file.write("x,2022-03-01,,\n")
    assert not is_sample(small)
    made = tmp_path / "made"
    made.mkdir()
    (made / "dataset.toml").write_text(SampleInfo().toml(), encoding="utf-8")
    assert not is_sample(made)
    (made / "truth.toml").write_text(truth_text(), encoding="utf-8")
    assert is_sample(made)
    (made / "dataset.toml").write_text(SampleInfo(title="Another country").toml(), encoding="utf-8")
    assert not is_sample(made)
    (made / "dataset.toml").write_bytes(b"\xff")
    assert not is_sample(made)


# --- groups that are too small for a pane -----------------------------------------------------------------------


def test_a_group_of_few_has_no_pane_beside_others():
    sizes = {("a",): 3.0, ("b",): 10.0, ("c",): 900.0, ("d",): 9.0, ("e",): float("nan"), ("f",): 40.0}
    found = groups_of(sizes, 2)
    assert found.drawn == (("b",), ("c",))
    assert found.small == (("a",), ("d",), ("e",))
    assert found.count == 6


def test_where_all_groups_are_small_they_are_drawn_as_they_are():
    assert groups_of({("a",): 3.0, ("b",): FEWEST - 1.0}).drawn == (("a",), ("b",))


@pytest.mark.parametrize("view", ["occupancy", "occupancy_naive", "flows", "lexis"])
def test_a_tiny_group_is_named_in_the_note_and_stands_in_the_table(figure, dataset, view):
    codes = dataset.codes.groupings["nationality"]
    few = [level for at, level in enumerate(codes.levels) if 0 < (codes.codes == at).sum() < FEWEST]
    selection = IsIn("nationality", ("UA", *few[:2]))
    made = figure(view, by=("nationality",), selection=selection)
    assert {pane.title.partition(" · ")[0] for pane in made.chart.panes} == {"Ukraine"}
    names = [Formats("en").country(level) for level in few[:2]]
    told = made.chart.note.partition("Too few persons to draw: ")[2]
    seen = {row[0] for row in made.table.rows}
    assert told
    assert all((name in told) == (level in seen) for name, level in zip(names, few, strict=False))


def test_a_group_that_disclosure_control_hides_whole_has_no_pane(figure, dataset):
    made = figure("occupancy", by=("nationality",), rules=CBS)
    for pane in made.chart.panes:
        assert any(layer.key != "hidden" for layer in pane.layers)


def test_a_tiny_group_is_no_series_beside_others(figure):
    chart = figure("time_in_state", by=("nationality",)).chart
    assert len(chart.series) <= 4
    assert "Too few persons to draw" in chart.note


def test_a_selection_of_few_is_drawn_without_groups(figure):
    few = IsIn("nationality", ("DZ",))
    assert len(figure("occupancy", selection=few).chart.panes) == 1


def test_a_view_that_is_refused_says_no_more_than_it_shows(figure):
    empty = figure("departure", by=("sex",), selection=IsIn("sex", ())).chart
    assert empty.empty
    assert empty.subtitle == ""
