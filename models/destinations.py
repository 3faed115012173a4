"""Where do people go? Aalen-Johansen cumulative incidence per destination, with infinitesimal-jackknife errors."""

from __future__ import annotations

import numpy as np

from models.departure import at_days, kaplan_meier, known_at, month_grid, untold
from models.disclosure.releasing import Released
from models.intervals import log_log
from models.results import Curves, FloatArray, IntArray, Measure, Nothing, Result, Unit
from models.tally.exits import Exits


def share_by_destination(released: Released[Exits]) -> Result:
    """Cumulative incidence per destination at month days; the destinations sum to the share departed."""
    return share_by_cause(released, "destination")


def share_by_cause(released: Released[Exits], part: str) -> Result:
    """Cumulative incidence per cause of exit at month days; the causes compete and sum to one minus Kaplan-Meier.

    Returns
    -------
    Curves in parts (`part` names the column of the causes) with columns ``share, ci_low, ci_high``. The interval is
    log-log on the incidence, empty where it is 0. Standard errors are those of R's ``survfit`` for several end points:
    the root of the summed squared influences of the persons, exact from the counts by day.
    """
    tally = released.counts
    grid = month_grid(tally)
    if isinstance(grid, Nothing):
        return grid
    months, month_days, observed = grid
    days = np.minimum(month_days, tally.days - 1)
    km = kaplan_meier(tally)
    groups, causes = len(tally.keys), len(tally.causes)
    share = np.empty((groups, causes, len(months)))
    error, events = np.empty_like(share), np.empty_like(share)
    for group in range(groups):
        spans = _spans(tally, group)
        after = np.arange(tally.days) > km.start[group]
        counts, total = (np.where(after, n, 0) for n in (tally.exits[group, 1:], tally.departed[group]))
        incidence, std_error = _aalen_johansen(
            counts, total, km.at_risk[group], km.survival[group], spans, days, int(km.start[group])
        )
        share[group] = incidence
        # Rounding the departed so far moves the share by up to half the base over all who entered.
        rounding = tally.base**2 / 12 / max(int(tally.persons[group]), 1) ** 2 if tally.base > 1 else 0.0
        error[group] = np.sqrt(std_error**2 + rounding) if rounding else std_error
        events[group] = np.cumsum(counts, axis=1)[:, days]
    low, high = log_log(share, error)
    observed &= known_at(km, month_days)
    known = observed[:, None, :] & tally.tells(months)[:, 1:]
    share, low, high = (np.where(known, values, np.nan) for values in (share, low, high))
    at_risk = at_days(km.at_risk, month_days)
    flat = (groups * causes, len(months))
    return Curves(
        by=tally.by,
        keys=tuple((*key, name) for key in tally.keys for name in tally.causes),
        part=part,
        at=months,
        measures=(
            Measure(name="share", unit=Unit.SHARE, values=share.reshape(flat)),
            Measure(name="ci_low", unit=Unit.SHARE, values=low.reshape(flat)),
            Measure(name="ci_high", unit=Unit.SHARE, values=high.reshape(flat)),
        ),
        observed=np.repeat(observed, causes, axis=0),
        estimate="share",
        low="ci_low",
        high="ci_high",
        behind=(
            np.repeat(untold(tally, months, at_risk), causes, axis=0),
            events.reshape(flat),
        ),
        start_month=tally.start_month,
        start_days=tuple(int(day) for day in km.start),
        passed=released.passed,
    )


def _spans(tally: Exits, group: int) -> IntArray:
    """Distinct (entry, exit day, exit code) with the persons of each, shape (rows, 4)."""
    if len(tally.spans):
        return tally.spans[tally.spans[:, 0] == group, 1:]
    come = np.flatnonzero(tally.entries[group])
    if len(come) < 2:
        code, day = np.nonzero(tally.exits[group])
        return np.stack([np.full_like(day, come.sum()), day, code, tally.exits[group][code, day]], axis=1)
    day, code = np.nonzero(tally.exits[group].T)
    left = tally.exits[group][code, day]
    # Rounded counts do not say who of those that came late left when: who came first leaves first.
    gone, there = np.cumsum(left), np.cumsum(tally.entries[group][come])
    ends = np.unique(np.concatenate([gone, there[there < gone[-1]]]))
    leaver = np.searchsorted(gone, ends)
    entry = come[np.minimum(np.searchsorted(there, ends), len(come) - 1)]
    persons = np.diff(ends, prepend=0)
    return np.stack([np.minimum(entry, day[leaver]), day[leaver], code[leaver], persons], axis=1)


def _aalen_johansen(
    counts: IntArray,
    total: IntArray,
    at_risk: IntArray,
    survival: FloatArray,
    spans: IntArray,
    days: IntArray,
    start: int,
) -> tuple[FloatArray, FloatArray]:
    """Incidence and its standard error per cause at `days`, for one group.

    The influence of a person on F_k(t) is the derivative of F_k(t) to the weight of that person. With
    h = dN / Y it is a sum over days u at risk: directly through h_k(u), and through S(u-), which later days use.
    """
    before = np.concatenate([[1.0], survival[:-1]])
    risk = np.maximum(at_risk, 1).astype(np.float64)
    staying = at_risk - total
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where((total > 0) & (staying > 0), total / (risk * staying), 0.0)
    hazard_loss = np.cumsum(loss)
    entry, exit_, cause, persons = spans.T
    used = exit_ > start
    entry, exit_, cause, persons = np.maximum(entry[used], start), exit_[used], cause[used], persons[used]
    upto = np.minimum(exit_[:, None], days[None, :])
    from_ = np.minimum(entry[:, None], days[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(staying[exit_] > 0, 1.0 / staying[exit_], 0.0)
    share, error = [], []
    for k, events in enumerate(counts):
        rise = before * events / risk
        incidence = np.cumsum(rise)
        through_risk = np.cumsum(rise / risk)
        earlier = np.concatenate([[0.0], hazard_loss[:-1]])
        # Sum over u <= t of dF(u) * [B(min(u - 1, exit)) - B(min(u - 1, entry))].
        weighted = np.cumsum(rise * earlier)

        def through_staying(
            at: IntArray, weighted: FloatArray = weighted, f: FloatArray = incidence
        ) -> FloatArray:
            later = f[days][None, :] - f[at]
            return np.asarray(weighted[at] + hazard_loss[at] * later)

        influence = -(through_risk[upto] - through_risk[from_])
        influence += through_staying(upto) - through_staying(from_)
        after = incidence[days][None, :] - incidence[upto]
        influence -= np.where(cause > 0, own, 0.0)[:, None] * after
        direct = np.where(cause == k + 1, before[exit_] / risk[exit_], 0.0)
        influence += direct[:, None] * (exit_[:, None] <= days[None, :])
        share.append(incidence[days])
        error.append(np.sqrt((persons[:, None] * influence**2).sum(axis=0)))
    return np.stack(share), np.stack(error)
