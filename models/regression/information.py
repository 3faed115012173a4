"""What scoring asks of a design: linear predictors, scores and information, without the matrix where that is faster.

Cells of person-time lie in a grid of groups and months, and most columns speak of the one or of the other alone: then
every product is that of two small matrices with the grid (Currie, Durban and Eilers, JRSS B 2006, 259-280).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from models.regression.bases import Basis
from models.regression.design import Cells, DesignColumn, matrix, value_of
from models.results import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Dense:
    """The matrix X itself, shape (rows, k)."""

    x: FloatArray

    @property
    def columns(self) -> int:
        """How many columns there are, k."""
        return int(self.x.shape[1])

    def linear(self, beta: FloatArray) -> FloatArray:
        """Return X b, shape (rows,)."""
        return np.asarray(self.x @ beta)

    def score(self, residual: FloatArray) -> FloatArray:
        """Return Xᵀ r, shape (k,)."""
        return np.asarray(self.x.T @ residual)

    def information(self, weight: FloatArray) -> FloatArray:
        """Return Xᵀ diag(w) X, shape (k, k)."""
        # A matrix with its own transpose takes half the multiplications.
        halved = self.x * np.sqrt(weight)[:, None]
        return np.asarray(halved.T @ halved)

    def column(self, place: int) -> FloatArray:
        """Return one column, shape (rows,)."""
        return np.asarray(self.x[:, place])

    def dense(self) -> FloatArray:
        """Return X."""
        return self.x


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Columns of months alone, then columns of groups alone.

    `month` and `group` are the place of each row in the grid, shape (rows,); `of_month` and `of_group` the values of
    the columns by month, shape (months, a), and by group, shape (groups, b).
    """

    month: IntArray
    group: IntArray
    of_month: FloatArray
    of_group: FloatArray

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return int(self.of_month.shape[1] + self.of_group.shape[1])

    def linear(self, beta: FloatArray) -> FloatArray:
        """Return X b."""
        own = self.of_month.shape[1]
        return np.asarray((self.of_month @ beta[:own])[self.month] + (self.of_group @ beta[own:])[self.group])

    def score(self, residual: FloatArray) -> FloatArray:
        """Return Xᵀ r."""
        grid = self._grid(residual)
        return np.concatenate([self.of_month.T @ grid.sum(axis=0), self.of_group.T @ grid.sum(axis=1)])

    def information(self, weight: FloatArray) -> FloatArray:
        """Return Xᵀ diag(w) X."""
        grid = self._grid(weight)
        own, out = self.of_month.shape[1], np.empty((self.columns, self.columns))
        out[:own, :own] = (self.of_month * grid.sum(axis=0)[:, None]).T @ self.of_month
        out[own:, own:] = (self.of_group * grid.sum(axis=1)[:, None]).T @ self.of_group
        out[:own, own:] = self.of_month.T @ grid.T @ self.of_group
        out[own:, :own] = out[:own, own:].T
        return out

    def column(self, place: int) -> FloatArray:
        """Return one column."""
        own = self.of_month.shape[1]
        if place < own:
            return np.asarray(self.of_month[self.month, place])
        return np.asarray(self.of_group[self.group, place - own])

    def dense(self) -> FloatArray:
        """Return X."""
        return np.hstack([self.of_month[self.month], self.of_group[self.group]])

    def _grid(self, values: FloatArray) -> FloatArray:
        """Return values of the rows in the grid, shape (groups, months); 0 where there is no row."""
        grid = np.zeros((len(self.of_group), len(self.of_month)))
        grid[self.group, self.month] = values
        return grid


Design: TypeAlias = Dense | Crossed
"""A design matrix X, by what is asked of it."""


def design_of(
    columns: tuple[DesignColumn, ...], cells: Cells, basis: Basis, kept: list[int], used: BoolArray
) -> Design:
    """Return the design of the columns `kept` in the rows `used`."""
    wanted = tuple(columns[place] for place in kept)
    own = sum(1 for column in wanted if column.basis >= 0)
    # The baseline stands first; a column of a group and a month takes the whole matrix.
    apart = all(column.trend < 0 and (column.basis >= 0) != bool(column.parts) for column in wanted)
    if not apart or not own or any(column.basis < 0 for column in wanted[:own]):
        return Dense(matrix(wanted, cells, basis)[used])
    values = [value_of(column, cells) for column in wanted[own:]]
    return Crossed(
        month=cells.month[used],
        group=cells.group[used],
        of_month=basis.values[:, [column.basis for column in wanted[:own]]],
        of_group=np.column_stack(values) if values else np.empty((len(cells.table), 0)),
    )
