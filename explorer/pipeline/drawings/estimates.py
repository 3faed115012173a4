"""Estimates of groups as a forest: one number with its interval for each group and month, or for each state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from explorer.core.formatting import MISSING, Formats
from explorer.core.names import level_name
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.curves import unit_of
from explorer.pipeline.drawings.frame import REASONS, Look, Sheet, framed, nothing, series_name
from explorer.pipeline.drawings.groups import Groups, group_name, groups_of, left_out, sizes_of_listing
from models.results import Curves, Reason, Rows, Unit
from widgets.pictures.chart import Axis, Ink, Picture
from widgets.pictures.kinds import Estimate, ForestChart, ForestRow

MOST_GROUPS: Final = 24
"""More groups than these are not drawn; the table holds all of them."""
DIFFERENCE: Final = "difference"
"""The measure of estimates that lie around zero and are written with their sign."""
NEAR_ZERO: Final = 0.3
"""Estimates that come nearer to zero than this part of the greatest are drawn from zero on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """One estimate: the heading it stands under, its row, its series, and its limits (NaN: none).

    A group that nobody was followed in that long has not `reached` its month: its row says so.
    """

    heading: str
    label: str
    series: str
    value: float
    low: float = math.nan
    high: float = math.nan
    hidden: bool = False
    reached: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """How values are written: in what unit, with how many decimals, with a sign or without."""

    formats: Formats
    words: Words
    factor: float
    digits: int
    signed: bool

    def number(self, value: float, digits: int) -> str:
        scaled = round(value * self.factor, digits) + 0.0
        text = self.formats.number(scaled, digits)
        return "+" + text if self.signed and scaled > 0 else text

    def reading(self, point: _Point) -> str:
        said = self.number(point.value, self.digits)
        if not (math.isfinite(point.low) and math.isfinite(point.high)):
            return said
        low, high = (self.number(limit, self.digits) for limit in (point.low, point.high))
        if self.signed:
            return self.words(N_("{value} ({low} to {high})"), value=said, low=low, high=high)
        return f"{said} ({low}–{high})"

    def tick(self, value: float, spacing: float) -> str:
        if not spacing:
            return self.number(value, self.digits)
        step = spacing * self.factor
        digits = max(0, math.ceil(-math.log10(step) - 1e-9))
        return self.number(value, digits if abs(round(step, digits) - step) < 1e-9 else digits + 1)


def draw_estimates(
    released: Curves | Rows,
    view: ViewDef,
    spec: Spec,
    sheet: Sheet,
    look: Look,
    words: Words,
) -> Picture:
    """Return the forest of released estimates; groups are rows, or series where every group has rows of its own."""
    if isinstance(released, Curves):
        points, note = _of_curves(released, spec, sheet, look, words)
        unit, signed = unit_of(released, released.estimate), released.estimate == DIFFERENCE
        reference = released.reference
    else:
        points, note = _of_listing(released, sheet, words)
        unit, signed, reference = released.measures[-1].unit, False, ()
    if not any(math.isfinite(point.value) for point in points):
        return nothing(view, spec, words(REASONS[Reason.ALL_HIDDEN]), sheet, words)
    share = unit in (Unit.SHARE, Unit.POINTS)
    writing = _Writing(
        formats=Formats(words.language),
        words=words,
        factor=100.0 if share else 1.0,
        digits=1 if share else 2,
        signed=signed,
    )
    against = ""
    if reference and isinstance(released, Curves):
        against = series_name(reference, released, sheet, words)
    rows, series = _rows(points, against, writing, words)
    limits = any(math.isfinite(point.low) for point in points)
    axis = words(view.axis_label)
    return ForestChart(
        **framed(view, spec, released, sheet, words, last=[note]),
        x=_axis(points, axis, writing),
        series=series,
        rows=rows,
        reading_heading=words(N_("{what} (95%)"), what=axis) if limits else axis,
        description=_description(words(view.title), rows, series),
    )


def _of_curves(
    released: Curves, spec: Spec, sheet: Sheet, look: Look, words: Words
) -> tuple[list[_Point], str]:
    """Estimates by month and group: the months are headings."""
    unit = unit_of(released, released.estimate)
    # A row of few persons has its wide interval; it takes no room from the others.
    groups = Groups(drawn=released.keys[:MOST_GROUPS], count=len(released.keys))
    drawn = range(len(groups.drawn))
    value = released[released.estimate]
    limits = look.interval and bool(released.low)
    low, high = (
        (released[released.low], released[released.high]) if limits else (value * math.nan, value * math.nan)
    )
    points = [
        _Point(
            heading=_heading(int(month), unit, words),
            # The difference of two selections has no group of its own.
            label=words(N_("A less B"))
            if spec.versus and not released.by
            else series_name(released.keys[at], released, sheet, words),
            series="",
            value=float(value[at, place]) if released.observed[at, place] else math.nan,
            low=float(low[at, place]),
            high=float(high[at, place]),
            hidden=bool(released.withheld[at, place]),
            reached=bool(released.observed[at, place]),
        )
        for place, month in enumerate(released.at.tolist())
        for at in drawn
    ]
    return points, left_out(groups, released.by, sheet, words)


def _of_listing(released: Rows, sheet: Sheet, words: Words) -> tuple[list[_Point], str]:
    """Estimates by group, month and one more column: its levels are the rows, the groups the series."""
    unit = released.measures[-1].unit
    month, rows = released.columns.index("month"), len(released.columns) - 1
    by = [place for place in range(rows) if place != month]
    columns = [released.columns[place] for place in by]
    groups = groups_of(sizes_of_listing(released, columns))
    values = released.measures[-1].values.tolist()
    points = [
        _Point(
            heading=_heading(int(key[month]), unit, words),
            label=level_name(released.columns[rows], str(key[rows]), sheet.info, words),
            series=group_name(columns, group, sheet, words),
            value=value,
            hidden=hidden,
        )
        for key, value, hidden in zip(released.keys, values, released.withheld.tolist(), strict=True)
        if (group := tuple(key[place] for place in by)) in groups.drawn
    ]
    return points, left_out(groups, columns, sheet, words)


def _heading(month: int, unit: Unit, words: Words) -> str:
    """Say to which month an estimate belongs: months that were spent add up to it."""
    return words(N_("Up to month {month}") if unit is Unit.MONTHS else N_("Month {month}"), month=month)


def _rows(
    points: Sequence[_Point], against: str, writing: _Writing, words: Words
) -> tuple[tuple[ForestRow, ...], tuple[tuple[str, Ink], ...]]:
    """Return the rows under their headings, and the series; `against` is the group all others are compared with."""
    names = list(dict.fromkeys(point.series for point in points))
    rows: list[ForestRow] = []
    for heading in dict.fromkeys(point.heading for point in points):
        rows.append(ForestRow(key=heading, label=heading, kind="heading"))
        if against:
            key = f"{heading}:{against}"
            rows.append(ForestRow(key=key, label=against, kind="reference", text=words(N_("reference"))))
        under = [point for point in points if point.heading == heading]
        for label in dict.fromkeys(point.label for point in under):
            rows.append(_row([point for point in under if point.label == label], names, writing, words))
    inks = [Ink(kind="categorical", index=at, of=len(names)) for at in range(len(names))]
    series = zip(names, inks if len(names) > 1 else [Ink(kind="single")], strict=True)
    return tuple(rows), tuple(series)


def _row(points: Sequence[_Point], names: Sequence[str], writing: _Writing, words: Words) -> ForestRow:
    first = points[0]
    estimates = tuple(
        Estimate(
            series=names.index(point.series),
            value=point.value,
            low=point.low,
            high=point.high,
            reading=writing.reading(point),
        )
        for point in points
        if math.isfinite(point.value)
    )
    lack = MISSING
    if not any(point.reached for point in points):
        lack = words(N_("not followed that long"))
    elif any(point.hidden for point in points):
        lack = words(N_("hidden"))
    return ForestRow(
        key=f"{first.heading}:{first.label}",
        label=first.label,
        kind="term" if estimates else "left out",
        estimates=estimates,
        text="" if estimates else lack,
    )


def _axis(points: Sequence[_Point], label: str, writing: _Writing) -> Axis:
    """Return an axis that holds every estimate with its limits, and zero where it is near or means no difference."""
    found = [
        number for point in points for number in (point.value, point.low, point.high) if math.isfinite(number)
    ]
    low, high = min(found), max(found)
    if writing.signed or low < NEAR_ZERO * high:
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.04 * max(high - low, 0.01 / writing.factor)
    return Axis(label=label, low=low - room, high=high + room, text=writing.tick)


def _description(title: str, rows: Sequence[ForestRow], series: Sequence[tuple[str, Ink]]) -> str:
    """The figure in words: every estimate."""
    parts, heading = [], ""
    for row in rows:
        if row.kind == "heading":
            heading = row.label
        for one in row.estimates:
            name = series[one.series][0]
            parts.append(f"{heading}, {row.label}{f', {name}' if name else ''}: {one.reading}")
    return f"{title}. " + "; ".join(parts) + "."
