"""The tally of work of two selections that may share persons: who is in either and who in both, by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.results import BoolArray, Counts, IntArray
from models.tally.choosing import Chosen
from models.tally.codes import Codes, count, pack
from models.tally.exits import last_months


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOfTwo:
    """Persons on month days, aged 18 to 64 that day, present and observable.

    Attributes
    ----------
    months, observed
        Months asked for, and at which of them both are observed, shape (months,).
    present, working
        Of the first and of the second selection, shape (2, months).
    both_present, both_working
        Of those who are in both, shape (months,); 0 where nobody is known to be.
    persons
        Persons of either selection, shape (2,).
    start_month
        The later month from which either runs.
    """

    months: IntArray
    observed: BoolArray
    present: Counts
    working: Counts
    both_present: Counts
    both_working: Counts
    persons: Counts
    start_month: int


def count_work_of_two(codes: Codes, a: Chosen, b: Chosen, months: tuple[int, ...]) -> WorkOfTwo:
    """Count who is present and who works of each of two selections, and of both, at `months`."""
    sides = [chosen.as_one() for chosen in (a, b)]
    start = max(a.start_month, b.start_month)
    last = min((int(month) for side in sides for month in last_months(codes, side)), default=-1)
    at = np.asarray(months, dtype=np.int64)
    observed = (at >= start) & (at <= last) & (at < codes.months)
    masks = [side.group >= 0 for side in sides]
    groups = pack(np.stack([*masks, masks[0] & masks[1]]))
    counts = np.zeros((2, 3, len(at)), dtype=np.int64)
    for place in np.flatnonzero(observed).tolist():
        month = slice(int(at[place]), int(at[place]) + 1)
        here = codes.present[month] & codes.of_age[month] & pack(codes.entry <= codes.month_days[month])
        counts[:, :, place] = [count(bits, groups)[:, 0] for bits in (here, here & codes.working[month])]
    present, working = counts
    return WorkOfTwo(
        months=at,
        observed=observed,
        present=present[:2],
        working=working[:2],
        both_present=present[2],
        both_working=working[2],
        persons=np.asarray([mask.sum() for mask in masks]),
        start_month=start,
    )
