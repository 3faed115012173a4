"""A shortcut on the right curve: those no longer observed counted as stayers."""

from __future__ import annotations

from explorer.core.overlays import gap, truth
from explorer.core.views import NoOptions, Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.shortcuts import ignoring_censoring
    from models.tally.exits import count_departures

    known = source.truth(source.codes, chosen) if source.truth and not chosen.by else None
    return ignoring_censoring(source.release(count_departures(source.codes, chosen)), known)


def _note(released: Curves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Shortcut: those who departed by month m as a share of all who settled. It counts people who "
                "settled too recently to be followed that long as if they were sure to stay, so it is too low, "
                "and more so the later the month. Right: one minus Kaplan–Meier, which drops people from those at "
                "risk when they are no longer observed."
            )
        ),
        *gap(released, info),
        *truth(released, info),
        Message(
            N_(
                "Where later settlers leave at another pace the right curve drifts too (see month 24 for everyone). "
                "Band: pointwise 95% interval of the right curve only."
            )
        ),
    )


VIEW = ViewDef(
    name="naive_censoring",
    topic="departure",
    title=N_("Shortcut: ignoring censoring"),
    subtitle=N_("why the naive curve is wrong"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    risk_label=N_("divided by"),
    ask=_ask,
    note=_note,
    place=20,
    explain=(
        N_(
            "Two curves answer the same question: how many have left by each month? A point at month 12 of 20% on the "
            "right curve means that of people who settled, a fifth are expected to have left within a year. The "
            "shortcut divides the departures seen by everyone who settled, also those who arrived last month and "
            "could not yet have stayed a year. The rows under the plot show what each curve divides by: a number "
            "that falls as people can no longer be followed, against one that never changes."
        ),
        N_(
            "The gap is no estimate of anything; it only shows what the shortcut costs, and it grows with the share "
            "of recent settlers. The right curve is not perfect either: it supposes that people who are no longer "
            "followed leave like those who are. When later settlers leave more slowly, its last months lean on the "
            "early ones and run too high. The truth is drawn only for simulated people. People who left without "
            "telling the register count as staying until they are removed."
        ),
    ),
)
