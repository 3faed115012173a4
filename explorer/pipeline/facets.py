"""Counts beside the filters: each facet under all other conditions, released like every other number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.core.reducing import without
from explorer.pipeline.underhand import UnderHand
from models.clocks import LAST_MONTH, MONTH_DAYS
from models.disclosure.gate import ReleasedCounts, release_counts
from models.results import BoolArray, IntArray
from models.rules import Rules
from models.selection import Predicate, start_month
from models.tally.choosing import Chosen, rows
from models.tally.codes import Codes, unpack
from models.tally.index import Within, has_range

AGE_TOP = 90
"""Ages above are counted with this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCounts:
    """Persons by level of a category column."""

    column: str
    levels: tuple[str, ...]
    released: ReleasedCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCounts:
    """Persons by completed year of age at settling, from 0 to AGE_TOP."""

    released: ReleasedCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All facets of a selection, and how many of the cohort are selected; -1 where a number is hidden.

    `followed` are those of them whose first stay goes on after the month from which curves run: the figures of
    departure begin with them. Who had left and come back by then is selected, and not followed.
    """

    selection: Predicate
    categories: tuple[LevelCounts, ...]
    age: AgeCounts
    selected: int
    followed: int
    persons: int


def facet_columns(codes: Codes) -> tuple[str, ...]:
    """Return the category columns that have a facet: those a reader chooses people by."""
    extra = [column.name for column in codes.info.columns if column.kind == "category"]
    named = [
        "cohort",
        "nationality_group" if "nationality_group" in codes.groupings else "nationality",
        "sex",
    ]
    return tuple(name for name in (*named, *extra) if name in codes.groupings)


def count_facets(codes: Codes, selection: Predicate, rules: Rules, hand: UnderHand | None = None) -> Facets:
    """Count every facet under all other conditions of `selection`; `hand` counts while a range is dragged."""
    if hand is not None and hand.column == "age" and has_range(selection, "age"):
        return _dragged(codes, selection, rules, hand)
    whole = _rows(codes, selection)
    categories = []
    for column in facet_columns(codes):
        other = without(selection, column)
        mask = whole if other == selection else _rows(codes, other)
        grouping = codes.groupings[column]
        counts = np.bincount(grouping.codes[mask], minlength=len(grouping.levels))
        categories.append(
            LevelCounts(column=column, levels=grouping.levels, released=release_counts(counts, rules))
        )
    ages = _ages(codes, selection, rules, whole if without(selection, "age") == selection else None)
    selected = release_counts(np.asarray([int(whole.sum())]), rules)
    return Facets(
        selection=selection,
        categories=tuple(categories),
        age=ages,
        selected=selected.total,
        followed=_followed(codes, whole, selection, rules) if start_month(selection) else selected.total,
        persons=codes.persons,
    )


def _dragged(codes: Codes, selection: Predicate, rules: Rules, hand: UnderHand) -> Facets:
    """Count every facet from the sums along the ages; those of age do not change while it is dragged."""
    categories = []
    for column in facet_columns(codes):
        grouping = codes.groupings[column]
        chosen = hand.choose(codes, without(selection, column), (column,))
        counts = np.zeros(len(grouping.levels), dtype=np.int64)
        places = [grouping.levels.index(key[0]) for key in chosen.keys]
        counts[places] = _persons(chosen)
        categories.append(
            LevelCounts(column=column, levels=grouping.levels, released=release_counts(counts, rules))
        )
    chosen = hand.choose(codes, selection, ())
    selected = release_counts(np.asarray([int(_persons(chosen).sum())]), rules)
    later = chosen.start_month > 0
    return Facets(
        selection=selection,
        categories=tuple(categories),
        age=_ages_along(chosen, codes, selection, rules),
        selected=selected.total,
        followed=_followed(codes, chosen.group >= 0, selection, rules) if later else selected.total,
        persons=codes.persons,
    )


def _followed(codes: Codes, mask: BoolArray, selection: Predicate, rules: Rules) -> int:
    """Count those whose first stay goes on after the month from which curves run; beside all, neither tells of few."""
    day = MONTH_DAYS[min(start_month(selection), LAST_MONTH)]
    followed = int((mask & (codes.duration > np.maximum(codes.entry, day))).sum())
    counts = np.asarray([followed, int(mask.sum()) - followed])
    return int(release_counts(counts, rules).counts[0])


def _persons(chosen: Chosen) -> IntArray:
    if isinstance(chosen, Within):
        return chosen.persons
    return np.bincount(chosen.group[chosen.group >= 0], minlength=chosen.groups)


def _ages_along(chosen: Chosen, codes: Codes, selection: Predicate, rules: Rules) -> AgeCounts:
    if not isinstance(chosen, Within):
        return _ages(codes, selection, rules, None)
    whole = chosen.whole
    years = np.clip(whole.values, 0, AGE_TOP).astype(np.int64)
    by_age = np.bincount(years, weights=np.diff(whole.persons, axis=0).sum(axis=1), minlength=AGE_TOP + 1)
    return AgeCounts(released=release_counts(by_age.astype(np.int64), rules))


def _ages(codes: Codes, selection: Predicate, rules: Rules, whole: BoolArray | None) -> AgeCounts:
    other = without(selection, "age")
    age = codes.numbers["age"][whole if whole is not None else _rows(codes, other)]
    years = np.minimum(age[~np.isnan(age)], AGE_TOP).astype(np.int64)
    return AgeCounts(released=release_counts(np.bincount(np.maximum(years, 0), minlength=AGE_TOP + 1), rules))


def _rows(codes: Codes, selection: Predicate) -> BoolArray:
    mask = rows(selection, codes)
    start = start_month(selection)
    if start:
        mask = mask & unpack(codes.present[min(start, codes.months - 1)], codes.persons)
    return mask
