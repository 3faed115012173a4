"""Every confidence interval, named. Closed forms; 95 % and two-sided throughout."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.results import FloatArray, IntArray

Z: Final = 1.959963984540054
"""Upper 2.5 % point of the standard normal distribution."""


def log_log(
    share: FloatArray, std_error: FloatArray, z: float | FloatArray = Z
) -> tuple[FloatArray, FloatArray]:
    """Interval of a probability on the complementary log-log scale, as R's ``survfit(conf.type = "log-log")``.

    Its limits are NaN where the share is not strictly between 0 and 1. `z` is the normal quantile of the level; 95 %
    unless another is given.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        inside = (share > 0) & (share < 1)
        p = np.where(inside, share, np.nan)
        half = z * std_error / (p * np.log(p))
        scale = np.log(-np.log(p))
        first, second = np.exp(-np.exp(scale - half)), np.exp(-np.exp(scale + half))
    return np.minimum(first, second), np.maximum(first, second)


def wilson(
    successes: IntArray | FloatArray, trials: IntArray | FloatArray, z: float | FloatArray = Z
) -> tuple[FloatArray, FloatArray]:
    """Wilson's score interval of a share without continuity correction; NaN where there were no trials.

    `z` is the normal quantile of the level; 95 % unless another is given.
    """
    n = np.asarray(trials, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = successes / n
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        low, high = centre - half, centre + half
    # The limits are exactly 0 and 1 at the ends; subtraction leaves 1e-17.
    low = np.where(np.asarray(successes) == 0, np.where(n > 0, 0.0, np.nan), low)
    high = np.where((np.asarray(successes) == trials) & (n > 0), 1.0, high)
    return low, high


def garwood(events: IntArray | FloatArray, exposure: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Garwood's exact limits of a Poisson rate given the exposure; NaN without exposure.

    With no events the limits are 0 and 3.689 / exposure (half the 97.5 % point of chi-square on 2 df).
    """
    from scipy.special import gammaincinv

    d = np.asarray(events, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(d > 0, gammaincinv(np.maximum(d, 1), 0.025), 0.0) / exposure
        high = gammaincinv(d + 1, 0.975) / exposure
    none = exposure <= 0
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def none_departed(at_risk: IntArray) -> FloatArray:
    """Upper limit of a share departed while nobody of `at_risk` has departed: 1 - 0.025 ** (1 / n)."""
    n = np.asarray(at_risk, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.where(n > 0, -np.expm1(np.log(0.025) / n), np.nan)


def normal_p(statistic: float) -> float:
    """Return the two-sided p-value of a standard normal statistic."""
    from math import erfc, sqrt

    return erfc(abs(statistic) / sqrt(2))
