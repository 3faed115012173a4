"""Numbers of persons at work as they are told: each rounded once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.disclosure.rounding import last_told, round_counts, rounded
from models.rules import Rules
from models.tally.states import EmployerCounts, JobCounts, WorkCounts
from models.tally.strata import StrataCounts
from models.tally.two_selections import WorkOfTwo


@round_counts.register
def round_work(tally: WorkCounts, rules: Rules) -> WorkCounts:
    """Return who is present and who works."""
    present = rounded(tally.present, rules)
    return replace(
        tally,
        present=present,
        working=rounded(tally.working, rules),
        last_month=last_told(~np.isnan(present), tally.months),
    )


@round_counts.register
def round_jobs(tally: JobCounts, rules: Rules) -> JobCounts:
    """Return main jobs by level, beside who works."""
    return replace(tally, work=round_work(tally.work, rules), persons=rounded(tally.persons, rules))


@round_counts.register
def round_employers(tally: EmployerCounts, rules: Rules) -> EmployerCounts:
    """Return who has several employers, beside who works."""
    return replace(tally, work=round_work(tally.work, rules), several=rounded(tally.several, rules))


@round_counts.register
def round_work_of_two(tally: WorkOfTwo, rules: Rules) -> WorkOfTwo:
    """Return who is present and works of two selections as if nobody were in both: who is, is not told."""
    none = np.zeros(len(tally.months))
    return replace(
        tally,
        present=rounded(tally.present, rules),
        working=rounded(tally.working, rules),
        both_present=none,
        both_working=none,
        persons=rounded(tally.persons, rules),
    )


@round_counts.register
def round_strata(tally: StrataCounts, rules: Rules) -> StrataCounts:
    """Return work by stratum and of all strata together."""
    return replace(
        tally,
        work=round_work(tally.work, rules),
        present=rounded(tally.present, rules),
        working=rounded(tally.working, rules),
        standard=rounded(tally.standard, rules),
    )
