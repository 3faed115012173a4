"""What every painter of a kind of picture is: a widget with a head, a veil and the sentence of an empty picture."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.labels import ElidedLabel, TextLabel
from widgets.pictures.palette import LIGHT, Theme
from widgets.plots.empty import EmptyState
from widgets.plots.veil import Veil

LEAST: Final = QSize(260, 170)
"""Room that every picture on screen needs at least, in pixels."""


class Painter(QWidget):
    """Draws one kind of picture, with the name of its values and a badge above it.

    Signals
    -------
    hovered(object)
        The month (a float) under the hand, or None when it has left.
    brushed(object), rule_moved(str, float), rule_dropped(str, float)
        A Brush that was let go; a rule being dragged, and let go. All of them on user action only.
    """

    hovered = Signal(object)
    brushed = Signal(object)
    rule_moved = Signal(str, float)
    rule_dropped = Signal(str, float)

    def __init__(self, chart: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: Any = chart
        self.theme = LIGHT
        self._name = ElidedLabel(tone="muted", parent=self)
        self._badge = TextLabel(tone="muted", parent=self)
        self._empty, self._veil = EmptyState(self), Veil(self)
        self.setMinimumSize(LEAST)

    def show_chart(self, chart: Any, theme: Theme) -> None:
        """Draw a picture of the painter's kind in the colours of `theme`; no signal is sent."""
        raise NotImplementedError

    def mark(self, x: float | None) -> None:
        """Show the month that is hovered elsewhere, where the picture has months; no signal is sent."""

    def reading_text(self) -> str:
        """Return what is read at the hand, in words; "" without."""
        raise NotImplementedError

    def paint_now(self) -> None:
        """Paint what changed before anything else happens, and only once."""
        self.repaint()

    def set_dimmed(self, dimmed: bool) -> None:
        """Dim the picture while a newer one is counted."""
        self._veil.setVisible(dimmed)
        self._veil.raise_()

    def show_head(self, chart: Any, theme: Theme, name: str) -> None:
        """Take `chart` and its theme, and show what stands above it; `name` is that of the values."""
        self.chart, self.theme = chart, theme
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self._badge.show_text(chart.badge)
        self._name.show_text(name)
        self._veil.show_theme(theme)
        self._empty.setVisible(bool(chart.empty))
        if chart.empty:
            self._empty.show_sentence(chart.empty, theme)
