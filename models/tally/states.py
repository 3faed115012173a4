"""The tally of work: persons present, working and in each contract or sector, by month and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.results import Counts
from models.tally.choosing import ByMonth, Chosen
from models.tally.codes import Bits, Codes, count, pack
from models.tally.exits import last_months
from models.tally.index import indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts(ByMonth):
    """Persons on month days, aged 18 to 64 that day, present and observable; shape (groups, months) each."""

    present: Counts
    working: Counts
    ADDITIVE: ClassVar = ("present", "working")


@indexed
def count_work(codes: Codes, chosen: Chosen) -> WorkCounts:
    """Count who is present and who works on each month day."""
    months = np.arange(chosen.start_month, codes.months)
    groups = chosen.bits()
    of_age = codes.of_age[chosen.start_month :]
    return WorkCounts(
        by=chosen.by,
        keys=chosen.keys,
        months=months,
        last_month=last_months(codes, chosen),
        present=count(codes.present[chosen.start_month :] & of_age, groups),
        working=count(codes.working[chosen.start_month :] & of_age, groups),
        start_month=chosen.start_month,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCounts:
    """Of those working, the main jobs by level of a column, of contracts or sectors.

    `work` is who is present and works; `persons` has shape (groups, levels, months).
    """

    work: WorkCounts
    levels: tuple[str, ...]
    persons: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerCounts:
    """Of those working, the persons with several employers, shape (groups, months)."""

    work: WorkCounts
    several: Counts


def count_main_jobs(codes: Codes, chosen: Chosen, maps: Mapping[str, Bits]) -> JobCounts:
    """Count the main jobs of those working by the levels of `maps`."""
    groups = chosen.bits()
    of_age = codes.of_age[chosen.start_month :]
    counts = [count(bits[chosen.start_month :] & of_age, groups) for bits in maps.values()]
    none = np.zeros((chosen.groups, 0, codes.months - chosen.start_month), dtype=np.int64)
    return JobCounts(
        work=count_work(codes, chosen),
        levels=tuple(maps),
        persons=np.stack(counts, axis=1) if counts else none,
    )


def count_employers(codes: Codes, chosen: Chosen, *, concurrent: bool) -> EmployerCounts:
    """Count those working who have more than one employer.

    Cumulative since settling, or at once on the month day.
    """
    groups = chosen.bits()
    start = chosen.start_month
    working = codes.working[start:] & codes.of_age[start:]
    if concurrent:
        several = count(codes.several_now[start:] & working, groups)
    else:
        since = np.stack([pack(codes.second_employer <= day) for day in codes.month_days[start:]])
        several = count(since & working, groups)
    return EmployerCounts(work=count_work(codes, chosen), several=several)
