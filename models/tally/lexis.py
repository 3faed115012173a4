"""The tally of both clocks: departures, persons and person-days by calendar month and month of stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.clocks import MONTH_DAYS
from models.results import BoolArray, Counts, FloatArray, IntArray
from models.tally.choosing import Chosen, Grouped
from models.tally.codes import Codes
from models.tally.index import indexed
from models.tally.spans import Event, spans


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """People who share group and settling day share all cells: one row for them, not one a person.

    `row`, `entry`, `exit` and `left` (whether the exit is a departure) are of every person, shape (persons,); `group`
    and `settled` of every row, shape (rows,).
    """

    row: IntArray
    entry: IntArray
    exit: IntArray
    left: BoolArray
    group: IntArray
    settled: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Edges of the cells: first days of calendar months, and days since settling on which a month of stay ends."""

    periods: IntArray
    months: IntArray

    @property
    def cells(self) -> tuple[int, int]:
        """Number of calendar months and of months of stay; month of stay 0 stays empty."""
        return len(self.periods), len(self.months) + 1

    def cell(self, group: IntArray, settled: IntArray, day: IntArray) -> IntArray:
        """Number the cell of day `day` = 1, 2, ... of the stay, which is calendar day settled + day - 1."""
        periods, months = self.cells
        period = np.searchsorted(self.periods, settled + day - 1, side="right") - 1
        month = np.searchsorted(self.months, day, side="left")
        return np.asarray((group * periods + period) * months + month)


@dataclass(frozen=True, slots=True, kw_only=True)
class LexisCells(Grouped):
    """Cells of calendar month and month of stay, shape (groups, calendar months, months of stay + 1) each.

    `periods` are the first days of the calendar months; `last_month` is not asked of this tally.
    """

    periods: IntArray
    departed: Counts
    person_days: Counts
    persons: Counts
    last_month: IntArray
    ADDITIVE: ClassVar = ("departed", "person_days", "persons")


@indexed
def count_lexis(codes: Codes, chosen: Chosen) -> LexisCells:
    """Count departures, person-days and persons in the cells of both clocks."""
    people = _rows(codes, chosen)
    grid = _grid(people)
    shape = (chosen.groups, *grid.cells)
    size = int(np.prod(shape))
    person_days, persons = _exposure(people, grid, size)
    gone = people.left
    row, day = people.row[gone], people.exit[gone]
    departed = np.bincount(grid.cell(people.group[row], people.settled[row], day), minlength=size)
    return LexisCells(
        by=chosen.by,
        keys=chosen.keys,
        periods=grid.periods,
        departed=departed.reshape(shape),
        person_days=np.rint(person_days).astype(np.int64).reshape(shape),
        persons=np.rint(persons).astype(np.int64).reshape(shape),
        last_month=np.zeros(chosen.groups, dtype=np.int64),
        start_month=chosen.start_month,
    )


def _rows(codes: Codes, chosen: Chosen) -> _Rows:
    at_risk = spans(codes, Event.DEPARTURE)
    entry = np.maximum(at_risk.entry, chosen.start_day)
    inside = (chosen.group >= 0) & (at_risk.exit > entry)
    settled = codes.settled[inside].astype(np.int64)
    first = int(settled.min(initial=0))
    days = int(settled.max(initial=0)) - first + 1
    code = chosen.group[inside] * days + settled - first
    found = np.flatnonzero(np.bincount(code, minlength=max(chosen.groups, 1) * days))
    place = np.zeros(max(chosen.groups, 1) * days, dtype=np.int64)
    place[found] = np.arange(len(found))
    return _Rows(
        row=place[code],
        entry=entry[inside],
        exit=at_risk.exit[inside].astype(np.int64),
        left=at_risk.cause[inside] > 0,
        group=found // days,
        settled=found % days + first,
    )


def _grid(people: _Rows) -> _Grid:
    if not len(people.row):
        return _Grid(periods=np.zeros(0, dtype=np.int64), months=np.zeros(0, dtype=np.int64))
    longest = int(people.exit.max())
    last = int((people.settled[people.row] + people.exit).max())
    first_month, after = (
        np.datetime64(int(day), "D").astype("datetime64[M]") for day in (people.settled.min(), last)
    )
    periods = np.arange(first_month, after + 1).astype("datetime64[D]").astype(np.int64)
    months = [day for day in MONTH_DAYS if day < longest]
    # The month table has an end; a longer stay goes on in the month after it.
    return _Grid(periods=periods, months=np.asarray(months, dtype=np.int64))


def _exposure(people: _Rows, grid: _Grid, size: int) -> tuple[FloatArray, FloatArray]:
    """Person-days and persons with any, by cell, shape (cells,).

    The edges of both clocks cut the stay of a row into pieces (a, b], each within one cell. In a piece are lived
    the sum of min(exit, b) - min(exit, a), less the same of the entries: cumulative sums read at the edges.
    """
    if not len(people.row):
        return np.zeros(size), np.zeros(size)
    rows = len(people.settled)
    longest = int(people.exit.max())
    edges = np.concatenate(
        [
            np.broadcast_to(grid.months, (rows, len(grid.months))),
            grid.periods[None, :] - people.settled[:, None],
            np.full((rows, 1), longest),
        ],
        axis=1,
    )
    edges = np.sort(np.clip(edges, 0, longest), axis=1)
    row = np.broadcast_to(np.arange(rows)[:, None], edges.shape)
    gone, exit_days = _up_to(people.row, people.exit, row, edges)
    lived, persons = np.diff(exit_days, axis=1), np.bincount(people.row)[:, None] - gone[:, :-1]
    if people.entry.any():
        _, entry_days = _up_to(people.row, people.entry, row, edges)
        come, _ = _up_to(people.row, people.entry, row, edges - 1)
        lived = lived - np.diff(entry_days, axis=1)
        persons = persons - (np.bincount(people.row)[:, None] - come[:, 1:])
    some = lived > 0
    at = row[:, 1:][some]
    cell = grid.cell(people.group[at], people.settled[at], edges[:, 1:][some])
    return _sums(cell, lived[some], size), _sums(cell, persons[some], size)


def _sums(cell: IntArray, values: IntArray, size: int) -> FloatArray:
    return np.asarray(np.bincount(cell, weights=values, minlength=size), dtype=np.float64)


def _up_to(own_row: IntArray, own_day: IntArray, row: IntArray, day: IntArray) -> tuple[IntArray, IntArray]:
    """Persons of `row` whose own day is at most `day`, and the sum of min(own day, day) over all of its persons.

    `own_row` and `own_day` are of every person; `row` and `day` are what is asked, of any one shape.
    """
    width = int(max(own_day.max(), day.max())) + 2
    # Day -1 is asked of entries at day 0, hence one place more.
    order = np.sort(own_row * width + own_day + 1)
    totals = np.concatenate([[0], np.cumsum(order % width - 1)])
    starts = np.searchsorted(order, np.arange(int(own_row.max()) + 2) * width)
    place = np.searchsorted(order, row * width + day + 1, side="right")
    begin, end = starts[row], starts[row + 1]
    return place - begin, totals[place] - totals[begin] + (end - place) * day
