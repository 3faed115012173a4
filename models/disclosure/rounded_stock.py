"""Persons on a date as they are told: each number rounded once."""

from __future__ import annotations

from dataclasses import replace

from models.disclosure.rounding import round_counts, rounded
from models.rules import Rules
from models.tally.stock import StockCounts


@round_counts.register
def round_stock(tally: StockCounts, rules: Rules) -> StockCounts:
    """Return every number of persons; a group that is not told has no row."""
    persons = {name: rounded(counts, rules) for name, counts in tally.persons.items()}
    settled = persons.get("settled")
    begun = tally.begun if settled is None else tally.begun & (settled >= rules.threshold)
    return replace(tally, persons=persons, begun=begun)
