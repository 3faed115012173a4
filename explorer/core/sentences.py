"""The selection as a sentence, for the bar above the figures and for the note under them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from explorer.core.formatting import Formats
from explorer.core.names import column_name, level_name
from explorer.core.person_numbers import ends_of
from explorer.core.words import N_, Message, Words
from models.register import DatasetInfo
from models.selection import (
    FOLLOWED,
    OF_AGE,
    And,
    AtMonth,
    Between,
    Everyone,
    IsIn,
    Not,
    Or,
    Predicate,
    conjuncts,
)
from models.tally.scales import scale_of

STATES = {
    "present": N_("present in month {month}"),
    "working": N_("working in month {month}"),
    OF_AGE: N_("present and aged 18–64 in month {month}"),
    FOLLOWED: N_("settled early enough to be followed to month {month}"),
}
RETURNED = N_("Returned persons count again while present.")
WHATEVER = N_(
    "Departures for whatever reason count, death and removal by the register included; a later return does not undo "
    "them."
)
NET_OF_DEATHS = N_("“Departed” includes the deceased and those removed by the register.")
NO_BAND = N_("No interval is drawn.")
AT_RISK = N_(
    "At risk in a month are those to whom none of these has happened before it and who are followed that long."
)
MOST_LISTED = 6
SHORTEST_RANGE = 3
"""So many levels in a row are told as a range; two are named."""
DASHES = frozenset("-–\N{MINUS SIGN}")
MOST_LETTERS = 40
"""A selection that is told from another in more letters is cut: its sentence stands in the note."""
SPEAKING = frozenset({"sex", "cohort", "quarter", "month_settled", "nationality", "nationality_group"})
"""Columns whose levels say by themselves what they are of."""
MUTE = frozenset({"other", "unknown"})
"""Levels that do not."""


def told_apart(parts: tuple[tuple[str, Predicate], ...], info: DatasetInfo, words: Words) -> dict[str, str]:
    """Return for each selection by name what it has and the others have not, in few words: "A: female"."""
    asked = [conjuncts(part) for _, part in parts]
    out = {}
    for (name, _), conditions in zip(parts, asked, strict=True):
        own = [one for one in conditions if not all(one in others for others in asked)]
        out[name] = _cut(f"{name}: {_called(own or conditions, info, words)}")
    return out


def called(predicate: Predicate, info: DatasetInfo, words: Words) -> str:
    """Return what a line of all those selected is called: in few words who they are, "everyone" where all are."""
    return _cut(_called(conjuncts(predicate), info, words))


def _called(conditions: Sequence[Predicate], info: DatasetInfo, words: Words) -> str:
    return " · ".join(_brief(one, info, words) for one in conditions) or words(N_("everyone"))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip(" ·") + "…"


def _brief(part: Predicate, info: DatasetInfo, words: Words) -> str:
    """Return one condition in words, without the name of its column where its levels speak for themselves."""
    if isinstance(part, IsIn) and part.column in SPEAKING and not MUTE & set(part.values):
        return _listed(part.column, part.values, info, words)
    return phrase(part, info, words)


def extract_message(info: DatasetInfo) -> tuple[Message, ...]:
    """Return what is to be said of an extract of persons present on a day, under all that is made of it."""
    if info.present_on is None:
        return ()
    return (
        Message(
            N_(
                "An extract of persons present on {day}: nobody is counted before that day, and who had left by then "
                "and stayed away is not in it."
            ),
            {"day": info.present_on},
        ),
    )


def sentence(predicate: Predicate, info: DatasetInfo, words: Words) -> str:
    """Return the selection in words, a phrase without a full stop."""
    if isinstance(predicate, Everyone):
        return words(
            N_("Everyone who settled from {day}"), day=Formats(words.language).day(info.arrivals_from)
        )
    return " · ".join(phrase(part, info, words) for part in conjuncts(predicate))


def phrase(predicate: Predicate, info: DatasetInfo, words: Words, *, whole: bool = False) -> str:
    """Return one condition in words, as it stands on a chip; only the `whole` names each of many levels."""
    match predicate:
        case Everyone():
            return words(N_("everyone"))
        case IsIn(column=column, values=values):
            levels = _listed(column, values, info, words, whole=whole)
            return f"{column_name(column, info, words)}: {levels}"
        case Between(column=column, low=low, high=high):
            return f"{column_name(column, info, words)}: {_numbers(column, low, high, words)}"
        case AtMonth():
            return _at_month(predicate, info, words, whole=whole)
        case Not(part=part):
            return words(N_("not ({part})"), part=phrase(part, info, words, whole=whole))
        case And(parts=parts):
            return words(N_(" and ")).join(_inner(part, info, words, whole=whole) for part in parts)
        case Or(parts=parts):
            return words(N_(" or ")).join(_inner(part, info, words, whole=whole) for part in parts)


def _numbers(column: str, low: float, high: float, words: Words) -> str:
    """Return a range of numbers; an end beyond which nobody lies is none."""
    least, most = words.write(float(low)), words.write(float(high))
    if low == high:
        return least
    if high >= ends_of(column)[1]:
        return f"{least}+"
    if low == -math.inf:
        return words(N_("up to {high}"), high=most)
    return _range(least, most, words) if low < 0 else f"{least}–{most}"


def _at_month(predicate: AtMonth, info: DatasetInfo, words: Words, *, whole: bool) -> str:
    state, values, month = predicate.state, predicate.values, predicate.month
    if state in STATES:
        return words(STATES[state], month=month)
    if state == "wage":
        return _wage(values, month, words)
    if state == "state":
        # A state is that of the contract of the main job, hence its names.
        levels = _listed("contract", values, info, words, whole=whole)
        return words(
            N_("State in month {month} (aged 18–64 at settling): {levels}"), month=month, levels=levels
        )
    levels = _listed(state, values, info, words, whole=whole)
    return words(
        N_("{column} in month {month}: {levels}"),
        column=column_name(state, info, words),
        month=month,
        levels=levels,
    )


def _wage(values: tuple[str, ...], month: int, words: Words) -> str:
    formats = Formats(words.language)
    low, high = (formats.number(float(value), 2) for value in values)
    return words(N_("Hourly wage in month {month}: € {low} to € {high}"), month=month, low=low, high=high)


def _inner(part: Predicate, info: DatasetInfo, words: Words, *, whole: bool) -> str:
    text = phrase(part, info, words, whole=whole)
    return f"({text})" if isinstance(part, And | Or) else text


def _listed(
    column: str, values: tuple[str, ...], info: DatasetInfo, words: Words, *, whole: bool = False
) -> str:
    """Return levels in words; those that follow each other on a scale as one range."""
    names = []
    for run in _runs(values, scale_of(column, info)):
        told = [level_name(column, level, info, words) for level in run]
        names += [_range(told[0], told[-1], words)] if len(told) >= SHORTEST_RANGE else told
    if len(names) > MOST_LISTED and not whole:
        rest = len(names) - MOST_LISTED + 1
        names = [*names[: MOST_LISTED - 1], words(N_("{count} more"), count=rest)]
    return words(N_(" or ")).join(names)


def _range(first: str, last: str, words: Words) -> str:
    """Return a range, both ends included; names that hold a dash themselves are joined by a word."""
    if DASHES & {*first, *last}:
        return words(N_("{first} to {last}"), first=first, last=last)
    return f"{first} – {last}"


def _runs(values: tuple[str, ...], scale: tuple[str, ...]) -> list[list[str]]:
    """Return levels in runs that follow each other on `scale`; a level that is not on it stands by itself, last."""
    places = {level: place for place, level in enumerate(scale)}
    runs: list[list[str]] = []
    for level in sorted(values, key=lambda level: places.get(level, len(scale))):
        if runs and level in places and places.get(runs[-1][-1]) == places[level] - 1:
            runs[-1].append(level)
        else:
            runs.append([level])
    return runs
