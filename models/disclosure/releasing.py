"""The gate: counts go in, and what may be told of them comes out. Every estimate is made from what came out.

Each count is rounded once, here. An estimate is then a function of rounded counts and can tell no more than they do:
nothing is hidden afterwards, and two tables beside each other tell no more than their counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.disclosure.rounding import round_counts
from models.rules import _GATE, Pass, Rules

Counts = TypeVar("Counts")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Generic[Counts]):
    """Counts that went through the gate, and their pass."""

    counts: Counts
    passed: Pass

    @property
    def rules(self) -> Rules:
        """The rules they went through."""
        return self.passed.rules

    def then(self, make: Callable[[Counts], Other]) -> Released[Other]:
        """Return what `make` makes of the counts: it can tell no more than they do."""
        return Released(counts=make(self.counts), passed=self.passed)


def release(counts: Counts, rules: Rules) -> Released[Counts]:
    """Return what may be told of `counts` under `rules`: as they are where the rules are exact, else each rounded once.

    Raises
    ------
    TypeError
        When nobody has said how such counts are rounded.
    """
    # Here those who know how are made known; a count is often released before any of them is needed.
    if not rules.exact:
        from models.disclosure import (  # noqa: F401
            rounded_exits,
            rounded_flows,
            rounded_lexis,
            rounded_pay,
            rounded_stock,
            rounded_work,
        )

        counts = round_counts(counts, rules)
    return Released(counts=counts, passed=Pass(rules, _GATE))
