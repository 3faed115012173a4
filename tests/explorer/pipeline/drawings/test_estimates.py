"""Forests of groups: every number is one of the table, differences name what they are differences from."""

from __future__ import annotations

import math

import pytest

from explorer.pipeline.drawings.frame import Look
from models.rules import CBS
from models.selection import IsIn

SIDES = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))


def terms(chart):
    """Estimates by heading and label."""
    found, heading = {}, ""
    for row in chart.rows:
        heading = row.label if row.kind == "heading" else heading
        for one in row.estimates:
            found[heading, row.label, chart.series[one.series][0]] = one
    return found


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("differences", ("difference", "ci_low", "ci_high")),
        ("restricted_mean", ("mean_months", "months_low", "months_high")),
    ],
)
def test_estimates_and_limits_are_those_of_the_table(figure, rows, view, names):
    made = figure(view, by=("cohort",))
    drawn = [(one.value, one.low, one.high) for one in terms(made.chart).values()]
    assert sorted(drawn) == sorted(tuple(row[name] for name in names) for row in rows(made))


@pytest.mark.parametrize("view", ["differences", "restricted_mean"])
def test_a_month_that_a_group_was_not_followed_to_has_a_row_that_says_so(figure, view):
    made = figure(view, by=("cohort",))
    curves = made.released
    said = [row for row in made.chart.rows if row.kind == "left out"]
    assert [row.text for row in said] == ["not followed that long"] * int((~curves.observed).sum())
    assert said
    headings = [row.label for row in made.chart.rows if row.kind == "heading"]
    assert len(headings) == len(curves.at)


def test_the_group_that_others_are_compared_with_is_named_at_zero(figure):
    chart = figure("differences", by=("cohort",)).chart
    references = [row for row in chart.rows if row.kind == "reference"]
    assert {row.label for row in references} == {"2022 H1"}
    assert len(references) == sum(row.kind == "heading" for row in chart.rows)
    assert chart.zero == 0.0
    assert chart.x.low < 0.0 < chart.x.high


def test_of_a_and_b_the_difference_is_drawn_as_under_the_share_departed(figure):
    made = figure("differences", versus=SIDES)
    below = figure("departure", versus=SIDES).released.difference
    drawn = terms(made.chart)
    assert [label for _, label, _ in drawn] == ["A less B"] * 3
    of_month = dict(zip(below.at.tolist(), below["difference"][0].tolist(), strict=True))
    assert [one.value for one in drawn.values()] == [of_month[month] for month in (6, 12, 24)]
    assert "A less that of B" in made.chart.note
    assert "A: Sex: female." in made.chart.note


def test_without_a_column_to_compare_by_it_is_said_what_is_needed(figure):
    assert "Choose a column to compare by" in figure("differences").chart.empty


def test_months_in_each_state_are_drawn_for_each_group_and_add_up(figure):
    chart = figure("time_in_state", by=("sex",), selection=IsIn("sex", ("female", "male"))).chart
    found = terms(chart)
    assert [name for name, _ in chart.series] == ["female", "male"]
    for months in (12, 24):
        for name in ("female", "male"):
            parts = [
                one.value
                for key, one in found.items()
                if key[0] == f"Up to month {months}" and key[2] == name
            ]
            assert math.isclose(sum(parts), months, rel_tol=0.01)


def test_more_groups_than_series_are_left_to_the_table(figure):
    chart = figure("time_in_state", by=("province",)).chart
    assert len(chart.series) == 4
    assert "Only the first 4 of" in chart.note


def test_without_intervals_only_estimates_are_drawn_and_read(figure):
    chart = figure("differences", by=("cohort",), look=Look(interval=False)).chart
    assert all(math.isnan(one.low) for one in terms(chart).values())
    assert not any("(" in one.reading for one in terms(chart).values())
    assert "95%" not in chart.reading_heading


def test_what_is_hidden_says_so_in_its_row(figure):
    made = figure("time_in_state", selection=IsIn("cohort", ("2023",)), rules=CBS)
    assert made.released.hidden
    hidden = [row for row in made.chart.rows if row.kind == "left out"]
    assert {row.text for row in hidden} == {"hidden"}
    assert len(hidden) == made.released.hidden


def test_a_difference_is_written_with_its_sign_in_both_languages(figure):
    english = figure("differences", by=("sex",)).chart
    dutch = figure("differences", by=("sex",), lang="nl").chart
    assert all(one.reading[0] in "+−0" for one in terms(english).values())
    assert all("," in one.reading and "." not in one.reading for one in terms(dutch).values())
