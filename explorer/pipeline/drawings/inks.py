"""Colours by role: which ink a series has."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np

from explorer.pipeline.drawings.frame import Sheet
from models.results import SELECTION, Curves
from models.selection import WORK_STATES
from models.shortcuts import ALL_PRESENT, ALL_SETTLED, CURVE, EVERYONE, SHORTCUT, TRUTH
from widgets.pictures.chart import Ink

MOST_COLOURED: Final = 8
MOST_NAMED: Final = 5
"""Of more parts than can be told apart, so many are coloured: the largest."""

Key: TypeAlias = tuple[str, ...]
Style: TypeAlias = Literal["line", "dashed", "dots"]

CURVE_STYLES: Final[dict[str, Style]] = {
    SHORTCUT: "dashed",
    ALL_SETTLED: "dashed",
    TRUTH: "dots",
    "observed": "dots",
}
BESIDE: Final = (ALL_PRESENT, ALL_SETTLED, TRUTH)
"""Curves that help to read a shortcut and its right curve."""

STATE_INKS: Final = {
    "permanent": Ink(kind="categorical", index=0, of=8),
    "fixed-term": Ink(kind="categorical", index=1, of=8),
    "on-call": Ink(kind="categorical", index=2, of=8),
    "agency": Ink(kind="categorical", index=3, of=8),
    "other": Ink(kind="categorical", index=4, of=8),
    "not working": Ink(kind="categorical", index=7, of=8),
    "departed": Ink(kind="grey"),
}
"""A state has the colour of its contract wherever it is drawn; who departed is grey."""
STACKED: Final = ("permanent", "fixed-term", "on-call", "agency", "other", "not working", "departed")
"""States from the bottom up: those who work, by how firm the contract is, those who do not, those who left."""
assert set(STACKED) == {*WORK_STATES, "departed"}


def inks_of(curves: Curves, sheet: Sheet) -> tuple[Ink, ...]:
    """Colours by the place of a level in its whole column, so that a filter never recolours a group."""
    if curves.by[:1] != (SELECTION,):
        sizes = dict(zip(curves.keys, _sizes(curves), strict=True))
        found = _inks(curves.by, curves.part, sizes, sheet)
        return tuple(found[key] for key in curves.keys)
    if _one_each(curves):
        names = list(dict.fromkeys(key[0] for key in curves.keys))
        return tuple(Ink(kind="categorical", index=names.index(key[0]), of=2) for key in curves.keys)
    # The same part has one colour in both selections; the second one's lines are dashed.
    largest: dict[Key, float] = {}
    for key, size in zip(curves.keys, _sizes(curves), strict=True):
        largest[key[1:]] = max(largest.get(key[1:], 0.0), size)
    found = _inks(curves.by[1:], curves.part, largest, sheet)
    return tuple(found[key[1:]] for key in curves.keys)


def style_of(key: Key, curves: Curves) -> Style:
    """Return how a series is drawn: dashed beside the series whose colour it shares, dots for a known truth."""
    if curves.part == CURVE:
        return CURVE_STYLES.get(key[-1], "line")
    alone = curves.by[:1] != (SELECTION,) or _one_each(curves)
    return "line" if alone or key[0] == curves.keys[0][0] else "dashed"


def _one_each(curves: Curves) -> bool:
    """Whether each of two selections has one series: then the selections have the colours."""
    return len({key[1:] for key in curves.keys}) == 1


def _sizes(curves: Curves) -> list[float]:
    """Return the greatest estimate of each series."""
    return [float(size) for size in np.nan_to_num(curves[curves.estimate], nan=0.0).max(axis=1, initial=0.0)]


def _inks(by: tuple[str, ...], part: str, sizes: dict[Key, float], sheet: Sheet) -> dict[Key, Ink]:
    """Return the ink of each key, from the greatest estimate of each."""
    keys = list(sizes)
    if not by and not part:
        return dict.fromkeys(keys, Ink(kind="single"))
    if part == "state" and not by:
        return {key: STATE_INKS.get(key[0], Ink(kind="grey")) for key in keys}
    if part == CURVE:
        return _of_shortcuts(by, sizes, sheet)
    if len(by) == 1 and not part and by[0] in sheet.groupings:
        return _of_levels(by[0], keys, sheet)
    if part and not by and len(keys) > MOST_COLOURED:
        return _largest_coloured(sizes)
    if len(keys) > MOST_COLOURED:
        return {key: Ink(kind="grey", index=index) for index, key in enumerate(keys)}
    return {
        key: Ink(kind="grey", index=index)
        if key[-1] == "unknown" and part != "destination"
        else Ink(kind="categorical", index=index, of=len(keys))
        for index, key in enumerate(keys)
    }


def _of_shortcuts(by: tuple[str, ...], sizes: dict[Key, float], sheet: Sheet) -> dict[Key, Ink]:
    """A shortcut has the colour of the right curve of its group; what stands beside both is grey."""
    groups = {key[:-1]: size for key, size in sizes.items() if EVERYONE not in key[:-1]}
    found = _inks(by, "", groups, sheet)
    return {
        key: Ink(kind="grey") if key[-1] in BESIDE else found.get(key[:-1], Ink(kind="single"))
        for key in sizes
    }


def _of_levels(column: str, keys: list[Key], sheet: Sheet) -> dict[Key, Ink]:
    grouping = sheet.groupings.get(column)
    if grouping is None:
        # A column that the view made, not one of persons: treatments beside each other.
        return {key: Ink(kind="categorical", index=place) for place, key in enumerate(keys)}
    places = [grouping.levels.index(key[0]) for key in keys]
    if len(keys) > MOST_COLOURED:
        return {key: Ink(kind="grey", index=place) for key, place in zip(keys, places, strict=True)}
    kind: Literal["ordered", "categorical"] = "ordered" if grouping.ordered else "categorical"
    of = len(grouping.levels)
    if len(set(places)) < of and max(places) >= MOST_COLOURED:
        places, of = list(range(len(keys))), len(keys)
    # Those whose level is not known are few and nobody's comparison: drawn, in grey.
    return {
        key: Ink(kind="grey", index=place) if key[0] == "unknown" else Ink(kind=kind, index=place, of=of)
        for key, place in zip(keys, places, strict=True)
    }


def _largest_coloured(sizes: dict[Key, float]) -> dict[Key, Ink]:
    """Of many parts the largest are coloured, the others grey until hovered."""
    ordered = sorted(sizes, key=lambda key: -sizes[key])[:MOST_NAMED]
    return {
        key: Ink(kind="categorical", index=ordered.index(key))
        if key in ordered
        else Ink(kind="grey", index=index)
        for index, key in enumerate(sizes)
    }
