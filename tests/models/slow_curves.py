"""Slow, obvious counting of curves in plain Python: persons one by one, day by day, from what `Slow` looks up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tests.models.slow import DAYS, Slow

CAUSES = {
    "return": ("returned",),
    "first-job": ("first job", "departed"),
    "job-loss": ("loss of job", "departed"),
}


@dataclass(frozen=True)
class Span:
    """A person's days at risk (entry, exit] on a clock that can show `window` days, and the cause of the exit."""

    entry: int
    exit: int
    cause: str | None
    window: int


@dataclass(frozen=True)
class Row:
    """A month of a curve: persons at risk on its day, and the share that each cause has taken."""

    at_risk: int
    departed: int
    shares: dict[str, float]


def taken(slow: Slow) -> date | None:
    """The day of the extract."""
    return slow.info.present_on


def in_view(slow: Slow, person: str, month: int) -> bool:
    """Whether a month day lies in what was observed of a person: from the extract on, to the end."""
    day = slow.month_day(person, month)
    return (taken(slow) or date.min) <= day <= slow.info.observed_until


def span_of(slow: Slow, person: str, event: str, start: int) -> Span | None:
    """The days at risk of `event` after day `start` since settling; None for who is never at risk."""
    entry, duration, destination = slow.at_risk_days(person)
    window = (slow.info.observed_until - slow.day0(person)).days
    if event == "departure":
        origin, last, cause = 0, duration, destination
    elif event == "return":
        found = slow.first_return(person)
        left = slow.day0(person) + timedelta(days=duration)
        if found is None or (taken(slow) is not None and left <= taken(slow)):
            return None
        origin, last, cause, window, entry = duration, found[0], found[1], window - duration, 0
    else:
        found = slow.first_job(person) if event == "first-job" else slow.job_loss(person)
        if found is None:
            return None
        origin = 0 if event == "first-job" else min(slow.worked_days(person))
        last, cause = found
        window -= 0 if event == "first-job" else 31 + origin
        entry = max(entry - origin, 0)
    if not isinstance(cause, str | None):
        cause = CAUSES[event][cause - 1] if cause else None
    entry = max(entry, start - origin)
    return Span(entry, last, cause, window) if last > entry else None


def at_risk(spans: list[Span], day: int) -> int:
    return sum(1 for s in spans if s.entry < day <= s.exit)


def first_day(spans: list[Span], first: int) -> int:
    """The day after which a curve starts: the last one with fewer than ten at risk before most are."""
    entering = sum(1 for s in spans if s.entry == first)
    counts = [entering, *(at_risk(spans, day) for day in range(first + 1, max(s.exit for s in spans) + 1))]
    peak = counts.index(max(counts))
    few = [place for place in range(1, peak + 1) if counts[place] < 10]
    return first + (few[-1] if few else 0)


def curve(spans: list[Span], first: int, months: list[int]) -> tuple[int, dict[int, Row]]:
    """Product-limit curve and the share of each cause (Aalen-Johansen), at the months where they are known."""
    start = first_day(spans, first)
    staying, shares, gone = 1.0, Counter(), 0
    rows = {}
    for day in range(start, DAYS[months[-1]] + 1):
        risk = at_risk(spans, day)
        events = Counter(s.cause for s in spans if s.exit == day and s.entry < day and s.cause)
        if day > start and events:
            for cause, number in events.items():
                shares[cause] += staying * number / risk
            total = sum(events.values())
            staying = 0.0 if total == risk else staying * (1 - total / risk)
            gone += total
        shown = sum(1 for s in spans if s.entry == day) if day == first else risk
        if day in DAYS and DAYS.index(day) in months and (shown or staying == 0.0):
            rows[DAYS.index(day)] = Row(shown, gone, dict(shares))
    return start, rows


def months_of(spans: list[Span], first: int) -> list[int]:
    """Months from that of day `first` to the last one that anybody's clock can show."""
    longest = max(s.window for s in spans)
    return [m for m, day in enumerate(DAYS) if first <= day <= longest]


def state_of(slow: Slow, person: str, month: int) -> str | None:
    """State on a month day; None where it was not observed."""
    if not in_view(slow, person, month):
        return None
    day = slow.month_day(person, month)
    if not slow.present(person, day):
        return "departed"
    return slow.main_job(person, day)["contract"] if slow.works(person, day) else "not working"


def lexis_cells(slow: Slow, people: list[str], start: int) -> dict[tuple[str, int], tuple[int, int]]:
    """Departures and person-days by calendar month and month of stay: every day lived, one by one."""
    departed, lived = Counter(), Counter()
    for person in people:
        span = span_of(slow, person, "departure", start)
        for day in range(span.entry + 1, span.exit + 1) if span else ():
            calendar = slow.day0(person) + timedelta(days=day - 1)
            cell = (f"{calendar:%Y-%m}", next(m for m, end in enumerate(DAYS) if day <= end))
            lived[cell] += 1
            departed[cell] += span.cause is not None and day == span.exit
    return {cell: (departed[cell], days) for cell, days in lived.items()}
