"""Disclosure control of regressions: what may be told of coefficients and of levels that have none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from models.disclosure.gate import Released
from models.fit import Fit, Fitted, Lack, LeftOut, NoFit
from models.results import BoolArray, IntArray
from models.rules import Rules

FEWEST_DEGREES = 10
"""CBS releases no model with fewer residual degrees of freedom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFit:
    """A fit that passed the rules: coefficients of too few persons are NaN and marked in `hidden`, shape (terms,)."""

    fit: Fit
    hidden: BoolArray
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedNoFit:
    """A lack that may be told; the persons of small levels are -1, and so are coefficients and degrees of freedom."""

    no_fit: NoFit
    rules: Rules


ReleasedFitted: TypeAlias = ReleasedFit | ReleasedNoFit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTogether:
    """Fits of several selections, by name, drawn together."""

    names: tuple[str, ...]
    fits: tuple[ReleasedFitted, ...]
    rules: Rules


Answer: TypeAlias = Released | ReleasedFitted | ReleasedTogether
"""Whatever a view can be answered with; nothing else may be drawn or written."""


def release_fit(fitted: Fitted, rules: Rules) -> ReleasedFitted:
    """Return what may be written of `fitted` under `rules`.

    A coefficient is hidden when from one to fewer than the threshold of persons, or of events, stand behind it: the
    coefficient of a level tells its events. A level without events tells how many persons were followed without one.
    """
    if isinstance(fitted, NoFit):
        lacks = tuple(_told(lack, rules) for lack in fitted.lacks)
        return ReleasedNoFit(no_fit=_without_counts(replace(fitted, lacks=lacks), rules), rules=rules)
    few = fitted.persons < rules.threshold or fitted.events < rules.threshold
    if rules.threshold and (few or fitted.df_residual < FEWEST_DEGREES):
        return ReleasedNoFit(
            no_fit=_without_counts(NoFit(model=fitted.model, lack=Lack.FEW_EVENTS), rules), rules=rules
        )
    found = fitted.coefficients
    hidden = _few(found.persons, rules) | _few(found.events, rules) | _of_small_references(fitted, rules)
    return _released(fitted, hidden, rules)


def release_beside(fitted: Fitted, apart: tuple[Fitted, ...], rules: Rules) -> ReleasedFitted:
    """Return what may be written of a fit beside that of another selection.

    Parameters
    ----------
    fitted
        The fit of one of two selections.
    apart
        The same model of the persons in only one of the two, an entry for each: what is few there is what the one fit
        tells beside the other, so it is hidden in both.
    """
    released = release_fit(fitted, rules)
    if not rules.threshold or not isinstance(released, ReleasedFit):
        return released
    beside = [one for one in apart if not (isinstance(one, NoFit) and one.lack is Lack.NOBODY)]
    if any(isinstance(one, ReleasedNoFit) for one in (release_fit(one, rules) for one in beside)) or any(
        0 < number < rules.threshold
        for one in beside
        if isinstance(one, Fit)
        for number in (one.persons, one.events)
    ):
        return release_fit(NoFit(model=fitted.model, lack=Lack.FEW_APART), rules)
    few = {term for one in beside if isinstance(one, Fit) for term in _few_terms(one, rules)}
    assert isinstance(fitted, Fit)
    return _released(fitted, released.hidden | np.isin(fitted.coefficients.terms, sorted(few)), rules)


def _few_terms(fit: Fit, rules: Rules) -> list[str]:
    """Return the terms behind which few persons or events stand, also where the reference level has few."""
    found = fit.coefficients
    hidden = _few(found.persons, rules) | _few(found.events, rules) | _of_small_references(fit, rules)
    return [
        *(term for term, few in zip(found.terms, hidden.tolist(), strict=True) if few),
        *(lack.term for lack in fit.left_out if 0 < lack.persons < rules.threshold),
    ]


def _released(fitted: Fit, hidden: BoolArray, rules: Rules) -> ReleasedFit:
    found = fitted.coefficients
    covariance = np.where(hidden[:, None] | hidden[None, :], np.nan, found.covariance)
    return ReleasedFit(
        fit=replace(
            fitted,
            coefficients=replace(
                found,
                estimate=np.where(hidden, np.nan, found.estimate),
                covariance=covariance,
                persons=np.where(hidden, -1, found.persons),
                events=np.where(hidden, -1, found.events),
            ),
            left_out=tuple(_told(lack, rules) for lack in fitted.left_out),
            missing=-1 if 0 < fitted.missing < rules.threshold else fitted.missing,
            knots=_rounded(fitted.knots) if rules.threshold else fitted.knots,
        ),
        hidden=hidden,
        rules=rules,
    )


def _rounded(knots: tuple[float, ...]) -> tuple[float, ...]:
    """Return knots in whole months: a knot is the day on which somebody had the event."""
    return tuple(float(round(knot)) for knot in knots)


def _without_counts(no_fit: NoFit, rules: Rules) -> NoFit:
    """Degrees of freedom are events or cells less coefficients: of a fit refused for few events they tell how few."""
    return replace(no_fit, parameters=-1, df_residual=-1) if rules.threshold else no_fit


def _of_small_references(fit: Fit, rules: Rules) -> BoolArray:
    """Mark every coefficient of a column whose reference level has few persons or events: its errors tell of those."""
    terms = fit.coefficients.terms
    hidden = np.zeros(len(terms), dtype=np.bool_)
    if not rules.threshold:
        return hidden
    for column in (reference.partition("[")[0] for reference in fit.references):
        own = np.asarray([term.startswith(f"{column}[") and ":" not in term for term in terms])
        lost = [lack for lack in fit.left_out if lack.term.startswith(f"{column}[") and ":" not in lack.term]
        persons = fit.persons - int(fit.coefficients.persons[own].sum()) - sum(lack.persons for lack in lost)
        events = fit.events - int(fit.coefficients.events[own].sum()) - sum(lack.events for lack in lost)
        if 0 < persons < rules.threshold or 0 < events < rules.threshold:
            hidden |= np.asarray([f"{column}[" in term for term in terms])
    return hidden


def _few(numbers: IntArray, rules: Rules) -> BoolArray:
    return np.asarray((numbers > 0) & (numbers < rules.threshold))


def _told(lack: LeftOut, rules: Rules) -> LeftOut:
    if 0 < lack.persons < rules.threshold or 0 < lack.events < rules.threshold:
        return replace(lack, persons=-1, events=-1, exposure=float("nan"), bound=float("nan"))
    return lack
