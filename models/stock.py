"""How many are here on a day, and how many of them work? Counts on a calendar date."""

from __future__ import annotations

import numpy as np

from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.intervals import wilson
from models.register import DESTINATIONS
from models.results import Curves, Measure, Nothing, Result, Unit
from models.tally.stock import StockCounts

COUNTED = ("settled", "departed", "present", "working")


def stock(released: Released[StockCounts]) -> Result:
    """Persons settled, departed, present and working on a date.

    Returns
    -------
    Curves with columns ``settled, departed, present, working, share_working, ci_low, ci_high``; Wilson interval. A
    group of which nobody has settled has no row.
    """
    tally = released.counts
    if tally.lack is not None:
        return Nothing(reason=tally.lack)
    persons = {name: np.asarray(tally.persons[name], dtype=np.float64) for name in COUNTED}
    low, high = wilson(persons["working"], persons["present"])
    share = share_of(persons["working"], persons["present"], released.rules)
    return Curves(
        by=tally.by,
        keys=tally.keys,
        axis="date",
        at=np.asarray([tally.on]),
        measures=(
            *(Measure(name=name, unit=Unit.PERSONS, values=values) for name, values in persons.items()),
            *(
                Measure(name=name, unit=Unit.SHARE, values=values)
                for name, values in (("share_working", share), ("ci_low", low), ("ci_high", high))
            ),
        ),
        observed=tally.begun,
        estimate="share_working",
        low="ci_low",
        high="ci_high",
        denominator="present",
        behind=(*persons.values(), persons["present"] - persons["working"]),
        passed=released.passed,
    )


def stock_destinations(released: Released[StockCounts]) -> Result:
    """Destinations of those whose first departure lies on or before a date.

    Returns
    -------
    Curves in parts (``destination``) with columns ``persons, share``; the shares of exact counts sum to one.
    """
    tally = released.counts
    if tally.lack is not None:
        return Nothing(reason=tally.lack)
    persons = np.asarray(tally.persons["to"], dtype=np.float64)
    whole = np.broadcast_to(tally.persons["departed"][:, None, :], persons.shape).astype(np.float64)
    share = share_of(persons, whole, released.rules)
    shape = (-1, 1)
    return Curves(
        by=tally.by,
        keys=tuple((*key, name) for key in tally.keys for name in DESTINATIONS),
        part="destination",
        axis="date",
        at=np.asarray([tally.on]),
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=persons.reshape(shape)),
            Measure(name="share", unit=Unit.SHARE, values=share.reshape(shape)),
        ),
        observed=np.repeat(tally.begun, len(DESTINATIONS), axis=0),
        estimate="share",
        behind=(whole.reshape(shape), persons.reshape(shape)),
        passed=released.passed,
    )
