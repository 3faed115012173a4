"""Exits as they are told: what has happened up to each month day, rounded once, laid out in days again.

Persons entered, departed (together and by cause) and censored up to each month day are rounded; the steps between
month days follow. The departures of a month are laid on its middle day, half of its censorings just before them and
half with them, and who comes late likewise: estimators by day then give the Kaplan-Meier factor
1 - e / (n - E - C - c / 2) of the month, and person-days as if people left evenly over it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.clocks import MONTH_DAYS
from models.disclosure.rounding import last_told, rising, round_counts, rounded
from models.results import IntArray
from models.rules import Rules
from models.tally.exits import Exits
from models.tally.followed import FollowedCounts


@round_counts.register
def round_exits(tally: Exits, rules: Rules) -> Exits:
    """Return exits by month, each number so far rounded once; curves end where few are at risk."""
    edges = _edges(tally)
    come, censored = (_so_far(counts, edges, rules) for counts in (tally.entries, tally.exits[:, 0]))
    gone = _so_far(tally.departed, edges, rules)
    apart = np.stack([_so_far(counts, edges, rules) for counts in np.moveaxis(tally.exits[:, 1:], 1, 0)], 1)
    last = _ends(come - gone - censored, rules)
    for counts in (come, censored, gone, *np.moveaxis(apart, 1, 0)):
        # Where few are left nothing is told any more.
        np.minimum(counts, np.take_along_axis(counts, last[:, None], axis=1), out=counts)
    at_risk = come - gone - censored
    told = np.concatenate([gone[:, None], apart], axis=1) >= rules.threshold
    # At the first month day nobody can have gone.
    told[:, :, 0] = True
    months = np.arange(len(edges))
    told &= ((at_risk >= rules.at_risk) & (months <= last[:, None]))[:, None, :]
    steps = np.concatenate([censored[:, None], apart], axis=1)
    exits = np.stack([_laid(counts, edges) for counts in np.moveaxis(steps, 1, 0)], axis=1)
    exits[:, 0] = _halved(censored, edges, np.maximum(_middles(edges) - 1, edges[:-1]))
    return replace(
        tally,
        exits=exits,
        entries=_halved(come, edges, edges[:-1]),
        together=_laid(gone, edges),
        spans=np.empty((0, 5), dtype=np.int64),
        told=told,
        last_month=last_told(told[:, 0], tally.start_month + months),
        base=rules.base,
    )


@round_counts.register
def round_followed(tally: FollowedCounts, rules: Rules) -> FollowedCounts:
    """Return a fixed follow-up, each number rounded once."""
    observable = rounded(tally.observable, rules)
    return replace(
        tally,
        observable=observable,
        gone=rounded(tally.gone, rules),
        last_month=last_told(~np.isnan(observable), tally.months),
    )


def _edges(tally: Exits) -> IntArray:
    """Return the month days from the one on which curves start to the first after the last exit."""
    days = np.asarray(MONTH_DAYS)
    first = min(tally.start_month, int(np.searchsorted(days, tally.days - 1)))
    last = min(int(np.searchsorted(days, tally.days - 1)), len(days) - 1)
    return days[first : last + 1].astype(np.int64)


def _so_far(counts: IntArray, edges: IntArray, rules: Rules) -> IntArray:
    """Return counts up to each month day as they are told, shape (groups, edges)."""
    return rising(np.cumsum(counts, axis=1)[:, np.minimum(edges, counts.shape[1] - 1)], rules)


def _ends(at_risk: IntArray, rules: Rules) -> IntArray:
    """Return the place of the last month day of each group, from the fullest on, at which enough are at risk."""
    after = np.arange(at_risk.shape[1]) > at_risk.argmax(axis=1)[:, None]
    few = after & (at_risk < rules.at_risk)
    return np.asarray(np.where(few.any(axis=1), few.argmax(axis=1), at_risk.shape[1]) - 1)


def _middles(edges: IntArray) -> IntArray:
    return (edges[:-1] + edges[1:] + 1) // 2


def _laid(so_far: IntArray, edges: IntArray) -> IntArray:
    """Lay the steps of each month on its middle day, shape (groups, days); what was there at the start on that day."""
    out = np.zeros((len(so_far), int(edges[-1]) + 1), dtype=np.int64)
    out[:, edges[0]] = so_far[:, 0]
    np.add.at(out.T, _middles(edges), np.diff(so_far, axis=1).T)
    return out


def _halved(so_far: IntArray, edges: IntArray, early: IntArray) -> IntArray:
    """Lay half of the steps of each month on its day `early` and the rest on its middle day."""
    out = _laid(so_far, edges)
    half = np.diff(so_far, axis=1) // 2
    np.add.at(out.T, _middles(edges), -half.T)
    np.add.at(out.T, early, half.T)
    return out
