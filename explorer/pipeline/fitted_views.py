"""Answers of views that need a regression: each says what to fit, this file fits and releases it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from explorer.core.fits import FitSpec, FitTask
from explorer.core.modelling import known_terms
from explorer.core.names import ColumnOf
from explorer.core.spec import Spec
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Refusal
from explorer.pipeline.versus import only_in_one, overlapping, parts_apart
from models.disclosure.fits import (
    Answer,
    ReleasedFit,
    ReleasedNoFit,
    ReleasedTogether,
    release_beside,
    release_fit,
)
from models.disclosure.gate import release
from models.fit import Fit, NoFit
from models.results import Result
from models.rules import Rules
from models.selection import Predicate
from models.tally.codes import Codes
from models.together import together

Progress = Callable[[float], None]


def answer_fitted(
    source: Source, view: ViewDef, spec: Spec, rules: Rules, progress: Progress | None = None
) -> Answer:
    """Fit what `view` asks of the selection of `spec`, or of each of two selections, and release it.

    Raises
    ------
    explorer.core.words.Refusal
        When a term, level, cause or model does not exist, or does not go with the model.
    """
    assert view.fit is not None
    if not spec.versus:
        return _released(
            _found(source.codes, view.fit(spec.selection, spec.by, spec.options), progress), rules
        )
    make = view.fit

    def found(part: Predicate) -> Result | Fit | NoFit:
        return _found(source.codes, make(part, spec.by, spec.options), progress)

    apart: tuple[Result | Fit | NoFit, ...] = ()
    if rules.threshold and overlapping(source.codes, spec.versus):
        # Persons in only one of the two are what a number of A tells beside the same number of B.
        apart = tuple(map(found, parts_apart(spec.versus)))
    return _both(
        {name: found(part) for name, part in spec.versus},
        only_in_one(source.codes, spec.versus),
        apart,
        rules,
    )


def _both(
    found: dict[str, Result | Fit | NoFit],
    alone: tuple[int, ...],
    apart: tuple[Result | Fit | NoFit, ...],
    rules: Rules,
) -> Answer:
    curves = {name: one for name, one in found.items() if not isinstance(one, Fit | NoFit)}
    if curves:
        beside = tuple(one for one in apart if not isinstance(one, Fit | NoFit))
        return release(together(curves, alone, beside), rules)
    few = any(0 < persons < rules.threshold for persons in alone)
    beside_fits = tuple(one for one in apart if isinstance(one, Fit | NoFit))
    fits = tuple(
        _hidden_fit(one, rules) if few else release_beside(one, beside_fits, rules)
        for one in found.values()
        if isinstance(one, Fit | NoFit)
    )
    return ReleasedTogether(names=tuple(found), fits=fits, rules=rules)


def _hidden_fit(fitted: Fit | NoFit, rules: Rules) -> ReleasedFit | ReleasedNoFit:
    """Hide a fit beside which another of nearly the same persons stands: the two together tell of those few."""
    from models.fit import Lack

    return release_fit(NoFit(model=fitted.model, lack=Lack.FEW_APART), rules)


def _released(found: Result | Fit | NoFit, rules: Rules) -> Answer:
    return release_fit(found, rules) if isinstance(found, Fit | NoFit) else release(found, rules)


def _found(codes: Codes, task: FitTask, progress: Progress | None) -> Result | Fit | NoFit:
    spec = known_terms(task.spec, codes.groupings)
    return TASKS[task.task](codes, spec, progress, *task.arguments)


def _fit(codes: Codes, spec: FitSpec, progress: Progress | None, shortest: int = 1) -> Fit | NoFit:
    """Fit it; `shortest` is the least number of months of a block, where it is fitted in blocks."""
    from explorer.pipeline.fitting import check, fitted, person_time

    check(codes, spec)
    if not spec.in_blocks:
        return fitted(codes, spec, progress)
    from models.regression.blocks import fit_in_blocks

    lived = person_time(codes, spec)
    found = fit_in_blocks(lived, spec.formula, spec.in_blocks, spec.model, shortest=shortest)
    return found if isinstance(found, NoFit) else found.fit


def _observed(codes: Codes, spec: FitSpec, progress: Progress | None, column: str) -> Result | NoFit:
    from explorer.pipeline.observing import observed_beside_fitted

    return observed_beside_fitted(codes, spec, column or first_category(codes, spec))


def _standardise(codes: Codes, spec: FitSpec, progress: Progress | None, column: str) -> Result | NoFit:
    from explorer.pipeline.predicting import standardised

    if not (column or first_category(codes, spec)):
        raise Refusal(N_("There is no category among the terms. Choose one under “Terms”."))
    if column and column not in spec.formula.columns:
        raise Refusal(
            N_("“{column}” is not among the terms. Choose it under “Terms”, or another under “Curves by”."),
            column=ColumnOf(column, codes.info.columns),
        )
    return standardised(codes, spec, column or first_category(codes, spec))


def _project(
    codes: Codes, spec: FitSpec, progress: Progress | None, by: tuple[str, ...], asked: tuple[object, ...]
) -> Result | NoFit:
    from explorer.pipeline.projecting import projection, scenario_of
    from models.present import observed_then_projected
    from models.results import Curves
    from models.tally.choosing import choose

    found = projection(codes, spec, by, scenario_of(*asked))  # type: ignore[arg-type]
    if not isinstance(found, Curves):
        return found
    return observed_then_projected(found, codes, choose(codes, spec.selection, by))


def first_category(codes: Codes, spec: FitSpec) -> str:
    """Return the first column of the terms that groups persons, "" when there is none."""
    return next((name for name in spec.formula.columns if name in codes.groupings), "")


TASKS: Final[dict[str, Callable[..., Result | Fit | NoFit]]] = {
    "fit": _fit,
    "observed": _observed,
    "standardise": _standardise,
    "project": _project,
}
