"""The share departed if everyone had each level of a term in turn."""

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

    return standardised(source.codes, chosen, *standardising(source, options), source.rules)


VIEW = ViewDef(
    name="model_standardised",
    topic="model",
    title=N_("Standardised curves"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=always(
        N_(
            "The share departed that the model predicts if everyone selected had each level in turn and kept the "
            "other terms as at settling, averaged over all of them; each curve ends with the last month that "
            "somebody in that level could be followed through."
        ),
        N_(
            "Band: pointwise 95% interval from seeded draws of the coefficients (log-log); it treats persons as "
            "independent and the model as true."
        ),
    ),
    place=3,
    explain=(
        N_(
            "Groups differ in age, sex and nationality, and their curves differ for that reason too. Here everyone "
            "is given each level in turn while the other terms stay as they are; the gap between two curves is what "
            "remains between the levels when the mix of people is the same. Read a curve as any share departed: 20% "
            "at month 12 is one in five."
        ),
        N_(
            "Nobody was observed under all levels: the curves come from the model, and are as good as it is. Only "
            "differences in the terms are taken away, no others. A gap is a cause only if nothing else differs "
            "between the levels, which a register cannot show."
        ),
    ),
)
