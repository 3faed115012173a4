"""The groups of a picture with panes: which are drawn, and how they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.core.names import level_name
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import Sheet, level_text

MOST_PANES: Final = 4


def group_name(columns: Sequence[str], key: Sequence[str | int], sheet: Sheet, words: Words) -> str:
    """Return the name of a group, its levels one after the other; "" when there are no groups."""
    pairs = zip(columns, key, strict=True)
    return " · ".join(level_text(column, str(level), sheet, words) for column, level in pairs)


def left_out(groups: int, drawn: int, words: Words) -> str:
    """Return the sentence that says how many groups are not drawn; "" when all are."""
    if groups <= drawn:
        return ""
    return words(
        N_("Only the first {drawn} of {count} groups are drawn; the table holds all of them."),
        drawn=drawn,
        count=groups,
    )


def state_name(state: str, sheet: Sheet, words: Words) -> str:
    """Return the name of a state: that of the contract of the main job, where it has one."""
    return level_name("contract", state, sheet.info, words)
