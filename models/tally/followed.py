"""The tally of a fixed follow-up: who can be observed at each month, and who of them had departed by then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.clocks import MONTH_DAYS, day_number
from models.results import Counts, Reason
from models.tally.choosing import ByMonth, Chosen
from models.tally.codes import Codes
from models.tally.exits import last_months


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCounts(ByMonth):
    """Persons followed from the start, by month; or in `lack` why there is nobody to follow.

    `observable` can be observed on the month day, `gone` of them had departed by then; shape (groups, months).
    """

    observable: Counts
    gone: Counts
    lack: Reason | None


def count_followed(codes: Codes, chosen: Chosen) -> FollowedCounts:
    """Count who is followed from the start: in the first stay on that day, and in an extract seen on it.

    From settling on an extract has nobody who left before its day, and there is no such share.
    """
    lack = Reason.NOT_FROM_SETTLING if not chosen.start_month and codes.entry.any() else None
    gone_before = (codes.destination > 0) & (codes.duration <= chosen.start_day)
    chosen = chosen.within((codes.entry <= chosen.start_day) & ~gone_before)
    last = last_months(codes, chosen)
    months = np.arange(chosen.start_month, int(last.max(initial=-1)) + 1)
    if lack is None and not (chosen.groups and len(months)):
        lack = Reason.NO_MONTHS if chosen.groups else Reason.NOBODY
    inside = chosen.group >= 0
    group, settled = chosen.group[inside], codes.settled[inside]
    duration, left = codes.duration[inside], codes.destination[inside] > 0
    until = day_number(codes.info.observed_until)
    counts = np.zeros((2, chosen.groups, len(months)), dtype=np.int64)
    for place, day in enumerate(np.asarray(MONTH_DAYS)[months].tolist()):
        seen = settled + day <= until
        for which, who in enumerate((seen, seen & left & (duration <= day))):
            counts[which, :, place] = np.bincount(group[who], minlength=chosen.groups)
    return FollowedCounts(
        by=chosen.by,
        keys=chosen.keys,
        months=months,
        last_month=last,
        observable=counts[0],
        gone=counts[1],
        start_month=chosen.start_month,
        lack=lack,
    )
