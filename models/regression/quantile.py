"""Linear quantile regression with frequency weights, and its errors where densities differ between rows.

Koenker and Bassett (Econometrica 1978); Portnoy and Koenker (Statistical Science 1997), preprocessing and interior
point method; Hall and Sheather (JRSS B 1988), bandwidth; Hendricks and Koenker (JASA 1992), covariance.
The tests compare it with R's `quantreg::rq` and `summary.rq`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.regression.check_loss import Solution, least_loss, loss, triangular, zero
from models.regression.likelihood import one_thread
from models.results import BoolArray, FloatArray, IntArray

FEW_ROWS: Final = 20_000
"""Up to this many rows, looking for those that matter costs more than it saves."""
MOST_ROUNDS: Final = 12
LEAST_DIFFERENCE: Final = float(np.finfo(np.float64).eps ** 0.5)
"""What `summary.rq` (quantreg 5.94) takes off differences of fitted values; up to it a density is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileEstimate:
    """A fitted quantile regression.

    `estimate` (k,) with its `covariance` (k, k), NaN where the densities do not determine it; `objective` is
    Σ counts · ρ_τ(residual); `converged` speaks of the fit and of both neighbours that its covariance needs.
    """

    estimate: FloatArray
    covariance: FloatArray
    objective: float
    converged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """Rows with weights; `factor` is R with R'R = x'Wx."""

    x: FloatArray
    y: FloatArray
    weight: FloatArray
    factor: FloatArray


def quantile_regression(x: FloatArray, y: FloatArray, counts: IntArray, tau: float = 0.5) -> QuantileEstimate:
    """Estimate a conditional quantile as a linear function of the columns of `x`.

    Parameters
    ----------
    x
        Design matrix of full column rank, float64, shape (rows, k).
    y
        Outcome, shape (rows,).
    counts
        How often each row occurs, positive integers, shape (rows,). The result is that of the rows repeated.
    tau
        The quantile, between 0 and 1.

    Returns
    -------
    Coefficients that minimise Σ counts · ρ_τ(y − x b), with the covariance of R's `summary.rq(se = "nid")`: a sandwich
    whose densities are difference quotients of the quantiles fitted at τ ± h. It lets the density differ between rows,
    and supposes that rows are independent. A level of a category with fewer than about 1 / (2h) observations has
    no usable density: its error is arbitrary, or the whole covariance NaN, where R stops.

    Raises
    ------
    ValueError
        `tau` is not between 0 and 1, or the columns of `x` depend on each other.

    Notes
    -----
    The minimum need not be unique, above all with tied outcomes (wages in cents) and indicator columns: the median of
    an even number is every value between the middle two. The objective is then that of any other exact program, while
    coefficients may differ. What is returned is a vertex of the set of solutions, a fit through k rows, reached from
    near the centre of that set. R's `method = "br"` returns a vertex too, not always the same one; its
    `method = "fn"` returns a point near the centre.
    """
    if not 0 < tau < 1:
        raise ValueError("tau lies between 0 and 1")
    with one_thread():
        return _estimate(x, y, counts, tau)


def _estimate(x: FloatArray, y: FloatArray, counts: IntArray, tau: float) -> QuantileEstimate:
    weight = counts.astype(np.float64)
    factor = triangular(x, weight)
    if factor is None:
        raise ValueError("the columns of x depend on each other")
    data = _Data(x=x, y=y, weight=weight, factor=factor)
    half = bandwidth(tau, int(counts.sum()))
    if len(y) <= FEW_ROWS:
        fit, low, high = (_all_rows(data, at) for at in (tau, tau - half, tau + half))
    else:
        spread = _spread(data)
        fit = _preprocessed(data, tau, spread, _guess(data, tau))
        low, high = (_preprocessed(data, at, spread, fit.estimate) for at in (tau - half, tau + half))
    density = _density(x @ (high.estimate - low.estimate), half)
    return QuantileEstimate(
        estimate=fit.estimate,
        covariance=tau * (1 - tau) * _sandwich(data, density),
        objective=loss(y - x @ fit.estimate, weight, tau),
        converged=fit.converged and low.converged and high.converged,
    )


def bandwidth(tau: float, observations: int) -> float:
    """Return the bandwidth of Hall and Sheather for 95 % intervals, halved until τ ± h lies inside (0, 1)."""
    from scipy.special import ndtri

    at = float(ndtri(tau))
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    flatness = 1.5 * density**2 / (2 * at**2 + 1)
    half = float(observations ** (-1 / 3) * ndtri(0.975) ** (2 / 3) * flatness ** (1 / 3))
    while tau - half <= 0 or tau + half >= 1:
        half /= 2
    return half


def _density(difference: FloatArray, half: float) -> FloatArray:
    """Densities at the quantile, 0 where fitted quantiles meet or cross."""
    density = np.zeros(len(difference))
    apart = difference > LEAST_DIFFERENCE
    density[apart] = 2 * half / (difference[apart] - LEAST_DIFFERENCE)
    return density


def _sandwich(data: _Data, density: FloatArray) -> FloatArray:
    """Return H⁻¹ (x'Wx) H⁻¹ with H = x'WDx."""
    from scipy.linalg import solve_triangular

    root = triangular(data.x, data.weight * density)
    if root is None:
        return np.full(data.factor.shape, np.nan)
    half = solve_triangular(root, solve_triangular(root, data.factor.T, trans="T"))
    return np.asarray(half @ half.T, dtype=np.float64)


def _all_rows(data: _Data, tau: float) -> Solution:
    solution = least_loss(data.x, data.y, data.weight, tau)
    if solution is None:  # the factor of the same rows was found before
        raise ValueError("the columns of x depend on each other")
    return solution


def _preprocessed(data: _Data, tau: float, spread: FloatArray, guess: FloatArray) -> Solution:
    """Solve by way of the rows near the quantile (Portnoy and Koenker 1997, section 5).

    Rows surely above or below act only through their sum, which does not depend on how far. `guess` says which those
    are; rows about which it erred join the middle. When all signs are right, the solution is that of all rows.
    """
    x, y, weight = data.x, data.y, data.weight
    below, above = _sides(data, tau, (y - x @ guess) / spread)
    for _ in range(MOST_ROUNDS):
        middle = ~(below | above)
        sides = [side for side in (below, above) if side.any()]
        sums = [weight[side].sum() for side in sides]
        solution = least_loss(
            np.vstack(
                (
                    x[middle],
                    *(weight[side] @ x[side] / total for side, total in zip(sides, sums, strict=True)),
                )
            ),
            np.append(
                y[middle], [weight[side] @ y[side] / total for side, total in zip(sides, sums, strict=True)]
            ),
            np.append(weight[middle], sums),
            tau,
        )
        if solution is None:
            break
        residual, rounding = y - x @ solution.estimate, zero(x, y, solution.estimate)
        wrong = (below & (residual > rounding)) | (above & (residual < -rounding))
        if not wrong.any():
            return solution
        if wrong.sum() > _few(data):  # The guess was no guide: outcomes of few values, or of no mean.
            break
        below &= ~wrong
        above &= ~wrong
    return _all_rows(data, tau)


def _sides(data: _Data, tau: float, distance: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Rows taken to lie below and above: all but those about the quantile of their distances from the guess."""
    order = np.argsort(distance)
    share = np.empty(len(order))
    share[order] = np.cumsum(data.weight[order]) / data.weight.sum()
    half = _few(data) / len(order) / 2
    return share < tau - half, share > tau + half


def _few(data: _Data) -> int:
    """Rows in a share whose quantile is as uncertain as leaves this many between its limits."""
    rows = len(data.y)
    few: int = round(float((len(data.factor) + 1) * rows) ** (2 / 3))
    return min(rows, few)


def _guess(data: _Data, tau: float) -> FloatArray:
    """Solve a fixed random share of the rows. What it is changes how long the solution takes, not the solution.

    A column of few values (a rare level) may be empty in the share; k more rows, together worth k observations, hold
    such a coefficient where least squares has it.
    """
    from scipy.linalg import cho_solve

    squares = np.asarray(cho_solve((data.factor, False), data.x.T @ (data.weight * data.y)), dtype=np.float64)
    share = np.sort(np.random.default_rng(0).choice(len(data.y), _few(data), replace=False))
    held = data.factor / np.sqrt(data.weight.sum())
    solution = least_loss(
        np.concatenate((data.x[share], held)),
        np.concatenate((data.y[share], held @ squares)),
        np.concatenate((data.weight[share], np.ones(len(held)))),
        tau,
    )
    return squares if solution is None else solution.estimate


def _spread(data: _Data) -> FloatArray:
    """Standard errors of fitted values up to a constant, shape (rows,): how far a residual may yet move."""
    from scipy.linalg import solve_triangular

    white = data.x @ solve_triangular(data.factor, np.eye(len(data.factor)))
    spread = np.sqrt(np.einsum("ij,ij->i", white, white))
    # A row of zeros moves not at all.
    return np.asarray(np.maximum(spread, np.finfo(np.float64).tiny ** 0.5), dtype=np.float64)
