"""What people earn an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.core.overlays import percent
from explorer.core.paying import (
    WageOptions,
    euros,
    of_wages_of_the_day,
    panel_messages,
    prices_message,
    threshold_rule,
    with_wages,
)
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.selection import OF_AGE, AtMonth, Predicate, conjunction
from models.tally.choosing import Chosen

if TYPE_CHECKING:
    from models.disclosure.fits import Answer
    from widgets.pictures.gestures import Brush

READ_AT = 24
"""Month at which the note tells the share above the threshold, or the last one before it."""


def _ask(source: Source, chosen: Chosen, options: WageOptions) -> Result:
    from models.wages import wage_fan

    minimum_on = source.prices.minimum_on
    return with_wages(
        source,
        chosen,
        options,
        lambda wages: wage_fan(wages, threshold=options.threshold, minimum_on=minimum_on),
    )


def _note(released: Curves, options: WageOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Median gross hourly wage of those working on the month day, aged 18–64 and present: all wages "
                "over all hours of the calendar month, {prices}. Band: from the 25th to the 75th percentile, and for "
                "one group also from the 10th to the 90th, the spread between people, not an interval."
            ),
            {"prices": prices_message(options)},
        ),
        *panel_messages(options),
        *_above(released, options),
    )


def _above(released: Curves, options: WageOptions) -> tuple[Message, ...]:
    """Say how many of one group earn at least the threshold."""
    curves = released
    if len(curves.keys) != 1:
        return ()
    share = curves["share_at_least"][0]
    seen = np.flatnonzero(np.isfinite(share) & (curves.at <= READ_AT))
    if not len(seen):
        return ()
    place = int(seen[-1])
    return (
        Message(
            N_("In month {month} {share} of them earn at least {threshold}."),
            {
                "month": int(curves.at[place]),
                "share": percent(float(share[place])),
                "threshold": euros(options.threshold),
            },
        ),
    )


def _brush(brush: Brush, released: Answer, options: Any) -> Predicate | None:
    """Choose by a range of wages at a month, among those of age that day, of whom the figure is.

    Real wages have other amounts on every day, and a panel is of other people: they choose nobody.
    """
    if brush.kind != "y at x" or not of_wages_of_the_day(options) or brush.y1 < 0:
        return None
    low, high = (f"{max(value, 0.0):.2f}" for value in (brush.y0, brush.y1))
    month = round(brush.x0)
    return conjunction((AtMonth(OF_AGE, (), month), AtMonth("wage", (low, high), month)))


VIEW = ViewDef(
    name="wages",
    topic="wages",
    title=N_("Hourly wage"),
    axis_label=N_("EUR per hour, median"),
    risk_label=N_("working"),
    options=WageOptions,
    ask=_ask,
    note=_note,
    place=0,
    explain=(
        N_(
            "The line is the wage in the middle: at month 12 a value of € 14.50 means that half of those working that "
            "day earned less than this an hour, before tax, and half earned more. The inner band holds the middle half "
            "of them, the outer one, drawn for a single group, all but the lowest and the highest tenth: the spread "
            "between people, not uncertainty. A person's wage is all pay divided by all paid hours in that calendar "
            "month, over all jobs."
        ),
        N_(
            "A rising line is not a rise for the same people: those with low pay may stop or leave, and others join. "
            "A balanced panel follows the same workers, but then only those who always work. Months of stay fall in "
            "different calendar years, in which the minimum wage rose by over ten percent at once. Bonuses and "
            "holiday pay are not in it. The self-employed are not seen, and wages of those without work do not exist."
        ),
    ),
    picture="fan",
    brush=_brush,
    brush_hint=N_("Drag up or down at a month to choose those who then earned between the two wages."),
    rules=threshold_rule,
)
