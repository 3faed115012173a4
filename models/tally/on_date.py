"""Who is present and who works on one calendar day, straight from the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from models.clocks import day_number
from models.register import Register
from models.results import BoolArray
from models.tally.building import completed_years
from models.tally.expression import cohort_table, exact
from models.tally.fetching import fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDate:
    """State of every person of the cohort on one day, in the order of the codes.

    `age` is in completed years that day, NaN when unknown. A person is `working` only when present.
    """

    present: BoolArray
    working: BoolArray
    age: NDArray[np.float64]


def state_on(register: Register, day: date, pause: Callable[[], None] = lambda: None) -> OnDate:
    """Return who is present and working on `day`.

    `pause` is called before each query; it raises when nobody waits for the answer any more.
    """
    cohort = cohort_table(register).cache()
    rows = cohort.select("row", "person_id")
    born = fetch(cohort.order_by("row").select("birth_date"), pause)["birth_date"]
    persons = len(born)
    on = ibis.literal(day)
    stays = register.stays
    here = stays.filter((stays.settled <= on) & (stays.departed.isnull() | (stays.departed > on)))
    present = _mask(here.inner_join(rows, "person_id").select("row"), persons, pause)
    working = _mask(_working(register, on, day).inner_join(rows, "person_id").select("row"), persons, pause)
    age = completed_years(born.astype("datetime64[D]"), np.full(persons, day_number(day), dtype=np.int32))
    return OnDate(present=present, working=working & present, age=age)


def _working(register: Register, on: Any, day: date) -> Any:
    """Persons with a record that covers the day, of an employer with hours above zero in that month."""
    jobs = register.jobs
    month = jobs.filter((jobs.start.year() == day.year) & (jobs.start.month() == day.month))
    sums = month.group_by("person_id", "employer_id").agg(
        hours=exact(month.hours).sum(),
        covers=((month.start <= on) & (month.end >= on)).max(),
    )
    return sums.filter((sums.hours > 0) & sums.covers).select("person_id").distinct()


def _mask(table: Any, persons: int, pause: Callable[[], None]) -> BoolArray:
    out = np.zeros(persons, dtype=np.bool_)
    out[fetch(table, pause)["row"]] = True
    return out
