"""Which coefficients of a regression are told, and with how many digits.

The estimate of a level tells how many had the event in it, and so does its error: one over the square of the error is a
number of events. What rests on too few is hidden with all that would tell it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np

from models.fit import Coefficients, Fit, factors_of, is_baseline
from models.results import BoolArray, FloatArray, IntArray
from models.rules import Rules

DECIMALS: Final = 3
"""Of a coefficient told."""


def hidden_terms(fit: Fit, found: Coefficients, rules: Rules) -> BoolArray:
    """Return which of the coefficients `found` of a fit are not told, shape (terms,).

    A coefficient is hidden with from one to fewer than the threshold of persons, or of events, behind it. Where the
    reference level of a column has so few, all of the column and the baseline are: they rest on that level. Where any
    cell of two columns that interact has, the references included, all of both and the baseline are.
    """
    terms = found.terms
    if rules.exact:
        return np.zeros(len(terms), dtype=np.bool_)
    hidden = few(found.persons, rules) | few(found.events, rules)
    baseline = np.asarray([is_baseline(term) for term in terms])
    columns = [reference.partition("[")[0] for reference in fit.references]
    cells = _cells(fit, found)
    small = {column for column in columns if _any_few(cells[(column,)], rules)}
    for pair in combinations(columns, 2):
        if pair in cells and _any_few(cells[pair], rules):
            small |= set(pair)
    if small:
        hidden |= baseline
        hidden |= np.asarray([bool(small & set(_columns(term))) for term in terms])
    return np.asarray(hidden)


def told(found: Coefficients, hidden: BoolArray, blank: float) -> Coefficients:
    """Return coefficients as they are told: three decimals, errors of two digits, `blank` where they are hidden.

    How two of them vary together is not told: off the diagonal the covariance is `blank` too.
    """
    error = np.where(hidden, blank, two_digits(found.std_error))
    return replace(
        found,
        estimate=np.where(hidden, blank, np.round(found.estimate, DECIMALS)),
        covariance=np.where(np.eye(len(hidden), dtype=np.bool_), error**2, blank),
    )


def two_digits(values: FloatArray) -> FloatArray:
    """Return standard errors to two digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        step = 10.0 ** (np.floor(np.log10(values)) - 1)
        return np.where(values > 0, np.round(values / step) * step, values)


def few(numbers: IntArray, rules: Rules) -> BoolArray:
    """Return where a number is from one to fewer than the threshold."""
    return np.asarray((numbers > 0) & (numbers < rules.threshold))


def _any_few(cells: IntArray, rules: Rules) -> bool:
    return bool(few(cells, rules).any())


def _cells(fit: Fit, found: Coefficients) -> dict[tuple[str, ...], IntArray]:
    """Return persons and events of the reference of each column, and of the cells at the edge of each interaction.

    What a reference holds is what the levels leave: shape (cells, 2).
    """
    numbers = {
        term: np.asarray([persons, events])
        for term, persons, events in zip(
            found.terms, found.persons.tolist(), found.events.tolist(), strict=True
        )
    } | {lack.term: np.asarray([lack.persons, lack.events]) for lack in fit.left_out}
    total = np.asarray([fit.persons, fit.events])
    columns = [reference.partition("[")[0] for reference in fit.references]
    of_column = {
        column: {term: n for term, n in numbers.items() if _columns(term) == (column,)} for column in columns
    }
    out: dict[tuple[str, ...], IntArray] = {}
    out |= {(column,): np.asarray([total - sum(levels.values())]) for column, levels in of_column.items()}
    for pair in combinations(columns, 2):
        crossed = {term: n for term, n in numbers.items() if sorted(_columns(term)) == sorted(pair)}
        if not crossed:
            continue
        edges = [
            n - sum(c for crossing, c in crossed.items() if term in factors_of(crossing))
            for column in pair
            for term, n in of_column[column].items()
        ]
        corner = total - sum(sum(of_column[column].values()) for column in pair) + sum(crossed.values())
        out[pair] = np.asarray([*edges, corner, *crossed.values()])
    return out


def _columns(term: str) -> tuple[str, ...]:
    """Return the columns of whose levels a coefficient is; none of a number's."""
    parts = [factor.partition("[") for factor in factors_of(term)]
    return tuple(column for column, bracket, _ in parts if bracket)
