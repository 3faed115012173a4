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
        start = np.log(successes.sum() / size.sum())
    else:
        model = GLM(successes / size, x, family=Binomial(), var_weights=size, hasconst=True)
        share = successes.sum() / size.sum()
        start = np.log(share / (1 - share))
    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore", (ConvergenceWarning, DomainWarning))
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit(
            start_params=start * constant,
            maxiter=MOST_STEPS,
            tol=TOLERANCE,
            tol_criterion="deviance",
            scale=1.0,
        )
    mean = np.asarray(fitted.fittedvalues, dtype=np.float64)
    return Estimated(
        estimate=np.asarray(fitted.params, dtype=np.float64),
        covariance=np.asarray(fitted.normalized_cov_params, dtype=np.float64),
        mean=mean,
        converged=bool(fitted.converged) and bool(np.isfinite(fitted.params).all()),
    )


def chi_square_p(statistic: float, df: int) -> float:
    """Return the upper tail of chi-square; NaN without degrees of freedom."""
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, statistic / 2)) if df > 0 else float("nan")
