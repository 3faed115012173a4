"""What a hand does over the curves: it takes a rule, brushes, moves the months, or only points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from widgets.plots.brushing import Brushing
from widgets.plots.rules import RuleLines

if TYPE_CHECKING:
    from widgets.plots.canvas import Canvas

_ARROWS: Final[dict[int, tuple[Literal["x", "y"], int]]] = {
    Qt.Key.Key_Left: ("x", -1),
    Qt.Key.Key_Right: ("x", 1),
    Qt.Key.Key_Down: ("y", -1),
    Qt.Key.Key_Up: ("y", 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Hand(QObject):
    """Tells a drag of a rule from a brush and from a move along the months, and lets one do one thing at a time.

    The left button takes the rule under it; else it brushes, where the chart has a brush; else it moves the months.
    The middle button, and the left one with Space held, always move the months: those drags go on to the view.

    Signals
    -------
    pointed(QPointF), gone()
        The mouse is at a place in the canvas, with no button held; it has left.
    pressed(), began()
        A button went down; a rule or a brush is now dragged.
    doubled()
        A double click.
    brushed(Brush), rule_moved(str, float), rule_dropped(str, float)
        As of the painters.
    """

    pointed = Signal(QPointF)
    gone = Signal()
    pressed = Signal()
    began = Signal()
    doubled = Signal()
    brushed = Signal(object)
    rule_moved = Signal(str, float)
    rule_dropped = Signal(str, float)

    def __init__(self, canvas: Canvas, rules: RuleLines, brushing: Brushing) -> None:
        super().__init__(canvas)
        self._canvas, self._rules, self._brushing = canvas, rules, brushing
        self._space = False
        self._cursor: Qt.CursorShape | None = None
        canvas.viewport().installEventFilter(self)

    @property
    def busy(self) -> Literal["", "rule", "brush"]:
        """What is being dragged."""
        if self._rules.held:
            return "rule"
        return "brush" if self._brushing.dragging else ""

    # --- the mouse -------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse over the canvas; what is not taken goes on to the view."""
        kind: Any = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseMove:
                return self._moved(event)
            if kind == QEvent.Type.MouseButtonPress:
                return self._down(event)
            if kind == QEvent.Type.MouseButtonRelease:
                return self._up(event)
            if kind == QEvent.Type.MouseButtonDblClick:
                self.doubled.emit()
        elif kind == QEvent.Type.Leave and not self.busy:
            self._rules.hover(None)
            self.gone.emit()
        return False

    def _down(self, event: QMouseEvent) -> bool:
        self.pressed.emit()
        if self.busy:
            return True
        if event.button() != Qt.MouseButton.LeftButton or self._space:
            return False
        place = self._canvas.inside(event.position())
        if self._rules.hold(place):
            self._brushing.let_go()
            self.began.emit()
            return True
        return self._brushing.press(place)

    def _moved(self, event: QMouseEvent) -> bool:
        place = self._canvas.inside(event.position())
        if self.busy == "rule":
            moved = self._rules.drag(place)
            if moved is not None:
                self.rule_moved.emit(*moved)
            return True
        if self.busy == "brush":
            before = self._brushing.shown
            self._brushing.drag(place)
            if before is None and self._brushing.shown is not None:
                self.began.emit()
            return True
        if not event.buttons():
            self._point(place)
            self.pointed.emit(event.position())
        return False

    def _up(self, event: QMouseEvent) -> bool:
        if not self.busy or event.button() != Qt.MouseButton.LeftButton:
            return bool(self.busy)
        place = self._canvas.inside(event.position())
        if self.busy == "rule":
            self._moved(event)
            dropped = self._rules.drop()
            if dropped is not None:
                self.rule_dropped.emit(*dropped)
        else:
            brush = self._brushing.release(place, event.modifiers())
            if brush is not None:
                self.brushed.emit(brush)
        self._point(place)
        return True

    def _point(self, place: QPointF) -> None:
        """Light up the rule at `place`, and let the cursor say what a drag would do."""
        rule = self._rules.hover(place)
        shape: Qt.CursorShape | None = None
        if self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif rule is not None:
            shape = Qt.CursorShape.SplitHCursor if rule.axis == "x" else Qt.CursorShape.SplitVCursor
        elif self._brushing.can_begin(place):
            shape = Qt.CursorShape.CrossCursor
        if shape == self._cursor:
            return
        self._cursor = shape
        if shape is None:
            self._canvas.viewport().unsetCursor()
        else:
            self._canvas.viewport().setCursor(shape)

    # --- the keyboard ----------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent, month: float | None) -> bool:
        """Take a key: a range is extended from the `month` read. Return whether it was for a rule or a brush."""
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            return self.let_go()
        if self.busy:
            return True
        if key == Qt.Key.Key_Space:
            self.hold_space(True)
            return True
        if key in _ENTER:
            return self._take(held)
        if key not in _ARROWS:
            return False
        if held & Qt.KeyboardModifier.ControlModifier and self._nudge(*_ARROWS[key]):
            return True
        if held & Qt.KeyboardModifier.ShiftModifier and month is not None:
            return self._brushing.extend(month, key)
        self._brushing.let_go()
        return False

    def hold_space(self, held: bool) -> None:
        """Let the left button move the months while `held`."""
        if held != self._space:
            self._space = held
            viewport = self._canvas.viewport()
            self._point(self._canvas.inside(QPointF(viewport.mapFromGlobal(viewport.cursor().pos()))))

    def let_go(self) -> bool:
        """Let a rule or a range go without choosing anything; return whether there was one.

        Who followed a dragged rule is told that it is back where it was.
        """
        if self._rules.held:
            back = self._rules.put_back()
            if back is not None:
                self.rule_moved.emit(*back)
            return True
        return self._brushing.let_go()

    def _take(self, held: Qt.KeyboardModifier) -> bool:
        brush = self._brushing.take(held)
        if brush is not None:
            self.brushed.emit(brush)
        return brush is not None

    def _nudge(self, across: str, steps: int) -> bool:
        rule = self._rules.mover(across)
        moved = None if rule is None else self._rules.nudge(rule, steps)
        if moved is not None:
            self.rule_dropped.emit(*moved)
        return rule is not None
