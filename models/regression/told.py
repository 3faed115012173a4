"""What a regression may predict: only what its told coefficients say.

Under rules that round, a prediction is made from the coefficients and errors as they are told, as if they did not vary
together, and never from one that is hidden: what needs it is not predicted. Whoever knows the coefficients told could
then have made the prediction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from models.disclosure.coefficients import hidden_terms, told
from models.disclosure.fits import ReleasedNoFit, release_fit
from models.disclosure.rounding import rounded
from models.fit import NoFit
from models.regression.design import Regression
from models.regression.hazard import Hazard
from models.results import BoolArray, FloatArray, IntArray
from models.rules import Rules

Fitted = TypeVar("Fitted", Hazard, Regression)


def as_told(found: Fitted, rules: Rules) -> Fitted | NoFit:
    """Return a fit as it may predict under `rules`, hidden coefficients 0 and marked; or why none may be told."""
    if rules.exact:
        return found
    released = release_fit(found.fit, rules)
    if isinstance(released, ReleasedNoFit):
        return released.no_fit
    hidden = hidden_terms(found.fit, found.fitted, rules)
    return replace(found, fitted=told(found.fitted, hidden, 0.0), hidden=hidden, rules=rules)


def months_told(hazard: Hazard) -> BoolArray:
    """Return in which months of the basis the baseline is told, shape (months,)."""
    out = np.ones(len(hazard.basis.months), dtype=np.bool_)
    for column, is_hidden in zip(hazard.columns, hazard.hidden.tolist(), strict=False):
        if is_hidden and not column.term:
            out &= hazard.basis.values[:, column.basis] == 0
    return out


def needs_hidden(found: Hazard | Regression, design: FloatArray) -> BoolArray:
    """Return which rows of a design need a coefficient that is hidden, shape (rows,)."""
    if not found.hidden.any():
        return np.zeros(len(design), dtype=np.bool_)
    return np.asarray((design[:, found.hidden] != 0).any(axis=1))


def weights_of(persons: IntArray | FloatArray, rules: Rules) -> FloatArray:
    """Return what averages of predictions weigh by: persons, each number rounded once, none where it is not told."""
    counts = np.asarray(persons, dtype=np.float64)
    return counts if rules.exact else np.nan_to_num(rounded(counts, rules))
