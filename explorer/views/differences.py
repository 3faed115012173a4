"""How much the share departed differs between groups."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves, Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.differences import differences_from_first
    from models.tally.exits import count_departures

    return differences_from_first(source.release(count_departures(source.codes, chosen)))


def _difference(source: Source, a: Chosen, b: Chosen, options: NoOptions) -> Result:
    from models.differences import difference_between

    return difference_between(source.codes, a, b, source.rules)


OF_TWO = (
    N_(
        "Share departed (one minus Kaplan–Meier) of A less that of B, 6, 12 and 24 months after settling; "
        "both from the same day on."
    ),
    N_(
        "Interval: 95%, from the log-log limits of both shares; it allows for persons who are in both. "
        "The p-value is of no difference, for each month on its own. No difference with fewer than ten at "
        "risk or nobody departed on either side."
    ),
)
OF_GROUPS = (
    N_(
        "Share departed (one minus Kaplan–Meier) 6, 12 and 24 months after settling, less that of the first "
        "group; both from the same day on."
    ),
    N_(
        "Interval: 95%, from the log-log limits of both shares, which treat persons as independent; the "
        "p-value is of no difference, for each month and group on its own. No difference with fewer than ten "
        "at risk or nobody departed in either group."
    ),
)


def _note(released: Curves, options: NoOptions, info: DatasetInfo) -> tuple[Message, ...]:
    return tuple(Message(text) for text in (OF_GROUPS if released.by else OF_TWO))


VIEW = ViewDef(
    name="differences",
    topic="departure",
    title=N_("Differences in the share departed"),
    axis_label=N_("percentage points"),
    ask=_ask,
    note=_note,
    picture="estimates",
    by=("cohort",),
    place=7,
    difference=_difference,
    explain=(
        N_(
            "Each row compares a group with the first one at 6, 12 or 24 months after settling. A difference of 3 "
            "percentage points at month 12 with an interval from 1 to 5 means: by then three in a hundred more have "
            "left than in the first group, and chance alone could make it anything from one to five. An interval that "
            "holds zero leaves open that there is no difference."
        ),
        N_(
            "The difference is between groups as they are, not between like and like: they may differ in age, "
            "household or calendar time. For a comparison with equal make-up use the model. Each row has a p-value of "
            "its own; with many groups and months some fall under 5% by chance. Nothing is given where one of the two "
            "groups was not followed to that month, or by fewer than ten. Late deregistration affects both groups, "
            "perhaps not equally."
        ),
    ),
)
