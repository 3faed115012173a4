"""Cells of the Lexis surface as they are told: persons to the base, their time to as many person-months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.disclosure.rounding import round_counts, rounded
from models.rules import Rules
from models.tally.lexis import LexisCells


@round_counts.register
def round_lexis(tally: LexisCells, rules: Rules) -> LexisCells:
    """Return departures, persons and person-days."""
    months = rounded(tally.person_days / DAYS_PER_MONTH, rules)
    return replace(
        tally,
        departed=rounded(tally.departed, rules),
        persons=rounded(tally.persons, rules),
        person_days=np.rint(months * DAYS_PER_MONTH),
    )
