"""How lines and bands are drawn, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from widgets.pictures.page import Box, Page, corners, diamond, disc
from widgets.pictures.palette import Theme, colour, dash

if TYPE_CHECKING:
    from widgets.pictures.chart import Band, BoolArray, Chart, FloatArray, Ink, Key, Line

SHORTCUT_DASH: Final = (4.5, 3.0)
"""Dash of a line whose style is "dashed", in units of its width."""
SHORTCUT_WIDTH: Final = 1.2
WIDTH, GREY_WIDTH, STRONG_WIDTH = 2.2, 1.2, 3.0
STRONGER: Final = 1.6
"""So many times its width has a shortcut that is emphasised."""
SHORTCUT_LIGHTER: Final = 0.28
"""By so much of the way to the paper the hue of such a line is lightened."""
THIN_LIGHTER: Final = 0.62
"""The same for what rests on a handful of people."""
ALONE: Final = 0.16
OUTERMOST, INNERMOST = 0.11, 0.18
"""Opacity of a band: alone, and of several, which lie over one another."""
MOST_BANDS: Final = 3
"""With more curves, only the one under the hand has its bands: they would hide one another."""
SAMPLE: Final = 1.75
"""Length of the sample of a line, in lines of text,"""
DOT, DIAMOND = 0.18, 0.38
"""half the width of a dot, and half the height of a diamond,"""
DIAMOND_EDGE: Final = 1.8
"""whose edge is so many pixels wide."""


class Stroke(NamedTuple):
    """How a line is drawn: its colour, its width in pixels of a screen, its dash in units of the width."""

    hue: str
    width: float
    dash: tuple[float, ...]


def stroke_of(line: Line, theme: Theme, *, strong: bool = False) -> Stroke:
    """Return how `line` is drawn."""
    if line.style == "dashed":
        width = SHORTCUT_WIDTH * (STRONGER if strong else 1.0)
        return Stroke(hue_of(line, theme, strong=strong), width, SHORTCUT_DASH)
    return stroke_of_ink(line.ink, theme, strong=strong)


def stroke_of_ink(ink: Ink, theme: Theme, *, strong: bool = False) -> Stroke:
    """Return how a line of `ink` is drawn that is no shortcut."""
    grey = ink.kind == "grey"
    hue = theme.accent if strong and grey else colour(ink, theme)
    return Stroke(hue, STRONG_WIDTH if strong else GREY_WIDTH if grey else WIDTH, dash(ink))


def has_bands(line: Line, chart: Chart, emphasis: str) -> bool:
    """Return whether the bands of `line` are drawn while the curve with the key `emphasis` is under the hand."""
    return line.key == emphasis or (not emphasis and chart.has_bands(line, MOST_BANDS))


def draw_sample(page: Page, stroke: Stroke, left: float, middle: float, opacity: float = 1.0) -> None:
    """Draw a piece of a line from `left`."""
    points = [(left, middle), (left + SAMPLE * page.line, middle)]
    page.stroke(points, stroke.hue, stroke.width, dash=stroke.dash, opacity=opacity)


def draw_line_sample(page: Page, line: Line, left: float, middle: float, opacity: float = 1.0) -> None:
    """Draw a piece of `line` in its style from `left`."""
    if line.style == "dots":
        draw_dots(page, hue_of(line, page.theme), left, middle, opacity)
    else:
        draw_sample(page, stroke_of(line, page.theme), left, middle, opacity)


def draw_dots(page: Page, hue: str, left: float, middle: float, opacity: float = 1.0) -> None:
    """Draw three dots in a row, as long as the sample of a line."""
    for share in (0.15, 0.5, 0.85):
        x = left + SAMPLE * page.line * share
        page.area(disc(x, middle, DOT * page.line), hue, opacity=opacity)


def draw_key(page: Page, key: Key, left: float, middle: float) -> None:
    """Draw the sign that `key` says the meaning of, in no curve's colour."""
    hue = page.theme.grey
    if key.sign == "diamond":
        draw_diamond(page, page.theme.text, left + DIAMOND * page.line, middle)
    elif key.sign == "dots":
        draw_dots(page, hue, left, middle)
    else:
        dashed = key.sign == "dashed"
        draw_sample(
            page,
            Stroke(hue, SHORTCUT_WIDTH if dashed else GREY_WIDTH, SHORTCUT_DASH if dashed else ()),
            left,
            middle,
        )


def key_width(key: Key, line: float) -> float:
    """Return how wide the sign of `key` is; a line of text is `line` high."""
    return (2 * DIAMOND if key.sign == "diamond" else SAMPLE) * line


def draw_diamond(page: Page, hue: str, x: float, middle: float) -> None:
    """Draw the open sign of a published point."""
    page.area(diamond(x, middle, DIAMOND * page.line), page.theme.panel, edge=hue, width=DIAMOND_EDGE)


def draw_shade(page: Page, hue: str, opacity: float, left: float, middle: float) -> None:
    """Draw a piece of a band from `left`."""
    high = page.line / 2
    box = Box(left, middle - high / 2, SAMPLE * page.line, high)
    # A small patch needs more ink than a wide band to be told apart.
    page.area(corners(box), hue, opacity=min(opacity * 1.8, 1.0))


def pieces_of(y: FloatArray) -> list[slice]:
    """Return where `y` is known without a gap."""
    edges = np.diff(np.concatenate([[False], np.isfinite(y), [False]]).astype(np.int8))
    return [slice(*ends) for ends in np.flatnonzero(edges).reshape(-1, 2).tolist()]


def hue_of(line: Line, theme: Theme, *, strong: bool = False) -> str:
    """Return the colour of `line` as #rrggbb: a little lighter for a shortcut beside the right curve."""
    hue = theme.accent if strong and line.ink.kind == "grey" else colour(line.ink, theme)
    return hue if line.style != "dashed" or strong else lighter(hue, theme, SHORTCUT_LIGHTER)


def lighter(hue: str, theme: Theme, part: float) -> str:
    """Return `hue` by so much of the way to the paper lighter."""
    mixed = (round(_part(hue, at) * (1 - part) + _part(theme.panel, at) * part) for at in (1, 3, 5))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def thick_and_thin(line: Line) -> tuple[FloatArray, FloatArray]:
    """Return the heights of `line` where it is drawn whole and where faint, NaN elsewhere.

    A piece between two points is faint when either of them is thin; so the two parts meet.
    """
    if line.thin is None or not line.thin.any():
        return line.y, np.full(len(line.y), np.nan)
    beside = line.thin.copy()
    beside[1:] |= line.thin[:-1]
    beside[:-1] |= line.thin[1:]
    return np.where(line.thin, np.nan, line.y), np.where(beside, line.y, np.nan)


def dots_of(line: Line) -> BoolArray:
    """Return which points of `line` are dots: all where that is its style, else those that nothing joins to another."""
    seen = np.isfinite(line.y)
    if line.style == "dots":
        return seen
    joined = seen[1:] & seen[:-1]
    return np.asarray(seen & ~np.append(joined, False) & ~np.append(False, joined))


def shaded(bands: Sequence[Band]) -> list[tuple[Band, float]]:
    """Return the bands from the widest to the narrowest, each with its opacity: the outer lighter than the inner."""
    if len(bands) == 1:
        return [(bands[0], ALONE)]
    ordered = sorted(bands, key=_breadth, reverse=True)
    opacities = np.linspace(OUTERMOST, INNERMOST, len(ordered)).tolist()
    return list(zip(ordered, opacities, strict=True))


def _breadth(band: Band) -> float:
    known = np.isfinite(band.low) & np.isfinite(band.high)
    return float((band.high[known] - band.low[known]).mean()) if known.any() else 0.0


def _part(hue: str, at: int) -> int:
    return int(hue[at : at + 2], 16)
