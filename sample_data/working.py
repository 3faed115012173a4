"""Who works, when, and in which job? Jobs of movers and stayers within their stays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from sample_data.days import (
    ARRIVALS_FROM,
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    LAST_WAGE_DAY,
    LATER_FROM,
    OBSERVED_UNTIL,
    BoolArray,
    FloatArray,
    IntArray,
)
from sample_data.draws import exponential, levels
from sample_data.leaving import NEVER, Stays
from sample_data.people import AGE_BANDS, EDUCATION, HOUSEHOLDS, SEXES, People, age_band
from sample_data.truth import TRUTH

CONTRACTS: Final = ("permanent", "fixed-term", "on-call", "agency", "other")
AGENCY: Final = CONTRACTS.index("agency")
SECTORS: Final = ("A", "C", "F", "G", "H", "I", "J", "M", "N", "O", "P", "Q", "R", "S")
WORK_FROM_AGE: Final = 16

# Sections of jobs neither at an agency nor in I, by education, in the order of SECTORS.
_SECTOR_SHARES: Final = {
    "low": (10, 20, 6, 18, 16, 0, 1, 1, 16, 0.5, 2, 5, 2, 3),
    "middle": (8, 18, 6, 20, 15, 0, 3, 3, 12, 0.7, 3, 7, 2, 3),
    "high": (4, 12, 3, 16, 9, 0, 14, 13, 8, 1.5, 10, 8, 3, 3),
    "unknown": (8, 16, 5, 19, 14, 0, 4, 4, 12, 0.8, 4, 6, 2, 3),
    "at school": (9, 6, 1, 46, 8, 0, 1, 1, 10, 0.2, 1, 2, 5, 3),
}
_NO_SECTOR_SHARE: Final = 0.004
_ROUNDS: Final = 40
AGENCY_POOL: Final = 400
POOL_PER_SECTOR: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """Spells with one employer, shape (jobs,) each.

    Attributes
    ----------
    person
        Position in the block.
    since
        The day from which months since settling count.
    start, end
        Days, both worked.
    contract, sector
        Positions in `CONTRACTS` and `SECTORS`; sector -1 is missing.
    permanent_from
        Day from which a fixed-term contract is permanent.
    employer
        Number of the employer: unique over agencies and sectors.
    side
        A second job beside another.
    """

    person: IntArray
    since: IntArray
    start: IntArray
    end: IntArray
    contract: IntArray
    sector: IntArray
    permanent_from: IntArray
    employer: IntArray
    side: BoolArray

    def take(self, index: IntArray) -> Jobs:
        """Return the jobs at the given positions."""
        return Jobs(**{item.name: getattr(self, item.name)[index] for item in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Careers:
    """Time in which a person may work: one row a stay, days from `start` up to but not including `stop`."""

    person: IntArray
    since: IntArray
    start: IntArray
    stop: IntArray


def draw_jobs(people: People, stays: Stays, rng: np.random.Generator) -> Jobs:
    """Draw the jobs of everybody, ordered by person and start."""
    careers = _careers(people, stays)
    wait = _first_wait(people, careers, rng)
    parts = _main_jobs(people, careers, wait, rng)
    main = _joined(parts)
    whole = _joined([main, _side_jobs(people, main, rng)])
    order = np.lexsort((whole.employer, whole.start, whole.person))
    return whole.take(order)


def _joined(parts: list[Jobs]) -> Jobs:
    return Jobs(
        **{item.name: np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Jobs)}
    )


def _careers(people: People, stays: Stays) -> _Careers:
    """Return the parts of stays in which people are old enough to work, up to the end of the wage register."""
    sixteen = people.birth[stays.person] + round(WORK_FROM_AGE * DAYS_PER_YEAR) + 1
    start = np.maximum(stays.settled, sixteen)
    stop = np.minimum(stays.departed, np.where(stays.departed == NEVER, LAST_WAGE_DAY + 1, OBSERVED_UNTIL))
    # Months since settling count from day 0, also after a return; before the cohort from the stay itself.
    since = np.where(stays.settled < ARRIVALS_FROM, stays.settled, people.settled[stays.person])
    keep = (start < stop) & (start <= OBSERVED_UNTIL)
    return _Careers(person=stays.person[keep], since=since[keep], start=start[keep], stop=stop[keep])


def ready_share(people: People) -> FloatArray:
    """Return each person's probability of being a mover: ready for work at once."""
    truth = TRUTH.starting
    base = np.where(people.settled < LATER_FROM, truth.ready_first, truth.ready_later)
    base = np.where(people.nationality == 0, base, truth.ready_other)
    adult = (
        base
        * levels(truth.sex, SEXES)[people.sex]
        * levels(truth.age, AGE_BANDS)[age_band(people.age)]
        * levels(truth.household, HOUSEHOLDS)[people.household]
        * levels(truth.education, EDUCATION)[people.education]
    )
    share = np.where(people.age < 18, truth.ready_minor, np.minimum(adult, 0.97))
    return np.where(people.age >= 65, truth.ready_old, share)


def _first_wait(people: People, careers: _Careers, rng: np.random.Generator) -> IntArray:
    """Draw the days from the start of each career to the first job."""
    truth = TRUTH.starting
    who = careers.person
    mover = rng.random(len(people.settled)) < ready_share(people)
    pace = np.where(people.settled < LATER_FROM, truth.start_first, truth.start_later)
    pace = np.where(people.nationality == 0, pace, truth.start_other)
    slow = np.where(people.age < 18, truth.stayer_minor, truth.start_stayer)
    slow = np.where(people.age >= 65, truth.stayer_old, slow)
    hazard = np.where(mover, pace, slow)[who]
    return np.floor(exponential(rng, len(who)) / hazard * DAYS_PER_MONTH).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TenureTable:
    """The cumulative hazard of a job's end on a grid of months."""

    months: FloatArray
    hazard: FloatArray

    @staticmethod
    def of_truth() -> _TenureTable:
        """Return the integral of `end_level` + `end_extra` exp(-tenure / `end_months`)."""
        truth = TRUTH.holding
        months = np.linspace(0.0, 240.0, 2401)
        extra = truth.end_extra * truth.end_months * (1.0 - np.exp(-months / truth.end_months))
        return _TenureTable(months=months, hazard=truth.end_level * months + extra)

    def days(self, unit: FloatArray) -> IntArray:
        """Return the days that a job lasts for unit exponential draws."""
        return np.ceil(np.interp(unit, self.hazard, self.months) * DAYS_PER_MONTH).astype(np.int64) + 1


def _main_jobs(people: People, careers: _Careers, wait: IntArray, rng: np.random.Generator) -> list[Jobs]:
    """Draw one job after another for all careers at once, until nobody starts another."""
    truth, table = TRUTH.holding, _TenureTable.of_truth()
    active = np.arange(len(careers.person))
    begin = careers.start + wait
    last_employer = np.full(len(active), -1)
    parts: list[Jobs] = []
    for _ in range(_ROUNDS):
        going = begin < careers.stop[active]
        active, begin, last_employer = active[going], begin[going], last_employer[going]
        if parts and not len(active):
            break
        over = begin + table.days(exponential(rng, len(active)))
        end = np.minimum(over, careers.stop[active]) - 1
        jobs = _new_jobs(
            people, careers.person[active], careers.since[active], (begin, end), last_employer, rng
        )
        parts.append(jobs)
        at_once = rng.random(len(active)) < truth.next_at_once
        months = exponential(rng, len(active)) * truth.gap_months
        gap = np.where(
            at_once,
            rng.integers(0, truth.at_once_days + 1, len(active)),
            truth.at_once_days + 1 + np.floor(months * DAYS_PER_MONTH).astype(np.int64),
        )
        begin, last_employer = over + gap, jobs.employer
    return parts


def _new_jobs(
    people: People,
    person: IntArray,
    since: IntArray,
    days: tuple[IntArray, IntArray],
    last_employer: IntArray,
    rng: np.random.Generator,
    *,
    side: bool = False,
) -> Jobs:
    """Draw contract, sector and employer of jobs on the given days; never the employer of the job before."""
    truth = TRUTH.contracts
    start, end = days
    size = len(person)
    months = np.maximum(start - since, 0) / DAYS_PER_MONTH
    agency_share = truth.agency_late + (truth.agency_early - truth.agency_late) * np.exp(
        -months / truth.agency_months
    )
    regular_share = truth.regular_late + (truth.regular_early - truth.regular_late) * np.exp(
        -months / truth.regular_months
    )
    agency = rng.random(size) < (0.0 if side else agency_share)
    regular = rng.random(size) < (0.2 if side else regular_share)
    permanent = rng.random(size) < truth.permanent
    other = rng.random(size) < truth.other_of_rest
    contract = np.where(regular, np.where(permanent, 0, 1), np.where(other, 4, 2))
    contract = np.where(agency, AGENCY, contract)
    made = (contract == 1) & (rng.random(size) < truth.made_permanent)
    sector = np.where(agency, SECTORS.index("N"), _sectors(people.education[person], rng))
    return Jobs(
        person=person,
        since=since,
        start=start,
        end=end,
        contract=contract,
        sector=np.where(rng.random(size) < _NO_SECTOR_SHARE, -1, sector),
        permanent_from=np.where(made, start + 365, NEVER),
        employer=_employers(agency, sector, last_employer, rng),
        side=np.full(size, side),
    )


def _sectors(education: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw the section of jobs that are not at an agency."""
    truth = TRUTH.contracts
    table = np.cumsum([_SECTOR_SHARES[name] for name in EDUCATION], axis=1)
    table = table / table[:, -1:]
    hospitality = truth.hospitality * levels(truth.hospitality_by_education, EDUCATION)
    elsewhere = np.minimum(
        (rng.random(len(education))[:, None] >= table[education]).sum(axis=1), len(SECTORS) - 1
    )
    return np.where(rng.random(len(education)) < hospitality[education], SECTORS.index("I"), elsewhere)


def _employers(agency: BoolArray, sector: IntArray, last: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw employer numbers, a few large and many small; the neighbour where the draw is the last employer."""
    size = len(agency)
    pool = np.where(agency, AGENCY_POOL, POOL_PER_SECTOR)
    base = np.where(agency, 0, AGENCY_POOL + sector * POOL_PER_SECTOR)
    rank = np.floor(rng.random(size) ** 2.2 * pool).astype(np.int64)
    rank = np.where(base + rank == last, (rank + 1) % pool, rank)
    return np.asarray(base + rank)


def _side_jobs(people: People, main: Jobs, rng: np.random.Generator) -> Jobs:
    """Draw second jobs: they begin somewhere within a main job and end with it at the latest."""
    truth = TRUTH.holding
    chosen = np.flatnonzero(rng.random(len(main.person)) < truth.side_share)
    beside = main.take(chosen)
    length = beside.end - beside.start + 1
    start = beside.start + np.floor(rng.random(len(chosen)) * np.minimum(length, 120)).astype(np.int64)
    months = exponential(rng, len(chosen)) * truth.side_months
    end = np.minimum(start + np.floor(months * DAYS_PER_MONTH).astype(np.int64), beside.end)
    return _new_jobs(people, beside.person, beside.since, (start, end), beside.employer, rng, side=True)
