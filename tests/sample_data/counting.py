"""An independent, slow and obvious count of the published figures: pandas only, no shared code with the program.

Cleaning and clocks as in the data contract; days are integers since 1 January 1970.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.tables import SampleTables

MONTH_DAY = {month: round(month * 365.25 / 12) for month in range(37)}
SEXES = ["female", "male"]
DESTINATIONS = ["origin", "onward", "unknown", "administrative", "deceased"]
CONTRACTS = ["permanent", "fixed-term", "on-call", "agency", "other"]
FAR = 10**6


def number(year: int, month: int, day: int) -> int:
    return (dt.date(year, month, day) - dt.date(1970, 1, 1)).days


ARRIVALS_FROM = number(2022, 2, 24)
OBSERVED_UNTIL = number(2024, 7, 1)
COHORTS = {
    "2022 H1": (ARRIVALS_FROM, number(2022, 7, 1)),
    "2022 H2": (number(2022, 7, 1), number(2023, 1, 1)),
    "2023": (number(2023, 1, 1), number(2024, 1, 1)),
    "2024 H1": (number(2024, 1, 1), OBSERVED_UNTIL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """Cleaned registers; `people` has one row a person of the cohort with settled, departed, destination."""

    people: pd.DataFrame
    stays: pd.DataFrame
    jobs: pd.DataFrame


def frame(table: object) -> pd.DataFrame:
    """Return an Arrow table as pandas with dates as integers (missing: NA as float NaN)."""
    columns = {}
    for name in table.column_names:  # type: ignore[attr-defined]
        column = table.column(name)  # type: ignore[attr-defined]
        if str(column.type) == "date32[day]":
            columns[name] = column.cast("int32").to_pandas().astype("float64")
        else:
            columns[name] = column.to_pandas()
    return pd.DataFrame(columns)


def clean(tables: SampleTables) -> Clean:
    persons, stays, jobs = frame(tables.persons), frame(tables.stays), frame(tables.jobs)
    persons = persons.drop_duplicates()
    persons = persons[~persons.person_id.duplicated(keep=False)]
    # The names that stand among the codes; the others of the dirt name nothing.
    persons = persons.assign(
        nationality=persons.nationality.replace("Ukraine", "UA"), sex=persons.sex.replace("V", "female")
    )
    code = persons.nationality.str.fullmatch(r"[A-Z]{2}|stateless")
    persons = persons.assign(nationality=persons.nationality.where(code, "unknown"))
    stays = stays[stays.person_id.isin(persons.person_id)]
    born = stays.person_id.map(persons.set_index("person_id").birth_date)
    departed = stays.departed.fillna(FAR)
    bad = (
        stays.settled.isna()
        | (departed < stays.settled)
        | (stays.settled >= OBSERVED_UNTIL)
        | (born > stays.settled)
    )
    earliest = stays.settled.fillna(-FAR).groupby(stays.person_id).transform("min") == stays.settled.fillna(
        -FAR
    )
    outcasts = stays.person_id[bad & earliest]
    same_day = stays.settled == stays.departed
    stays = stays[~bad & ~same_day & ~stays.person_id.isin(outcasts)]
    stays = merged(stays)
    persons = persons[persons.person_id.isin(stays.person_id)]
    later = stays[stays.settled >= ARRIVALS_FROM].sort_values("settled").drop_duplicates("person_id")
    return Clean(people=persons.merge(later, on="person_id"), stays=stays, jobs=clean_jobs(jobs, stays))


def merged(stays: pd.DataFrame) -> pd.DataFrame:
    """Merge touching and overlapping stays; the destination is that of the piece that ends last."""
    stays = stays.assign(departed=stays.departed.fillna(FAR)).sort_values(
        ["person_id", "settled", "departed"]
    )
    reach = stays.groupby("person_id").departed.cummax()
    reach_before = reach.groupby(stays.person_id).shift()
    new = reach_before.isna() | (stays.settled > reach_before)
    stays = stays.assign(spell=new.cumsum())
    last = stays.sort_values(["spell", "departed"]).drop_duplicates("spell", keep="last").set_index("spell")
    out = stays.groupby("spell").agg(person_id=("person_id", "first"), settled=("settled", "min"))
    out["departed"], out["destination"] = last.departed, last.destination
    out["destination"] = out.destination.where(out.destination.isin(DESTINATIONS), "unknown")
    out.loc[out.departed > OBSERVED_UNTIL, "destination"] = None
    return out.reset_index(drop=True)


def clean_jobs(jobs: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    jobs = jobs[(jobs.end >= jobs.start) & (jobs.start <= OBSERVED_UNTIL)].reset_index(drop=True)
    pairs = jobs[["person_id", "start", "end"]].reset_index().merge(stays, on="person_id")
    shares_a_day = (pairs.start < pairs.departed) & (pairs.end >= pairs.settled)
    jobs = jobs.loc[np.unique(pairs["index"][shares_a_day])].copy()
    jobs["contract"] = jobs.contract.where(jobs.contract.isin(CONTRACTS), "unknown")
    jobs["month"] = calendar_month(jobs.start)
    # An employer's month is believed or not as a whole; hundredths are whole numbers, so that sums are exact.
    hundredths = jobs.assign(hours=(jobs.hours * 100).round(), wage=(jobs.wage * 100).round())
    total = hundredths.groupby(["person_id", "employer_id", "month"])[["hours", "wage"]].transform("sum")
    some = (total.hours > 0) & (total.wage > 0)
    jobs["usable"] = some & (total.wage >= total.hours) & (total.wage <= 1000 * total.hours)
    return jobs


def calendar_month(days: pd.Series) -> pd.Series:
    return pd.Series(days.to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(int), days.index)


def completed_years(birth: pd.Series, days: pd.Series) -> pd.Series:
    """Completed years; born on 29 February: a year older on 1 March. NaN for an unknown birth date."""
    known = birth.fillna(0)
    born = pd.DatetimeIndex(known.to_numpy().astype("datetime64[D]"))
    on = pd.DatetimeIndex(days.to_numpy().astype("datetime64[D]"))
    before = (on.month < born.month) | ((on.month == born.month) & (on.day < born.day))
    return pd.Series(on.year - born.year - before, birth.index, dtype="float64").where(birth.notna())


def present(register: Clean, people: pd.DataFrame, days: pd.Series) -> pd.Series:
    pairs = people[["person_id"]].assign(day=days).reset_index().merge(register.stays, on="person_id")
    here = (pairs.settled <= pairs.day) & (pairs.day < pairs.departed)
    return pd.Series(people.index.isin(pairs["index"][here]), people.index)


def main_jobs(register: Clean, people: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Return the main job of those who work on their day, one row a person: contract, sector, hourly wage."""
    asked = people[["person_id"]].assign(day=days, month=calendar_month(days))
    rows = register.jobs.merge(asked, on=["person_id", "month"])
    rows["covers"] = (rows.start <= rows.day) & (rows.end >= rows.day)
    by_employer = rows.groupby(["person_id", "employer_id"]).agg(
        month_hours=("hours", "sum"), month_wage=("wage", "sum"), covers=("covers", "any")
    )
    by_employer = by_employer[by_employer.covers & (by_employer.month_hours > 0)].reset_index()
    by_employer = by_employer.sort_values(
        ["person_id", "month_hours", "month_wage", "employer_id"], ascending=[True, False, False, True]
    ).drop_duplicates("person_id")
    covering = rows[rows.covers].sort_values(
        ["person_id", "employer_id", "hours", "wage"], ascending=[True, True, False, False]
    )
    covering = covering.drop_duplicates(["person_id", "employer_id"])
    main = by_employer.merge(
        covering[["person_id", "employer_id", "contract", "sector"]], on=["person_id", "employer_id"]
    )
    paid = rows[rows.usable].groupby("person_id")[["wage", "hours"]].sum()
    hourly = (paid.wage / paid.hours * 100).round() / 100
    return main.assign(hourly=main.person_id.map(hourly))


def employers_since_settling(register: Clean, people: pd.DataFrame, days: pd.Series) -> pd.Series:
    """Return how many employers each person had worked for from day 0 to the day, that day included."""
    asked = people[["person_id", "settled"]].assign(day=days)
    rows = register.jobs.merge(asked, on="person_id")
    total = rows.groupby(["person_id", "employer_id", "month"]).hours.transform("sum")
    rows = rows[(total > 0) & (rows.end >= rows.settled) & (rows.start <= rows.day)]
    return rows.groupby("person_id").employer_id.nunique()


def kaplan_meier(people: pd.DataFrame, days: int) -> float:
    """Return 1 - S(days) for the first departure."""
    stop = people.departed.clip(upper=OBSERVED_UNTIL) - people.settled
    event = people.departed <= OBSERVED_UNTIL
    surviving = 1.0
    for day in range(1, days + 1):
        at_risk = int((stop >= day).sum())
        surviving *= 1.0 - int((event & (stop == day)).sum()) / at_risk
    return 1.0 - surviving


def fixed_follow_up(people: pd.DataFrame, days: int) -> float:
    """Return the share departed by then among those observable then."""
    seen = people[people.settled + days <= OBSERVED_UNTIL]
    return float((seen.departed - seen.settled <= days).mean())


def at_month(
    register: Clean, month: int, people: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return those aged 18-64, present and observable on the month day, and the main jobs of those who work."""
    people = register.people if people is None else people
    day = people.settled + MONTH_DAY[month]
    age = completed_years(people.birth_date, day)
    here = present(register, people, day) & (day <= OBSERVED_UNTIL) & age.between(18, 64)
    here_people = people[here]
    return here_people, main_jobs(register, here_people, day[here])


def on_date(register: Clean, date: tuple[int, int, int], people: pd.DataFrame) -> float:
    """Return the share working among residents aged 15-64 on a date."""
    day = pd.Series(float(number(*date)), people.index)
    here = present(register, people, day) & completed_years(people.birth_date, day).between(15, 64)
    return len(main_jobs(register, people[here], day[here])) / int(here.sum())


def in_cohort(people: pd.DataFrame, name: str) -> pd.DataFrame:
    low, high = COHORTS[name]
    return people[(people.settled >= low) & (people.settled < high)]


def share_working(register: Clean, month: int, people: pd.DataFrame) -> float:
    here, jobs = at_month(register, month, people)
    return len(jobs) / len(here)


def month_figures(register: Clean, month: int) -> dict[str, float]:
    """Return contract, sector, employer and wage shares of those who work at a month."""
    here, jobs = at_month(register, month)
    day = here.settled + MONTH_DAY[month]
    several = jobs.person_id.map(employers_since_settling(register, here, day)) > 1
    return {
        f"agency_{month}m": float((jobs.contract == "agency").mean()),
        f"employee_{month}m": float(jobs.contract.isin(["permanent", "fixed-term"]).mean()),
        "hospitality": float((jobs.sector == "I").mean()),
        f"jobs_{month}m": float(several.mean()),
        f"wage15_{month}m": float((jobs.hourly[jobs.hourly.notna()] >= 15.0).mean()),
    }


def published_figures(register: Clean) -> dict[str, list[float]]:
    """Return every row of published.csv by id; several values where several must lie within the tolerance."""
    people = register.people
    ukrainian = people[people.nationality == "UA"]
    third = people[~people.nationality.isin(["UA", "unknown"])]
    gone = people[people.departed <= number(2023, 1, 1)]
    resident = present(register, people, pd.Series(float(OBSERVED_UNTIL), people.index))
    six, twenty_four = month_figures(register, 6), month_figures(register, 24)
    del twenty_four["hospitality"]
    return {
        "arrivals": [len(people)],
        "present": [int(resident.sum())],
        **{
            f"departed_{month}m": [
                kaplan_meier(people, MONTH_DAY[month]),
                fixed_follow_up(people, MONTH_DAY[month]),
            ]
            for month in (6, 12)
        },
        "working_4m_first": [share_working(register, 4, in_cohort(people, "2022 H1"))],
        "working_4m_later": [
            share_working(register, 4, in_cohort(people, name)) for name in ("2022 H2", "2023", "2024 H1")
        ],
        "working_4m_third": [share_working(register, 4, third)],
        **{name: [value] for name, value in (six | twenty_four).items()},
        "employed_2022_07": [on_date(register, (2022, 7, 1), people)],
        "employed_2022_11": [on_date(register, (2022, 11, 1), people)],
        "employed_2023_05": [on_date(register, (2023, 5, 1), ukrainian)],
        "employed_2023_11": [on_date(register, (2023, 11, 1), ukrainian)],
        "departed_2023": [len(gone)],
        "departed_2023_origin": [float((gone.destination == "origin").mean())],
        "departed_2023_unknown": [float((gone.destination == "unknown").mean())],
    }
