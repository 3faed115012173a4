"""Who is at risk of which event, from which day to which: the clocks of departure, return, first job, loss of job."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.clocks import day_number
from models.register import DESTINATIONS
from models.results import BoolArray, IntArray
from models.tally.codes import NO_DAY, Codes

MOST_KEPT: Final = 2_000_000
"""Persons of whom spans are kept between two questions."""
MOST_DAYS_BETWEEN_JOBS: Final = 31
"""A job is lost when no work follows for more than so many days of presence."""

DEPARTED: Final = "departed"
ADMINISTRATIVE: Final = DESTINATIONS.index("administrative") + 1
DECEASED: Final = DESTINATIONS.index("deceased") + 1


class Event(StrEnum):
    """What ends the time at risk."""

    DEPARTURE = "departure"
    RETURN = "return"
    FIRST_JOB = "first-job"
    JOB_LOSS = "job-loss"


class Removal(StrEnum):
    """What an administrative removal is taken for: an event, a censoring, or a departure after the last work."""

    EVENT = "event"
    CENSORED = "censored"
    REDATED = "redated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Time at risk of an event, one element a person of the codes.

    Attributes
    ----------
    causes
        Names of the causes; `cause` is 0 for censored and one more than the index of its name.
    events
        Which of the causes are the event asked for; the others compete with it.
    member
        Who can have the event at all, after the first day.
    origin
        Day since settling on which the clock starts.
    entry, exit
        Risk runs over the days (entry, exit] since the origin.
    window
        Days since the origin that the register can show, for whoever stays event-free.
    """

    causes: tuple[str, ...]
    events: tuple[str, ...]
    member: BoolArray
    origin: IntArray
    entry: IntArray
    exit: IntArray
    cause: NDArray[np.uint8]
    window: IntArray

    def entry_from(self, start_day: int) -> IntArray:
        """Return the entries when risk starts no earlier than a day since settling."""
        return self.entry if start_day == 0 else np.maximum(self.entry, start_day - self.origin)


def spans(codes: Codes, event: Event, removals: Removal = Removal.EVENT) -> Spans:
    """Return the time at risk of `event`; `removals` says what becomes of administrative removals.

    Those of departures are asked for at every turn and depend on the codes alone: they are kept while the codes live,
    unless these are so many that the memory is worth more than the time.
    """
    if event is not Event.DEPARTURE or removals is not Removal.EVENT or codes.persons > MOST_KEPT:
        return _made(codes, event, removals)
    held = _KEPT.get(id(codes))
    if held is None or held[0]() is not codes:
        number = id(codes)
        held = (weakref.ref(codes, lambda _: _KEPT.pop(number, None)), _made(codes, event, removals))
        _KEPT[number] = held
    return held[1]


def _made(codes: Codes, event: Event, removals: Removal) -> Spans:
    maker = {
        Event.DEPARTURE: _departure,
        Event.RETURN: _return,
        Event.FIRST_JOB: _first_job,
        Event.JOB_LOSS: _job_loss,
    }[event]
    return maker(redated(codes, removals))


_KEPT: dict[int, tuple[weakref.ref[Codes], Spans]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """First stays after the choice on administrative removals was made."""

    codes: Codes
    duration: IntArray
    destination: NDArray[np.uint8]
    window: IntArray


def redated(codes: Codes, removals: Removal) -> Stays:
    """Return the first stays with administrative removals as events, censored, or moved to the last worked day.

    A removal by the register dates when the register noticed, not when the person left. Redated, the stay ends
    the day after the last worked day; a removed person who never worked keeps the register's date. Censored, the
    stay is followed up to the removal.
    """
    duration = codes.duration.astype(np.int64)
    destination = codes.destination
    removed = destination == ADMINISTRATIVE
    if removals == Removal.CENSORED:
        destination = np.where(removed, 0, destination).astype(np.uint8)
    elif removals == Removal.REDATED:
        worked = removed & (codes.last_work != NO_DAY)
        earlier = np.maximum(codes.last_work.astype(np.int64) + 1, codes.entry + 1)
        duration = np.where(worked, np.minimum(earlier, duration), duration)
    window = day_number(codes.info.observed_until) - codes.settled.astype(np.int64)
    return Stays(codes=codes, duration=duration, destination=destination, window=window)


def _departure(stays: Stays) -> Spans:
    codes = stays.codes
    return Spans(
        causes=DESTINATIONS,
        events=DESTINATIONS,
        member=np.ones(codes.persons, dtype=np.bool_),
        origin=np.zeros(codes.persons, dtype=np.int64),
        entry=codes.entry.astype(np.int64),
        exit=stays.duration,
        cause=stays.destination,
        window=stays.window,
    )


def _return(stays: Stays) -> Spans:
    """From the first departure to the first return; the dead cannot return.

    In an extract only departures after its day count: who left before it is there because of the return.
    """
    codes = stays.codes
    gone = (stays.destination > 0) & (stays.destination != DECEASED) & (stays.duration > codes.entry)
    origin = np.where(gone, stays.duration, 0)
    window = stays.window - origin
    back = codes.returned.astype(np.int64) - origin
    returned = gone & (codes.returned != NO_DAY) & (back <= window)
    return Spans(
        causes=("returned",),
        events=("returned",),
        member=gone,
        origin=origin,
        entry=np.zeros(codes.persons, dtype=np.int64),
        exit=np.where(returned, back, window),
        cause=returned.astype(np.uint8),
        window=window,
    )


def _first_job(stays: Stays) -> Spans:
    """From settling to the first day worked, among those aged 18 to 64 at settling; departure competes."""
    codes = stays.codes
    age = codes.numbers["age"]
    of_age = (age >= 18) & (age < 65)
    first = codes.first_work.astype(np.int64)
    worked = (codes.first_work != NO_DAY) & (first <= stays.duration)
    left = stays.destination > 0
    cause = np.where(worked, 1, np.where(left, 2, 0)).astype(np.uint8)
    return Spans(
        causes=("first job", DEPARTED),
        events=("first job",),
        member=of_age & ~(worked & (first == 0)),
        origin=np.zeros(codes.persons, dtype=np.int64),
        entry=codes.entry.astype(np.int64),
        exit=np.where(worked, first, stays.duration),
        cause=cause,
        window=stays.window,
    )


def _job_loss(stays: Stays) -> Spans:
    """From the first day worked to the day after the last one of the first spell of work; departure competes.

    A loss is known only when 31 days of presence without work follow it, so everyone is followed until 31 days
    before the end of observation; a departure within 31 days of the last day worked ends the spell as a departure.
    """
    codes = stays.codes
    age = codes.numbers["age"]
    first = codes.first_work.astype(np.int64)
    worked = (codes.first_work != NO_DAY) & (first <= stays.duration) & (age >= 18) & (age < 65)
    origin = np.where(worked, first, 0)
    window = stays.window - MOST_DAYS_BETWEEN_JOBS - origin
    lost = np.where(worked, codes.work_end.astype(np.int64) + 1, 0)
    left = stays.destination > 0
    # Days of presence without work after the loss, up to a departure; the reference day itself is observed.
    followed = left | (stays.duration < stays.window)
    idle = np.where(followed, stays.duration, stays.window + 1) - lost
    loss = idle > MOST_DAYS_BETWEEN_JOBS
    day = np.where(loss, lost, stays.duration) - origin
    cause = np.where(loss, 1, np.where(left, 2, 0))
    seen = day <= window
    return Spans(
        causes=("loss of job", DEPARTED),
        events=("loss of job",),
        member=worked & (window > 0),
        origin=origin,
        entry=np.maximum(codes.entry - origin, 0).astype(np.int64),
        exit=np.where(seen, day, np.maximum(window, 0)),
        cause=np.where(seen, cause, 0).astype(np.uint8),
        window=window,
    )
