"""Episodes at risk, one row a person or, with a state that changes, one row a person and state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.clocks import LAST_MONTH, MONTH_DAYS
from models.results import BoolArray, IntArray
from models.tally.codes import Codes, unpack
from models.tally.covariates import Covariate, Covariates
from models.tally.spans import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Episodes:
    """Rows of counting-process data, each at risk over the days (entry, exit]; `event` when it ends with the event.

    `columns`, `table` and `group` are the covariates, their places by group, and the group of each row; `person` is
    that of each row, counted from 0 within the rows.
    """

    columns: tuple[Covariate, ...]
    table: IntArray
    group: IntArray
    person: IntArray
    entry: IntArray
    exit: IntArray
    event: BoolArray
    persons: int
    missing: int
    start_month: int


def episodes(
    codes: Codes,
    covariates: Covariates,
    at_risk: Spans,
    *,
    causes: tuple[str, ...] = (),
    start_month: int = 0,
    lagged_work: bool = False,
) -> Episodes:
    """Return the rows at risk; with `lagged_work` split where the work state of the month before changes.

    Exits by `causes` count as events, those of `at_risk` when empty; risk starts at d(start_month) since settling.
    """
    start = np.maximum(at_risk.entry, MONTH_DAYS[min(start_month, LAST_MONTH)] - at_risk.origin)
    person = np.flatnonzero((covariates.group >= 0) & at_risk.member & (at_risk.exit > start))
    wanted = np.asarray([False, *(name in (causes or at_risk.events) for name in at_risk.causes)])
    group, entry, exit_ = covariates.group[person], start[person], at_risk.exit[person]
    event = wanted[at_risk.cause[person]]
    columns, table, row = covariates.columns, covariates.table, np.arange(len(person))
    if lagged_work:
        row, first, last, state = _by_state(codes, person, entry, exit_)
        event = event[row] & (last == exit_[row])
        entry, exit_ = first, last
        columns = (*columns, Covariate(name="working[lag1]", levels=("no", "yes")))
        states = np.tile(np.arange(2), len(table))[:, None]
        table = np.concatenate([np.repeat(table, 2, axis=0), states], axis=1)
        group = group[row] * 2 + state
    return Episodes(
        columns=columns,
        table=table,
        group=group,
        person=row,
        entry=entry,
        exit=exit_,
        event=np.asarray(event),
        persons=len(person),
        missing=covariates.missing,
        start_month=start_month,
    )


def _by_state(
    codes: Codes, person: IntArray, entry: IntArray, exit_: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Row, first day, last day and state of every run of months with the same lagged state."""
    rows, firsts, lasts, states = [], [], [], []
    for month in range(1, codes.months + 1):
        begin, end = MONTH_DAYS[month - 1], MONTH_DAYS[month]
        here = np.flatnonzero((exit_ > begin) & (entry < end))
        rows.append(here)
        firsts.append(np.maximum(entry[here], begin))
        lasts.append(np.minimum(exit_[here], end))
        states.append(unpack(codes.working[month - 1], codes.persons)[person[here]].astype(np.int64))
    row, first, last, state = (np.concatenate(parts) for parts in (rows, firsts, lasts, states))
    order = np.lexsort((first, row))
    row, first, last, state = row[order], first[order], last[order], state[order]
    new = np.ones(len(row), dtype=np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (state[1:] != state[:-1])
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(row)) - 1
    return row[begins], first[begins], last[ends], state[begins]
