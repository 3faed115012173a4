"""States and flows: who is in which state, how many move, and how long people spend in each.

Occupancy is the Aalen-Johansen estimate on the grid of month days (Aalen and Johansen, Scandinavian Journal of
Statistics 1978): the product of the transition matrices among persons observable at both month days.
"""

from __future__ import annotations

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS
from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.results import FEWEST, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Rows, Unit
from models.tally.flows import DEPARTED, STATES, Flows, FlowsBetween

STAYS = (12, 24)


def occupancy(released: Released[Flows]) -> Result:
    """Share in each state by month, among persons aged 18 to 64 at settling.

    Returns
    -------
    Curves in parts (``state``) with columns ``persons, share``: persons are those counted in the state among those
    observable at the month, share is the Aalen-Johansen occupancy, which censoring leaves unbiased.
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    start = starts(tally)
    return _curves(released, start, {"share": occupied(tally, start)})


def occupancy_beside_naive(released: Released[Flows]) -> Result:
    """Occupancy beside what is often shown instead: the states of those still present, as if nobody had left."""
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    here = tally.persons.astype(np.float64).copy()
    here[:, :, DEPARTED] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        naive = here / np.nansum(here, axis=2, keepdims=True)
    start = starts(tally)
    return _curves(released, start, {"share": occupied(tally, start), "naive_share": naive})


def starts(tally: Flows) -> IntArray:
    """Return the place among the months from which each group is followed, shape (groups,).

    The first, or with delayed entry (an extract) the one after the last early month at which fewer than ten were seen.
    """
    out = np.zeros(len(tally.keys), dtype=np.int64)
    for group, seen in enumerate(tally.seen):
        early = np.flatnonzero(seen[: int(seen.argmax())] < FEWEST)
        if len(early):
            out[group] = early[-1] + 1
    return out


def occupied(tally: Flows, start: IntArray) -> FloatArray:
    """Return the Aalen-Johansen occupancy from `start` on, shape (groups, months, states); NaN before it.

    It is conditional on being present then. A state that nobody of those followed is in keeps its share: there is
    nothing to move it by.
    """
    groups, months, states = tally.persons.shape
    out = np.full((groups, months, states), np.nan)
    for group, first in enumerate(start.tolist()):
        here = np.nan_to_num(tally.persons[group, first].astype(np.float64))
        # In an extract some have left between its day and this month day.
        here[DEPARTED] = 0.0
        if not here.any():
            continue
        share = here / here.sum()
        out[group, first] = share
        for month in range(first + 1, months):
            moves = tally.moves[group, month].astype(np.float64)
            at_risk = moves.sum(axis=1)
            matrix = np.where(at_risk[:, None] > 0, moves / np.maximum(at_risk, 1)[:, None], np.eye(states))
            share = share @ matrix
            out[group, month] = share
    return out


def transitions(released: Released[Flows]) -> Result:
    """Persons who go from one state to another between a month day and the one before.

    Returns
    -------
    Rows with keys (groups, ``month, from_state, to_state``) and ``persons``; row m is the flow from m - 1 to m
    among persons observable at both. Moves that nobody makes have no row.
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    places: list[list[int]] = np.argwhere(tally.moves > 0).tolist()
    if not places:
        return Nothing(reason=Reason.NO_MONTHS)
    group, month, from_state, to_state = np.asarray(places).T
    persons = tally.moves[group, month, from_state, to_state].astype(np.float64)
    origin = tally.moves.sum(axis=3)[group, month, from_state].astype(np.float64)
    return Rows(
        columns=(*tally.by, "month", "from_state", "to_state"),
        keys=tuple((*tally.keys[g], int(tally.months[m]), STATES[a], STATES[b]) for g, m, a, b in places),
        measures=(Measure(name="persons", unit=Unit.PERSONS, values=persons),),
        behind=(origin, persons, origin - persons),
        start_month=tally.start_month,
        passed=released.passed,
    )


def flows_between(released: Released[FlowsBetween]) -> Result:
    """Persons who are in one state at a chosen month and in another, or the same, at the next one.

    The persons of a group are the same in all its flows: those aged 18 to 64 at settling and observable at all of the
    chosen months to which its earliest settler was followed.

    Returns
    -------
    Rows with keys (groups, ``month, to_month, from_state, to_state``), ``persons`` and ``share`` (of the persons of
    the group, so that the shares of a month add up to one). Moves that nobody makes have no row; of rounded
    counts it is not told which those are.
    """
    tally = released.counts
    if not tally.persons.any():
        return Nothing(reason=Reason.NOBODY)
    if np.isnan(tally.persons).all():
        return Nothing(reason=Reason.ALL_HIDDEN)
    keys: list[tuple[str | int, ...]] = []
    rows: list[tuple[float, float, float]] = []
    for group, key in enumerate(tally.keys):
        everyone = float(tally.persons[group])
        if np.isnan(everyone):
            continue
        for step, from_state, to_state in np.argwhere(tally.moves[group] != 0).tolist():
            first, then = tally.months[group][step : step + 2]
            moves = tally.moves[group][step]
            keys.append((*key, first, then, STATES[from_state], STATES[to_state]))
            rows.append((float(moves[from_state, to_state]), float(np.nansum(moves[from_state])), everyone))
    if not keys:
        return Nothing(reason=Reason.NO_MONTHS)
    persons, origin, whole = np.asarray(rows).T
    return Rows(
        columns=(*tally.by, "month", "to_month", "from_state", "to_state"),
        keys=tuple(keys),
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=persons),
            Measure(name="share", unit=Unit.SHARE, values=share_of(persons, whole, released.rules)),
        ),
        behind=(whole, origin, origin - persons, persons),
        start_month=tally.start_month,
        passed=released.passed,
    )


def time_in_state(released: Released[Flows]) -> Result:
    """Mean months spent in each state in the first 12 and 24 months after the start, for groups observed that long.

    The sum over months of the occupancy at the start of the month times its days, in months of 30.4375 days. The start
    is settling, the month of a condition, or in an extract the month from which all groups can be followed.
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    first = int(starts(tally).max())
    share = occupied(tally, np.full(len(tally.keys), first))
    start_month, days = int(tally.months[first]), np.diff(np.asarray(MONTH_DAYS))
    keys: list[tuple[str | int, ...]] = []
    values, behind = [], []
    for group, key in enumerate(tally.keys):
        for stay in STAYS:
            last = start_month + stay
            if last > tally.last_month[group] or np.isnan(share[group, first]).any():
                continue
            length = days[start_month:last] / DAYS_PER_MONTH
            spent = (share[group, first : first + stay] * length[:, None]).sum(axis=0)
            spent = np.where(tally.told[group], spent, np.nan)
            people = float(tally.seen[group, first])
            for state, months in zip(STATES, spent, strict=True):
                keys.append((*key, stay, state))
                values.append(months)
                behind.append(people)
    if not keys:
        return Nothing(reason=Reason.NO_MONTHS)
    return Rows(
        columns=(*tally.by, "month", "state"),
        keys=tuple(keys),
        measures=(Measure(name="months_spent", unit=Unit.MONTHS, values=np.asarray(values)),),
        behind=(np.asarray(behind),),
        start_month=start_month,
        passed=released.passed,
    )


def _curves(released: Released[Flows], start: IntArray, shares: dict[str, FloatArray]) -> Curves:
    tally = released.counts
    groups, months, states = tally.persons.shape

    def series(values: FloatArray) -> FloatArray:
        return np.asarray(values.transpose(0, 2, 1).reshape(groups * states, months), dtype=np.float64)

    persons = series(tally.persons.astype(np.float64))
    whole = np.repeat(tally.seen.astype(np.float64), states, axis=0)
    told = np.broadcast_to(tally.told[:, None, :], (groups, months, states))
    begun = np.arange(months)[None, :] >= start[:, None]
    observed = (tally.months[None, :] <= tally.last_month[:, None]) & (tally.seen > 0) & begun
    return Curves(
        by=tally.by,
        keys=tuple((*key, state) for key in tally.keys for state in STATES),
        part="state",
        at=tally.months,
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=persons),
            *(
                Measure(name=name, unit=Unit.SHARE, values=series(np.where(told, values, np.nan)))
                for name, values in shares.items()
            ),
        ),
        observed=np.repeat(observed, states, axis=0),
        estimate="share",
        behind=(whole, persons, whole - persons),
        start_month=tally.start_month,
        start_days=tuple(MONTH_DAYS[int(tally.months[first])] for first in start.tolist()),
        passed=released.passed,
    )
