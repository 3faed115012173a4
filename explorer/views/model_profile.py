"""The share departed that the model predicts of one profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.modelling import ModelOptions, profile_asked
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo

if TYPE_CHECKING:
    from models.disclosure.gate import ReleasedCurves
    from models.fit import NoFit
    from models.results import Result
    from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Result | NoFit:
    from models.regression.fitting import of_profile

    return of_profile(source.codes, chosen, *profile_asked(source, options))


def _note(released: ReleasedCurves, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "The share departed that the model predicts of: {profile}. Band: pointwise 95% interval (log-log)."
            ),
            {"profile": options.profile or Message(N_("the first level of every term"))},
        ),
    )


VIEW = ViewDef(
    name="model_profile",
    topic="model",
    title=N_("Curve of a profile"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=_note,
    place=4,
    explain=(
        N_(
            "The curve of people who are alike in every term of the model: write a level of each under “Profile”, as "
            "“cohort=2023, sex=male”. Read it as any share departed: 20% at month 12 is one in five."
        ),
        N_(
            "It comes from the model and is as good as that is, also where few or none of the people selected have "
            "this profile. It says nothing of one person."
        ),
    ),
)
