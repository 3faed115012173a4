"""A Lexis surface: a rate by calendar month and month of stay, with cohorts as diagonals."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from explorer.core.formatting import Formats
from explorer.core.months import first_column, first_day, month_name, number_of
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import Look, Sheet, framed
from explorer.pipeline.drawings.groups import Group, group_name, group_pairs, groups_of, left_out
from models.results import FEWEST, BoolArray, IntArray, Rows
from models.tally.periods import cohort_periods, labels_of
from widgets.pictures.chart import Axis
from widgets.pictures.kinds import Diagonal, Surface, SurfaceChart

OWN: Final = ("period", "month")
TOP: Final = 0.98
"""The scale ends at this quantile of the rates shown: a few extreme cells must not pale all others."""
LEAST_TOP: Final = 0.005
MONTH_STEPS: Final = (1.0, 3.0, 6.0, 12.0)
YEAR: Final = 12.0

_TOO_FEW: Final = N_("{period}, {first} to {last} months after settling: too few persons for a rate")
_HIDDEN: Final = N_("{period}, {first} to {last} months after settling: hidden")
_UNTOLD: Final = N_(
    "{period}, {first} to {last} months after settling: not told; nobody or fewer than {threshold} persons"
)
_RATE: Final = N_(
    "{period}, {first} to {last} months after settling: {rate} a month; {departed} departed in {days} person-days"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where each row of the listing lies; `begin` is the calendar month of column 0, as year × 12 + month − 1."""

    begin: int
    rows: int
    columns: int
    group: IntArray
    row: IntArray
    column: IntArray


def draw_surface(
    released: Rows, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words
) -> SurfaceChart:
    """Return the picture of released cells: one pane a group, masked where there is no rate but may be people."""
    by = released.columns[: -len(OWN)]
    groups = groups_of(_sizes(released))
    grid = _grid(released, groups.drawn)
    panes = tuple(
        _pane(released, grid, place, group_name(by, group, sheet, words), group_pairs(by, group))
        for place, group in enumerate(groups.drawn)
    )
    formats = Formats(words.language)
    top = _top(panes)
    return SurfaceChart(
        **framed(view, spec, released, sheet, words, first=[left_out(groups, by, sheet, words)]),
        x=_calendar(grid, words),
        y=Axis(
            label=words(view.clock),
            low=0.0,
            high=float(grid.rows),
            text=lambda value, spacing: f"{value:.0f}",
            step=1.0,
            steps=MONTH_STEPS,
        ),
        reading=_reading(released, grid, words),
        scale=(0.0, top),
        scale_label=words(view.axis_label),
        scale_text=lambda value: words(
            N_("{share} a month"), share=formats.percent(value, 1 if value else 0)
        ),
        masked_label=words(N_("too few persons") if released.rules.exact else N_("not told")),
        diagonals=tuple(_diagonals(grid, sheet)),
        panes=panes,
        description=_description(view, released, grid, words),
    )


def _sizes(released: Rows) -> dict[Group, float]:
    """Return the persons of each group where they are most; a group without any rate has nothing to draw."""
    rated: dict[Group, float] = {}
    for key, rate in zip(released.keys, released["rate"].tolist(), strict=True):
        group = key[: -len(OWN)]
        rated[group] = max(rated.get(group, 0.0), float(FEWEST) if math.isfinite(rate) else 0.0)
    return rated


def _grid(released: Rows, drawn: Sequence[Group]) -> _Grid:
    """Lay out the cells; the groups that are drawn come first, in the order of their panes."""
    periods = [str(key[-2]) for key in released.keys]
    begin = first_column(periods)
    column = np.asarray([number_of(period) - begin for period in periods], dtype=np.int64)
    row = np.asarray([int(key[-1]) - 1 for key in released.keys], dtype=np.int64)
    groups = dict.fromkeys((*drawn, *(key[: -len(OWN)] for key in released.keys)))
    place = {group: at for at, group in enumerate(groups)}
    return _Grid(
        begin=begin,
        rows=int(row.max()) + 1,
        columns=int(column.max()) + 1,
        group=np.asarray([place[key[: -len(OWN)]] for key in released.keys], dtype=np.int64),
        row=row,
        column=column,
    )


def _pane(released: Rows, grid: _Grid, group: int, title: str, pairs: tuple[tuple[str, str], ...]) -> Surface:
    own = grid.group == group
    values = np.full((grid.rows, grid.columns), np.nan)
    # Of exact counts a cell without a row was empty; of rounded ones it held nobody or too few to be told.
    masked = np.zeros(values.shape, dtype=np.bool_) if released.rules.exact else _lived(grid)
    rate = released["rate"]
    values[grid.row[own], grid.column[own]] = rate[own]
    # Whoever has a row was there: without a rate there are too few of them, or it is hidden.
    masked[grid.row[own], grid.column[own]] = np.isnan(rate[own])
    return Surface(title=title, values=values, masked=masked, group=pairs)


def _lived(grid: _Grid) -> BoolArray:
    """Return the cells in which those who settled since the first column can have lived, shape (rows, columns)."""
    row, column = np.ogrid[: grid.rows, : grid.columns]
    # Who settled on the first of a month of 31 days is in the second month of stay on its last day.
    return np.asarray(row <= column + 1)


def _top(panes: Sequence[Surface]) -> float:
    """Upper end of the scale: the robust maximum, up to the next half per cent."""
    rates = np.concatenate([pane.values[np.isfinite(pane.values)] for pane in panes])
    if not len(rates):
        return LEAST_TOP
    steps = math.ceil(round(float(np.quantile(rates, TOP)) / LEAST_TOP, 9))
    return max(steps, 1) * LEAST_TOP


def _calendar(grid: _Grid, words: Words) -> Axis:
    """Return the axis of calendar months; at a distance of years it writes years alone."""

    def text(value: float, spacing: float) -> str:
        number = grid.begin + round(value)
        return str(number // 12) if spacing >= YEAR else month_name(first_day(number), words.language)

    return Axis(
        label=words(N_("calendar month")),
        low=0.0,
        high=float(grid.columns),
        text=text,
        step=1.0,
        steps=MONTH_STEPS,
    )


def _reading(released: Rows, grid: _Grid, words: Words) -> Callable[[int, int, int], str]:
    """Return how a cell is read: its place, its rate and what it is made of; "" where nobody was."""
    formats = Formats(words.language)
    rules, lived = released.rules, _lived(grid)
    departed, days, rate = (released[name] for name in ("departed", "person_days", "rate"))
    places = zip(grid.group.tolist(), grid.row.tolist(), grid.column.tolist(), strict=True)
    at = {place: row for row, place in enumerate(places)}

    def text(pane: int, row: int, column: int) -> str:
        found = at.get((pane, row, column))
        period = month_name(first_day(grid.begin + column), words.language)
        where = {"period": period, "first": row, "last": row + 1}
        if found is None:
            untold = not rules.exact and lived[row, column]
            return words(_UNTOLD, **where, threshold=rules.threshold) if untold else ""
        if released.withheld[found]:
            return words(_HIDDEN, **where)
        if np.isnan(rate[found]):
            return words(_TOO_FEW, **where)
        return words(
            _RATE,
            **where,
            rate=formats.percent(rate[found], 2),
            departed=formats.count(departed[found]),
            days=formats.count(days[found]),
        )

    return text


def _diagonals(grid: _Grid, sheet: Sheet) -> Iterator[Diagonal]:
    """Yield the first day of every period of settling whose line crosses the surface, where it lies in its month.

    It may begin left of it: the first month has no column where too few lived in it to be told.
    """
    periods = cohort_periods(sheet.info)
    for period, label in zip(periods, labels_of(periods), strict=True):
        first = period.first
        column = first.year * 12 + first.month - 1 - grid.begin
        if -grid.rows < column < grid.columns:
            part = (first.day - 1) / monthrange(first.year, first.month)[1]
            yield Diagonal(label=label, column=column + part)


def _description(view: ViewDef, released: Rows, grid: _Grid, words: Words) -> str:
    """Return the figure in words: the cell with the highest rate."""
    rate = released["rate"]
    if not np.isfinite(rate).any():
        return f"{words(view.title)}."
    highest = int(np.nanargmax(rate))
    place = (int(grid.group[highest]), int(grid.row[highest]), int(grid.column[highest]))
    said = _reading(released, grid, words)(*place)
    return words(N_("{title}. Highest: {cell}."), title=words(view.title), cell=said)
