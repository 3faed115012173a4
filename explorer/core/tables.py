"""The table of a released result: grouping columns, the axis, the parts, the measures, the status."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from models.clocks import from_day_number
from models.disclosure.fits import Answer, ReleasedFit, ReleasedNoFit, ReleasedTogether
from models.disclosure.gate import STATUS_NAMES, ReleasedCurves, ReleasedListing, ReleasedNothing, Status
from models.intervals import Z, normal_p
from models.results import Measure, Unit

Cell: TypeAlias = str | int | float | None
Kind: TypeAlias = Literal["text", "count", "number"]

FIT_COLUMNS = ("estimate", "std_error", "ci_low", "ci_high", "p_value")
DIFFERENCE_COLUMNS = ("difference", "difference_low", "difference_high")
WHOLE = frozenset({Unit.PERSONS, Unit.PERSON_DAYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its name on the command line, what it holds, and its unit if it is a measure."""

    name: str
    kind: Kind
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; None where a value is hidden or undefined. The last column is ``status``."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tabulate(released: Answer) -> Table:
    """Return the table of `released`: one row for each series and point that was observed, or for each term."""
    if isinstance(released, ReleasedFit):
        return coefficient_table(released)
    if isinstance(released, ReleasedTogether):
        return _side_by_side(released)
    if isinstance(released, ReleasedNothing | ReleasedNoFit):
        return Table(columns=(Column(name="status", kind="text"),), rows=())
    if isinstance(released, ReleasedListing):
        return _listed(released)
    if released.difference is not None:
        return _with_difference(tabulate(replace(released, difference=None)), released)
    curves = released.curves
    part = (Column(name=curves.part, kind="text"),) if curves.part else ()
    columns = (
        *(Column(name=name, kind="text") for name in curves.by),
        Column(name=curves.axis, kind="count" if curves.axis == "month" else "text"),
        *part,
        *(_measured(measure) for measure in curves.measures),
        Column(name="status", kind="text"),
    )
    points = [int(at) if curves.axis == "month" else from_day_number(int(at)).isoformat() for at in curves.at]
    whole = [measure.unit in WHOLE for measure in curves.measures]
    values = [measure.values.tolist() for measure in curves.measures]
    by = len(curves.by)
    rows = []
    for series, point in _order(curves.keys, by, curves.observed):
        key = curves.keys[series]
        cells = tuple(
            _cell(column[series][point], is_whole) for column, is_whole in zip(values, whole, strict=True)
        )
        status = STATUS_NAMES[Status(int(released.status[series, point]))]
        rows.append((*key[:by], points[point], *key[by:], *cells, status))
    return Table(columns=columns, rows=tuple(rows))


def _with_difference(table: Table, released: ReleasedCurves) -> Table:
    """Add the difference between two selections, with its limits, to the rows of the first."""
    assert released.difference is not None
    curves, first = released.difference.curves, released.curves.keys[0][0]
    names = dict(zip(DIFFERENCE_COLUMNS, (curves.estimate, curves.low, curves.high), strict=True))
    unit = next(measure.unit for measure in curves.measures if measure.name == curves.estimate)
    values = [curves[name][0].tolist() for name in names.values()]
    found = {
        int(at): [_cell(column[place], False) for column in values] for place, at in enumerate(curves.at)
    }
    none: list[Cell] = [None] * len(names)
    when = [column.name for column in table.columns].index(curves.axis)
    rows = tuple(
        (*row[:-1], *(found.get(int(row[when] or 0), none) if row[0] == first else none), row[-1])
        for row in table.rows
    )
    added = (Column(name=name, kind="number", unit=unit) for name in names)
    return Table(columns=(*table.columns[:-1], *added, table.columns[-1]), rows=rows)


def _listed(released: ReleasedListing) -> Table:
    listing = released.listing
    first = listing.keys[0] if listing.keys else ("",) * len(listing.columns)
    columns = (
        *(
            Column(name=name, kind="count" if isinstance(value, int) else "text")
            for name, value in zip(listing.columns, first, strict=True)
        ),
        *(_measured(measure) for measure in listing.measures),
        Column(name="status", kind="text"),
    )
    values = [(measure.values.tolist(), measure.unit in WHOLE) for measure in listing.measures]
    rows = tuple(
        (
            *key,
            *(_cell(column[row], whole) for column, whole in values),
            STATUS_NAMES[Status(int(released.status[row]))],
        )
        for row, key in enumerate(listing.keys)
    )
    return Table(columns=columns, rows=rows)


def _measured(measure: Measure) -> Column:
    return Column(name=measure.name, kind="count" if measure.unit in WHOLE else "number", unit=measure.unit)


def _order(keys: tuple[tuple[str, ...], ...], by: int, observed: np.ndarray) -> list[tuple[int, int]]:
    """Series and points in reading order: group, then point, then part."""
    rank = {key: index for index, key in enumerate(dict.fromkeys(key[:by] for key in keys))}
    found = [(int(series), int(point)) for series, point in np.argwhere(observed)]
    return sorted(found, key=lambda at: (rank[keys[at[0]][:by]], at[1], at[0]))


def _cell(value: float, whole: bool) -> Cell:
    if np.isnan(value):
        return None
    return int(value) if whole else value


def coefficient_table(released: ReleasedFit) -> Table:
    """Return one row a term: estimate, standard error, 95 % limits (Wald) and two-sided p-value; hidden ones empty."""
    found = released.fit.coefficients
    rows: list[tuple[Cell, ...]] = []
    for term, estimate, error in zip(
        found.terms, found.estimate.tolist(), found.std_error.tolist(), strict=True
    ):
        if math.isnan(estimate):
            rows.append((term, *[None] * len(FIT_COLUMNS)))
        else:
            p = normal_p(estimate / error) if error > 0 else None
            rows.append((term, estimate, error, estimate - Z * error, estimate + Z * error, p))
    columns = (
        Column(name="term", kind="text"),
        *(Column(name=name, kind="number", unit=Unit.NUMBER) for name in FIT_COLUMNS),
    )
    return Table(columns=columns, rows=tuple(rows))


def _side_by_side(released: ReleasedTogether) -> Table:
    """Fits of several selections below each other, the name of each in front."""
    tables = [
        (name, coefficient_table(fit))
        for name, fit in zip(released.names, released.fits, strict=True)
        if isinstance(fit, ReleasedFit)
    ]
    columns = tables[0][1].columns if tables else (Column(name="term", kind="text"),)
    return Table(
        columns=(Column(name="selection", kind="text"), *columns),
        rows=tuple((name, *row) for name, table in tables for row in table.rows),
    )
