"""The difference between two selections: one curve around zero, with its interval."""

from __future__ import annotations

from typing import Final

import numpy as np

from explorer.core.formatting import Formats, digits_for
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.curves import description, differences_told, point_text, x_axis
from explorer.pipeline.drawings.frame import Look, Sheet, framed
from models.results import Curves, FloatArray
from widgets.pictures.chart import Axis, Band, Chart, Ink, Line, Rule

LESS: Final = N_("A minus B")
MOST_BAND: Final = 2.5
"""A wide interval of a small group may leave the frame; it must not flatten the curve."""


def draw_difference(
    released: Curves, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words
) -> Chart:
    """Return the chart of the released difference between two selections in the language of `words`."""
    formats = Formats(words.language)
    line = _line(released, look, words)
    frame = framed(view, spec, released, sheet, words, last=differences_told(released, spec, words))
    frame["title"] = words(N_("{title}: A minus B"), title=words(view.title))
    frame["subtitle"] = words(
        N_("{one} minus {other}"), **dict(zip(("one", "other"), sheet.selections.values(), strict=True))
    )
    low, high = _ends(line)
    return Chart(
        **frame,
        x=x_axis(released, view, words),
        y=Axis(
            label=words(N_("A minus B, percentage points")),
            low=low,
            high=high,
            text=lambda value, spacing: signed(
                value * 100, max(0, digits_for(spacing) - 2) if spacing else 1, formats
            ),
        ),
        crosshair=point_text(released, words),
        lines=(line,),
        rules=(
            Rule(key="zero", axis="y", value=0.0, label=words(N_("no difference")), text=lambda value: ""),
        ),
        description=description(view, released, (line,), words),
    )


def signed(value: float, digits: int, formats: Formats) -> str:
    """Return a difference with its sign; zero has none."""
    text = formats.number(value, digits)
    return f"+{text}" if round(value, digits) > 0 else text


def _line(curves: Curves, look: Look, words: Words) -> Line:
    known = int(np.flatnonzero(curves.observed[0])[-1]) + 1
    low, value, high = (curves[name][0][:known] for name in (curves.low, curves.estimate, curves.high))
    return Line(
        key="difference",
        label=words(LESS),
        ink=Ink(kind="single"),
        x=curves.at[:known].astype(np.float64),
        y=value,
        readings=_readings(low, value, high, words),
        bands=(Band(low=low, high=high, label=""),) if look.interval else (),
    )


def _readings(low: FloatArray, value: FloatArray, high: FloatArray, words: Words) -> tuple[str, ...]:
    formats, out = Formats(words.language), []
    for found in (np.column_stack([low, value, high]) * 100).tolist():
        first, middle, last = (signed(one, 1, formats) for one in found)
        known = np.isfinite(found)
        # A dash between the two would be read as another minus.
        limits = words(N_("{low} to {high}"), low=first, high=last)
        out.append("" if not known[1] else f"{middle} ({limits})" if known.all() else middle)
    return tuple(out)


def _ends(line: Line) -> tuple[float, float]:
    """Return the ends of the axis: around everything drawn, and zero with room for its words."""
    peak = max(float(np.nanmax(np.abs(line.y))), 1e-3)
    parts = [line.y, *(np.clip(edge, -MOST_BAND * peak, MOST_BAND * peak) for edge in _edges(line))]
    drawn = np.concatenate(parts)
    low, high = min(float(np.nanmin(drawn)), 0.0), max(float(np.nanmax(drawn)), 0.0)
    room = 0.08 * (high - low)
    return low - room, high + room


def _edges(line: Line) -> list[FloatArray]:
    return [edge for band in line.bands for edge in (band.low, band.high)]
