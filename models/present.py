"""How many were present on past days of the calendar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.clocks import day_number, from_day_number
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure
from models.tally.choosing import Chosen
from models.tally.codes import CENSORED, Codes


def observed_then_projected(projected: Curves, codes: Codes, chosen: Chosen) -> Curves:
    """Return a projection that begins with the numbers observed before it, without limits.

    At the end of observation the two agree, since the projection begins with those present then. A group begins with
    the last day before its first person settled.
    """
    past = first_days(codes)
    past = past[past < projected.at[0]]
    seen = present_on_days(codes, chosen, past)

    def joined(observed: FloatArray, later: FloatArray) -> FloatArray:
        return np.concatenate([observed, later], axis=1)

    unknown = np.full(seen.shape, np.nan)
    return replace(
        projected,
        at=np.concatenate([past, projected.at]),
        measures=tuple(
            Measure(
                name=measure.name,
                unit=measure.unit,
                values=joined(seen if measure.name == projected.estimate else unknown, measure.values),
            )
            for measure in projected.measures
        ),
        observed=np.concatenate([_begun(codes, chosen, past), projected.observed], axis=1),
        behind=tuple(joined(seen, persons) for persons in projected.behind),
    )


def _begun(codes: Codes, chosen: Chosen, days: IntArray) -> BoolArray:
    """Whether the first of a group has settled before the next of `days`, shape (groups, days)."""
    first = np.full(chosen.groups, np.iinfo(np.int64).max)
    inside = chosen.group >= 0
    np.minimum.at(first, chosen.group[inside], codes.settled[inside].astype(np.int64))
    following = np.append(days[1:], np.iinfo(np.int64).max)[: len(days)]
    return np.asarray(following[None, :] > first[:, None])


def first_days(codes: Codes) -> IntArray:
    """Return the first of every month from the first settlers on, and the end of observation, since 1 January 1970.

    Where presence on a day decides who is in the data at all, nothing is known before that day.
    """
    info = codes.info
    begin = max(day_number(day) for day in (info.arrivals_from, info.present_on) if day is not None)
    until = day_number(info.observed_until)
    first, last = (np.datetime64(from_day_number(day), "M") for day in (begin, until))
    starts = np.arange(first, last + 1).astype("datetime64[D]").astype(np.int64)
    return np.unique(np.append(starts[(starts >= begin) & (starts <= until)], until))


def present_on_days(codes: Codes, chosen: Chosen, days: IntArray) -> FloatArray:
    """Count who of each group is present on each of `days`, in the first stay or a later one; shape (groups, days)."""
    inside = np.flatnonzero(chosen.group >= 0)
    group = chosen.group[inside]
    settled = codes.settled[inside].astype(np.int64)
    stays_on = codes.destination[inside] == CENSORED
    leaves = settled + codes.duration[inside]
    other = codes.other_stays
    again = (chosen.group[other.person] >= 0) & (other.begin > 0)
    person, begin, end = other.person[again], other.begin[again], other.end[again]
    group_again, day0 = chosen.group[person], codes.settled[person].astype(np.int64)
    out = np.empty((chosen.groups, len(days)))
    for place, day in enumerate(days.tolist()):
        here = (settled <= day) & (stays_on | (leaves > day))
        back = (day0 + begin <= day) & (day < day0 + end)
        out[:, place] = np.bincount(group[here], minlength=chosen.groups)
        out[:, place] += np.bincount(group_again[back], minlength=chosen.groups)
    return out
