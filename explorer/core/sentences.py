"""The selection as a sentence, for the bar above the figures and for the note under them."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.formatting import Formats
from explorer.core.names import column_name, level_name
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
OLDEST = 150.0
"""Nobody is older: a range up to this age has no upper end."""


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


def phrase(predicate: Predicate, info: DatasetInfo, words: Words) -> str:
    """Return one condition in words, as it stands on a chip."""
    match predicate:
        case Everyone():
            return words(N_("everyone"))
        case IsIn(column=column, values=values):
            levels = _listed(column, values, info, words)
            return f"{column_name(column, info, words)}: {levels}"
        case Between(column=column, low=low, high=high):
            name, least, most = column_name(column, info, words), words.write(low), words.write(high)
            if high >= OLDEST:
                return f"{name}: {least}+"
            return f"{name}: {least}" if low == high else f"{name}: {least}–{most}"
        case AtMonth(state=state, values=values, month=month):
            if state in STATES:
                return words(STATES[state], month=month)
            if state == "wage":
                return _wage(values, month, words)
            if state == "state":
                # A state is that of the contract of the main job, hence its names.
                levels = _listed("contract", values, info, words)
                return words(
                    N_("State in month {month} (aged 18–64 at settling): {levels}"),
                    month=month,
                    levels=levels,
                )
            levels = _listed(state, values, info, words)
            return words(
                N_("{column} in month {month}: {levels}"),
                column=column_name(state, info, words),
                month=month,
                levels=levels,
            )
        case Not(part=part):
            return words(N_("not ({part})"), part=phrase(part, info, words))
        case And(parts=parts):
            return words(N_(" and ")).join(_inner(part, info, words) for part in parts)
        case Or(parts=parts):
            return words(N_(" or ")).join(_inner(part, info, words) for part in parts)


def _wage(values: tuple[str, ...], month: int, words: Words) -> str:
    formats = Formats(words.language)
    low, high = (formats.number(float(value), 2) for value in values)
    return words(N_("Hourly wage in month {month}: € {low} to € {high}"), month=month, low=low, high=high)


def _inner(part: Predicate, info: DatasetInfo, words: Words) -> str:
    text = phrase(part, info, words)
    return f"({text})" if isinstance(part, And | Or) else text


def _listed(column: str, values: tuple[str, ...], info: DatasetInfo, words: Words) -> str:
    names = [level_name(column, value, info, words) for value in values]
    if len(names) > MOST_LISTED:
        rest = len(names) - MOST_LISTED + 1
        names = [*names[: MOST_LISTED - 1], words(N_("{count} more"), count=rest)]
    return words(N_(" or ")).join(names)
