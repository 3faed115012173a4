"""What the model says beside what was observed, on the same months."""

from __future__ import annotations

from explorer.core.fits import MODELS
from explorer.core.formulas import first_category, model_asked
from explorer.core.modelling import ModelOptions
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message, Refusal
from models.fit import NoFit
from models.register import DatasetInfo
from models.regression.fitting import FAMILIES
from models.results import Curves, Result
from models.tally.choosing import Chosen
from models.tally.person_months import TIME_VARYING


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Result | NoFit:
    from models.regression.fitting import WITH_MEANS, observed_beside_fitted

    codes, model = source.codes, model_asked(source, options)
    if model.family not in WITH_MEANS:
        raise Refusal(
            N_(
                "Observed beside fitted is drawn for departure, return, first job, loss of work, working and the "
                "hourly wage. Choose one of those models."
            )
        )
    column = options.compared or first_category(codes, model)
    if column and column not in codes.groupings and not (model.family == "wage" and column in TIME_VARYING):
        raise Refusal(
            N_("There is no column “{column}” to compare by; there are {known}."),
            column=column,
            known=", ".join(codes.groupings),
        )
    return observed_beside_fitted(codes, chosen, model, column, source.rules)


_WHAT = {
    "hazard": N_(
        "Dots: events per person-month (30.4375 days at risk) in each month; lines: what the model says."
    ),
    "work": N_("Dots: the share that works on each month day; lines: what the model says."),
    "wage": N_(
        "Dots: the geometric mean of the hourly wage on each month day, in EUR; lines: what the model says."
    ),
}


_ENDS_HAZARD = N_(
    "A curve ends with the last month that somebody of the group was followed to the end of, and where fewer than 10 "
    "persons are at risk; its last months rest on those who could be followed longest."
)
_ENDS = N_(
    "A curve ends where fewer than 10 persons are counted; its last months rest on those who settled first."
)


def _note(released: Curves, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    family = FAMILIES[options.model]
    return (
        Message(_WHAT.get(family, _WHAT["hazard"])),
        Message(N_("Outcome: {event}."), {"event": Message(MODELS[options.model].event)}),
        Message(_ENDS_HAZARD if family == "hazard" else _ENDS),
        Message(
            N_(
                "The lines sum the fitted values over the people who were there, with their own terms; a column that "
                "is no term shows what the model misses. No interval is drawn."
            )
        ),
    )


VIEW = ViewDef(
    name="model_fitted",
    topic="model",
    title=N_("Fitted against observed"),
    axis_label=N_("observed (dots) and fitted (lines)"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=_note,
    place=1,
    explain=(
        N_(
            "Each dot is counted, each line is what the model says of the same people in the same month. Where the "
            "dots scatter around their line the model describes the group; where they stay above it or below it for "
            "months on end, it does not. Choose another column for the curves, also one that is no term, to look "
            "where it fails."
        ),
        N_(
            "With one step a month the sum of all groups fits by itself; only the groups are put to the test. Dots "
            "of few people scatter widely without any fault of the model. A good fit is no proof that the terms are "
            "the causes, nor that the model holds for other people or later months."
        ),
    ),
)
