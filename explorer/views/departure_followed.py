"""Share departed among those observed long enough: the simple share with fixed follow-up."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.departure import share_departed_followed
    from models.tally.followed import count_followed

    return share_departed_followed(source.release(count_followed(source.codes, chosen)))


VIEW = ViewDef(
    name="departure_followed",
    topic="departure",
    title=N_("Share departed, fixed follow-up"),
    axis_label=N_("departed, % of those observed that long"),
    risk_label=N_("observable"),
    ask=_ask,
    note=always(
        N_(
            "Those who departed by month m, for whatever reason, as a share of those who settled long enough "
            "ago to be observed at month m. The people change from month to month, so the curve may fall."
        ),
        N_("Band: pointwise 95% interval (Wilson), which treats persons as independent."),
    ),
    by=("cohort",),
    place=1,
    explain=(
        N_(
            "A point at month 12 of 20% means: of everyone who settled at least twelve months before the end of "
            "observation, a fifth had left within twelve months. It is a plain share that can be counted by hand, and "
            "needs no model. For each month only people who settled long enough ago take part, whether they stayed or "
            "not; their number stands under the plot as observable."
        ),
        N_(
            "The people change from month to month: late months rest on those who settled first. The curve can "
            "therefore fall although nobody comes back, and it should not be read as the path of one group. It throws "
            "away what is known of recent settlers, so its band is wider than that of the share departed. Departures "
            "the register learns of late, and returns that it does not undo, are as in that figure."
        ),
    ),
)
