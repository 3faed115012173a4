"""The least sum of check losses Σ w · ρ_τ(y − x b): by interior point, then exactly, at a vertex.

Minimising it over b is a linear program, whose dual is

    max y'a   subject to   x'a = (1 − τ) x'w   and   0 ≤ a ≤ w,

so that frequency weights are no more than bounds. The interior point method is that of Portnoy and Koenker (Statistical
Science 1997) with Mehrotra's predictor and corrector (SIAM Journal on Optimization 1992). It ends near a solution; from
there a few steps of the simplex method in the way of Barrodale and Roberts (SIAM Journal on Numerical Analysis 1973)
reach one exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.results import FloatArray, IntArray

TOLERANCE: Final = 1e-10
"""Duality gap at which the interior point method stops, relative to the sum of losses at its start."""
MOST_STEPS: Final = 100
TO_THE_BOUND: Final = 0.99995
ROUNDING: Final = 1e-11
"""A residual this small, relative to the terms it is made of, is 0; likewise a slope."""
DEPENDENT: Final = 1e-7
MOST_PIVOTS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Coefficients (k,), and whether the interior point method closed its duality gap."""

    estimate: FloatArray
    converged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A point inside: the dual `a` and its distance `s` to the upper bound; b; negative and positive residuals."""

    a: FloatArray
    s: FloatArray
    b: FloatArray
    z: FloatArray
    v: FloatArray

    @property
    def gap(self) -> float:
        return float(self.a @ self.z + self.s @ self.v)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Direction:
    a: FloatArray
    b: FloatArray
    z: FloatArray
    v: FloatArray


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
    """Minimise Σ w · ρ_τ(y − x b), of a design `x` of shape (rows, k) and positive weights; tau between 0 and 1.

    Returns
    -------
    A vertex of the set of solutions (k rows fitted exactly); the last point of the interior point method if no vertex
    is as good, which rounding can bring about. None where the columns depend on each other.
    """
    from scipy.linalg import cho_solve, solve_triangular

    factor = triangular(x, weight)
    if factor is None:
        return None
    # In orthonormal columns and residuals of size 1 the method knows no units.
    inverse = solve_triangular(factor, np.eye(len(factor)))
    white = x @ inverse
    squares = cho_solve((factor, False), x.T @ (weight * y))
    residual = y - x @ squares
    size = float(weight @ np.abs(residual) / weight.sum())
    if (np.abs(residual) <= zero(x, y, squares)).all():
        return Solution(estimate=squares, converged=True)
    inside, converged = _interior_point(white, residual / size, weight, tau)
    near = squares + size * (inverse @ inside)
    exact = _vertex(x, y, weight, tau, near, white)
    if exact is not None:
        before = loss(y - x @ near, weight, tau)
        if loss(y - x @ exact, weight, tau) <= before * (1 + ROUNDING):
            return Solution(estimate=exact, converged=converged)
    return Solution(estimate=near, converged=converged)


def _interior_point(x: FloatArray, y: FloatArray, weight: FloatArray, tau: float) -> tuple[FloatArray, bool]:
    """Return coefficients and whether the gap closed. Residuals of b = 0 are y."""
    from scipy.linalg import LinAlgError

    point = _start(x, y, weight, tau)
    enough = TOLERANCE * loss(y, weight, tau)
    for _ in range(MOST_STEPS):
        if point.gap <= enough:
            return point.b, True
        try:
            point = _step(x, point)
        except LinAlgError:
            # Weights too far apart for a Cholesky decomposition: as near as arithmetic comes.
            break
    return point.b, False


def _start(x: FloatArray, y: FloatArray, weight: FloatArray, tau: float) -> _Point:
    """Begin at least squares, inside of all bounds."""
    margin = 0.1
    return _Point(
        a=(1 - tau) * weight,
        s=tau * weight,
        b=np.zeros(x.shape[1]),
        z=np.maximum(-y, 0) + margin,
        v=np.maximum(y, 0) + margin,
    )


def _step(x: FloatArray, point: _Point) -> _Point:
    """Newton's direction to the solution itself shows how far it leads; the corrected one is followed."""
    from scipy.linalg import cho_factor

    d = 1 / (point.z / point.a + point.v / point.s)
    factor = cho_factor(x.T @ (d[:, None] * x))
    zeros = np.zeros(())
    first = _direction(x, point, d, factor, zeros, zeros)
    primal, dual = _lengths(point, first)
    if min(primal, dual) < 1:
        after = _moved(point, first, primal, dual).gap
        aim = (after / point.gap) ** 3 * point.gap / (2 * len(d))
        crossed = first.a * first.z, -first.a * first.v
        first = _direction(x, point, d, factor, aim - crossed[0], aim - crossed[1])
        primal, dual = _lengths(point, first)
    return _moved(point, first, primal, dual)


def _direction(
    x: FloatArray,
    point: _Point,
    d: FloatArray,
    factor: tuple[FloatArray, bool],
    aim_a: FloatArray,
    aim_s: FloatArray,
) -> _Direction:
    """Solve Newton's equations towards a·z = `aim_a` and s·v = `aim_s`, keeping x'a, and x b + v − z, as they are."""
    from scipy.linalg import cho_solve

    pull = (point.z - point.v) - aim_a / point.a + aim_s / point.s
    b = -np.asarray(cho_solve(factor, x.T @ (d * pull)), dtype=np.float64)
    a = -d * (x @ b + pull)
    return _Direction(
        a=a,
        b=b,
        z=aim_a / point.a - point.z - point.z / point.a * a,
        v=aim_s / point.s - point.v + point.v / point.s * a,
    )


def _lengths(point: _Point, way: _Direction) -> tuple[float, float]:
    """How far along, at most 1, before a bound is met: in the dual a and in the residuals."""
    a = min(_room(point.a, way.a), _room(point.s, -way.a))
    b = min(_room(point.z, way.z), _room(point.v, way.v))
    return min(TO_THE_BOUND * a, 1.0), min(TO_THE_BOUND * b, 1.0)


def _room(value: FloatArray, change: FloatArray) -> float:
    fastest = float((-change / value).max())
    return 1 / fastest if fastest > 0 else np.inf


def _moved(point: _Point, way: _Direction, a: float, b: float) -> _Point:
    return _Point(
        a=point.a + a * way.a,
        s=point.s - a * way.a,
        b=point.b + b * way.b,
        z=point.z + b * way.z,
        v=point.v + b * way.v,
    )


def _vertex(
    x: FloatArray, y: FloatArray, weight: FloatArray, tau: float, near: FloatArray, white: FloatArray
) -> FloatArray | None:
    """Fit exactly the independent rows nearest to their fit, then go down edges while any leads down."""
    basis = _independent(white, np.argsort(np.abs(y - x @ near), kind="stable"))
    for _ in range(MOST_PIVOTS):
        try:
            edges = np.asarray(np.linalg.inv(x[basis]), dtype=np.float64)
        except np.linalg.LinAlgError:
            return None
        estimate = np.asarray(np.linalg.solve(x[basis], y[basis]), dtype=np.float64)
        better = _pivot(x, y, weight, tau, basis, estimate, edges)
        if better is None:
            return np.asarray(estimate, dtype=np.float64)
        basis = better
    return None


def _independent(white: FloatArray, order: IntArray) -> IntArray:
    """Rows in order, each if not a combination of those before, shape (k,)."""
    k = white.shape[1]
    axes = np.zeros((0, k))
    chosen: list[int] = []
    for row in order.tolist():
        across = white[row] - axes.T @ (axes @ white[row])
        across -= axes.T @ (axes @ across)
        length = np.sqrt(across @ across)
        if length > DEPENDENT * np.sqrt(white[row] @ white[row]):
            axes = np.vstack((axes, across / length))
            chosen.append(row)
        if len(chosen) == k:
            break
    return np.asarray(chosen, dtype=np.int64)


def _pivot(
    x: FloatArray,
    y: FloatArray,
    weight: FloatArray,
    tau: float,
    basis: IntArray,
    estimate: FloatArray,
    edges: FloatArray,
) -> IntArray | None:
    """Leave the vertex by its steepest edge, to where the loss is least on it; None when no edge leads down.

    Along edge j the residual of row `basis[j]` falls, all others of the basis stay 0.
    """
    along = x @ edges
    residual = y - x @ estimate
    residual[basis] = 0
    residual[np.abs(residual) <= zero(x, y, estimate)] = 0
    pull = weight * np.where(residual > 0, -tau, 1 - tau) * (residual != 0) @ along
    tied = np.flatnonzero(residual == 0)
    up, down = np.maximum(along[tied], 0), np.maximum(-along[tied], 0)
    forward = pull + weight[tied] @ ((1 - tau) * up + tau * down)
    backward = -pull + weight[tied] @ (tau * up + (1 - tau) * down)
    slopes = np.concatenate((forward, backward)) / np.tile(weight @ np.abs(along), 2)
    steepest = int(slopes.argmin())
    if slopes[steepest] >= -ROUNDING:
        return None
    leaving, sign = steepest % len(basis), 1 if steepest < len(basis) else -1
    rate = sign * along[:, leaving]
    met = np.flatnonzero(
        (residual * rate > 0) & (np.abs(along[:, leaving]) > DEPENDENT * np.abs(along[:, leaving]).max())
    )
    met = met[np.argsort(residual[met] / rate[met], kind="stable")]
    slope = (forward if sign > 0 else backward)[leaving] + np.cumsum(weight[met] * np.abs(rate[met]))
    turning = np.flatnonzero(slope >= 0)
    if not len(turning):
        return None
    entering = basis.copy()
    entering[leaving] = met[turning[0]]
    return entering
