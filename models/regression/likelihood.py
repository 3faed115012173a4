"""Poisson and binomial regressions on cells, in one BLAS thread, keeping nothing but the estimates.

Fisher scoring on the normal equations finds the maximum in a few milliseconds, fast enough to fit while a filter is
dragged. What it cannot settle (separation, a design that is nearly singular) goes to statsmodels, which is also what
the tests hold it to.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from models.regression.information import Dense, Design
from models.results import FloatArray

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

MOST_STEPS: Final = 60
TOLERANCE: Final = 1e-11
MOST_SCORING_STEPS: Final = 25
CERTAIN: Final = 1e-6
"""Of a share, or of a rate as a part of the overall one: nearer to 0 or 1 a maximum may lie at infinity."""
WORST_CONDITION: Final = 1e11
"""Of the scaled information matrix: beyond it half the digits of a coefficient are lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """What is kept of a fitted regression: coefficients (k,), covariance (k, k), fitted means (rows,)."""

    estimate: FloatArray
    covariance: FloatArray
    mean: FloatArray
    converged: bool


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which linear algebra uses one thread: small fits are slower with more."""
    limits: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limits


@cache
def _libraries() -> ThreadpoolController:
    """Return the linear algebra of this process; looking for it takes longer than a small fit."""
    import numpy.linalg  # noqa: F401
    import scipy.linalg  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def warm_up() -> None:
    """Import what the first fit needs; it takes seconds once a process."""
    import scipy.sparse  # noqa: F401
    import statsmodels.genmod.generalized_linear_model  # noqa: F401


def estimate(
    family: Literal["poisson", "binomial"],
    x: FloatArray | Design,
    successes: FloatArray,
    size: FloatArray,
    constant: FloatArray,
    begin: FloatArray | None = None,
) -> Estimated:
    """Fit a Poisson rate (log link) or a binomial share (logit link) by maximum likelihood.

    `x` is a design of full rank, or its matrix, shape (rows, k); `successes` are the events or successes of each cell,
    `size` its exposure (Poisson) or trials (binomial), positive. Iterations begin at the overall rate or share, found
    by the coefficients `constant`, shape (k,), for which the linear predictor is 1 in every row; or at `begin`, where
    some are known to be near. The covariance is the inverse Fisher information.
    """
    with one_thread():
        design = Dense(x) if isinstance(x, np.ndarray) else x
        near = _begin(family, design, successes, size, constant) if begin is None else begin
        found = _scored(family, design, successes, size, near)
        if found is None:
            usual = near if begin is None else _begin(family, design, successes, size, constant)
            found = _by_statsmodels(family, design.dense(), successes, size, usual)
    return found


def doubtful(family: Literal["poisson", "binomial"], found: Estimated, size: FloatArray) -> bool:
    """Whether the maximum may lie at infinity, and the iterations only stopped on the way there.

    Some cells are then fitted as next to certain; whether that is so, `models.regression.separation` tells.
    """
    if not found.converged:
        return True
    if family == "binomial":
        return bool(((found.mean < CERTAIN) | (found.mean > 1 - CERTAIN)).any())
    return bool((found.mean / size < CERTAIN * found.mean.sum() / size.sum()).any())


def _scored(
    family: str, design: Design, successes: FloatArray, size: FloatArray, begin: FloatArray
) -> Estimated | None:
    """Return the estimates by Fisher scoring (McCullagh and Nelder, 1989, section 2.5); None if it does not settle."""
    with np.errstate(all="ignore"):
        beta, before = begin, np.inf
        for _ in range(MOST_SCORING_STEPS):
            mean, weight = _moments(family, design.linear(beta), size)
            deviance = _deviance(family, successes, mean, size)
            information = design.information(weight)
            score = design.score(successes - mean)
            scale = np.sqrt(np.diag(information))
            if not (np.isfinite(deviance) and (scale > 0).all()):
                return None
            scaled = information / scale[:, None] / scale[None, :]
            try:
                step = np.linalg.solve(scaled, score / scale) / scale
            except np.linalg.LinAlgError:
                return None
            # The same criterion as statsmodels' "deviance", and a step that moves no coefficient by 1e-9 of its error.
            if (
                abs(before - deviance) < TOLERANCE * max(1.0, abs(deviance))
                and np.abs(step * scale).max() < 1e-9
            ):
                if np.linalg.cond(scaled) > WORST_CONDITION:
                    return None
                covariance = np.linalg.inv(scaled) / scale[:, None] / scale[None, :]
                fitted = mean / size if family == "binomial" else mean
                return Estimated(estimate=beta, covariance=covariance, mean=fitted, converged=True)
            beta, before = beta + step, deviance
    return None


def _moments(family: str, linear: FloatArray, size: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the expected counts of the cells and their variances."""
    if family == "poisson":
        mean = np.exp(linear) * size
        return mean, mean
    share = 1 / (1 + np.exp(-linear))
    return share * size, share * (1 - share) * size


def _deviance(family: str, successes: FloatArray, mean: FloatArray, size: FloatArray) -> float:
    from scipy.special import xlogy

    if family == "poisson":
        return float(2 * (xlogy(successes, successes / mean) - (successes - mean)).sum())
    failures = size - successes
    return float(2 * (xlogy(successes, successes / mean) + xlogy(failures, failures / (size - mean))).sum())


def _by_statsmodels(
    family: str, x: FloatArray, successes: FloatArray, size: FloatArray, begin: FloatArray
) -> Estimated:
    """Return the estimates by iteratively reweighted least squares, from several starts.

    Columns are brought to one length first: statsmodels takes a column in small units for none.
    """
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, DomainWarning, PerfectSeparationWarning

    length = np.sqrt((x**2).mean(axis=0))
    length = np.where(length > 0, length, 1.0)
    x, begin = x / length, begin * length
    if family == "poisson":
        model = GLM(successes, x, family=Poisson(), exposure=size, hasconst=True)
    else:
        model = GLM(successes / size, x, family=Binomial(), var_weights=size, hasconst=True)
    # With as many cells as coefficients statsmodels divides by no degree of freedom for a scale that nobody asked; a
    # first step too long may overflow, and is then taken anew from statsmodels' own start.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", (ConvergenceWarning, DomainWarning))
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        for start in (begin, None):
            try:
                fitted = model.fit(
                    start_params=start,
                    maxiter=MOST_STEPS,
                    tol=TOLERANCE,
                    tol_criterion="deviance",
                    scale=1.0,
                )
            except (ValueError, np.linalg.LinAlgError):
                continue
            if fitted.converged and np.isfinite(fitted.params).all():
                return Estimated(
                    estimate=np.asarray(fitted.params, dtype=np.float64) / length,
                    covariance=np.asarray(fitted.normalized_cov_params, dtype=np.float64)
                    / length[:, None]
                    / length[None, :],
                    mean=np.asarray(fitted.fittedvalues, dtype=np.float64),
                    converged=True,
                )
    nothing = np.full(x.shape[1], np.nan)
    return Estimated(
        estimate=nothing,
        covariance=np.full((len(nothing), len(nothing)), np.nan),
        mean=np.full(len(x), np.nan),
        converged=False,
    )


def _begin(
    family: str, design: Design, successes: FloatArray, size: FloatArray, constant: FloatArray
) -> FloatArray:
    """Return coefficients to begin at: every step at its own rate or share, an intercept at the overall one."""
    begin = np.zeros(design.columns)
    for place in np.flatnonzero(constant).tolist():
        rows = design.column(place) != 0
        events, total = successes[rows].sum(), size[rows].sum()
        begin[place] = (
            np.log(events / total) if family == "poisson" else np.log((events + 0.5) / (total - events + 0.5))
        )
    return begin


def chi_square_p(statistic: float, df: int) -> float:
    """Return the upper tail of chi-square; NaN without degrees of freedom."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, statistic / 2)) if df > 0 else float("nan")
