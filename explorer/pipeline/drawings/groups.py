"""The groups of a picture with panes: which are drawn, and how they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from explorer.core.names import level_name
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import Sheet, level_text
from models.results import FEWEST, Rows

Group: TypeAlias = tuple[str | int, ...]

MOST_PANES: Final = 4


MOST_LISTED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups that are drawn, those that are too small for it, and how many there are."""

    drawn: tuple[Group, ...]
    count: int
    small: tuple[Group, ...] = ()


def groups_of(sizes: Mapping[Group, float], most: int = MOST_PANES) -> Groups:
    """Return which of the groups are drawn, given the persons in each; a size that is hidden is NaN.

    Where no group is large enough all are taken as they are: there is nothing else to look at.
    """
    large = tuple(group for group, size in sizes.items() if size >= FEWEST)
    small = tuple(group for group in sizes if group not in large) if large else ()
    return Groups(drawn=(large or tuple(sizes))[:most], small=small, count=len(sizes))


def sizes_of_listing(released: Rows, by: Sequence[str]) -> dict[Group, float]:
    """Return the persons of each group of a listing, in order: the most that stand behind one of its rows."""
    places = [released.columns.index(name) for name in by]
    persons = released.behind[0].tolist()
    out: dict[Group, float] = {}
    for key, count in zip(released.keys, persons, strict=True):
        group = tuple(key[place] for place in places)
        out[group] = float(np.fmax(out.get(group, np.nan), count))
    return out


def group_name(columns: Sequence[str], key: Sequence[str | int], sheet: Sheet, words: Words) -> str:
    """Return the name of a group, its levels one after the other; "" when there are no groups."""
    pairs = zip(columns, key, strict=True)
    return " · ".join(level_text(column, str(level), sheet, words) for column, level in pairs)


def group_pairs(columns: Sequence[str], key: Sequence[str | int]) -> tuple[tuple[str, str], ...]:
    """Return a group as columns and levels, as a pane carries it."""
    return tuple((column, str(level)) for column, level in zip(columns, key, strict=True))


def left_out(groups: Groups, columns: Sequence[str], sheet: Sheet, words: Words) -> str:
    """Return the sentences that say which groups are not drawn; "" when all are."""
    said = []
    large = groups.count - len(groups.small)
    if large > len(groups.drawn):
        said.append(
            words(
                N_("Only the first {drawn} of {count} groups are drawn; the table holds all of them."),
                drawn=len(groups.drawn),
                count=large,
            )
        )
    if groups.small:
        names = [group_name(columns, group, sheet, words) for group in groups.small[:MOST_LISTED]]
        if len(groups.small) > MOST_LISTED:
            names.append(words(N_("{count} more"), count=len(groups.small) - MOST_LISTED))
        said.append(
            words(
                N_("Too few persons to draw: {groups}; the table holds them."),
                groups=", ".join(names),
            )
        )
    return " ".join(said)


def state_name(state: str, sheet: Sheet, words: Words) -> str:
    """Return the name of a state: that of the contract of the main job, where it has one."""
    return level_name("contract", state, sheet.info, words)
