"""What becomes of administrative removals: the share departed under each treatment, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from models.departure import share_departed
from models.disclosure.releasing import Released
from models.results import Curves, Nothing, Reason, Result
from models.tally.exits import Exits
from models.tally.spans import Removal


def share_departed_by_removals(released: Mapping[Removal, Released[Exits]]) -> Result:
    """Return the share departed with removals as events, censored, and redated to the last work.

    Parameters
    ----------
    released
        Departures under each treatment of removals.

    Returns
    -------
    Curves as of `share_departed`, with ``removals`` as the last grouping column.
    """
    found = [share_departed(released[removals]) for removals in Removal]
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
