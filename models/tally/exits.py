"""The tally of exits: how time at risk ends by day, cause and group, and exact person-days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.clocks import MONTH_DAYS
from models.register import DESTINATIONS
from models.results import BoolArray, IntArray, Reason
from models.tally.choosing import Chosen, Grouped
from models.tally.codes import Codes
from models.tally.index import indexed
from models.tally.spans import Event, Spans, spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Exits(Grouped):
    """Counts of persons by day since the clock of the event started.

    Attributes
    ----------
    causes
        Names of the causes of an exit.
    exits
        Shape (groups, causes + 1, days): persons whose time at risk ends on the day; row 0 is censored.
    entries
        Shape (groups, days): persons who come at risk after that day (all at day 0 without delayed entry).
    last_month
        Shape (groups,): the last month observable for the group's earliest settler.
    spans
        Rows (group, entry, duration, exit code, persons) when entries are delayed, else no row:
        a variance then needs entry and exit of a person together.
    together
        Departures by day for whatever reason, shape (groups, days), where they were rounded on their own; None where
        they are the sum of the causes.
    told
        Shape (groups, causes + 1, months from `start_month`): whether departures for whatever reason (row 0) and to
        each cause are told at the month day; None where everything is.
    base
        What the counts were rounded to a multiple of; 1 when they are exact.
    """

    exits: IntArray
    entries: IntArray
    last_month: IntArray
    spans: IntArray
    causes: tuple[str, ...] = DESTINATIONS
    together: IntArray | None = None
    told: BoolArray | None = None
    base: int = 1
    ADDITIVE: ClassVar = ("exits", "entries")

    @property
    def indexable(self) -> bool:
        """Whether the counts say everything: with delayed entry a variance needs entry and exit together."""
        return not len(self.spans)

    @property
    def days(self) -> int:
        """Number of days counted, day 0 included."""
        return int(self.exits.shape[2])

    @property
    def start_day(self) -> int:
        """Day from which the curves run, never after the last day counted."""
        return min(MONTH_DAYS[self.start_month], self.days - 1)

    @property
    def departed(self) -> IntArray:
        """Exits by day for whatever reason, shape (groups, days)."""
        return np.asarray(self.exits[:, 1:].sum(axis=1)) if self.together is None else self.together

    @property
    def ended(self) -> IntArray:
        """Persons whose time at risk ends on each day, in whatever way; shape (groups, days)."""
        return (
            np.asarray(self.exits.sum(axis=1)) if self.together is None else self.exits[:, 0] + self.together
        )

    @property
    def lack(self) -> Reason | None:
        """Why nothing can be estimated, if so."""
        if not self.keys or (self.told is None and not self.entries.any()):
            return Reason.NOBODY
        if self.told is not None and not self.told[:, 0].any():
            return Reason.ALL_HIDDEN
        return None

    @property
    def persons(self) -> IntArray:
        """Persons ever at risk, shape (groups,)."""
        return np.asarray(self.entries.sum(axis=1))

    def tells(self, months: IntArray) -> BoolArray:
        """Return what is told at month days, shape (groups, causes + 1, months); row 0 is all causes together."""
        if self.told is None:
            return np.ones((len(self.keys), len(self.causes) + 1, len(months)), dtype=np.bool_)
        place = months - self.start_month
        inside = (place >= 0) & (place < self.told.shape[2])
        return np.asarray(self.told[:, :, np.where(inside, place, 0)] & inside)

    @property
    def at_risk(self) -> IntArray:
        """Persons at risk on each day, entry strictly before and exit on or after it; shape (groups, days)."""
        leaving = self.ended
        before = np.cumsum(self.entries, axis=1) - self.entries
        gone = np.cumsum(leaving, axis=1) - leaving
        out = before - gone
        # Nobody can have entered before the day from which curves run: on it those who enter then are shown.
        out[:, self.start_day] = self.entries[:, self.start_day]
        return np.asarray(out)

    @property
    def person_days(self) -> IntArray:
        """Person-days lived during each day t, that is in (t - 1, t]; shape (groups, days); 0 on the start day."""
        out = self.at_risk.copy()
        out[:, self.start_day] = 0
        return out


@indexed
def count_departures(codes: Codes, chosen: Chosen) -> Exits:
    """Count first departures: the exits of `spans(codes, Event.DEPARTURE)`."""
    return count_exits(codes, chosen, spans(codes, Event.DEPARTURE))


def count_exits(codes: Codes, chosen: Chosen, at_risk: Spans) -> Exits:
    """Count entries and exits by day for each group of `chosen`.

    Persons without time at risk after the day from which the curves run are not counted.
    """
    entry = at_risk.entry_from(chosen.start_day)
    inside = (chosen.group >= 0) & at_risk.member & (at_risk.exit > entry)
    # Nothing is copied where everybody is in.
    who = slice(None) if inside.all() else inside
    group, duration, begin, cause = chosen.group[who], at_risk.exit[who], entry[who], at_risk.cause[who]
    groups, causes = chosen.groups, len(at_risk.causes) + 1
    days = int(duration.max(initial=0)) + 1
    place = group * causes
    place += cause
    place *= days
    place += duration
    exits = np.bincount(place, minlength=groups * causes * days)
    delayed = bool(begin.any())
    if delayed:
        entries = np.bincount(group * days + begin, minlength=groups * days).reshape(groups, days)
    else:
        entries = np.zeros((groups, days), dtype=np.int64)
        entries[:, 0] = exits.reshape(groups, causes * days).sum(axis=1)
    own_clock = bool(at_risk.origin.any())
    return Exits(
        by=chosen.by,
        keys=chosen.keys,
        exits=exits.reshape(groups, causes, days),
        entries=entries,
        last_month=_last_months(at_risk.window[who], group, chosen.groups, codes.months)
        if own_clock
        else last_months(codes, chosen),
        spans=_spans(group, begin, duration, cause.astype(np.int64))
        if delayed
        else np.empty((0, 5), dtype=np.int64),
        start_month=0 if own_clock else chosen.start_month,
        causes=at_risk.causes,
    )


def _spans(group: IntArray, entry: IntArray, duration: IntArray, cause: IntArray) -> IntArray:
    # One number a span keeps the order of the rows and is sorted ten times as fast as rows are.
    days, codes = int(duration.max(initial=0)) + 1, int(cause.max(initial=0)) + 1
    packed = ((group * days + entry) * days + duration) * codes + cause
    distinct, persons = np.unique(packed, return_counts=True)
    rest, cause = np.divmod(distinct, codes)
    rest, duration = np.divmod(rest, days)
    group, entry = np.divmod(rest, days)
    return np.stack([group, entry, duration, cause, persons], axis=1)


def last_months(codes: Codes, chosen: Chosen) -> IntArray:
    """Return the last month observable for the earliest settler of each group, shape (groups,)."""
    inside = chosen.group >= 0
    window = spans(codes, Event.DEPARTURE).window
    who = slice(None) if inside.all() else inside
    return _last_months(window[who], chosen.group[who], chosen.groups, codes.months)


def _last_months(window: IntArray, group: IntArray, groups: int, months: int) -> IntArray:
    longest = np.full(groups, -1, dtype=np.int64)
    np.maximum.at(longest, group, window)
    return np.searchsorted(np.asarray(MONTH_DAYS[:months]), longest, side="right") - 1
