"""Disclosure control: rules, profiles, and the one gate through which a result becomes releasable.

Painters, tables and exports accept only `Released`; `release` is the only maker of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.results import BoolArray, Curves, IntArray, Listing, Measure, Nothing, Reason, Result


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
    if result.part:
        unsafe = _hide_a_second(result, unsafe)
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
    unsafe = _hide_others(result, unsafe)
    return ReleasedListing(
        listing=replace(
            result,
            measures=tuple(replace(m, values=np.where(unsafe, np.nan, m.values)) for m in result.measures),
            behind=tuple(np.where(unsafe, np.nan, persons) for persons in result.behind),
        ),
        status=np.where(unsafe, Status.HIDDEN, Status.OK).astype(np.uint8),
        rules=rules,
    )


def _hide_others(result: Listing, unsafe: BoolArray) -> BoolArray:
    """Hide rows until none is hidden alone in any whole: what is hidden for one whole may stand alone in another."""
    while True:
        before = unsafe
        for whole in result.wholes:
            unsafe = _hide_another_row(result, unsafe, whole)
        if (unsafe == before).all():
            return unsafe


def _hide_another_row(result: Listing, unsafe: BoolArray, whole: tuple[str, ...]) -> BoolArray:
    """Hide the smallest shown row of a whole of which one row is hidden alone."""
    places = [result.columns.index(name) for name in whole]
    wholes: dict[tuple[str | int, ...], list[int]] = {}
    for row, key in enumerate(result.keys):
        wholes.setdefault(tuple(key[place] for place in places), []).append(row)
    out, size = unsafe.copy(), result.behind[-1]
    for rows in wholes.values():
        shown = [row for row in rows if not out[row] and size[row] > 0]
        if len([row for row in rows if out[row]]) == 1 and shown:
            out[min(shown, key=lambda row: size[row])] = True
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


def _hide_a_second(result: Curves, unsafe: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Hide a second part where one part of a whole is hidden alone, since the parts sum to the whole.

    Parts of a group are consecutive series; the second is the smallest part that is still shown and not empty.
    """
    parts = len({key[-1] for key in result.keys})
    points = unsafe.shape[1]
    out = unsafe.reshape(-1, parts, points).copy()
    size = result.behind[1].reshape(-1, parts, points)
    candidate = np.where(out | (size == 0), np.inf, size)
    alone = (out.sum(axis=1) == 1) & np.isfinite(candidate.min(axis=1))
    group, point = np.nonzero(alone)
    out[group, candidate.argmin(axis=1)[group, point], point] = True
    return out.reshape(unsafe.shape)
