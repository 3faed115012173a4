"""Slow, obvious counting in plain Python: another route to every number of a tally."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.models.worlds import World

DAYS = [
    0,
    30,
    61,
    91,
    122,
    152,
    183,
    213,
    244,
    274,
    304,
    335,
    365,
    396,
    426,
    457,
    487,
    517,
    548,
    578,
    609,
    639,
    670,
    700,
    730,
    761,
    791,
    822,
    852,
    883,
    913,
    944,
    974,
    1004,
    1035,
    1065,
    1096,
]


def age_on(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    had = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had else 1)


class Slow:
    """One object a world: what each person does on each day, looked up in lists."""

    def __init__(self, world: World) -> None:
        self.info = world.info
        self.people = {p["person_id"]: p for p in world.persons}
        self.stays = {}
        for stay in world.stays:
            self.stays.setdefault(stay["person_id"], []).append(stay)
        self.jobs = {}
        for job in world.jobs:
            self.jobs.setdefault(job["person_id"], []).append(job)
        self.first = {}
        for person, stays in self.stays.items():
            later = [
                s
                for s in sorted(stays, key=lambda s: s["settled"])
                if s["settled"] >= self.info.arrivals_from
            ]
            if later:
                self.first[person] = later[0]
        self.cohort = sorted(self.first)

    def day0(self, person: str) -> date:
        return self.first[person]["settled"]

    def month_day(self, person: str, month: int) -> date:
        return self.day0(person) + timedelta(days=DAYS[month])

    def observable(self, person: str, month: int) -> bool:
        return self.month_day(person, month) <= self.info.observed_until

    def at_risk_days(self, person: str) -> tuple[int, int, str | None]:
        """Entry, duration, destination (None when censored)."""
        stay = self.first[person]
        until = self.info.observed_until
        event = stay["departed"] is not None and stay["departed"] <= until
        end = stay["departed"] if event else until
        entry = 0
        if self.info.present_on is not None:
            entry = max(0, (self.info.present_on - stay["settled"]).days)
        return entry, (end - stay["settled"]).days, (stay["destination"] or "unknown") if event else None

    def present(self, person: str, day: date) -> bool:
        return any(
            s["settled"] <= day and (s["departed"] is None or day < s["departed"]) for s in self.stays[person]
        )

    def of_age(self, person: str, day: date, low: int = 18, high: int = 64) -> bool:
        age = age_on(self.people[person]["birth_date"], day)
        return age is not None and low <= age <= high

    def month_hours(self, person: str, employer: str, year: int, month: int) -> tuple[Decimal, Decimal]:
        own = [
            j
            for j in self.jobs.get(person, [])
            if j["employer_id"] == employer and (j["start"].year, j["start"].month) == (year, month)
        ]
        return (
            sum((Decimal(str(j["hours"])) for j in own), Decimal(0)),
            sum((Decimal(str(j["wage"] or 0)) for j in own), Decimal(0)),
        )

    def employers_on(self, person: str, day: date) -> list[str]:
        covering = {j["employer_id"] for j in self.jobs.get(person, []) if j["start"] <= day <= j["end"]}
        return sorted(e for e in covering if self.month_hours(person, e, day.year, day.month)[0] > 0)

    def works(self, person: str, day: date) -> bool:
        return self.present(person, day) and bool(self.employers_on(person, day))

    def main_job(self, person: str, day: date) -> dict:
        def rank(employer: str) -> tuple:
            hours, wage = self.month_hours(person, employer, day.year, day.month)
            return (-hours, -wage, employer)

        employer = min(self.employers_on(person, day), key=rank)
        records = [
            j for j in self.jobs[person] if j["employer_id"] == employer and j["start"] <= day <= j["end"]
        ]
        return min(
            records,
            key=lambda j: (
                -j["hours"],
                -(j["wage"] or 0),
                j["contract"],
                j["sector"] is None,
                j["sector"] or "",
            ),
        )

    def employers_since(self, person: str, day: date) -> int:
        out = set()
        for job in self.jobs.get(person, []):
            hours, _ = self.month_hours(person, job["employer_id"], job["start"].year, job["start"].month)
            if hours > 0 and job["end"] >= self.day0(person) and max(job["start"], self.day0(person)) <= day:
                out.add(job["employer_id"])
        return len(out)

    def hourly_cents(self, person: str, day: date) -> int | None:
        """Payslip by payslip: each employer's month is summed up, then believed or not, then the months are added."""
        ledger: dict[str, list[tuple[Fraction, Fraction | None]]] = {}
        for job in self.jobs.get(person, []):
            if (job["start"].year, job["start"].month) == (day.year, day.month):
                wage = None if job["wage"] is None else Fraction(str(job["wage"]))
                ledger.setdefault(job["employer_id"], []).append((Fraction(str(job["hours"])), wage))
        hours = wages = Fraction(0)
        for slips in ledger.values():
            if any(wage is None for _, wage in slips):
                continue
            worked, earned = sum(slip[0] for slip in slips), sum(slip[1] for slip in slips)
            if worked > 0 and earned > 0 and 1 <= earned / worked <= 1000:
                hours, wages = hours + worked, wages + earned
        # Python rounds a fraction exactly, halves to even.
        return round(wages / hours * 100) if hours else None

    def worked_days(self, person: str) -> list[int]:
        """Days since settling, within the first stay and observed, on which the person works."""
        stay, until = self.first[person], self.info.observed_until
        end = min(stay["departed"] or until + timedelta(days=1), until + timedelta(days=1))
        length = (end - stay["settled"]).days
        out = set()
        for job in self.jobs.get(person, []):
            hours, _ = self.month_hours(person, job["employer_id"], job["start"].year, job["start"].month)
            if hours > 0:
                first = (job["start"] - stay["settled"]).days
                out |= set(range(first, (job["end"] - stay["settled"]).days + 1))
        return sorted(day for day in out if 0 <= day < length)

    def of_age_at_settling(self, person: str) -> bool:
        return self.of_age(person, self.day0(person))

    def first_job(self, person: str) -> tuple[int, int] | None:
        """Day and cause (0 censored, 1 first job, 2 departed); None when never at risk of a first job."""
        days = self.worked_days(person)
        _, duration, destination = self.at_risk_days(person)
        if not self.of_age_at_settling(person) or (days and days[0] == 0):
            return None
        if days:
            return days[0], 1
        return duration, 0 if destination is None else 2

    def job_loss(self, person: str) -> tuple[int, int] | None:
        """Day since the first day worked and cause (0 censored, 1 lost, 2 departed), by walking day by day."""
        days = set(self.worked_days(person))
        _, duration, destination = self.at_risk_days(person)
        window = (self.info.observed_until - self.day0(person)).days
        if not days or not self.of_age_at_settling(person):
            return None
        first = min(days)
        if first >= window - 31:
            return None
        here = duration if destination is not None else window + 1  # first day no longer present or observed
        for day in range(first + 1, window - 31 + 1):
            if destination is not None and day == duration:
                return day - first, 2
            idle = range(day, day + 32)
            # More than 31 days of presence, of which none is worked; the day before was the last one worked.
            if day - 1 in days and all(d < here and d not in days for d in idle):
                return day - first, 1
        return window - 31 - first, 0

    def first_return(self, person: str) -> tuple[int, int] | None:
        """Day since the first departure and whether the person returned then."""
        _, duration, destination = self.at_risk_days(person)
        if destination in (None, "deceased"):
            return None
        left = self.day0(person) + timedelta(days=duration)
        later = sorted(s["settled"] for s in self.stays[person] if s["settled"] >= left)
        until = self.info.observed_until
        if later and later[0] <= until:
            return (later[0] - left).days, 1
        return (until - left).days, 0
