"""The combinations of covariates that occur, and the combination of every person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.results import BoolArray, FloatArray, IntArray
from models.tally.codes import Codes

MOST_DENSE = 1 << 24
"""Above so many possible combinations they are found by sorting instead of by a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariate:
    """A column as it enters a regression: its levels, or for a number its distinct values."""

    name: str
    levels: tuple[str, ...] = ()
    values: FloatArray | None = None

    @property
    def is_number(self) -> bool:
        """Whether the column enters as a number."""
        return self.values is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariates:
    """Persons grouped by everything that is known of them in a regression.

    Attributes
    ----------
    columns
        The columns, in order.
    table
        Shape (groups, columns): place among the levels or values of each column.
    group
        Group of every person of the codes, -1 for who is not in.
    persons
        Persons of each group, shape (groups,).
    missing
        Persons left out because a number is unknown.
    """

    columns: tuple[Covariate, ...]
    table: IntArray
    group: IntArray
    persons: IntArray
    missing: int

    @property
    def groups(self) -> int:
        """Number of combinations."""
        return len(self.table)


def group_by(codes: Codes, member: BoolArray, names: tuple[str, ...]) -> Covariates:
    """Return the persons of `member` grouped by the columns `names`; numbers by distinct value."""
    known = member.copy()
    for name in names:
        if name not in codes.groupings:
            known &= ~np.isnan(codes.numbers[name])
    columns: list[Covariate] = []
    places: list[NDArray[np.integer[Any]]] = []
    for name in names:
        if name in codes.groupings:
            grouping = codes.groupings[name]
            columns.append(Covariate(name=name, levels=grouping.levels))
            places.append(np.asarray(grouping.codes))
        else:
            values, place = np.unique(codes.numbers[name][known], return_inverse=True)
            everyone = np.zeros(codes.persons, dtype=np.int64)
            everyone[known] = place
            columns.append(Covariate(name=name, values=values))
            places.append(everyone)
    sizes = [max(len(c.levels) if c.values is None else len(c.values), 1) for c in columns]
    possible = int(np.prod(sizes, dtype=np.float64))
    # Narrow numbers are moved twice as fast, and this is done for every person.
    combined: NDArray[Any] = np.zeros(codes.persons, dtype=np.int32 if possible < 2**31 else np.int64)
    for part, size in zip(places, sizes, strict=True):
        combined *= size
        combined += part.astype(combined.dtype)
    everybody = bool(known.all())
    found, position = _distinct(combined if everybody else combined[known], possible)
    if everybody:
        group = position
    else:
        group = np.full(codes.persons, -1, dtype=np.int64)
        group[known] = position
    return Covariates(
        columns=tuple(columns),
        table=_split(found, sizes),
        group=group,
        persons=np.bincount(position, minlength=len(found)),
        missing=int(member.sum() - known.sum()),
    )


def _distinct(combined: IntArray, possible: int) -> tuple[IntArray, IntArray]:
    if possible > MOST_DENSE:
        found, position = np.unique(combined, return_inverse=True)
        return found, position.astype(np.int64)
    found = np.flatnonzero(np.bincount(combined, minlength=1))
    place = np.zeros(max(possible, 1), dtype=np.int64)
    place[found] = np.arange(len(found))
    if not len(combined):
        return found[:0], combined
    return found, place[combined]


def _split(found: IntArray, sizes: list[int]) -> IntArray:
    table = np.empty((len(found), len(sizes)), dtype=np.int64)
    rest = found
    for column in range(len(sizes) - 1, -1, -1):
        rest, table[:, column] = np.divmod(rest, sizes[column])
    return table
