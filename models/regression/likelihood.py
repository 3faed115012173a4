"""Poisson and binomial regressions on cells by statsmodels, in one BLAS thread, keeping nothing but the estimates."""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from models.results import FloatArray

MOST_STEPS: Final = 60
TOLERANCE: Final = 1e-11


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """What is kept of a fitted regression: coefficients (k,), covariance (k, k), fitted means (rows,)."""

    estimate: FloatArray
    covariance: FloatArray
    mean: FloatArray
    converged: bool


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which linear algebra uses one thread: small fits are slower with more."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


def warm_up() -> None:
    """Import what the first fit needs; it takes seconds once a process."""
    import scipy.sparse  # noqa: F401
    import statsmodels.genmod.generalized_linear_model  # noqa: F401


def estimate(
    family: Literal["poisson", "binomial"],
    x: FloatArray,
    successes: FloatArray,
    size: FloatArray,
    constant: FloatArray,
) -> Estimated:
    """Fit a Poisson rate (log link) or a binomial share (logit link).

    Parameters
    ----------
    x
        Design matrix of full rank, shape (rows, k).
    successes
        Events or successes of each cell.
    size
        Exposure (Poisson) or trials (binomial) of each cell, positive.
    constant
        Coefficients for which the linear predictor is 1 in every row, shape (k,): iterations begin at the overall
        rate or share.

    Returns
    -------
    Estimates by iteratively reweighted least squares; the covariance is the inverse Fisher information.
    """
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, DomainWarning, PerfectSeparationWarning

    if family == "poisson":
        model = GLM(successes, x, family=Poisson(), exposure=size, hasconst=True)
    else:
        model = GLM(successes / size, x, family=Binomial(), var_weights=size, hasconst=True)
    # With as many cells as coefficients statsmodels divides by no degree of freedom for a scale that nobody asked; a
    # first step too long may overflow, and is then taken anew from statsmodels' own start.
    with one_thread(), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", (ConvergenceWarning, DomainWarning))
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        for begin in (_begin(family, x, successes, size, constant), None):
            try:
                fitted = model.fit(
                    start_params=begin,
                    maxiter=MOST_STEPS,
                    tol=TOLERANCE,
                    tol_criterion="deviance",
                    scale=1.0,
                )
            except (ValueError, np.linalg.LinAlgError):
                continue
            if fitted.converged and np.isfinite(fitted.params).all():
                return Estimated(
                    estimate=np.asarray(fitted.params, dtype=np.float64),
                    covariance=np.asarray(fitted.normalized_cov_params, dtype=np.float64),
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
    family: str, x: FloatArray, successes: FloatArray, size: FloatArray, constant: FloatArray
) -> FloatArray:
    """Return coefficients to begin at: every step at its own rate or share, an intercept at the overall one."""
    begin = np.zeros(x.shape[1])
    for place in np.flatnonzero(constant):
        rows = x[:, place] != 0
        events, total = successes[rows].sum(), size[rows].sum()
        begin[place] = (
            np.log(events / total) if family == "poisson" else np.log((events + 0.5) / (total - events + 0.5))
        )
    return begin


def chi_square_p(statistic: float, df: int) -> float:
    """Return the upper tail of chi-square; NaN without degrees of freedom."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, statistic / 2)) if df > 0 else float("nan")
