"""What of a regression can be estimated: levels without events are left out and named, never fitted at -21.

So is what events separate: see `models.regression.separation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.fit import Lack, LeftOut, NoFit
from models.regression.bases import Basis
from models.regression.design import Cells, DesignColumn, aliased, left_out, rows_of
from models.regression.separation import APART, involved, null_space, separation
from models.results import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What remains of a regression.

    Attributes
    ----------
    used
        Rows in the likelihood, shape (rows,).
    kept
        Columns that can be estimated, in order.
    out
        What was left out, and why.
    persons, events
        Behind every column asked for, shape (columns,).
    untold
        Columns kept that compare with what is no longer there: they are fitted, and no coefficient is told of them.
    direction
        Along which the events separate, shape (columns,); None where they do not. Whatever it moves is certain.
    lost
        Dimensions in which the maximum lies at infinity because of that.
    """

    used: BoolArray
    kept: tuple[int, ...]
    out: tuple[LeftOut, ...]
    persons: IntArray
    events: IntArray
    untold: frozenset[int] = frozenset()
    direction: FloatArray | None = None
    lost: int = 0

    @property
    def told(self) -> list[int]:
        """Places, among the columns kept, of those that have a coefficient of their own."""
        return [at for at, place in enumerate(self.kept) if place not in self.untold]

    def moved(self, columns: tuple[DesignColumn, ...]) -> tuple[tuple[DesignColumn, ...], FloatArray]:
        """Return the columns along which the events separate, and the direction; none where they do not."""
        if self.direction is None:
            return (), np.empty(0)
        places = np.flatnonzero(self.direction)
        return tuple(columns[place] for place in places.tolist()), self.direction[places]

    def refused(self, model: str, lack: Lack, total: int) -> NoFit:
        """Return that there is no fit, of `total` events or persons."""
        kept = len(self.kept)
        return NoFit(model=model, lack=lack, lacks=self.out, parameters=kept, df_residual=total - kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Cells with what was counted in them.

    Attributes
    ----------
    events, size
        Events, and person-days or trials, of each row; size is positive.
    trials
        Whether size counts trials, of which the events are a part.
    at_risk
        Persons in each row.
    persons
        Persons ever seen in each group, shape (groups,).
    total
        Persons in all.
    """

    cells: Cells
    basis: Basis
    columns: tuple[DesignColumn, ...]
    events: FloatArray
    size: FloatArray
    trials: bool
    at_risk: IntArray
    persons: IntArray
    total: int


def screen(counts: Counts, x: FloatArray, *, intercept: bool = False) -> Screened:
    """Leave out indicator columns without events (or with nothing but events) and columns that others determine.

    Rows of a level without events leave the likelihood with it: its maximum lies at minus infinity, where their
    fitted hazard is 0 and they add nothing. `intercept` looks for columns that add up to a constant as well, which
    a baseline outside the design takes up.
    """
    used, dropped, out = _without_events(counts, x)
    rows_behind = [_speaks_of(counts, place, x) for place in range(len(counts.columns))]
    persons = np.asarray([_persons(counts, place, rows) for place, rows in enumerate(rows_behind)])
    events = np.asarray([int(counts.events[rows].sum()) for rows in rows_behind])
    free = [place for place in range(len(counts.columns)) if place not in dropped]
    names = tuple(counts.columns[place].name for place in free)
    size = counts.size[used]
    design = x[used][:, free]
    if intercept:
        design, names = np.hstack([np.ones((len(design), 1)), design]), ("(baseline)", *names)
    twins = aliased(design, size / size.mean(), names) if len(size) else {}
    twins = {at - intercept: others for at, others in twins.items()}
    collinear = {free[at]: others for at, others in twins.items()}
    return Screened(
        used=used,
        kept=tuple(place for at, place in enumerate(free) if at not in twins),
        out=(*out, *left_out(counts.columns, collinear, persons, events)),
        persons=persons,
        events=events,
    )


def set_apart(counts: Counts, x: FloatArray, screened: Screened) -> Screened | None:
    """Return what remains when the rows that events separate are left out; None where they separate none.

    A coefficient that the separation moves is left out and named. Others of the same term may still be needed to fit
    the rows that remain, as those of two levels that only the reference is apart from.
    """
    kept, places = list(screened.kept), np.flatnonzero(screened.used)
    rows, events, size = x[places][:, kept], counts.events[places], counts.size[places]
    none, all_ = events == 0, (events == size) & counts.trials
    sign = np.where(none, 1.0, -1.0)[none | all_]
    found = separation(rows[~none & ~all_], rows[none | all_] * sign[:, None])
    if found is None:
        return None
    used = screened.used.copy()
    used[places[none | all_][found.separated]] = False
    direction = np.zeros(len(counts.columns))
    direction[kept] = found.direction
    left = x[used][:, kept]
    scale = np.abs(left).max(axis=0, initial=0.0)
    free = null_space(left / np.where(scale > 0, scale, 1.0))
    names = tuple(counts.columns[place].name for place in kept)
    size = counts.size[used]
    dropped = {kept[at] for at in aliased(left, size / size.mean(), names)} if len(left) else set(kept)
    return without_separated(
        replace(screened, used=used, direction=direction), counts.columns, involved(free), dropped
    )


def without_separated(
    screened: Screened, columns: tuple[DesignColumn, ...], moved: BoolArray, dropped: set[int]
) -> Screened:
    """Return `screened` without the columns `dropped`, and nothing told of those terms that a separation `moved`.

    `moved` speaks of the columns kept so far. The baseline stays, as that of those who are left.
    """
    infinite = {
        place
        for place, is_moved in zip(screened.kept, moved.tolist(), strict=True)
        if is_moved and columns[place].term
    } | dropped
    return replace(
        screened,
        kept=tuple(place for place in screened.kept if place not in dropped),
        out=(
            *screened.out,
            *(
                LeftOut(
                    term=columns[place].name,
                    lack=Lack.SEPARATED,
                    persons=int(screened.persons[place]),
                    events=int(screened.events[place]),
                )
                for place in sorted(infinite)
            ),
        ),
        untold=frozenset(infinite - dropped),
        lost=len(dropped),
    )


def moved_by(direction: FloatArray, x: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Return which rows of a design a separation moves down, without end, and which it moves up."""
    move = x @ direction
    return move < -APART, move > APART


def _without_events(counts: Counts, x: FloatArray) -> tuple[BoolArray, set[int], list[LeftOut]]:
    used = np.ones(len(counts.events), dtype=np.bool_)
    dropped: set[int] = set()
    out: list[LeftOut] = []
    for place, column in enumerate(counts.columns):
        if not _is_indicator(column, x[:, place]):
            continue
        rows = x[:, place] != 0
        if not rows.any():
            dropped.add(place)
            continue
        events, size = counts.events[rows].sum(), float(counts.size[rows].sum())
        none, all_ = events == 0, counts.trials and events == size
        if not none and not all_:
            continue
        dropped.add(place)
        used &= ~rows
        out.append(
            LeftOut(
                term=column.name,
                lack=Lack.NO_EVENTS if none else Lack.ALL_EVENTS,
                persons=_persons(counts, place, rows),
                events=int(events),
                exposure=size,
                bound=float("nan") if counts.trials else float(-np.log(0.025) / (size / DAYS_PER_MONTH)),
            )
        )
    return used, dropped, out


def is_step(column: DesignColumn) -> bool:
    """Whether a column is one step of the baseline."""
    return not column.parts and column.name.startswith("month[")


def _is_indicator(column: DesignColumn, values: FloatArray) -> bool:
    """Whether a column is 0 or 1: a step, a level, a combination of levels, a level in a block of months."""
    return bool((column.parts or is_step(column)) and ((values == 0) | (values == 1)).all())


def _speaks_of(counts: Counts, place: int, x: FloatArray) -> BoolArray:
    column = counts.columns[place]
    if is_step(column) or column.trend >= 0:
        return np.asarray(x[:, place] != 0)
    return rows_of(column, counts.cells)


def _persons(counts: Counts, place: int, rows: BoolArray) -> int:
    """Persons behind a column: of a step or block of months those at risk in it, of a level those ever seen."""
    column, group = counts.columns[place], counts.cells.group
    if column.trend >= 0 and rows.any():
        most = np.zeros(len(counts.persons), dtype=np.int64)
        np.maximum.at(most, group[rows], counts.at_risk[rows])
        return int(most.sum())
    if is_step(column):
        return int(counts.at_risk[rows].sum())
    inside = np.zeros(len(counts.persons), dtype=np.bool_)
    inside[group[rows]] = True
    return min(int(counts.persons[inside].sum()), counts.total)
