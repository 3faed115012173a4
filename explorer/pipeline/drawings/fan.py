"""A fan: the median with the spread between people around it, and what it is measured against."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from explorer.core.formatting import Formats
from explorer.core.paying import of_wages_of_the_day
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.at_risk import risk_rows
from explorer.pipeline.drawings.curves import description, point_text, unit_of, x_axis
from explorer.pipeline.drawings.frame import (
    Look,
    Sheet,
    axis_text,
    framed,
    gap_text,
    lack_text,
    reading_text,
    series_name,
)
from explorer.pipeline.drawings.inks import inks_of
from models.results import Curves, FloatArray
from widgets.pictures.chart import Axis, Band, Chart, Ink, Line, Rule

WIDE: Final = ("p10", "p90", N_("10th to 90th percentile"))
NARROW: Final = ("p25", "p75", N_("25th to 75th percentile"))
MINIMUM: Final = "minimum"
STEPS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Distances between numbers that are told apart by whole euros, or by dimes."""
ROOM: Final = 0.05
"""Part of the range of values that is left free above and below."""


def draw_fan(released: Curves, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words) -> Chart:
    """Return the chart of a released fan in the language of `words`."""
    formats = Formats(words.language)
    lines = _lines(released, sheet, look, words)
    described = description(view, released, lines, words)
    minimum = _minimum(released, words)
    if minimum is not None:
        lines = (*lines, minimum)
    rules = view.rules(spec.options, words) if view.rules is not None else ()
    low, high = _ends(lines, rules)
    chart = Chart(
        **framed(view, spec, released, sheet, words),
        x=x_axis(released, view, words),
        y=Axis(
            label=words(view.axis_label),
            low=low,
            high=high,
            text=axis_text(unit_of(released, released.estimate), formats),
            steps=STEPS,
        ),
        crosshair=point_text(released, words),
        lack=lack_text(released, words),
        lines=lines,
        rules=rules,
        brush="y at x",
        risk_label=words(view.risk_label),
        risk=risk_rows(released, sheet, words),
        description=described,
    )
    # Amounts in prices of one month are other amounts for everybody else, a panel is of other people.
    if view.brush is None or not of_wages_of_the_day(spec.options) or spec.versus:
        return replace(chart, brush="", brush_hint="")
    return chart


def _lines(released: Curves, sheet: Sheet, look: Look, words: Words) -> tuple[Line, ...]:
    median = released[released.estimate]
    shown = [NARROW] if len(released.keys) > 1 else [WIDE, NARROW]
    inks, thin = inks_of(released, sheet), released.thin
    out = []
    for index, key in enumerate(released.keys):
        if not np.isfinite(median[index]).any():
            continue
        bands = [
            Band(low=released[low][index], high=released[high][index], label=words(label))
            for low, high, label in (shown if look.interval else ())
        ]
        out.append(
            Line(
                key="|".join(key),
                label=series_name(key, released, sheet, words)
                if len(released.keys) > 1
                else words(N_("median")),
                ink=inks[index],
                x=released.at.astype(np.float64),
                y=median[index],
                readings=tuple(
                    text or gap_text(released, index, place, words)
                    for place, text in enumerate(_readings(median[index], released, words))
                ),
                bands=tuple(bands),
                thin=thin[index],
            )
        )
    return tuple(out)


def _readings(values: FloatArray, curves: Curves, words: Words) -> tuple[str, ...]:
    text = reading_text(unit_of(curves, curves.estimate), Formats(words.language))
    return tuple("" if np.isnan(value) else text(value) for value in values.tolist())


def _minimum(released: Curves, words: Words) -> Line | None:
    """Return the statutory minimum of those who work at each month; of several groups, that of all of them."""
    if released.minimum is None or released.minimum.shape != released.observed.shape:
        return None
    workers = released["workers"]
    shown = (~released.withheld) & released.observed & np.isfinite(released.minimum) & (workers > 0)
    people = np.where(shown, workers, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (people * np.where(shown, released.minimum, 0.0)).sum(axis=0) / people.sum(axis=0)
    if not np.isfinite(values).any():
        return None
    return Line(
        key=MINIMUM,
        label=words(N_("statutory minimum")),
        ink=Ink(kind="grey"),
        x=released.at.astype(np.float64),
        y=values,
        readings=_readings(values, released, words),
        style="dashed",
    )


def _ends(lines: tuple[Line, ...], rules: tuple[Rule, ...]) -> tuple[float, float]:
    """Ends of the axis of wages: around what is drawn, on round numbers. Nobody works for nothing."""
    values = [line.y for line in lines] + [
        side for line in lines for band in line.bands for side in _sides(band)
    ]
    values.append(np.asarray([rule.value for rule in rules if rule.axis == "y"]))
    found = np.concatenate(values) if values else np.empty(0)
    found = found[np.isfinite(found)]
    if not len(found):
        return 0.0, 1.0
    low, high = float(found.min()), float(found.max())
    free = max((high - low) * ROOM, 0.25)
    return float(np.floor(max(low - free, 0.0))), float(np.ceil(high + free))


def _sides(band: Band) -> tuple[FloatArray, FloatArray]:
    return np.asarray(band.low, dtype=np.float64), np.asarray(band.high, dtype=np.float64)
