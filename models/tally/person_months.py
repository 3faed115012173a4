"""The tally of person-months: who was seen in which state on each month day, person by person.

Errors clustered by person need the months of a person together; everything else is had from sums by cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.clocks import from_day_number
from models.results import BoolArray, FloatArray, IntArray
from models.tally.choosing import Chosen
from models.tally.codes import Bits, Codes, unpack
from models.tally.covariates import Covariate, group_by

TIME_VARYING = ("contract", "sector")
"""Columns of the main job on the month day: known of those who work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMonths:
    """Observations on month days, those of one person next to each other.

    Attributes
    ----------
    columns, table
        Covariates and their places, shape (groups, columns).
    starts
        First observation of each person and the number of observations, shape (persons + 1,).
    person, group, month
        Row of the person in the codes, group and month of each observation.
    value
        1 for working and 0 for not; or the natural logarithm of the hourly wage in EUR.
    cents
        Hourly wage in cents for wages, else empty.
    """

    columns: tuple[Covariate, ...]
    table: IntArray
    starts: IntArray
    person: IntArray
    group: IntArray
    month: IntArray
    value: FloatArray
    cents: NDArray[np.int32]
    missing: int
    start_month: int

    @property
    def persons(self) -> int:
        """Persons with at least one observation."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflator:
    """What an euro of a calendar month is worth in euros of the base month.

    `factors[i]` belongs to month number first + i, a month number being year × 12 + month − 1; NaN where the index
    is unknown.
    """

    first: int
    factors: FloatArray

    def of(self, month_number: IntArray) -> FloatArray:
        """Return the factor of each month, NaN outside the table."""
        place = month_number - self.first
        inside = (place >= 0) & (place < len(self.factors))
        return np.where(inside, self.factors[np.clip(place, 0, len(self.factors) - 1)], np.nan)


def count_work_months(codes: Codes, chosen: Chosen, columns: tuple[str, ...]) -> PersonMonths:
    """Return every month day on which a person of `chosen` was present, observable and aged 18 to 64."""
    seen = _by_person(codes.present & codes.of_age, codes, chosen)
    covariates = group_by(codes, np.asarray(seen.any(axis=1)), columns)
    seen &= (covariates.group >= 0)[:, None]
    person, month = np.nonzero(seen)
    working = _by_person(codes.working, codes, chosen)
    return PersonMonths(
        columns=covariates.columns,
        table=covariates.table,
        starts=_starts(person),
        person=person,
        group=covariates.group[person],
        month=month,
        value=working[person, month].astype(np.float64),
        cents=np.empty(0, dtype=np.int32),
        missing=covariates.missing,
        start_month=chosen.start_month,
    )


def count_wage_months(
    codes: Codes,
    chosen: Chosen,
    columns: tuple[str, ...],
    *,
    deflator: Deflator | None = None,
    balanced: tuple[int, int] | None = None,
) -> PersonMonths:
    """Return every month day on which a person of `chosen`, aged 18 to 64, worked for a usable hourly wage.

    `columns` are those of persons, and ``contract`` or ``sector`` of the main job. With a `deflator` wages are real,
    and months without an index are left out. `balanced` are the first and last month of a panel: only persons with a
    wage at every month between them, and only those months.
    """
    cents = wage_grid(codes, chosen)
    if balanced is not None:
        first, last = balanced
        cents[:, :first], cents[:, last + 1 :] = 0, 0
        cents[(cents[:, first : last + 1] == 0).any(axis=1)] = 0
    of_person = tuple(name for name in columns if name not in TIME_VARYING)
    covariates = group_by(codes, np.asarray((cents > 0).any(axis=1)), of_person)
    cents[covariates.group < 0] = 0
    person, month = np.nonzero(cents)
    paid = cents[person, month]
    factor = np.ones(len(paid))
    if deflator is not None:
        factor = deflator.of(month_numbers(codes, person, month))
        known = ~np.isnan(factor)
        person, month, paid, factor = person[known], month[known], paid[known], factor[known]
    group, table, all_columns = covariates.group[person], covariates.table, covariates.columns
    for name in columns:
        if name in TIME_VARYING:
            maps = codes.contract if name == "contract" else codes.sector
            group, table, all_columns = _with_state(
                name, maps, codes, (person, month), (group, table, all_columns)
            )
    found = [column.name for column in all_columns]
    order = [found.index(name) for name in columns]
    return PersonMonths(
        columns=tuple(all_columns[place] for place in order),
        table=table[:, order],
        starts=_starts(person),
        person=person,
        group=group,
        month=month,
        value=np.log(paid / 100.0 * factor),
        cents=paid,
        missing=covariates.missing,
        start_month=chosen.start_month,
    )


def wage_grid(codes: Codes, chosen: Chosen) -> NDArray[np.int32]:
    """Return the hourly wage in cents of every person and month, 0 for none; shape (persons, months)."""
    out = np.zeros((codes.persons, codes.months), dtype=np.int32)
    starts = codes.wages.starts
    month = np.repeat(np.arange(codes.months), np.diff(starts))
    out[codes.wages.person, month] = codes.wages.cents
    out[~_by_person(codes.of_age, codes, chosen)] = 0
    return out


def month_numbers(codes: Codes, person: IntArray, month: IntArray) -> IntArray:
    """Return the calendar month that holds a month day, as year × 12 + month − 1."""
    first = int(codes.settled.min(initial=0))
    days = int(codes.settled.max(initial=0)) - first + int(codes.month_days[-1]) + 1
    begin = np.datetime64(from_day_number(first), "D")
    calendar = (begin + np.arange(days)).astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.asarray(calendar[codes.settled[person] - first + codes.month_days[month]])


def _by_person(maps: Bits, codes: Codes, chosen: Chosen) -> BoolArray:
    """Return bit maps by month as a mask (persons, months), nothing before the start month or unchosen."""
    mask = unpack(maps, codes.persons).T.copy()
    mask[:, : chosen.start_month] = False
    mask[chosen.group < 0] = False
    return mask


def _starts(person: IntArray) -> IntArray:
    first = np.flatnonzero(np.diff(person, prepend=-1))
    return np.append(first, len(person)).astype(np.int64)


def _with_state(
    name: str,
    maps: Mapping[str, Bits],
    codes: Codes,
    at: tuple[IntArray, IntArray],
    groups: tuple[IntArray, IntArray, tuple[Covariate, ...]],
) -> tuple[IntArray, IntArray, tuple[Covariate, ...]]:
    """Split groups by a state of the main job on the month day."""
    person, month = at
    group, table, columns = groups
    levels = tuple(maps)
    state = np.zeros(len(person), dtype=np.int64)
    for place, bits in enumerate(maps.values()):
        state[unpack(bits, codes.persons)[month, person]] = place
    split = group * len(levels) + state
    found, position = np.unique(split, return_inverse=True)
    old, place_of = np.divmod(found, len(levels))
    return (
        position.astype(np.int64),
        np.concatenate([table[old], place_of[:, None]], axis=1),
        (*columns, Covariate(name=name, levels=levels)),
    )
