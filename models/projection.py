"""How many of those present will still be there: cohorts carried forward under a scenario.

Those present at the end of observation leave at the fitted departure rate of their month of stay; who returned is on
the clock of the current stay. Beyond the last month that ten were followed through, the rate of the last twelve months
of the calendar at stays of twelve months or more holds, or goes on along its log-linear trend. A scenario multiplies
rates from a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from models.clocks import DAYS_PER_MONTH, MONTH_DAYS, day_number, from_day_number
from models.departure import FEWEST_AT_RISK
from models.disclosure.coefficients import DECIMALS, two_digits
from models.disclosure.rounding import rounded
from models.fit import Lack, NoFit
from models.regression.formula import Formula
from models.regression.hazard import Hazard, fit_hazard
from models.regression.likelihood import estimate
from models.regression.predicted import SEED, drawn, grid
from models.regression.told import as_told, months_told
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Unit
from models.rules import Rules
from models.tally.choosing import Chosen
from models.tally.codes import NO_DAY, Codes
from models.tally.covariates import Covariates, group_by
from models.tally.person_time import PersonTime, count_person_time
from models.tally.spans import Event, Spans, spans

DRAWS: Final = 500
SETTLED_STAY: Final = 12
"""Stays of so many months tell the rate beyond the last month observed."""
WINDOWS: Final = 12
"""Months of the calendar from which that rate and its trend are taken."""
FEWEST_MONTHS: Final = FEWEST_AT_RISK
"""Person-months that a rate rests on at least: that of ten persons followed through a month."""
NODES: Final = 3
"""Days between two of the projection at which arrivals are taken to settle (Gauss and Legendre): as on every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is assumed of the future.

    Attributes
    ----------
    until
        Last day, days since 1 January 1970.
    kind
        Beyond the last month observed: the rate as now, or along its trend.
    factor, factor_from
        Departure rates are multiplied by `factor` from that day on.
    arrivals
        Persons who settle each month, evenly over its days, with the covariates of those who settled in the last year.
        None by default.
    """

    until: int
    kind: Literal["as-now", "trend"] = "as-now"
    factor: float = 1.0
    factor_from: int | None = None
    arrivals: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """Cells of persons to carry forward.

    `group` is their combination of covariates, `series` the curve they count in, `stay` their days of stay at the
    end of observation (negative for those yet to settle), `begin` the day from then on which they are present.
    """

    group: IntArray
    series: IntArray
    stay: FloatArray
    begin: FloatArray
    number: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Later:
    """Rate beyond the last month observed, relative to that of the last month: its log level and slope a day."""

    estimate: FloatArray
    covariance: FloatArray


def project(
    codes: Codes, chosen: Chosen, formula: Formula, scenario: Scenario, rules: Rules
) -> Curves | Nothing | NoFit:
    """Carry those present at the end of observation forward, at the rates that may be told under `rules`.

    Under rules that round, who is of a level whose coefficient is hidden leaves at the rate of the reference level.

    Returns
    -------
    Curves on an axis of dates with columns ``present, ci_low, ci_high, share_left`` (of those present at the end of
    observation, when nobody arrives). Limits are the 2.5 and 97.5 % points of seeded draws of the coefficients with
    binomial noise; they do not cover the choice of scenario.
    """
    at_risk = spans(codes, Event.DEPARTURE)
    columns = tuple(dict.fromkeys((*formula.columns, *chosen.by)))
    covariates = group_by(codes, chosen.group >= 0, columns)
    tally = count_person_time(codes, covariates, at_risk)
    found = fit_hazard(tally, formula, "projection", tests=False)
    hazard = found if isinstance(found, NoFit) else as_told(found, rules)
    if isinstance(hazard, NoFit):
        return hazard
    until = day_number(codes.info.observed_until)
    days = _dates(until, scenario.until)
    people = _present(codes, chosen, covariates, scenario, days)
    if isinstance(people, Lack):
        return NoFit(model="projection", lack=people)
    if not len(people.number):
        return Nothing(reason=Reason.NOBODY)
    known = months_told(hazard)
    if not known.any():
        return Nothing(reason=Reason.ALL_HIDDEN)
    source = _months_told(tally, known)
    if not len(source):
        return NoFit(model="projection", lack=Lack.FEW_FOLLOWED)
    rate = _rates(hazard, covariates, hazard.fitted.estimate[None, :], source)[0]
    later = _later(codes, covariates, at_risk, rate[:, -1], scenario.kind, rules)
    if isinstance(later, Lack):
        return NoFit(model="projection", lack=later)
    course = _Course(
        days=days,
        change=np.inf if scenario.factor_from is None else float(max(scenario.factor_from - until, 0)),
        factor=scenario.factor,
        last=rate[:, -1],
        series=chosen.groups,
    )
    path = _path(people, rate.shape[1], course)
    expected, _ = _carried(people, rate, later.estimate, course, path)
    low, high = _limits(hazard, covariates, source, later, people, course, path)
    first = expected[:, :1]
    shown = expected if rules.exact else rounded(expected, rules)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(shown[:, :1] > 0, 1 - shown / shown[:, :1], np.nan)
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        axis="date",
        at=days + until,
        measures=(
            Measure(name="present", unit=Unit.EXPECTED, values=expected),
            Measure(name="ci_low", unit=Unit.EXPECTED, values=low),
            Measure(name="ci_high", unit=Unit.EXPECTED, values=high),
            *([] if scenario.arrivals else [Measure(name="share_left", unit=Unit.SHARE, values=left)]),
        ),
        observed=np.ones(expected.shape, dtype=np.bool_),
        estimate="present",
        low="ci_low",
        high="ci_high",
        behind=(np.repeat(np.rint(first), len(days), axis=1), np.rint(expected)),
    )


def _present(
    codes: Codes, chosen: Chosen, covariates: Covariates, scenario: Scenario, days: IntArray
) -> _People | Lack:
    """Those present at the end of observation by day of the current stay, and those to arrive."""
    window = day_number(codes.info.observed_until) - codes.settled.astype(np.int64)
    here = (covariates.group >= 0) & (codes.current_since != NO_DAY)
    stay = window[here] - codes.current_since[here]
    rows, number = np.unique(
        np.stack([covariates.group[here], chosen.group[here], stay]), axis=1, return_counts=True
    )
    group, series, stay = rows
    begin = np.zeros(len(stay))
    parts = [(group, series, stay.astype(np.float64), begin, number.astype(np.float64))]
    recent = (covariates.group >= 0) & (window <= MONTH_DAYS[WINDOWS])
    if scenario.arrivals and not recent.any():
        return Lack.NO_SETTLERS
    if scenario.arrivals:
        pairs, persons = np.unique(
            np.stack([covariates.group[recent], chosen.group[recent]]), axis=1, return_counts=True
        )
        daily = persons / persons.sum() * scenario.arrivals / DAYS_PER_MONTH
        for day, length in zip(*_arriving(days), strict=True):
            same = np.full(len(daily), day)
            parts.append((pairs[0], pairs[1], -same, same, daily * length))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return _People(group=joined[0], series=joined[1], stay=joined[2], begin=joined[3], number=joined[4])


def _arriving(days: IntArray) -> tuple[FloatArray, FloatArray]:
    """Days on which arrivals are taken to settle, and for how many days each of them stands."""
    node, weight = np.polynomial.legendre.leggauss(NODES)
    half = np.diff(days)[:, None] / 2.0
    return ((days[:-1, None] + half + half * node).ravel(), (half * weight).ravel())


def _months_told(tally: PersonTime, known: BoolArray) -> IntArray:
    """Return, up to the last month of stay of which a rate is told, the place of the month whose rate each has.

    A month of fewer than ten person-months tells no rate: one departure on a single day would be that of everybody.
    It has that of the next that does, and so has one that is not `known`. The last is one in which somebody departed.
    """
    length = np.diff(np.asarray(MONTH_DAYS)[np.append(0, tally.months)])
    enough = known & (tally.person_days.sum(axis=0) >= FEWEST_MONTHS * length)
    last = np.flatnonzero(enough & (tally.events.sum(axis=0) > 0))
    if not len(last):
        return np.empty(0, dtype=np.int64)
    places = np.flatnonzero(enough)
    return places[np.searchsorted(places, np.arange(int(last[-1]) + 1))]


def _rates(hazard: Hazard, covariates: Covariates, sets: FloatArray, source: IntArray) -> FloatArray:
    """Fitted rates a day by set of coefficients, group and month, shape (sets, groups, months)."""
    design, zero, _ = grid(hazard, covariates.columns, covariates.table)
    months = len(hazard.basis.months)
    rate = np.exp(sets @ design.T).reshape(len(sets), covariates.groups, months)
    rate[:, zero] = 0.0
    return np.asarray(rate[:, :, source])


def _later(
    codes: Codes, covariates: Covariates, at_risk: Spans, last: FloatArray, kind: str, rules: Rules
) -> _Later | Lack:
    """Fit the rate of stays of a year or more over the last twelve months of the calendar, given the groups' rates."""
    until = day_number(codes.info.observed_until)
    person = np.flatnonzero(covariates.group >= 0)
    settled = codes.settled[person].astype(np.int64)
    begin = settled + np.maximum(at_risk.entry[person], MONTH_DAYS[SETTLED_STAY])
    end = settled + at_risk.exit[person]
    event = (at_risk.cause[person] > 0) & (end > begin)
    relative = last[covariates.group[person]]
    events, expected, middle, days = [], [], [], 0.0
    for window in range(WINDOWS):
        low, high = until - MONTH_DAYS[WINDOWS - window], until - MONTH_DAYS[WINDOWS - window - 1]
        lived = np.maximum(np.minimum(end, high) - np.maximum(begin, low), 0)
        events.append(float((event & (end > low) & (end <= high)).sum()))
        expected.append(float((lived * relative).sum()))
        middle.append((low + high) / 2 - until)
        days += float(lived.sum())
    observed, exposure = np.asarray(events), np.asarray(expected)
    some = exposure > 0
    if days < FEWEST_MONTHS * DAYS_PER_MONTH:
        return Lack.FEW_FOLLOWED
    if observed[some].sum() < 1:
        return Lack.NO_EVENTS
    if observed[some].sum() < rules.threshold:
        return Lack.FEW_EVENTS
    x = np.ones((int(some.sum()), 1))
    if kind == "trend":
        if some.sum() < 3:
            return Lack.FEW_EVENTS
        x = np.hstack([x, np.asarray(middle)[some][:, None]])
    found = estimate("poisson", x, observed[some], exposure[some], np.eye(x.shape[1])[0])
    estimate_, covariance = np.zeros(2), np.zeros((2, 2))
    size = x.shape[1]
    estimate_[:size], covariance[:size, :size] = found.estimate, found.covariance
    if not rules.exact:
        # The slope is told by month.
        scale = np.asarray([1.0, DAYS_PER_MONTH])
        estimate_ = np.round(estimate_ * scale, DECIMALS) / scale
        covariance = np.diag((two_digits(np.sqrt(np.diag(covariance)) * scale) / scale) ** 2)
    return _Later(estimate=estimate_, covariance=covariance)


def _dates(until: int, last: int) -> IntArray:
    """Days from the end of observation to each first of a month and to the last day."""
    first = from_day_number(until)
    months = np.datetime64(first, "M") + np.arange(1, (last - until) // 28 + 2)
    starts = months.astype("datetime64[D]").astype(np.int64)
    days = np.concatenate([[until], starts[starts < last], [last]]) - until
    return np.unique(days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """The days to project to, and what is known of the rates after the last month observed.

    `days` are counted from the end of observation, `change` the one from which the scenario's factor holds; `last` is
    the rate a day of each group in the last month observed, on which `_Later` builds.
    """

    days: IntArray
    change: float
    factor: float
    last: FloatArray
    series: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where each cell is on a day of the projection, whatever the rates; arrays of shape (cells, days) or (cells, 1).

    `month` is the place of the month of stay, `into` the days lived in it, `beyond` and `crossing` the days between
    which the rate after the last month observed holds.
    """

    month: IntArray
    into: FloatArray
    beyond: FloatArray
    crossing: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """The cells at the begin of their time, at the scenario's change, and at each day of the course.

    `changed` is None when the scenario changes nothing before the end.
    """

    begin: _Place
    end: _Place
    changed: _Place | None
    present: BoolArray


def _path(people: _People, months: int, course: _Course) -> _Path:
    begin = people.begin[:, None]
    end = np.maximum(course.days[None, :].astype(np.float64), begin)
    middle = np.clip(course.change, begin, end)
    return _Path(
        begin=_place(people, months, begin),
        end=_place(people, months, end),
        changed=None if (middle == end).all() else _place(people, months, middle),
        present=np.asarray(begin <= course.days[None, :]),
    )


def _place(people: _People, months: int, day: FloatArray) -> _Place:
    edges = np.asarray(MONTH_DAYS[: months + 1], dtype=np.float64)
    stay = people.stay[:, None]
    at = np.clip(stay + day, 0.0, edges[-1])
    month = np.clip(np.searchsorted(edges, at, side="left") - 1, 0, months - 1)
    crossing = edges[-1] - stay
    return _Place(month=month, into=at - edges[month], beyond=np.maximum(day, crossing), crossing=crossing)


def _carried(
    people: _People, rate: FloatArray, later: FloatArray, course: _Course, path: _Path
) -> tuple[FloatArray, FloatArray]:
    """Expected persons and their binomial variance on each day, shape (series, days)."""
    to_begin, to_end = (
        _accumulated(people, rate, later, course.last, place) for place in (path.begin, path.end)
    )
    hazard = to_end - to_begin
    if path.changed is not None:
        to_middle = _accumulated(people, rate, later, course.last, path.changed)
        hazard = to_middle - to_begin + course.factor * (to_end - to_middle)
    staying = np.exp(-hazard) * path.present
    number = people.number[:, None]
    expected = number * staying
    return _by_series(expected, people, course), _by_series(expected * (1 - staying), people, course)


def _by_series(values: FloatArray, people: _People, course: _Course) -> FloatArray:
    shape = (course.series, len(course.days))
    cell = people.series[:, None] * shape[1] + np.arange(shape[1])[None, :]
    sums = np.bincount(cell.ravel(), weights=values.ravel(), minlength=shape[0] * shape[1])
    return np.asarray(sums.reshape(shape), dtype=np.float64)


def _accumulated(
    people: _People, rate: FloatArray, later: FloatArray, last: FloatArray, place: _Place
) -> FloatArray:
    """Cumulative hazard of each cell at its places; differences have meaning."""
    edges = np.asarray(MONTH_DAYS[: rate.shape[1] + 1], dtype=np.float64)
    steps = np.concatenate(
        [np.zeros((len(rate), 1)), np.cumsum(rate * np.diff(edges)[None, :], axis=1)], axis=1
    )
    group = people.group[:, None]
    inside = steps[group, place.month] + rate[group, place.month] * place.into
    beyond = np.maximum(_integral(later[1], place.beyond) - _integral(later[1], place.crossing), 0.0)
    return np.asarray(inside + (last * np.exp(later[0]))[group] * beyond)


def _integral(slope: float, day: FloatArray) -> FloatArray:
    """Integral of exp(slope × t) from 0 to `day`."""
    return np.asarray(day if abs(slope) < 1e-12 else np.expm1(slope * day) / slope, dtype=np.float64)


def _limits(
    hazard: Hazard,
    covariates: Covariates,
    source: IntArray,
    later: _Later,
    people: _People,
    course: _Course,
    path: _Path,
) -> tuple[FloatArray, FloatArray]:
    """Pointwise 95 % limits from draws of the coefficients and of who leaves."""
    found = hazard.fitted
    sets = drawn(found.estimate, found.covariance, DRAWS)
    laters = drawn(later.estimate, later.covariance, DRAWS, SEED + 1)
    noise = np.random.default_rng(SEED + 2).standard_normal((DRAWS, course.series, 1))
    rates = _rates(hazard, covariates, sets, source)
    out = np.empty((DRAWS, course.series, len(course.days)))
    for draw in range(DRAWS):
        expected, variance = _carried(people, rates[draw], laters[draw], course, path)
        out[draw] = expected + np.sqrt(variance) * noise[draw]
    low, high = np.quantile(out, (0.025, 0.975), axis=0)
    return np.maximum(low, 0.0), high
