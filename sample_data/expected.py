"""What does the simulator expect? The true share departed of given people, from its own hazards, without chance.

An estimate sees one draw of the simulator and only up to the reference day. These curves are what the draw scatters
about had everybody been followed: the mean over the people of one minus the chance of still being resident. Beyond the
reference day the hazards go on as they stand in `truth`: the calendar factor of 2024 to the end of that year, then 1.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from sample_data.days import ARRIVALS_FROM, DAYS_PER_YEAR, OBSERVED_UNTIL, FloatArray, years_of
from sample_data.leaving import DESTINATIONS, hazard_surface, person_factor
from sample_data.people import People
from sample_data.truth import TRUTH

_YEARS = ("2022", "2023", "2024")


def true_curves(people: People, days: tuple[int, ...], start: int = 0) -> FloatArray:
    """Return the expected share departed to each destination by each of `days` since settling.

    Parameters
    ----------
    people
        Persons of the cohort, settled within the window. Work plays no part: in this world it does not move leaving.
    days
        Days since settling, ascending, the first of them 0.
    start
        One of `days`: everybody is known to be resident on it, and the curves start there.

    Returns
    -------
    Shape (destinations, days), in the order of `DESTINATIONS`; NaN before `start` and beyond the days that the
    simulator looks ahead. Summed over destinations it is exact; the division over them takes leaving and death to
    keep their ratio within a step from one day to the next.
    """
    surface = hazard_surface()
    inside = [day for day in days if start <= day < surface.shape[1]]
    out = np.full((len(DESTINATIONS), len(days)), np.nan)
    if not inside or not len(people.settled):
        return out
    row, factor = people.settled - ARRIVALS_FROM, person_factor(people)
    cell = row + len(surface) * (people.nationality == 0)
    hazard, within = _steps(tuple(inside))
    shares = _destination_shares()
    staying = np.ones(len(row))
    gone = np.zeros(len(DESTINATIONS))
    first = days.index(inside[0])
    at_settling = _death_at_settling(people)
    out[:, first] = 0.0
    for step, (low, high) in enumerate(pairwise(inside)):
        leaving = factor * hazard[step, row]
        either = leaving + at_settling * _years_of_death(low, high)
        departing = staying * -np.expm1(-either)
        left = departing * (leaving / either)
        by_cell = np.bincount(cell, weights=left, minlength=2 * len(surface)).reshape(2, -1)
        gone[:-1] += np.einsum("gs,sy,gyd->d", by_cell, within[step], shares, optimize=True) / len(row)
        gone[-1] += float((departing - left).sum()) / len(row)
        staying = staying - departing
        out[:, first + step + 1] = gone
    return out


@cache
def _steps(days: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Hazard of a person with factor 1 between consecutive `days`, and how it divides over years of departure.

    Returns
    -------
    Shapes (steps, settling days) and (steps, settling days, years); the first and the last year stand for all before
    and after.
    """
    daily = np.diff(hazard_surface(), axis=1)
    settled = np.arange(ARRIVALS_FROM, OBSERVED_UNTIL)
    year = years_of(settled[:, None] + np.arange(1, daily.shape[1] + 1)[None, :])
    year = np.clip(year, int(_YEARS[0]), int(_YEARS[-1])) - int(_YEARS[0])
    parts = []
    for place in range(len(_YEARS)):
        total = np.zeros((len(settled), daily.shape[1] + 1))
        np.cumsum(np.where(year == place, daily, 0.0), axis=1, out=total[:, 1:])
        parts.append(np.diff(total[:, list(days)], axis=1).T)
    yearly = np.stack(parts, axis=2)
    hazard = yearly.sum(axis=2)
    return hazard, yearly / hazard[:, :, None]


def _destination_shares() -> FloatArray:
    """Shares of destinations other than death, shape (other or Ukrainian, years, destinations)."""
    truth = TRUTH.destinations
    return np.asarray([[group[year] for year in _YEARS] for group in (truth.other, truth.ukrainian)])


def _death_at_settling(people: People) -> FloatArray:
    """Hazard of death of each person on the day of settling, per year."""
    truth = TRUTH.leaving
    age = (people.settled - people.birth) / DAYS_PER_YEAR
    return np.asarray(truth.death_at_40 * np.exp(truth.death_growth * (age - 40.0)))


def _years_of_death(low: int, high: int) -> float:
    """Years at the hazard of the day of settling that weigh as much as the days from `low` to `high` after it."""
    growth = TRUTH.leaving.death_growth
    return float(
        np.exp(growth * low / DAYS_PER_YEAR) * np.expm1(growth * (high - low) / DAYS_PER_YEAR) / growth
    )
