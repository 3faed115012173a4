"""The tally of person-time: events and exact person-days by combination of covariates and month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.clocks import LAST_MONTH, MONTH_DAYS
from models.results import BoolArray, FloatArray, IntArray
from models.tally.codes import Codes, unpack
from models.tally.covariates import Covariate, Covariates
from models.tally.spans import Spans

_DAYS = np.asarray(MONTH_DAYS, dtype=np.int64)
_MONTH_OF_DAY = np.searchsorted(_DAYS, np.arange(_DAYS[-1] + 1), side="left")
"""Month m whose days (d(m - 1), d(m)] hold a day; 0 for day 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTime:
    """Cells of groups and months of the clock, month m holding the days (d(m - 1), d(m)].

    Attributes
    ----------
    columns, table
        The covariates and their places, shape (groups, columns), as in `Covariates`.
    events, person_days
        Shape (groups, months); column m - 1 is month m.
    at_risk
        Persons with time at risk in the month, shape (groups, months).
    persons
        Persons ever at risk in each group, shape (groups,). A person whose lagged state changes is in two groups.
    total_persons, missing
        Persons at risk, and those left out because a covariate is unknown.
    event_days
        Events by day of the clock, whatever the group.
    """

    columns: tuple[Covariate, ...]
    table: IntArray
    events: IntArray
    person_days: IntArray
    at_risk: IntArray
    persons: IntArray
    total_persons: int
    missing: int
    event_days: IntArray
    start_month: int

    @property
    def months(self) -> IntArray:
        """Months counted, 1, 2, ..."""
        return np.arange(1, self.events.shape[1] + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AtRisk:
    """Persons at risk: their group, days and whether the exit is the event."""

    person: IntArray
    group: IntArray
    entry: IntArray
    exit: IntArray
    event: BoolArray


def count_person_time(
    codes: Codes,
    covariates: Covariates,
    at_risk: Spans,
    *,
    causes: tuple[str, ...] = (),
    start_month: int = 0,
    lagged_work: bool = False,
) -> PersonTime:
    """Count events and exact person-days.

    Exits by `causes` count as events, those of `at_risk` when empty; others are censored. Risk starts at
    d(start_month) since settling (delayed entry). `lagged_work` splits every group by whether the person worked on the
    month day before the interval.
    """
    people = _people(covariates, at_risk, causes or at_risk.events, MONTH_DAYS[min(start_month, LAST_MONTH)])
    months = int(_MONTH_OF_DAY[people.exit.max(initial=0)])
    groups = covariates.groups
    event_days = np.bincount(people.exit[people.event], minlength=1)
    columns, table = covariates.columns, covariates.table
    if lagged_work:
        events, days, at_risk_in, persons = _split_by_work(codes, people, groups, months)
        columns = (*columns, Covariate(name="working[lag1]", levels=("no", "yes")))
        state = np.tile(np.arange(2), groups)[:, None]
        table = np.concatenate([np.repeat(table, 2, axis=0), state], axis=1)
    else:
        left = _MONTH_OF_DAY[people.exit]
        cell = (people.group * months + left - 1)[people.event]
        events = np.bincount(cell, minlength=groups * months).reshape(groups, months)
        days, until = _lived(people.group, people.exit, left, groups, months)
        persons = until.sum(axis=1)
        at_risk_in = _from_month(until)[:, 1:]
        if people.entry.any():
            first = _MONTH_OF_DAY[people.entry]
            before, since = _lived(people.group, people.entry, first, groups, months)
            days = days - before
            at_risk_in = at_risk_in - _not_yet(people, since, groups, months)
    return PersonTime(
        columns=columns,
        table=table,
        events=events,
        person_days=days,
        at_risk=at_risk_in,
        persons=persons,
        total_persons=len(people.person),
        missing=covariates.missing,
        event_days=event_days,
        start_month=start_month,
    )


def _people(covariates: Covariates, at_risk: Spans, causes: tuple[str, ...], start_day: int) -> _AtRisk:
    entry = at_risk.entry_from(start_day)
    inside = (covariates.group >= 0) & at_risk.member & (at_risk.exit > entry)
    wanted = np.asarray([False, *(name in causes for name in at_risk.causes)])
    person = np.flatnonzero(inside)
    # Nothing is copied where everybody is in.
    who = slice(None) if len(person) == len(inside) else person
    exit_ = at_risk.exit[who]
    return _AtRisk(
        person=person,
        group=covariates.group[who],
        entry=entry[who],
        exit=np.minimum(exit_, _DAYS[-1]),
        event=wanted[at_risk.cause[who]] & (exit_ <= _DAYS[-1]),
    )


def _lived(
    group: IntArray, day: IntArray, month: IntArray, groups: int, months: int
) -> tuple[IntArray, IntArray]:
    """Days of each month that lie before `day`, summed over the persons of each group, and persons by `month` of it.

    Shapes (groups, months) and (groups, months + 1).
    """
    cell = group * (months + 1) + month
    size, shape = groups * (months + 1), (groups, months + 1)
    persons = np.bincount(cell, minlength=size).reshape(shape)
    # Sums of whole days stay exact in double precision, which bincount weighs in.
    upto = np.bincount(cell, weights=day, minlength=size).reshape(shape).astype(np.int64)
    begin = _DAYS[np.maximum(np.arange(months + 1) - 1, 0)]
    whole = _from_month(persons) - persons
    return whole[:, 1:] * np.diff(_DAYS[: months + 1]) + (upto - persons * begin)[:, 1:], persons


def _from_month(persons: IntArray) -> IntArray:
    """Persons whose month is this one or later, shape (groups, months + 1)."""
    return np.asarray(persons[:, ::-1].cumsum(axis=1)[:, ::-1])


def _not_yet(people: _AtRisk, since: IntArray, groups: int, months: int) -> IntArray:
    """Persons who come at risk only after a month: those who enter on its last day are not in it either."""
    later = _from_month(since)[:, 1:] - since[:, 1:]
    on_last = people.entry == _DAYS[_MONTH_OF_DAY[people.entry]]
    on_last &= people.entry > 0
    cell = people.group[on_last] * months + _MONTH_OF_DAY[people.entry[on_last]] - 1
    return np.asarray(later + np.bincount(cell, minlength=groups * months).reshape(groups, months))


def _split_by_work(
    codes: Codes, people: _AtRisk, groups: int, months: int
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Events, person-days, persons at risk by month, and persons, by group and lagged work state, month by month."""
    events = np.zeros((groups * 2, months), dtype=np.int64)
    days, at_risk = np.zeros_like(events), np.zeros_like(events)
    seen = np.zeros((2, len(people.person)), dtype=np.bool_)
    for month in range(1, months + 1):
        first, last = _DAYS[month - 1], _DAYS[month]
        here = np.flatnonzero((people.exit > first) & (people.entry < last))
        worked = unpack(codes.working[month - 1], codes.persons)[people.person[here]].astype(np.int64)
        cell = people.group[here] * 2 + worked
        lived: FloatArray = np.minimum(people.exit[here], last) - np.maximum(people.entry[here], first)
        days[:, month - 1] = np.rint(np.bincount(cell, weights=lived, minlength=groups * 2))
        at_risk[:, month - 1] = np.bincount(cell, minlength=groups * 2)
        event = people.event[here] & (people.exit[here] <= last)
        events[:, month - 1] = np.bincount(cell[event], minlength=groups * 2)
        seen[worked, here] = True
    persons = np.zeros(groups * 2, dtype=np.int64)
    for state in (0, 1):
        persons[state::2] = np.bincount(people.group[seen[state]], minlength=groups)
    return events, days, at_risk, persons
