"""Curves: lines with intervals or spreads, numbers at risk, published points, rules. No estimate is made here."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from explorer.core.comparing import of_everyone
from explorer.core.formatting import Formats
from explorer.core.months import month_name
from explorer.core.names import level_name
from explorer.core.spec import Spec
from explorer.core.views import Published, ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.at_risk import competing, risk_rows
from explorer.pipeline.drawings.frame import (
    Look,
    Sheet,
    axis_label,
    axis_text,
    framed,
    gap_text,
    lack_text,
    reading_text,
    series_name,
)
from explorer.pipeline.drawings.inks import MOST_COLOURED, inks_of, style_of
from models.clocks import MONTH_DAYS, day_number, from_day_number
from models.results import BoolArray, Curves, FloatArray, Unit
from models.shortcuts import CURVE
from widgets.pictures.chart import Axis, Band, Chart, Ink, Key, Line, Mark, NumberText, Rule

MONTH_STEPS: Final = (1.0, 2.0, 3.0, 6.0, 12.0, 24.0)
FITTED: Final = ("observed", "fitted")
"""Parts of a figure of a fit: dots and lines."""
DATE_STEPS: Final = (1, 2, 3, 6, 12, 24, 60)
"""Months between ticks of dates: every step begins with a January."""
DIFFERENCES_AT: Final = (6, 12, 24)
"""Months at which the difference between two selections is told in the note."""
DIFFERENCE_OF_SHARES: Final = N_(
    "{one} less {other} at month {month}: {difference} percentage points ({low} to {high})."
)
DIFFERENCE: Final = N_("{one} less {other} at month {month}: {difference} ({low} to {high}).")


def draw_curves(released: Curves, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words) -> Chart:
    """Return the chart of released curves in the language of `words`."""
    formats = Formats(words.language)
    unit = unit_of(released, released.estimate)
    lines = _lines(released, sheet, look, words, unit)
    if released.axis == "date":
        lines = _parted(lines, day_number(sheet.info.observed_until))
    marks = _marks(view, spec, sheet, words, released) if look.published and of_everyone(spec) else ()
    rules = view.rules(spec.options, words) if view.rules is not None else ()
    has_risk = bool(view.risk_label and (released.denominator or competing(released)))
    both = released.difference
    told = differences_told(both, spec, words) if both is not None else ()
    low, high = _ends(lines, marks, rules)
    return Chart(
        **framed(view, spec, released, sheet, words, last=told),
        x=x_axis(released, view, words),
        y=Axis(
            label=axis_label(view, released.start_month, words),
            low=low,
            high=high,
            text=axis_text(unit, formats),
        ),
        crosshair=point_text(released, words),
        lack=lack_text(released, words),
        lines=lines,
        marks=marks,
        rules=rules,
        keys=_keys(released, lines, marks, words),
        brush="x" if view.brush is not None and not spec.versus else "",
        risk_label=words(view.risk_label) if has_risk else "",
        risk=risk_rows(released, sheet, words) if has_risk else (),
        description=description(view, released, lines, words),
    )


def unit_of(curves: Curves, name: str) -> Unit:
    """Return the unit of the measure called `name`."""
    return next(measure.unit for measure in curves.measures if measure.name == name)


def _lines(released: Curves, sheet: Sheet, look: Look, words: Words, unit: Unit) -> tuple[Line, ...]:
    formats = Formats(words.language)
    estimate = released[released.estimate]
    low, high = (released[name] if name else None for name in (released.low, released.high))
    x = released.at.astype(np.float64)
    inks = inks_of(released, sheet)
    # Counts on dates are no shares of a few.
    thin = released.thin if released.axis == "month" else None
    out = []
    for index, key in enumerate(released.keys):
        if not np.isfinite(estimate[index]).any():
            continue
        bands: tuple[Band, ...] = ()
        if look.interval and low is not None and high is not None:
            bands = (Band(low=low[index], high=high[index], label=""),)
        out.append(
            Line(
                key="|".join(key),
                label=series_name(key, released, sheet, words),
                ink=inks[index],
                x=x,
                y=estimate[index],
                readings=tuple(
                    text or gap_text(released, index, place, words)
                    for place, text in enumerate(_readings(estimate[index], bands, unit, formats, words))
                ),
                bands=bands,
                style=style_of(key, released),
                thin=thin[index] if thin is not None else None,
                name=_end_name(key, released, sheet, words),
            )
        )
    return tuple(out)


def _fits_shown(curves: Curves) -> bool:
    """Whether several groups have what was observed beside what was fitted."""
    return bool(curves.by) and curves.part == CURVE and {key[-1] for key in curves.keys} == set(FITTED)


def _end_name(key: tuple[str, ...], curves: Curves, sheet: Sheet, words: Words) -> str | None:
    """Return what stands at the end of a curve: of a fit the group once, at its line; None for its label."""
    if not _fits_shown(curves):
        return None
    group = replace(curves, part="", keys=tuple(one[:-1] for one in curves.keys))
    return series_name(key[:-1], group, sheet, words) if key[-1] == FITTED[1] else ""


def _keys(curves: Curves, lines: Sequence[Line], marks: Sequence[Mark], words: Words) -> tuple[Key, ...]:
    """Return what styles and signs mean where no name at a curve says it."""
    out = []
    if _fits_shown(curves):
        out += [Key(sign="dots", label=words(N_("observed"))), Key(sign="line", label=words(N_("fitted")))]
    elif len(lines) > MOST_COLOURED and all(line.ink.kind == "grey" for line in lines):
        out.append(Key(sign="line", label=words(N_("{count} groups, named in the table"), count=len(lines))))
    if marks:
        out.append(Key(sign="diamond", label=words(N_("published by CBS"))))
    return tuple(out)


def _parted(lines: Sequence[Line], until: int) -> tuple[Line, ...]:
    """Draw what lies beyond the last day that was observed dashed; the name stands at the end of that part."""
    out = []
    for line in lines:
        known, before, after = np.isfinite(line.y), line.x <= until, line.x >= until
        if not (known & after).any():
            # Nothing is told of the days to come.
            out.append(line)
            continue
        counted = int(before.sum())
        rest = line
        if counted > 1 and (known & before).any():
            out.append(_part(line, before, key=f"{line.key}|observed", label=""))
            # The day on which the parts meet is read once.
            rest = replace(line, readings=("",) * counted + line.readings[counted:])
        out.append(replace(_part(rest, after, key=line.key, label=line.label), style="dashed"))
    return tuple(out)


def _part(line: Line, kept: BoolArray, *, key: str, label: str) -> Line:
    return replace(
        line,
        key=key,
        label=label,
        x=line.x[kept],
        y=line.y[kept],
        readings=tuple(text for text, keep in zip(line.readings, kept.tolist(), strict=True) if keep),
        thin=None if line.thin is None else line.thin[kept],
        bands=tuple(Band(low=band.low[kept], high=band.high[kept], label=band.label) for band in line.bands),
    )


def _readings(
    values: FloatArray, bands: tuple[Band, ...], unit: Unit, formats: Formats, words: Words
) -> tuple[str, ...]:
    text = reading_text(unit, formats)
    if not bands:
        return tuple("" if np.isnan(value) else text(value) for value in values.tolist())
    lows, highs = bands[0].low.tolist(), bands[0].high.tolist()
    return tuple(
        ""
        if np.isnan(value)
        else text(value)
        if np.isnan(low)
        else f"{text(value)} ({text(low)} – {text(high)})"
        for value, low, high in zip(values.tolist(), lows, highs, strict=True)
    )


def x_axis(curves: Curves, view: ViewDef, words: Words) -> Axis:
    """Return the axis of time: months from settling, or dates."""
    label = words(view.clock)
    if curves.axis == "date":
        first, last = (float(curves.at[0]), float(curves.at[-1])) if len(curves.at) else (0.0, 1.0)
        return Axis(
            label=label,
            low=first,
            high=max(last, first + 1.0),
            text=_date_text(words.language),
            step=1.0,
            choices=first_days(first, last),
        )
    seen = curves.at[curves.observed.any(axis=0)]
    last = float(seen[-1]) if len(seen) else 1.0
    return Axis(
        label=label,
        low=0.0,
        high=max(last, 1.0),
        text=lambda value, spacing: f"{value:.0f}",
        step=1.0,
        steps=MONTH_STEPS,
    )


def first_days(low: float, high: float) -> tuple[tuple[float, ...], ...]:
    """Return the first days of months from `low` to `high`, for each of `DATE_STEPS`."""
    first, last = (from_day_number(math.floor(day)) for day in (low, high))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = {month: float(day_number(date(month // 12, month % 12 + 1, 1))) for month in months}
    return tuple(
        tuple(day for month, day in starts.items() if month % step == 0 and low <= day <= high)
        for step in DATE_STEPS
    )


def _date_text(language: str) -> NumberText:
    """Return how a day counted from 1 January 1970 is written: the month at a tick, the date where it is read."""
    formats = Formats(language)

    def text(value: float, spacing: float) -> str:
        return month_name(round(value), language) if spacing else formats.day_number(round(value))

    return text


def point_text(curves: Curves, words: Words) -> Callable[[float], str]:
    """Return how a point in time is read."""
    formats = Formats(words.language)
    if curves.axis == "date":
        return lambda x: formats.day_number(round(x))
    return month_text(words, formats)


def month_text(words: Words, formats: Formats) -> Callable[[float], str]:
    """Return how a month is read: with its day."""

    def text(x: float) -> str:
        month = min(max(round(x), 0), len(MONTH_DAYS) - 1)
        return words(N_("month {month} (day {day})"), month=month, day=formats.count(MONTH_DAYS[month]))

    return text


def differences_told(curves: Curves, spec: Spec, words: Words) -> Iterator[str]:
    """Yield the difference between two selections, with its interval, in a sentence a month."""
    if len(spec.versus) != 2:
        return
    formats = Formats(words.language)
    share = unit_of(curves, curves.estimate) is Unit.POINTS
    sentence = DIFFERENCE_OF_SHARES if share else DIFFERENCE
    (one, _), (other, _) = spec.versus
    for month in DIFFERENCES_AT:
        place = np.flatnonzero(curves.at == month)
        if curves.axis != "month" or not len(place):
            continue
        values = [float(curves[name][0, place[0]]) for name in (curves.estimate, curves.low, curves.high)]
        if not np.isfinite(values).all():
            continue
        by, low, high = (formats.number(value * (100 if share else 1), 1 if share else 2) for value in values)
        by = by if values[0] < 0 else f"+{by}"
        yield words(sentence, one=one, other=other, month=month, difference=by, low=low, high=high)


def _ends(lines: Sequence[Line], marks: Sequence[Mark], rules: Sequence[Rule]) -> tuple[float, float]:
    """Ends of the y axis: from zero, or what lies below it, to a little above everything drawn."""
    peaks = [float(np.nanmax(line.y)) for line in lines]
    for line in lines:
        for band in line.bands:
            # A wide interval of a small group may leave the frame; it must not flatten the curves.
            peaks.append(
                min(float(np.nanmax(np.append(band.high, 0.0))), 1.6 * float(np.nanmax(line.y)) + 1e-9)
            )
    peaks += [mark.y for mark in marks]
    peaks += [rule.value for rule in rules if rule.axis == "y"]
    high = max(max(peaks, default=1.0) * 1.08, 1e-3)
    lowest = min((float(np.nanmin(line.y)) for line in lines), default=0.0)
    return (min(lowest * 1.08, -0.05 * high) if lowest < 0 else 0.0), high


def _marks(view: ViewDef, spec: Spec, sheet: Sheet, words: Words, curves: Curves) -> tuple[Mark, ...]:
    """Published points that belong to what is compared, for the sample they were published about."""
    if not sheet.sample:
        return ()
    inks = dict(zip(curves.keys, inks_of(curves, sheet), strict=True))
    out = []
    for place in view.published:
        row = published_figures().get(place.id)
        ink = _mark_ink(place, spec, inks)
        if row is None or ink is None or not row["month"] or not place.goes_with(spec.options):
            continue
        out.append(
            Mark(
                x=float(row["month"]),
                y=float(row["value"]),
                label=words(
                    N_("{measure}, {group}, month {month}: {value} published"),
                    measure=words(view.title),
                    group=(place.key and level_name(place.by or curves.part, place.key, sheet.info, words))
                    or words(N_("everyone")),
                    month=row["month"],
                    value=Formats(words.language).percent(float(row["value"])),
                ),
                source=words(row["source"]),
                ink=ink,
            )
        )
    return tuple(out)


def _mark_ink(place: Published, spec: Spec, inks: dict[tuple[str, ...], Ink]) -> Ink | None:
    if not place.key:
        # A figure for everybody stands beside any comparison, in a neutral ink.
        return Ink(kind="single") if not spec.by else Ink(kind="grey")
    if (spec.by == (place.by,)) or (not spec.by and not place.by):
        return inks.get((place.key,))
    return None


@cache
def published_figures() -> dict[str, dict[str, str]]:
    """Return the rows of the sample's published.csv by id."""
    text = files("sample_data").joinpath("published.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}


def description(view: ViewDef, curves: Curves, lines: Sequence[Line], words: Words) -> str:
    """Return the figure in words: for each curve its last value; a part without a name is told by the one after it."""
    parts = []
    for line in filter(lambda line: line.label, lines):
        seen = np.flatnonzero(np.isfinite(line.y))
        last = int(seen[-1])
        if curves.axis == "date":
            day = Formats(words.language).day_number(round(line.x[last]))
            text = words(
                N_("{label}: {value} on {day}"), label=line.label, value=line.readings[last], day=day
            )
        else:
            text = words(
                N_("{label}: {value} in month {month}"),
                label=line.label,
                value=line.readings[last],
                month=f"{line.x[last]:.0f}",
            )
        parts.append(text)
    return f"{words(view.title)}. " + "; ".join(parts) + "."
