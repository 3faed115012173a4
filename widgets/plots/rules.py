"""Lines straight across the plot: thresholds that can be moved, and fixed ones such as the day data end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets.pictures.chart import Axis, Chart, Rule
from widgets.pictures.layout.placing import Spot, best_spot
from widgets.pictures.palette import Theme
from widgets.plots.lettering import small_font
from widgets.plots.overlay import INSET, Overlay, paint_words, round_value
from widgets.plots.room import line_height

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from widgets.pictures.chart import FloatArray
    from widgets.plots.canvas import View

REACH: Final = 6.0
"""Within so many pixels the hand is on a rule."""
GRIP: Final = (9.0, 18.0)
"""Size of the handle: across the rule, along it."""
BETWEEN: Final = 5.0
"""From the label of a rule to its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLabel:
    """The words of one rule and the room they stand in, in pixels of the view."""

    rule: Rule
    label: str
    value: str
    box: QRectF


class Rules(Overlay):
    """All rules of a chart. What is dragged follows the hand at once; the chart is believed when it is let go."""

    def __init__(self, view: View) -> None:
        super().__init__(view, 30)
        self.rules: tuple[Rule, ...] = ()
        self.values_now: dict[str, float] = {}
        self.avoid = QRectF()
        self.held = ""
        self.hovered = ""
        self._chart: Chart | None = None
        self._grabbed = (0.0, 0.0)
        self._spots: dict[str, int] = {}
        self._latest = ""

    # --- showing ---------------------------------------------------------------------------------------------

    def show_rules(self, chart: Chart, theme: Theme) -> None:
        """Show the rules of `chart`; one that is held stays under the hand."""
        self._chart, self.theme = chart, theme
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
            if rule.moves and self._seen(rule) and self._box.contains(place)
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
        value = self.value_of(rule)
        return self.place(value, 0).x() if rule.axis == "x" else self.place(0, value).y()

    def _away(self, rule: Rule, place: QPointF) -> float:
        return abs(self._at(rule) - (place.x() if rule.axis == "x" else place.y()))

    def _seen(self, rule: Rule) -> bool:
        box, at = self._box, self._at(rule)
        first, last = (box.left(), box.right()) if rule.axis == "x" else (box.top(), box.bottom())
        return first - 0.5 <= at <= last + 0.5

    # --- words -----------------------------------------------------------------------------------------------

    def labels(self) -> list[RuleLabel]:
        """Return the words of every rule in view, each where it covers the curves and other words least."""
        out: list[RuleLabel] = []
        points = self._points() if any(map(self._seen, self.rules)) else np.empty((0, 2))
        for rule in filter(self._seen, self.rules):
            value = rule.text(self.value_of(rule))
            label, width = self._cut(rule.label, value)
            spots = self._spots_of(rule, width)
            taken = [self.avoid, *(one.box for one in out), *self._grips()]
            around = [_spot(spot.adjusted(-2, -1, 2, 1)) for spot in spots]
            # Under the hand words do not jump; otherwise they stand where they would if nothing had been before.
            before = self._spots.get(rule.key, -1) if self.held else -1
            best = best_spot(around, points, map(_spot, taken), before)
            self._spots[rule.key] = best
            out.append(RuleLabel(rule=rule, label=label, value=value, box=spots[best]))
        return out

    def _cut(self, label: str, value: str) -> tuple[str, float]:
        """Return the label, cut where the plot is narrow, and the width of label and value."""
        plain, bold = QFontMetricsF(small_font()), QFontMetricsF(small_font(bold=True))
        wide = bold.horizontalAdvance(value) + (BETWEEN if label and value else 0.0)
        room = max(self._box.width() - 4 * INSET - GRIP[1] - wide, 0.0)
        label = plain.elidedText(label, Qt.TextElideMode.ElideRight, room)
        return label, plain.horizontalAdvance(label) + wide + 8

    def _spots_of(self, rule: Rule, width: float) -> list[QRectF]:
        """Return the places where the words of a rule can stand, the best first."""
        box, at = self._box, self._at(rule)
        height = line_height(QFontMetricsF(small_font()))
        if rule.axis == "y":
            first = box.left() + (GRIP[1] + 6 if rule.moves else INSET - 4)
            across = (first, box.right() - width - 4, box.center().x() - width / 2)
            corners = [(left, top) for left in across for top in (at - height - 2, at + 2)]
        else:
            top = box.top() + (GRIP[1] + 6 if rule.moves else 4)
            # A row further down at the top: the hint and other words stand in the corners.
            down = (top, top + height + 4, box.center().y() - height / 2, box.bottom() - height - 4)
            corners = [(left, top) for top in down for left in (at + 4, at - width - 4)]
        inside = QRectF(box.left(), box.top(), max(box.width() - width, 0), max(box.height() - height, 0))
        return [
            QRectF(
                min(max(left, inside.left()), inside.right()),
                min(max(top, inside.top()), inside.bottom()),
                width,
                height,
            )
            for left, top in corners
        ]

    def _points(self) -> NDArray[np.float64]:
        """Return places on the curves every few pixels, for words to avoid; also where other rules run."""
        box, (left, right) = self._box, self._view.viewRange()[0]
        grid = np.linspace(left, right, max(8, int(box.width() / 6)))
        found = []
        for line in self._chart.lines[:12] if self._chart is not None else ():
            known = np.isfinite(line.y)
            if known.sum() < 2:
                continue
            y = np.interp(grid, line.x[known], line.y[known], left=np.nan, right=np.nan)
            found.append(self._in_pixels(grid, y))
        for rule in filter(self._seen, self.rules):
            first, last = self._ends(rule)
            found.append(np.linspace((first.x(), first.y()), (last.x(), last.y()), len(grid)))
        return np.concatenate(found) if found else np.empty((0, 2))

    def _in_pixels(self, x: FloatArray, y: FloatArray) -> NDArray[np.float64]:
        first, last = self.place(0.0, 0.0), self.place(1.0, 1.0)
        return np.column_stack(
            [first.x() + x * (last.x() - first.x()), first.y() + y * (last.y() - first.y())]
        )

    # --- painting --------------------------------------------------------------------------------------------

    def paint_over(self, painter: QPainter) -> None:
        """Paint the lines, then the words on paper, then the handles."""
        for rule in filter(self._seen, self.rules):
            painter.setPen(self._pen(rule))
            painter.drawLine(*self._ends(rule))
        for label in self.labels():
            self.paint_paper(painter, label.box)
            middle = label.box.center().y()
            paint_words(painter, label.label, label.box.left() + 4, middle, self.theme.muted)
            wide = QFontMetricsF(small_font(bold=True)).horizontalAdvance(label.value)
            paint_words(
                painter, label.value, label.box.right() - 4 - wide, middle, self.theme.text, bold=True
            )
        for rule, grip in zip(self._moving(), self._grips(), strict=True):
            self._paint_grip(painter, rule, grip)

    def _ends(self, rule: Rule) -> tuple[QPointF, QPointF]:
        # On the half pixel a thin line is one pixel, not two grey ones.
        at, box = math.floor(self._at(rule)) + 0.5, self._box
        if rule.axis == "x":
            return QPointF(at, box.top()), QPointF(at, box.bottom())
        return QPointF(box.left(), at), QPointF(box.right(), at)

    def _pen(self, rule: Rule) -> QPen:
        strong = rule.key in (self.held, self.hovered)
        pen = QPen(QColor(self.theme.text if rule.moves else self.theme.muted), 2.0 if strong else 1.2)
        if not rule.moves:
            pen.setDashPattern([4.0, 3.0])
        return pen

    def _moving(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.moves and self._seen(rule)]

    def _grips(self) -> list[QRectF]:
        """Return the handles of the rules that can be moved: where the rule begins."""
        across, along = GRIP
        out = []
        for rule in self._moving():
            at = self._at(rule)
            if rule.axis == "x":
                out.append(QRectF(at - across / 2, self._box.top() + 2, across, along))
            else:
                out.append(QRectF(self._box.left() + 2, at - across / 2, along, across))
        return out

    def _paint_grip(self, painter: QPainter, rule: Rule, grip: QRectF) -> None:
        strong = rule.key in (self.held, self.hovered)
        painter.setPen(QPen(QColor(self.theme.text), 1.2))
        painter.setBrush(QColor(self.theme.text if strong else self.theme.panel))
        painter.drawRoundedRect(grip, GRIP[0] / 2, GRIP[0] / 2)
        painter.setPen(QPen(QColor(self.theme.panel if strong else self.theme.text), 1.2))
        middle, half = grip.center(), QPointF(3, 0) if rule.axis == "y" else QPointF(0, 3)
        painter.drawLine(middle - half, middle + half)


def _spot(box: QRectF) -> Spot:
    return box.left(), box.top(), box.right(), box.bottom()
