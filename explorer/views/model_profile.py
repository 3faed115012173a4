"""The share departed that the model predicts of one profile."""

from __future__ import annotations

from explorer.core.formulas import profile_asked
from explorer.core.modelling import ModelOptions
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.fit import NoFit
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Result | NoFit:
    from models.regression.fitting import of_profile

    return of_profile(source.codes, chosen, *profile_asked(source, options), source.rules)


def _note(released: Curves, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "The share departed that the model predicts of: {profile}. Band: pointwise 95% interval (log-log)."
            ),
            {
                "profile": options.profile
                or Message(N_("the first level of every term, numbers at their mean"))
            },
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
    lone=N_("this profile"),
    explain=(
        N_(
            "The curve of people who are alike in every term of the model: write a level of each under “Profile”, as "
            "“cohort=2023, sex=male”. Nothing written, it is that of the first levels. Read it as any share departed: "
            "20% at month 12 means that one in five of such people have left within a year."
        ),
        N_(
            "The curve comes from the model and is as good as that is. It is drawn also where few of the people "
            "selected, or none, have this profile: then it rests on what others of the same levels did. It tells "
            "of many people who are alike, never what one person will do."
        ),
    ),
)
