"""What the notes under a shortcut and its right curve say in numbers: a month's values, the gap, and the truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from explorer.core.names import LevelOf
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import Curves

READ_AT: Final = 12
"""Month at which a note reads the curves, where they reach it."""

TOO_LOW: Final = N_(
    "In month {month} the shortcut says {shortcut}, the right curve {right}: {points} percentage points too low."
)
TOO_HIGH: Final = N_(
    "In month {month} the shortcut says {shortcut}, the right curve {right}: {points} percentage points too high."
)
NO_GAP: Final = N_("In month {month} the two agree to a tenth of a percent: {right}.")
TRUE: Final = N_(
    "The truth in month {month} is {truth}: what the simulator expects of everybody chosen, had all been followed."
)
NOT_KNOWN: Final = N_(
    "No truth is drawn: it is known only for simulated people whose true hazards lie beside the data."
)
NOT_COMPARED: Final = N_("No truth is drawn beside a comparison; choose no column to compare by to see it.")


def percent(share: float) -> Message:
    """Return a share as a percentage with one decimal, in whatever language it is said."""
    return Message(N_("{number}%"), {"number": points(share)})


def points(share: float, less: float = 0.0) -> Message:
    """Return `share` less another in percentage points: the difference of the two as they are written."""
    tenths = round(share * 1000) - round(less * 1000)
    whole, part = divmod(abs(tenths), 10)
    sign = "\N{MINUS SIGN}" if tenths < 0 else ""
    return Message(N_("{whole}.{tenth}"), {"whole": f"{sign}{whole}", "tenth": part})


def value(curves: Curves, curve: str, month: int, group: tuple[str, ...] = (), name: str = "share") -> float:
    """Return the value of one curve in one month, NaN where it was not observed or is hidden."""
    key = (*group, curve)
    if key not in curves.keys or not curves.at[0] <= month <= curves.at[-1]:
        return float("nan")
    return float(curves[name][curves.keys.index(key), month - int(curves.at[0])])


def groups_of(curves: Curves) -> tuple[tuple[str, ...], ...]:
    """Return the levels of the groups, each once."""
    return tuple(dict.fromkeys(key[:-1] for key in curves.keys))


def group_name(by: tuple[str, ...], group: tuple[str, ...], info: DatasetInfo) -> Message:
    """Return the name of a group of the columns `by`, its levels one after the other."""
    text = " · ".join(f"{{part{place}}}" for place in range(len(group)))
    return Message(
        text,
        {
            f"part{place}": LevelOf(column, level, info)
            for place, (column, level) in enumerate(zip(by, group, strict=True))
        },
    )


def reading_month(curves: Curves, curve: str, other: str, wanted: int = READ_AT) -> int | None:
    """Return the last month up to `wanted` in which both curves of some group have a value; None where none has."""
    for month in range(min(wanted, int(curves.at[-1])), int(curves.at[0]), -1):
        for group in groups_of(curves):
            if np.isfinite([value(curves, name, month, group) for name in (curve, other)]).all():
                return month
    return None


def gap(curves: Curves, info: DatasetInfo) -> Iterator[Message]:
    """Say what the shortcut and the right curve read, and how far they are apart; for the group where it is most."""
    month = reading_month(curves, "right", "shortcut")
    if month is None:
        return
    read = {
        group: (value(curves, "shortcut", month, group), value(curves, "right", month, group))
        for group in groups_of(curves)
    }
    known = {group: pair for group, pair in read.items() if np.isfinite(pair).all()}
    group = max(known, key=lambda one: abs(known[one][0] - known[one][1]))
    shortcut, right = known[group]
    text = TOO_LOW if shortcut < right else TOO_HIGH
    said = Message(
        NO_GAP if round(shortcut * 1000) == round(right * 1000) else text,
        {
            "month": month,
            "shortcut": percent(shortcut),
            "right": percent(right),
            "points": points(max(shortcut, right), min(shortcut, right)),
        },
        lower=len(known) > 1,
    )
    if len(known) == 1:
        yield said
    else:
        yield Message(
            N_("The gap is widest for {group}: {sentence}"),
            {"group": group_name(curves.by, group, info), "sentence": said},
        )


def truth(curves: Curves, info: DatasetInfo, wanted: int = READ_AT) -> Iterator[Message]:
    """Say the truth in the month read, or why none is drawn; nothing about real people."""
    found = {
        group: month
        for group in groups_of(curves)
        for month in range(int(curves.at[0]) + 1, min(wanted, int(curves.at[-1])) + 1)
        if np.isfinite(value(curves, "truth", month, group))
    }
    if found:
        group, month = next(iter(found.items()))
        yield Message(TRUE, {"month": month, "truth": percent(value(curves, "truth", month, group))})
    elif info.synthetic:
        yield Message(NOT_COMPARED if curves.by else NOT_KNOWN)
