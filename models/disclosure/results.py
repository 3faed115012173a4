"""What becomes of a result before it is drawn or written: what a fit predicts is told of enough persons only."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from models.disclosure.rounding import rounded
from models.results import BoolArray, Curves, FloatArray, Measure, Nothing, Reason, Result, Rows, Unit
from models.rules import _GATE, Pass, Rules

Told = TypeVar("Told", Curves, Rows)


def release_result(result: Result, rules: Rules) -> Result:
    """Return what may be drawn and written of `result` under `rules`.

    What is made of counts that passed the gate is told as it is. Of what a fit predicts, a cell is hidden whole when
    from one to fewer than the threshold of persons or events stand behind it, and numbers of persons are rounded.

    Raises
    ------
    TypeError
        When its counts passed other rules.
    """
    if isinstance(result, Nothing):
        return replace(result, passed=Pass(rules, _GATE))
    if result.passed is not None and result.passed.rules != rules:
        raise TypeError(f"counts passed as {result.passed.rules.name} cannot be told as {rules.name}")
    if isinstance(result, Rows):
        return result if result.passed is not None else _without(result, _too_few(result, rules), rules)
    if result.passed is None:
        unsafe = _too_few(result, rules)
        if result.observed.any() and (unsafe | ~result.observed).all():
            return Nothing(reason=Reason.ALL_HIDDEN, passed=Pass(rules, _GATE))
        result = _without(result, unsafe, rules)
        known = result[result.estimate][result.observed]
        # At the start nobody has left, which is no number of a prediction.
        if not rules.exact and not (np.isfinite(known) & (known != 0)).any():
            return Nothing(reason=Reason.ALL_HIDDEN, passed=Pass(rules, _GATE))
    if not rules.exact:
        # A series without a row is one of a few, or of none, which is not told.
        result = result.series(np.flatnonzero(result.observed.any(axis=1)))
        if not result.keys:
            return Nothing(reason=Reason.ALL_HIDDEN, passed=Pass(rules, _GATE))
    return _where_observed(result)


def _where_observed(curves: Curves) -> Curves:
    return replace(
        curves,
        measures=tuple(
            replace(measure, values=np.where(curves.observed, measure.values, np.nan))
            for measure in curves.measures
        ),
    )


def _without(result: Told, unsafe: BoolArray, rules: Rules) -> Told:
    def told(measure: Measure) -> FloatArray:
        of_persons = measure.unit in (Unit.PERSONS, Unit.EXPECTED) and not rules.exact
        return np.where(unsafe, np.nan, rounded(measure.values, rules) if of_persons else measure.values)

    return replace(
        result,
        measures=tuple(replace(measure, values=told(measure)) for measure in result.measures),
        behind=tuple(np.where(unsafe, np.nan, persons) for persons in result.behind),
        passed=Pass(rules, _GATE),
    )


def _too_few(result: Curves | Rows, rules: Rules) -> BoolArray:
    unsafe = np.zeros(result.behind[0].shape, dtype=np.bool_)
    if rules.threshold:
        unsafe |= result.behind[0] < rules.threshold
        for persons in result.behind:
            unsafe |= (persons > 0) & (persons < rules.threshold)
    return unsafe
