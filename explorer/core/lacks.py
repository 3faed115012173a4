"""Why a term, or a whole fit, is not there, in words: which term, why, and what to do."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.words import N_, Message
from models.fit import Lack, LeftOut, NoFit

STEP: Final = re.compile(r"month\[(\d+)\]")
_TERMS: Final = {
    Lack.ALL_EVENTS: N_(
        "“{term}” is left out: everyone in it works on every one of these days. Merge it with another level or leave "
        "it out."
    ),
    Lack.SEPARATED: N_(
        "“{term}” is left out: what happened there and in what it is compared with does not overlap, so that no finite "
        "number fits best. Choose another reference level, merge levels, or leave it out."
    ),
    Lack.COLLINEAR: N_("“{term}” is left out: {others} determine it. Take one of them out of the terms."),
    Lack.CONSTANT: N_(
        "“{term}” is left out: it never changes within a person. Use the model of the hourly wage to compare persons."
    ),
}

_WHOLE: Final = {
    Lack.NOBODY: N_("There is no fit: nobody is selected. Remove a filter."),
    Lack.NO_EVENTS: N_("There is no fit: nobody had the event. Choose more people or another event."),
    Lack.ALL_EVENTS: N_("There is no fit: everyone had the event. Choose more people or another event."),
    Lack.CONSTANT: N_(
        "There is no fit: no term changes within a person. Add the contract, let a term change with month, or use the "
        "model of the hourly wage."
    ),
    Lack.NO_TERMS: N_(
        "There is no fit: no term is left that could be estimated. Choose other terms, merge levels, or use the model "
        "“departure”."
    ),
    Lack.FEW_FOLLOWED: N_(
        "There is no projection: a departure rate takes ten person-months, in a month of stay and at stays of a year "
        "or more over the last twelve calendar months. Choose more people."
    ),
    Lack.NO_SETTLERS: N_(
        "There is no projection with arrivals: nobody selected settled in the last year, like whom they could be. "
        "Leave arrivals out or choose more people."
    ),
    Lack.SATURATED: N_(
        "There is no fit: {parameters} coefficients for as many cells leave nothing to judge errors by. Leave out "
        "terms or interactions, or choose a spline as baseline."
    ),
    Lack.FEW_EVENTS: N_(
        "There is no fit: {parameters} coefficients leave {df} residual degrees of freedom, fewer than 10. Choose "
        "more people or fewer terms, or a spline as baseline."
    ),
    Lack.NOT_CONVERGED: N_(
        "There is no fit: the iterations did not settle; some terms almost determine the outcome. Leave out terms or "
        "merge rare levels."
    ),
    Lack.TOO_LARGE: N_(
        "There is no fit: the terms have too many combinations of values to hold in memory. Make bands of numbers, "
        "as those of age, or leave terms out."
    ),
}

_TOO_FEW: Final = N_(
    "There is no fit: too few persons or events for so many coefficients. Choose more people or fewer terms, or a "
    "spline as baseline."
)

_NO_EVENTS: Final = N_(
    "“{term}” is left out: none of {persons} persons had the event; its rate is below {bound} a month (97.5%). Merge "
    "it with another level or leave it out."
)
_NO_EVENTS_BRIEF: Final = N_(
    "“{term}” is left out: none of {persons} persons had the event, and they were followed too briefly to say below "
    "what rate. Merge it with another level or leave it out."
)
_STEP: Final = N_(
    "Nobody had the event in month {month}, of {persons} persons then at risk: its rate is 0, and below {bound} a "
    "month (97.5%)."
)
_STEP_BRIEF: Final = N_(
    "Nobody had the event in month {month}, of {persons} persons then at risk: its rate is 0; they were followed too "
    "briefly to say below what."
)


def left_out_message(lack: LeftOut, formats: Formats, named: Callable[[str], str] = str) -> Message:
    """Return the sentence that says why a term has no coefficient; `named` says what a reader calls a term.

    A limit of the rate at 100% a month or more tells nothing, and is not told.
    """
    term = {"term": named(lack.term)}
    if lack.lack is not Lack.NO_EVENTS:
        return Message(_TERMS[lack.lack], {**term, "others": ", ".join(map(named, lack.with_terms))})
    if lack.persons < 0:
        return Message(N_("“{term}” is left out: it has no events and too few persons to say more."), term)
    if math.isnan(lack.bound):  # a share has no bound on a rate
        return Message(
            N_("“{term}” is left out: nobody in it works on any of these days. Merge it or leave it out."),
            term,
        )
    step = STEP.fullmatch(lack.term)
    values = {
        **({"month": step[1]} if step else term),
        "persons": formats.count(lack.persons),
        "bound": formats.percent(lack.bound, 2),
    }
    if lack.bound >= 1:
        return Message(_STEP_BRIEF if step else _NO_EVENTS_BRIEF, values)
    return Message(_STEP if step else _NO_EVENTS, values)


def no_fit_message(no_fit: NoFit) -> Message:
    """Return the sentence that says why there is no fit at all; numbers that tell of few persons are left out."""
    if no_fit.parameters < 0 and no_fit.lack in (Lack.FEW_EVENTS, Lack.SATURATED):
        return Message(_TOO_FEW)
    return Message(_WHOLE[no_fit.lack], {"parameters": no_fit.parameters, "df": no_fit.df_residual})
