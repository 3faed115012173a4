"""Where the words of lines straight across the curves stand: where they cover the curves and other words least."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.chart import Chart, Rule
from widgets.pictures.layout.placing import best_spot, meet
from widgets.pictures.layout.plane import Plane
from widgets.pictures.page import Box, Page, Point, corners, elide

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

WIDTH, STRONG_WIDTH = 1.2, 2.0
DASH: Final = (4.0, 3.0)
"""Of a rule that cannot be moved."""
INSET: Final = 0.5
"""All in lines of text: from the edge of the plane to words over it,"""
PAD: Final = 0.25
"""beside words, on their piece of paper,"""
BETWEEN: Final = 0.45
"""and from the label of a rule to its value."""
VEIL: Final = 0.82
"""Opacity of the paper behind words that lie over curves."""
MOST_AVOIDED: Final = 12
"""Words avoid so many curves; of more they cannot."""
EVERY: Final = 0.4
"""Points of a curve that words avoid are so many lines apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLabel:
    """The words of one rule and the room they stand in; `spot` is which of its places that is."""

    rule: Rule
    label: str
    value: str
    box: Box
    spot: int


def ends_of(plane: Plane, rule: Rule, value: float) -> tuple[Point, Point]:
    """Return where a rule that stands at `value` begins and ends."""
    box = plane.box
    if rule.axis == "x":
        x = plane.x_of(value)
        return (x, box.top), (x, box.bottom)
    y = plane.y_of(value)
    return (box.left, y), (box.right, y)


def is_seen(plane: Plane, rule: Rule, value: float) -> bool:
    """Return whether a rule that stands at `value` lies in the plane."""
    return plane.box.grown(0.5, 0.5).holds(*ends_of(plane, rule, value)[0])


def place_rules(
    page: Page,
    plane: Plane,
    chart: Chart,
    values: Mapping[str, float],
    *,
    avoid: Sequence[Box] = (),
    grip: float = 0.0,
    before: Mapping[str, int] | None = None,
) -> list[RuleLabel]:
    """Return the words of every rule that is seen; of one that does not move only where they lie on no others.

    Parameters
    ----------
    values
        Where the rules stand, by key.
    avoid
        What words must not cover.
    grip
        How long the handle of a rule is that moves; its words begin after it.
    before
        Which of its places each rule had; words do not jump for little.
    """
    seen = _seen(plane, chart, values)
    points = _points(page, plane, chart, [(rule, values[rule.key]) for rule in seen])
    out: list[RuleLabel] = []
    for rule in sorted(seen, key=lambda rule: not rule.moves):
        value = rule.text(values[rule.key])
        wide = page.measure(value, bold=True) + (BETWEEN * page.line if rule.label and value else 0.0)
        room = max(plane.box.width - (4 * INSET) * page.line - grip - wide, 0.0)
        label = elide(page, rule.label, room)
        wide += page.measure(label) + 2 * PAD * page.line
        start = grip + 0.4 * page.line if rule.moves and grip else PAD * page.line
        boxes = _boxes(page, plane, rule, values[rule.key], wide, start)
        taken = [_edges(box) for box in (*avoid, *(one.box for one in out))]
        around = [_edges(box.grown(0.12 * page.line, 0.06 * page.line)) for box in boxes]
        best = best_spot(around, points, taken, (before or {}).get(rule.key, -1))
        if rule.moves or not any(meet(_edges(boxes[best]), other) for other in taken):
            out.append(RuleLabel(rule=rule, label=label, value=value, box=boxes[best], spot=best))
    return out


def lay_paper(page: Page, box: Box) -> None:
    """Lay a piece of paper behind words, so that curves under them do not disturb."""
    page.area(corners(box), page.theme.panel, opacity=VEIL)


def write_rule(page: Page, words: RuleLabel) -> None:
    """Write the words of a rule."""
    box, pad = words.box, PAD * page.line
    lay_paper(page, box)
    page.write(words.label, box.left + pad, box.middle, page.theme.muted)
    page.write(words.value, box.right - pad, box.middle, page.theme.text, align="right", bold=True)


def draw_rule(page: Page, plane: Plane, rule: Rule, value: float, *, strong: bool = False) -> None:
    """Draw the line of a rule."""
    hue = page.theme.text if rule.moves else page.theme.muted
    width = STRONG_WIDTH if strong else WIDTH
    page.stroke(ends_of(plane, rule, value), hue, width, dash=() if rule.moves else DASH)


def draw_rules(page: Page, chart: Chart, plane: Plane) -> None:
    """Draw the rules of `chart` where it has them, with their words."""
    values = {rule.key: rule.value for rule in chart.rules}
    for rule in _seen(plane, chart, values):
        draw_rule(page, plane, rule, rule.value)
    for words in place_rules(page, plane, chart, values):
        write_rule(page, words)


def _seen(plane: Plane, chart: Chart, values: Mapping[str, float]) -> list[Rule]:
    return [rule for rule in chart.rules if is_seen(plane, rule, values[rule.key])]


def _boxes(page: Page, plane: Plane, rule: Rule, value: float, wide: float, start: float) -> list[Box]:
    """Return the places where the words of a rule can stand, the best first; all lie in the plane."""
    box, line, (first, _) = plane.box, page.line, ends_of(plane, rule, value)
    gap = PAD * line
    if rule.axis == "y":
        across = (box.left + start, box.right - wide - gap, box.centre - wide / 2)
        found = [(left, top) for left in across for top in (first[1] - line - gap / 2, first[1] + gap / 2)]
    else:
        # A row further down at the top: the hint and other words stand in the corners.
        down = (box.top + start, box.top + start + line + gap, box.middle - line / 2, box.bottom - line - gap)
        found = [(left, top) for top in down for left in (first[0] + gap, first[0] - wide - gap)]
    return [
        Box(
            min(max(left, box.left), max(box.right - wide, box.left)),
            min(max(top, box.top), max(box.bottom - line, box.top)),
            wide,
            line,
        )
        for left, top in found
    ]


def _points(page: Page, plane: Plane, chart: Chart, rules: Iterable[tuple[Rule, float]]) -> FloatArray:
    """Return places along the curves and the rules, for words to avoid."""
    count = max(8, int(plane.box.width / (EVERY * page.line)))
    grid, found = np.linspace(*plane.x, count), [np.empty((0, 2))]
    for line in chart.lines[:MOST_AVOIDED]:
        known = np.isfinite(line.y)
        if known.sum() > 1:
            y = np.interp(grid, line.x[known], line.y[known], left=np.nan, right=np.nan)
            found.append(plane.spots(grid, y))
    found += [np.linspace(*ends_of(plane, rule, value), count) for rule, value in rules]
    return np.concatenate(found)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
