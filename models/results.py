"""The language of estimates: frozen arrays with units. No pictures, no words, no file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.rules import Pass

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = IntArray | FloatArray
"""Numbers of persons; NaN where they are not told."""


FEWEST: Final = 10
"""Of fewer persons an estimate is a handful: a curve does not start from them, and is drawn faint where it ends so."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One column of a result: its name in tables, shape (series, points), NaN where undefined."""

    name: str
    unit: Unit
    values: FloatArray


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
class Curves:
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
    measures
        Columns in the order of the table, each of shape (series, points).
    observed
        True where the point was observed for the series; elsewhere there is no row at all.
    estimate, low, high, denominator
        Names of the measures that play these parts in a figure; "" when there is none.
        `denominator` is written under the plot as the number at risk or present.
    behind
        Numbers of persons behind each cell, each of shape (series, points): what disclosure control looks at.
        A cell is safe when each of them is zero or large enough and the first (who could be counted) is large enough.
    start_month
        Curves are conditional on being present in this month (0: from settling).
    start_days
        Day after which each group's curve starts, where it may be later than that month; before it there is no row.
    reference
        Levels of the group that all others are compared with, where estimates are differences from it.
    passed
        The pass of the counts it was made from.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    part: str = ""
    axis: Literal["month", "date"] = "month"
    at: IntArray
    measures: tuple[Measure, ...]
    observed: BoolArray
    estimate: str = ""
    low: str = ""
    high: str = ""
    denominator: str = ""
    behind: tuple[FloatArray, ...]
    tests: tuple[Test, ...] = ()
    start_month: int = 0
    start_days: tuple[int, ...] = field(default_factory=tuple)
    reference: tuple[str, ...] = ()
    passed: Pass | None = None

    def __getitem__(self, name: str) -> FloatArray:
        """Return the values of the measure called `name`, shape (series, points)."""
        return next(measure.values for measure in self.measures if measure.name == name)

    @property
    def thin(self) -> BoolArray:
        """Where fewer than FEWEST persons could be counted, shape (series, points)."""
        return np.asarray(self.observed & (self.behind[0] < FEWEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Estimates row by row, where series and points do not fit.

    Attributes
    ----------
    columns
        Names of the key columns; `keys` holds the level or number of each, one tuple a row.
    measures
        Columns in the order of the table, each of shape (rows,).
    behind
        Numbers of persons behind each row, each of shape (rows,), as in `Curves`.
    start_month
        Estimates are conditional on being present in this month (0: from settling).
    passed
        The pass of the counts it was made from.
    """

    columns: tuple[str, ...]
    keys: tuple[tuple[str | int, ...], ...]
    measures: tuple[Measure, ...]
    behind: tuple[FloatArray, ...]
    start_month: int = 0
    passed: Pass | None = None

    def __getitem__(self, name: str) -> FloatArray:
        """Return the values of the measure called `name`, shape (rows,)."""
        return next(measure.values for measure in self.measures if measure.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """An expected lack: there is no estimate, and why."""

    reason: Reason


Result: TypeAlias = Curves | Listing | Nothing
