"""How much standardised shares departed differ from those of the first level, as numbers."""

from __future__ import annotations

from explorer.core.formulas import standardising
from explorer.core.modelling import ModelOptions
from explorer.core.views import Source, ViewDef, always
from explorer.core.words import N_
from models.fit import NoFit
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Result | NoFit:
    from models.regression.fitting import standardised

    return standardised(source.codes, chosen, *standardising(source, options), source.rules, differences=True)


VIEW = ViewDef(
    name="model_differences",
    topic="model",
    title=N_("Standardised differences"),
    axis_label=N_("difference in the share departed"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=always(
        N_(
            "The standardised share departed at 6, 12 and 24 months, and the mean stay up to then in months, less "
            "those of the first level. Interval: 95%, from seeded draws of the coefficients; it treats persons as "
            "independent and the model as true."
        )
    ),
    picture="table",
    place=6,
    explain=(
        N_(
            "Each row compares one level with the first, as if everyone selected were of the one and then of the "
            "other. A difference of 3 points at month 12 means that of a hundred people three more would have left "
            "within a year. The mean stay counts the months that people are here up to that month."
        ),
        N_(
            "These are the gaps between the standardised curves, and hold as far as the model does. A difference is a "
            "cause only if nothing else differs between the levels, which a register cannot show. A month is left out "
            "where nobody of one of the two levels could be followed so far."
        ),
    ),
)
