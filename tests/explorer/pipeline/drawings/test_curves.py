"""Curves say what their table says; selections, dates, parts and shortcuts are drawn as what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import Words
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.curves import DATE_STEPS, draw_curves, first_days
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.figure import sheet_of
from models.clocks import MONTH_DAYS, day_number, from_day_number
from models.disclosure.results import release_result
from models.results import Curves, Measure, Unit
from models.rules import CBS, NONE
from models.selection import AtMonth, IsIn, conjunction
from models.tally.spans import Event, spans

AB = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))


@pytest.mark.parametrize(
    ("view", "measure"),
    [
        ("wage_threshold", "share_at_least"),
        ("wage_growth", "growth"),
        ("minimum_wage", "share_below"),
        ("departure", "share_departed"),
    ],
)
def test_a_curve_is_the_column_of_its_table(figure, rows, view, measure):
    found = figure(view, by=("cohort",))
    for line in found.chart.lines:
        own = {row["month"]: row[measure] for row in rows(found) if row["cohort"] == line.key}
        drawn = {int(x): y for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True) if not np.isnan(y)}
        assert drawn == {month: value for month, value in own.items() if value is not None}
        assert drawn
        assert found.chart.y.low <= min(drawn.values())


@pytest.mark.parametrize(
    "view", ["departure", "destinations", "hazard", "employment", "contracts", "sectors"]
)
def test_curves_of_departure_and_work_can_be_brushed_over_months_and_say_so(figure, view):
    chart = figure(view).chart
    assert chart.brush == "x"
    assert chart.brush_hint


def test_a_view_without_a_brush_has_none(figure):
    chart = figure("naive_censoring").chart
    assert (chart.brush, chart.brush_hint) == ("", "")


def test_two_selections_are_called_by_their_names_in_two_inks_of_their_own(figure):
    lines = figure("departure", versus=AB).chart.lines
    assert [line.label for line in lines] == ["A: female", "B: male"]
    assert [(line.ink.kind, line.ink.index, line.style) for line in lines] == [
        ("categorical", 0, "line"),
        ("categorical", 1, "line"),
    ]


def test_the_same_part_has_one_ink_in_both_selections_and_is_dashed_in_the_second(figure):
    lines = {line.key: line for line in figure("contracts", versus=AB).chart.lines}
    for level in ("agency", "permanent"):
        one, other = lines[f"A|{level}"], lines[f"B|{level}"]
        assert one.ink == other.ink
        assert (one.style, other.style) == ("line", "dashed")


def test_a_shortcut_is_dashed_in_the_ink_of_the_right_curve(figure):
    lines = {line.key: line for line in figure("naive_censoring", by=("cohort",)).chart.lines}
    assert lines["2023|right"].ink == lines["2023|shortcut"].ink
    assert lines["2023|right"].ink != lines["2022 H1|right"].ink
    assert lines["2023|right"].style == "line"
    assert lines["2023|shortcut"].style == "dashed"


def drawn(dataset, curves, versus=(), difference=None, lang="en"):
    view = all_views()["departure"]
    released = replace(
        release_result(curves, NONE), difference=difference and release_result(difference, NONE)
    )
    spec = Spec(view="departure", versus=versus)
    return draw_curves(released, view, spec, sheet_of(dataset), Look(), Words(lang))


def curves(at, values, *, axis="month", by=(), keys=((),), name="share", unit=Unit.SHARE):
    shape = (len(keys), len(at))
    low, high = np.asarray(values) - 0.006, np.asarray(values) + 0.006
    found = {name: values, "ci_low": low, "ci_high": high}
    return Curves(
        by=by,
        keys=keys,
        axis=axis,
        at=np.asarray(at),
        measures=tuple(
            Measure(name=one, unit=unit, values=np.broadcast_to(v, shape).astype(float))
            for one, v in found.items()
        ),
        observed=np.ones(shape, dtype=np.bool_),
        estimate=name,
        low="ci_low",
        high="ci_high",
        behind=(np.full(shape, 100.0),),
    )


def test_the_difference_of_two_selections_is_told_at_6_12_and_24_months_where_it_is_known(dataset):
    both = curves(range(13), 0.2, by=("selection",), keys=(("A",), ("B",)))
    difference = curves(range(13), 0.031, unit=Unit.POINTS)
    difference.measures[0].values[0, 12] = -0.031
    note = drawn(dataset, both, AB, difference).note
    assert "A less B at month 6: +3.1 percentage points (2.5 to 3.7)." in note
    assert "A less B at month 12: −3.1 percentage points (2.5 to 3.7)." in note
    assert "month 24" not in note


def test_a_difference_that_is_no_share_is_told_in_its_own_unit(dataset):
    both = curves([6], 14.0, by=("selection",), keys=(("A",), ("B",)))
    note = drawn(dataset, both, AB, curves([6], 0.5, unit=Unit.EUR_PER_HOUR)).note
    assert "A less B at month 6: +0.50 (0.49 to 0.51)." in note


def test_dates_run_from_the_first_to_the_last_and_are_written_as_dates(dataset):
    until = day_number(dataset.codes.info.observed_until)
    days = [until - 61, until - 30, until, until + 31, until + 62]
    chart = drawn(dataset, curves(days, 0.2, axis="date"), lang="nl")
    assert (chart.x.low, chart.x.high) == (days[0], days[-1])
    assert [from_day_number(int(day)) for day in chart.x.choices[0]] == [
        date(2024, month, 1) for month in (5, 6, 7, 8, 9)
    ]
    assert chart.x.text(float(until), 0.0) == "1 juli 2024"
    assert chart.x.text(float(until), 182.0) == "jul 2024"
    assert chart.crosshair(float(until)) == "1 juli 2024"
    assert chart.description.endswith(". iedereen: 20,0% (19,4% – 20,6%) op 1 september 2024.")


def test_what_lies_beyond_the_last_day_observed_is_dashed_and_the_day_itself_is_read_once(dataset):
    until = day_number(dataset.codes.info.observed_until)
    days = [until - 61, until - 30, until, until + 31, until + 62]
    before, after = drawn(dataset, curves(days, 0.2, axis="date")).lines
    assert (before.style, after.style) == ("line", "dashed")
    assert before.x.tolist() == days[:3]
    assert after.x.tolist() == days[2:]
    assert [bool(text) for text in (*before.readings, *after.readings)] == [True] * 3 + [False] + [True] * 2
    assert len(after.bands[0].low) == 3
    [only] = drawn(dataset, curves(days[2:], 0.2, axis="date")).lines
    assert only.style == "dashed"
    assert all(only.readings)


@pytest.mark.parametrize("told", [slice(0, 2), slice(3, 5)])
def test_of_what_was_observed_and_what_is_to_come_only_what_is_told_is_drawn_and_named(dataset, told):
    until = day_number(dataset.codes.info.observed_until)
    days = [until - 61, until - 30, until, until + 31, until + 62]
    values = np.full((1, 5), np.nan)
    values[0, told] = 0.2
    [only] = drawn(dataset, curves(days, values, axis="date")).lines
    assert only.label == "everyone"
    assert np.isfinite(only.y).sum() == 2
    assert only.style == ("line" if told.start == 0 else "dashed")


@pytest.mark.parametrize(("rules", "why"), [(NONE, "Nobody is selected"), (CBS, "Every number here rests")])
def test_curves_of_which_no_point_was_observed_say_so(dataset, rules, why):
    never = replace(
        curves([0, 1], np.nan, by=("cohort",), keys=(("2023",),)), observed=np.zeros((1, 2), dtype=np.bool_)
    )
    codes = dataset.codes
    sheet = Sheet(info=codes.info, groupings=dict(codes.groupings))
    for view in ("job_loss", "departure", "wages"):
        chart = draw(
            release_result(never, rules), Spec(view=view, by=("cohort",)), sheet, Look(), Words("en")
        )
        assert chart.empty.startswith(why)


def test_a_figure_of_a_handful_in_which_nothing_could_be_observed_has_a_reason_and_no_error(figure):
    few = (
        IsIn("nationality_group", ("Ukrainian",)),
        IsIn("sex", ("male",)),
        IsIn("province", ("Utrecht",)),
        AtMonth("present", (), 25),
    )
    made = figure("job_loss", by=("cohort",), selection=conjunction(few))
    assert not made.released.observed.any()
    assert made.chart.empty


def test_levels_that_are_no_column_of_persons_have_an_ink_each(dataset):
    made = drawn(dataset, curves([0, 1], 0.1, by=("removals",), keys=(("event",), ("censored",))))
    assert [(line.ink.kind, line.ink.index) for line in made.lines] == [
        ("categorical", 0),
        ("categorical", 1),
    ]


def test_below_zero_the_axis_begins_below_the_lowest_value(dataset):
    chart = drawn(dataset, curves([0, 1, 2], [[0.1, -0.2, 0.3]]))
    assert chart.y.low < -0.2
    assert drawn(dataset, curves([0, 1, 2], 0.1)).y.low == 0


def test_a_sheet_needs_no_source(dataset):
    codes = dataset.codes
    view = all_views()["employment"]
    released = release_result(curves([1], 0.5), NONE)
    sheet = Sheet(info=codes.info, groupings=dict(codes.groupings))
    assert draw_curves(released, view, Spec(view="employment"), sheet, Look(), Words("en")).lines


def test_of_observed_beside_fitted_each_group_is_named_once_and_the_styles_in_a_key(figure):
    chart = figure("model_fitted", terms=("cohort",)).chart
    names = [line.end for line in chart.lines if line.end]
    assert names == list(dict.fromkeys(names))
    assert {line.style for line in chart.lines if line.end} == {"line"}
    assert {line.style for line in chart.lines if not line.end} == {"dots"}
    assert [(key.sign, key.label) for key in chart.keys] == [("dots", "observed"), ("line", "fitted")]
    # Where a value is read it says which of the two it is.
    assert len({line.label for line in chart.lines}) == len(chart.lines)


def test_published_points_and_too_many_groups_stand_in_the_key(figure):
    assert [key.sign for key in figure("departure").chart.keys] == ["diamond"]
    assert figure("departure", look=Look(published=False)).chart.keys == ()
    many = figure("departure", by=("nationality",)).chart
    assert f"{len(many.lines)} groups" in many.keys[0].label
    assert len(many.lines) > 8


def test_ticks_of_dates_are_first_days_of_months_at_equal_steps():
    low, high = (float(day_number(day)) for day in (date(2022, 2, 24), date(2027, 3, 4)))
    for step, days in zip(DATE_STEPS, first_days(low, high), strict=True):
        found = [from_day_number(int(day)) for day in days]
        months = [day.year * 12 + day.month - 1 for day in found]
        assert {day.day for day in found} == {1}
        assert all(later - earlier == step for earlier, later in pairwise(months))
        assert all(month % step == 0 for month in months)
        assert all(low <= day <= high for day in days)


def test_published_points_are_drawn_only_of_what_they_count(figure):
    assert figure("employers").chart.marks
    assert not figure("employers", count="concurrent").chart.marks


def obvious_at_risk(codes, event, group, month):
    """Count person by person who is still at risk on the day of a month."""
    at_risk = spans(codes, event)
    day, found = MONTH_DAYS[month], 0
    for person in range(codes.persons):
        inside = at_risk.member[person] and group[person] and at_risk.exit[person] > 0
        found += bool(inside and at_risk.exit[person] >= day)
    return found


@pytest.mark.parametrize(
    ("view", "event"),
    [
        ("destinations", Event.DEPARTURE),
        ("first_job", Event.FIRST_JOB),
        ("return", Event.RETURN),
        ("job_loss", Event.JOB_LOSS),
    ],
)
def test_under_competing_causes_stand_the_persons_at_risk_once_a_group(figure, dataset, view, event):
    chart = figure(view, by=("sex",)).chart
    codes = dataset.codes
    assert chart.risk_label
    levels = codes.groupings["sex"].levels
    for row in chart.risk:
        group = codes.groupings["sex"].codes == levels.index(row.key)
        shown = {int(x): text for x, text in zip(row.x.tolist(), row.texts, strict=True) if text}
        for month in (0, 3, 12):
            if month in shown:
                assert shown[month].replace(",", "") == str(obvious_at_risk(codes, event, group, month))
    assert len(chart.risk) == len({line.key.split("|")[0] for line in chart.lines})


@pytest.mark.parametrize("by", [(), ("cohort",), ("province",)])
def test_persons_at_risk_by_destination_are_those_of_the_share_departed_and_hidden_where_those_are(
    figure, by
):
    for rules in (NONE, CBS):
        rows = {row.key: row for row in figure("departure", by=by, rules=rules).chart.risk}
        seen = 0
        for row in figure("destinations", by=by, rules=rules).chart.risk:
            whole = dict(zip(rows[row.key].x.tolist(), rows[row.key].texts, strict=True))
            for x, text in zip(row.x.tolist(), row.texts, strict=True):
                assert text == whole[x]
                seen += bool(text)
        assert seen


OF_ALL = [
    view.name for view in all_views().values() if "settl" in view.axis_label and view.picture != "table"
]


@pytest.mark.parametrize("view", OF_ALL)
def test_shares_from_a_later_month_are_not_said_to_be_of_all_who_settled(figure, view):
    then = figure(view, selection=AtMonth("present", (), 6)).chart
    assert then.empty or ("settl" not in then.y.label and "then" in then.y.label)
    everyone = figure(view, by=("sex",)).chart
    assert everyone.empty or "settl" in everyone.y.label


def test_two_selections_with_one_curve_each_have_the_colours_of_a_and_b_in_parts_too(figure):
    lines = figure("return", versus=AB).chart.lines
    assert [(line.ink.kind, line.ink.index, line.style) for line in lines] == [
        ("categorical", 0, "line"),
        ("categorical", 1, "line"),
    ]


def test_a_figure_of_groups_says_that_a_and_b_have_to_go(figure):
    assert "A | B" in figure("naive_month24", versus=AB).chart.empty
    assert "Choose a column" in figure("naive_month24").chart.empty
