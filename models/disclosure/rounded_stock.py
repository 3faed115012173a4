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
    # Of all that is counted of a group, who has settled or departed is the most.
    most = persons.get("settled", persons.get("departed"))
    begun = tally.begun if most is None else tally.begun & (most >= rules.threshold)
    return replace(tally, persons=persons, begun=begun)
