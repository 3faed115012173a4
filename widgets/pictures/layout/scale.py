"""The colours of a surface: one sequence, even to the eye, safe for colour-blind readers and grey print. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from widgets.pictures.palette import Theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from widgets.pictures.chart import FloatArray

    Pixels: TypeAlias = NDArray[np.uint8]

ANCHORS: Final = (
    "#362952",
    "#41407d",
    "#3a5e98",
    "#377ea4",
    "#3a9ea9",
    "#4ebcae",
    "#85d7b2",
    "#c3ecd3",
)
"""From dark to light in equal steps of lightness (CIE L* 20 to 90), so that grey print keeps the order."""


def ramp(theme: Theme) -> tuple[str, ...]:
    """Return the colours from the least to the greatest value: the greatest stands out most from the panel."""
    return ANCHORS if _is_dark(theme) else ANCHORS[::-1]


def pixels(values: FloatArray, scale: tuple[float, float], theme: Theme) -> Pixels:
    """Return the colours of `values` as red, green, blue and opacity, the shape of `values` and then 4.

    Values beyond the ends of `scale` have the colour of that end; NaN is see-through.
    """
    anchors = np.array([[int(hue[at : at + 2], 16) for at in (1, 3, 5)] for hue in ramp(theme)], dtype=float)
    low, high = scale
    known = np.isfinite(values)
    share = np.clip((np.where(known, values, low) - low) / max(high - low, 1e-12), 0.0, 1.0)
    places = np.linspace(0.0, 1.0, len(anchors))
    out = np.zeros((*values.shape, 4), dtype=np.uint8)
    for part in range(3):
        out[..., part] = np.rint(np.interp(share, places, anchors[:, part]))
    out[..., 3] = np.where(known, 255, 0)
    out[~known] = 0
    return out


def _is_dark(theme: Theme) -> bool:
    return sum(int(theme.panel[at : at + 2], 16) for at in (1, 3, 5)) < 3 * 128
