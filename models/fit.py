"""The language of regressions: a fit, what was left out of it and why, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias

import numpy as np

from models.results import FloatArray, IntArray

Baseline: TypeAlias = Literal["steps", "spline", "linear"]
Scale: TypeAlias = Literal["log hazard", "log odds", "log wage"]


class Errors(StrEnum):
    """How the standard errors were made."""

    MODEL = "model"
    CLUSTER = "clustered by person, HC0 with G/(G-1)"
    ARELLANO = "clustered by person (Arellano), HC0"
    NID = "sandwich, not identically distributed (Hendricks-Koenker)"


class Lack(StrEnum):
    """Why a term, or the whole fit, is not there."""

    NO_EVENTS = "no events"
    ALL_EVENTS = "nothing but events"
    SEPARATED = "separated"
    COLLINEAR = "collinear"
    CONSTANT = "constant within persons"
    NO_TERMS = "no terms"
    SATURATED = "saturated"
    FEW_EVENTS = "few degrees of freedom"
    NOT_CONVERGED = "not converged"
    NOBODY = "nobody"
    TOO_LARGE = "too large"
    FEW_FOLLOWED = "few followed"
    NO_SETTLERS = "no settlers"


_BASELINE: Final = re.compile(r"\(intercept\)|month(\[\d+\])?|spline\[\d+\]")


def is_baseline(term: str) -> bool:
    """Return whether a coefficient belongs to the dependence on month, and not to a term."""
    return _BASELINE.fullmatch(term) is not None


def factors_of(term: str) -> tuple[str, ...]:
    """Return the factors of ``a[x]:b[y]``; a level may hold a colon itself."""
    out, depth, begin = [], 0, 0
    for at, sign in enumerate(term):
        depth += (sign == "[") - (sign == "]")
        if sign == ":" and not depth:
            out.append(term[begin:at])
            begin = at + 1
    return (*out, term[begin:])


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A term that has no coefficient: which, why, and how much is known of it.

    Attributes
    ----------
    term
        Name of the coefficient that would have been.
    persons, events, exposure
        Persons of that level, their events, and their person-days (person-months for a logit).
    bound
        Upper 97.5 % limit of the rate per 30.4375 person-days when there were no events, else NaN.
    with_terms
        For a collinear term the coefficients that determine it.
    """

    term: str
    lack: Lack
    persons: int = 0
    events: int = 0
    exposure: float = float("nan")
    bound: float = float("nan")
    with_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTest:
    """The test that a term adds nothing: likelihood ratio for hazards, Wald with robust errors otherwise.

    `proportionality` marks the test of an interaction of the term with month.
    """

    term: str
    kind: Literal["likelihood ratio", "Wald"]
    statistic: float
    df: int
    p_value: float
    proportionality: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficients:
    """Estimates of a fit, one a term; arrays of shape (terms,), the covariance (terms, terms).

    `persons` and `events` stand behind each term: those of its level, or all for a number. The limits are
    estimate ± 1.96 standard errors (Wald, 95 %).
    """

    terms: tuple[str, ...]
    estimate: FloatArray
    covariance: FloatArray
    persons: IntArray
    events: IntArray

    @property
    def std_error(self) -> FloatArray:
        """Standard errors, shape (terms,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def only(self, places: list[int]) -> Coefficients:
        """Return those at some places."""
        return Coefficients(
            terms=tuple(self.terms[place] for place in places),
            estimate=self.estimate[places],
            covariance=self.covariance[np.ix_(places, places)],
            persons=self.persons[places],
            events=self.events[places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted regression. It holds no design matrix and no row of a person.

    Attributes
    ----------
    model
        Name of the model on the command line: ``departure``, ``wage``, ...
    scale
        Scale of the coefficients.
    baseline
        Form of the dependence on month.
    persons, events, person_days
        Totals behind the fit; person-days are NaN where time is not exposure.
    observations
        Rows of the likelihood before they were summed: person-months for work and wages, persons for a Cox model.
    log_likelihood, aic
        Unchanged by splitting or summing cells; NaN where there is no likelihood.
    df_residual
        Events minus parameters for hazards, persons minus parameters otherwise.
    ties
        How ties are treated, "" where there are none to treat.
    missing
        Persons left out because a covariate is unknown; -1 where there are some, too few to say how many.
    knots
        Knots of a spline, in months.
    """

    model: str
    scale: Scale
    baseline: Baseline | Literal[""]
    coefficients: Coefficients
    persons: int
    events: int
    person_days: float
    observations: int
    log_likelihood: float
    aic: float
    df_residual: int
    errors: Errors
    ties: str = ""
    start_month: int = 0
    missing: int = 0
    tests: tuple[TermTest, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    knots: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFit:
    """There is no fit, and why; `lacks` names terms where terms are to blame."""

    model: str
    lack: Lack
    lacks: tuple[LeftOut, ...] = ()
    parameters: int = 0
    df_residual: int = 0


Fitted: TypeAlias = Fit | NoFit
