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

    Curves as of `share_departed`, with ``removals`` as the last grouping column.
    """
    found = [share_departed(released[removals]) for removals in Removal]
    parts = [part for part in found if isinstance(part, Curves)]
    if len(parts) < len(found):
        return next((part for part in found if isinstance(part, Nothing)), Nothing(reason=Reason.NOBODY))
    by, groups = parts[0].by, len(parts[0].keys)
    joined = parts[0].beside({str(removals): part for removals, part in zip(Removal, parts, strict=True)})
    # Treatments stand beside each other within a group, the months of the longest.
    order = np.arange(len(joined.keys)).reshape(len(parts), groups).T.ravel()
    joined = joined.series(order)
    return replace(
        joined,
        by=(*by, "removals"),
        keys=tuple((*key, removals) for removals, *key in joined.keys),
        start_month=parts[0].start_month,
        start_days=tuple(joined.start_days[place] for place in order.tolist()),
    )
