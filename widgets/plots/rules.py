"""Lines straight across the plot: thresholds that can be moved, and fixed ones such as the day data end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.pictures.chart import Axis, Chart, Rule
from widgets.pictures.layout.rules import (
    RuleLabel,
    draw_rule,
    ends_of,
    is_seen,
    place_rules,
    write_rule,
)
from widgets.pictures.page import Box
from widgets.pictures.palette import Theme
from widgets.plots.overlay import Overlay, round_value
from widgets.plots.painted_page import PaintedPage

if TYPE_CHECKING:
    from widgets.plots.canvas import View

REACH: Final = 6.0
"""Within so many pixels the hand is on a rule."""
GRIP: Final = (9.0, 18.0)
"""Size of the handle: across the rule, along it."""


class RuleLines(Overlay):
    """All rules of a chart. What is dragged follows the hand at once; the chart is believed when it is let go."""

    def __init__(self, view: View) -> None:
        super().__init__(view, 30)
        self.rules: tuple[Rule, ...] = ()
        self.values_now: dict[str, float] = {}
        self.avoid = Box(0, 0, 0, 0)
        self.held = ""
        self.hovered = ""
        self._chart: Chart | None = None
        self._grabbed = (0.0, 0.0)
        self._spots: dict[str, int] = {}
        self._placed: tuple[object, list[RuleLabel]] | None = None
        self._latest = ""

    # --- showing ---------------------------------------------------------------------------------------------

    def show_rules(self, chart: Chart, theme: Theme) -> None:
        """Show the rules of `chart`; one that is held stays under the hand."""
        self._chart, self.theme, self._placed = chart, theme, None
        self.rules = () if chart.empty else chart.rules
        kept = {self.held: self.values_now[self.held]} if self.held else {}
        values = {rule.key: rule.value for rule in self.rules}
        if self.held not in values:
            self.held, kept = "", {}
        self.values_now = values | kept
        self._spots = {key: spot for key, spot in self._spots.items() if key in values}
        self.setVisible(bool(self.rules))
        self.update()

    def value_of(self, rule: Rule) -> float:
        """Return where a rule stands now."""
        return self.values_now[rule.key]

    # --- the hand --------------------------------------------------------------------------------------------

    def rule_at(self, place: QPointF) -> Rule | None:
        """Return the rule that can be moved from `place`; the nearest, when several can."""
        found = [
            (self._away(rule, place), rule)
            for rule in self.rules
            if rule.moves and self._is_seen(rule) and self._box.contains(place)
        ]
        away, nearest = min(found, key=lambda one: one[0], default=(REACH + 1, None))
        return nearest if away <= REACH else None

    def hover(self, place: QPointF | None) -> Rule | None:
        """Light up the rule under the hand and return it."""
        rule = None if place is None else self.rule_at(place)
        key = "" if rule is None else rule.key
        if key != self.hovered:
            self.hovered = key
            self.update()
        return rule

    def hold(self, place: QPointF) -> bool:
        """Take the rule at `place` in hand."""
        rule = self.rule_at(place)
        if rule is None:
            return False
        self.held = self._latest = rule.key
        at = self.value_of(rule)
        self._grabbed = (at, at - self._under(rule, place))
        self.update()
        return True

    def drag(self, place: QPointF) -> tuple[str, float] | None:
        """Move the held rule to `place`; return its key and value when that is another one."""
        rule = self._rule(self.held)
        axis = self._axis(rule) if rule is not None else None
        if rule is None or axis is None:
            return None
        pixel = self.pixel()[0 if rule.axis == "x" else 1]
        return self._move(rule, round_value(self._under(rule, place) + self._grabbed[1], pixel, axis))

    def drop(self) -> tuple[str, float] | None:
        """Let the held rule go where it is; None when it is where it was."""
        key, self.held = self.held, ""
        self.update()
        if key not in self.values_now or self.values_now[key] == self._grabbed[0]:
            return None
        return key, self.values_now[key]

    def put_back(self) -> tuple[str, float] | None:
        """Let the held rule go and put it back; return where, when it had been moved."""
        rule, self.held = self._rule(self.held), ""
        self.update()
        return None if rule is None else self._move(rule, self._grabbed[0])

    def mover(self, across: str) -> Rule | None:
        """Return the rule of the axis `across` that keys move: the one last in hand before others."""
        moving = [rule for rule in self.rules if rule.moves and rule.axis == across]
        return next((one for one in moving if one.key == self._latest), moving[0] if moving else None)

    def nudge(self, rule: Rule, steps: int) -> tuple[str, float] | None:
        """Move a rule by steps of its axis, or of a hundredth of it; None when it is at the end."""
        axis = self._axis(rule)
        if axis is None:
            return None
        self._latest = rule.key
        step = axis.step or (axis.high - axis.low) / 100
        return self._move(rule, round_value(self.value_of(rule) + steps * step, step / 50, axis))

    def words_of_last(self) -> str:
        """Return the rule that was last in hand in words."""
        rule = self._rule(self._latest)
        return "" if rule is None else f"{rule.label} {rule.text(self.value_of(rule))}".strip()

    def _move(self, rule: Rule, value: float) -> tuple[str, float] | None:
        if value == self.values_now[rule.key]:
            return None
        self.values_now[rule.key] = value
        self.update()
        return rule.key, value

    def _rule(self, key: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.key == key), None)

    def _axis(self, rule: Rule) -> Axis | None:
        if self._chart is None:
            return None
        return self._chart.x if rule.axis == "x" else self._chart.y

    def _under(self, rule: Rule, place: QPointF) -> float:
        return self.values(place)[0 if rule.axis == "x" else 1]

    def _at(self, rule: Rule) -> float:
        """Return where a rule crosses its axis, in pixels."""
        (x, y), _ = ends_of(self.plane, rule, self.value_of(rule))
        return x if rule.axis == "x" else y

    def _away(self, rule: Rule, place: QPointF) -> float:
        return abs(self._at(rule) - (place.x() if rule.axis == "x" else place.y()))

    def _is_seen(self, rule: Rule) -> bool:
        return is_seen(self.plane, rule, self.value_of(rule))

    # --- words and painting -----------------------------------------------------------------------------------

    def labels(self) -> list[RuleLabel]:
        """Return the words of every rule in view, each where it covers the curves and other words least."""
        if self._chart is None or not self.rules:
            return []
        page, plane = self.page, self.plane
        # They are asked for at every paint, and other things move far more often than rules do.
        asked = (plane, page.line, self.avoid, tuple(self.values_now.items()), self.held)
        if self._placed is not None and self._placed[0] == asked:
            return self._placed[1]
        out = place_rules(
            page,
            plane,
            self._chart,
            self.values_now,
            avoid=[self.avoid, *self._grips()],
            grip=GRIP[1] + 2,
            # Under the hand words do not jump; otherwise they stand where they would if nothing had been before.
            before=self._spots if self.held else None,
        )
        self._spots = {one.rule.key: one.spot for one in out}
        self._placed = asked, out
        return out

    def paint_over(self, page: PaintedPage) -> None:
        """Paint the lines, then the words on paper, then the handles."""
        plane = self.plane
        for rule in filter(self._is_seen, self.rules):
            strong = rule.key in (self.held, self.hovered)
            draw_rule(page, plane, rule, self.value_of(rule), strong=strong)
        for label in self.labels():
            write_rule(page, label)
        for rule, grip in zip(self._moving(), self._grips(), strict=True):
            self._paint_grip(page.painter, rule, QRectF(*grip))

    def _moving(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.moves and self._is_seen(rule)]

    def _grips(self) -> list[Box]:
        """Return the handles of the rules that can be moved: where the rule begins."""
        across, along = GRIP
        out = []
        for rule in self._moving():
            at = self._at(rule)
            if rule.axis == "x":
                out.append(Box(at - across / 2, self._box.top() + 2, across, along))
            else:
                out.append(Box(self._box.left() + 2, at - across / 2, along, across))
        return out

    def _paint_grip(self, painter: QPainter, rule: Rule, grip: QRectF) -> None:
        strong = rule.key in (self.held, self.hovered)
        painter.setPen(QPen(QColor(self.theme.text), 1.2))
        painter.setBrush(QColor(self.theme.text if strong else self.theme.panel))
        painter.drawRoundedRect(grip, GRIP[0] / 2, GRIP[0] / 2)
        painter.setPen(QPen(QColor(self.theme.panel if strong else self.theme.text), 1.2))
        middle, half = grip.center(), QPointF(3, 0) if rule.axis == "y" else QPointF(0, 3)
        painter.drawLine(middle - half, middle + half)
