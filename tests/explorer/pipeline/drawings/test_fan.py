"""The fan draws the columns of its table; its threshold can be dragged, its minimum is that of the workers."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.pipeline.drawings.frame import Look
from models.rules import CBS
from models.selection import IsIn

AB = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))


def column(rows, name):
    return np.asarray([np.nan if row[name] is None else row[name] for row in rows])


def test_of_everyone_the_median_and_both_bands_are_the_columns_of_the_table(figure, rows):
    found = figure("wages")
    median, minimum = found.chart.lines
    table = rows(found)
    assert np.array_equal(median.y, column(table, "p50"))
    wide, narrow = median.bands
    for band, low, high in ((wide, "p10", "p90"), (narrow, "p25", "p75")):
        assert np.array_equal(band.low, column(table, low))
        assert np.array_equal(band.high, column(table, high))
        assert band.label
    assert minimum.style == "dashed"
    assert [row.texts[3] for row in found.chart.risk] == [f"{table[3]['workers']:,}"]


def test_the_dashed_line_is_the_column_of_the_minimum_wage_table(figure, rows):
    line = figure("wages").chart.lines[-1]
    assert np.allclose(line.y, column(rows(figure("minimum_wage")), "minimum"), rtol=1e-12)


def test_of_several_groups_only_the_middle_half_is_shaded_and_one_minimum_is_drawn(figure, rows):
    chart = figure("wages", by=("cohort",)).chart
    assert [len(line.bands) for line in chart.lines] == [1, 1, 1, 1, 0]
    assert [line.style for line in chart.lines].count("dashed") == 1
    assert np.allclose(chart.lines[-1].y, figure("wages").chart.lines[-1].y, rtol=1e-12, equal_nan=True)


def test_without_bands_the_median_stays(figure):
    median = figure("wages", look=Look(interval=False)).chart.lines[0]
    assert median.bands == ()
    assert np.isfinite(median.y).any()


def test_the_threshold_is_a_line_that_moves_and_names_the_option_it_sets(figure):
    found = figure("wages", threshold=21.5, lang="nl")
    [rule] = found.chart.rules
    assert (rule.key, rule.axis, rule.value, rule.moves) == ("threshold", "y", 21.5, True)
    assert rule.text(21.5) == "€ 21,50"
    assert found.chart.y.high > 21.5
    assert hasattr(found.spec.options, rule.key)


def test_the_note_tells_the_share_above_the_threshold(figure, rows):
    found = figure("wages", threshold=14.0)
    share = next(row["share_at_least"] for row in rows(found) if row["month"] == 24)
    assert f"In month 24 {share * 100:.1f}% of them earn at least € 14.00." in found.chart.note


def test_wages_at_a_month_can_be_brushed_but_not_amounts_in_prices_of_another_month(figure):
    assert figure("wages").chart.brush == "y at x"
    real = figure("wages", real="2024-01").chart
    assert (real.brush, real.brush_hint) == ("", "")
    assert "in prices of January 2024" in real.note


def test_two_selections_are_drawn_in_their_own_inks(figure):
    lines = figure("wages", versus=AB).chart.lines
    assert [line.label for line in lines[:2]] == ["A: female", "B: male"]
    assert [(line.ink.kind, line.ink.index) for line in lines[:2]] == [("categorical", 0), ("categorical", 1)]


def test_what_is_hidden_is_in_no_line_band_or_count(figure):
    found = figure("wages", by=("sex",), rules=CBS)
    curves, hidden = found.released, found.released.withheld
    assert hidden.any()
    for line in found.chart.lines[:-1]:
        gone = hidden[["|".join(key) for key in curves.keys].index(line.key)]
        assert np.isnan(line.y[gone]).all()
        assert all(np.isnan(band.low[gone]).all() for band in line.bands)
    nobody = hidden.all(axis=0)
    assert np.isnan(found.chart.lines[-1].y[nobody]).all()


@pytest.mark.parametrize("options", [{}, {"real": "2023-01"}, {"balanced": (6, 12)}])
def test_everything_drawn_lies_within_the_axis(figure, options):
    chart = figure("wages", **options).chart
    assert chart.lines[-1].style == "dashed"
    for line in chart.lines:
        sides = [line.y, *(side for band in line.bands for side in (band.low, band.high))]
        assert np.nanmin([np.nanmin(side) for side in sides]) >= chart.y.low >= 0
        assert np.nanmax([np.nanmax(side) for side in sides]) <= chart.y.high
