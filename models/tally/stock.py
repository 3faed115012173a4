"""The tally of a day: who has settled, has departed, is present and works on a date, and where the departed went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.clocks import day_number
from models.register import DESTINATIONS, Register
from models.results import BoolArray, Counts, FloatArray, IntArray, Reason
from models.tally.choosing import Chosen
from models.tally.codes import Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCounts:
    """Persons on a date, by what they have done or are doing; shape (groups, 1) each, or (groups, destinations, 1).

    Attributes
    ----------
    on
        The date, in days since 1 January 1970.
    begun
        Groups of which somebody has settled by then, shape (groups, 1).
    persons
        Numbers by name.
    lack
        Why nothing is known of the date, if so.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    on: int
    begun: BoolArray
    persons: Mapping[str, Counts]
    lack: Reason | None


def count_stock(
    register: Callable[[], Register],
    codes: Codes,
    chosen: Chosen,
    on: date,
    ages: tuple[int, int] | None = None,
    pause: Callable[[], None] = lambda: None,
) -> StockCounts:
    """Count who is ``settled, departed, present, working`` on a date.

    `settled` and `departed` count the first stay on or before the date, whether or not the person returned; `working`
    are those present with a job that covers the date. Nobody counts before settling: an earlier stay, before
    `arrivals_from`, is not presence. With `ages` every number is of persons of that age on the date only, in completed
    years, both ends included. `register` is asked for when something can be known; `pause` is called between the
    queries and raises when the answer is not wanted any more.
    """
    from models.tally.on_date import state_on

    lack = _lack(codes, chosen, on)
    if lack is not None:
        return _counts(codes, chosen, on, {}, lack)
    state = state_on(register(), on, pause)
    group = chosen.group
    if ages is not None:
        group = np.where((state.age >= ages[0]) & (state.age <= ages[1]), group, -1)
    settled, departed = _so_far(codes, on)
    found = {
        "settled": settled,
        "departed": departed,
        "present": state.present & settled,
        "working": state.working & settled,
    }
    counts = {name: _count(group, who, chosen.groups) for name, who in found.items()}
    return _counts(codes, chosen, on, counts, None)


def count_departed_to(codes: Codes, chosen: Chosen, on: date) -> StockCounts:
    """Count those whose first departure lies on or before a date, in all (``departed``) and by destination (``to``)."""
    lack = _lack(codes, chosen, on)
    if lack is not None:
        return _counts(codes, chosen, on, {}, lack)
    _, departed = _so_far(codes, on)
    to = [
        _count(chosen.group, departed & (codes.destination == index + 1), chosen.groups)
        for index in range(len(DESTINATIONS))
    ]
    counts: dict[str, Counts] = {
        "departed": _count(chosen.group, departed, chosen.groups),
        "to": np.stack(to, axis=1),
    }
    return _counts(codes, chosen, on, counts, None)


def _counts(
    codes: Codes, chosen: Chosen, on: date, persons: Mapping[str, Counts], lack: Reason | None
) -> StockCounts:
    return StockCounts(
        by=chosen.by,
        keys=chosen.keys,
        on=day_number(on),
        begun=_begun(codes, chosen, on),
        persons=persons,
        lack=lack,
    )


def _so_far(codes: Codes, on: date) -> tuple[BoolArray, BoolArray]:
    """Who has settled, and who has departed for the first time, on or before the date.

    In an extract only departures after its day: of those before it only who came back in time is there.
    """
    day = day_number(on)
    settled = codes.settled <= day
    departed = (codes.destination > 0) & (codes.settled + codes.duration <= day)
    return np.asarray(settled), np.asarray(departed & (codes.duration > codes.entry))


def _lack(codes: Codes, chosen: Chosen, on: date) -> Reason | None:
    """Why nothing is known of a date: it lies before an extract was taken or after the end, or nobody was there."""
    info = codes.info
    if info.present_on is not None and on < info.present_on:
        return Reason.BEFORE_EXTRACT
    if on > info.observed_until:
        return Reason.AFTER_END
    if not chosen.groups or not _begun(codes, chosen, on).any():
        return Reason.NOBODY
    return None


def _begun(codes: Codes, chosen: Chosen, on: date) -> BoolArray:
    """Groups of which somebody has settled on or before the date, shape (groups, 1)."""
    return np.asarray(_count(chosen.group, codes.settled <= day_number(on), chosen.groups) > 0)


def _count(group: IntArray | FloatArray, who: BoolArray, groups: int) -> IntArray:
    inside = who & (group >= 0)
    return np.asarray(np.bincount(group[inside].astype(np.int64), minlength=groups).reshape(-1, 1))
