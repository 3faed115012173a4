"""What may be drawn and written: results with what was hidden in them; nothing else reaches a painter or a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.disclosure.rounding import rounded
from models.results import (
    BoolArray,
    Curves,
    FloatArray,
    IntArray,
    Listing,
    Measure,
    Nothing,
    Reason,
    Result,
    Unit,
)
from models.rules import Rules


class Status(IntEnum):
    """What was done with a cell."""

    OK = 0
    MERGED = 1
    HIDDEN = 2


STATUS_NAMES: Final = {Status.OK: "ok", Status.MERGED: "merged", Status.HIDDEN: "hidden"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCurves:
    """Curves that passed the rules: hidden cells are NaN in every measure, `status` says which and why.

    `status` has shape (series, points), values of Status; `hidden` counts the hidden cells that were observed.
    `difference` is that of two selections drawn together, where it has an interval.
    """

    curves: Curves
    status: NDArray[np.uint8]
    rules: Rules
    difference: ReleasedCurves | None = None

    @property
    def hidden(self) -> int:
        """Number of cells that were observed and hidden."""
        return int(((self.status == Status.HIDDEN) & self.curves.observed).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedListing:
    """Rows that passed the rules: hidden rows are NaN in every measure, `status` has shape (rows,)."""

    listing: Listing
    status: NDArray[np.uint8]
    rules: Rules

    @property
    def hidden(self) -> int:
        """Number of hidden rows."""
        return int((self.status == Status.HIDDEN).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedNothing:
    """A lack that may be told."""

    reason: Reason
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCounts:
    """Counts of persons by level, as facets show them: -1 where hidden. `total` is -1 where hidden too."""

    counts: IntArray
    total: int
    rules: Rules


Released: TypeAlias = ReleasedCurves | ReleasedListing | ReleasedNothing


def release(result: Result, rules: Rules) -> Released:
    """Return what may be drawn and written of `result` under `rules`.

    What is made of counts that passed the gate is told as it is. Of what a fit predicts, a cell is hidden whole when
    from one to fewer than the threshold of persons or events stand behind it.
    """
    if isinstance(result, Nothing):
        return ReleasedNothing(reason=result.reason, rules=rules)
    if result.passed is not None:
        return _as_told(result, rules)
    unsafe = _too_few(result, rules)
    if isinstance(result, Listing):
        return _as_told(_without(result, unsafe, rules), rules)
    if result.observed.any() and (unsafe | ~result.observed).all():
        return ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=rules)
    return _as_told(_without(result, unsafe | ~result.observed, rules), rules)


FromFit = TypeVar("FromFit", Curves, Listing)


def _without(result: FromFit, unsafe: BoolArray, rules: Rules) -> FromFit:
    """Return what a fit predicts without the cells of few; numbers of persons in it are rounded."""

    def told(measure: Measure) -> FloatArray:
        of_persons = measure.unit in (Unit.PERSONS, Unit.EXPECTED) and not rules.exact
        return np.where(unsafe, np.nan, rounded(measure.values, rules) if of_persons else measure.values)

    return replace(
        result,
        measures=tuple(replace(measure, values=told(measure)) for measure in result.measures),
        behind=tuple(np.where(unsafe, np.nan, persons) for persons in result.behind),
    )


def _as_told(result: Curves | Listing, rules: Rules) -> Released:
    """Return a result of counts that passed the gate: what could not be told of them is NaN in it."""
    if isinstance(result, Listing):
        gone = np.isnan(np.stack([measure.values for measure in result.measures])).any(axis=0)
        status = np.where(gone & (not rules.exact), Status.HIDDEN, Status.OK).astype(np.uint8)
        return ReleasedListing(listing=result, status=status, rules=rules)
    gone = result.observed & np.isnan(
        result[result.estimate] if result.estimate else result.measures[0].values
    )
    status = np.where(gone & (not rules.exact), Status.HIDDEN, Status.OK).astype(np.uint8)
    seen = tuple(
        replace(measure, values=np.where(result.observed, measure.values, np.nan))
        for measure in result.measures
    )
    return ReleasedCurves(curves=replace(result, measures=seen), status=status, rules=rules)


def _too_few(result: Curves | Listing, rules: Rules) -> BoolArray:
    unsafe = np.zeros(result.behind[0].shape, dtype=np.bool_)
    if rules.threshold:
        unsafe |= result.behind[0] < rules.threshold
        for persons in result.behind:
            unsafe |= (persons > 0) & (persons < rules.threshold)
    return unsafe


def release_counts(counts: IntArray, rules: Rules) -> ReleasedCounts:
    """Return counts of persons by level, and their total, each rounded once; -1 where a count is not told."""

    def told(values: IntArray) -> IntArray:
        found = values if rules.exact else np.nan_to_num(rounded(values, rules), nan=-1)
        return np.asarray(found, dtype=np.int64)

    total = told(np.asarray([counts.sum()]))
    return ReleasedCounts(counts=told(counts), total=int(total[0]), rules=rules)
