"""How lines and bands are drawn, the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from widgets.pictures.palette import Theme, colour, dash

if TYPE_CHECKING:
    from widgets.pictures.chart import Band, BoolArray, FloatArray, Line

SHORTCUT_DASH: Final = (4.5, 3.0)
"""Dash of a line whose style is "dashed", in units of its width."""
SHORTCUT_WIDTH: Final = 1.2
SHORTCUT_LIGHTER: Final = 0.28
"""By so much of the way to the paper the hue of such a line is lightened."""
THIN_LIGHTER: Final = 0.62
"""The same for what rests on a handful of people."""
ALONE: Final = 0.16
OUTERMOST, INNERMOST = 0.11, 0.18
"""Opacity of a band: alone, and of several, which lie over one another."""


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


def dash_of(line: Line) -> tuple[float, ...]:
    """Return the dash pattern of `line` in units of its width; empty: a whole line."""
    return SHORTCUT_DASH if line.style == "dashed" else dash(line.ink)


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
