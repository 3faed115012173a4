"""How many are here on a day, and how many of them work? Counts on a calendar date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from models.clocks import day_number
from models.intervals import wilson
from models.register import DESTINATIONS
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes

if TYPE_CHECKING:
    from models.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Completed years of age on the date, both ends included."""

    low: int
    high: int


def stock(
    register: Register,
    codes: Codes,
    chosen: Chosen,
    on: date,
    ages: Ages | None = None,
    pause: Callable[[], None] = lambda: None,
) -> Result:
    """Persons settled, departed, present and working on a date.

    Returns
    -------
    Curves with columns ``settled, departed, present, working, share_working, ci_low, ci_high``. `settled` and
    `departed` count the first stay on or before the date, whether or not the person returned; `working` are those
    present with a job that covers the date; Wilson interval. Nobody counts before settling: an earlier stay, before
    `arrivals_from`, is not presence. With `ages` every column counts persons of that age on the date only. A group
    of which nobody has settled has no row. `pause` is called between the queries and raises when the answer is not
    wanted any more.
    """
    from models.tally.on_date import state_on

    lack = _lack(codes, chosen, on)
    if lack is not None:
        return lack
    state = state_on(register, on, pause)
    group = chosen.group
    if ages is not None:
        group = np.where((state.age >= ages.low) & (state.age <= ages.high), group, -1)
    settled, departed = _so_far(codes, on)
    counts = {
        "settled": _count(group, settled, chosen.groups),
        "departed": _count(group, departed, chosen.groups),
        "present": _count(group, state.present & settled, chosen.groups),
        "working": _count(group, state.working & settled, chosen.groups),
    }
    low, high = wilson(counts["working"], counts["present"])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = counts["working"] / counts["present"].astype(np.float64)
    persons = {name: values.astype(np.float64) for name, values in counts.items()}
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        axis="date",
        at=np.asarray([day_number(on)]),
        measures=(
            *(Measure(name=name, unit=Unit.PERSONS, values=values) for name, values in persons.items()),
            *(
                Measure(name=name, unit=Unit.SHARE, values=values)
                for name, values in (("share_working", share), ("ci_low", low), ("ci_high", high))
            ),
        ),
        observed=_begun(codes, chosen, on),
        estimate="share_working",
        low="ci_low",
        high="ci_high",
        denominator="present",
        behind=(*persons.values(), persons["present"] - persons["working"]),
    )


def stock_destinations(codes: Codes, chosen: Chosen, on: date) -> Result:
    """Destinations of those whose first departure lies on or before a date.

    Returns
    -------
    Curves in parts (``destination``) with columns ``persons, share``; the shares sum to one.
    """
    lack = _lack(codes, chosen, on)
    if lack is not None:
        return lack
    _, departed = _so_far(codes, on)
    persons = np.stack(
        [
            _count(chosen.group, departed & (codes.destination == index + 1), chosen.groups)
            for index in range(len(DESTINATIONS))
        ],
        axis=1,
    ).astype(np.float64)
    whole = persons.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = persons / whole
    shape = (chosen.groups * len(DESTINATIONS), 1)
    return Curves(
        by=chosen.by,
        keys=tuple((*key, name) for key in chosen.keys for name in DESTINATIONS),
        part="destination",
        axis="date",
        at=np.asarray([day_number(on)]),
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=persons.reshape(shape)),
            Measure(name="share", unit=Unit.SHARE, values=share.reshape(shape)),
        ),
        observed=np.repeat(_begun(codes, chosen, on), len(DESTINATIONS), axis=0),
        estimate="share",
        behind=(
            np.broadcast_to(whole[:, :, None], (*persons.shape, 1)).reshape(shape),
            persons.reshape(shape),
        ),
    )


def _so_far(codes: Codes, on: date) -> tuple[BoolArray, BoolArray]:
    """Who has settled, and who has departed for the first time, on or before the date.

    In an extract only departures after its day: of those before it only who came back in time is there.
    """
    day = day_number(on)
    settled = codes.settled <= day
    departed = (codes.destination > 0) & (codes.settled + codes.duration <= day)
    return np.asarray(settled), np.asarray(departed & (codes.duration > codes.entry))


def _lack(codes: Codes, chosen: Chosen, on: date) -> Nothing | None:
    """Why nothing is known of a date: it lies before an extract was taken or after the end, or nobody was there."""
    info = codes.info
    if info.present_on is not None and on < info.present_on:
        return Nothing(reason=Reason.BEFORE_EXTRACT)
    if on > info.observed_until:
        return Nothing(reason=Reason.AFTER_END)
    if not chosen.groups or not _begun(codes, chosen, on).any():
        return Nothing(reason=Reason.NOBODY)
    return None


def _begun(codes: Codes, chosen: Chosen, on: date) -> BoolArray:
    """Groups of which somebody has settled on or before the date, shape (groups, 1)."""
    return np.asarray(_count(chosen.group, codes.settled <= day_number(on), chosen.groups) > 0)


def _count(group: IntArray | FloatArray, who: BoolArray, groups: int) -> IntArray:
    inside = who & (group >= 0)
    return np.asarray(np.bincount(group[inside].astype(np.int64), minlength=groups).reshape(-1, 1))
