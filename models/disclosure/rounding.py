"""How a count is told: to the nearest multiple of a base, and not at all below a threshold."""

from __future__ import annotations

from functools import singledispatch
from typing import Any, Final

import numpy as np

from models.results import BoolArray, FloatArray, IntArray
from models.rules import Rules


@singledispatch
def round_counts(counts: Any, rules: Rules) -> Any:
    """Return a tally with each count rounded once; each kind of tally says how in a file of its own beside this one."""
    raise TypeError(f"{type(counts).__name__} cannot be rounded: nobody has said how")


def rounded(counts: IntArray | FloatArray, rules: Rules) -> FloatArray:
    """Return counts as they are told: to the nearest multiple of the base, halves up; NaN below the threshold."""
    values = np.asarray(counts, dtype=np.float64)
    return np.where(values < rules.threshold, np.nan, _nearest(values, rules.base))


def rising(counts: IntArray | FloatArray, rules: Rules) -> IntArray:
    """Return what has happened so far as it is told: to the nearest multiple of the base, none until the threshold.

    Rounding is monotone, so what rises goes on rising, and its steps are multiples of the base.
    """
    values = np.asarray(counts, dtype=np.float64)
    if rules.exact:
        return values.astype(np.int64)
    told = np.where(values < rules.threshold, 0.0, _nearest(values, rules.base))
    return np.asarray(told, dtype=np.int64)


def total(counts: IntArray, rules: Rules) -> float:
    """Return the sum of counts as it is told: rounded on its own."""
    return float(rounded(np.asarray([counts.sum()]), rules)[0])


STEP: Final = 0.05
"""EUR an hour: wages are told to the nearest of so much."""


def to_step(euros: FloatArray) -> FloatArray:
    """Return wages to the nearest step."""
    return np.asarray(np.rint(euros / STEP) * STEP)


def last_told(told: BoolArray, months: IntArray) -> IntArray:
    """Return the last month of each group at which anything is told, -1 for a group of which nothing is.

    A group of a few has no row then, as a group of none has not; and where the first of a group settled is not told.
    `told` has shape (groups, months).
    """
    if not told.shape[1]:
        return np.full(len(told), -1, dtype=np.int64)
    last = told.shape[1] - 1 - told[:, ::-1].argmax(axis=1)
    return np.where(told.any(axis=1), months[last], -1)


def share_of(part: FloatArray | IntArray, whole: FloatArray | IntArray, rules: Rules) -> FloatArray:
    """Return the ratio of two told counts; of few persons never that it is none or all of them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(part, dtype=np.float64) / np.asarray(whole, dtype=np.float64)
    if rules.sure:
        certain = ((share == 0) | (share == 1)) & (np.asarray(whole) < rules.sure)
        share = np.where(certain, np.nan, share)
    return share


def _nearest(values: FloatArray, base: int) -> FloatArray:
    return np.asarray(np.floor(values / base + 0.5) * base)
