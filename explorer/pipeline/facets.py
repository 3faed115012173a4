"""Counts beside the filters: each facet under all other conditions, released like every other number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.core.state import without
from models.disclosure import ReleasedCounts, Rules, release_counts
from models.results import BoolArray
from models.selection import Predicate, start_month
from models.tally.choosing import rows
from models.tally.codes import Codes, unpack

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
    """All facets of a selection, and how many of the cohort are selected; -1 where a number is hidden."""

    selection: Predicate
    categories: tuple[LevelCounts, ...]
    age: AgeCounts
    selected: int
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


def count_facets(codes: Codes, selection: Predicate, rules: Rules) -> Facets:
    """Count every facet under all other conditions of `selection`."""
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
    other = without(selection, "age")
    age = codes.numbers["age"][whole if other == selection else _rows(codes, other)]
    years = np.minimum(age[~np.isnan(age)], AGE_TOP).astype(np.int64)
    by_age = np.bincount(np.maximum(years, 0), minlength=AGE_TOP + 1)
    selected = release_counts(np.asarray([int(whole.sum())]), rules)
    return Facets(
        selection=selection,
        categories=tuple(categories),
        age=AgeCounts(released=release_counts(by_age, rules)),
        selected=selected.total,
        persons=codes.persons,
    )


def _rows(codes: Codes, selection: Predicate) -> BoolArray:
    mask = rows(selection, codes)
    start = start_month(selection)
    if start:
        mask = mask & unpack(codes.present[min(start, codes.months - 1)], codes.persons)
    return mask
