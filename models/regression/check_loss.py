"""The least sum of check losses Σ w · ρ_τ(y − x b), exactly, at a vertex: by the linear programming of HiGHS.

Minimising it over b is a linear program, whose dual is

    max y'a   subject to   x'a = (1 − τ) x'w   and   0 ≤ a ≤ w,

so that frequency weights are no more than bounds, and b are the multipliers of its equations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.results import FloatArray

ROUNDING: Final = 1e-11
"""A residual this small, relative to the terms it is made of, is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Coefficients (k,), and whether they are known to be the best."""

    estimate: FloatArray
    converged: bool


def loss(residual: FloatArray, weight: FloatArray, tau: float) -> float:
    """Return Σ w · ρ_τ(residual), where ρ_τ(r) = r (τ − 1{r < 0})."""
    return float((weight * residual * (tau - (residual < 0))).sum())


def zero(x: FloatArray, y: FloatArray, estimate: FloatArray) -> FloatArray:
    """Return for each row up to which size its residual is rounding, shape (rows,)."""
    return np.asarray(ROUNDING * (np.abs(y) + np.abs(x) @ np.abs(estimate)))


def triangular(x: FloatArray, weight: FloatArray) -> FloatArray | None:
    """Return R (k, k) with R'R = x'Wx; None where the columns depend on each other.

    Not made from the product, which would square the condition number.
    """
    rows, k = x.shape
    if rows < k:
        return None
    # Blocks that fit a processor's cache, then the blocks' factors: faster than one tall decomposition.
    size = 4096
    blocks = [
        np.linalg.qr(np.sqrt(weight[at : at + size, None]) * x[at : at + size], mode="r")
        for at in range(0, rows, size)
    ]
    factor = np.asarray(np.linalg.qr(np.concatenate(blocks), mode="r"), dtype=np.float64)
    # Columns compared at length 1: the unit of a column (years, their squares) is no matter of rank.
    length = np.sqrt((factor**2).sum(axis=0))
    if (np.abs(np.diag(factor)) <= ROUNDING * length).any():
        return None
    return np.asarray(factor, dtype=np.float64)


def least_loss(x: FloatArray, y: FloatArray, weight: FloatArray, tau: float) -> Solution | None:
    """Minimise Σ w · ρ_τ(y − x b).

    Parameters
    ----------
    x
        Design matrix, shape (rows, k).
    y
        Outcome, shape (rows,).
    weight
        Positive weights, shape (rows,).
    tau
        The quantile, between 0 and 1.

    Returns
    -------
    A vertex of the set of solutions (k rows fitted exactly). None where the columns depend on each other.
    """
    from scipy.linalg import cho_solve
    from scipy.optimize import linprog
    from scipy.sparse import csc_array

    factor = triangular(x, weight)
    if factor is None:
        return None
    squares = np.asarray(cho_solve((factor, False), x.T @ (weight * y)), dtype=np.float64)
    residual = y - x @ squares
    if (np.abs(residual) <= zero(x, y, squares)).all():
        return Solution(estimate=squares, converged=True)
    # In columns of one length and residuals of size 1 the tolerances of the program know no units.
    length = np.sqrt((factor**2).sum(axis=0) / weight.sum())
    size = float(weight @ np.abs(residual) / weight.sum())
    columns = csc_array((x / length).T)
    found = linprog(
        -residual / size,
        A_eq=columns,
        b_eq=(1 - tau) * (columns @ weight),
        bounds=np.stack([np.zeros(len(weight)), weight], axis=1),
        method="highs-ipm",
    )
    if found.status:
        return Solution(estimate=squares, converged=False)
    return Solution(estimate=squares - size * found.eqlin.marginals / length, converged=True)
