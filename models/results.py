"""The language of estimates: frozen arrays with units. No pictures, no words, no file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.clocks import from_day_number
from models.rules import Pass, Rules

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = IntArray | FloatArray
"""Numbers of persons; NaN where they are not told."""


FEWEST: Final = 10
"""Of fewer persons an estimate is a handful: a curve does not start from them, and is drawn faint where it ends so."""


SELECTION: Final = "selection"
"""Name of the column that holds the name of each selection, where several stand beside each other."""


class Unit(StrEnum):
    """What the numbers of a column count or measure; it decides how they are written."""

    PERSONS = "persons"
    SHARE = "share"
    POINTS = "difference of shares"
    PER_MONTH = "per month"
    PERSON_DAYS = "person-days"
    EUR_PER_HOUR = "EUR per hour"
    EXPECTED = "expected persons"
    MONTHS = "months"
    NUMBER = "number"


class Reason(StrEnum):
    """Why there is nothing to show: expected lacks, told in words by the application."""

    NOBODY = "nobody"
    NOT_FROM_SETTLING = "not followed from settling"
    BEFORE_EXTRACT = "before the day of the extract"
    AFTER_END = "after the end of observation"
    NO_MONTHS = "no months"
    NO_JOBS = "no jobs"
    ALL_HIDDEN = "all hidden"
    ONE_GROUP = "one group"
    FEW = "few"


WHOLE: Final = frozenset({Unit.PERSONS, Unit.PERSON_DAYS})
"""Units that are counted in whole numbers."""
Cell: TypeAlias = str | int | float | None
Kind: TypeAlias = Literal["text", "count", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its name on the command line, what it holds, and its unit if it is a measure."""

    name: str
    kind: Kind
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; None where a value is not told or not defined. The last column is ``status``."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


STATUS: Final = Column(name="status", kind="text")
TOLD: Final = "ok"
HIDDEN: Final = "hidden"
DIFFERENCE_COLUMNS: Final = ("difference", "difference_low", "difference_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One column of a result: its name in tables, shape (series, points), NaN where undefined."""

    name: str
    unit: Unit
    values: FloatArray

    @property
    def column(self) -> Column:
        """The column of a table that holds it."""
        return Column(name=self.name, kind="count" if self.unit in WHOLE else "number", unit=self.unit)

    def cell(self, place: tuple[int, ...]) -> Cell:
        """The cell of a table for one of its values."""
        value = float(self.values[place])
        return None if np.isnan(value) else int(value) if self.unit in WHOLE else value

    def beside(self, others: Sequence[Measure], points: int | None = None) -> Measure:
        """Return the same measure of several results below each other, each made as long as `points`."""
        values = [one.values if points is None else _padded(one.values, points, np.nan) for one in others]
        return replace(self, values=np.concatenate(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test of the difference between groups: its statistic on chi-square with `df` degrees of freedom.

    `left_out` is how many groups are too small to be in it.
    """

    name: Literal["log-rank"]
    statistic: float
    df: int
    p_value: float
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates(ABC):
    """What curves and rows have in common.

    Attributes
    ----------
    measures
        Columns in the order of the table.
    behind
        Numbers of persons behind each cell, shaped as the measures: what disclosure control looks at.
        A cell is safe when each of them is zero or large enough and the first (who could be counted) is large enough.
    start_month
        Estimates are conditional on being present in this month (0: from settling).
    passed
        The pass of the counts they were made from; None of what a fit predicts until it is released.
    """

    measures: tuple[Measure, ...]
    behind: tuple[FloatArray, ...]
    start_month: int = 0
    passed: Pass | None = None

    def __getitem__(self, name: str) -> FloatArray:
        """Return the values of the measure called `name`."""
        return next(measure.values for measure in self.measures if measure.name == name)

    @property
    def rules(self) -> Rules:
        """The rules its counts passed."""
        return _rules(self.passed)

    @property
    @abstractmethod
    def withheld(self) -> BoolArray:
        """Which of its cells are not told in full."""

    @property
    def hidden(self) -> int:
        """Number of cells that are not told in full."""
        return int(self.withheld.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves(Estimates):
    """Estimates by series and point in time.

    Attributes
    ----------
    by
        Names of the grouping columns; `keys` holds the level of each, one tuple a series.
    part
        Name of the column that splits a group into parts (``destination``, ``contract``), else "".
        Its level is then the last entry of each key.
    axis
        What `at` counts: ``month`` since settling, or ``date`` (days since 1 January 1970).
    at
        Points, shape (points,).
    measures, behind
        Each of shape (series, points).
    observed
        True where the point was observed for the series; elsewhere there is no row at all.
    estimate, low, high, denominator
        Names of the measures that play these parts in a figure; "" when there is none.
        `denominator` is written under the plot as the number at risk or present.
    start_days
        Day after which each group's curve starts, where it may be later than that month; before it there is no row.
    reference
        Levels of the group that all others are compared with, where estimates are differences from it.
    difference
        That of two selections drawn together, where it has an interval.
    minimum
        The least that the law allows, drawn beside the estimate and in its unit, shape (series, points), NaN where that
        is not known for anybody; None where there is no law.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    part: str = ""
    axis: Literal["month", "date"] = "month"
    at: IntArray
    observed: BoolArray
    estimate: str = ""
    low: str = ""
    high: str = ""
    denominator: str = ""
    tests: tuple[Test, ...] = ()
    start_days: tuple[int, ...] = field(default_factory=tuple)
    reference: tuple[str, ...] = ()
    difference: Curves | None = None
    minimum: FloatArray | None = None

    @property
    def withheld(self) -> BoolArray:
        """Which observed cells are not told, shape (series, points)."""
        told = self[self.estimate] if self.estimate else self.measures[0].values
        return np.asarray(self.observed & np.isnan(told) & (not self.rules.exact))

    @property
    def thin(self) -> BoolArray:
        """Where fewer than FEWEST persons could be counted, shape (series, points)."""
        return np.asarray(self.observed & (self.behind[0] < FEWEST))

    def series(self, places: IntArray) -> Self:
        """Return the series at some places, in that order."""
        return replace(
            self,
            keys=tuple(self.keys[place] for place in places.tolist()),
            measures=tuple(replace(measure, values=measure.values[places]) for measure in self.measures),
            observed=self.observed[places],
            behind=tuple(numbers[places] for numbers in self.behind),
            minimum=None if self.minimum is None else self.minimum[places],
        )

    def beside(self, others: Mapping[str, Self]) -> Self:
        """Return this result and `others` as one; each, this one too, under its name in the column ``selection``."""
        results = tuple(others.values())
        at = max((one.at for one in results), key=len)
        starts = {one.start_month for one in results}
        observed = [_padded(one.observed, len(at), 0.0) > 0 for one in results]
        least = [one.minimum for one in results if one.minimum is not None]
        return replace(
            self,
            by=(SELECTION, *self.by),
            keys=tuple((name, *key) for name, one in others.items() for key in one.keys),
            at=at,
            measures=tuple(
                measure.beside([one.measures[place] for one in results], len(at))
                for place, measure in enumerate(self.measures)
            ),
            observed=np.concatenate(observed),
            behind=tuple(
                np.concatenate([_padded(one.behind[place], len(at), 0.0) for one in results])
                for place in range(len(self.behind))
            ),
            start_month=starts.pop() if len(starts) == 1 else 0,
            start_days=tuple(day for one in results for day in one.start_days),
            tests=(),
            minimum=np.concatenate([_padded(one, len(at), np.nan) for one in least]) if least else None,
        )

    def table(self) -> Table:
        """Return one row for each series and point that was observed: group, point, part, measures, status."""
        part = (Column(name=self.part, kind="text"),) if self.part else ()
        columns = (
            *(Column(name=name, kind="text") for name in self.by),
            Column(name=self.axis, kind="count" if self.axis == "month" else "text"),
            *part,
            *(measure.column for measure in self.measures),
            STATUS,
        )
        by, withheld = len(self.by), self.withheld
        points = [int(at) if self.axis == "month" else from_day_number(int(at)).isoformat() for at in self.at]
        rows = tuple(
            (
                *self.keys[series][:by],
                points[point],
                *self.keys[series][by:],
                *(measure.cell((series, point)) for measure in self.measures),
                HIDDEN if withheld[series, point] else TOLD,
            )
            for series, point in self._order()
        )
        table = Table(columns=columns, rows=rows)
        return table if self.difference is None else self.difference._added_to(table, self)

    def _order(self) -> list[tuple[int, int]]:
        """Observed series and points in reading order: group, then point, then part."""
        by = len(self.by)
        rank = {key: index for index, key in enumerate(dict.fromkeys(key[:by] for key in self.keys))}
        found = [(int(series), int(point)) for series, point in np.argwhere(self.observed)]
        return sorted(found, key=lambda at: (rank[self.keys[at[0]][:by]], at[1], at[0]))

    def _added_to(self, table: Table, sides: Curves) -> Table:
        """Add this difference between two selections, with its limits, to the rows of the first of them."""
        own = {measure.name: measure for measure in self.measures}
        measures = [own[name] for name in (self.estimate, self.low, self.high)]
        found = {int(at): [one.cell((0, place)) for one in measures] for place, at in enumerate(self.at)}
        first, none = sides.keys[0][0], [None] * len(measures)
        when = [column.name for column in table.columns].index(self.axis)
        rows = tuple(
            (*row[:-1], *(found.get(int(row[when] or 0), none) if row[0] == first else none), row[-1])
            for row in table.rows
        )
        added = (Column(name=name, kind="number", unit=measures[0].unit) for name in DIFFERENCE_COLUMNS)
        return Table(columns=(*table.columns[:-1], *added, table.columns[-1]), rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Estimates):
    """Estimates row by row, where series and points do not fit; measures have shape (rows,).

    `keys` holds the level or number of each of the key `columns`, one tuple a row.
    """

    columns: tuple[str, ...]
    keys: tuple[tuple[str | int, ...], ...]

    @property
    def withheld(self) -> BoolArray:
        """Which rows are not told in full, shape (rows,)."""
        gone = np.isnan(np.stack([measure.values for measure in self.measures])).any(axis=0)
        return np.asarray(gone & (not self.rules.exact))

    def beside(self, others: Mapping[str, Self]) -> Self:
        """Return this result and `others` as one; each, this one too, under its name in the column ``selection``."""
        results = tuple(others.values())
        starts = {one.start_month for one in results}
        return replace(
            self,
            columns=(SELECTION, *self.columns),
            keys=tuple((name, *key) for name, one in others.items() for key in one.keys),
            measures=tuple(
                measure.beside([one.measures[place] for one in results])
                for place, measure in enumerate(self.measures)
            ),
            behind=tuple(
                np.concatenate([one.behind[place] for one in results]) for place in range(len(self.behind))
            ),
            start_month=starts.pop() if len(starts) == 1 else 0,
        )

    def table(self) -> Table:
        """Return its rows: keys, measures, status."""
        first = self.keys[0] if self.keys else ("",) * len(self.columns)
        columns = (
            *(
                Column(name=name, kind="count" if isinstance(value, int) else "text")
                for name, value in zip(self.columns, first, strict=True)
            ),
            *(measure.column for measure in self.measures),
            STATUS,
        )
        rows = tuple(
            (*key, *(measure.cell((row,)) for measure in self.measures), HIDDEN if withheld else TOLD)
            for row, (key, withheld) in enumerate(zip(self.keys, self.withheld.tolist(), strict=True))
        )
        return Table(columns=columns, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """An expected lack: there is no estimate, and why."""

    reason: Reason
    passed: Pass | None = field(default=None, compare=False)

    @property
    def rules(self) -> Rules:
        """The rules under which it was asked."""
        return _rules(self.passed)

    @property
    def hidden(self) -> int:
        """No cell: there is none."""
        return 0

    def table(self) -> Table:
        """Return a table without rows."""
        return Table(columns=(STATUS,), rows=())


Result: TypeAlias = Curves | Rows | Nothing


def beside(results: Mapping[str, Result]) -> Result:
    """Return the results of several selections as one, as they are joined themselves.

    Those that are `Nothing` are left out; when all are, the first reason is the answer.
    """
    some: dict[str, Any] = {name: one for name, one in results.items() if not isinstance(one, Nothing)}
    if not some:
        return next(iter(results.values()))
    joined: Result = next(iter(some.values())).beside(some)
    return joined


def _padded(values: FloatArray | BoolArray, points: int, blank: float) -> FloatArray:
    return np.pad(values.astype(np.float64), ((0, 0), (0, points - values.shape[1])), constant_values=blank)


def _rules(passed: Pass | None) -> Rules:
    if passed is None:
        raise TypeError("what a fit predicts has no rules until it is released")
    return passed.rules
