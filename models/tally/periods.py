"""Periods of settling: edges, labels, and the period of each person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from models.clocks import day_number
from models.register import DatasetInfo

MOST_HALF_YEARS = 6


@dataclass(frozen=True, slots=True)
class Period:
    """Days of settling from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """``2022 H1`` inside one half-year, ``2023`` inside one year, else the first and the last day."""
        if self.first.year == self.last.year:
            halves = {(day.month + 5) // 6 for day in (self.first, self.last)}
            return f"{self.first.year} H{halves.pop()}" if len(halves) == 1 else str(self.first.year)
        return self.days

    @property
    def days(self) -> str:
        """The first and the last day."""
        return f"{self.first.isoformat()} – {self.last.isoformat()}"


def labels_of(periods: tuple[Period, ...]) -> tuple[str, ...]:
    """Return a label for each period, its first and last day where two would be called alike."""
    shared = Counter(period.label for period in periods)
    return tuple(period.label if shared[period.label] == 1 else period.days for period in periods)


def cohort_periods(info: DatasetInfo) -> tuple[Period, ...]:
    """Return the dataset's own periods, else half-years, merged to years when there are more than six."""
    last = info.observed_until - timedelta(days=1)
    if info.periods:
        return between(info.periods, last)
    half_years = between(_starts(info, 6), last)
    return half_years if len(half_years) <= MOST_HALF_YEARS else between(_starts(info, 12), last)


def calendar_periods(info: DatasetInfo, months: int) -> tuple[Period, ...]:
    """Return calendar periods of `months` months (1 or 3) that cover the window of arrivals."""
    return between(_starts(info, months), info.observed_until - timedelta(days=1))


def between(edges: tuple[date, ...], last: date) -> tuple[Period, ...]:
    """Return the periods that start at `edges`; the last one ends on `last`."""
    ends = [edge - timedelta(days=1) for edge in edges[1:]] + [last]
    return tuple(Period(first, end) for first, end in zip(edges, ends, strict=True) if first <= end)


def calendar_label(period: Period, months: int) -> str:
    """Return ``2022 Q1`` for quarters and ``2022-02`` for months."""
    if months == 3:
        return f"{period.first.year} Q{(period.first.month + 2) // 3}"
    return f"{period.first.year}-{period.first.month:02d}"


def period_of(settled: NDArray[np.int32], periods: tuple[Period, ...]) -> NDArray[np.int64]:
    """Return the index of the period in which each day of `settled` lies; -1 before the first."""
    edges = np.asarray([day_number(period.first) for period in periods], dtype=np.int64)
    return np.searchsorted(edges, settled, side="right") - 1


def _starts(info: DatasetInfo, months: int) -> tuple[date, ...]:
    """Return the first day of arrivals and every calendar edge after it, before the reference day."""
    starts = [info.arrivals_from]
    first = info.arrivals_from
    count = first.year * 12 + (first.month - 1) // months * months
    while True:
        count += months
        edge = date(count // 12, count % 12 + 1, 1)
        if edge >= info.observed_until:
            return tuple(starts)
        starts.append(edge)
