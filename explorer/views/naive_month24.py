"""A shortcut on the right curve: the late months of a pooled curve, which only the first cohort reached."""

from __future__ import annotations

from typing import Final

import numpy as np

from explorer.core.overlays import NOT_KNOWN, READ_AT, group_name, groups_of, percent, points, value
from explorer.core.views import NoOptions, Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen

LATE: Final = 24
TOO_HIGH: Final = N_(
    "In month {month} it says {pooled}; the truth is {truth}, what the simulator expects of everybody chosen, had all "
    "been followed: {points} percentage points too high."
)
TOO_LOW: Final = N_(
    "In month {month} it says {pooled}; the truth is {truth}, what the simulator expects of everybody chosen, had all "
    "been followed: {points} percentage points too low."
)


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.shortcuts import pooled_to_the_end
    from models.tally.exits import count_departures

    known = source.truth(source.codes, chosen) if source.truth else None
    apart, together = (
        source.release(count_departures(source.codes, who)) for who in (chosen, chosen.as_one())
    )
    return pooled_to_the_end(apart, together, known)


def _note(released: Curves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    curves = released
    whole = ("everyone",) * len(curves.by)
    late = min(LATE, int(curves.at[-1]))
    return (
        Message(
            N_(
                "Shortcut: one curve of all groups together, read to month {month}. Its late months are seen only for "
                "those who settled first and say nothing of the others. Right: a curve for each group, to the last "
                "month it was observed (one minus Kaplan–Meier)."
            ),
            {"month": late},
        ),
        *_seen(curves, whole, late, info),
        *_spread(curves, whole, info),
        *_against_truth(curves, whole, late, info),
        Message(N_("Band: pointwise 95% interval of the right curves only.")),
    )


def _seen(curves: Curves, whole: tuple[str, ...], late: int, info: DatasetInfo) -> tuple[Message, ...]:
    """Say who is still followed late, and what part of all who settled they were."""
    first = int(curves.at[0])

    def part(group: tuple[str, ...], month: int) -> float:
        own = value(curves, "right", month, group, "at_risk")
        every = value(curves, "shortcut", month, whole, "at_risk")
        return own / every if every > 0 else float("nan")

    parts = {group: part(group, late) for group in groups_of(curves) if group != whole}
    known = {group: share for group, share in parts.items() if np.isfinite(share)}
    if not known:
        return ()
    most = max(known, key=lambda group: known[group])
    start = part(most, first)
    if not np.isfinite(start):
        # In an extract nobody, or few, are followed from settling.
        return ()
    return (
        Message(
            N_(
                "Of those still followed in month {month}, {then} are {group}; of all at the start it was "
                "{start}."
            ),
            {
                "month": late,
                "then": percent(known[most]),
                "group": group_name(curves.by, most, info),
                "start": percent(start),
            },
        ),
    )


def _spread(curves: Curves, whole: tuple[str, ...], info: DatasetInfo) -> tuple[Message, ...]:
    """Say between which groups the pooled curve lies in month 12."""
    month = min(READ_AT, int(curves.at[-1]))
    read = {group: value(curves, "right", month, group) for group in groups_of(curves) if group != whole}
    known = {group: share for group, share in read.items() if np.isfinite(share)}
    pooled = value(curves, "shortcut", month, whole)
    if len(known) < 2 or not np.isfinite(pooled):
        return ()
    low, high = (one(known, key=lambda group: known[group]) for one in (min, max))
    return (
        Message(
            N_(
                "In month {month} it says {pooled}, where the groups run from {low} ({lowest}) to {high} ({highest})."
            ),
            {
                "month": month,
                "pooled": percent(pooled),
                "low": percent(known[low]),
                "lowest": group_name(curves.by, low, info),
                "high": percent(known[high]),
                "highest": group_name(curves.by, high, info),
            },
        ),
    )


def _against_truth(
    curves: Curves, whole: tuple[str, ...], late: int, info: DatasetInfo
) -> tuple[Message, ...]:
    """Say how far the pooled curve is from the truth late, where that is known."""
    pooled, true = (value(curves, name, late, whole) for name in ("shortcut", "truth"))
    if not np.isfinite([pooled, true]).all():
        return (Message(NOT_KNOWN),) if info.synthetic else ()
    return (
        Message(
            TOO_HIGH if pooled > true else TOO_LOW,
            {
                "month": late,
                "pooled": percent(pooled),
                "truth": percent(true),
                "points": points(max(pooled, true), min(pooled, true)),
            },
        ),
    )


VIEW = ViewDef(
    name="naive_month24",
    topic="departure",
    title=N_("Shortcut: month 24 for everyone"),
    subtitle=N_("why the naive curve is wrong"),
    axis_label=N_("departed, % of those who settled"),
    axis_label_then=N_("departed, % of those present then"),
    risk_label=N_("at risk"),
    ask=_ask,
    note=_note,
    by=("cohort",),
    place=23,
    explain=(
        N_(
            "The shortcut pools everyone and runs to the last month in which anybody is followed. The other "
            "curves stop where their group can no longer be seen: people who settled in 2024 have not lived here for "
            "two years yet. A pooled point at month 24 of 34% looks like a statement about all who settled. The "
            "numbers at risk under the plot tell who stands behind it: nearly all of them belong to the first "
            "cohort. Read the late months per cohort, or not at all."
        ),
        N_(
            "How the later cohorts will fare in their second year is not in the data, and no weighting can put it "
            "there. Where they leave more slowly than the first, the pooled curve is too high; where faster, too low. "
            "The truth drawn for simulated people goes on after the reference day as the simulator has it. "
            "Cohorts also live through the same months of stay in different calendar years, so a difference between "
            "them is not only one between people."
        ),
    ),
)
