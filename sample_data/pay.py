"""What is paid? Jobs cut into wage periods, with hours and wages."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from sample_data.days import (
    DAYS_PER_MONTH,
    LAST_WAGE_DAY,
    OBSERVED_UNTIL,
    FloatArray,
    IntArray,
    month_starts,
    weekday_counts,
)
from sample_data.draws import levels
from sample_data.minimum_wage import minimum_on
from sample_data.people import EDUCATION, People
from sample_data.truth import TRUTH
from sample_data.working import AGENCY_POOL, CONTRACTS, Jobs

_ON_CALL: Final = CONTRACTS.index("on-call")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Wage periods, shape (records,) each: position of the person, employer number, days, codes, hours, EUR."""

    person: IntArray
    employer: IntArray
    start: IntArray
    end: IntArray
    contract: IntArray
    sector: IntArray
    hours: FloatArray
    wage: FloatArray

    def take(self, index: IntArray) -> Records:
        """Return the records at the given positions."""
        return Records(**{item.name: getattr(self, item.name)[index] for item in fields(self)})


def draw_records(people: People, jobs: Jobs, rng: np.random.Generator) -> Records:
    """Return the wage register of the given jobs, ordered as the jobs and by day within a job."""
    job_offset = _log_offsets(people, jobs, rng)
    weekly = _weekly_hours(jobs, rng)
    job, start, end = _periods(jobs)
    months = (start - jobs.since[job]) / DAYS_PER_MONTH
    truth = TRUTH.pay
    hourly = minimum_on(start) * np.exp(truth.level + truth.growth * months + job_offset[job])
    hours = _hours(weekly[job], start, end, jobs.contract[job] == _ON_CALL, rng)
    contract = np.where(start >= jobs.permanent_from[job], 0, jobs.contract[job])
    records = Records(
        person=jobs.person[job],
        employer=jobs.employer[job],
        start=start,
        end=end,
        contract=contract,
        sector=jobs.sector[job],
        hours=hours,
        wage=np.round(hours * hourly, 2),
    )
    return _corrected(records, rng)


def four_weekly(employer: IntArray) -> IntArray:
    """Return 1 for employers that pay every four weeks: a property of the employer, not of the record."""
    truth = TRUTH.pay
    percent = (employer * 7919 + 104729) % 1000 / 1000.0
    share = np.where(employer < AGENCY_POOL, truth.four_weekly_agency, truth.four_weekly)
    return np.asarray((percent < share).astype(np.int64))


def _log_offsets(people: People, jobs: Jobs, rng: np.random.Generator) -> FloatArray:
    """Return the log wage of each job beyond level and growth: the person's part and the job's part."""
    truth = TRUTH.pay
    explained = np.asarray([truth.education.get(name, 0.0) for name in EDUCATION])
    shares = np.asarray([TRUTH.people.education.get(name, 0.0) for name in EDUCATION])
    shares = shares / shares.sum()
    mean = float(shares @ explained)
    variance = float(shares @ (explained - mean) ** 2)
    rest = np.sqrt(truth.person_sd**2 - variance)
    person = explained[people.education] - mean + rest * rng.standard_normal(len(people.settled))
    return np.asarray(person[jobs.person] + truth.job_sd * rng.standard_normal(len(jobs.person)))


def _weekly_hours(jobs: Jobs, rng: np.random.Generator) -> FloatArray:
    """Return the usual paid hours a week of each job."""
    truth = TRUTH.pay
    usual = np.where(jobs.side, truth.side_weekly_hours, levels(truth.weekly_hours, CONTRACTS)[jobs.contract])
    spread = np.where(jobs.side, truth.side_weekly_hours_sd, truth.weekly_hours_sd)
    return np.asarray(np.clip(usual + spread * rng.standard_normal(len(usual)), 3.0, 40.0))


def _periods(jobs: Jobs) -> tuple[IntArray, IntArray, IntArray]:
    """Cut jobs at the ends of months and, for four-weekly payers, also every 28 days.

    Returns
    -------
    Position of the job, first day and last day of each period; no period spans two calendar months.
    """
    monthly = month_starts()
    grid = np.arange(monthly[0] - 1, LAST_WAGE_DAY + 1, 28)
    edges = (monthly, np.unique(np.concatenate([monthly, grid[1:]])))
    parts = []
    rhythm = four_weekly(jobs.employer)
    for kind, edge in enumerate(edges):
        job = np.flatnonzero(rhythm == kind)
        low = np.searchsorted(edge, jobs.start[job], side="right") - 1
        high = np.searchsorted(edge, jobs.end[job], side="right") - 1
        count = high - low + 1
        piece = np.repeat(low, count) + _within(count)
        job = np.repeat(job, count)
        start = np.maximum(jobs.start[job], edge[piece])
        parts.append((job, start, np.minimum(jobs.end[job], edge[piece + 1] - 1)))
    job, start, end = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    known = start <= OBSERVED_UNTIL
    job, start, end = job[known], start[known], end[known]
    order = np.lexsort((start, job))
    return job[order], start[order], end[order]


def _within(count: IntArray) -> IntArray:
    """Return 0, 1, ... within each run of the given lengths."""
    ends = np.cumsum(count)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count))


def _hours(
    weekly: FloatArray, start: IntArray, end: IntArray, on_call: np.ndarray, rng: np.random.Generator
) -> FloatArray:
    """Return paid hours by the weekdays in the period, with noise; at least one, save empty on-call periods."""
    truth = TRUTH.pay
    weekdays = weekday_counts(start, end)
    days = weekdays + truth.weekend * (end - start + 1 - weekdays)
    noise = 1.0 + truth.month_noise * np.where(on_call, 3.0, 1.0) * rng.standard_normal(len(weekly))
    full = weekly * days / (5.0 + 2.0 * truth.weekend)
    # In steps of a quarter of an hour, as timesheets are.
    hours = np.maximum(np.round(full * np.maximum(noise, 0.2) * 4.0) / 4.0, 1.0)
    empty = on_call & (rng.random(len(weekly)) < truth.empty_on_call)
    return np.where(empty, 0.0, hours)


def _corrected(records: Records, rng: np.random.Generator) -> Records:
    """Add corrections: a second record for the same period that takes back part of its hours and wage."""
    truth = TRUTH.pay
    chosen = np.flatnonzero((rng.random(len(records.person)) < truth.corrected) & (records.hours > 4.0))
    index = np.sort(np.concatenate([np.arange(len(records.person)), chosen]), kind="stable")
    copy = np.flatnonzero(np.concatenate([[False], index[1:] == index[:-1]]))
    out = records.take(index)
    hours, wage = out.hours.copy(), out.wage.copy()
    part = np.round(hours[copy] * (0.1 + 0.3 * rng.random(len(copy))) * 4.0) / 4.0
    wage[copy] = -np.round(wage[copy] * part / hours[copy], 2)
    hours[copy] = -part
    return Records(
        person=out.person,
        employer=out.employer,
        start=out.start,
        end=out.end,
        contract=out.contract,
        sector=out.sector,
        hours=hours,
        wage=wage,
    )
