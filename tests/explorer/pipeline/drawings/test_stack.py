"""A stack adds up to everyone at every month and says what its table says, and what it leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from models.rules import CBS
from models.selection import IsIn
from models.tally.flows import DEPARTED, STATES

AB = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))


def test_every_layer_is_the_share_of_its_state(figure, rows):
    found = figure("occupancy")
    [pane] = found.chart.panes
    table = {(row["month"], row["state"]): row["share"] for row in rows(found)}
    assert {layer.key for layer in pane.layers} <= set(STATES)
    for layer in pane.layers:
        for x, share in zip(pane.x.tolist(), layer.shares.tolist(), strict=True):
            assert share == table[int(x), layer.key]
    assert pane.layers[-1].key == STATES[DEPARTED]
    assert pane.layers[0].key == "permanent"


@pytest.mark.parametrize("rules", [None, CBS])
def test_layers_add_up_to_one_also_where_some_are_hidden(figure, rules):
    asked = {"rules": rules} if rules else {}
    chart = figure("occupancy", by=("cohort",), **asked).chart
    assert len(chart.panes) == 4
    for pane in chart.panes:
        assert np.nansum([layer.shares for layer in pane.layers], axis=0) == pytest.approx(1)
    hidden = [layer for pane in chart.panes for layer in pane.layers if layer.key == "hidden"]
    assert ("drawn together" in chart.note) == bool(hidden)


def test_a_hidden_state_is_not_drawn_as_nobody(figure):
    found = figure("occupancy", by=("cohort",), rules=CBS)
    curves, hidden = found.released, 0
    panes = {pane.title: pane for pane in found.chart.panes}
    for row, (cohort, state) in enumerate(curves.keys):
        if not (found.released.withheld[row])[curves.observed[row]].all():
            continue
        drawn = {layer.key: layer.shares for layer in panes[cohort].layers}
        hidden += 1
        assert state not in drawn or np.isnan(drawn[state]).all()
    assert hidden


def test_a_pane_ends_with_the_last_month_of_its_group(figure, rows):
    found = figure("occupancy", by=("cohort",))
    for pane in found.chart.panes:
        assert pane.x[-1] == max(row["month"] for row in rows(found) if row["cohort"] == pane.title)


def test_more_groups_than_panes_are_told(figure):
    chart = figure("occupancy", by=("age_band",)).chart
    assert len(chart.panes) == 4
    assert "Only the first 4 of" in chart.note
    assert "Only the first" not in figure("occupancy", by=("cohort",)).chart.note


def test_beside_everyone_who_settled_stand_those_still_present_without_who_left(figure, rows):
    found = figure("occupancy_naive")
    everyone, present = found.chart.panes
    assert everyone.title != present.title
    assert STATES[DEPARTED] in [layer.key for layer in everyone.layers]
    assert STATES[DEPARTED] not in [layer.key for layer in present.layers]
    table = {(row["month"], row["state"]): row["naive_share"] for row in rows(found)}
    layer = next(layer for layer in present.layers if layer.key == "agency")
    assert layer.shares[12] == table[12, "agency"]
    assert np.sum([layer.shares for layer in present.layers], axis=0) == pytest.approx(1)


def test_two_selections_are_two_panes_with_their_names(figure):
    assert [pane.title for pane in figure("occupancy", versus=AB).chart.panes] == ["A: female", "B: male"]
