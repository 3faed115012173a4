"""A minus B is drawn around zero, says what its table says, and is nowhere where a side of it is hidden."""

from __future__ import annotations

import numpy as np
import pytest

from models.results import Curves, Measure, Unit
from models.selection import EVERYONE, And, Between, IsIn

AB = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))
SHARED = (("A", EVERYONE), ("B", IsIn("sex", ("male",))))


@pytest.mark.parametrize("versus", [AB, SHARED])
@pytest.mark.parametrize(
    ("view", "share"), [("departure", "share_departed"), ("employment", "share_working")]
)
def test_the_difference_is_that_of_the_two_curves_at_every_month(figure, rows, view, share, versus):
    one, other = (
        {row["month"]: row[share] for row in rows(figure(view, selection=part))} for _, part in versus
    )
    line = figure(view, versus=versus, curves="difference").chart.lines[0]
    assert len(line.x) > 20
    # The share departed is zero on the day of settling, and nothing is estimated.
    known = [(x, y) for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True) if x or not np.isnan(y)]
    for x, y in known:
        assert y == pytest.approx(one[x] - other[x], abs=1e-12)


@pytest.mark.parametrize("view", ["departure", "employment"])
def test_the_columns_beside_both_are_the_difference_that_is_drawn(figure, rows, view):
    drawn = {row["month"]: row for row in rows(figure(view, versus=AB, curves="difference"))}
    beside = {row["month"]: row for row in rows(figure(view, versus=AB)) if row["selection"] == "A"}
    others = [row for row in rows(figure(view, versus=AB)) if row["selection"] == "B"]
    names = {"difference": "difference", "difference_low": "ci_low", "difference_high": "ci_high"}
    for month, row in drawn.items():
        assert {name: beside[month][name] for name in names} == {n: row[own] for n, own in names.items()}
    assert all(row[name] is None for row in others for name in names)


def test_zero_is_drawn_in_the_frame_with_the_band_around_the_line(figure):
    chart = figure("departure", versus=AB, curves="difference").chart
    [zero] = chart.rules
    assert zero.value == 0
    assert chart.y.low < 0 < chart.y.high
    [line] = chart.lines
    [band] = line.bands
    known = np.isfinite(band.low)
    assert (band.low[known] <= line.y[known]).all()
    assert (line.y[known] <= band.high[known]).all()
    assert "less B, in percentage points" in chart.note
    assert "Greenwood" not in chart.note


def test_a_selection_less_itself_is_zero_everywhere(figure):
    [line] = figure("departure", versus=(("A", EVERYONE), ("B", EVERYONE)), curves="difference").chart.lines
    assert not np.nan_to_num(line.y).any()


@pytest.mark.parametrize("view", ["departure", "employment", "wages"])
def test_beside_a_and_b_no_published_point_is_drawn_and_nobody_is_chosen(figure, view):
    chart = figure(view, versus=AB).chart
    assert (chart.marks, chart.brush, chart.brush_hint) == ((), "", "")


def test_a_selection_is_called_by_what_the_other_has_not(figure):
    young = Between("age", 18, 34)
    both = (("A", And((young, AB[0][1]))), ("B", And((young, AB[1][1]))))
    assert [line.label for line in figure("departure", versus=both).chart.lines] == ["A: female", "B: male"]
    part = (("A", young), ("B", And((young, AB[1][1]))))
    assert [line.label for line in figure("departure", versus=part).chart.lines] == [
        "A: Age at settling: 18–34",
        "B: male",
    ]
    assert [row.label for row in figure("departure", versus=part).chart.risk] == ["A", "B"]


def curves(values, behind, by=(), keys=((),)):
    shape = (len(keys), 3)
    return Curves(
        by=by,
        keys=keys,
        at=np.arange(3),
        measures=(
            Measure(name="share", unit=Unit.SHARE, values=np.broadcast_to(values, shape).astype(float)),
        ),
        observed=np.ones(shape, dtype=np.bool_),
        estimate="share",
        behind=(np.broadcast_to(behind, shape).astype(float),),
    )
