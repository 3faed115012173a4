"""Why a term, or a whole fit, is not there, in words: which term, why, and what to do."""

from __future__ import annotations

from typing import Final

from explorer.core.formatting import Formats
from explorer.core.words import N_, Message
from models.fit import Lack, LeftOut, NoFit

_TERMS: Final = {
    Lack.ALL_EVENTS: N_(
        "“{term}” is left out: everyone in it works on every one of these days. Merge it with another level or leave "
        "it out."
    ),
    Lack.COLLINEAR: N_("“{term}” is left out: {others} determine it. Take one of them out of the terms."),
    Lack.CONSTANT: N_(
        "“{term}” is left out: it never changes within a person. Use the model “wage” to compare persons."
    ),
}

_WHOLE: Final = {
    Lack.NOBODY: N_("There is no fit: nobody is selected. Remove a filter."),
    Lack.NO_EVENTS: N_("There is no fit: nobody had the event. Choose more people or another event."),
    Lack.ALL_EVENTS: N_("There is no fit: everyone had the event. Choose more people or another event."),
    Lack.CONSTANT: N_(
        "There is no fit: no term changes within a person. Add “contract”, let a term change with month, or use the "
        "model “wage”."
    ),
    Lack.SATURATED: N_(
        "There is no fit: {parameters} coefficients for as many cells leave nothing to judge errors by. Leave out "
        "terms or interactions, or choose the baseline “spline”."
    ),
    Lack.FEW_EVENTS: N_(
        "There is no fit: {parameters} coefficients leave {df} residual degrees of freedom, fewer than 10. Choose "
        "more people or fewer terms, or the baseline “spline”."
    ),
    Lack.NOT_CONVERGED: N_(
        "There is no fit: the iterations did not settle; some terms almost determine the outcome. Leave out terms or "
        "merge rare levels."
    ),
    Lack.TOO_LARGE: N_(
        "There is no fit: the terms have too many combinations of values to hold in memory. Make bands of numbers, "
        "as age_band, or leave terms out."
    ),
    Lack.FEW_APART: N_(
        "The fits of A and B are hidden: so few persons are in only one of them that the two would tell of those. "
        "Choose selections that differ by more people."
    ),
}


def left_out_message(lack: LeftOut, formats: Formats) -> Message:
    """Return the sentence that says why a term has no coefficient."""
    if lack.lack == Lack.NO_EVENTS:
        if lack.persons < 0:
            return Message(
                N_("“{term}” is left out: it has no events and too few persons to say more."),
                {"term": lack.term},
            )
        if lack.bound != lack.bound:  # NaN: a share has no bound on a rate
            return Message(
                N_(
                    "“{term}” is left out: nobody in it works on any of these days. Merge it or leave it out."
                ),
                {"term": lack.term},
            )
        if lack.term.startswith("month[") and ":" not in lack.term:
            return Message(
                N_(
                    "Nobody had the event in month {month}, of {persons} persons then at risk: its rate is 0, and "
                    "below {bound} % a month (97.5 %)."
                ),
                {
                    "month": lack.term[len("month[") : -1],
                    "persons": formats.count(lack.persons),
                    "bound": formats.number(100 * lack.bound, 2),
                },
            )
        return Message(
            N_(
                "“{term}” is left out: none of {persons} persons had the event; its rate is below {bound} % a month "
                "(97.5 %). Merge it with another level or leave it out."
            ),
            {
                "term": lack.term,
                "persons": formats.count(lack.persons),
                "bound": formats.number(100 * lack.bound, 2),
            },
        )
    others = ", ".join(lack.with_terms)
    return Message(_TERMS[lack.lack], {"term": lack.term, "others": others})


def no_fit_message(no_fit: NoFit) -> Message:
    """Return the sentence that says why there is no fit at all."""
    return Message(_WHOLE[no_fit.lack], {"parameters": no_fit.parameters, "df": no_fit.df_residual})
