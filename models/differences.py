"""How much does the share departed differ? Between groups, and between two selections that may share persons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.clocks import MONTH_DAYS
from models.departure import FEWEST_AT_RISK, KaplanMeier, kaplan_meier
from models.disclosure.releasing import Released, release
from models.intervals import log_log
from models.recovered import Share, limits_of_difference, p_of_difference
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.rules import Pass, Rules
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import Exits, count_exits
from models.tally.spans import Event, Spans, spans

MONTHS: Final = (6, 12, 24)
"""Months since settling at which shares are compared."""


def differences_from_first(released: Released[Exits], months: tuple[int, ...] = MONTHS) -> Result:
    """Share departed of each group less that of the first, one minus Kaplan-Meier.

    The groups have no persons in common, so the variance is the sum of Greenwood's two; the limits come from the
    log-log limits of both shares. With delayed entry both curves run from the later of their first days, among those
    there then, and so compare the same days.

    Returns
    -------
    Curves at `months`, a series for each group but the first, with columns ``difference, std_error, ci_low,
    ci_high, p_value`` (two-sided, of no difference). A month appears where both groups were observed, with at
    least ten persons at risk and a departure in each: of fewer a difference tells nothing.
    """
    tally = released.counts
    if tally.lack:
        return Nothing(reason=tally.lack)
    if len(tally.keys) < 2:
        return Nothing(reason=Reason.ONE_GROUP)
    km = kaplan_meier(tally)
    starts = np.maximum(km.start[1:], km.start[0])
    at, ends = _points(months)
    last = np.minimum(tally.last_month[1:], tally.last_month[0])
    observed = (at[None, :] <= last[:, None]) & (ends[None, :] > starts[:, None])
    if not observed.any():
        return Nothing(reason=Reason.NO_MONTHS)
    groups = np.arange(1, len(tally.keys))
    own = _read(tally, km, groups, starts, ends)
    first = _read(tally, km, np.zeros_like(groups), starts, ends)
    told = tally.tells(at)[:, 0]
    observed &= _enough(own, first) & told[1:] & told[0]
    if not observed.any():
        return Nothing(reason=Reason.FEW)
    found = difference_curves(
        tally.by,
        tally.keys[1:],
        at,
        (own.share(own.error), first.share(first.error)),
        correlation=np.zeros(observed.shape),
        error=np.sqrt(own.error**2 + first.error**2),
        observed=observed,
        behind=(np.minimum(own.at_risk, first.at_risk), own.departed, first.departed),
        start_month=tally.start_month,
        starts=starts,
        passed=released.passed,
    )
    return replace(found, reference=tally.keys[0])


def difference_between(
    codes: Codes, a: Chosen, b: Chosen, rules: Rules, months: tuple[int, ...] = MONTHS
) -> Result:
    """Share departed of selection `a` less that of `b`, which may share persons: of whoever is in any group of them.

    The variance is the sum over all persons of (IF_a - IF_b)^2, the influence of each person on either curve (the
    infinitesimal jackknife, ``survfit(..., influence = TRUE)`` in R's survival). With d(u) departures of Y(u) at risk,
    the derivative of S(t) to the weight of a person is -S(t) times 1 / (Y(u) - d(u)) if the person departs at u <= t,
    less the sum of d(u) / (Y(u) (Y(u) - d(u))) over days u <= t at risk. Without persons in common and without delayed
    entry that is Greenwood's sum; with the same persons it is 0. Of rounded counts nobody knows who is in both, and
    the variance is the sum of both.

    Both curves run from the later of their first days. Curves as of `differences_from_first`, one series without a
    key.
    """
    at_risk = spans(codes, Event.DEPARTURE)
    sides = [_side(codes, chosen, at_risk, rules) for chosen in (a, b)]
    lack = next((side.tally.lack for side in sides if side.tally.lack), None)
    if lack:
        return Nothing(reason=lack)
    start = max(int(side.km.start[0]) for side in sides)
    at, ends = _points(months)
    observed = (at <= min(int(side.tally.last_month[0]) for side in sides)) & (ends > start)
    if not observed.any():
        return Nothing(reason=Reason.NO_MONTHS)
    starts = np.asarray([start])
    one, other = (_read(side.tally, side.km, np.zeros(1, np.int64), starts, ends) for side in sides)
    compared = observed[None, :] & _enough(one, other)
    for side in sides:
        compared &= side.tally.tells(at)[:, 0]
    if not compared.any():
        return Nothing(reason=Reason.FEW)
    if rules.exact:
        error, own, correlation = _errors(sides, at_risk, start, ends)
    else:
        own, correlation = (one.error, other.error), np.zeros(compared.shape)
        error = np.sqrt(one.error**2 + other.error**2)
    return difference_curves(
        (),
        ((),),
        at,
        (one.share(own[0]), other.share(own[1])),
        correlation=correlation,
        error=error,
        observed=compared,
        behind=(np.minimum(one.at_risk, other.at_risk), one.departed, other.departed),
        start_month=max(a.start_month, b.start_month),
        starts=starts,
        passed=sides[0].passed,
    )


def _errors(
    sides: list[_Side], at_risk: Spans, start: int, ends: IntArray
) -> tuple[FloatArray, tuple[FloatArray, FloatArray], FloatArray]:
    """Return the error of the difference, those of both shares, and their correlation; shape (1, points) each."""
    one_of_each, persons = _alike(sides, at_risk, start)
    moved = [_influence(side, at_risk, one_of_each, start, ends) for side in sides]
    # Summed from the smallest: the same to the last digit when the two are exchanged.
    error, one, other = (
        np.sqrt(np.sort(square * persons, axis=1).sum(axis=1))[None, :]
        for square in ((moved[0] - moved[1]) ** 2, moved[0] ** 2, moved[1] ** 2)
    )
    in_common = np.sort(moved[0] * moved[1] * persons, axis=1).sum(axis=1)[None, :]
    return error, (one, other), correlation_of(in_common, one, other)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A curve that runs from a later day, read at month days; each of shape (series, points)."""

    staying: FloatArray
    error: FloatArray
    at_risk: FloatArray
    departed: FloatArray

    def share(self, error: FloatArray) -> Share:
        """Return the share departed with its log-log limits."""

        def limits(z: FloatArray) -> tuple[FloatArray, FloatArray]:
            low, high = log_log(self.staying, error, z)
            return 1 - high, 1 - low

        return Share(value=1 - self.staying, limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of two selections: its counts as one group, its curve, and who is at risk in it, shape (persons,)."""

    tally: Exits
    km: KaplanMeier
    member: BoolArray
    passed: Pass


def _points(months: tuple[int, ...]) -> tuple[IntArray, IntArray]:
    at = np.asarray(months, dtype=np.int64)
    return at, np.asarray(MONTH_DAYS, dtype=np.int64)[at]


def _read(tally: Exits, km: KaplanMeier, groups: IntArray, starts: IntArray, ends: IntArray) -> _Read:
    """Curves of `groups` given presence after each of `starts`, at the days `ends`."""
    last = tally.days - 1
    place = (groups[:, None], np.minimum(ends, last)[None, :])
    begin = (groups, np.minimum(starts, last))
    gone = np.cumsum(tally.departed, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        staying = km.survival[place] / km.survival[begin][:, None]
        greenwood = km.variance[place] - km.variance[begin][:, None]
        error = staying * np.sqrt(greenwood + km.rounding[place] + km.rounding[begin][:, None])
    return _Read(
        staying=staying,
        error=error,
        at_risk=np.where(ends <= last, km.at_risk[place], 0).astype(np.float64),
        departed=(gone[place] - gone[begin][:, None]).astype(np.float64),
    )


def _side(codes: Codes, chosen: Chosen, at_risk: Spans, rules: Rules) -> _Side:
    """Count a selection as one group."""
    released = release(count_exits(codes, chosen.as_one(), at_risk), rules)
    return _Side(
        tally=released.counts,
        km=kaplan_meier(released.counts),
        passed=released.passed,
        member=(chosen.group >= 0) & (at_risk.exit > np.maximum(at_risk.entry, chosen.start_day)),
    )


def _alike(sides: list[_Side], at_risk: Spans, start: int) -> tuple[IntArray, FloatArray]:
    """Return one person of each kind whose influence is the same on both curves, and how many there are of it.

    All months are then asked of some thousands of kinds, however many persons there are.
    """
    inside = np.flatnonzero(sides[0].member | sides[1].member)
    entry = np.maximum(at_risk.entry[inside], start).astype(np.int64)
    kind = entry
    for part, size in (
        (at_risk.exit[inside], int(at_risk.exit.max(initial=0)) + 1),
        (at_risk.cause[inside] > 0, 2),
        (sides[0].member[inside], 2),
        (sides[1].member[inside], 2),
    ):
        kind = kind * size + part
    _, first, number = np.unique(kind, return_index=True, return_counts=True)
    return inside[first], number.astype(np.float64)


def _influence(side: _Side, at_risk: Spans, persons: IntArray, start: int, ends: IntArray) -> FloatArray:
    """Influence of `persons` on the share staying at `ends`, shape (points, persons); 0 for who is not in it.

    A person's value depends on the exit, on whether it is a departure, and on the entry only: all are looked up
    in tables by day.
    """
    tally, km = side.tally, side.km
    day = np.arange(tally.days)
    departed, risk = np.where(day > start, tally.departed[0], 0), tally.at_risk[0]
    staying = risk - departed
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(staying > 0, 1.0 / staying, 0.0)
        loss = np.where((departed > 0) & (staying > 0), departed / (risk * staying.astype(np.float64)), 0.0)
    total = np.cumsum(loss)
    member = side.member[persons]
    who = persons[member]
    left, exit_ = at_risk.cause[who] > 0, at_risk.exit[who]
    entry = np.maximum(at_risk.entry[who], start)
    out = np.zeros((len(ends), len(persons)))
    begin = min(start, tally.days - 1)
    for point, end in enumerate(np.minimum(ends, tally.days - 1).tolist()):
        upto = total[np.minimum(day, end)]
        counted = own * ((day > start) & (day <= end))
        table = np.concatenate([-upto, counted - upto])
        value = table[left * tally.days + exit_]
        if (entry > start).any():
            value = value + total[np.minimum(entry, end)]
        out[point, member] = -value * (km.survival[0, end] / km.survival[0, begin])
    return out


def _enough(one: _Read, other: _Read) -> BoolArray:
    """Whether both curves have at least ten persons at risk and a departure."""
    few = np.minimum(one.at_risk, other.at_risk) < FEWEST_AT_RISK
    return np.asarray(~few & (np.minimum(one.departed, other.departed) > 0))


def correlation_of(covariance: FloatArray, one: FloatArray, other: FloatArray) -> FloatArray:
    """Return a correlation from a covariance and two standard errors; 0 where either is 0."""
    product = one * other
    some = np.where(product > 0, product, 1.0)
    return np.clip(np.where(product > 0, covariance / some, 0.0), -1.0, 1.0)


def difference_curves(
    by: tuple[str, ...],
    keys: tuple[tuple[str, ...], ...],
    at: IntArray,
    shares: tuple[Share, Share],
    *,
    correlation: FloatArray,
    error: FloatArray,
    observed: BoolArray,
    behind: tuple[FloatArray, ...],
    start_month: int,
    starts: IntArray,
    passed: Pass,
) -> Curves:
    """Return the first of two shares less the second at months `at`, with limits and p-values.

    A selection differs from itself by nothing: where the error is 0 there are neither.
    """
    one, other = shares
    blank = np.where(observed & (error > 0), 0.0, np.nan)
    low, high = limits_of_difference(one, other, correlation)
    columns = {
        "difference": (Unit.POINTS, one.value - other.value),
        "std_error": (Unit.POINTS, error),
        "ci_low": (Unit.POINTS, low + blank),
        "ci_high": (Unit.POINTS, high + blank),
        "p_value": (Unit.NUMBER, p_of_difference(one, other, correlation) + blank),
    }
    return Curves(
        by=by,
        keys=keys,
        at=at,
        measures=tuple(Measure(name=n, unit=unit, values=values) for n, (unit, values) in columns.items()),
        observed=observed,
        estimate="difference",
        low="ci_low",
        high="ci_high",
        behind=behind,
        start_month=start_month,
        start_days=tuple(int(day) for day in starts),
        passed=passed,
    )
