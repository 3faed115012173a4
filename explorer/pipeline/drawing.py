"""From a Released to a Chart: words, numbers as text, inks, published points. No estimate is made here."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import numpy as np

from explorer.core.formatting import Formats, digits_for
from explorer.core.names import column_name, dataset_source, level_name
from explorer.core.sentences import sentence
from explorer.core.spec import Spec
from explorer.core.views import Published, ViewDef, all_views
from explorer.core.words import N_, Message, Words
from models.clocks import MONTH_DAYS
from models.disclosure import Released, ReleasedCurves, ReleasedListing, ReleasedNothing
from models.register import DatasetInfo
from models.results import Curves, FloatArray, Reason, Unit
from models.tally.codes import Grouping
from widgets.chart import Axis, Band, Chart, Ink, Line, Mark, RiskRow

MOST_COLOURED: Final = 8
MONTH_STEPS: Final = (1.0, 2.0, 3.0, 6.0, 12.0, 24.0)

REASONS: Final = {
    Reason.NOBODY: N_("Nobody is selected. Remove a filter, or use Clear or Undo."),
    Reason.NO_MONTHS: N_("Nobody here was observed in these months. Choose earlier settlers."),
    Reason.NO_JOBS: N_("There are no jobs to show for these people. Choose other people or another measure."),
    Reason.ALL_HIDDEN: N_(
        "Every number here rests on too few persons and is hidden. Choose more people or fewer groups."
    ),
    Reason.ONE_GROUP: N_("There is only one group. Choose a column to compare by."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a figure is to be drawn, beside what is asked: interval and published points, on or off."""

    interval: bool = True
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is needed to put a released result into words: the dataset and its groupings."""

    info: DatasetInfo
    groupings: dict[str, Grouping]


def draw(released: Released, spec: Spec, sheet: Sheet, look: Look, words: Words) -> Chart:
    """Return the chart of `released` in the language of `words`."""
    view = all_views()[spec.view]
    formats = Formats(words.language)
    if isinstance(released, ReleasedNothing):
        return _empty(view, released, sheet, words)
    if isinstance(released, ReleasedListing):
        raise TypeError(f"{spec.view} is a table without a figure")
    curves = released.curves
    unit = next(measure.unit for measure in curves.measures if measure.name == curves.estimate)
    lines = _lines(released, view, sheet, look, words, unit)
    marks = _marks(view, spec, sheet, words, curves) if look.published else ()
    top = _top(lines, marks)
    return Chart(
        title=words(view.title),
        subtitle=words(view.subtitle) if view.subtitle else "",
        x=_month_axis(curves, view, words),
        y=Axis(label=words(view.axis_label), low=0.0, high=top, text=_axis_text(unit, formats)),
        crosshair=_crosshair(words, formats),
        lines=lines,
        marks=marks,
        risk_label=words(view.risk_label) if curves.denominator and view.risk_label else "",
        risk=_risk(curves, sheet, words) if curves.denominator and view.risk_label else (),
        note=note_text(released, spec, sheet, look, words),
        source=words(N_("Source: {source}"), source=dataset_source(sheet.info, words)),
        badge=words(N_("Synthetic data")) if sheet.info.synthetic else "",
        description=_description(view, lines, words),
    )


def note_text(released: ReleasedCurves, spec: Spec, sheet: Sheet, look: Look, words: Words) -> str:
    """Return the sentences under a figure: definition, interval, filter, what was hidden."""
    view = all_views()[spec.view]
    formats = Formats(words.language)
    sentences = [words.say(part) for part in view.note(released, spec.options, sheet.info)]
    curves = released.curves
    if curves.start_month:
        sentences.append(
            words(
                N_("From month {month}, among those selected and present then (delayed entry)."),
                month=curves.start_month,
            )
        )
    elif curves.start_days and max(curves.start_days) > 0:
        sentences.append(
            words(
                N_(
                    "Few were at risk at first (delayed entry): curves start after day {day}, given presence then."
                ),
                day=max(curves.start_days),
            )
        )
    sentences.append(
        words(N_("Selection: {selection}."), selection=sentence(spec.selection, sheet.info, words))
    )
    for test in curves.tests:
        sentences.append(words.say(test_message(test.statistic, test.df, test.p_value, formats)))
    if released.hidden:
        sentences.append(
            words(
                N_("{count} values are hidden: fewer than {threshold} persons behind them."),
                count=formats.count(released.hidden),
                threshold=released.rules.threshold,
            )
        )
    return " ".join(sentences)


def test_message(statistic: float, df: int, p_value: float, formats: Formats) -> Message:
    """Return the sentence that reports a log-rank test."""
    p = "< " + formats.number(0.001, 3) if p_value < 0.001 else "= " + formats.number(p_value, 3)
    return Message(
        N_("Log-rank test of equal departure: chi-square {statistic} on {df} df, p {p}."),
        {"statistic": formats.number(statistic, 1), "df": df, "p": p},
    )


def series_name(key: Sequence[str], curves: Curves, sheet: Sheet, words: Words) -> str:
    """Return the name of a series: its levels, or "everyone" without any."""
    columns = (*curves.by, curves.part) if curves.part else curves.by
    names = [level_name(column, level, sheet.info, words) for column, level in zip(columns, key, strict=True)]
    return " · ".join(names) if names else words(N_("everyone"))


def _lines(
    released: ReleasedCurves, view: ViewDef, sheet: Sheet, look: Look, words: Words, unit: Unit
) -> tuple[Line, ...]:
    curves = released.curves
    formats = Formats(words.language)
    estimate = curves[curves.estimate]
    low, high = (curves[name] if name else None for name in (curves.low, curves.high))
    x = curves.at.astype(np.float64)
    inks = _inks(curves, sheet)
    out = []
    for index, key in enumerate(curves.keys):
        if not np.isfinite(estimate[index]).any():
            continue
        bands: tuple[Band, ...] = ()
        if look.interval and low is not None and high is not None:
            bands = (Band(low=low[index], high=high[index], label=""),)
        out.append(
            Line(
                key="|".join(key),
                label=series_name(key, curves, sheet, words),
                ink=inks[index],
                x=x,
                y=estimate[index],
                readings=_readings(estimate[index], bands, unit, formats, words),
                bands=bands,
            )
        )
    return tuple(out)


def _readings(
    values: FloatArray, bands: tuple[Band, ...], unit: Unit, formats: Formats, words: Words
) -> tuple[str, ...]:
    text = _reading_text(unit, formats)
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


def _reading_text(unit: Unit, formats: Formats):  # type: ignore[no-untyped-def]
    if unit in (Unit.SHARE, Unit.PER_MONTH):
        digits = 1 if unit is Unit.SHARE else 2
        return lambda value: formats.percent(value, digits)
    return lambda value: "€ " + formats.number(value, 2)


def _axis_text(unit: Unit, formats: Formats):  # type: ignore[no-untyped-def]
    if unit in (Unit.SHARE, Unit.PER_MONTH):
        return lambda value, spacing: formats.percent(
            value, max(0, digits_for(spacing) - 2) if spacing else 1
        )
    return lambda value, spacing: formats.number(value, digits_for(spacing) if spacing < 1 else 0)


def _inks(curves: Curves, sheet: Sheet) -> tuple[Ink, ...]:
    """Colours by the place of a level in its whole column, so that a filter never recolours a group."""
    keys = curves.keys
    if not curves.by and not curves.part:
        return (Ink(kind="single"),) * len(keys)
    if len(curves.by) == 1 and not curves.part:
        grouping = sheet.groupings[curves.by[0]]
        places = [grouping.levels.index(key[0]) for key in keys]
        if len(keys) > MOST_COLOURED:
            return tuple(Ink(kind="grey", index=place) for place in places)
        kind: Literal["ordered", "categorical"] = "ordered" if grouping.ordered else "categorical"
        of = len(grouping.levels)
        if len(set(places)) < of and max(places) >= MOST_COLOURED:
            places, of = list(range(len(keys))), len(keys)
        # Those whose level is not known are few and nobody's comparison: drawn, in grey.
        return tuple(
            Ink(kind="grey", index=place) if key[0] == "unknown" else Ink(kind=kind, index=place, of=of)
            for key, place in zip(keys, places, strict=True)
        )
    if curves.part and not curves.by and len(keys) > MOST_COLOURED:
        return _largest_coloured(curves)
    if len(keys) > MOST_COLOURED:
        return tuple(Ink(kind="grey", index=index) for index in range(len(keys)))
    return tuple(
        Ink(kind="grey", index=index)
        if key[-1] == "unknown" and curves.part != "destination"
        else Ink(kind="categorical", index=index, of=len(keys))
        for index, key in enumerate(keys)
    )


def _largest_coloured(curves: Curves) -> tuple[Ink, ...]:
    """Of many parts the five largest are coloured, the others grey until hovered."""
    size = np.nanmax(np.nan_to_num(curves[curves.estimate], nan=0.0), axis=1)
    largest = {int(index): place for place, index in enumerate(np.argsort(-size, kind="stable")[:5])}
    return tuple(
        Ink(kind="categorical", index=largest[index]) if index in largest else Ink(kind="grey", index=index)
        for index in range(len(curves.keys))
    )


def _risk(curves: Curves, sheet: Sheet, words: Words) -> tuple[RiskRow, ...]:
    formats = Formats(words.language)
    counts = curves[curves.denominator]
    x = curves.at.astype(np.float64)
    inks = _inks(curves, sheet)
    return tuple(
        RiskRow(
            key="|".join(key),
            label=series_name(key, curves, sheet, words),
            ink=inks[index],
            x=x,
            texts=tuple(
                "" if not seen else formats.count(value)
                for value, seen in zip(counts[index].tolist(), curves.observed[index].tolist(), strict=True)
            ),
        )
        for index, key in enumerate(curves.keys)
    )


def _month_axis(curves: Curves, view: ViewDef, words: Words) -> Axis:
    last = float(curves.at[-1]) if len(curves.at) else 1.0
    return Axis(
        label=words(view.clock),
        low=0.0,
        high=max(last, 1.0),
        text=lambda value, spacing: f"{value:.0f}",
        step=1.0,
        steps=MONTH_STEPS,
    )


def _crosshair(words: Words, formats: Formats):  # type: ignore[no-untyped-def]
    def text(x: float) -> str:
        month = min(max(round(x), 0), len(MONTH_DAYS) - 1)
        return words(N_("month {month} (day {day})"), month=month, day=formats.count(MONTH_DAYS[month]))

    return text


def _top(lines: Sequence[Line], marks: Sequence[Mark]) -> float:
    """Upper end of the y axis: a little above everything drawn."""
    peaks = [float(np.nanmax(line.y)) for line in lines]
    for line in lines:
        for band in line.bands:
            # A wide interval of a small group may leave the frame; it must not flatten the curves.
            peaks.append(
                min(float(np.nanmax(np.append(band.high, 0.0))), 1.6 * float(np.nanmax(line.y)) + 1e-9)
            )
    peaks += [mark.y for mark in marks]
    return max(max(peaks, default=1.0) * 1.08, 1e-3)


def _marks(view: ViewDef, spec: Spec, sheet: Sheet, words: Words, curves: Curves) -> tuple[Mark, ...]:
    """Published points that belong to what is compared, for the sample they were published about."""
    if not sheet.info.synthetic:
        return ()
    inks = dict(zip(curves.keys, _inks(curves, sheet), strict=True))
    out = []
    for place in view.published:
        row = published_figures().get(place.id)
        ink = _mark_ink(place, spec, inks)
        if row is None or ink is None or not row["month"]:
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
                source=row["source"],
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


def _empty(view: ViewDef, released: ReleasedNothing, sheet: Sheet, words: Words) -> Chart:
    axis = Axis(label="", low=0.0, high=1.0, text=lambda value, spacing: "")
    sentence_ = words(REASONS[released.reason])
    return Chart(
        title=words(view.title),
        subtitle=words(view.subtitle) if view.subtitle else "",
        x=axis,
        y=axis,
        crosshair=lambda x: "",
        empty=sentence_,
        description=sentence_,
        badge=words(N_("Synthetic data")) if sheet.info.synthetic else "",
    )


def _description(view: ViewDef, lines: Sequence[Line], words: Words) -> str:
    """The figure in words: for each curve its last value."""
    parts = []
    for line in lines:
        seen = np.flatnonzero(np.isfinite(line.y))
        last = int(seen[-1])
        parts.append(
            words(
                N_("{label}: {value} in month {month}"),
                label=line.label,
                value=line.readings[last],
                month=f"{line.x[last]:.0f}",
            )
        )
    return f"{words(view.title)}. " + "; ".join(parts) + "."


def column_label(name: str, sheet: Sheet, words: Words) -> str:
    """Return the name of a column as readers see it."""
    return column_name(name, sheet.info, words)
