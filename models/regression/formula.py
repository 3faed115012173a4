"""What a regression is asked: terms, baseline, interactions with month, reference levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from models.fit import Baseline

Term: TypeAlias = tuple[str, ...]
"""Columns whose product enters: one for a main effect, two or more for an interaction."""

LAGGED_WORK: Final = "working[lag1]"
"""Work state at the last month day before the interval: never the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """Terms of a regression, in order.

    Attributes
    ----------
    terms
        Main effects and interactions, each once.
    by_month
        Columns that interact with month: with a straight line in months when the baseline has steps, with the
        baseline's own columns when it is a line or a spline.
    references
        Reference level by column; the first level where none is given.
    blocks
        Last months of blocks: what stands in `by_month` then has a coefficient a block instead of a line in months.
    """

    terms: tuple[Term, ...] = ()
    baseline: Baseline = "steps"
    by_month: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns that are looked at, each once, in order; lagged work is not one of them."""
        named = [name for term in (*self.terms, *((name,) for name in self.by_month)) for name in term]
        return tuple(dict.fromkeys(name for name in named if name != LAGGED_WORK))

    @property
    def lagged_work(self) -> bool:
        """Whether the work state of the month before enters."""
        return any(LAGGED_WORK in term for term in self.terms) or LAGGED_WORK in self.by_month

    def droppable(self) -> tuple[Term, ...]:
        """Terms that are not part of a larger term or of an interaction with month."""
        return tuple(
            term
            for term in self.terms
            if not any(set(term) < set(other) for other in self.terms)
            and not (len(term) == 1 and term[0] in self.by_month)
        )


def parse_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of ``a + b + a:b``; ``a*b`` stands for all three. An empty text has none.

    Raises
    ------
    ValueError
        When a piece is empty, with what could not be read.
    """
    if not text.strip():
        return ()
    out: list[Term] = []
    for piece in text.split("+"):
        factors = tuple(name.strip() for name in piece.replace("*", ":").split(":"))
        if not all(factors):
            raise ValueError(piece.strip() or text.strip())
        term = tuple(dict.fromkeys(factors))
        if "*" in piece:
            out += [(name,) for name in term]
        out.append(term)
    return tuple(dict.fromkeys(out))
