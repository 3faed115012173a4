"""A surface holds every rate of its table in its place and masks what has none."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules import CBS


def place(chart, row, first):
    year, month = map(int, row["period"].split("-"))
    return row["month"] - 1, year * 12 + month - 1 - first


@pytest.fixture(scope="module")
def first():
    return 2022 * 12 + 1


@pytest.mark.parametrize("held", [False, True])
def test_every_row_of_the_table_is_a_cell_and_no_other_has_a_rate(figure, rows, first, held):
    found = figure("lexis", rules=CBS) if held else figure("lexis")
    chart = found.chart
    [pane] = chart.panes
    seen = np.zeros(pane.values.shape, dtype=np.bool_)
    if held:
        # The calendar begins with the first cell that is told.
        year, month = min(row["period"] for row in rows(found)).split("-")
        first = int(year) * 12 + int(month) - 1
    for row in rows(found):
        at = place(chart, row, first)
        seen[at] = True
        if row["rate"] is None:
            assert np.isnan(pane.values[at])
            assert pane.masked[at]
        else:
            assert pane.values[at] == row["rate"]
            assert not pane.masked[at]
    assert not np.isfinite(pane.values)[~seen].any()
    assert pane.masked[~seen].any() == held
    assert np.isfinite(pane.values).any()
    assert pane.masked.any()
    assert pane.values.shape == (chart.y.high, chart.x.high)


def test_a_cell_reads_its_rate_and_what_it_is_made_of(figure, rows, first):
    found = figure("lexis")
    row = next(row for row in rows(found) if row["rate"] is not None and row["departed"])
    text = found.chart.reading(0, *place(found.chart, row, first))
    for part in (
        f"{row['rate'] * 100:.2f}% a month",
        f"{row['departed']} departed",
        f"{row['person_days']:,}",
    ):
        assert part in text
    few = next(row for row in rows(found) if row["rate"] is None)
    assert "too few" in found.chart.reading(0, *place(found.chart, few, first))
    assert found.chart.reading(0, found.chart.panes[0].values.shape[0] - 1, 0) == ""


def test_a_hidden_cell_is_called_hidden(figure, rows, first):
    found = figure("lexis", rules=CBS)
    row = next(row for row in rows(found) if row["status"] == "hidden")
    assert found.chart.reading(0, *place(found.chart, row, first)).endswith("hidden")


@pytest.mark.parametrize("by", [(), ("sex",)])
def test_where_people_may_have_lived_it_is_never_white_as_if_nobody_had(figure, by):
    exact, held = figure("lexis", by=by).chart, figure("lexis", by=by, rules=CBS).chart
    for number, (all_of_them, told) in enumerate(zip(exact.panes, held.panes, strict=True)):
        lived = np.isfinite(all_of_them.values) | all_of_them.masked
        rows, columns = told.values.shape
        # The surface of what is told may begin later and end lower.
        lived = lived[:rows, lived.shape[1] - columns :]
        seen = np.isfinite(told.values) | told.masked
        assert (lived & ~seen).sum() == 0
        assert not seen[-1, 0]
        for row, column in np.argwhere(seen).tolist():
            assert held.reading(number, row, column)
    assert held.masked_label == "not told"


def test_a_cell_that_is_not_told_is_read_as_that_and_one_where_nobody_can_have_lived_as_nothing(
    figure, rows, first
):
    found = figure("lexis", by=("sex",), rules=CBS)
    told = {place(found.chart, row, first + 1) for row in rows(found) if row["sex"] == "male"}
    pane = next(at for at, one in enumerate(found.chart.panes) if one.title == "male")
    untold = [at for at in np.ndindex(found.chart.panes[pane].values.shape) if at not in told]
    texts = {found.chart.reading(pane, *at).partition(": ")[2] for at in untold}
    assert texts == {"", "not told; nobody or fewer than 10 persons"}
    assert all((found.chart.reading(pane, *at) == "") == (at[0] > at[1] + 1) for at in untold)


def test_a_cohort_keeps_its_line_when_its_first_month_is_not_told(figure):
    chart = figure("lexis", by=("sex",), rules=CBS).chart
    found = {one.label: one.column for one in chart.diagonals}
    assert list(found) == ["2022 H1", "2022 H2", "2023", "2024 H1"]
    assert found["2022 H1"] == pytest.approx(-1 + 23 / 28)


def test_the_scale_begins_at_zero_and_leaves_at_most_two_cells_of_a_hundred_above(figure):
    chart = figure("lexis").chart
    rates = chart.panes[0].values[np.isfinite(chart.panes[0].values)]
    low, high = chart.scale
    assert low == 0
    assert (rates > high).mean() <= 0.02
    assert high <= np.quantile(rates, 0.98) + 0.005
    assert chart.scale_text(0.035) == "3.5% a month"


def test_cohorts_rise_from_the_first_day_of_each(figure):
    found = {one.label: one.column for one in figure("lexis").chart.diagonals}
    assert found["2022 H1"] == pytest.approx(23 / 28)
    assert found["2022 H2"] == 5
    assert found["2023"] == 11
    assert found["2024 H1"] == 23


def test_the_calendar_is_written_in_months_and_over_long_distances_in_years(figure):
    axis = figure("lexis", lang="nl").chart.x
    assert (axis.text(3.0, 3.0), axis.text(11.0, 12.0)) == ("mei 2022", "2023")


def test_groups_have_a_pane_each_and_more_than_four_are_told(figure):
    assert [pane.title for pane in figure("lexis", by=("cohort",)).chart.panes] == [
        "2022 H1",
        "2022 H2",
        "2023",
        "2024 H1",
    ]
    many = figure("lexis", by=("age_band",)).chart
    assert len(many.panes) == 4
    assert "Too few persons to draw: 45-54, 55-64, 65+, unknown; the table holds them." in many.note
