"""Coefficients of a regression, as a forest: hazard ratios, odds ratios, differences in the hourly wage."""

from __future__ import annotations

from typing import Any

from explorer.core.formulas import model_asked
from explorer.core.modelling import WAGES, ModelOptions
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.fit import Fitted
from models.register import DatasetInfo
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Fitted:
    from models.regression.fitting import fit

    return fit(source.codes, chosen, model_asked(source, options), source.progress)


CALENDAR = frozenset({"cohort", "quarter", "month_settled"})


def _note(released: Any, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    """What a fit is stands with its numbers; here only what a coefficient does not say."""
    out = []
    if options.model == "median-wage":
        out.append(
            Message(
                N_("Errors are not clustered: the months of one person count as if they were of several.")
            )
        )
    if options.model in WAGES and CALENDAR & set(options.terms):
        out.append(
            Message(
                N_(
                    "Months and period of settling together are calendar time: no difference between periods is free "
                    "of what happened in a year, as the minimum wage that rose by 10.15% in January 2023."
                )
            )
        )
    return tuple(out)


VIEW = ViewDef(
    name="model_terms",
    topic="model",
    title=N_("Coefficients"),
    axis_label=N_("ratio to the reference"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=_note,
    picture="forest",
    place=0,
    explain=(
        N_(
            "Each dot compares a group with its reference, among people who are alike in the other terms. A hazard "
            "ratio of 0.85 means that at every moment of stay the group has the event at 85% of the rate of the "
            "reference; 1 is no difference. For work it is a ratio of odds, for wages a difference in per cent. The "
            "line through a dot is the 95% interval; the p-value beside a heading is that of a test that the whole "
            "term adds nothing."
        ),
        N_(
            "A coefficient is no cause: people differ in more than the terms, and a ratio of rates is not a ratio of "
            "shares. It is one number for all months unless you ask that it changes with month. Intervals treat "
            "persons as independent, though families leave together. Many terms make it likely that one of them "
            "looks different by chance."
        ),
    ),
)
