"""Who leaves, when, where to, and who comes back? Residence spells from the true hazards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sample_data.days import (
    ARRIVALS_FROM,
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    LATER_FROM,
    OBSERVED_UNTIL,
    BoolArray,
    FloatArray,
    IntArray,
    day,
    years_of,
)
from sample_data.draws import exponential, levels, pick
from sample_data.people import AGE_BANDS, EDUCATION, HOUSEHOLDS, SEXES, People, age_band
from sample_data.truth import TRUTH

DESTINATIONS: Final = ("origin", "onward", "unknown", "administrative", "deceased")
NEVER: Final = day(2100, 1, 1)
"""Departure day of those still resident at the end."""

STAYED_FROM: Final = day(2019, 3, 1)
_DECEASED: Final = DESTINATIONS.index("deceased")
_CEILING: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """Residence spells, shape (stays,) each: person (position in the block), days, and the destination code.

    `departed` is `NEVER` and `destination` -1 while resident.
    """

    person: IntArray
    settled: IntArray
    departed: IntArray
    destination: IntArray


def profile(months: FloatArray) -> FloatArray:
    """Return the factor of leaving by months since settling (see `Leaving`)."""
    truth = TRUTH.leaving
    falling = np.exp(-np.maximum(months - truth.plateau_until, 0.0) / truth.decline_months)
    later = 1.0 - truth.decline * (1.0 - falling)
    return np.where(months < truth.early_until, truth.early, later)


@cache
def hazard_surface() -> FloatArray:
    """Return the cumulative hazard of leaving by settling day and days of stay, for a person with factor 1.

    Returns
    -------
    Shape (days from `ARRIVALS_FROM` to `OBSERVED_UNTIL`, the same + 1): element [s, k] is the hazard summed over the
    first k days after settling on day s, death apart.
    """
    truth = TRUTH.leaving
    settled = np.arange(ARRIVALS_FROM, OBSERVED_UNTIL)
    stay = np.arange(1, len(settled) + 1)
    calendar = levels(truth.calendar, [str(year) for year in range(2022, 2028)])
    by_year = calendar[years_of(settled[:, None] + stay[None, :] - 1) - 2022]
    period = np.where(settled < LATER_FROM, 1.0, truth.later)
    daily = (
        truth.level / DAYS_PER_MONTH * profile(np.asarray((stay - 0.5) / DAYS_PER_MONTH, dtype=np.float64))
    )
    surface = np.zeros((len(settled), len(stay) + 1))
    np.cumsum(period[:, None] * by_year * daily[None, :], axis=1, out=surface[:, 1:])
    return surface


def person_factor(people: People) -> FloatArray:
    """Return each person's constant factor on the hazard of leaving."""
    truth = TRUTH.leaving
    nationality = np.where(
        people.nationality == 0, truth.nationality["Ukrainian"], truth.nationality["other"]
    )
    return np.asarray(
        nationality
        * levels(truth.sex, SEXES)[people.sex]
        * levels(truth.age, AGE_BANDS)[age_band(people.age)]
        * levels(truth.household, HOUSEHOLDS)[people.household]
        * levels(truth.education, EDUCATION)[people.education]
    )


def draw_stays(people: People, in_cohort: BoolArray, rng: np.random.Generator) -> Stays:
    """Draw every person's spells: first stay, return, and stays before the cohort; ordered by person and day."""
    factor = person_factor(people)
    everyone = np.arange(len(people.settled))
    parts = [
        _first(people, everyone[in_cohort], factor, rng),
        _plain(people, everyone[~in_cohort], people.settled[~in_cohort], factor, rng),
    ]
    parts.append(_return(people, parts[0], factor, rng))
    before = everyone[in_cohort & (rng.random(len(everyone)) < TRUTH.settling.stayed_before)]
    parts.append(_before(people, before, rng))
    stays = _joined(parts)
    order = np.lexsort((stays.settled, stays.person))
    return Stays(
        person=stays.person[order],
        settled=stays.settled[order],
        departed=stays.departed[order],
        destination=stays.destination[order],
    )


def _joined(parts: list[Stays]) -> Stays:
    return Stays(
        person=np.concatenate([part.person for part in parts]),
        settled=np.concatenate([part.settled for part in parts]),
        departed=np.concatenate([part.departed for part in parts]),
        destination=np.concatenate([part.destination for part in parts]),
    )


def _first(people: People, who: IntArray, factor: FloatArray, rng: np.random.Generator) -> Stays:
    """Draw first stays by inverting the cumulative hazard of the settling day, all persons at once."""
    surface = hazard_surface()
    # Rows are laid end to end with steps larger than any hazard, so that one sorted search serves everybody.
    step = 2 * _CEILING
    flat = (surface + step * np.arange(len(surface))[:, None]).ravel()
    row = people.settled[who] - ARRIVALS_FROM
    asked = np.minimum(exponential(rng, len(who)) / factor[who], _CEILING)
    found = np.searchsorted(flat, asked + step * row, side="left") - row * surface.shape[1]
    left = np.where(found < surface.shape[1], people.settled[who] + found, NEVER)
    return _with_death(people, who, people.settled[who], left, rng)


def _plain(
    people: People, who: IntArray, settled: IntArray, factor: FloatArray, rng: np.random.Generator
) -> Stays:
    """Draw stays with a constant hazard of leaving: second stays, and persons outside the cohort."""
    months = exponential(rng, len(who)) / (TRUTH.returning.leaving_again * factor[who])
    left = settled + 1 + np.floor(months * DAYS_PER_MONTH).astype(np.int64)
    return _with_death(people, who, settled, left, rng)


def _return(people: People, first: Stays, factor: FloatArray, rng: np.random.Generator) -> Stays:
    """Draw the second stays of leavers who come back within the window."""
    truth = TRUTH.returning
    can = (first.destination >= 0) & (first.destination <= DESTINATIONS.index("unknown"))
    away = np.floor(exponential(rng, len(can)) * truth.months_away * DAYS_PER_MONTH).astype(np.int64)
    back = first.departed + truth.least_days_away + away
    returns = can & (rng.random(len(can)) < truth.share) & (back < OBSERVED_UNTIL)
    return _plain(people, first.person[returns], back[returns], factor, rng)


def _before(people: People, who: IntArray, rng: np.random.Generator) -> Stays:
    """Draw earlier stays that ended before the window; nobody was there before being born."""
    settled = STAYED_FROM + np.floor(rng.random(len(who)) * (ARRIVALS_FROM - 300 - STAYED_FROM)).astype(
        np.int64
    )
    departed = settled + 30 + np.floor(rng.random(len(who)) * 240).astype(np.int64)
    born = people.birth[who] <= settled
    return Stays(
        person=who[born],
        settled=settled[born],
        departed=departed[born],
        destination=pick(rng, (0.7, 0.1, 0.2), int(born.sum())),
    )


def _with_death(
    people: People, who: IntArray, settled: IntArray, left: IntArray, rng: np.random.Generator
) -> Stays:
    """Let death compete with leaving, draw destinations, and forget what happens after the reference day."""
    died = settled + 1 + _days_to_death(people.birth[who], settled, rng)
    departed = np.minimum(left, died)
    destination = np.where(died < left, _DECEASED, _destinations(people.nationality[who] == 0, left, rng))
    resident = departed > OBSERVED_UNTIL
    return Stays(
        person=who,
        settled=settled,
        departed=np.where(resident, NEVER, departed),
        destination=np.where(resident, -1, destination),
    )


def _days_to_death(birth: IntArray, settled: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw days to death from Gompertz's law given survival to `settled`."""
    truth = TRUTH.leaving
    age = (settled - birth) / DAYS_PER_YEAR
    now = truth.death_at_40 * np.exp(truth.death_growth * (age - 40.0))
    years = np.log1p(truth.death_growth * exponential(rng, len(birth)) / now) / truth.death_growth
    return np.floor(years * DAYS_PER_YEAR).astype(np.int64)


def _destinations(ukrainian: BoolArray, left: IntArray, rng: np.random.Generator) -> IntArray:
    truth = TRUTH.destinations
    names = [str(year) for year in (2022, 2023, 2024)]
    table = np.cumsum(
        [[truth.other[year] for year in names], [truth.ukrainian[year] for year in names]], axis=2
    )
    year = np.clip(years_of(left), 2022, 2024) - 2022
    mine = table[ukrainian.astype(np.int64), year]
    return np.asarray(np.minimum((rng.random(len(left))[:, None] >= mine).sum(axis=1), len(truth.names) - 1))
