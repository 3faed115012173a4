"""Where a likelihood has no maximum: some coefficients could grow for ever, and it would only rise.

A level whose events all come while another is no longer there, a number above which everybody has the event: the
outcome separates what the terms tell apart (Albert and Anderson, Biometrika 1984; Correia, Guimaraes and Zylkin, 2019).
The limit of such a fit is the fit of the rows that are not separated: in the others the outcome is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models.results import BoolArray, FloatArray

SMALLEST: Final = 1e-8
"""Of scaled columns: smaller remainders are those of arithmetic."""
APART: Final = 0.5
"""A row is separated by 1 at least, along a direction that was found, and the others by 0."""
DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """A direction along which the likelihood never falls: the change of each coefficient, shape (k,).

    `separated` are the rows of `at_most` that it moves, shape (rows,): as many as any direction does.
    """

    direction: FloatArray
    separated: BoolArray


def separation(equal: FloatArray, at_most: FloatArray) -> Separation | None:
    """Return the direction with equal @ d = 0 and at_most @ d <= 0 that moves most rows of `at_most`, if it moves any.

    No direction may move the rows of `equal`: those with events, and where some but not all work. Those of `at_most`
    may only fall: those without events; of rows with nothing but events the negative. Without such a direction the
    likelihood has a maximum.
    """
    scale = np.maximum(np.abs(equal).max(axis=0, initial=0.0), np.abs(at_most).max(axis=0, initial=0.0))
    scale = np.where(scale > 0, scale, 1.0)
    free = null_space(equal / scale)
    if not free.shape[1] or not len(at_most):
        return None
    moved = np.round(at_most / scale @ free, DIGITS)
    rows, place = np.unique(moved, axis=0, return_inverse=True)
    found = _most_moved(rows)
    if found is None:
        return None
    direction, apart = found
    return Separation(direction=free @ direction / scale, separated=apart[place.ravel()])


def _most_moved(rows: FloatArray) -> tuple[FloatArray, BoolArray] | None:
    """Return u with rows @ u <= 0 and as many as can be at -1 or less, and which those are."""
    from scipy.optimize import linprog

    number, size = rows.shape
    # A cone: if each of two rows can be moved, both can, and by 1; so the sum of moves up to 1 counts them.
    found = linprog(
        np.concatenate([np.zeros(size), -np.ones(number)]),
        A_ub=np.hstack([rows, np.eye(number)]),
        b_ub=np.zeros(number),
        bounds=[(None, None)] * size + [(0.0, 1.0)] * number,
        method="highs",
    )
    if not found.success:
        return None
    apart = found.x[size:] > APART
    return (np.asarray(found.x[:size]), apart) if apart.any() else None


def null_space(rows: FloatArray) -> FloatArray:
    """Return orthonormal columns that span what the rows, of columns scaled alike, do not see, shape (k, free)."""
    size = rows.shape[1]
    if len(rows) > size:
        rows = np.asarray(np.linalg.qr(rows, mode="r"))
    _, values, vectors = np.linalg.svd(rows, full_matrices=True)
    rank = int((values > SMALLEST * max(values.max(initial=0.0), 1.0)).sum())
    return np.asarray(vectors[rank:].T)


def involved(free: FloatArray) -> BoolArray:
    """Return which coefficients a null space moves, shape (k,)."""
    return np.asarray(np.abs(free).max(axis=1, initial=0.0) > 1e-6)
