"""Disclosure control: rules, profiles, and the one gate through which a result becomes releasable.

Painters, tables and exports accept only `Released`; `release` is the only maker of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.results import BoolArray, Curves, FloatArray, IntArray, Listing, Measure, Nothing, Reason, Result


class Status(IntEnum):
    """What was done with a cell."""

    OK = 0
    MERGED = 1
    HIDDEN = 2


STATUS_NAMES: Final = {Status.OK: "ok", Status.MERGED: "merged", Status.HIDDEN: "hidden"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A profile of disclosure rules.

    `threshold` is the least number of persons behind a cell and behind each part of a share; 0 hides nothing.
    """

    name: str
    threshold: int


NO_DIVISION: Final = frozenset({"selection", "removals", "curve", "fit"})
"""Columns whose levels do not divide persons."""

NONE: Final = Rules(name="none", threshold=0)
CBS: Final = Rules(name="cbs", threshold=10)
PROFILES: Final = {rules.name: rules for rules in (NONE, CBS)}


def rules_for(*, synthetic: bool, name: str | None = None) -> Rules:
    """Return the profile called `name`; by default none for synthetic data and cbs for anything else."""
    return PROFILES[name] if name else (NONE if synthetic else CBS)


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

    A cell of which any number of persons behind it is positive but below the threshold is hidden whole, the
    estimate with its limits and its counts, and so is a cell with too few persons who could be counted.
    """
    if isinstance(result, Nothing):
        return ReleasedNothing(reason=result.reason, rules=rules)
    unsafe = _too_few(result, rules)
    if isinstance(result, Listing):
        return _release_listing(result, unsafe, rules)
    if result.observed.any() and (unsafe | ~result.observed).all():
        return ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=rules)
    if rules.threshold:
        unsafe = _hide_others_of_wholes(result, unsafe, rules)
        if result.observed.any() and (unsafe | ~result.observed).all():
            return ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=rules)
    measures = tuple(
        Measure(
            name=measure.name,
            unit=measure.unit,
            values=np.where(unsafe | ~result.observed, np.nan, measure.values),
        )
        for measure in result.measures
    )
    behind = tuple(np.where(unsafe, np.nan, persons) for persons in result.behind)
    return ReleasedCurves(
        curves=replace(result, measures=measures, behind=behind),
        status=np.where(unsafe, Status.HIDDEN, Status.OK).astype(np.uint8),
        rules=rules,
    )


def release_difference(result: Curves, sides: ReleasedCurves, rules: Rules) -> Released:
    """Return what may be drawn of the difference between the two series of `sides`.

    Where one of the two is hidden the difference is too: with the other it would give what is hidden.
    """
    hidden = (sides.status == Status.HIDDEN) & sides.curves.observed
    beside = np.isin(result.at, sides.curves.at[hidden.any(axis=0)])[None, :]
    released = release(result, rules)
    if not isinstance(released, ReleasedCurves) or not beside.any():
        return released
    known = result.observed & (released.status != Status.HIDDEN)
    if (beside | ~known).all():
        return ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=rules)
    curves = released.curves
    return ReleasedCurves(
        curves=replace(
            curves,
            measures=tuple(replace(m, values=np.where(beside, np.nan, m.values)) for m in curves.measures),
            behind=tuple(np.where(beside, np.nan, persons) for persons in curves.behind),
        ),
        status=np.where(beside, np.uint8(Status.HIDDEN), released.status).astype(np.uint8),
        rules=rules,
    )


def _too_few(result: Curves | Listing, rules: Rules) -> BoolArray:
    unsafe = np.zeros(result.behind[0].shape, dtype=np.bool_)
    if rules.threshold:
        unsafe |= result.behind[0] < rules.threshold
        for persons in result.behind:
            unsafe |= (persons > 0) & (persons < rules.threshold)
    return unsafe


def _release_listing(result: Listing, unsafe: BoolArray, rules: Rules) -> Released:
    if len(unsafe) and unsafe.all():
        return ReleasedNothing(reason=Reason.ALL_HIDDEN, rules=rules)
    unsafe = _hide_others(result, unsafe, rules)
    return ReleasedListing(
        listing=replace(
            result,
            measures=tuple(replace(m, values=np.where(unsafe, np.nan, m.values)) for m in result.measures),
            behind=tuple(np.where(unsafe, np.nan, persons) for persons in result.behind),
        ),
        status=np.where(unsafe, Status.HIDDEN, Status.OK).astype(np.uint8),
        rules=rules,
    )


def _hide_others(result: Listing, unsafe: BoolArray, rules: Rules) -> BoolArray:
    """Hide rows until what is hidden tells nothing in any whole: what is enough for one whole may not be in another."""
    while True:
        before = unsafe
        for whole in result.wholes:
            unsafe = _hide_more_rows(result, unsafe, whole, rules)
        if (unsafe == before).all():
            return unsafe


def _hide_more_rows(result: Listing, unsafe: BoolArray, whole: tuple[str, ...], rules: Rules) -> BoolArray:
    """Hide the smallest shown rows of a whole until two or more are hidden, of persons enough together."""
    places = [result.columns.index(name) for name in whole]
    wholes: dict[tuple[str | int, ...], list[int]] = {}
    for row, key in enumerate(result.keys):
        wholes.setdefault(tuple(key[place] for place in places), []).append(row)
    out, size = unsafe.copy(), np.nan_to_num(result.behind[-1])
    for rows in wholes.values():
        members = np.asarray(rows)
        while True:
            hidden, shown = members[out[members]], members[~out[members] & (size[members] > 0)]
            enough = len(hidden) >= 2 and (size[hidden].sum() == 0 or size[hidden].sum() >= rules.threshold)
            if not len(hidden) or enough or not len(shown):
                break
            out[shown[size[shown].argmin()]] = True
    return out


def release_counts(counts: IntArray, rules: Rules) -> ReleasedCounts:
    """Return counts of persons by level that may be shown beside their total.

    Counts from 1 to below the threshold are hidden. What is hidden together can be had by subtracting from the
    total, so the smallest other counts are hidden too until it is at least two levels and as many persons as the
    threshold; when there are no others, the total is hidden.
    """
    total = int(counts.sum())
    if not rules.threshold:
        return ReleasedCounts(counts=counts, total=total, rules=rules)
    hidden = (counts > 0) & (counts < rules.threshold)
    out = counts.copy()
    for place in np.argsort(counts, kind="stable"):
        if not hidden.any() or _safe_together(counts, hidden, rules):
            break
        hidden[place] |= counts[place] > 0
    out[hidden] = -1
    if 0 < total < rules.threshold or (hidden.any() and not _safe_together(counts, hidden, rules)):
        total = -1
    return ReleasedCounts(counts=out, total=total, rules=rules)


def _safe_together(counts: IntArray, hidden: NDArray[np.bool_], rules: Rules) -> bool:
    """Whether subtracting the shown counts from the total tells nothing of a few persons."""
    return int(hidden.sum()) >= 2 and int(counts[hidden].sum()) >= rules.threshold


def _hide_others_of_wholes(result: Curves, unsafe: BoolArray, rules: Rules) -> BoolArray:
    """Hide further cells until no hidden one can be had by subtracting from a whole.

    Series that differ in one column only add up to a whole that may be known: the parts of a group, and the levels of
    a column, whose total is the same table without it. What is hidden of a whole at a point must be at least two
    cells, and each of the numbers behind them none or at least the threshold together. Rows of what is not a division
    of persons (two selections side by side, treatments of removals) add up to nothing.
    """
    columns = (*result.by, result.part) if result.part else result.by
    wholes = []
    for place, column in enumerate(columns):
        if column in NO_DIVISION:
            continue
        rows: dict[tuple[str, ...], list[int]] = {}
        for series, key in enumerate(result.keys):
            rows.setdefault((*key[:place], *key[place + 1 :]), []).append(series)
        size = result.behind[1] if column == result.part else result.behind[0]
        wholes += [(np.asarray(series), size) for series in rows.values() if len(series) > 1]
    out = unsafe & result.observed
    while True:
        before = out.copy()
        for members, sizes in wholes:
            behind = [part[members] for part in result.behind]
            out[members] = _hidden_enough(out[members], behind, sizes[members], rules)
        if (out == before).all():
            return out | unsafe


def _hidden_enough(hidden: BoolArray, behind: list[FloatArray], size: FloatArray, rules: Rules) -> BoolArray:
    """Hide the smallest shown rows of a whole until what is hidden at each point tells nothing."""
    out, size = hidden.copy(), np.nan_to_num(size)
    while True:
        together = [np.where(out, np.nan_to_num(part), 0).sum(axis=0) for part in behind]
        few = np.any([(total > 0) & (total < rules.threshold) for total in together], axis=0)
        candidate = np.where(out | (size == 0), np.inf, size)
        number = out.sum(axis=0)
        wanted = (number > 0) & ((number < 2) | few) & np.isfinite(candidate.min(axis=0))
        if not wanted.any():
            return out
        points = np.flatnonzero(wanted)
        out[candidate.argmin(axis=0)[points], points] = True
