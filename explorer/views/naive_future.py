"""A shortcut on the right curve: people chosen by a contract they have at some time, without its month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.core.names import CONTRACT_LEVELS, LEVELS
from explorer.core.options import Choice, Number, Written, option
from explorer.core.overlays import READ_AT, group_name, groups_of, percent, points, truth, value
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import CONTRACTS, DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen

NAMES = {name: CONTRACT_LEVELS.get(name, LEVELS[name]) for name in CONTRACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureOptions:
    """Which contract, and in which month."""

    contract: str = option(
        "agency",
        label=N_("Contract"),
        control=Choice(values=tuple(NAMES.items())),
        written=Written(help="contract that is looked at"),
    )
    month: int = option(
        6,
        label=N_("In month"),
        control=Number(low=1, high=24),
        written=Written(help="month in which it is held"),
    )


def _ask(source: Source, chosen: Chosen, options: FutureOptions) -> Result:
    from models.shortcuts import RIGHT, filter_on_the_future, who_is_asked
    from models.tally.exits import count_departures

    codes = source.codes
    asked = who_is_asked(codes, chosen, options.contract, options.month)
    known = source.truth(codes, asked[RIGHT]) if source.truth and not chosen.by else None
    return filter_on_the_future(
        {name: source.release(count_departures(codes, who)) for name, who in asked.items()}, known
    )


def _note(released: Curves, options: FutureOptions, info: DatasetInfo) -> tuple[Message, ...]:
    curves = released
    month = READ_AT if options.month < READ_AT else min(options.month + READ_AT, int(curves.at[-1]))
    return (
        Message(
            N_(
                "Main job with this contract: {contract}. Shortcut: all who have it in some month, followed "
                "from settling. To be counted one has to stay until the contract begins, so it is too low: nobody in "
                "it could leave before. Right: those who are present with it in month {month}, followed from then on. "
                "Beside each stand all of them, with and without it: from settling, and those present in month {month}."
            ),
            {"contract": Message(NAMES[options.contract]), "month": options.month},
        ),
        *_gap(curves, month, options.month, info),
        *truth(curves, info, month),
        Message(
            N_(
                "Those working differ from the others in age and sex too. Band: pointwise 95% interval of the right "
                "curve only."
            )
        ),
    )


def _gap(curves: Curves, month: int, start: int, info: DatasetInfo) -> tuple[Message, ...]:
    """Say what the shortcut and the right curve find against everyone, in the first group that has all numbers."""
    for group in groups_of(curves):
        shortcut, settled, right, present = (
            value(curves, name, month, group) for name in ("shortcut", "all settled", "right", "all present")
        )
        if not np.isfinite([shortcut, settled, right, present]).all():
            continue
        said = Message(
            N_(
                "By month {month} the shortcut has {shortcut} gone against {settled} of all, {wrong} percentage "
                "points; rightly, from month {start}, it is {right} against {present}, {fair} percentage points."
            ),
            {
                "month": month,
                "shortcut": percent(shortcut),
                "settled": percent(settled),
                "wrong": points(shortcut, settled),
                "start": start,
                "right": percent(right),
                "present": percent(present),
                "fair": points(right, present),
            },
            lower=bool(group),
        )
        if group:
            name = group_name(curves.by, group, info)
            return (Message(N_("For {group}: {sentence}"), {"group": name, "sentence": said}),)
        return (said,)
    return ()


VIEW = ViewDef(
    name="naive_future",
    topic="departure",
    title=N_("Shortcut: a filter on the future without its month"),
    subtitle=N_("why the naive curve is wrong"),
    axis_label=N_("departed, % of those followed"),
    risk_label=N_("at risk"),
    options=FutureOptions,
    ask=_ask,
    note=_note,
    place=22,
    explain=(
        N_(
            "Do people on an agency contract leave less often? The shortcut takes all who ever have one and follows "
            "them from settling. Its curve starts flat, because whoever left in the first months had no time to get "
            "the contract: staying made them members. The right curve picks people who are present with the contract "
            "in one month and starts there. A point of 10% six months on means that a tenth of them left in those six "
            "months. Compare each with the curve of everyone that starts in the same month."
        ),
        N_(
            "A small difference between the right curve and everyone does not prove that the contract keeps people "
            "here or sends them away: those working are of working age and differ in other ways. In the synthetic "
            "sample work has no effect on leaving at all, so any difference that the shortcut finds there is made by "
            "the method. Only employees in the wage register have a contract; the self-employed are not seen, and "
            "contracts that begin after the chosen month do not count."
        ),
    ),
)
