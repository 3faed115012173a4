"""Streams are as wide as the moves of the table, fill the states they join, and hidden ones are left out."""

from __future__ import annotations

import pytest

from models.rules import CBS
from models.selection import EVERYONE, AtMonth

NODE = 1e-9


def test_every_stream_says_persons_and_share_of_its_row(figure, rows):
    found = figure("flows")
    table = rows(found)
    [pane] = found.chart.panes
    assert len(pane.ribbons) == len(table)
    whole = sum(row["persons"] for row in table if row["month"] == 0)
    scale = (pane.ribbons[0].start[1] - pane.ribbons[0].start[0]) / table[int(pane.ribbons[0].key)]["share"]
    for ribbon in pane.ribbons:
        row = table[int(ribbon.key)]
        assert ribbon.reading == f"{row['persons']:,} persons, {row['share'] * 100:.1f}% of all"
        assert row["share"] == pytest.approx(row["persons"] / whole)
        for low, high in (ribbon.start, ribbon.end):
            assert high - low == pytest.approx(row["share"] * scale)


def test_streams_fill_the_states_they_leave_and_reach_without_overlap(figure):
    chart = figure("flows").chart
    [pane] = chart.panes
    last = len(chart.columns) - 1
    for node in pane.nodes:
        out = sorted(
            r.start
            for r in pane.ribbons
            if r.column == node.column and node.low - NODE <= r.start[0] and r.start[1] <= node.high + NODE
        )
        into = sorted(
            r.end
            for r in pane.ribbons
            if r.column == node.column - 1 and node.low - NODE <= r.end[0] and r.end[1] <= node.high + NODE
        )
        for sides, there in ((out, node.column < last), (into, node.column > 0)):
            assert bool(sides) == there
            edge = node.low
            for low, high in sides:
                assert low == pytest.approx(edge)
                edge = high
            if there:
                assert edge == pytest.approx(node.high)
    assert max(node.high for node in pane.nodes) <= 1 + NODE


def test_the_months_asked_for_are_the_columns_up_to_those_observed(figure):
    assert figure("flows").chart.columns == ("month 0", "month 6", "month 12", "month 24")
    assert figure("flows", months=(0, 3, 6, 12)).chart.columns == (
        "month 0",
        "month 3",
        "month 6",
        "month 12",
    )
    late = figure("flows", by=("cohort",)).chart
    of_2023 = next(pane for pane in late.panes if pane.title == "2023")
    assert max(node.column for node in of_2023.nodes) == 2
    later = figure("flows", selection=AtMonth("working", (), 3)).chart
    assert later.columns[0] == "month 3"


def test_hidden_moves_are_not_drawn_and_the_note_says_so(figure):
    shown, held = figure("flows"), figure("flows", rules=CBS)
    drawn = {ribbon.key for ribbon in held.chart.panes[0].ribbons}
    rows = {str(row): bool(status) for row, status in enumerate(held.released.withheld)}
    assert any(rows.values())
    assert drawn == {row for row, hidden in rows.items() if not hidden}
    assert "Hidden moves are not drawn" in held.chart.note
    assert "Hidden" not in shown.chart.note
    touched = [node for node in held.chart.panes[0].nodes if node.reading == "some moves are hidden"]
    assert touched
    assert not [node for node in shown.chart.panes[0].nodes if node.reading == "some moves are hidden"]


def test_a_month_beyond_what_was_observed_is_told(figure, dataset):
    from models.selection import IsIn

    late = figure("flows", selection=IsIn("cohort", ("2023",)))
    assert "Nobody here was observed at month 24; the last of these months is 12." in late.chart.note
    assert late.chart.span == "months 0, 6, 12; nobody here was followed to month 24"
    whole = figure("flows", selection=EVERYONE).chart
    assert "was observed at" not in whole.note
    assert whole.span == ""


def test_months_before_a_condition_are_not_missed(figure):
    later = figure("flows", selection=AtMonth("working", (), 3)).chart
    assert later.columns[0] == "month 3"
    assert later.span == ""


def test_a_group_that_was_not_followed_as_long_as_others_is_told_with_its_months(figure):
    chart = figure("flows", by=("cohort",), months=(0, 6, 12, 18, 24)).chart
    for pane in chart.panes:
        reached = sorted({int(chart.shorts[node.column]) for node in pane.nodes})
        told = f"{pane.title}: months {', '.join(map(str, reached))}, as nobody in it was followed longer."
        assert (told in chart.note) == (len(reached) < len(chart.columns))
    assert "2023: months 0, 6, 12," in chart.note
