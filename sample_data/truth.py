"""What is true in the synthetic world: the constants the simulator really uses.

The simulator reads every hazard, share, wage and hour from here; only the make-up of the population by household and
province and the sections other than I stand as tables beside their draws (`people.py`, `working.py`).

Forced by published figures (move one and a row of ``published.csv`` is missed):

- how many settle in each month, as far as 105 000 by 1 January 2023 and 157 000 in all;
- the level of leaving, the factor of the later cohorts and the calendar factors together: 10 % gone by half a
  year, 20 % by a year, 16 700 by 1 January 2023 and 115 000 present on 1 July 2024 leave a narrow corner;
- origin and unknown among the destinations of 2022;
- the shares ready for work and how fast they start, per group; that a single frailty is not enough;
- the contract of a new job and how it changes, section I among jobs not at an agency;
- how often people switch employer, together with second jobs;
- the wage level over the statutory minimum, its growth and its spread.

Free choices (plausible, but no published figure speaks to them):

- the shape of leaving within the first year beyond its two published points, and all effects of sex, age, nationality,
  household and education on leaving and on work;
- work and leaving are independent given the person's columns: the true hazard ratio of work on leaving is 1;
- returns: about 7 % of leavers after five months as observed, their second stay, and the stays before 24 February 2022;
- destinations onward, administrative and deceased, and destinations by nationality and after 2022;
- ages, sexes, nationalities other than Ukrainian, households, provinces, education;
- hours, wage periods, sizes of employers, sectors other than I, permanent against fixed-term, corrections;
- how the spread of wages is divided over persons and jobs, and the part of it that education explains.

Known not to be reproduced: that over two thirds of those who had left by 1 January 2023 were men.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


def _map(**values: float) -> Mapping[str, float]:
    """Return a default factory's value: effects by level; spaces are written as underscores."""
    return {name.replace("_", " "): value for name, value in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Thousands of persons by month of settling, from February 2022 (from the 24th) to June 2024."""

    thousands: tuple[float, ...] = (
        0.1, 23.9, 24.2, 12.9, 8.5, 6.3, 6.3, 6.3, 6.1, 5.7, 4.7,
        3.6, 3.2, 3.0, 2.6, 2.6, 2.6, 2.7, 3.0, 3.1, 3.2, 3.0, 2.5,
        3.0, 2.9, 2.8, 2.8, 2.8, 2.4,
    )  # fmt: skip
    stayed_before: float = 0.01
    """Share with an earlier stay, before 24 February 2022."""
    outside_cohort: float = 0.002
    """Persons who only settled before 24 February 2022, per person in the cohort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who settles. Shares; ages in completed years at settling."""

    age_edges: tuple[int, ...] = (0, 6, 12, 18, 25, 35, 45, 55, 65, 88)
    age_shares: tuple[float, ...] = (0.09, 0.10, 0.085, 0.115, 0.19, 0.20, 0.105, 0.065, 0.05)
    female_child: float = 0.487
    female_adult_first: float = 0.68
    female_adult_later: float = 0.56
    other_nationality_first: float = 0.052
    other_nationality_later: float = 0.022
    others: Mapping[str, float] = field(
        default_factory=lambda: {
            "NG": 0.17, "MA": 0.12, "RU": 0.10, "IN": 0.09, "DZ": 0.07, "EG": 0.06, "PK": 0.06, "TR": 0.05,
            "AZ": 0.04, "GE": 0.04, "AM": 0.03, "MD": 0.03, "BY": 0.03, "GH": 0.03, "SY": 0.03, "UZ": 0.02,
            "stateless": 0.015, "unknown": 0.015,
        }
    )  # fmt: skip
    education: Mapping[str, float] = field(
        default_factory=lambda: _map(low=0.17, middle=0.38, high=0.39, unknown=0.06)
    )
    """Of those 18 and older; the younger are ``at school``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The hazard of the end of a first stay, death apart: level times the factors below, in events a month.

    At duration t months the profile is `early` up to `early_until`, 1 up to `plateau_until`, and then falls by the
    share `decline` with the time constant `decline_months`.
    """

    level: float = 0.0182
    early: float = 0.4
    early_until: float = 2.0
    plateau_until: float = 8.0
    decline: float = 0.30
    decline_months: float = 12.0
    later: float = 0.55
    """Factor of those who settled from 1 July 2022."""
    calendar: Mapping[str, float] = field(default_factory=lambda: {"2022": 1.54, "2023": 1.0, "2024": 1.25})
    sex: Mapping[str, float] = field(default_factory=lambda: _map(female=1.0, male=1.25))
    age: Mapping[str, float] = field(
        default_factory=lambda: {
            "0-17": 0.95, "18-24": 1.15, "25-34": 1.1, "35-44": 1.0, "45-54": 0.95, "55-64": 1.0, "65+": 1.1
        }
    )  # fmt: skip
    nationality: Mapping[str, float] = field(default_factory=lambda: _map(Ukrainian=1.0, other=1.2))
    household: Mapping[str, float] = field(
        default_factory=lambda: _map(
            single=1.15, couple=1.05, couple_with_children=0.85, lone_parent=1.0, other=1.1
        )
    )
    education: Mapping[str, float] = field(
        default_factory=lambda: _map(low=0.95, middle=1.0, high=1.05, unknown=1.1, at_school=1.0)
    )
    death_at_40: float = 0.0022
    """Deaths a year at age 40; rises by `death_growth` a year of age (Gompertz)."""
    death_growth: float = 0.085


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Shares of destinations among departures other than deaths, by calendar year of departure."""

    names: tuple[str, ...] = ("origin", "onward", "unknown", "administrative")
    ukrainian: Mapping[str, tuple[float, ...]] = field(
        default_factory=lambda: {
            "2022": (0.575, 0.155, 0.195, 0.075),
            "2023": (0.52, 0.18, 0.20, 0.10),
            "2024": (0.48, 0.19, 0.21, 0.12),
        }
    )
    other: Mapping[str, tuple[float, ...]] = field(
        default_factory=lambda: {
            "2022": (0.26, 0.35, 0.27, 0.12),
            "2023": (0.24, 0.36, 0.26, 0.14),
            "2024": (0.22, 0.34, 0.26, 0.18),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """Who comes back, and for how long."""

    share: float = 0.108
    """Of those who left for origin, onward or unknown, if they could be observed for ever."""
    months_away: float = 6.6
    """Mean time away, beyond `least_days_away`, if it could be observed for ever; shorter within the window."""
    least_days_away: int = 7
    leaving_again: float = 0.02
    """Constant hazard of the second stay, a month, times the person's factors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """Who finds work when: movers, ready at once, and stayers. Shares at ages 18-64, hazards a month.

    The share ready is the first number below times the factors of sex, age, household and education (at most 0.97).
    """

    ready_first: float = 0.337
    ready_later: float = 0.43
    ready_other: float = 0.79
    start_first: float = 1.3
    start_later: float = 2.5
    start_other: float = 0.395
    start_stayer: float = 0.0325
    ready_minor: float = 0.22
    """Ready share at ages 16-17 (no work before 16)."""
    ready_old: float = 0.03
    """Ready share from 65."""
    stayer_minor: float = 0.02
    stayer_old: float = 0.001
    sex: Mapping[str, float] = field(default_factory=lambda: _map(female=0.96, male=1.08))
    age: Mapping[str, float] = field(
        default_factory=lambda: {"18-24": 0.92, "25-34": 1.08, "35-44": 1.06, "45-54": 1.02, "55-64": 0.72}
    )
    household: Mapping[str, float] = field(
        default_factory=lambda: _map(
            single=1.08, couple=1.06, couple_with_children=0.97, lone_parent=0.93, other=1.0
        )
    )
    education: Mapping[str, float] = field(
        default_factory=lambda: _map(low=0.88, middle=1.0, high=1.06, unknown=0.95, at_school=0.8)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How long a job lasts and what follows. Hazards a month of tenure, durations in months."""

    end_level: float = 0.052
    end_extra: float = 0.03
    """The hazard of a job's end is `end_level` + `end_extra` x exp(-tenure / `end_months`)."""
    end_months: float = 6.0
    next_at_once: float = 0.76
    """Share that starts with another employer within `at_once_days` days."""
    at_once_days: int = 3
    gap_months: float = 1.5
    """Mean time without work of the others, beyond those days."""
    side_share: float = 0.08
    """Jobs that have a second job beside them at some time."""
    side_months: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """The contract of a new job t months after settling: late + (early - late) x exp(-t / months)."""

    agency_early: float = 0.58
    agency_late: float = 0.14
    agency_months: float = 8.0
    regular_early: float = 0.53
    """Permanent or fixed-term, of jobs not at an agency; the rest is on call, a little other."""
    regular_late: float = 0.72
    regular_months: float = 10.0
    other_of_rest: float = 0.05
    permanent: float = 0.12
    """Permanent from the start, of regular jobs."""
    made_permanent: float = 0.35
    """Fixed-term jobs that become permanent after twelve months."""
    hospitality: float = 0.295
    """Section I, of jobs not at an agency."""
    hospitality_by_education: Mapping[str, float] = field(
        default_factory=lambda: _map(low=1.1, middle=1.08, high=0.87, unknown=1.0, at_school=1.3)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Hourly wage = statutory minimum of the month x exp(level + growth x months since settling + person + job)."""

    level: float = 0.21
    growth: float = 0.003
    person_sd: float = 0.11
    """In all, the part explained by education included."""
    job_sd: float = 0.07
    education: Mapping[str, float] = field(
        default_factory=lambda: _map(low=-0.05, middle=-0.01, high=0.035, unknown=0.0, at_school=-0.05)
    )
    """Added to the person's log wage."""
    weekly_hours: Mapping[str, float] = field(
        default_factory=lambda: {"permanent": 33, "fixed-term": 32, "on-call": 17, "agency": 32, "other": 24}
    )
    weekly_hours_sd: float = 6.0
    side_weekly_hours: float = 9.0
    side_weekly_hours_sd: float = 3.0
    month_noise: float = 0.08
    """Standard deviation of a period's hours around the usual, as a share."""
    weekend: float = 0.25
    """Hours on a Saturday or Sunday as a share of a weekday's."""
    four_weekly_agency: float = 0.25
    four_weekly: float = 0.06
    """Employers that pay every four weeks."""
    empty_on_call: float = 0.006
    """On-call wage periods without hours."""
    corrected: float = 0.0015
    """Wage periods that a later record with negative hours and wage corrects in part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything the simulator assumes."""

    settling: Settling = field(default_factory=Settling)
    people: People = field(default_factory=People)
    leaving: Leaving = field(default_factory=Leaving)
    destinations: Destinations = field(default_factory=Destinations)
    returning: Returning = field(default_factory=Returning)
    starting: Starting = field(default_factory=Starting)
    holding: Holding = field(default_factory=Holding)
    contracts: Contracts = field(default_factory=Contracts)
    pay: Pay = field(default_factory=Pay)


TRUTH: Final = Truth()
