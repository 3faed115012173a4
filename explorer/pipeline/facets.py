"""Counts beside the filters: each facet under all other conditions, released like every other number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from explorer.core.person_numbers import NUMBERS
from explorer.core.reducing import without
from explorer.pipeline.bars import Bars, InBars, numbers_in_bars
from explorer.pipeline.drag_index import DragIndex
from models.clocks import LAST_MONTH, MONTH_DAYS
from models.disclosure.counters import ReleasedCounts, release_counts
from models.results import BoolArray
from models.rules import Rules
from models.selection import Predicate, start_month
from models.tally.choosing import rows
from models.tally.codes import Codes, Grouping, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCounts:
    """Persons by level of a category column, or by bar of a number; at last those who have none."""

    column: str
    levels: tuple[str, ...]
    released: ReleasedCounts
    bars: Bars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All facets of a selection, and how many of how many `persons` are selected; -1 where a number is hidden.

    `followed` are those of them whose first stay goes on after the month from which curves run: the figures of
    departure begin with them. Who had left and come back by then is selected, and not followed.
    """

    selection: Predicate
    parts: tuple[FacetCounts, ...]
    selected: int
    followed: int
    persons: int
    rules: Rules


def _columns(codes: Codes, numbers: Mapping[str, InBars]) -> tuple[str, ...]:
    """Return the columns that have a facet, those a reader chooses people by: categories and numbers."""
    named = [
        "cohort",
        "nationality_group" if "nationality_group" in codes.groupings else "nationality",
        "sex",
    ]
    extra = [column.name for column in codes.info.columns]
    return tuple(
        name
        for name in dict.fromkeys((*named, *NUMBERS, *extra))
        if name in codes.groupings or name in numbers
    )


def count_facets(codes: Codes, selection: Predicate, rules: Rules, hand: DragIndex | None = None) -> Facets:
    """Count every facet under all other conditions of `selection`; `hand` counts while a range is dragged."""
    hand = hand or DragIndex(rules)
    numbers = numbers_in_bars(codes, rules)
    found: dict[Predicate, BoolArray] = {}

    def rows_of(wanted: Predicate) -> BoolArray:
        if wanted not in found:
            found[wanted] = _rows(codes, wanted)
        return found[wanted]

    parts = []
    for column in _columns(codes, numbers):
        number = numbers.get(column)
        grouping = number.grouping if number is not None else codes.groupings[column]
        counts = hand.count(codes, without(selection, column), grouping, rows_of)
        parts.append(
            FacetCounts(
                column=column,
                levels=grouping.levels,
                released=release_counts(counts, rules),
                bars=number.bars if number is not None else None,
            )
        )
    everyone = Grouping(name="", levels=("",), codes=np.broadcast_to(np.uint16(0), codes.persons))
    selected = release_counts(hand.count(codes, selection, everyone, rows_of), rules).total
    later = start_month(selection) > 0
    return Facets(
        selection=selection,
        parts=tuple(parts),
        selected=selected,
        followed=_followed(codes, rows_of(selection), selection, rules) if later else selected,
        persons=persons_told(codes, rules),
        rules=rules,
    )


def persons_told(codes: Codes, rules: Rules) -> int:
    """Return how many persons there are to select from; -1 where that is hidden."""
    return release_counts(np.asarray([codes.persons]), rules).total


def _followed(codes: Codes, mask: BoolArray, selection: Predicate, rules: Rules) -> int:
    """Count those whose first stay goes on after the month from which curves run; beside all, neither tells of few."""
    day = MONTH_DAYS[min(start_month(selection), LAST_MONTH)]
    followed = int((mask & (codes.duration > np.maximum(codes.entry, day))).sum())
    counts = np.asarray([followed, int(mask.sum()) - followed])
    return int(release_counts(counts, rules).counts[0])


def _rows(codes: Codes, selection: Predicate) -> BoolArray:
    mask = rows(selection, codes)
    start = start_month(selection)
    if start:
        mask = mask & unpack(codes.present[min(start, codes.months - 1)], codes.persons)
    return mask
