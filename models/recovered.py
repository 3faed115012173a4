"""What is the interval of a difference of two shares? That of the limits of each, so that it holds for small groups.

The variance of either share is recovered from its own limits, near the place where the limit of the difference lies
(MOVER: Zou and Donner, Statistics in Medicine 2008, 1693-1702; for Wilson's limits that is Newcombe's method 10, 1998).
Shares of the same persons enter with their correlation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from models.intervals import Z
from models.results import FloatArray

Limits: TypeAlias = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
FARTHEST: Final = 38.0
"""A normal quantile whose tail is the smallest number there is."""
HALVINGS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share, and its lower and upper limit at the level of a normal quantile."""

    value: FloatArray
    limits: Limits


def limits_of_difference(one: Share, other: Share, correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the 95 % limits of the share `one` less `other`, whose estimates have that correlation."""
    z = np.full(one.value.shape, Z)
    difference = one.value - other.value
    return (
        difference - _below(one, other, correlation, z),
        difference + _below(other, one, correlation, z),
    )


def p_of_difference(one: Share, other: Share, correlation: FloatArray) -> FloatArray:
    """Return the two-sided p-value of no difference: that of the level at which the interval just touches 0."""
    from scipy.special import erfc

    up, down = (one, other), (other, one)
    difference = one.value - other.value
    low, high = np.zeros(difference.shape), np.full(difference.shape, FARTHEST)
    for _ in range(HALVINGS):
        z = (low + high) / 2
        width = np.where(difference >= 0, _below(*up, correlation, z), _below(*down, correlation, z))
        beyond = width > np.abs(difference)
        low, high = np.where(beyond, low, z), np.where(beyond, z, high)
    return np.where(np.isnan(difference), np.nan, erfc((low + high) / 2 / np.sqrt(2.0)))


def _below(one: Share, other: Share, correlation: FloatArray, z: FloatArray) -> FloatArray:
    """How far the lower limit of a difference lies below it: `one` at its lower limit, `other` at its upper."""
    down, up = one.value - one.limits(z)[0], other.limits(z)[1] - other.value
    return np.asarray(np.sqrt(np.maximum(down**2 + up**2 - 2 * correlation * down * up, 0.0)))
