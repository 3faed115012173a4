"""A simulated register of which the truth is known: people leave, return and work at rates that nothing else moves."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.register import DatasetInfo
from tests.models.worlds import World, make_world

FROM, TAKEN, UNTIL = date(2020, 1, 1), date(2021, 7, 1), date(2023, 7, 1)
LEAVING = 0.04
"""Rate of departure a month, whatever else."""
RETURNING, WORKING, AGENCY = 0.25, 0.45, 0.3
"""Shares: of leavers who come back within 330 days, working in a month, on an agency contract of those working."""


def simulated(persons: int = 3000) -> World:
    dice = np.random.default_rng(11)
    people, stays, jobs = [], [], []
    for number in range(persons):
        person = f"{number:05d}"
        settled = FROM + timedelta(days=int(dice.integers(0, (UNTIL - FROM).days)))
        people.append(
            {
                "person_id": person,
                "sex": ("female", "male")[int(dice.integers(2))],
                "birth_date": date(1985, 6, 15),
                "nationality": "SY",
                "province": "North",
                "income": None,
            }
        )
        own = _stays(dice, settled)
        stays += [
            {"person_id": person, "settled": a, "departed": b, "destination": b and "origin"} for a, b in own
        ]
        for first, departed in own:
            jobs += _jobs(dice, person, first, min(departed or UNTIL, UNTIL))
    info = DatasetInfo(
        title="simulated",
        source="tests",
        synthetic=True,
        arrivals_from=FROM,
        observed_until=UNTIL,
        columns=make_world(1, persons=1).info.columns,
    )
    return World(info=info, persons=people, stays=stays, jobs=jobs)


def _stays(dice, settled):
    gone = settled + timedelta(days=1 + int(dice.exponential(DAYS_PER_MONTH / LEAVING)))
    if gone > UNTIL:
        return [(settled, None)]
    back = gone + timedelta(days=int(dice.integers(1, 331)))
    return [(settled, gone), *([(back, None)] if dice.random() < RETURNING and back <= UNTIL else [])]


def _jobs(dice, person, first, last):
    """A job over a whole calendar month, or none, whatever happened in others."""
    month = date(first.year, first.month, 1)
    while month <= last:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if dice.random() < WORKING:
            yield {
                "person_id": person,
                "employer_id": "A",
                "start": month,
                "end": following - timedelta(days=1),
                "contract": "agency" if dice.random() < AGENCY else "permanent",
                "sector": "A",
                "hours": 100.0,
                "wage": 1500.0,
                "wage_usable": True,
            }
        month = following
