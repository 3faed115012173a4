"""Rules laid out: all are drawn, and words that have no room are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.charts import make_chart
from tests.widgets.pictures.layout.recording import Recording
from widgets.pictures.chart import Rule
from widgets.pictures.layout.plane import Plane
from widgets.pictures.layout.rules import draw_rules, place_rules
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT
from widgets.plots.painted_page import PaintedPage


def rule(key, value, *, moves):
    return Rule(key=key, axis="y", value=value, label=f"Grens {key}", text=lambda v: f"{v:.2f}", moves=moves)


class Strokes(Recording):
    count = 0

    def stroke(self, points, hue, width=1.0, *, dash=(), opacity=1.0):
        self.count += 1


@pytest.mark.parametrize(("high", "named"), [(26, ["mine"]), (300, ["mine", "fixed"])])
def test_a_fixed_rule_gives_way_to_one_that_moves_and_is_drawn_all_the_same(qapp, high, named):
    chart = replace(
        make_chart(lines=2), rules=(rule("fixed", 0.3, moves=False), rule("mine", 0.31, moves=True))
    )
    page = Strokes(PaintedPage(LIGHT, Box(0, 0, 130, high)))
    plane = Plane(box=page.box, x=(0.0, 28.0), y=(0.0, 0.6))
    placed = place_rules(page, plane, chart, {one.key: one.value for one in chart.rules})
    assert [one.rule.key for one in placed] == named
    draw_rules(page, chart, plane)
    assert page.count == 2
    assert page.meeting() == []
