"""The design matrix of a regression on cells: which columns, what they are called, which of them can be estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

import numpy as np

from models.fit import Coefficients, Fit, Lack, LeftOut
from models.regression.bases import Basis
from models.regression.formula import Formula, Term
from models.results import BoolArray, FloatArray, IntArray
from models.rules import NONE, Rules
from models.tally.covariates import Covariate

MONTH = "month"
Part: TypeAlias = tuple[int, int]
"""A factor of a column: the covariate's place, and the level's (-1 for a number itself)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignColumn:
    """One column of a design: the product of its parts and of a column of the basis.

    `term` is the term it belongs to, () for the baseline; `basis` and `trend` are places in the Basis, -1 for none.
    """

    name: str
    term: Term
    parts: tuple[Part, ...] = ()
    basis: int = -1
    trend: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Rows of a regression, one a group and month.

    Attributes
    ----------
    columns, table
        Covariates and their places by group, shape (groups, columns).
    group, month
        Group of each row and its place in the months of the basis, shape (rows,).
    """

    columns: tuple[Covariate, ...]
    table: IntArray
    group: IntArray
    month: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A fit with what prediction needs of it: columns and basis. No row of a person, no design matrix.

    Attributes
    ----------
    columns, fitted
        All columns that were fitted, and their coefficients; of some none is told in `fit`.
    apart, direction
        Columns, and their changes along which events separate: where these go down nobody has one, where up everybody.
    rules, hidden
        What its coefficients were told under, and which of them are not told; shape (columns,), none of an exact fit.
    """

    fit: Fit
    columns: tuple[DesignColumn, ...]
    fitted: Coefficients
    basis: Basis
    apart: tuple[DesignColumn, ...] = ()
    direction: FloatArray = field(default_factory=lambda: np.empty(0))
    rules: Rules = NONE
    hidden: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


def columns_of(formula: Formula, cells: Cells, basis: Basis) -> tuple[DesignColumn, ...]:
    """Return the columns asked for, in order: baseline, terms, interactions with month.

    Only levels that occur get a column; the reference is the first of them unless another is asked.
    """
    levels = [_levels(place, cells, formula.references) for place in range(len(cells.columns))]
    names = [column.name for column in cells.columns]
    out = [DesignColumn(name=name, term=(), basis=place) for place, name in enumerate(basis.names)]
    for term in formula.terms:
        for parts in product(*(levels[names.index(name)] for name in term)):
            out.append(DesignColumn(name=_name(parts, cells.columns), term=term, parts=parts))
    for name in formula.by_month:
        for part in levels[names.index(name)]:
            for trend, suffix in enumerate(basis.trend_names):
                label = f"{_name((part,), cells.columns)}:{suffix}"
                out.append(DesignColumn(name=label, term=(name, MONTH), parts=(part,), trend=trend))
    return tuple(out)


def references_of(formula: Formula, cells: Cells) -> tuple[str, ...]:
    """Return the reference level of every category, as ``column[level]``."""
    out = []
    for place, column in enumerate(cells.columns):
        if not column.is_number:
            used = np.unique(cells.table[np.unique(cells.group), place])
            out.append(f"{column.name}[{column.levels[_reference(column, used, formula.references)]}]")
    return tuple(out)


def matrix(columns: tuple[DesignColumn, ...], cells: Cells, basis: Basis) -> FloatArray:
    """Return the design matrix, shape (rows, columns)."""
    out = np.empty((len(cells.group), len(columns)), order="F")
    values: dict[Part, FloatArray] = {}
    for place, column in enumerate(columns):
        row = value_of(column, cells, values)[cells.group]
        if column.basis >= 0:
            row = row * basis.values[cells.month, column.basis]
        if column.trend >= 0:
            row = row * basis.trend[cells.month, column.trend]
        out[:, place] = row
    return out


def value_of(column: DesignColumn, cells: Cells, known: dict[Part, FloatArray] | None = None) -> FloatArray:
    """Return what a column is in each group, whatever the month, shape (groups,); `known` keeps its parts."""
    values = {} if known is None else known
    out = np.ones(len(cells.table))
    for part in column.parts:
        if part not in values:
            values[part] = _value(part, cells)
        out = out * values[part]
    return out


def constant_of(basis: Basis, columns: tuple[DesignColumn, ...], kept: list[int]) -> FloatArray:
    """Return the coefficients of the kept columns for which every row of the design is 1, where there are such."""
    return np.asarray(
        [basis.constant[columns[place].basis] if columns[place].basis >= 0 else 0.0 for place in kept]
    )


def aliased(
    x: FloatArray, weights: FloatArray, names: tuple[str, ...], tolerance: float = 1e-8
) -> dict[int, tuple[str, ...]]:
    """Return the columns that earlier ones determine, each with the names of those that do.

    A column is determined when what remains of it after the earlier ones is less than `tolerance` of its length.
    """
    scaled = x * np.sqrt(weights)[:, None]
    length = np.linalg.norm(scaled, axis=0)
    scaled = scaled / np.where(length > 0, length, 1.0)
    if _surely_independent(scaled):
        return {}
    upper = np.asarray(np.linalg.qr(scaled, mode="r"), dtype=np.float64)
    out: dict[int, tuple[str, ...]] = {}
    kept: list[int] = []
    for place in range(x.shape[1]):
        rest = _remainder(upper, kept, place)
        if length[place] == 0 or rest < tolerance:
            out[place] = _determinants(upper, kept, place, names) if length[place] > 0 else ()
        else:
            kept.append(place)
    return out


def _surely_independent(scaled: FloatArray) -> bool:
    """Whether much remains of every column of length 1 after the earlier ones, by Cholesky's factor: its diagonal.

    Products lose half the digits, so that a small remainder is left to be judged by the columns themselves.
    """
    try:
        remainders = np.diag(np.linalg.cholesky(scaled.T @ scaled))
    except np.linalg.LinAlgError:
        return False
    return bool((remainders > 1e-4).all())


def _remainder(upper: FloatArray, kept: list[int], place: int) -> float:
    column = upper[:, place]
    if not kept:
        return float(np.linalg.norm(column))
    if len(kept) == place:
        # All earlier columns were kept: the remainder stands on the diagonal.
        return float(abs(upper[place, place])) if place < len(upper) else 0.0
    basis = upper[:, kept]
    solution = np.linalg.lstsq(basis, column, rcond=None)[0]
    return float(np.linalg.norm(column - basis @ solution))


def _determinants(upper: FloatArray, kept: list[int], place: int, names: tuple[str, ...]) -> tuple[str, ...]:
    solution = np.linalg.lstsq(upper[:, kept], upper[:, place], rcond=None)[0]
    return tuple(names[at] for at, size in zip(kept, solution, strict=True) if abs(size) > 1e-6)


def left_out(
    columns: tuple[DesignColumn, ...],
    places: Mapping[int, tuple[str, ...]],
    persons: IntArray,
    events: IntArray,
) -> tuple[LeftOut, ...]:
    """Return what is to be said of collinear columns; those of combinations that never occur need no word."""
    return tuple(
        LeftOut(
            term=columns[place].name,
            lack=Lack.COLLINEAR,
            persons=int(persons[place]),
            events=int(events[place]),
            with_terms=others,
        )
        for place, others in places.items()
        if others
    )


def rows_of(column: DesignColumn, cells: Cells) -> BoolArray:
    """Return the rows a column speaks of: those of its levels, and of its month when it is a step."""
    inside = np.ones(len(cells.table), dtype=np.bool_)
    for place, level in column.parts:
        if level >= 0:
            inside &= cells.table[:, place] == level
    return np.asarray(inside[cells.group])


def _levels(place: int, cells: Cells, references: Mapping[str, str]) -> list[Part]:
    """Return the levels of a category that get a column, or the number itself."""
    column = cells.columns[place]
    if column.is_number:
        return [(place, -1)]
    used = np.unique(cells.table[np.unique(cells.group), place])
    reference = _reference(column, used, references)
    return [(place, int(level)) for level in used if level != reference]


def _reference(column: Covariate, used: IntArray, references: Mapping[str, str]) -> int:
    wanted = references.get(column.name)
    if wanted in column.levels and column.levels.index(wanted) in used:
        return column.levels.index(wanted)
    return int(used[0])


def _value(part: Part, cells: Cells) -> FloatArray:
    place, level = part
    column = cells.columns[place]
    if column.values is not None:
        return np.asarray(column.values[cells.table[:, place]], dtype=np.float64)
    return np.asarray(cells.table[:, place] == level, dtype=np.float64)


def _name(parts: tuple[Part, ...], columns: tuple[Covariate, ...]) -> str:
    named = []
    for place, level in parts:
        column = columns[place]
        if level < 0 or column.name.endswith("]"):
            named.append(column.name)
        else:
            named.append(f"{column.name}[{column.levels[level]}]")
    return ":".join(named)
