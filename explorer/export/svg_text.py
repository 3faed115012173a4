"""Text of an SVG that stays text and keeps its length where the font is missing."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Final

TEXT: Final = re.compile(r'<text style="(?P<style>[^"]*)"(?P<rest>[^>]*)>(?P<words>[^<]+)</text>')
SIZE: Final = re.compile(r"font-size: ([0-9.]+)px|font: [^;]*?([0-9.]+)px")
BOLD: Final = re.compile(r"font-weight: *600|font: [^;]*\b600\b")


def with_lengths(svg: str) -> str:
    """Return `svg` with the length of every text written down.

    A program without the font draws the words narrower or wider, to the same length: nothing is cut at the edge of the
    page, and no word runs into another. To be called in the context in which the figure was made.
    """
    from matplotlib.backends.backend_agg import RendererAgg

    measure: Any = RendererAgg(10, 10, 72)  # type: ignore[no-untyped-call]

    def lengthened(found: re.Match[str]) -> str:
        style, words = found["style"], unescape(found["words"])
        length = _length(measure, style, words)
        return (
            f'<text style="{style}"{found["rest"]} textLength="{length:.3f}" '
            f'lengthAdjust="spacingAndGlyphs">{found["words"]}</text>'
        )

    return TEXT.sub(lengthened, svg)


def _length(measure: Any, style: str, words: str) -> float:
    """Return the length of `words` in the units of the drawing, which are points."""
    from matplotlib.font_manager import FontProperties

    size = SIZE.search(style)
    assert size is not None
    points = float(size[1] or size[2])
    weight = "semibold" if BOLD.search(style) else "normal"
    # Measured large, so that the hinting of small letters does not count.
    large = FontProperties(size=points * 100, weight=weight)
    width, _, _ = measure.get_text_width_height_descent(words, large, False)
    return float(width) / 100
