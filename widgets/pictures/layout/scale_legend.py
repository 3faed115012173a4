"""The legend of a surface: what its colours mean, in numbers and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from widgets.pictures.kinds import SurfaceChart
from widgets.pictures.layout.cells import has_masked, scale_texts
from widgets.pictures.layout.plane import TICK
from widgets.pictures.layout.scale import pixels
from widgets.pictures.page import Box, Page, elide

BAR: Final = 0.6
"""All of these in lines of text: height of the bar of colours,"""
NARROWEST, WIDEST = 6.5, 11.5
"""its least width, where it can have it, and its greatest,"""
BESIDE: Final = 0.7
"""from words to the bar,"""
BETWEEN: Final = 0.6
"""between two numbers under it,"""
SWATCH: Final = 1.0
"""width of the sample of a masked cell,"""
TO_WORDS: Final = 0.37
"""and from it to its words."""
BAR_SHARE: Final = 0.25
SHADES: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLegend:
    """Where the legend stands.

    Attributes
    ----------
    label, masked
        The room of the words on the colours, and of those on masked cells; None where no cell is masked.
    bar, swatch
        The bar of colours, and the sample of a masked cell.
    numbers
        The middle of the numbers under the bar, and at which parts of it they stand.
    bottom
        Under it the rest of the picture begins.
    """

    label: Box
    bar: Box
    numbers: float
    shares: tuple[float, ...]
    swatch: Box | None
    masked: Box | None
    bottom: float

    def words(self, chart: SurfaceChart) -> tuple[tuple[str, Box], ...]:
        """Return its words, each with the room it has."""
        masked = () if self.masked is None else ((chart.masked_label, self.masked),)
        return ((chart.scale_label, self.label), *masked)


def lay_scale(chart: SurfaceChart, page: Page) -> ScaleLegend:
    """Return the legend at the top of the page: in one row where the words fit beside the bar, else under them."""
    room, line = page.box, page.line
    texts = [page.measure(text) for text in scale_texts(chart)]
    half = max(texts[0], texts[2]) / 2
    least = max(half + texts[1] / 2 + BETWEEN * line, 0.0) * 2
    wide = min(max(room.width * BAR_SHARE, NARROWEST * line, least), max(WIDEST * line, least))
    wide = min(wide, room.width - 2 * half)
    # Where there is no room for three numbers those at the ends stand alone.
    shares = (0.0, 0.5, 1.0) if wide >= least - 1e-6 else (0.0, 1.0)
    said = page.measure(chart.scale_label)
    masked = page.measure(chart.masked_label) if has_masked(chart) else 0.0
    sample = (SWATCH + TO_WORDS) * line
    around = (2 * BESIDE * line + sample + masked) if masked else 0.0
    beside = said + BESIDE * line + 2 * half + wide + around <= room.width
    label = Box(room.left, room.top + 0.2 * line, said if beside else room.width, line)
    left = label.right + BESIDE * line if beside else room.left
    bar = Box(
        left + half, (label.middle if beside else label.bottom + line / 2) - BAR / 2 * line, wide, BAR * line
    )
    numbers = bar.bottom + (TICK + 0.4) * line
    bottom = numbers + line / 2
    swatch = words = None
    if masked:
        left, middle = bar.right + half + 2 * BESIDE * line, bar.middle
        if left + sample + masked > room.right:
            left, middle = room.left, bottom + line / 2
            bottom += line
        swatch = Box(left, middle - BAR / 2 * line, SWATCH * line, BAR * line)
        words = Box(left + sample, middle - line / 2, room.right - left - sample, line)
    return ScaleLegend(
        label=label, bar=bar, numbers=numbers, shares=shares, swatch=swatch, masked=words, bottom=bottom
    )


def draw_scale(legend: ScaleLegend, chart: SurfaceChart, page: Page) -> None:
    """Draw the bar, its numbers and words."""
    theme, bar = page.theme, legend.bar
    shades = np.linspace(0.0, 1.0, SHADES)[np.newaxis]
    page.image(bar, pixels(shades, (0.0, 1.0), theme))
    for share in legend.shares:
        x = bar.left + share * bar.width
        page.stroke([(x, bar.bottom), (x, bar.bottom + TICK * page.line)], theme.muted)
        page.write(scale_texts(chart)[round(2 * share)], x, legend.numbers, theme.muted, align="centre")
    if legend.swatch is not None:
        page.hatch([legend.swatch], theme.raised, theme.grey)
    for (text, box), hue in zip(legend.words(chart), (theme.text, theme.muted), strict=False):
        page.write(elide(page, text, box.width + 1e-6), box.left, box.middle, hue)
