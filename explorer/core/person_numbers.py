"""Numbers that persons have in every dataset; those of a dataset's own columns need no declaration."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from explorer.core.words import N_

OPEN: Final = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNumber:
    """What readers call a number, and the bars in which it is seen.

    Attributes
    ----------
    label, one_more
        Its name, and what its coefficient is of.
    first, last, step
        The first and the last bar, and their width; whoever lies beyond is counted with these.
    ends
        What a range from its first or to its last bar is chosen by: nobody lies beyond.
    """

    label: str
    one_more: str
    first: float
    last: float
    step: float
    ends: tuple[float, float] = OPEN


NUMBERS: Final[Mapping[str, PersonNumber]] = {
    "age": PersonNumber(
        label=N_("Age at settling"),
        one_more=N_("each year more"),
        first=0.0,
        last=90.0,
        step=1.0,
        ends=(0.0, 150.0),
    ),
}


def ends_of(column: str) -> tuple[float, float]:
    """Return the range of a number that leaves nobody out: that is no condition."""
    return NUMBERS[column].ends if column in NUMBERS else OPEN
