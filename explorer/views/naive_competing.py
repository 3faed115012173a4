"""A shortcut on the right curve: one minus Kaplan-Meier for one destination, the others taken for censoring."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.core.names import DESTINATION_NAMES
from explorer.core.options import Choice, Written, option
from explorer.core.overlays import gap, truth
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationOptions:
    """Which destination is looked at."""

    destination: str = option(
        "origin",
        label=N_("Destination"),
        control=Choice(values=tuple(DESTINATION_NAMES.items())),
        written=Written(help="destination that is looked at"),
    )


def _ask(source: Source, chosen: Chosen, options: DestinationOptions) -> Result:
    from models.shortcuts import destinations_apart
    from models.tally.exits import count_departures

    known = source.truth(source.codes, chosen) if source.truth and not chosen.by else None
    released = source.release(count_departures(source.codes, chosen))
    return destinations_apart(released, options.destination, known)


def _note(released: Curves, options: DestinationOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return (
        Message(
            N_(
                "Departures with this destination: {destination}. Shortcut: one minus Kaplan–Meier with every "
                "other departure taken for a censoring, as if who left for elsewhere could still leave for here. It "
                "is too high, and the destinations no longer add up to the share departed. Right: cumulative "
                "incidence (Aalen–Johansen), in which destinations compete."
            ),
            {"destination": Message(DESTINATION_NAMES[options.destination])},
        ),
        *gap(released, info),
        *truth(released, info),
        Message(N_("Band: pointwise 95% interval of the right curve only.")),
    )


VIEW = ViewDef(
    name="naive_competing",
    topic="departure",
    title=N_("Shortcut: one minus Kaplan–Meier per destination"),
    subtitle=N_("why the naive curve is wrong"),
    axis_label=N_("departed there, % of those who settled"),
    axis_label_then=N_("departed there, % of those present then"),
    options=DestinationOptions,
    ask=_ask,
    note=_note,
    place=21,
    explain=(
        N_(
            "Both curves speak of one destination, chosen above. A point at month 12 of 10% on the right curve means "
            "that a tenth of those who settled have left for that destination within a year; the rest stayed or went "
            "elsewhere. The shortcut treats everyone who went elsewhere as if they had merely dropped out of sight, "
            "so that those who remain stand in for them. It answers what would happen if no other destination "
            "existed, a world nobody has seen, and therefore lies higher."
        ),
        N_(
            "The difference is small while few leave and grows with every departure to other places; in proportion it "
            "is largest for rare destinations late in the stay. Neither curve says why people chose a destination, nor "
            "what would happen if one were closed. Destinations are those the register wrote down: unknown is a "
            "destination of its own here, and an administrative removal may hide a return home months earlier. The "
            "interval covers chance only, not such errors."
        ),
    ),
)
