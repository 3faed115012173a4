"""Who settles, and when? Settling days by the published months, and the columns of `persons`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sample_data.days import ARRIVALS_FROM, DAYS_PER_YEAR, LATER_FROM, IntArray, month_starts
from sample_data.draws import pick
from sample_data.truth import TRUTH

SEXES: Final = ("female", "male")
AGE_BANDS: Final = ("0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
AGE_EDGES: Final = (18, 25, 35, 45, 55, 65)
EDUCATION: Final = ("low", "middle", "high", "unknown", "at school")
HOUSEHOLDS: Final = ("single", "couple", "couple with children", "lone parent", "other")
NATIONALITIES: Final = ("UA", *TRUTH.people.others)
PROVINCES: Final = {
    "Drenthe": 0.03, "Flevoland": 0.025, "Fryslân": 0.035, "Gelderland": 0.11, "Groningen": 0.035,
    "Limburg": 0.065, "Noord-Brabant": 0.15, "Noord-Holland": 0.175, "Overijssel": 0.065, "Utrecht": 0.075,
    "Zeeland": 0.025, "Zuid-Holland": 0.21,
}  # fmt: skip

# Households of adults by age band from 18-24 on: single, couple, couple with children, lone parent, other.
_WOMEN = ((50, 14, 9, 12, 15), (25, 15, 25, 27, 8), (17, 11, 30, 36, 6), (27, 22, 21, 24, 6),
          (44, 30, 6, 7, 13), (50, 24, 1, 2, 23))  # fmt: skip
_MEN = ((63, 12, 6, 1, 18), (43, 18, 27, 2, 10), (31, 16, 42, 4, 7), (35, 23, 31, 4, 7),
        (38, 40, 9, 2, 11), (34, 47, 2, 1, 16))  # fmt: skip
_CHILDREN = (0, 0, 46, 50, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One block of persons: shape (persons,) each.

    Attributes
    ----------
    settled, birth
        Days since 1 January 1970; `settled` is day 0 of the cohort (or the only settling of those outside it).
    sex, nationality, household, province, education
        Positions in `SEXES`, `NATIONALITIES`, `HOUSEHOLDS`, `PROVINCES`, `EDUCATION`.
    age
        Completed years at settling, up to a day's rounding of the birth date.
    """

    settled: IntArray
    birth: IntArray
    age: IntArray
    sex: IntArray
    nationality: IntArray
    household: IntArray
    province: IntArray
    education: IntArray


def settling_days(persons: int, rng: np.random.Generator) -> IntArray:
    """Return the settling days of `persons` persons in random order, by the months of `Settling.thousands`.

    Months are filled by the largest remainder, so that every month's size is the published one; days within a
    month are uniform.
    """
    thousands = np.asarray(TRUTH.settling.thousands)
    exact = thousands / thousands.sum() * persons
    sizes = np.floor(exact).astype(np.int64)
    sizes[np.argsort(sizes - exact, kind="stable")[: persons - int(sizes.sum())]] += 1
    starts = month_starts()
    first = int(np.searchsorted(starts, ARRIVALS_FROM, side="right")) - 1
    low = np.maximum(starts[first : first + len(sizes)], ARRIVALS_FROM)
    high = starts[first + 1 : first + 1 + len(sizes)]
    month = np.repeat(np.arange(len(sizes)), sizes)
    days = low[month] + np.floor(rng.random(persons) * (high - low)[month]).astype(np.int64)
    return np.asarray(days[rng.permutation(persons)])


def draw_people(settled: IntArray, rng: np.random.Generator) -> People:
    """Draw the person columns of those who settle on the given days."""
    truth, size = TRUTH.people, len(settled)
    first = settled < LATER_FROM
    band = pick(rng, truth.age_shares, size)
    edges = np.asarray(truth.age_edges, dtype=np.float64)
    years = edges[band] + rng.random(size) * (edges[band + 1] - edges[band])
    birth = settled - np.floor(years * DAYS_PER_YEAR).astype(np.int64)
    age = np.floor(years).astype(np.int64)
    adult = age >= 18
    female = np.where(
        adult, np.where(first, truth.female_adult_first, truth.female_adult_later), truth.female_child
    )
    sex = (rng.random(size) >= female).astype(np.int64)
    other = np.where(first, truth.other_nationality_first, truth.other_nationality_later)
    is_other = rng.random(size) < other
    third = pick(rng, tuple(truth.others.values()), size)
    education = pick(rng, [truth.education[name] for name in EDUCATION[:-1]], size)
    return People(
        settled=settled,
        birth=birth,
        age=age,
        sex=sex,
        nationality=np.where(is_other, third + 1, 0),
        household=_households(age, sex, rng),
        province=pick(rng, tuple(PROVINCES.values()), size),
        education=np.where(adult, education, EDUCATION.index("at school")),
    )


def age_band(age: IntArray) -> IntArray:
    """Return the position in `AGE_BANDS` of each age in completed years."""
    return np.asarray(np.searchsorted(np.asarray(AGE_EDGES), age, side="right"))


def _households(age: IntArray, sex: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw household types by age band and sex; children live with a couple or a lone parent."""
    table = np.asarray([[_CHILDREN, *_WOMEN], [_CHILDREN, *_MEN]], dtype=np.float64)
    cumulative = np.cumsum(table / table.sum(axis=2, keepdims=True), axis=2)
    mine = cumulative[sex, age_band(age)]
    return np.asarray(np.minimum((rng.random(len(age))[:, None] >= mine).sum(axis=1), len(HOUSEHOLDS) - 1))
