"""Disclosure control of regressions: what may be told of coefficients and of levels that have none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.disclosure.coefficients import hidden_terms, told
from models.disclosure.rounding import rounded
from models.fit import Fit, Fitted, Lack, LeftOut, NoFit, TermTest, factors_of
from models.intervals import Z, garwood, normal_p
from models.results import SELECTION, STATUS, BoolArray, Cell, Column, IntArray, Result, Table, Unit
from models.rules import Rules

FIT_COLUMNS = ("estimate", "std_error", "ci_low", "ci_high", "p_value")
FEWEST_DEGREES = 10
"""CBS releases no model with fewer residual degrees of freedom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFit:
    """A fit that passed the rules: coefficients of too few persons are NaN and marked in `hidden`, shape (terms,)."""

    fit: Fit
    hidden: BoolArray
    rules: Rules

    def table(self) -> Table:
        """Return a row a term: estimate, standard error, 95 % limits (Wald), two-sided p-value; hidden ones empty."""
        found = self.fit.coefficients
        rows: list[tuple[Cell, ...]] = []
        for term, estimate, error in zip(
            found.terms, found.estimate.tolist(), found.std_error.tolist(), strict=True
        ):
            if math.isnan(estimate):
                rows.append((term, *[None] * len(FIT_COLUMNS)))
            else:
                p = normal_p(estimate / error) if error > 0 else None
                rows.append((term, estimate, error, estimate - Z * error, estimate + Z * error, p))
        columns = (
            Column(name="term", kind="text"),
            *(Column(name=name, kind="number", unit=Unit.NUMBER) for name in FIT_COLUMNS),
        )
        return Table(columns=columns, rows=tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedNoFit:
    """A lack that may be told; the persons of small levels are -1, and so are coefficients and degrees of freedom."""

    no_fit: NoFit
    rules: Rules

    def table(self) -> Table:
        """Return a table without rows."""
        return Table(columns=(STATUS,), rows=())


ReleasedFitted: TypeAlias = ReleasedFit | ReleasedNoFit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTogether:
    """Fits of several selections, by name, drawn together."""

    names: tuple[str, ...]
    fits: tuple[ReleasedFitted, ...]
    rules: Rules

    def table(self) -> Table:
        """Return the coefficients of the fits below each other, the name of each in front."""
        tables = [
            (name, fit.table())
            for name, fit in zip(self.names, self.fits, strict=True)
            if isinstance(fit, ReleasedFit)
        ]
        columns = tables[0][1].columns if tables else (Column(name="term", kind="text"),)
        return Table(
            columns=(Column(name=SELECTION, kind="text"), *columns),
            rows=tuple((name, *row) for name, table in tables for row in table.rows),
        )


Answer: TypeAlias = Result | ReleasedFitted | ReleasedTogether
"""Whatever a view can be answered with; nothing else may be drawn or written."""


def release_fit(fitted: Fitted, rules: Rules) -> ReleasedFitted:
    """Return what may be written of `fitted` under `rules`.

    A coefficient is hidden when from one to fewer than the threshold of persons, or of events, stand behind it: the
    coefficient of a level tells its events. A level without events tells how many persons were followed without one.
    Numbers of persons and events are rounded once, coefficients to three decimals, errors to two digits,
    log-likelihoods to whole numbers; limits and p-values follow from what is told.
    """
    if isinstance(fitted, NoFit):
        lacks = tuple(_told(lack, rules) for lack in fitted.lacks)
        return ReleasedNoFit(no_fit=_without_counts(replace(fitted, lacks=lacks), rules), rules=rules)
    few = fitted.persons < rules.threshold or fitted.events < rules.threshold
    if rules.threshold and (few or fitted.df_residual < FEWEST_DEGREES):
        return ReleasedNoFit(
            no_fit=_without_counts(NoFit(model=fitted.model, lack=Lack.FEW_EVENTS), rules), rules=rules
        )
    return _released(fitted, hidden_terms(fitted, fitted.coefficients, rules), rules)


def _released(fitted: Fit, hidden: BoolArray, rules: Rules) -> ReleasedFit:
    if rules.exact:
        return ReleasedFit(fit=fitted, hidden=hidden, rules=rules)
    found = told(fitted.coefficients, hidden, np.nan)
    log_likelihood = float(np.round(fitted.log_likelihood))
    return ReleasedFit(
        fit=replace(
            fitted,
            coefficients=replace(
                found,
                persons=_numbers(found.persons, hidden, rules),
                events=_numbers(found.events, hidden, rules),
            ),
            persons=_number(fitted.persons, rules),
            events=_number(fitted.events, rules),
            person_days=_exposure(fitted.person_days, rules),
            observations=_number(fitted.observations, rules),
            log_likelihood=log_likelihood,
            # Twice the parameters less twice the log-likelihood that is told.
            aic=float(np.round(fitted.aic + 2 * fitted.log_likelihood)) - 2 * log_likelihood,
            df_residual=_degrees(fitted, rules),
            left_out=tuple(_told(lack, rules) for lack in fitted.left_out),
            missing=_number(fitted.missing, rules) if fitted.missing else 0,
            tests=tuple(_rounded_test(test) for test in fitted.tests if not _is_hidden(test, fitted, hidden)),
            # A knot is the day on which somebody had the event: whole months.
            knots=tuple(float(round(knot)) for knot in fitted.knots),
        ),
        hidden=hidden,
        rules=rules,
    )


def _degrees(fitted: Fit, rules: Rules) -> int:
    """Return degrees of freedom from the rounded number that they are of, less the parameters."""
    of_events = fitted.scale == "log hazard"
    parameters = fitted.events - fitted.df_residual if of_events else len(fitted.coefficients.terms)
    return _number(fitted.df_residual + parameters, rules) - parameters


def _is_hidden(test: TermTest, fitted: Fit, hidden: BoolArray) -> bool:
    """Whether no coefficient of a tested term is told: then neither is its test."""
    columns = sorted(test.term.split(":"))
    own = [
        place
        for place, term in enumerate(fitted.coefficients.terms)
        if sorted(factor.partition("[")[0] for factor in factors_of(term)) == columns
    ]
    return bool(own) and bool(hidden[own].all())


def _number(count: int, rules: Rules) -> int:
    """Return a number of persons or events rounded once; -1 where it is not told."""
    return int(np.nan_to_num(rounded(np.asarray([count]), rules), nan=-1.0)[0])


def _numbers(counts: IntArray, hidden: BoolArray, rules: Rules) -> IntArray:
    told = np.nan_to_num(rounded(counts, rules), nan=-1.0)
    return np.where(hidden, -1, told).astype(np.int64)


def _exposure(person_days: float, rules: Rules) -> float:
    """Return person-days to as many person-months as the base."""
    return float(rounded(np.asarray([person_days / DAYS_PER_MONTH]), rules)[0] * DAYS_PER_MONTH)


def _rounded_test(test: TermTest) -> TermTest:
    """Return a test from its statistic to one decimal: twice a difference of log-likelihoods, which are whole."""
    from scipy.special import chdtrc

    statistic = round(test.statistic, 1)
    return replace(test, statistic=statistic, p_value=float(chdtrc(test.df, max(statistic, 0.0))))


def _without_counts(no_fit: NoFit, rules: Rules) -> NoFit:
    """Degrees of freedom are events or cells less coefficients: of a fit refused for few events they tell how few."""
    return replace(no_fit, parameters=-1, df_residual=-1) if rules.threshold else no_fit


def _told(lack: LeftOut, rules: Rules) -> LeftOut:
    if rules.exact:
        return lack
    if 0 < lack.persons < rules.threshold or 0 < lack.events < rules.threshold:
        return replace(lack, persons=-1, events=-1, exposure=float("nan"), bound=float("nan"))
    exposure = _exposure(lack.exposure, rules)
    _, bound = garwood(np.zeros(1), np.asarray([exposure / DAYS_PER_MONTH]))
    return replace(
        lack,
        persons=_number(lack.persons, rules) if lack.persons else 0,
        events=_number(lack.events, rules) if lack.events else 0,
        exposure=exposure,
        bound=float(bound[0]) if np.isfinite(lack.bound) else lack.bound,
    )
