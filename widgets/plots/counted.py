"""The axis of x whose ticks are counted from its own beginning: months from 0, dates from the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from widgets.pictures.chart import Axis
from widgets.pictures.layout.spacing import chosen_ticks, spacing_of
from widgets.plots.axes import BETWEEN_NUMBERS, BETWEEN_TICKS, MonthAxis

BETWEEN_TEXTS: Final = 10.0
"""Least distance in pixels between the texts of two ticks."""
THINNER: Final = (1, 2, 4, 8, 16, 32)


class CountedAxis(MonthAxis):
    """Has its ticks at whole steps from the low end of the axis, or in one of its sets, so that texts do not meet."""

    range: Any

    def ticks(self) -> list[float]:
        """Return the ticks of the range in view."""
        if self.axis is not None and self.axis.choices:
            return self._chosen(self.axis)
        start = self.axis.low if self.axis is not None else 0.0
        low, high = self.range
        # The ticks of the range as it would be from 0; the view's own range is back before anything is painted.
        self.range = [low - start, high - start]
        try:
            found = super().ticks()
        finally:
            self.range = [low, high]
        return [start + tick for tick in self._apart(found, start)]

    def _chosen(self, axis: Axis) -> list[float]:
        """Return those of the sets of ticks of the axis that have room for their texts and for the numbers at risk."""
        low, high = self.range
        metrics, rows = self.metrics(), self.room.rows if self.room is not None else ()
        numbers = {text for row in rows for text in row.texts}
        widest = max(map(metrics.horizontalAdvance, numbers), default=0.0) + BETWEEN_NUMBERS

        def between(ticks: Sequence[float]) -> float:
            spacing = spacing_of(ticks)
            texts = (metrics.horizontalAdvance(axis.text(tick, spacing)) for tick in ticks)
            return max(BETWEEN_TICKS, widest if numbers else 0.0, max(texts, default=0.0) + BETWEEN_TEXTS)

        return chosen_ticks(axis.choices, low, high, self.view_rect().width(), between)

    def _apart(self, found: list[float], start: float) -> list[float]:
        """Return every tick, or every second, fourth, … from the beginning: a date is wider than a number."""
        if self.axis is None or len(found) < 2:
            return found
        step, metrics = found[1] - found[0], self.metrics()
        scale = self.view_rect().width() / max(self.range[1] - self.range[0], 1e-9)
        for every in THINNER:
            kept = [tick for tick in found if round(tick / step) % every == 0]
            texts = (self.axis.text(start + tick, step * every) for tick in kept)
            if (
                step * every * scale
                >= max(map(metrics.horizontalAdvance, texts), default=0.0) + BETWEEN_TEXTS
            ):
                break
        return kept
