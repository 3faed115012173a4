"""The stage of a figure: it takes any picture and gives it to the painter of its kind."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from widgets.pictures.chart import Chart, Picture
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.painter import LEAST, Painter


def load_painters() -> None:
    """Load what the painters draw with: a quarter of a second, for a moment in which nobody waits."""
    _painter_of(Chart.kind)


def _painter_of(kind: str) -> Any:
    return getattr(import_module(f"widgets.plots.{kind}"), f"{kind.capitalize()}Plot")


class Stage(QWidget):
    """Shows any picture. Before the first there is no painter, so that a window shows before painters are loaded.

    Signals
    -------
    hovered(object), brushed(object), rule_moved(str, float), rule_dropped(str, float)
        As of the painters.
    """

    hovered = Signal(object)
    brushed = Signal(object)
    rule_moved = Signal(str, float)
    rule_dropped = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Of each kind of picture; made when the first of its kind comes.
        self._painters: dict[str, Painter] = {}
        self._theme = LIGHT
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.painter: Painter | None = None
        self.setMinimumSize(LEAST)

    def show_chart(self, chart: Picture, theme: Theme) -> None:
        """Draw `chart`; the painter of its kind comes forward."""
        self._theme = theme
        painter = self._painter(chart.kind)
        before, self.painter = self.painter, painter
        if before is None:
            self._stack.setCurrentWidget(painter)
        elif before is not painter:
            before.set_dimmed(False)
            # A painter that is hidden while it has the focus sends it wandering: it gives it up first.
            focused = before.hasFocus()
            before.clearFocus()
            self._stack.setCurrentWidget(painter)
            if focused:
                painter.setFocus(Qt.FocusReason.OtherFocusReason)
        painter.show_chart(chart, theme)

    def paint_now(self) -> None:
        """Paint what changed before anything else happens."""
        if self.painter is not None:
            self.painter.paint_now()

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the picture while a newer one is counted."""
        if self.painter is not None:
            self.painter.set_dimmed(dimmed)

    def mark(self, x: float | None) -> None:
        """Show the month that is hovered elsewhere."""
        if self.painter is not None:
            self.painter.mark(x)

    def reading_text(self) -> str:
        """Return what is read at the hand, in words; "" before the first picture."""
        return "" if self.painter is None else self.painter.reading_text()

    @property
    def chart(self) -> Picture | None:
        """What is drawn; None before the first picture."""
        chart: Picture | None = None if self.painter is None else self.painter.chart
        return chart

    def _painter(self, kind: str) -> Painter:
        if kind not in self._painters:
            painter = _painter_of(kind)(self)
            for signal in ("hovered", "brushed", "rule_moved", "rule_dropped"):
                getattr(painter, signal).connect(getattr(self, signal))
            self._painters[kind] = painter
            self._stack.addWidget(painter)
        return self._painters[kind]
