"""The plane between two axes: where its values lie on the page, and how its axes are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.chart import Axis
from widgets.pictures.layout.ticks import Tick, ticks_of, upwards
from widgets.pictures.page import Box, Page, Point, elide, widest

if TYPE_CHECKING:
    from widgets.pictures.chart import FloatArray

GAP: Final = 0.37
"""All in lines of text: from the plane to the numbers under it,"""
TICK: Final = 0.22
"""length of a tick,"""
BESIDE: Final = 0.5
"""from the numbers beside the plane to it,"""
EDGE: Final = 0.25
"""and from the edge of the page to those."""
LEAST_LEFT: Final = 1.5
UNDER: Final = GAP + 2.12
"""Numbers and name of the horizontal axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A box on the page, and the parts of both axes that are seen in it."""

    box: Box
    x: tuple[float, float]
    y: tuple[float, float]

    def x_of(self, value: float) -> float:
        """Return how far from the left of the page a value of x lies."""
        low, high = self.x
        return self.box.left + (value - low) / max(high - low, 1e-12) * self.box.width

    def y_of(self, value: float) -> float:
        """Return how far down the page a value of y lies."""
        low, high = self.y
        return self.box.bottom - (value - low) / max(high - low, 1e-12) * self.box.height

    def spots(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return where points lie, shape (points, 2)."""
        origin = np.array([self.x_of(0.0), self.y_of(0.0)])
        unit = np.array([self.x_of(1.0), self.y_of(1.0)]) - origin
        return np.asarray(origin + unit * np.column_stack([x, y]))

    def value_at(self, x: float, y: float) -> Point:
        """Return the values at a place of the page."""
        box, (left, right), (low, high) = self.box, self.x, self.y
        return (
            left + (x - box.left) / max(box.width, 1e-12) * (right - left),
            low + (box.bottom - y) / max(box.height, 1e-12) * (high - low),
        )


def value_ticks(page: Page, axis: Axis, plane: Plane) -> tuple[Tick, ...]:
    """Return the ticks of the values."""
    high = plane.box.height
    return ticks_of(axis, *plane.y, high, upwards(page, high))


def values_width(page: Page, texts: Sequence[str]) -> float:
    """Return the room of the numbers beside the plane."""
    return max(widest(page, texts) + (BESIDE + EDGE) * page.line, LEAST_LEFT * page.line)


def write_values(page: Page, plane: Plane, ticks: Sequence[Tick]) -> None:
    """Write the numbers of the values at the left of the plane."""
    for tick in ticks:
        left = plane.box.left - BESIDE * page.line
        page.write(tick.text, left, plane.y_of(tick.value), page.theme.muted, align="right")


def draw_grid(page: Page, plane: Plane, ticks: Sequence[Tick], hue: str, opacity: float = 1.0) -> None:
    """Draw the lines of the values across the plane."""
    for tick in ticks:
        y = plane.y_of(tick.value)
        page.stroke([(plane.box.left, y), (plane.box.right, y)], hue, opacity=opacity)


def write_months(page: Page, plane: Plane, ticks: Sequence[Tick]) -> None:
    """Draw the line, ticks and numbers under the plane."""
    box, line, hue = plane.box, page.line, page.theme.muted
    page.stroke([(box.left, box.bottom), (box.right, box.bottom)], hue)
    for tick in ticks:
        x = plane.x_of(tick.value)
        page.stroke([(x, box.bottom), (x, box.bottom + TICK * line)], hue)
        page.write(tick.text, x, box.bottom + (GAP + 0.5) * line, hue, align="centre")


def write_axis_name(page: Page, text: str, left: float, right: float, bottom: float) -> float:
    """Write the name of the horizontal axis under its numbers, ending at `right`; return where it begins."""
    name = elide(page, text, right - left)
    page.write(name, right, bottom + (GAP + 1.5) * page.line, page.theme.muted, align="right")
    return right - page.measure(name)
