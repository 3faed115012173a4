"""Does a difference hold at every length of stay? Log hazard ratios by blocks of months."""

from __future__ import annotations

from typing import Any

from explorer.core.formulas import in_blocks
from explorer.core.modelling import HAZARDS, ModelOptions
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message, Refusal
from models.fit import Fitted
from models.register import DatasetInfo
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: ModelOptions) -> Fitted:
    from models.regression.fitting import fit_by_blocks

    if options.model not in HAZARDS:
        raise Refusal(
            N_(
                "Blocks of months are for hazards: the models of departure, return, first job and loss of work."
            )
        )
    return fit_by_blocks(source.codes, chosen, *in_blocks(source, options), options.shortest)


def _note(released: Any, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "The column has a coefficient for each block of months (at least {months}), in which every group still "
                "followed has at least ten events; the other terms are as they were. For a test choose “Changes "
                "with month” in the coefficients."
            ),
            {"months": options.shortest},
        ),
    )


VIEW = ViewDef(
    name="model_blocks",
    topic="model",
    title=N_("Change over months"),
    axis_label=N_("ratio to the reference"),
    options=ModelOptions,
    runs="fits",
    ask=_ask,
    note=_note,
    picture="forest",
    place=2,
    explain=(
        N_(
            "A single hazard ratio supposes that groups differ equally at every length of stay. Here the ratio of "
            "one column is drawn for blocks of months apart. Dots below each other on one line: the single ratio "
            "tells the story. Dots that move away from 1, or towards it: the difference grows or fades with the "
            "length of stay."
        ),
        N_(
            "Blocks with few events have wide intervals; compare the intervals before the dots. Late blocks hold "
            "only those who settled first, so that a change may belong to the calendar. The blocks are chosen from "
            "the events and not by meaning, and no test stands beside them."
        ),
    ),
)
