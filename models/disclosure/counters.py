"""Counts beside the filters as they are told: each, and their total, rounded once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.disclosure.rounding import rounded
from models.results import IntArray
from models.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCounts:
    """Counts of persons by level, as facets show them: -1 where hidden. `total` is -1 where hidden too."""

    counts: IntArray
    total: int
    rules: Rules


def release_counts(counts: IntArray, rules: Rules) -> ReleasedCounts:
    """Return counts of persons by level, and their total, each rounded once; -1 where a count is not told."""

    def told(values: IntArray) -> IntArray:
        found = values if rules.exact else np.nan_to_num(rounded(values, rules), nan=-1)
        return np.asarray(found, dtype=np.int64)

    total = told(np.asarray([counts.sum()]))
    return ReleasedCounts(counts=told(counts), total=int(total[0]), rules=rules)
