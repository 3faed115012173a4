"""Where a partial likelihood has no maximum: who had the event is always the highest, or lowest, of those at risk.

The likelihood rises for ever along a direction in which nobody at risk lies above who has the event (Bryson and
Johnson, Biometrics 1981; Heinze and Schemper, 2001). Its limit is the likelihood in strata: with who has the event are
compared those at risk who lie as high, and no others.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.regression.design import DesignColumn, aliased
from models.regression.screening import Screened, without_separated
from models.regression.separation import involved, null_space, separation
from models.results import BoolArray, FloatArray, IntArray
from models.tally.episodes import Episodes

MOST_GROUPS: Final = 2000
"""Combinations of covariates that are compared in pairs; of more it is not asked."""
SAME: Final = 1e-4


def set_apart_in_risk_sets(
    rows: Episodes, columns: tuple[DesignColumn, ...], x: FloatArray, screened: Screened
) -> tuple[Screened, IntArray] | None:
    """Return what remains of a Cox model that events separate, and the stratum of each row; None where they do not."""
    used, kept = screened.used, list(screened.kept)
    group, place = np.unique(rows.group[used], return_inverse=True)
    if len(group) > MOST_GROUPS:
        return None
    first = np.full(len(group), -1)
    first[place[::-1]] = np.arange(int(used.sum()))[::-1]
    values = x[used][first][:, kept]
    at_risk = _at_risk_with(place, len(group), rows, used)
    found = separation(*_comparisons(values, at_risk))
    if found is None:
        return None
    height = values @ found.direction
    order = np.argsort(height)
    level = np.zeros(len(group), dtype=np.int64)
    level[order] = np.cumsum(np.diff(height[order], prepend=height[order[0]]) > SAME)
    strata = np.zeros(len(used), dtype=np.int64)
    strata[used] = level[place]
    alike = at_risk & (level[:, None] == level[None, :])
    seen = _differences(values, *np.nonzero(alike))
    scale = np.abs(seen).max(axis=0, initial=0.0)
    seen = seen / np.where(scale > 0, scale, 1.0)
    names = tuple(columns[at].name for at in kept)
    twins = aliased(seen, np.ones(len(seen)), names) if len(seen) else dict.fromkeys(range(len(kept)))
    return without_separated(
        screened, columns, involved(null_space(seen)), {kept[at] for at in twins}
    ), strata


def _at_risk_with(place: IntArray, groups: int, rows: Episodes, used: BoolArray) -> BoolArray:
    """Return whether somebody of the second group is at risk when somebody of the first has the event."""
    entry, exit_, event = rows.entry[used], rows.exit[used], rows.event[used]
    out = np.zeros((groups, groups), dtype=np.bool_)
    for day in np.unique(exit_[event]).tolist():
        having = np.unique(place[event & (exit_ == day)])
        out[np.ix_(having, np.unique(place[(entry < day) & (exit_ >= day)]))] = True
    return out


def _comparisons(values: FloatArray, at_risk: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return the differences that must be 0, and those that may not rise.

    Who is compared in both directions, if through others, must lie as high.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    number, part = connected_components(csr_matrix(at_risk), directed=True, connection="strong")
    head = np.full(number, -1)
    head[part[::-1]] = np.arange(len(part))[::-1]
    between = np.zeros((number, number), dtype=np.bool_)
    having, other = np.nonzero(at_risk)
    between[part[having], part[other]] = True
    np.fill_diagonal(between, val=False)
    above, below = np.nonzero(between)
    return values - values[head[part]], _differences(values, head[above], head[below])


def _differences(values: FloatArray, having: IntArray, other: IntArray) -> FloatArray:
    """Return the covariates of who is at risk less those of who has the event, each once."""
    return np.unique(values[other] - values[having], axis=0)
