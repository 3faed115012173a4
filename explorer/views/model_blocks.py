"""Does a difference hold at every length of stay? Log hazard ratios by blocks of months."""

from __future__ import annotations

from typing import Any

from explorer.core.fits import FitTask
from explorer.core.modelling import ModelOptions, in_blocks
from explorer.core.views import ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.selection import Predicate

SHORTEST = 3
"""Months of a block: with many events single months would do, but nobody reads a row for each."""


def _fit(selection: Predicate, by: tuple[str, ...], options: ModelOptions) -> FitTask:
    return FitTask(task="fit", spec=in_blocks(selection, options), arguments=(SHORTEST,))


def _note(released: Any, options: ModelOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "The column has a coefficient for each block of three months or more, in which every group still "
                "followed has at least ten events; the other terms are as they were. For a test choose “Changes "
                "with month” in the coefficients."
            )
        ),
    )


VIEW = ViewDef(
    name="model_blocks",
    topic="model",
    title=N_("Change over months"),
    axis_label=N_("ratio to the reference"),
    options=ModelOptions,
    fit=_fit,
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
