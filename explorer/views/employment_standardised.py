"""Share working as if all groups had the same sexes and ages: figure 9, directly standardised."""

from __future__ import annotations

from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.results import Result
from models.tally.choosing import Chosen


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.standardised import share_working_standardised
    from models.tally.strata import count_strata

    return share_working_standardised(source.release(count_strata(source.codes, chosen)))


VIEW = ViewDef(
    name="employment_standardised",
    topic="work",
    title=N_("Share working, standardised by sex and age"),
    axis_label=N_("working, % of those present"),
    risk_label=N_("present"),
    ask=_ask,
    note=always(
        N_(
            "Share working, directly standardised by sex and age band at settling: what it would be if each group "
            "had the sexes and ages of everyone selected (18–64 at settling, sex known). A month in which a sex "
            "and age band is "
            "absent from a group has no value; the counts are as observed."
        ),
        N_("Band: pointwise 95% interval (logit), which treats persons as independent."),
    ),
    by=("nationality_group",),
    place=1,
    explain=(
        N_(
            "The share working, corrected for sex and age. A point at month 12 of 50% means: if this group had had "
            "the same mix of women and men and of ages as everyone selected, half of those present at month 12 would "
            "have been working. Groups can then be compared without one lying higher because it holds more young men. "
            "Each group keeps its own share within every sex and age band; only the weights are made equal."
        ),
        N_(
            "Only sex and age band are made equal; education, household, health and calendar time still differ. The "
            "number is a comparison, not a count: no real group has that share. Where an age band is missing in a "
            "group nothing is given for that month, and bands with few people make it jump. As in the plain share, "
            "the self-employed are not seen and people who left without deregistering count as not working."
        ),
    ),
)
