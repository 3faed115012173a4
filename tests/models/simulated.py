"""Worlds drawn from the models themselves: codes made directly, without registers, so that thousands can be drawn."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.clocks import MONTH_DAYS, day_number, months_within
from models.register import DatasetInfo
from models.tally.codes import NO_DAY, Codes, Grouping, HourlyWages, OtherStays, pack

FROM, UNTIL = date(2022, 2, 24), date(2024, 7, 1)
EDGES = (FROM, date(2022, 7, 1), date(2023, 1, 1), date(2024, 1, 1))
COHORTS = ("2022 H1", "2022 H2", "2023", "2024 H1")


def settle(rng, persons, last=UNTIL):
    """Days of settling, uniform over the window."""
    return rng.integers(day_number(FROM), day_number(last), persons).astype(np.int32)


def codes_of(settled, lifetime, sex, *, wages=None, working=None, groupings=()):
    """Codes of persons who would stay `lifetime` days; wages in cents by person and month, 0 for none."""
    persons = len(settled)
    until = day_number(UNTIL)
    window = until - settled
    left = lifetime <= window
    duration = np.where(left, lifetime, window).astype(np.int32)
    months = months_within(int(window.max())) + 1
    days = np.asarray(MONTH_DAYS[:months])[:, None]
    here = (days <= window) & ((days < duration) | ~left)
    everyone = np.ones((months, persons), dtype=bool)
    work = here if working is None else working[:months] & here
    cents = np.zeros((months, persons), dtype=np.int32) if wages is None else wages.T[:months] * here
    month, person = np.nonzero(cents)
    edges = [day_number(edge) for edge in EDGES]
    cohort = np.searchsorted(edges, settled, side="right") - 1
    made = [
        Grouping(name="cohort", levels=COHORTS, codes=cohort.astype(np.uint16), ordered=True),
        Grouping(name="sex", levels=("female", "male"), codes=sex.astype(np.uint16)),
        Grouping(name="age_band", levels=("25-34",), codes=np.zeros(persons, dtype=np.uint16)),
        *groupings,
    ]
    none = np.full(persons, NO_DAY, dtype=np.int32)
    return Codes(
        info=DatasetInfo(
            title="simulated",
            source="tests",
            synthetic=True,
            arrivals_from=FROM,
            observed_until=UNTIL,
            periods=EDGES,
        ),
        groupings={grouping.name: grouping for grouping in made},
        numbers={"age": np.full(persons, 30.0)},
        settled=settled,
        entry=np.zeros(persons, dtype=np.int32),
        duration=duration,
        destination=np.where(left, 1, 0).astype(np.uint8),
        second_employer=none,
        returned=none,
        current_since=np.where(left, NO_DAY, 0).astype(np.int32),
        first_work=none,
        work_end=none,
        last_work=none,
        present=pack(here),
        of_age=pack(everyone),
        working=pack(work),
        several_now=pack(~everyone),
        contract={},
        sector={},
        wages=HourlyWages(
            starts=np.searchsorted(month, np.arange(months + 1)).astype(np.int64),
            person=person.astype(np.int32),
            cents=cents[month, person].astype(np.int32),
        ),
        other_stays=OtherStays(person=none[:0], begin=none[:0], end=none[:0]),
    )


def exponential_days(rng, rate_a_day):
    """SplitSelection days of stay, at least 1, with a constant hazard: an event in (t - 1, t] happens on day t."""
    return np.maximum(np.ceil(rng.exponential(1 / rate_a_day)), 1).astype(np.int64)
