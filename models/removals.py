"""What becomes of administrative removals: the share departed under each treatment, side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.departure import share_departed
from models.results import Curves, Nothing, Reason, Result
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.exits import count_exits
from models.tally.spans import Event, Removal, spans


def share_departed_by_removals(codes: Codes, chosen: Chosen) -> Result:
    """Return the share departed with removals as events, censored, and redated to the last work.

    Returns
    -------
    Curves as of `share_departed`, with ``removals`` as the last grouping column.
    """
    found = [
        share_departed(count_exits(codes, chosen, spans(codes, Event.DEPARTURE, removals)))
        for removals in Removal
    ]
    parts = [part for part in found if isinstance(part, Curves)]
    if len(parts) < len(found):
        return next((part for part in found if isinstance(part, Nothing)), Nothing(reason=Reason.NOBODY))
    order = [(place, group) for group in range(len(parts[0].keys)) for place in range(len(parts))]
    removals = tuple(Removal)

    def joined(arrays: list[np.ndarray]) -> np.ndarray:
        return np.stack([arrays[place][group] for place, group in order])

    return replace(
        parts[0],
        by=(*parts[0].by, "removals"),
        keys=tuple((*parts[place].keys[group], str(removals[place])) for place, group in order),
        measures=tuple(
            replace(measure, values=joined([part[measure.name] for part in parts]))
            for measure in parts[0].measures
        ),
        observed=joined([part.observed for part in parts]),
        behind=tuple(joined([part.behind[at] for part in parts]) for at in range(len(parts[0].behind))),
        start_days=tuple(parts[place].start_days[group] for place, group in order),
    )
